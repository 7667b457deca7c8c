"""All there is on one term (an aandachtsveld, pijler, provincie, organisatie, onderwerp or
doelgroep), and the overview of all terms of a kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kennisplatform.derive.catalogue import PER_PAGE, telling
from kennisplatform.model.facets import FACETS, Facet, Woord
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform, Term
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.site import SearchDocument
from kennisplatform.model.text import escaped, first_letter
from kennisplatform.model.vocabulary import Organisatie
from kennisplatform.site.linkeddata import province_node, registered
from kennisplatform.site.pages import (
    HOME,
    OVERVIEW,
    Content,
    Crumb,
    Node,
    Reference,
    SitePage,
    references,
)

AT_ONCE = 4
"""Pages that can be seen at once, so that they need no filters."""
PER_GROUP = 8
"""Cards of one collection on the page of a term; the rest is behind a link, or folded."""
Groups = tuple[tuple[str, tuple[Term, ...]], ...]
"""Terms under a heading: a letter, or nothing."""


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Pages of one collection under a term; `more` is the address of the whole list, or empty: then
    the rest is told by its titles.
    """

    collectie: Collectie
    pages: tuple[Page, ...]
    rest: tuple[Page, ...]
    total: int
    more: str


@dataclass(frozen=True, slots=True)
class TermPagina(Content):
    soort: str
    naam: str
    kort: str
    paragraphs: tuple[str, ...]
    icoon: str
    groups: tuple[PageGroup, ...]
    count: int
    filters: tuple[Facet, ...]
    """By which its pages can be filtered; none when all can be seen at once."""
    onderwerpen: tuple[Term, ...] = ()
    gemeenten: tuple[Term, ...] = ()
    organisatie: Organisatie | None = None
    """The one that it is about, if it is about one."""

    schema_type = "CollectionPage"

    def shown(self) -> Sequence[Page]:
        return [page for group in self.groups for page in (*group.pages, *group.rest)]

    def references(self) -> Iterator[Reference]:
        for group in self.groups:
            yield from references(group.collectie.naam, (*group.pages, *group.rest))

    def document(self, page: SitePage) -> SearchDocument | None:
        """A topic of one page is found as that page."""
        if self.soort == "onderwerp" and self.count < 2:
            return None
        return SearchDocument(
            page.address.rstrip("/"),
            page.address,
            page.titel,
            page.omschrijving,
            FACETS[self.soort].naam.lower(),
            {
                "titel": (page.titel,),
                "termen": (self.kort,) if self.soort == "organisatie" else (),
                "tekst": self.paragraphs,
            },
            OVERVIEW,
            self.paragraphs,
        )

    def linked_data(self, root: str, platform: Platform) -> Node:
        if self.soort == "provincie":
            return {"about": province_node(self.naam, root, platform.vocabulary)}
        if self.soort == "organisatie":
            known = self.organisatie
            own = registered(known.tooi if known else None)
            reached = {"url": known.site, "email": known.mailbox} if known else {}
            about = {name: value for name, value in reached.items() if value}
            return {"about": {"@type": "Organization", **own, "name": self.naam, **about}}
        return {"about": {"@type": "DefinedTerm", "name": self.naam}}

    def markdown(self, text_of: object) -> Iterator[str]:
        return map(escaped, self.paragraphs)


@dataclass(frozen=True, slots=True)
class Overzicht(Content):
    """All terms of one kind."""

    soort: str
    inleiding: str
    groups: Groups
    filters: tuple[Facet, ...]
    """By which it can be filtered, as pages have values of them."""

    @property
    def count(self) -> int:
        return sum(len(terms) for _, terms in self.groups)

    def references(self) -> Iterator[Reference]:
        for _, terms in self.groups:
            yield from (("Overzicht", term.naam, term.address) for term in terms)


def term_pages(platform: Platform) -> Iterator[SitePage]:
    """Give those of every facet that has pages; municipalities have a module of their own."""
    for facet in FACETS.values():
        if facet.map and facet.slug != "gemeente":
            yield from _terms(platform, facet)


def _terms(platform: Platform, facet: Facet) -> Iterator[SitePage]:
    """Give the overview of a facet, and a page for each of its values."""
    found = platform.terms[facet.slug]
    groups = by_letter(found) if facet.slug == "onderwerp" else (("", found),)
    yield overview(platform, facet, len(found), groups)
    for term in found:
        word = platform.relations.words[facet.slug][term.slug]
        organisation = facet.slug == "organisatie"
        title, about = word.naam, word.kort
        if organisation:
            title, about = word.kort or word.naam, word.uitleg
        yield SitePage(
            term.address,
            "term.html",
            title,
            about or f"Alles op dit platform over {word.naam}.",
            (HOME, Crumb(facet.meervoud, facet.address())),
            partial(_term, platform, facet, word, title),
        )


def overview(platform: Platform, facet: Facet, number: int, groups: Groups) -> SitePage:
    """Give the overview of a facet, which has a number of values."""
    intro = platform.identity.overzicht(facet.map, number)

    def content() -> Overzicht:
        filters = other_facets(facet, platform.library.pages, platform)
        return Overzicht(facet.slug, intro, groups, filters)

    address, named = facet.address(), facet.meervoud
    return SitePage(address, "overzicht.html", named, intro, (HOME,), content)


def _term(platform: Platform, facet: Facet, word: Woord, title: str) -> TermPagina:
    short, text = word.kort if word.uitleg else "", word.uitleg or word.kort
    organisation = None
    if facet.slug == "organisatie":
        short = word.naam if word.kort else ""
        organisation = platform.vocabulary.organisatie_op_naam[word.naam]
    pages = platform.pages_of(facet.slug, word.slug)
    within = platform.terms["gemeente"] if facet.slug == "provincie" else ()
    return TermPagina(
        facet.slug,
        title,
        short,
        tuple(text.strip().split("\n\n")) if text else (),
        word.icoon,
        _groups(pages, facet.slug, word.slug),
        len(pages),
        other_facets(facet, pages, platform) if len(pages) > AT_ONCE else (),
        platform.topics_of(pages) if facet.slug != "onderwerp" else (),
        tuple(g for g in within if g.kort == word.naam),
        organisation,
    )


def _groups(
    pages: Iterable[Page], facet: str, slug: str, most: int = PER_GROUP
) -> tuple[PageGroup, ...]:
    """Split pages by collection; with a facet that has static lists the rest is a link, without one
    the rest is told too.
    """
    found: dict[str, list[Page]] = {}
    for page in pages:
        found.setdefault(page.collectie.map, []).append(page)
    groups = []
    for collectie in COLLECTIES.values():
        if own := found.get(collectie.map):
            listed = FACETS[facet].lijsten and len(own) > most
            cut = most if listed or len(own) > most + 1 else len(own)  # no fold for one
            groups.append(
                PageGroup(
                    collectie,
                    tuple(own[:cut]),
                    () if listed else tuple(own[cut : 5 * PER_PAGE]),
                    len(own),
                    f"{collectie.slug}/{facet}/{slug}/" if listed else "",
                )
            )
    return tuple(groups)


def other_facets(facet: Facet, pages: Iterable[Page], platform: Platform) -> tuple[Facet, ...]:
    """Give the facets that tell one page from another, beside the one they are listed by."""
    found = telling(pages, platform.today)
    return tuple(other for other in found if other is not facet)


def by_letter(found: Iterable[Term]) -> Groups:
    groups: dict[str, list[Term]] = {}
    for term in found:
        groups.setdefault(first_letter(term.naam), []).append(term)
    return tuple((letter, tuple(terms)) for letter, terms in sorted(groups.items()))
