"""What an edit changes of a site: few files, and only pages that have something else to say."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from building import SITE, SUB_PATH, build_site, files, pages, platform_of

CHANCE = random.Random(17)
PAGES = 300
PLAIN = re.compile(r"[A-Z][\w ]{20,}", re.ASCII).fullmatch
PAGE = """---
titel: {titel}
samenvatting: {samenvatting}
aandachtsveld: [{aandachtsveld}]
datum: {datum}
gemeente: [{gemeente}]
trefwoorden: [{trefwoorden}]
gerelateerd: [{gerelateerd}]
status: {status}
---

## Aanpak

{tekst}
"""
SENTENCE = "\nDrie avonden praatten bewoners over hun straat.\n"


def sentences() -> list[str]:
    """Give the sentences of the invented content that are no more than words."""
    texts = (p.text for page in platform_of(SITE).library.pages for p in page.body.paragraphs)
    parts = {part for text in texts for part in text.split(".")}
    return sorted(f"{part}." for part in map(str.strip, parts) if PLAIN(part))


def drawn(number: int, told: list[str]) -> str:
    """Draw a page with what pages have in common."""
    platform = platform_of(SITE)
    fields = [field.naam for field in platform.vocabulary.aandachtsvelden]
    places = [gemeente.naam for gemeente in platform.vocabulary.gemeenten]
    return PAGE.format(
        titel=f"{CHANCE.choice('ABCDEFGHIKLMNOPRSTVWZ')}{number} keer samen",
        samenvatting=CHANCE.choice(told),
        aandachtsveld=", ".join(CHANCE.sample(fields, 2)),
        datum=f"20{CHANCE.randint(18, 25)}-0{CHANCE.randint(1, 9)}-{CHANCE.randint(10, 28)}",
        gemeente=CHANCE.choice([place for place in places if "," not in place]),
        trefwoorden=", ".join(CHANCE.sample([f"onderwerp {n}" for n in range(30)], 3)),
        gerelateerd=f"p{(number + CHANCE.randrange(1, PAGES)) % PAGES}",
        status=CHANCE.choice(["lopend", "afgerond"]),
        tekst="\n\n".join(" ".join(CHANCE.sample(told, 8)) for _ in range(3)),
    )


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    told = sentences()
    return {f"practices/p{n}.md": drawn(n, told) for n in range(PAGES)}


def built(folder: Path, texts: dict[str, str]) -> dict[str, bytes]:
    content = pages(folder / "content", texts)
    return files(build_site(folder / "site", content, SITE_URL=SUB_PATH))


@pytest.fixture(scope="module")
def before(texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(tmp_path_factory.mktemp("eerst"), texts)


def test_a_page_has_two_files_of_its_own_and_shares_the_others(before: dict[str, bytes]) -> None:
    own = {path for path in before if re.search(r"/p7(?=[/.])", path)}
    assert own == {"praktijken/p7/index.html", "data/praktijken/p7.json"}
    cards = [json.loads(raw) for path, raw in before.items() if path.startswith("zoek/p/")]
    assert sum(map(len, cards)) > 1.8 * len(cards)
    further = [path for path in before if path.startswith("praktijken/pagina/")]
    assert 1 < len(further) <= PAGES / 100


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return [path for path, raw in after.items() if before.get(path) != raw]


def subjects(page: bytes) -> set[bytes]:
    """Give what a page leads to that others may have in common with it."""
    return set(re.findall(rb"(?:onderwerpen|gemeenten|praktijken)/([a-z]+-?\d*)/\"", page))


def test_a_sentence_changes_its_page_and_the_search_of_its_words(
    texts: dict[str, str], before: dict[str, bytes], tmp_path: Path
) -> None:
    longer = {"practices/p7.md": texts["practices/p7.md"] + SENTENCE}
    found = changed(before, built(tmp_path, texts | longer))
    assert {path.split("/")[0] for path in found} == {"praktijken", "data", "zoek"}
    own = {"data/praktijken/p7.json", "praktijken/p7/index.html"}
    assert {path for path in found if "zoek/" not in path} == own and len(found) <= 20, found


def test_a_page_changes_those_that_say_something_else(
    texts: dict[str, str], before: dict[str, bytes], tmp_path: Path
) -> None:
    """It is not the newest, so that it comes somewhere within each list."""
    after = built(tmp_path, texts | {"practices/erbij.md": drawn(999, sentences())})
    found = changed(before, after)
    assert "praktijken/erbij/index.html" in found and len(found) <= 80, found
    others = [path for path in found if re.fullmatch(r"praktijken/p\d+/index.html", path)]
    own = subjects(after["praktijken/erbij/index.html"])
    assert others and all(own & subjects(after[path]) for path in others), "of the same subjects"
    sheets = Counter(path.partition("pagina/")[0] for path in found if "/pagina/" in path)
    more = sum(sheets.values()) - len(sheets)
    assert sheets and more <= 2, "of a list one sheet beside its first, until one ends as it did"
