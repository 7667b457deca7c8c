"""What is known of one municipality, of a former one, and the overview of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest

from kennisplatform.derive.maps import Point, place
from kennisplatform.model.facets import FACETS, municipalities
from kennisplatform.model.groups import Contact
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import Instrument
from kennisplatform.model.site import SearchDocument
from kennisplatform.model.text import count, enumerate_nl, slugify
from kennisplatform.model.vocabulary import (
    SIZE_CLASSES,
    Gelijkenis,
    Gemeente,
    Gemeentecontact,
    VoormaligeGemeente,
)
from kennisplatform.site.doorverwijzing import redirect
from kennisplatform.site.linkeddata import municipality_node
from kennisplatform.site.pages import HOME, Content, Crumb, Node, Reference, SitePage, references
from kennisplatform.site.term import Overzicht, by_letter

MUNICIPALITY = FACETS["gemeente"]
MOST_LIKE = 3
"""Municipalities shown as comparable, and instruments."""
MOST_CARDS = 6
"""Cards from comparable municipalities."""

Reasoned = tuple[Page, str]
"""A page, and in words why it is shown."""


@dataclass(frozen=True, slots=True)
class GemeentePagina(Content):
    gemeente: Gemeente
    pages: tuple[Page, ...]
    """What is its own first: the pages that are about the fewest municipalities."""
    voorgangers: tuple[VoormaligeGemeente, ...]
    names: tuple[str, ...]
    """Other names it goes by."""
    contacts: tuple[Gemeentecontact, ...]
    """Whom to ask there."""
    point: Point
    """Where it lies on the map."""
    suited: tuple[Reasoned, ...]
    """The instruments that suit its size, those that suit it best first."""
    platform: Platform = field(repr=False, compare=False)

    schema_type = "CollectionPage"

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
        return len(municipalities(page, self.platform.library)) == 1

    @property
    def nearest(self) -> tuple[tuple[Gelijkenis, int], ...]:
        """The most alike municipalities that have pages, each with the number of them. Compared
        when it is shown: each with each takes long, and who only asks for addresses need not wait.
        """
        alike = self.platform.vocabulary.vergelijkbaar(self.gemeente)
        counted = ((g, len(self._pages_of(g.gemeente))) for g in alike)
        return tuple(islice((one for one in counted if one[1]), MOST_LIKE))

    @property
    def elsewhere(self) -> tuple[Reasoned, ...]:
        """Pages from those that are not from here as well: of each in turn, the most alike first,
        what is most its own.
        """
        alike = [(g.gemeente.naam, self._pages_of(g.gemeente)) for g, _ in self.nearest]
        sources: dict[str, list[str]] = {}
        for name, pages in alike:
            for page in pages:
                sources.setdefault(page.slug, []).append(name)
        turns = chain.from_iterable(zip_longest(*(pages for _, pages in alike)))
        own = {page.slug for page in self.pages}
        other = {page.slug: page for page in turns if page and page.slug not in own}
        shown = islice(other.values(), MOST_CARDS)
        return tuple((p, f"uit {enumerate_nl(sources[p.slug])}") for p in shown)

    @property
    def instruments(self) -> tuple[Reasoned, ...]:
        """Instruments that suit its size and are not shown already."""
        shown = {p.slug for p in (*self.pages, *(p for p, _ in self.elsewhere))}
        return tuple(islice((one for one in self.suited if one[0].slug not in shown), MOST_LIKE))

    def _pages_of(self, gemeente: Gemeente) -> tuple[Page, ...]:
        return _own_first(self.platform, gemeente)

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
    instruments = _by_size(platform)
    for gemeente in vocabulary.gemeenten:
        content = GemeentePagina(
            gemeente,
            _own_first(platform, gemeente),
            tuple(vocabulary.voorgangers.get(gemeente.code, ())),
            tuple(names.get(gemeente.code, ())),
            vocabulary.contacten.get(gemeente.code, ()),
            place(gemeente),
            instruments[gemeente.grootteklasse],
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


def _own_first(platform: Platform, gemeente: Gemeente) -> tuple[Page, ...]:
    """Give its pages, those about the fewest municipalities first, then the newest."""
    pages = platform.pages_of("gemeente", gemeente.slug)
    return tuple(sorted(pages, key=lambda p: len(municipalities(p, platform.library))))


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


def _by_size(platform: Platform) -> dict[str, tuple[Reasoned, ...]]:
    """Give by size class the instruments that most municipalities of that size use, then those made
    for the scale of a municipality that most pages refer to.
    """
    used: dict[str, dict[str, set[str]]] = {name: {} for _, name in SIZE_CLASSES}
    of_scale: dict[str, str] = {}
    referrers = platform.relations.referrers
    for page in sorted(platform.library.pages, key=lambda p: (-referrers.get(p.slug, 0), p.slug)):
        if isinstance(page.velden, Instrument):
            if "gemeente" in page.velden.schaal:
                of_scale[page.slug] = "past bij de schaal van een gemeente"
            for user in (page, *platform.relations.by_page[page.slug].gebruikt_in):
                for gemeente in municipalities(user, platform.library):
                    used[gemeente.grootteklasse].setdefault(page.slug, set()).add(gemeente.slug)
    found = {}
    for size, by_slug in used.items():
        why = {
            slug: f"in {count(len(users), 'gemeente', 'gemeenten')} van deze grootte"
            for slug, users in sorted(by_slug.items(), key=lambda of: -len(of[1]))
        }
        why |= {slug: words for slug, words in of_scale.items() if slug not in why}
        found[size] = tuple((platform.library.by_slug[slug], words) for slug, words in why.items())
    return found
