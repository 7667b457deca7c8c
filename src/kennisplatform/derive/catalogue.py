"""Lists of pages as a visitor without JavaScript walks through them: by collection, facet and page
number.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kennisplatform.model.facets import FACETS, TIMES, Facet
from kennisplatform.model.library import Library, Page, Value
from kennisplatform.model.platform import Relations
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.site import batches

PER_PAGE = 20
"""Pages that a list begins with."""
FEWEST = 120
"""Pages on a further sheet, after which it may end: about 125."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: its address, and how many pages of the collection have it."""

    naam: str
    slug: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen of one facet; none of one that has no lists."""

    slug: str
    naam: str
    choices: tuple[Choice, ...]
    tells: bool
    """Whether it tells one page of the list from another."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of one list of one collection."""

    collectie: Collectie
    facets: tuple[Choices, ...]
    chosen: tuple[str, Choice] | None
    """Name of the facet and the value that this list is limited to."""
    groups: tuple[tuple[str, tuple[Page, ...]], ...]
    """The pages under their headings: of meetings when they are, of others one group without a
    name.
    """
    total: int
    number: int
    """1 for the first page, which has the newest; the others are counted from the last, which is 2,
    and end by what is on them: so a page keeps its number, and what is on it, when others come.
    """
    sheets: int
    base: str
    """Address of the first page of the list."""
    day: str
    """Of meetings, from which day they are counted as been."""

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(p for _, pages in self.groups for p in pages)

    @property
    def address(self) -> str:
        return self.sheet(self.number)

    @property
    def whole(self) -> bool:
        """Tell whether it begins the list of all pages of its collection."""
        return self.chosen is None and self.number == 1

    @property
    def before(self) -> str:
        """Give the address of the page before it in this list, or nothing."""
        return "" if self.number == 1 else self.sheet(self.number % self.sheets + 1)

    @property
    def after(self) -> str:
        """Give the address of the page after it in this list, or nothing."""
        following = self.sheets if self.number == 1 else self.number - 1
        return self.sheet(following) if following > 1 else ""

    def sheet(self, number: int) -> str:
        """Give the address of another page of this list."""
        return self.base if number == 1 else f"{self.base}pagina/{number}/"


def time_of(page: Page, today: datetime.date) -> str:
    """Give the key of TIMES for a meeting. As long as it may still be going on, it has not been."""
    if (limits := page.velden.grenzen) is None:
        return "datum-niet-bekend"
    return "geweest" if limits[1] < today else "nu-of-later"


def comes_until(page: Page, today: datetime.date) -> str:
    """Give the last day of a meeting that has not been, for whoever looks at it on a later day, and
    nothing of any other page.
    """
    limits = page.velden.grenzen
    coming = page.collectie.op_tijd and limits and time_of(page, today) == "nu-of-later"
    return limits[1].isoformat() if coming and limits else ""


def facet_values(page: Page, today: datetime.date) -> dict[str, list[str]]:
    """Give the values of a page by facet, as slugs; a facet that it has no value of is absent."""
    found: dict[str, list[str]] = {}
    for facet, slug in page.values:
        found.setdefault(facet, []).append(slug)
    if page.collectie.op_tijd:
        found["wanneer"] = [time_of(page, today)]
    return found


def telling(pages: Iterable[Page], today: datetime.date) -> tuple[Facet, ...]:
    """Give the facets that tell one page from another, in the order of a form."""

    def values(page: Page) -> tuple[Value, ...]:
        time = (("wanneer", time_of(page, today)),) if page.collectie.op_tijd else ()
        return (*page.values, *time)

    every = [values(page) for page in pages]
    found: dict[str, list[Value]] = {}
    for value in set[Value]().union(*every):
        found.setdefault(value[0], []).append(value)

    def tells(facet: str) -> bool:
        here = found.get(facet, ())
        return len(here) > 1 or any(value not in own for value in here for own in every)

    return tuple(facet for facet in FACETS.values() if facet.filtert and tells(facet.slug))


def in_order(collectie: Collectie, latest: Iterable[Page], today: datetime.date) -> list[Page]:
    """Give those of some pages that a collection has, of which the latest come first: what is about
    the latest year first; meetings that come, the soonest first, then those that have been, the
    last first.
    """
    own = [page for page in latest if page.collectie is collectie]
    if not collectie.op_tijd:
        return own

    def place(page: Page) -> tuple[int, int]:
        first, last = page.velden.grenzen or (today, today)
        time = time_of(page, today)
        return list(TIMES).index(
            time
        ), first.toordinal() if time == "nu-of-later" else -last.toordinal()

    return sorted(own, key=place)


def listing(library: Library, today: datetime.date) -> list[Page]:
    """Give all pages by collection, each in the order of its catalogue."""
    return [
        page
        for collectie in COLLECTIES.values()
        for page in in_order(collectie, library.latest, today)
    ]


def lists(library: Library, relations: Relations, today: datetime.date) -> Iterator[Sheet]:
    """Give every page of every static list, the whole collections first."""
    for collectie in COLLECTIES.values():
        pages = in_order(collectie, library.latest, today)
        chosen = _chosen(collectie, pages, relations, today)
        tells = telling(pages, today)
        facets = tuple(
            Choices(f.slug, f.naam, _choices(collectie, f.slug, chosen, relations), f in tells)
            for f in FACETS.values()
            if f in tells or any(chosen.get(f.slug, {}).values())
        )
        yield from _paged(collectie, facets, None, pages, f"{collectie.slug}/", today)
        for facet in facets:
            for value in facet.choices:
                found = chosen[facet.slug][value.slug]
                one = (facet.naam, value)
                yield from _paged(collectie, facets, one, found, value.address, today)


def _chosen(
    collectie: Collectie, pages: Sequence[Page], relations: Relations, today: datetime.date
) -> dict[str, dict[str, list[Page]]]:
    """Give the pages of a collection by each value of each facet with lists, in order."""
    chosen: dict[str, dict[str, list[Page]]] = {
        facet.slug: {slug: [] for slug in relations.words[facet.slug]}
        for facet in FACETS.values()
        if facet.lijsten
    }
    for page in pages:
        for facet, slug in page.values:
            if facet in chosen:
                chosen[facet][slug].append(page)
    if collectie.op_tijd:
        chosen["wanneer"] = {
            slug: [p for p in pages if time_of(p, today) == slug] for slug in TIMES
        }
    return chosen


def _choices(
    collectie: Collectie, facet: str, chosen: dict[str, dict[str, list[Page]]], relations: Relations
) -> tuple[Choice, ...]:
    """Give the values of a facet that pages have, and that have lists."""
    words = relations.words[facet]
    return tuple(
        Choice(words[slug].naam, slug, f"{collectie.slug}/{facet}/{slug}/", len(pages))
        for slug, pages in chosen.get(facet, {}).items()
        if pages
    )


def _paged(
    collectie: Collectie,
    facets: tuple[Choices, ...],
    chosen: tuple[str, Choice] | None,
    pages: Sequence[Page],
    base: str,
    today: datetime.date,
) -> Iterator[Sheet]:
    def heading(page: Page) -> str:
        return TIMES[time_of(page, today)] if collectie.op_tijd else ""

    keyed = ((page.slug, page) for page in reversed(pages[PER_PAGE:]))
    further = [
        [page for _, page in reversed(batch)] for batch in batches(keyed, FEWEST, lambda _: 1)
    ]
    sheets = 1 + len(further)
    for number in (1, *range(sheets, 1, -1)):
        shown = pages[:PER_PAGE] if number == 1 else further[number - 2]
        groups = tuple((name, tuple(found)) for name, found in groupby(shown, heading))
        day = today.isoformat() if collectie.op_tijd else ""
        yield Sheet(collectie, facets, chosen, groups, len(pages), number, sheets, base, day)
