"""Lists of pages as a visitor without JavaScript walks through them: by collection, facet and page number."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kennisplatform.library import Library, Pagina
from kennisplatform.relations import Relations, newest_first
from kennisplatform.schema import COLLECTIES, Collectie
from kennisplatform.text import slugify
from kennisplatform.vocabulary import SIZE_CLASSES

PER_PAGE = 20
STATUS = ("gepland", "lopend", "afgerond", "gestopt", "onbekend")
EVIDENCE = {"idee": "idee", "proef": "proef", "uitgevoerd": "uitgevoerd", "geevalueerd": "geëvalueerd", "overgenomen": "overgenomen"}
PLURALS = {"practices": "praktijken", "instruments": "instrumenten", "publications": "publicaties", "events": "bijeenkomsten"}
"""What a number of pages of a collection is called."""
FACETS = {"aandachtsveld": "Aandachtsveld", "pijler": "Pijler", "soort": "Soort", "doelgroep": "Doelgroep", "provincie": "Provincie",
          "grootteklasse": "Grootte van de gemeente", "status": "Status", "bewijs": "Bewijs", "jaar": "Jaar"}
"""Facets with static lists. A municipality's own page is its list, so it has none here."""


@dataclass(frozen=True, slots=True)
class Waarde:
    """One value of a facet: its address, and how many pages of the collection have it."""

    naam: str
    slug: str
    adres: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Facet:
    slug: str
    naam: str
    waarden: tuple[Waarde, ...]


@dataclass(frozen=True, slots=True)
class Lijst:
    """One page of one list of one collection."""

    collectie: Collectie
    facetten: tuple[Facet, ...]
    gekozen: tuple[str, Waarde] | None
    """Name of the facet and the value that this list is limited to."""
    paginas: tuple[Pagina, ...]
    totaal: int
    nummer: int
    """Number of this page, from 1."""
    bladen: int
    basis: str
    """Address of the first page of the list."""

    @property
    def adres(self) -> str:
        return self.blad(self.nummer)

    def blad(self, nummer: int) -> str:
        """Give the address of another page of this list."""
        return self.basis if nummer == 1 else f"{self.basis}pagina/{nummer}/"


def facet_names(library: Library) -> dict[str, dict[str, str]]:
    """Give for each facet the names of its values by slug, in the order to show them."""
    v = library.vocabulary
    return {
        "aandachtsveld": {t.slug: t.naam for t in v.aandachtsvelden}, "pijler": {t.slug: t.naam for t in v.pijlers},
        "soort": {s.slug: s.naam for s in v.soorten}, "doelgroep": {d.slug: d.naam for d in v.doelgroepen},
        "provincie": {slugify(p): p for p in v.provincies}, "grootteklasse": {slugify(name): name for _, name in SIZE_CLASSES},
        "status": {s: s for s in STATUS}, "bewijs": EVIDENCE,
        "jaar": {str(y): str(y) for y in sorted({p.velden.jaar for p in library.paginas}, reverse=True)},
    }


def lists(library: Library, relations: Relations) -> Iterator[Lijst]:
    """Give every page of every static list, the whole collections first."""
    names = facet_names(library)
    for collectie in COLLECTIES.values():
        pages = newest_first(library.per_collectie[collectie.map])
        chosen: dict[str, dict[str, list[Pagina]]] = {
            facet: {slug: [p for p in relations.per_term.get((facet, slug), ()) if p.collectie is collectie] for slug in names[facet]}
            for facet in FACETS}
        facets = tuple(Facet(facet, label, values) for facet, label in FACETS.items()
                       if (values := tuple(Waarde(names[facet][slug], slug, f"{collectie.slug}/{facet}/{slug}/", len(found))
                                           for slug, found in chosen[facet].items() if found)))
        yield from _paged(collectie, facets, None, pages, f"{collectie.slug}/")
        for facet in facets:
            for value in facet.waarden:
                yield from _paged(collectie, facets, (facet.naam, value), chosen[facet.slug][value.slug], value.adres)


def _paged(collectie: Collectie, facets: tuple[Facet, ...], chosen: tuple[str, Waarde] | None, pages: Sequence[Pagina], base: str) -> Iterator[Lijst]:
    sheets = max(1, -(-len(pages) // PER_PAGE))
    for number in range(1, sheets + 1):
        yield Lijst(collectie, facets, chosen, tuple(pages[(number - 1) * PER_PAGE:number * PER_PAGE]), len(pages), number, sheets, base)
