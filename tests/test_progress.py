"""The page /voortgang/: every figure of the source document, what stands side by side, and the line
of time.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from building import SITE, build_site, pages, platform_of
from conftest import serving
from kennisplatform.content.load import load_library
from kennisplatform.derive.progress import SCALE, Progress, report_progress
from kennisplatform.derive.relations import relate
from kennisplatform.model.days import span
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform, Settings
from looking import PHONE, tab

WORDS = {
    "bijna": {"bijna"},
    "krap": {"bijna", "minder dan"},
    "circa": {"circa"},
    "een honderdtal": {"circa"},
    "een tiental": {"circa"},
    "meer dan": {"meer dan"},
    "tot 24.000": {"minder dan", "hoogstens"},
}
"""How the page may word the comparator that the document has; without such a word there is none."""


class Rows(HTMLParser):
    """The rows of the tables with figures: the text of each cell, with ‖ before its small print,
    and the addresses.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[list[str], list[str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._inside = "data-cijfers" in dict(attrs)
        elif self._inside and tag == "tr":
            self.rows.append(([], []))
        elif self._inside and tag in ("th", "td"):
            self.rows[-1][0].append("")
        elif self._inside and tag == "span":
            self.rows[-1][0][-1] += "‖"
        elif self._inside and tag == "a":
            self.rows[-1][1].append(str(dict(attrs)["href"]))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "table"

    def handle_data(self, data: str) -> None:
        if self._inside and self.rows and self.rows[-1][0]:
            self.rows[-1][0][-1] += data


def shown(site: Path) -> list[dict[str, Any]]:
    parser = Rows()
    parser.feed((site / "voortgang" / "index.html").read_text(encoding="utf-8"))
    found = []
    for cells, links in parser.rows:
        if links:  # a heading has none
            what, how_many, when = (re.sub(r"\s+", " ", c).strip() for c in cells)
            number = re.fullmatch(
                r"(\D*?)(?:€ )?([\d./]+)(?: tot (?:€ )?([\d.]+))? ?(.*)",
                how_many.split("‖")[0].strip(),
            )
            assert number, how_many
            found.append(
                {
                    "comparator": number[1].strip(),
                    "value": "-".join(n.replace(".", "") for n in number.group(2, 3) if n),
                    "unit": number[4],
                    "when": when.split("‖")[0].strip(),
                    "source": when.split("‖")[1].strip(" ‘’"),
                    "slugs": {link.split("/")[-2] for link in links},
                    "what": what.split("‖")[0].strip(),
                }
            )
    return found


def meets(figure: dict[str, Any], row: dict[str, str]) -> bool:
    """Whether a figure on the page is one that the document gives: value, source and comparator."""
    allowed = next(
        (words for start, words in WORDS.items() if row["getal"].lower().startswith(start)), {""}
    )
    return (figure["value"], figure["source"]) == (row["waarde"], row["kop"]) and figure[
        "comparator"
    ] in allowed


def test_every_figure_of_a_page_is_there_and_no_other(site: Path) -> None:
    given = {
        (p.slug, c.naam, c.bron) for p in platform_of(SITE).library.pages for c in p.velden.cijfers
    }
    assert {(slug, f["what"], f["source"]) for f in shown(site) for slug in f["slugs"]} == given


def chapters_of(page: Page) -> int:
    """In how many chapters a page stands: in that of each of its aandachtsvelden, or in the one for
    those that have them all.
    """
    fields = len(page.velden.aandachtsveld)
    return 1 if fields == len(platform_of(SITE).vocabulary.aandachtsvelden) else fields


def test_every_figure_says_what_when_and_by_which_source_and_stands_once_in_a_chapter(
    site: Path,
) -> None:
    figures = shown(site)
    assert [f for f in figures if not (f["what"] and f["when"] and f["source"])] == []
    facts = Counter(
        (slug, *(f[key] for key in ("what", "comparator", "value", "unit", "when", "source")))
        for f in figures
        for slug in f["slugs"]
    )
    pages = platform_of(SITE).library.by_slug
    assert {
        fact: times for fact, times in facts.items() if times != chapters_of(pages[fact[0]])
    } == {}


@cache
def progress(content: Path) -> Progress:
    library = load_library(content, "content", SITE)
    assert [str(f) for f in library.findings] == []
    return report_progress(
        Platform(library, relate(library), Settings(), datetime.date(2026, 6, 1))
    )


def test_every_page_stands_under_its_status_once_in_a_chapter() -> None:
    found = progress(SITE)
    standing = Counter(
        page.slug for chapter in found.chapters for _, pages in chapter.states for page in pages
    )
    assert standing == {p.slug: chapters_of(p) for p in platform_of(SITE).library.pages}
    promised = {
        page.slug
        for chapter in found.chapters
        for name, pages in chapter.states
        if name == "Beloofd"
        for page in pages
    }
    assert promised == {
        "veertig-tafels-op-het-plein",
        "dag-van-het-dorp",
        "wandeling-langs-de-bermen",
        "wandeling-in-de-herfst",
    }


@pytest.fixture
def made(tmp_path: Path) -> Progress:
    figures = [
        ("a", "10"),
        ("b", "20"),
        ("c", "40, vergelijking: bijna"),
        ("d", "5, tot: 9"),
        ("e", "1/3"),
    ]
    lines = "\n".join(
        f"  - {{naam: {name}, waarde: {value}, eenheid: gemeenten, peildatum: 2019, bron: Verslag}}"
        for name, value in figures
    )
    pages = {
        "een": f"periode: {{van: najaar 2018, tot: 2019-02}}\ncijfers:\n{lines}",
        "twee": "periode: {van: 2018-07}",
        "drie": "periode: {tot: 2019-06}",
        "vier": "periode: {van: 2019}",
        "vijf": "status: lopend",
    }
    folder = tmp_path / "content" / "instruments"
    folder.mkdir(parents=True)
    for slug, fields in pages.items():
        text = (
            f"---\ntitel: {slug}\nsamenvatting: Kort.\naandachtsveld: [Buurten aan zet]\ndatum: "
            f"2026-03-09\n{fields}\n---\n"
        )
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")
    return progress(tmp_path / "content")


def test_only_single_numbers_of_one_unit_are_drawn_side_by_side(made: Progress) -> None:
    assert [
        (v.eenheid, [(f.cijfer.naam, s.length) for f, s in v.facts]) for v in made.comparisons
    ] == [("gemeenten", [("c", SCALE), ("b", SCALE / 2), ("a", SCALE / 4)])]


def test_the_timeline_is_as_vague_as_the_words(made: Progress) -> None:
    days = (datetime.date(2020, 1, 1) - datetime.date(2018, 1, 1)).days

    def day(place: float) -> datetime.date:
        return datetime.date(2018, 1, 1) + datetime.timedelta(days=round(place * days / SCALE))

    lines = {
        r.page.slug: (
            r.periode,
            *(day(p) for s in (r.named, r.whole) for p in (s.begin, s.begin + s.length)),
        )
        for r in made.timeline
    }
    first, last = datetime.date(2018, 1, 1), datetime.date(2020, 1, 1)
    autumn, march = datetime.date(2018, 9, 1), datetime.date(2019, 3, 1)
    assert lines == {
        "een": ("najaar 2018 tot februari 2019", autumn, march, autumn, march),
        "twee": (
            "vanaf juli 2018",
            datetime.date(2018, 7, 1),
            datetime.date(2018, 8, 1),
            datetime.date(2018, 7, 1),
            last,
        ),
        "drie": (
            "tot juni 2019",
            datetime.date(2019, 6, 1),
            datetime.date(2019, 7, 1),
            first,
            datetime.date(2019, 7, 1),
        ),
        "vier": ("2019", datetime.date(2019, 1, 1), last, datetime.date(2019, 1, 1), last),
    }
    assert (made.years, made.undated) == ((2018, 2019), 1)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-04-05", "2019-04-05", "2019-04-05"),
        ("najaar 2019", "2019-09-01", "2019-12-31"),
        ("eind 2019", "2019-09-01", "2019-12-31"),
        ("begin maart 2019", "2019-03-01", "2019-03-31"),
        ("juni en juli 2020", "2020-06-01", "2020-07-31"),
        ("eerste kwartaal 2019", "2019-01-01", "2019-03-31"),
        ("2018-2019", "2018-01-01", "2019-12-31"),
        ("winter 2018", "2018-01-01", "2018-12-31"),
        ("na de zomer van 2019", "2019-06-01", "9999-12-31"),
        ("vóór 2019", "0001-01-01", "2019-12-31"),
    ],
)
def test_a_vague_moment_is_as_wide_as_it_may_be_meant(words: str, first: str, last: str) -> None:
    assert span(words) == (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


RUN_OUT = """() => [...document.querySelectorAll('th, td')].filter(
    cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"""
LIES_OVER = """() => [...document.querySelectorAll('.standlijsten a')].filter(
    link => link.getBoundingClientRect().bottom
        > link.closest('.standlijsten').getBoundingClientRect().bottom + 1)
    .map(link => link.textContent)"""
LAID_OUT = """() => [...document.querySelectorAll('tbody tr')].filter(
    row => row.checkVisibility({contentVisibilityAuto: true})).length"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with 480 figures of 160 units, in each of three aandachtsvelden."""
    folder = tmp_path_factory.mktemp("many")
    texts = {}
    for page in range(24):
        figures = "\n".join(
            f"  - {{naam: Telling {n}, waarde: {5_000_000 + n}, vergelijking: '>', bron: Verslag, "
            f"eenheid: {f'soort {n % 160}' if n % 160 else 'euro'}, peildatum: 2019}}"
            for n in range(20 * page, 20 * page + 20)
        )
        texts[f"instruments/p{page:02}.md"] = (
            f"---\ntitel: Samenwerkingsprogramma van dorpen, wijken en raad {page}\n"
            "samenvatting: Kort.\n"
            "aandachtsveld: [Buurten aan zet, Heldere besluiten, Samen voor groen]\n"
            f"datum: 2026-03-09\ncijfers:\n{figures}\n---\n\n## Werkwijze\n\nTekst.\n"
        )
    return build_site(folder / "site", pages(folder / "content", texts))


def test_the_page_does_not_grow_without_end(many: Path) -> None:
    text = (many / "voortgang" / "index.html").read_text(encoding="utf-8")
    assert len(shown(many)) == 3 * 300
    assert text.count("<p>En nog 180 andere.</p>") == 3
    assert text.count('id="eenheid-') == 25
    assert "Dit zijn de 25 eenheden met de meeste cijfers." in text


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_many_figures_are_laid_out_for_who_gets_there(
    browser: Browser, many: Path, scripts: bool
) -> None:
    with (
        serving(many) as address,
        tab(browser, java_script_enabled=scripts) as page,
    ):
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        page.goto(f"{address}/voortgang/")
        # Of the 38 rows that are not folded, those of the overview.
        assert 0 < page.evaluate(LAID_OUT) < 10
        assert page.evaluate(LIES_OVER) == [], "what is not laid out has the height of a guess"
        last = page.get_by_role("rowheader", name="Telling 299").first
        expect(last).to_be_hidden()
        page.get_by_text("Toon nog 290 cijfers").first.press("Enter")
        last.scroll_into_view_if_needed()
        expect(last).to_be_in_viewport()
        unit = page.locator("#eenheid-2")
        assert unit.evaluate("e => e.closest('details').open") is False
        # What comes in sight is laid out, and moves what is below: not while the pointer is down.
        unit.scroll_into_view_if_needed()
        expect(unit).to_be_in_viewport()
        unit.click()
        expect(page.get_by_role("rowheader", name="Telling 321")).to_be_visible()
        for width in (320, *PHONE[:1], 640, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(RUN_OUT) == [], width
