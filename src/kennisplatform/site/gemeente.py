"""What is known of one municipality, of a former one, and the overview of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import chain, islice, zip_longest

from kennisplatform.model.facets import FACETS, municipalities
from kennisplatform.model.groups import Contact
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import Instrument
from kennisplatform.model.site import SearchDocument
from kennisplatform.model.text import enumerate_nl, slugify
from kennisplatform.model.vocabulary import (
    Gelijkenis,
    Gemeente,
    Gemeentecontact,
    VoormaligeGemeente,
)
from kennisplatform.site.doorverwijzing import redirect
from kennisplatform.site.kaart import Point, place
from kennisplatform.site.linkeddata import municipality_node
from kennisplatform.site.pages import HOME, Content, Crumb, Node, Reference, SitePage, references
from kennisplatform.site.term import by_letter, overview

MUNICIPALITY = FACETS["gemeente"]
MOST_LIKE = 3
"""Municipalities shown as comparable, and instruments."""
MOST_CARDS = 6
"""Cards from comparable municipalities."""

Reasoned = tuple[Page, str]
"""A page, and in words why it is shown."""


@dataclass(frozen=True)
class GemeentePagina(Content):
    gemeente: Gemeente
    own_first: Callable[[Gemeente], tuple[Page, ...]] = field(repr=False, compare=False)
    voorgangers: tuple[VoormaligeGemeente, ...]
    names: tuple[str, ...]
    """Other names it goes by."""
    contacts: tuple[Gemeentecontact, ...]
    """Whom to ask there."""
    point: Point
    """Where it lies on the map."""
    of_scale: tuple[Reasoned, ...]
    """The instruments for the scale of a municipality, that which is used most first."""
    platform: Platform = field(repr=False, compare=False)

    schema_type = "CollectionPage"

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.own_first(self.gemeente)

    @property
    def known(self) -> tuple[Reasoned, ...]:
        """Its pages; one that names a former municipality instead of this one says which."""
        named: dict[str, list[str]] = {}
        for old in self.voorgangers:
            for page in self.platform.pages_of("voormalig", old.slug):
                named.setdefault(page.slug, []).append(old.naam)
        why = {slug: f"uit het vroegere {enumerate_nl(names)}" for slug, names in named.items()}
        return tuple((page, why.get(page.slug, "")) for page in self.pages)

    @property
    def asked(self) -> tuple[tuple[Contact, Page], ...]:
        """Whom the pages about this municipality alone name and how to reach them is told, once
        each, with the first page that does.
        """
        listed = {c.mail or c.url for c in self.contacts}
        found: dict[str, tuple[Contact, Page]] = {}
        for page in self.pages:
            own = page.velden.contact
            if own and (way := own.mail or own.url) and way not in listed and self._alone(page):
                found.setdefault(way, (own, page))
        return tuple(found.values())

    def _alone(self, page: Page) -> bool:
        return len(municipalities(page.velden, self.platform.vocabulary)) == 1

    @cached_property
    def nearest(self) -> tuple[tuple[Gelijkenis, int], ...]:
        """The most alike municipalities that have pages, each with the number of them. Compared
        when it is shown: each with each takes long, and who only asks for addresses need not wait.
        """
        alike = self.platform.vocabulary.vergelijkbaar(self.gemeente)
        counted = ((g, len(self.own_first(g.gemeente))) for g in alike)
        return tuple(islice((one for one in counted if one[1]), MOST_LIKE))

    @cached_property
    def elsewhere(self) -> tuple[Reasoned, ...]:
        """Pages from those that are not from here as well: of each in turn, the most alike first,
        what is most its own.
        """
        alike = [(g.gemeente.naam, self.own_first(g.gemeente)) for g, _ in self.nearest]
        sources: dict[str, list[str]] = {}
        for name, pages in alike:
            for page in pages:
                sources.setdefault(page.slug, []).append(name)
        turns = chain.from_iterable(zip_longest(*(pages for _, pages in alike)))
        own = {page.slug for page in self.pages}
        other = {page.slug: page for page in turns if page and page.slug not in own}
        shown = islice(other.values(), MOST_CARDS)
        return tuple((p, f"uit {enumerate_nl(sources[p.slug])}") for p in shown)

    @cached_property
    def instruments(self) -> tuple[Reasoned, ...]:
        """Instruments that suit its size and are not shown already: those of the most alike
        municipalities of that size, then those for the scale of any.
        """
        shown = {p.slug for p in (*self.pages, *(p for p, _ in self.elsewhere))}
        found: dict[str, Reasoned] = {}
        for page, why in chain(self._used(), self.of_scale):
            if page.slug not in shown:
                found.setdefault(page.slug, (page, why))
            if len(found) == MOST_LIKE:
                break
        return tuple(found.values())

    def _used(self) -> Iterator[Reasoned]:
        """Give what other municipalities of its size use, the most alike first."""
        alike = self.platform.vocabulary.vergelijkbaar(self.gemeente)
        for here in (g.gemeente for g in alike if g.zelfde_klasse):
            for page in self.own_first(here):
                own = (page,) if isinstance(page.velden, Instrument) else ()
                for used in (*own, *self.platform.relations.of(page.slug).instrumenten):
                    yield used, f"in {here.naam}, ook van deze grootte"

    def shown(self) -> Sequence[Page]:
        return self.pages

    def references(self) -> Iterator[Reference]:
        yield from references("Bekend uit deze gemeente", self.pages)
        yield from (
            ("Vergelijkbare gemeenten", g.gemeente.naam, MUNICIPALITY.address(g.gemeente.slug))
            for g, _ in self.nearest
        )
        yield from references("Uit vergelijkbare gemeenten", (p for p, _ in self.elsewhere))
        yield from references("Instrumenten", (p for p, _ in self.instruments))

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
    groups = by_letter(platform.terms["gemeente"])
    yield overview(platform, MUNICIPALITY, len(vocabulary.gemeenten), groups)
    crumbs = (HOME, Crumb(MUNICIPALITY.meervoud, MUNICIPALITY.address()))
    names: dict[str, list[str]] = {}
    for variant, gemeente in vocabulary.varianten.items():
        names.setdefault(gemeente.code, []).append(variant)
    of_scale, own_first = cache(partial(_of_scale, platform)), cache(partial(_own_first, platform))

    def content(gemeente: Gemeente) -> GemeentePagina:
        return GemeentePagina(
            gemeente,
            own_first,
            tuple(vocabulary.voorgangers.get(gemeente.code, ())),
            tuple(names.get(gemeente.code, ())),
            vocabulary.contacten.get(gemeente.code, ()),
            place(gemeente),
            of_scale(),
            platform,
        )

    for gemeente in vocabulary.gemeenten:
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
            partial(content, gemeente),
        )
    yield from _former_names(platform, crumbs)


def _own_first(platform: Platform, gemeente: Gemeente) -> tuple[Page, ...]:
    """Give its pages, those about the fewest municipalities first, then the latest."""
    pages = platform.pages_of("gemeente", gemeente.slug)
    return tuple(sorted(pages, key=lambda p: len(municipalities(p.velden, platform.vocabulary))))


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


def _of_scale(platform: Platform) -> tuple[Reasoned, ...]:
    """Give the instruments made for the scale of a municipality, those that most pages refer to
    first; more is twice as many, so that a page more seldom changes their order.
    """
    referrers = platform.relations.referrers

    def place(page: Page) -> tuple[int, str]:
        return -referrers.get(page.slug, 0).bit_length(), page.slug

    return tuple(
        (page, "past bij de schaal van een gemeente")
        for page in sorted(platform.library.pages, key=place)
        if isinstance(page.velden, Instrument) and "gemeente" in page.velden.schaal
    )
