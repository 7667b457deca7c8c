"""Grow the real content as editors do, and hold that what is held of it stays true: pages added,
reworded and renamed, and new names.
"""

from __future__ import annotations

import datetime
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from building import CONTENT, ROOT, by_collection, environment
from kennisplatform.content.frontmatter import Document
from kennisplatform.content.load import load_library
from kennisplatform.content.validation import read_fields
from kennisplatform.loading import CACHE
from kennisplatform.model.head import write_head
from kennisplatform.model.json_schema import json_schema
from kennisplatform.model.library import Library, Page
from kennisplatform.model.schema import COLLECTIES, Collectie

CHANCE = random.Random(13)
ORGANISATION, KEYWORD = "Verzonnen Kring", "een verzonnen onderwerp"
ADDED, REWORDED = 20, 10


def read(content: Path) -> Library:
    return load_library(content, "content", cache=ROOT / CACHE)


def drawn(schema: dict[str, Any]) -> Any:
    """Draw a value that a part of a JSON Schema takes: of its list or its examples, or put together
    from its parts.
    """
    if found := schema.get("enum") or schema.get("examples"):
        return CHANCE.choice(found)
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return drawn(CHANCE.choice(schema["anyOf"]))
    if schema["type"] == "array":
        values = [drawn(schema["items"]) for _ in range(CHANCE.randint(1, 3))]
        return [value for place, value in enumerate(values) if value not in values[:place]]
    if schema["type"] == "object":
        return {
            name: drawn(part)
            for name, part in schema["properties"].items()
            if name in schema.get("required", ()) or CHANCE.random() < 0.7
        }
    raise AssertionError(f"give this field examples: {schema}")


def page(collectie: Collectie, number: int, library: Library, day: datetime.date) -> str:
    """Draw a page; what does not go together, such as an end before its begin, is left out."""
    schema = json_schema(collectie, library.vocabulary)["properties"]
    fields = {
        name: drawn(part)
        for name, part in schema.items()
        if CHANCE.random() < 0.7 or name in collectie.model.een_van
    }
    others = [p.slug for p in by_collection(library)["instruments"]]
    fields |= {
        "titel": f"{number} keer samen: een verzonnen pagina",
        "samenvatting": "Een verzonnen pagina, om te zien of er een bij kan.",
        "aandachtsveld": drawn(schema["aandachtsveld"]),
        "datum": day.isoformat(),
        "gecontroleerd": None,
        "concept": "nee",
        "cijfers": drawn(schema["cijfers"]),
        "organisatie": [ORGANISATION],
        "afbeeldingen": [],
        "documenten": [],
        "trefwoorden": [KEYWORD, CHANCE.choice(library.pages).velden.trefwoorden[0]],
        "instrumenten": CHANCE.sample(others, 2),
        "gerelateerd": [CHANCE.choice(library.pages).slug],
        "oude_adressen": [f"/verzonnen/{number}/"],
    }
    while wrong := read_fields(
        Document("", fields, {(name,): place for place, name in enumerate(fields)}, "", 1),
        collectie,
        library.vocabulary,
    )[1]:
        for name in {list(fields)[finding.line] for finding in wrong}:
            del fields[name]
    text = "\n\n".join(f"## {heading}\n\nHier staat een korte zin." for heading in collectie.koppen)
    return f"---\n{write_head(fields, collectie.model)}---\n\n{text}\n"


def changed(file: Path, pattern: str, line: str) -> None:
    text, count = re.subn(
        pattern, lambda _: line, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE
    )
    assert count == 1, file
    file.write_text(text, encoding="utf-8")


def renamed(content: Path, old: Page) -> None:
    """Give a page another address, and leave word at the old one."""
    file = content / old.path
    changed(file, r"\A---\n", f"---\noude_adressen: [/{old.address}]\n")
    file.rename(file.with_name(f"hernoemd-{old.slug}.md"))


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("groei") / "content"))
    with (content / "vocabulary" / "organisaties.yml").open("a", encoding="utf-8") as names:
        names.write(
            f"- naam: {ORGANISATION}\n  soort: netwerk\n  omschrijving: Een kring die er net bij "
            "is.\n"
        )
    library = read(content)
    day = max(p.velden.laatst_gecontroleerd for p in library.pages) + datetime.timedelta(days=1)
    for number in range(ADDED):
        collectie = list(COLLECTIES.values())[number % len(COLLECTIES)]
        (content / collectie.map / f"verzonnen-{number}.md").write_text(
            page(collectie, number + 1, library, day), encoding="utf-8"
        )
    for number, old in enumerate(CHANCE.sample(library.pages, REWORDED)):
        changed(content / old.path, "^titel: .*$", f"titel: Met andere woorden, nummer {number}")
    added = "".join(file.read_text("utf-8") for file in sorted(content.rglob("verzonnen-*.md")))
    free = [
        p
        for p in library.pages
        if not p.velden.oude_adressen
        and p.slug not in added
        and not any(
            p.slug in (*q.velden.instrumenten, *q.velden.gerelateerd)
            or any(f"{p.slug}.md" in link.target for link in q.body.links)
            for q in library.pages
        )
    ]
    for old in CHANCE.sample(free, 2):
        renamed(content, old)
    return content


def test_the_content_has_grown_in_every_way(grown: Path) -> None:
    before, after = read(CONTENT), read(grown)
    assert [str(f) for f in after.findings] == []
    added = [p for p in after.pages if ORGANISATION in p.velden.organisatie]
    assert len(added) == ADDED and {p.collectie.map for p in added} == COLLECTIES.keys()
    assert all(
        p.velden.cijfers and p.titel[0].isdigit() and KEYWORD in p.velden.trefwoorden for p in added
    )
    assert min(p.velden.datum for p in added) > max(
        p.velden.laatst_gecontroleerd for p in before.pages
    )
    assert sum(p.titel.startswith("Met andere woorden") for p in after.pages) == REWORDED
    assert len(before.by_slug.keys() - after.by_slug.keys()) == 2, "pages with another address"


def test_all_that_is_held_of_the_real_content_is_still_true(grown: Path) -> None:
    """A proposal that only adds such things can be green."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        "tests/test_content.py",
        # How each kind of page looks is seen on the content as it is, in the same run.
        "--deselect=tests/test_content.py::test_every_kind_of_page_looks_right",
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(KENNISPLATFORM_CONTENT=str(grown)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert re.search(r"^\d\d passed", done.stdout, re.MULTILINE), done.stdout[-500:]
