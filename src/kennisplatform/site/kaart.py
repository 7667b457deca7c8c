"""The map of what there is by municipality and province."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kennisplatform.derive.maps import Kaart, draw
from kennisplatform.model.facets import FACETS
from kennisplatform.model.platform import Platform
from kennisplatform.site.pages import HOME, Inhoud, Reference, SitePage


@dataclass(frozen=True, slots=True)
class Kaartblad(Inhoud):
    kaart: Kaart

    def references(self) -> Iterator[Reference]:
        municipality = FACETS["gemeente"]
        for dot in self.kaart.op_naam:
            yield municipality.meervoud, dot.gemeente.naam, municipality.adres(dot.gemeente.slug)


def map_page(platform: Platform) -> Iterator[SitePage]:
    counted = (
        (g, len(platform.pages_of("gemeente", g.slug))) for g in platform.vocabulary.gemeenten
    )
    yield SitePage(
        "kaart/",
        "kaart.html",
        "Kaart",
        "Van welke gemeenten en provincies staat er iets op dit platform?",
        (HOME,),
        Kaartblad(draw(counted, platform.termen["provincie"])),
    )
