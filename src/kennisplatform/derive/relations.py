"""What pages have to do with each other: links both ways, shared vocabulary, municipalities through
mergers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kennisplatform.model.library import Library, Pagina
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import enumerate_nl, slugify
from kennisplatform.model.vocabulary import Gemeente, VoormaligeGemeente

MOST_RELATED = 6
THRESHOLD = 1.0
"""Sum of inverse frequencies from which pages are called related: a value that only two of 83 pages
share weighs 0.84.
"""
FACET_WEIGHTS = {
    "onderwerp": 1.0,
    "organisatie": 1.0,
    "gemeente": 1.0,
    "aandachtsveld": 0.7,
    "doelgroep": 0.4,
}
"""What a value of each facet counts for: a shared subject says more than a shared reader."""
BROAD = 3
"""A page on more aandachtsvelden than this is about all of them, which makes it like no other page.
"""
ENOUGH_CANDIDATES = 150
"""Pages compared with one page at the most; keeps the cost linear in the number of pages."""

Term = tuple[str, str]
"""A facet and a value: ("onderwerp", "ondermijning")."""


@dataclass(frozen=True, slots=True)
class Verwant:
    """A page with much in common, and what: the rarest shared values first."""

    pagina: Pagina
    redenen: tuple[str, ...]
    gewicht: float


@dataclass(frozen=True, slots=True)
class Verbanden:
    """What one page is linked to; every relation is kept once and known on both sides."""

    instrumenten: tuple[Pagina, ...]
    gebruikt_in: tuple[Pagina, ...]
    gerelateerd: tuple[Pagina, ...]
    genoemd_in: tuple[Pagina, ...]
    """Pages that link to it in their text, as far as they are in none of the above."""
    verwant: tuple[Verwant, ...]


@dataclass(frozen=True)
class Relations:
    """All relations of a library."""

    per_pagina: dict[str, Verbanden]
    """By slug."""
    terms_of: dict[str, tuple[Term, ...]]
    """Facets and values of each page, by slug."""
    per_term: dict[Term, tuple[Pagina, ...]]
    """Pages by facet and value, newest first."""
    onderwerpen: dict[str, str]
    """Name of each topic by its slug: the spelling most pages use."""
    verwijzingen: dict[str, int]
    """Number of pages that refer to each page, by slug; a page nobody refers to is not in it."""
    meest_gebruikt: tuple[tuple[Pagina, int], ...]
    """Pages other pages refer to, with the number of those, most first."""


def municipalities(page: Pagina, library: Library) -> tuple[Gemeente, ...]:
    """Give the municipalities of today a page is about, through mergers and common names."""
    names = library.vocabulary.namen_van_gemeenten
    found = {g.code: g for name in page.velden.gemeente for g in names[name]}
    found |= {g.code: g for o in page.velden.overgenomen_door for g in names[o.gemeente]}
    return tuple(found.values())


def former(page: Pagina, library: Library) -> tuple[VoormaligeGemeente, ...]:
    """Give the former municipalities a page names."""
    known, names = library.vocabulary.voormalig_op_naam, library.vocabulary.gemeente_op_slug
    return tuple(
        known[name] for name in page.velden.gemeente if name in known and slugify(name) not in names
    )


def terms(page: Pagina, library: Library) -> tuple[Term, ...]:
    """Give every facet and value a page is found under."""
    fields, vocabulary = page.velden, library.vocabulary
    places = municipalities(page, library)
    provinces = dict.fromkeys([*fields.provincie, *(g.provincie for g in places)])
    found: list[Term] = [("aandachtsveld", slugify(a)) for a in fields.aandachtsveld]
    found += [("pijler", slugify(p)) for p in fields.pijler]
    found += [("gemeente", g.slug) for g in places]
    found += [("voormalig", v.slug) for v in former(page, library)]
    found += [("provincie", slugify(p)) for p in provinces]
    found += [("grootteklasse", slugify(k)) for k in dict.fromkeys(g.grootteklasse for g in places)]
    found += [("organisatie", vocabulary.organisatie_op_naam[o].slug) for o in fields.organisatie]
    found += [("doelgroep", slugify(d)) for d in fields.doelgroep]
    found += [
        ("onderwerp", slug)
        for slug in dict.fromkeys(slugify(t) for t in fields.trefwoorden)
        if slug
    ]
    found += [
        (facet, slugify(value))
        for facet, value in (
            ("soort", fields.soort),
            ("status", fields.status),
            ("bewijs", fields.bewijs),
            *(("jaar", str(year)) for year in fields.jaren),
        )
        if value
    ]
    return tuple(found)


def relate(library: Library) -> Relations:
    """Derive all relations; the cost grows linearly with the number of pages."""
    by_term: dict[Term, list[Pagina]] = {}
    terms_of: dict[str, tuple[Term, ...]] = {}
    spellings: dict[str, dict[str, int]] = {}
    for page in newest_first(library.paginas):
        terms_of[page.slug] = terms(page, library)
        for term in terms_of[page.slug]:
            by_term.setdefault(term, []).append(page)
        for name in page.velden.trefwoorden:
            counts = spellings.setdefault(slugify(name), {})
            counts[name] = counts.get(name, 0) + 1
    topics = {
        slug: max(sorted(counts), key=lambda n: counts[n])
        for slug, counts in sorted(spellings.items())
        if slug
    }

    uses, related, mentions = _links(library)
    used_in, related_back, mentioned_in = _reverse(uses), _reverse(related), _reverse(mentions)
    weigh = _Weigher(library, by_term, terms_of, topics)
    found = {}
    for page in library.paginas:
        slug = page.slug
        instruments = _pages(library, uses[slug])
        used = _pages(library, used_in.get(slug, ()))
        linked = _pages(
            library,
            [
                s
                for s in dict.fromkeys([*related[slug], *related_back.get(slug, ())])
                if s not in uses[slug] and s not in used_in.get(slug, ())
            ],
        )
        shown = {slug, *(p.slug for p in (*instruments, *used, *linked))}
        mentioned = _pages(library, [s for s in mentioned_in.get(slug, ()) if s not in shown])
        near = weigh.nearest(page, shown | {p.slug for p in mentioned})
        found[slug] = Verbanden(instruments, used, linked, mentioned, near)
    counts = {
        slug: len(
            {*used_in.get(slug, ()), *related_back.get(slug, ()), *mentioned_in.get(slug, ())}
        )
        for slug in library.op_slug
    }
    ranked = sorted((slug for slug in counts if counts[slug]), key=lambda s: (-counts[s], s))
    return Relations(
        found,
        terms_of,
        {t: tuple(p) for t, p in by_term.items()},
        topics,
        {s: counts[s] for s in ranked},
        tuple((library.op_slug[s], counts[s]) for s in ranked),
    )


def newest_first(pages: Iterable[Pagina]) -> list[Pagina]:
    """Order pages by the day they were added or checked, newest first, then by slug."""
    return sorted(pages, key=lambda p: (-p.velden.laatst_gecontroleerd.toordinal(), p.slug))


def _links(
    library: Library,
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    uses, related, mentions = {}, {}, {}
    known = library.op_slug
    for page in library.paginas:
        uses[page.slug] = tuple(s for s in page.velden.instrumenten if s in known)
        related[page.slug] = tuple(s for s in page.velden.gerelateerd if s in known)
        targets = (
            link.doel.partition("#")[0].split("/")[-1].removesuffix(".md")
            for link in page.body.links
        )
        mentions[page.slug] = tuple(
            dict.fromkeys(s for s in targets if s in known and s != page.slug)
        )
    return uses, related, mentions


def _reverse(links: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, targets in links.items():
        for target in targets:
            found.setdefault(target, []).append(source)
    return found


def _pages(library: Library, slugs: Iterable[str]) -> tuple[Pagina, ...]:
    order = list(COLLECTIES)
    return tuple(
        sorted(
            (library.op_slug[s] for s in slugs),
            key=lambda p: (order.index(p.collectie.map), p.slug),
        )
    )


class _Weigher:
    """Find the pages that share most with one page.

    A shared value weighs its inverse document frequency, log(N / df), divided by log(N):
    1 for a value on one page, 0 for one on all (Spärck Jones 1972, scaled so that the
    threshold means the same for every size of library). Only rare values propose
    candidates, the rarest first; common ones add weight to candidates already there.
    """

    def __init__(
        self,
        library: Library,
        by_term: dict[Term, list[Pagina]],
        terms_of: dict[str, tuple[Term, ...]],
        topics: dict[str, str],
    ) -> None:
        self._by_term = by_term
        self._terms_of = {slug: self._telling(found) for slug, found in terms_of.items()}
        total = math.log(max(2, len(library.paginas)))
        self._weight = {
            term: FACET_WEIGHTS.get(term[0], 0) * (1 - math.log(len(pages)) / total)
            for term, pages in by_term.items()
        }
        self._names = {
            "gemeente": {g.slug: g.naam for g in library.vocabulary.gemeenten},
            "onderwerp": topics,
            "organisatie": {o.slug: o.naam for o in library.vocabulary.organisaties},
            "aandachtsveld": {a.slug: a.naam for a in library.vocabulary.aandachtsvelden},
            "doelgroep": {slugify(d.naam): d.meervoud for d in library.vocabulary.doelgroepen},
        }

    def _telling(self, found: tuple[Term, ...]) -> frozenset[Term]:
        broad = sum(facet == "aandachtsveld" for facet, _ in found) > BROAD
        return frozenset(
            t for t in found if t[0] in FACET_WEIGHTS and not (broad and t[0] == "aandachtsveld")
        )

    def nearest(self, page: Pagina, exclude: set[str]) -> tuple[Verwant, ...]:
        own = sorted(self._terms_of[page.slug], key=lambda t: (-self._weight[t], t))
        candidates: dict[str, Pagina] = {}
        for term in own:
            for other in self._by_term[term]:
                if len(candidates) >= ENOUGH_CANDIDATES:
                    break
                if other.slug not in exclude:
                    candidates[other.slug] = other
        weighed = []
        for slug, other in candidates.items():
            shared = [t for t in own if t in self._terms_of[slug]]
            weight = round(sum(self._weight[t] for t in shared), 6)
            if weight >= THRESHOLD:
                weighed.append((-weight, slug, other, shared))
        return tuple(
            Verwant(other, self._reasons(shared), -weight)
            for weight, slug, other, shared in sorted(weighed, key=lambda w: w[:2])[:MOST_RELATED]
        )

    def _reasons(self, shared: list[Term]) -> tuple[str, ...]:
        """Word the three rarest shared values, those of one facet together."""
        by_facet: dict[str, list[str]] = {}
        for facet, slug in shared[:3]:
            by_facet.setdefault(facet, []).append(self._names[facet][slug])
        words = {
            "onderwerp": "ook over",
            "organisatie": "ook van",
            "gemeente": "ook in",
            "aandachtsveld": "zelfde aandachtsveld:",
            "doelgroep": "ook voor",
        }
        return tuple(f"{words[facet]} {enumerate_nl(names)}" for facet, names in by_facet.items())
