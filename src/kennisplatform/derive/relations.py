"""What pages have to do with each other: links both ways, shared vocabulary, municipalities through
mergers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from kennisplatform.model.facets import BROAD, FACETS, Woord
from kennisplatform.model.library import Library, Page, Value
from kennisplatform.model.platform import PageRelations, Related, Relations
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import enumerate_nl

MOST_RELATED = 6
THRESHOLD = 1.0
"""Sum of inverse frequencies from which pages are called related: a value that only two of 83 pages
share weighs 0.84.
"""
_ORDER = {folder: place for place, folder in enumerate(COLLECTIES)}
_Slugs = Mapping[str, Sequence[str]]
ENOUGH_CANDIDATES = 150
"""Pages compared with one page at the most; keeps the cost linear in the number of pages."""


def relate(library: Library) -> Relations:
    """Derive all relations; the cost grows linearly with the number of pages."""
    by_value: dict[Value, list[Page]] = defaultdict(list)
    for page in library.latest:
        for value in page.values:
            by_value[value].append(page)
    words = {
        facet.slug: {w.slug: w for w in facet.namen(library.vocabulary, library.pages)}
        for facet in FACETS.values()
    }

    links = _links(library)
    counts = {slug: len(links.to(slug)) for slug in library.by_slug}
    ranked = sorted((slug for slug in counts if counts[slug]), key=lambda s: (-counts[s], s))
    weigher = cache(partial(_Weigher, library, by_value, words))
    return Relations(
        cache(lambda slug: _relations_of(library.by_slug[slug], links, library, weigher)),
        words,
        {value: tuple(p) for value, p in by_value.items()},
        {s: counts[s] for s in ranked},
        tuple((library.by_slug[s], counts[s]) for s in ranked),
    )


class _Links(NamedTuple):
    """Which pages each page leads to, and which lead to it, by their slugs."""

    uses: _Slugs
    related: _Slugs
    mentions: _Slugs
    used_in: _Slugs
    related_back: _Slugs
    mentioned_in: _Slugs

    def to(self, slug: str) -> set[str]:
        """Give the pages that refer to a page."""
        back = (self.used_in, self.related_back, self.mentioned_in)
        return {other for links in back for other in links.get(slug, ())}


def _relations_of(
    page: Page, links: _Links, library: Library, weigher: Callable[[], _Weigher]
) -> PageRelations:
    slug = page.slug
    uses, used_in = links.uses[slug], links.used_in.get(slug, ())
    both = dict.fromkeys([*links.related[slug], *links.related_back.get(slug, ())])
    instruments, used = _pages(library, uses), _pages(library, used_in)
    linked = _pages(library, [s for s in both if s not in uses and s not in used_in])
    shown = {slug, *(p.slug for p in (*instruments, *used, *linked))}
    mentioned = _pages(library, [s for s in links.mentioned_in.get(slug, ()) if s not in shown])
    near = partial(_nearest, weigher, page, shown | {p.slug for p in mentioned})
    return PageRelations(instruments, used, linked, mentioned, near)


def _nearest(weigher: Callable[[], _Weigher], page: Page, exclude: set[str]) -> tuple[Related, ...]:
    """Weigh what a page shares when that is shown: who only checks need not wait."""
    return weigher().nearest(page, exclude)


def _links(library: Library) -> _Links:
    uses: dict[str, Sequence[str]] = {}
    related: dict[str, Sequence[str]] = {}
    mentions: dict[str, Sequence[str]] = {}
    known = library.by_slug
    for page in library.pages:
        uses[page.slug] = tuple(s for s in page.velden.instrumenten if s in known)
        related[page.slug] = tuple(s for s in page.velden.gerelateerd if s in known)
        targets = dict.fromkeys(_slug_in(link.target) for link in page.body.links)
        mentions[page.slug] = tuple(s for s in targets if s in known and s != page.slug)
    there = uses, related, mentions
    return _Links(*there, *map(_reverse, there))


@cache
def _slug_in(target: str) -> str:
    """Give the name of the page that a link leads to, if it leads to one."""
    return target.partition("#")[0].rpartition("/")[2].removesuffix(".md")


def _reverse(links: _Slugs) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, targets in links.items():
        for target in targets:
            found.setdefault(target, []).append(source)
    return found


def _pages(library: Library, slugs: Iterable[str]) -> tuple[Page, ...]:
    found = [library.by_slug[slug] for slug in slugs]
    return tuple(sorted(found, key=lambda page: (_ORDER[page.collectie.map], page.slug)))


def magnitude(number: int) -> float:
    """Give the logarithm of a number, from eight on the nearest whole one: one more of many then
    seldom makes a difference.
    """
    exact = math.log2(number)
    return exact if number < 8 else round(exact)


class _Weigher:
    """Find the pages that share most with one page.

    A shared value weighs its inverse document frequency, log(N / df), divided by log(N):
    1 for a value on one page, 0 for one on all (Spärck Jones 1972, scaled so that the
    threshold means the same for every size of library). Only rare values propose
    candidates, the rarest first; common ones add weight to candidates already there. A frequency
    counts by its magnitude: a page more would else change the order on pages it has nothing to do
    with.
    """

    def __init__(
        self,
        library: Library,
        by_value: dict[Value, list[Page]],
        words: dict[str, dict[str, Woord]],
    ) -> None:
        total = math.log2(max(2, len(library.pages)))
        weights = {
            (facet, slug): FACETS[facet].gewicht * (1 - magnitude(len(pages)) / total)
            for (facet, slug), pages in by_value.items()
        }
        self._values = sorted(weights, key=lambda value: (-weights[value], value))
        """The rarest first; each goes by its place, for to compare two numbers costs less."""
        self._weights = [weights[value] for value in self._values]
        self._pages = [by_value[value] for value in self._values]
        place = {value: number for number, value in enumerate(self._values)}
        self._places_of = {
            page.slug: frozenset(place[value] for value in _telling(page.values))
            for page in library.pages
        }
        self._words = words
        self._plurals = {d.slug: d.meervoud for d in library.vocabulary.doelgroepen}

    def nearest(self, page: Page, exclude: set[str]) -> tuple[Related, ...]:
        own = self._places_of[page.slug]
        rarest_first = sorted(own)
        candidates: dict[str, Page] = {}
        for place in rarest_first:
            for other in self._pages[place]:
                if len(candidates) >= ENOUGH_CANDIDATES:
                    break
                if other.slug not in exclude:
                    candidates[other.slug] = other
        weighed, known = [], dict[frozenset[int], tuple[float, list[int]]]()
        for slug in candidates:
            both = own & self._places_of[slug]
            if both not in known:  # many candidates share the same
                shared = [place for place in rarest_first if place in both]
                known[both] = round(sum(self._weights[place] for place in shared), 6), shared
            weight, shared = known[both]
            if weight >= THRESHOLD:
                weighed.append((-weight, slug, shared))
        return tuple(
            Related(candidates[slug], self._reasons(shared), -weight)
            for weight, slug, shared in sorted(weighed)[:MOST_RELATED]
        )

    def _reasons(self, shared: list[int]) -> tuple[str, ...]:
        """Word the three rarest shared values, those of one facet together."""
        by_facet: dict[str, list[str]] = {}
        for facet, slug in (self._values[place] for place in shared[:3]):
            name = self._words[facet][slug].naam
            if facet == "doelgroep":
                name = self._plurals[slug]
            by_facet.setdefault(facet, []).append(name)
        return tuple(
            f"{FACETS[facet].reden} {enumerate_nl(names)}" for facet, names in by_facet.items()
        )


def _telling(values: Sequence[Value]) -> Iterator[Value]:
    """Give the values by which pages are weighed; of a page with many aandachtsvelden these say
    little.
    """
    broad = sum(facet == "aandachtsveld" for facet, _ in values) > BROAD
    for facet, slug in values:
        if FACETS[facet].gewicht and not (broad and facet == "aandachtsveld"):
            yield facet, slug
