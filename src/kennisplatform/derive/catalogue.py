"""Lists of pages as a visitor without JavaScript walks through them: by collection, facet and page
number.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kennisplatform.model.facets import FACETS, TIMES
from kennisplatform.model.library import Library, Pagina, newest_first
from kennisplatform.model.platform import Relations
from kennisplatform.model.schema import COLLECTIES, Collectie

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Waarde:
    """One value of a facet: its address, and how many pages of the collection have it."""

    naam: str
    slug: str
    adres: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Keuzes:
    """What can be chosen of one facet."""

    slug: str
    naam: str
    waarden: tuple[Waarde, ...]


@dataclass(frozen=True, slots=True)
class Lijst:
    """One page of one list of one collection."""

    collectie: Collectie
    facetten: tuple[Keuzes, ...]
    gekozen: tuple[str, Waarde] | None
    """Name of the facet and the value that this list is limited to."""
    groepen: tuple[tuple[str, tuple[Pagina, ...]], ...]
    """The pages under their headings: of meetings when they are, of others one group without a
    name.
    """
    totaal: int
    nummer: int
    """Number of this page, from 1."""
    bladen: int
    basis: str
    """Address of the first page of the list."""

    @property
    def paginas(self) -> tuple[Pagina, ...]:
        return tuple(p for _, pages in self.groepen for p in pages)

    @property
    def adres(self) -> str:
        return self.blad(self.nummer)

    def blad(self, nummer: int) -> str:
        """Give the address of another page of this list."""
        return self.basis if nummer == 1 else f"{self.basis}pagina/{nummer}/"


def time_of(page: Pagina, today: datetime.date) -> str:
    """Give the key of TIMES for a meeting. As long as it may still be going on, it has not been."""
    if (limits := page.velden.grenzen) is None:
        return "datum-niet-bekend"
    return "geweest" if limits[1] < today else "nu-of-later"


def facet_values(page: Pagina, relations: Relations, today: datetime.date) -> dict[str, list[str]]:
    """Give the values of a page by facet, as slugs; a facet that it has no value of is absent."""
    found: dict[str, list[str]] = {}
    for facet, slug in relations.values_of[page.slug]:
        found.setdefault(facet, []).append(slug)
    if page.collectie.op_tijd:
        found["wanneer"] = [time_of(page, today)]
    return found


def in_order(collectie: Collectie, pages: Iterable[Pagina], today: datetime.date) -> list[Pagina]:
    """Order the pages of a collection: what changed last first; meetings that come, the soonest
    first, then those that have been, the last first.
    """
    newest = newest_first(pages)
    if not collectie.op_tijd:
        return newest

    def place(page: Pagina) -> tuple[int, int]:
        first, last = page.velden.grenzen or (today, today)
        time = time_of(page, today)
        return list(TIMES).index(
            time
        ), first.toordinal() if time == "nu-of-later" else -last.toordinal()

    return sorted(newest, key=place)


def listing(library: Library, today: datetime.date) -> list[Pagina]:
    """Give all pages by collection, each in the order of its catalogue."""
    return [
        page
        for collectie in COLLECTIES.values()
        for page in in_order(collectie, library.per_collectie[collectie.map], today)
    ]


def lists(library: Library, relations: Relations, today: datetime.date) -> Iterator[Lijst]:
    """Give every page of every static list, the whole collections first."""
    for collectie in COLLECTIES.values():
        pages = in_order(collectie, library.per_collectie[collectie.map], today)
        chosen = _chosen(collectie, pages, relations, today)
        facets = tuple(
            Keuzes(slug, FACETS[slug].naam, _values(collectie, slug, found, relations))
            for slug, found in chosen.items()
            if any(found.values())
        )
        yield from _paged(collectie, facets, None, pages, f"{collectie.slug}/", today)
        for facet in facets:
            for value in facet.waarden:
                found = chosen[facet.slug][value.slug]
                one = (facet.naam, value)
                yield from _paged(collectie, facets, one, found, value.adres, today)


def _chosen(
    collectie: Collectie, pages: Sequence[Pagina], relations: Relations, today: datetime.date
) -> dict[str, dict[str, list[Pagina]]]:
    """Give the pages of a collection by each value of each facet with lists, in order."""
    chosen: dict[str, dict[str, list[Pagina]]] = {}
    for facet in FACETS.values():
        if facet.lijsten:
            chosen[facet.slug] = {
                slug: in_order(
                    collectie,
                    (
                        p
                        for p in relations.per_value.get((facet.slug, slug), ())
                        if p.collectie is collectie
                    ),
                    today,
                )
                for slug in relations.waarden[facet.slug]
            }
    if collectie.op_tijd:
        chosen["wanneer"] = {
            slug: [p for p in pages if time_of(p, today) == slug] for slug in TIMES
        }
    return chosen


def _values(
    collectie: Collectie, facet: str, found: dict[str, list[Pagina]], relations: Relations
) -> tuple[Waarde, ...]:
    """Give the values of a facet that pages have."""
    words = relations.waarden[facet]
    return tuple(
        Waarde(words[slug].naam, slug, f"{collectie.slug}/{facet}/{slug}/", len(pages))
        for slug, pages in found.items()
        if pages
    )


def _paged(
    collectie: Collectie,
    facets: tuple[Keuzes, ...],
    chosen: tuple[str, Waarde] | None,
    pages: Sequence[Pagina],
    base: str,
    today: datetime.date,
) -> Iterator[Lijst]:
    def heading(page: Pagina) -> str:
        return TIMES[time_of(page, today)] if collectie.op_tijd else ""

    sheets = max(1, -(-len(pages) // PER_PAGE))
    for number in range(1, sheets + 1):
        shown = pages[(number - 1) * PER_PAGE : number * PER_PAGE]
        groups = tuple((name, tuple(found)) for name, found in groupby(shown, heading))
        yield Lijst(collectie, facets, chosen, groups, len(pages), number, sheets, base)
