"""What was promised, what ran and what came of it, by aandachtsveld: derived from status, period
and figures of the pages.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kennisplatform.model.days import span
from kennisplatform.model.groups import Cijfer
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform, Term
from kennisplatform.model.schema import Bijeenkomst

STATES = {
    "gepland": "Beloofd",
    "lopend": "Loopt",
    "afgerond": "Klaar",
    "gestopt": "Gestopt",
    "onbekend": "Stand niet bekend",
}
"""The heading for each status; a page without one stands under the last."""
ENOUGH_TO_COMPARE = 3
"""Figures of one unit from which they are set side by side."""
SCALE = 1000
"""Length of a whole bar; all places along a bar are in these units."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with all pages that give it in the same words."""

    cijfer: Cijfer
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One aandachtsveld, or what belongs to all of them."""

    term: Term | None
    """None for the pages that name every aandachtsveld."""
    states: tuple[tuple[str, tuple[Page, ...]], ...]
    """Headings of STATES with their pages, in that order; also those without pages."""
    facts: tuple[Fact, ...]

    @property
    def naam(self) -> str:
        return self.term.naam if self.term else "Alle aandachtsvelden samen"

    @property
    def count(self) -> int:
        return sum(len(pages) for _, pages in self.states)


@dataclass(frozen=True, slots=True)
class Bar:
    """Part of a bar: from where, and how long."""

    begin: float
    length: float


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Figures of one unit side by side, the largest first, each with its bar."""

    eenheid: str
    facts: tuple[tuple[Fact, Bar], ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A page on the timeline: in words, and as a bar."""

    page: Page
    periode: str
    named: Bar
    """From the first to the last day that the named moments may mean."""
    whole: Bar
    """The same, and on to the edge where a begin or an end is not known."""


@dataclass(frozen=True, slots=True)
class Progress:
    chapters: tuple[Chapter, ...]
    states: tuple[str, ...]
    """The headings under which any page stands."""
    comparisons: tuple[SideBySide, ...]
    timeline: tuple[TimelineRow, ...]
    years: tuple[int, ...]
    """The years along the timeline."""
    largest: int
    """Number of pages of the chapter with the most, to draw the others by."""
    undated: int


def report_progress(platform: Platform) -> Progress:
    """Derive the whole of /voortgang/."""
    found = tuple(chapters(platform, platform.library.pages))
    facts = _facts(platform.library.pages)
    lines, years = _timeline(platform.library.pages)
    dated = sum(p.velden.grenzen is not None for p in platform.library.pages)
    used = tuple(
        name
        for name in STATES.values()
        if any(pages for c in found for stand, pages in c.states if stand == name)
    )
    return Progress(
        found,
        used,
        tuple(_side_by_side(facts)),
        lines,
        years,
        max((c.count for c in found), default=0),
        len(platform.library.pages) - dated,
    )


def chapters(platform: Platform, pages: Iterable[Page]) -> Iterator[Chapter]:
    """Give what belongs to all aandachtsvelden, as far as there is any, and then a chapter for each
    of them.
    """
    terms = platform.terms["aandachtsveld"]
    common: list[Page] = []
    single: list[Page] = []
    for page in pages:
        (common if len(page.velden.aandachtsveld) == len(terms) else single).append(page)
    if common:
        yield _chapter(None, common)
    for term in terms:
        yield _chapter(term, [p for p in single if term.naam in p.velden.aandachtsveld])


def _chapter(term: Term | None, pages: Sequence[Page]) -> Chapter:
    by_status: dict[str, list[Page]] = {status: [] for status in STATES}
    for page in sorted(pages, key=_by_begin):
        by_status[page.velden.status or "onbekend"].append(page)
    return Chapter(
        term,
        tuple((STATES[status], tuple(found)) for status, found in by_status.items()),
        _facts(pages),
    )


def _by_begin(page: Page) -> tuple[datetime.date, datetime.date, str]:
    first, last = page.velden.grenzen or (datetime.date.max, datetime.date.max)
    return (last if first == datetime.date.min else first), last, page.slug


def _facts(pages: Iterable[Page]) -> tuple[Fact, ...]:
    """Give every figure once, with the pages that give it; in the order of the pages."""
    found: dict[Cijfer, list[Page]] = {}
    for page in pages:
        for figure in page.velden.cijfers:
            found.setdefault(figure, []).append(page)
    return tuple(Fact(figure, tuple(own)) for figure, own in found.items())


def _side_by_side(facts: Iterable[Fact]) -> Iterator[SideBySide]:
    """Set figures of one unit side by side; a range or a part of something has no length of its
    own, so it is left out.
    """
    by_unit: dict[str, list[tuple[float, Fact]]] = {}
    for fact in facts:
        figure = fact.cijfer
        if figure.tot is None and not isinstance(figure.waarde, str) and figure.waarde >= 0:
            by_unit.setdefault(figure.eenheid, []).append((figure.waarde, fact))
    for unit, found in sorted(by_unit.items(), key=lambda u: (-len(u[1]), u[0])):
        largest = max(value for value, _ in found)
        if len(found) >= ENOUGH_TO_COMPARE and largest:
            found.sort(key=lambda f: (-f[0], f[1].cijfer.naam))
            yield SideBySide(
                unit,
                tuple((fact, Bar(0, round(SCALE * value / largest, 1))) for value, fact in found),
            )


def _timeline(pages: Iterable[Page]) -> tuple[tuple[TimelineRow, ...], tuple[int, ...]]:
    """Put every page with a period on one line of time, by its begin."""
    dated = [
        (page, limits) for page in sorted(pages, key=_by_begin) if (limits := page.velden.grenzen)
    ]
    open_ends = {datetime.date.min, datetime.date.max}
    known = [day for _, limits in dated for day in limits if day not in open_ends]
    if not known:
        return (), ()
    start, end = datetime.date(min(known).year, 1, 1), datetime.date(max(known).year, 12, 31)
    whole = (end - start).days + 1

    def part(first: datetime.date, last: datetime.date) -> Bar:
        first, last = max(first, start), min(last, end)
        return Bar(
            round(SCALE * (first - start).days / whole, 1),
            round(SCALE * max(0, (last - first).days + 1) / whole, 1),
        )

    lines = []
    for page, (first, last) in dated:
        fields, period = page.velden, page.velden.periode
        words = fields.wanneer if isinstance(fields, Bijeenkomst) else str(period)
        named = (first, last)
        if period and open_ends & set(named):  # only a period leaves an end open
            named = span(period.van or period.tot or "")[0], span(period.tot or period.van or "")[1]
        lines.append(TimelineRow(page, words, part(*named), part(first, last)))
    return tuple(lines), tuple(range(start.year, end.year + 1))
