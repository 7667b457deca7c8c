"""Hold the real content against what was taken by hand from its source document: tests/bron/README.md."""
from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kennisplatform.groups import Cijfer
from kennisplatform.library import Library, load_library

TESTS = Path(__file__).parent
CONTENT = TESTS.parent / "content"
COMPARATORS = {"bijna": {"bijna"}, "krap": {"bijna", "<"}, "circa": {"ca"}, "een honderdtal": {"ca"}, "een tiental": {"ca"},
               "meer dan": {">"}, "tot 24.000": {"<", "≤"}}
"""What the words of the document allow as `vergelijking`; without such a word it is =."""


@cache
def library() -> Library:
    return load_library(CONTENT, "content")


def rows(name: str) -> list[dict[str, str]]:
    with (TESTS / "bron" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_content_has_no_findings() -> None:
    assert [str(f) for f in library().bevindingen] == []


def test_every_page_of_the_source_is_a_page_in_its_collection() -> None:
    expected = {row["slug"]: row["collectie"] for row in rows("paginas.tsv") if not row["pagina"]}
    found = {p.slug: p.collectie.map for p in library().paginas}
    assert len(expected) == 83
    assert found == expected


def test_what_is_no_page_of_its_own_has_a_heading_on_one() -> None:
    parts = [row for row in rows("paginas.tsv") if row["pagina"]]
    assert len(parts) == 28
    headings = {p.slug: {h.tekst for h in p.body.koppen} for p in library().paginas}
    assert [row["slug"] for row in parts if row["kop"] not in headings.get(row["pagina"], ())] == []


def test_the_figures_are_those_of_the_source() -> None:
    """Compare both ways: each row is met on its page; a page has no figure that its heading of the source does not give.

    A page may repeat a figure of another page, so the second way looks at the heading, not at the page.
    """
    assert list(differences()) == []


def differences() -> Iterator[str]:
    figures = {p.slug: p.velden.cijfers for p in library().paginas}
    given: dict[tuple[str, str], list[str]] = {}
    for row in rows("cijfers.tsv"):
        given.setdefault((row["kop"], row["waarde"]), []).append(row["getal"])
        if not any(key(c) == (row["kop"], row["waarde"]) and c.vergelijking in allowed(row["getal"]) for c in figures.get(row["slug"], ())):
            yield f"{row['slug']}: ‘{row['getal']}’ ({row['waarde']}, {row['kop']}) is missing"
    for slug, own in figures.items():
        for c in own:
            if not any(c.vergelijking in allowed(words) for words in given.get(key(c), ())):
                yield f"{slug}: {c.naam} ({c.vergelijking} {key(c)[1]}, {c.bron}) is not in the list"


def key(figure: Cijfer) -> tuple[str, str]:
    return figure.bron, "-".join(str(v) for v in (figure.waarde, figure.tot) if v is not None)


def allowed(words: str) -> set[str]:
    return next((signs for word, signs in COMPARATORS.items() if words.lower().startswith(word)), {"="})
