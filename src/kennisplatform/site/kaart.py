"""The map of what there is by municipality and province."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from kennisplatform.derive.maps import DotMap, draw
from kennisplatform.model.facets import FACETS
from kennisplatform.model.platform import Platform, Term
from kennisplatform.model.vocabulary import Gemeente
from kennisplatform.site.pages import HOME, Content, Reference, SitePage


@dataclass(frozen=True)
class Kaartblad(Content):
    numbers: tuple[tuple[Gemeente, int], ...]
    """Municipalities with their numbers of pages."""
    provincies: tuple[Term, ...]
    velden: Mapping[str, Mapping[str, int]]
    """Numbers of pages by slug of the municipality, for each aandachtsveld it has any of."""

    @cached_property
    def drawing(self) -> DotMap:
        """The map, drawn when it is shown: finding a place for each name takes long."""
        return draw(self.numbers, self.provincies)

    def references(self) -> Iterator[Reference]:
        municipality = FACETS["gemeente"]
        for dot in self.drawing.by_name:
            yield municipality.meervoud, dot.gemeente.naam, municipality.address(dot.gemeente.slug)


def map_page(platform: Platform) -> Iterator[SitePage]:
    yield SitePage(
        "kaart/",
        "kaart.html",
        "Kaart",
        "Van welke gemeenten en provincies staat er iets op dit platform?",
        (HOME,),
        partial(_map, platform),
    )


def _map(platform: Platform) -> Kaartblad:
    fields = FACETS["aandachtsveld"]
    velden = {
        g.slug: Counter(t.slug for p in pages for t in platform.terms_of(p, fields))
        for g in platform.vocabulary.gemeenten
        if (pages := platform.pages_of("gemeente", g.slug))
    }
    numbers = tuple(
        (g, len(platform.pages_of("gemeente", g.slug))) for g in platform.vocabulary.gemeenten
    )
    return Kaartblad(numbers, platform.terms["provincie"], velden)
