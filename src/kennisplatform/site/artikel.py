"""A content page, with everything shown around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Any, ClassVar

from kennisplatform.derive.catalogue import comes_until, facet_values, listing
from kennisplatform.model.days import iso
from kennisplatform.model.facets import EVIDENCE, FACETS, Facet, former, municipalities
from kennisplatform.model.groups import Bijlage, Contact, licence_address
from kennisplatform.model.library import (
    IMAGES,
    Heading,
    Library,
    Page,
    SiteDocument,
    shown_address,
)
from kennisplatform.model.platform import DATA_VERSION, LICENCE, PageRelations, Platform, Term
from kennisplatform.model.schema import COLLECTIES, Aanpak, Bijeenkomst, Praktijk, Velden
from kennisplatform.model.site import SearchDocument
from kennisplatform.model.text import date, escaped, moments, slugify, sort_key
from kennisplatform.model.vocabulary import (
    Gemeente,
    Gemeentecontact,
    Organisatie,
    Vocabulary,
    VoormaligeGemeente,
)
from kennisplatform.site.linkeddata import municipality_node, province_node, registered
from kennisplatform.site.pages import HOME, Content, Crumb, Node, Reference, SitePage, references


@dataclass(frozen=True, slots=True)
class Download:
    """A document as a page offers it."""

    field: Bijlage
    file: SiteDocument | None
    """What the site gives of it, unless it lies on another one."""

    @property
    def titel(self) -> str:
        """Give its title with its kind and size, so that nobody opens it unaware."""
        what = f" ({self.file.kind}, {self.file.worded_size})" if self.file else ""
        return f"{self.field.titel}{what}"


@dataclass(frozen=True, slots=True)
class Artikel(Content):
    page: Page
    relations: PageRelations
    gemeenten: tuple[Gemeente, ...]
    merged: tuple[tuple[str, str], ...]
    """Every former municipality that is in these now, with the name of today."""
    voormalig: tuple[VoormaligeGemeente, ...]
    """Those that the page names."""
    provincies: tuple[str, ...]
    organisaties: tuple[Organisatie, ...]
    facts: tuple[tuple[Facet, tuple[Term, ...]], ...]
    """Facets with those of their values that it names as they are."""
    onderwerpen: tuple[Term, ...]
    documenten: tuple[Download, ...]
    needs: tuple[tuple[str, str], ...]
    """Label and value of what it takes to begin."""
    traits: tuple[tuple[str, str], ...]
    """The same of the other fields by which it is compared."""
    contacts: tuple[Contact | Gemeentecontact, ...]
    """Whom to ask: those that the page names, else its organisations or municipalities."""
    headings: tuple[Heading, ...]
    """Headings of level 2, for a table of contents."""
    facets: Mapping[str, Sequence[str]]
    search_words: tuple[str, ...]
    """Names of those of its values by which it is found."""
    referrers: int
    """Number of pages that refer to it."""
    komt_tot: str
    """Last day of a meeting that has not been."""

    schema_type = "Article"
    relation_headings: ClassVar = {
        "instrumenten": "Gebruikte instrumenten",
        "gebruikt_in": "Waar dit is gebruikt",
        "gerelateerd": "Hoort hierbij",
        "genoemd_in": "Pagina’s die hiernaar verwijzen",
        "verwant": "Lijkt hierop",
    }
    """The heading above each of its relations, in the order to show them."""

    def shown(self) -> Sequence[Page]:
        return (self.page,)

    def texts(self) -> Sequence[bytes]:
        return self.page.body.texts

    def references(self) -> Iterator[Reference]:
        for name, pages in self._relations().items():
            yield from references(self.relation_headings[name], pages)

    def document(self, page: SitePage) -> SearchDocument:
        fields, body, offered = self.page.velden, self.page.body, self.documenten
        read = [(d.field.titel, d.file.text) for d in offered if d.file and d.file.text]
        beside = (*(value for _, value in self.needs), *_said_of_others(fields))
        older = tuple((old, f"hoort nu bij {today}") for old, today in self.merged if old != today)
        return SearchDocument(
            self.page.slug,
            page.address,
            page.titel,
            page.omschrijving,
            fields.soort or self.page.collectie.enkelvoud,
            {
                "titel": (fields.titel,),
                "zoektermen": fields.zoektermen,
                "vragen": fields.vragen,
                "samenvatting": (fields.samenvatting,),
                "termen": (
                    *fields.trefwoorden,
                    *(name for o in self.organisaties for name in (o.naam, o.voluit or "")),
                    *fields.gemeente,
                    *(g.naam for g in self.gemeenten),
                    *self.provincies,
                ),
                "thema": (
                    *self.search_words,
                    *(name for name, _ in older),
                ),
                "koppen": (
                    *(h.text for h in body.headings),
                    *(d.field.titel for d in offered),
                    *(w.titel for w in fields.wetten),
                ),
                "tekst": beside,
                "documenten": tuple(text for _, text in read),
            },
            self.facets,
            beside,
            body,
            fields.waar,
            fields.wanneer,
            older,
            self.referrers,
            documents=tuple(title for title, _ in read),
            linked=tuple(dict.fromkeys(p.slug for p in chain(*self._links().values()))),
            komt_tot=self.komt_tot,
        )

    def linked_data(self, root: str, platform: Platform) -> Node:
        fields = self.page.velden
        themes = [
            {
                "@type": "DefinedTerm",
                "name": name,
                "url": root + FACETS["aandachtsveld"].address(slugify(name)),
            }
            for name in fields.aandachtsveld
        ]
        places = [
            *(municipality_node(g, root, platform.vocabulary) for g in self.gemeenten),
            *(province_node(name, root, platform.vocabulary) for name in fields.provincie),
        ]
        return {"headline": fields.titel} | _without_empty(
            {
                "datePublished": fields.datum.isoformat(),
                "license": LICENCE,
                "about": [*themes, *_subject(self.page, places)],
                "genre": fields.soort or self.page.collectie.enkelvoud,
                "keywords": list(fields.trefwoorden),
                "hasPart": _faq(fields),
                "contentLocation": places,
                "audience": [
                    {"@type": "Audience", "audienceType": name} for name in fields.doelgroep
                ],
                "mentions": [
                    {
                        "@type": "Organization",
                        **registered(o.tooi),
                        "name": o.voluit or o.naam,
                        "url": root + FACETS["organisatie"].address(o.slug),
                    }
                    for o in self.organisaties
                ],
                "citation": [
                    _without_empty({"@type": "CreativeWork", "name": name, "url": url})
                    for name, url in dict.fromkeys((b.titel, b.url) for b in fields.bronnen)
                ],
                "image": [
                    _without_empty(
                        {
                            "@type": "ImageObject",
                            "contentUrl": root + shown_address(f"{IMAGES}/{a.file}"),
                            "creditText": a.maker,
                            "license": licence_address(a.licentie),
                        }
                    )
                    for a in fields.afbeeldingen
                ],
                "associatedMedia": [
                    _without_empty(
                        {
                            "@type": "MediaObject",
                            "name": d.field.titel,
                            "contentUrl": f"{root}{d.file.address}" if d.file else d.field.url,
                            "encodingFormat": d.file.media_type if d.file else "",
                            "creditText": d.field.rechthebbende or "",
                            "license": licence_address(d.field.licentie),
                        }
                    )
                    for d in self.documenten
                ],
                "temporalCoverage": fields.periode.interval if fields.periode else "",
            }
        )

    def data(self) -> dict[str, Any]:
        return {
            "slug": self.page.slug,
            "collectie": self.page.collectie.slug,
            "velden": self.page.velden.model_dump(mode="json", exclude_defaults=True),
            "gemeentecodes": [g.code for g in self.gemeenten],
        } | _without_empty(
            {
                "downloads": [
                    {
                        "titel": d.field.titel,
                        "adres": d.file.address,
                        "mediatype": d.file.media_type,
                        "bytes": d.file.size,
                    }
                    for d in self.documenten
                    if d.file
                ]
            }
        )

    def record(self) -> dict[str, Any]:
        return {
            "versie": DATA_VERSION,
            "slug": self.page.slug,
            "adres": self.page.address,
            **self.data(),
            "relaties": {
                name: [p.slug for p in found] for name, found in self._relations().items()
            },
            "kenmerken": self._features(),
            "tekst": [line for line in self.page.body.text.split("\n") if line],
        }

    def markdown(self, text_of: Callable[[Page], str]) -> Iterator[str]:
        yield text_of(self.page)
        lines = [
            f"- [{escaped(d.titel)}]({f'../../{d.file.address}' if d.file else d.field.url})"
            for d in self.documenten
        ]
        yield "## Documenten\n\n" + "\n".join(lines) if lines else ""

    def _links(self) -> dict[str, tuple[Page, ...]]:
        v = self.relations
        return {
            "instrumenten": v.instrumenten,
            "gebruikt_in": v.gebruikt_in,
            "gerelateerd": v.gerelateerd,
            "genoemd_in": v.genoemd_in,
        }

    def _relations(self) -> dict[str, tuple[Page, ...]]:
        return self._links() | {"verwant": tuple(r.page for r in self.relations.verwant)}

    def _features(self) -> dict[str, str]:
        """Give by what any two pages are compared, in the order to show it."""
        page, fields = self.page, self.page.velden
        pillars = ", ".join(fields.pijler)
        meeting = fields if isinstance(fields, Bijeenkomst) else None
        facts = {facet.slug: ", ".join(t.naam for t in found) for facet, found in self.facts}
        own = dict(fields.kenmerken)
        return {
            FACETS["soort"].naam: fields.soort or page.collectie.enkelvoud,
            "Wanneer": moments(meeting.begin, meeting.eind) if meeting and meeting.begin else "",
            "Waar": meeting.plaats or "" if meeting else "",
            FACETS["aandachtsveld"].naam: ", ".join(fields.aandachtsveld),
            FACETS["pijler"].naam: f"{pillars} ({fields.pijler_bron})" if pillars else "",
            **{f.naam: facts.get(f.slug, "") for f in FACETS.values() if f.feit},
            **{
                label: own.get(label, "")
                for c in COLLECTIES.values()
                for label in c.model.vergeleken().values()
            },
            FACETS["bewijs"].naam: EVIDENCE.get(fields.bewijs or "", ""),
            "Beoordeeld door": fields.beoordeling.door if fields.beoordeling else "",
            FACETS["status"].naam: fields.status or "",
            "Contact": "; ".join(map(str, self.contacts)),
            "Periode": str(fields.periode or ""),
            FACETS["gemeente"].meervoud: "; ".join(g.naam for g in self.gemeenten)
            or _number_of_places(fields.gemeente_aantal),
            FACETS["provincie"].naam: ", ".join(self.provincies),
            "Gecontroleerd": date(fields.laatst_gecontroleerd),
        }


def articles(platform: Platform) -> Iterator[SitePage]:
    """Give every content page, as it is listed."""
    for page in listing(platform.library, platform.today):
        crumbs = (HOME, Crumb(page.collectie.naam, f"{page.collectie.slug}/"))
        yield SitePage(
            page.address,
            "pagina.html",
            page.titel,
            page.velden.samenvatting,
            crumbs,
            partial(_article, page, platform),
            source=f"content/{page.path}",
        )


def _article(page: Page, platform: Platform) -> Artikel:
    library, relations, fields = platform.library, platform.relations, page.velden
    predecessors = platform.vocabulary.voorgangers
    organisations = tuple(platform.vocabulary.organisatie_op_naam[o] for o in fields.organisatie)
    places = municipalities(fields, platform.vocabulary)
    features = fields.kenmerken
    in_order = tuple(sorted(places, key=lambda g: sort_key(g.naam)))
    return Artikel(
        page,
        relations.of(page.slug),
        in_order,
        tuple((old.naam, g.naam) for g in in_order for old in predecessors.get(g.code, ())),
        former(fields, platform.vocabulary),
        tuple(dict.fromkeys([*fields.provincie, *(g.provincie for g in places)])),
        organisations,
        tuple(platform.facts_of(page)),
        platform.terms_of(page, FACETS["onderwerp"]),
        tuple(_downloads(page, library)),
        tuple((label, value) for label, value in features if label in _NEEDS),
        tuple((label, value) for label, value in features if label not in _NEEDS),
        tuple(_contacts(fields, organisations, places, platform.vocabulary)),
        tuple(h for h in page.body.headings if h.level == 2),
        facet_values(page, platform.today),
        tuple(
            relations.words[facet][slug].naam
            for facet, slug in page.values
            if FACETS[facet].gezocht
        ),
        relations.referrers.get(page.slug, 0),
        comes_until(page, platform.today),
    )


MOST_OF_PLACES = 3
"""Municipal contacts that a page shows; more can be found on the pages of its municipalities."""
_NEEDS = set(Aanpak.vergeleken().values())


def _downloads(page: Page, library: Library) -> Iterator[Download]:
    """Give the documents that can be had; one that is refused is told already."""
    for attached in page.velden.documenten:
        file = library.downloads.get(attached.bestand or "")
        if attached.url or file:
            yield Download(attached, file)


def _subject(page: Page, places: list[Node]) -> Iterator[Node]:
    """Give the publication or the event that a page is about; a practice and an instrument are the
    page's own subject.
    """
    fields, kind = page.velden, page.collectie.schema_org
    if isinstance(fields, Bijeenkomst):
        begin = (
            fields.begin.isoformat()
            if fields.begin
            else iso(fields.periode.van if fields.periode else None)
        )
        venue = [{"@type": "Place", "name": fields.plaats}] if fields.plaats else places
        yield _without_empty(
            {
                "@type": kind,
                "name": fields.titel,
                "description": fields.samenvatting,
                "startDate": begin,
                "endDate": fields.eind.isoformat() if fields.eind else "",
                "location": venue,
                "url": fields.aanmelden,
            }
        )
    elif kind:
        exact = page.collectie.schema_org_van.get(fields.soort or "", kind)
        yield {"@type": exact, "name": fields.titel}


def _faq(fields: Velden) -> Node:
    """Give the questions that a page answers, as a page of questions, or nothing."""
    if not fields.vragen:
        return {}
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": fields.samenvatting},
            }
            for question in fields.vragen
        ],
    }


def _without_empty(node: Node) -> Node:
    """Leave out what is empty."""
    return {name: value for name, value in node.items() if value}


def _contacts(
    fields: Velden,
    organisations: Iterable[Organisatie],
    places: Sequence[Gemeente],
    vocabulary: Vocabulary,
) -> Iterator[Contact | Gemeentecontact]:
    """Give whom a page names, and, when that alone reaches nobody, the organisations that tell how
    to; when none does, for a practice the municipalities that do.
    """
    own = fields.contact
    if own:
        yield own
    if own and (own.mail or own.url):
        return
    reached = [o for o in organisations if o.mailbox or o.site]
    for o in reached:
        yield Contact.model_construct(naam=o.voluit or o.naam, mail=o.mailbox, url=o.site)
    if not reached and isinstance(fields, Praktijk) and len(places) <= MOST_OF_PLACES:
        of_places = (c for g in places for c in vocabulary.contacten.get(g.code, ()))
        yield from islice(of_places, MOST_OF_PLACES)


def _said_of_others(fields: Velden) -> Iterator[str]:
    """Give what a page says beside its text of whom to ask, and of who judged it."""
    if fields.contact:
        yield fields.contact.naam
    if fields.beoordeling:
        yield from (fields.beoordeling.door, fields.beoordeling.op)


def _number_of_places(number: object) -> str:
    return f"{number}; welke staat niet in de bron" if number and number != "onbekend" else ""
