"""What is known of one municipality, of a former one, and the overview of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kennisplatform.derive.maps import Point, place
from kennisplatform.model.facets import FACETS
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.site import SearchDocument
from kennisplatform.model.text import slugify
from kennisplatform.model.vocabulary import Gelijkenis, Gemeente, VoormaligeGemeente
from kennisplatform.site.doorverwijzing import redirect
from kennisplatform.site.linkeddata import municipality_node
from kennisplatform.site.pages import HOME, Content, Crumb, Node, Reference, SitePage, references
from kennisplatform.site.term import Overzicht, by_letter

MUNICIPALITY = FACETS["gemeente"]
LIKE = 6
"""Municipalities shown as comparable, and cards from comparable municipalities."""
LOOK_AMONG = 40
"""How many of the most alike municipalities are searched for pages."""


@dataclass(frozen=True, slots=True)
class GemeentePagina(Content):
    gemeente: Gemeente
    pages: tuple[Page, ...]
    voorgangers: tuple[VoormaligeGemeente, ...]
    names: tuple[str, ...]
    """Other names it goes by."""
    point: Point
    """Where it lies on the map."""
    platform: Platform = field(repr=False, compare=False)

    schema_type = "CollectionPage"

    @property
    def vergelijkbaar(self) -> tuple[tuple[Gelijkenis, int], ...]:
        """The most alike municipalities, each with its number of pages. Compared when it is shown:
        each with each takes long, and who only asks for addresses need not wait.
        """
        alike = self.platform.library.vocabulary.vergelijkbaar(self.gemeente)[:LIKE]
        return tuple((g, len(self.platform.pages_of("gemeente", g.gemeente.slug))) for g in alike)

    @property
    def elsewhere(self) -> tuple[tuple[Gelijkenis, Page], ...]:
        """Pages from comparable municipalities, the most alike first."""
        alike = self.platform.library.vocabulary.vergelijkbaar(self.gemeente)
        return tuple(_elsewhere(alike, self.pages, self.platform))

    def shown(self) -> Sequence[Page]:
        return self.pages

    def references(self) -> Iterator[Reference]:
        yield from references("Bekend uit deze gemeente", self.pages)
        yield from (
            ("Vergelijkbare gemeenten", g.gemeente.naam, MUNICIPALITY.address(g.gemeente.slug))
            for g, _ in self.vergelijkbaar
        )

    def document(self, page: SitePage) -> SearchDocument:
        today = self.gemeente.naam
        others = (
            *((v.naam, f"hoort nu bij {today}") for v in self.voorgangers if v.naam != today),
            *((name, f"is een andere naam voor {today}") for name in self.names),
        )
        return SearchDocument(
            page.address.rstrip("/"),
            page.address,
            page.titel,
            page.omschrijving,
            "gemeente",
            {"titel": (page.titel,), "termen": tuple(name for name, _ in others)},
            {"collectie": (MUNICIPALITY.map,)},
            plaats=self.gemeente.provincie,
            other_names=others,
        )

    def linked_data(self, root: str, platform: Platform) -> Node:
        return {"about": municipality_node(self.gemeente, root, platform.vocabulary)}


@dataclass(frozen=True, slots=True)
class VoormaligePagina(Content):
    gemeente: VoormaligeGemeente
    pages: tuple[Page, ...]

    def shown(self) -> Sequence[Page]:
        return self.pages

    def document(self, page: SitePage) -> None:
        """It is found under the municipality it is in now."""


def municipality_pages(platform: Platform) -> Iterator[SitePage]:
    vocabulary = platform.library.vocabulary
    intro = platform.identity.overzicht(MUNICIPALITY.map, len(vocabulary.gemeenten))
    yield SitePage(
        MUNICIPALITY.address(),
        "overzicht.html",
        MUNICIPALITY.meervoud,
        intro,
        (HOME,),
        Overzicht("gemeente", intro, by_letter(platform.terms["gemeente"])),
    )
    crumbs = (HOME, Crumb(MUNICIPALITY.meervoud, MUNICIPALITY.address()))
    names: dict[str, list[str]] = {}
    for variant, gemeente in vocabulary.varianten.items():
        names.setdefault(gemeente.code, []).append(variant)
    for gemeente in vocabulary.gemeenten:
        content = GemeentePagina(
            gemeente,
            platform.pages_of("gemeente", gemeente.slug),
            tuple(vocabulary.voorgangers.get(gemeente.code, ())),
            tuple(names.get(gemeente.code, ())),
            place(gemeente),
            platform,
        )
        about = (
            f"Wat er bekend is uit {gemeente.naam} ({gemeente.provincie}), en wat vergelijkbare "
            "gemeenten doen."
        )
        yield SitePage(
            MUNICIPALITY.address(gemeente.slug),
            "gemeente.html",
            gemeente.naam,
            about,
            crumbs,
            content,
        )
    yield from _former_names(platform, crumbs)


def _former_names(platform: Platform, crumbs: tuple[Crumb, ...]) -> Iterator[SitePage]:
    """Lead on from every name that no municipality of today has: the former ones, and variants."""
    vocabulary = platform.vocabulary
    taken = {g.slug for g in vocabulary.gemeenten}
    for old in vocabulary.voormalig:
        taken.add(old.slug)
        title = f"{old.naam} (voormalige gemeente)"
        heirs = ", ".join(g.naam for g in old.opvolgers)
        yield SitePage(
            MUNICIPALITY.address(old.slug),
            "voormalig.html",
            title,
            f"{old.naam} is nu: {heirs}.",
            crumbs,
            VoormaligePagina(old, platform.pages_of("voormalig", old.slug)),
            findable=False,
        )
    for variant, gemeente in vocabulary.varianten.items():
        slug = slugify(variant)
        if slug not in taken:
            taken.add(slug)
            yield redirect(
                MUNICIPALITY.address(slug), gemeente.naam, MUNICIPALITY.address(gemeente.slug)
            )


def _elsewhere(
    alike: tuple[Gelijkenis, ...], own: tuple[Page, ...], platform: Platform
) -> Iterator[tuple[Gelijkenis, Page]]:
    seen = {p.slug for p in own}
    for likeness in alike[:LOOK_AMONG]:
        for page in platform.pages_of("gemeente", likeness.gemeente.slug)[:2]:
            if page.slug not in seen and len(seen) < len(own) + LIKE:
                seen.add(page.slug)
                yield likeness, page
