"""All there is on one term (an aandachtsveld, pijler, provincie, organisatie, onderwerp or
doelgroep), and the overview of all terms of a kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kennisplatform.derive.catalogue import FACETS, PER_PAGE
from kennisplatform.derive.platform import Platform, Term
from kennisplatform.model.library import Pagina
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.text import escaped, first_letter, sort_key
from kennisplatform.model.vocabulary import Thema
from kennisplatform.site.linkeddata import province_node, registered
from kennisplatform.site.pages import (
    HOME,
    OVERVIEW,
    Document,
    Inhoud,
    Kruimel,
    Node,
    Reference,
    SitePage,
    references,
)

PER_GROUP = 8
"""Cards of one collection on the page of a term; the rest is behind a link."""


@dataclass(frozen=True, slots=True)
class Groep:
    """Pages of one collection under a term; `meer` is the address of the whole list, or empty."""

    collectie: Collectie
    paginas: tuple[Pagina, ...]
    totaal: int
    meer: str


@dataclass(frozen=True, slots=True)
class TermPagina(Inhoud):
    soort: str
    naam: str
    kort: str
    alineas: tuple[str, ...]
    icoon: str
    groepen: tuple[Groep, ...]
    aantal: int
    onderwerpen: tuple[Term, ...] = ()
    gemeenten: tuple[Term, ...] = ()
    tooi: str = ""
    """Place of an organisation in the register of government organisations, when it has one."""

    soort_ld = "CollectionPage"

    def shown(self) -> Sequence[Pagina]:
        return [page for group in self.groepen for page in group.paginas]

    def references(self) -> Iterator[Reference]:
        for group in self.groepen:
            yield from references(group.collectie.naam, group.paginas)

    def document(self, page: SitePage) -> Document | None:
        """A topic of one page is found as that page."""
        if self.soort == "onderwerp" and self.aantal < 2:
            return None
        return Document(
            page.adres.rstrip("/"),
            page.adres,
            page.titel,
            page.omschrijving,
            {"doelgroep": "voor wie"}.get(self.soort, self.soort),
            {
                "titel": (page.titel,),
                "termen": (self.kort,) if self.soort == "organisatie" else (),
                "tekst": self.alineas,
            },
            OVERVIEW,
            self.alineas,
        )

    def linked_data(self, root: str) -> Node:
        if self.soort == "provincie":
            return {"about": province_node(self.naam, root)}
        if self.soort == "organisatie":
            own = registered(self.tooi)
            return {"about": {"@type": "Organization", **own, "name": self.naam}}
        return {"about": {"@type": "DefinedTerm", "name": self.naam}}

    def markdown(self, content: object) -> Iterator[str]:
        return map(escaped, self.alineas)


@dataclass(frozen=True, slots=True)
class Overzicht(Inhoud):
    """All terms of one kind, in groups with a heading (a letter, or nothing)."""

    soort: str
    inleiding: str
    groepen: tuple[tuple[str, tuple[Term, ...]], ...]

    @property
    def aantal(self) -> int:
        return sum(len(terms) for _, terms in self.groepen)

    def references(self) -> Iterator[Reference]:
        for _, terms in self.groepen:
            yield from (("Overzicht", term.naam, term.adres) for term in terms)


def theme_pages(platform: Platform) -> Iterator[SitePage]:
    vocabulary = platform.library.vocabulary
    kinds: tuple[tuple[str, str, str, tuple[Thema, ...], tuple[Term, ...], str], ...] = (
        (
            "aandachtsveld",
            "aandachtsvelden",
            "Aandachtsvelden",
            vocabulary.aandachtsvelden,
            platform.aandachtsvelden,
            "Zeven onderwerpen waaraan gemeenten werken om hun democratie te versterken.",
        ),
        (
            "pijler",
            "pijlers",
            "Pijlers",
            vocabulary.pijlers,
            platform.pijlers,
            "Het aanbod voor gemeenten bestaat uit drie delen. Elk deel heet een pijler.",
        ),
    )
    for kind, folder, plural, entries, found, intro in kinds:
        yield SitePage(
            f"{folder}/",
            "overzicht.html",
            plural,
            intro,
            (HOME,),
            Overzicht(kind, intro, (("", found),)),
        )
        for entry, term in zip(entries, found, strict=True):
            pages = platform.pages_of(kind, entry.slug)
            inhoud = TermPagina(
                kind,
                entry.naam,
                entry.kort,
                tuple(entry.inleiding.strip().split("\n\n")),
                entry.icoon,
                _groups(pages, kind, entry.slug),
                len(pages),
                platform.topics_of(pages),
            )
            yield SitePage(
                term.adres,
                "term.html",
                entry.naam,
                entry.kort,
                (HOME, Kruimel(plural, f"{folder}/")),
                inhoud,
            )


def _groups(
    pages: Iterable[Pagina], facet: str, slug: str, most: int = PER_GROUP
) -> tuple[Groep, ...]:
    """Split pages by collection; with a facet that has static lists the rest is a link, without one
    all are shown.
    """
    found: dict[str, list[Pagina]] = {}
    for page in pages:
        found.setdefault(page.collectie.map, []).append(page)
    groups = []
    for collectie in COLLECTIES.values():
        if own := found.get(collectie.map):
            listed = facet in FACETS and len(own) > most
            shown = own[:most] if listed else own[: 5 * PER_PAGE]
            groups.append(
                Groep(
                    collectie,
                    tuple(shown),
                    len(own),
                    f"{collectie.slug}/{facet}/{slug}/" if listed else "",
                )
            )
    return tuple(groups)


def other_term_pages(platform: Platform) -> Iterator[SitePage]:
    vocabulary = platform.library.vocabulary
    topics = platform.relations.onderwerpen
    organisations = tuple(
        platform.term("organisaties", "organisatie", o.naam, o.voluit or "")
        for o in sorted(vocabulary.organisaties, key=lambda o: sort_key(o.naam))
    )
    subjects = tuple(
        Term(name, f"onderwerpen/{slug}/", len(platform.pages_of("onderwerp", slug)))
        for slug, name in sorted(topics.items())
    )
    abouts = {
        f"organisaties/{o.slug}/": (o.omschrijving, o.voluit or "", o.tooi or "")
        for o in vocabulary.organisaties
    }
    within: dict[str, list[Term]] = {}
    for term in platform.gemeenten:
        within.setdefault(term.kort, []).append(term)
    kinds = (
        (
            "provincie",
            "provincies",
            "Provincies",
            "Alle twaalf provincies, met de gemeenten die erin liggen.",
            platform.provincies,
            False,
        ),
        (
            "organisatie",
            "organisaties",
            "Organisaties",
            "Wie werkt er aan de lokale democratie, en wat staat er van hen op dit platform?",
            organisations,
            False,
        ),
        (
            "onderwerp",
            "onderwerpen",
            "Onderwerpen",
            "Alle onderwerpen van A tot Z.",
            subjects,
            True,
        ),
        (
            "doelgroep",
            "doelgroepen",
            "Voor wie",
            "Kies uw rol en zie wat er voor u is.",
            platform.doelgroepen,
            False,
        ),
    )
    for kind, folder, plural, intro, found, in_letters in kinds:
        yield SitePage(
            f"{folder}/",
            "overzicht.html",
            plural,
            intro,
            (HOME,),
            Overzicht(kind, intro, by_letter(found) if in_letters else (("", found),)),
        )
        for term in found:
            slug = term.slug
            pages = platform.pages_of(kind, slug)
            about, full, tooi = abouts.get(term.adres, (term.kort, "", ""))
            inhoud = TermPagina(
                kind,
                full or term.naam,
                term.naam if full else "",
                (about,) if about else (),
                "",
                _groups(pages, kind, slug),
                len(pages),
                platform.topics_of(pages) if kind != "onderwerp" else (),
                tuple(within.get(term.naam, ())) if kind == "provincie" else (),
                tooi,
            )
            yield SitePage(
                term.adres,
                "term.html",
                full or term.naam,
                about or f"Alles op dit platform over {term.naam}.",
                (HOME, Kruimel(plural, f"{folder}/")),
                inhoud,
            )


def by_letter(found: Iterable[Term]) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    groups: dict[str, list[Term]] = {}
    for term in found:
        groups.setdefault(first_letter(term.naam), []).append(term)
    return tuple((letter, tuple(terms)) for letter, terms in sorted(groups.items()))
