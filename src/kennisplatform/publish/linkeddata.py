"""What a page says of itself in schema.org terms, as the JSON-LD in its head."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kennisplatform.derive.catalogue import Lijst
from kennisplatform.model.groups import Periode
from kennisplatform.model.identity import Identiteit
from kennisplatform.model.schema import Bijeenkomst
from kennisplatform.model.text import slugify
from kennisplatform.model.values import ISO_MOMENT, YEAR
from kennisplatform.model.vocabulary import PROVINCES, Gemeente
from kennisplatform.publish.opendata import LICENTIE, described
from kennisplatform.site.pages import Artikel, GemeentePagina, SitePage, TermPagina

Node = dict[str, Any]
TOOI = "https://identifier.overheid.nl/tooi/id/"
"""The register of government organisations: municipalities and provinces by CBS code in lower case (https://standaarden.overheid.nl/tooi)."""
WORKS = {"publicatie": "Report", "regeling": "Legislation"}
"""What a page of the kennisbank is about, by its soort."""


def linked_data(page: SitePage, root: str, identiteit: Identiteit) -> Node:
    """Describe a page and the way to it.

    `root` is the site's address with a slash at the end, or the relative way to it from this page:
    an address in JSON-LD is read like one in HTML. Names are given as they stand on the page.
    Municipalities, provinces and those organisations of which the vocabulary knows the code have
    their address in the register.
    """
    here = root + page.adres
    node: Node = {
        "@id": here,
        "url": here,
        "name": page.titel,
        "description": page.omschrijving,
        "inLanguage": "nl",
        "isPartOf": {"@id": f"{root}#site"},
    }
    if page.bijgewerkt:
        node["dateModified"] = page.bijgewerkt.isoformat()
    match page.inhoud:
        case Artikel():
            node = {
                "@type": "Article",
                **node,
                "headline": page.titel,
                **_article(page.inhoud, root),
            }
        case Lijst(paginas=pages, totaal=total):
            items = [
                {"@type": "ListItem", "position": place, "url": root + p.adres}
                for place, p in enumerate(pages, 1)
            ]
            node = {
                "@type": "CollectionPage",
                **node,
                "mainEntity": {
                    "@type": "ItemList",
                    "numberOfItems": total,
                    "itemListElement": items,
                },
            }
        case GemeentePagina(gemeente=municipality):
            node = {"@type": "CollectionPage", **node, "about": _place(municipality, root)}
        case TermPagina(soort="organisatie", tooi=tooi):
            node = {
                "@type": "CollectionPage",
                **node,
                "about": {"@type": "Organization", **_registered(tooi), "name": page.titel},
            }
        case TermPagina(soort="provincie"):
            node = {"@type": "CollectionPage", **node, "about": _province(page.titel, root)}
        case TermPagina():
            node = {
                "@type": "CollectionPage",
                **node,
                "about": {"@type": "DefinedTerm", "name": page.titel},
            }
        case _ if page.adres == "open-data/":
            node = {"@type": "WebPage", **node, "mainEntity": _dataset(root, identiteit)}
        case _:
            node = {"@type": "WebPage", **node}
    return {
        "@context": "https://schema.org",
        "@graph": [node, _site(root, identiteit) if not page.adres else _breadcrumbs(page, root)],
    }


def _site(root: str, identiteit: Identiteit) -> Node:
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{root}zoeken/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": f"{root}#site",
        "url": root,
        "name": identiteit.naam,
        "inLanguage": "nl",
        "license": LICENTIE,
        "potentialAction": search,
    }


def _breadcrumbs(page: SitePage, root: str) -> Node:
    way = [*((k.titel, k.adres) for k in page.kruimels), (page.titel, page.adres)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": title, "item": root + address}
            for place, (title, address) in enumerate(way, 1)
        ],
    }


def _article(article: Artikel, root: str) -> Node:
    fields = article.pagina.velden
    themes = [
        {"@type": "DefinedTerm", "name": name, "url": f"{root}aandachtsvelden/{slugify(name)}/"}
        for name in fields.aandachtsveld
    ]
    places = [
        *(_place(g, root) for g in article.gemeenten),
        *(_province(name, root) for name in fields.provincie),
    ]
    found: Node = {
        "datePublished": fields.datum.isoformat(),
        "license": LICENTIE,
        "about": [*themes, *_subject(article, places)],
        "genre": fields.soort or article.pagina.collectie.enkelvoud,
        "keywords": list(fields.trefwoorden),
        "contentLocation": places,
        "audience": [{"@type": "Audience", "audienceType": name} for name in fields.doelgroep],
        "mentions": [
            {
                "@type": "Organization",
                **_registered(o.tooi),
                "name": o.voluit or o.naam,
                "url": f"{root}organisaties/{o.slug}/",
            }
            for o in article.organisaties
        ],
        "citation": [
            _known({"@type": "CreativeWork", "name": name, "url": url})
            for name, url in dict.fromkeys((b.titel, b.url) for b in fields.bronnen)
        ],
        "temporalCoverage": _interval(fields.periode),
    }
    return _known(found)


def _subject(article: Artikel, places: list[Node]) -> Iterator[Node]:
    """Give the publication or the event that a page is about; a practice and an instrument are the
    page's own subject.
    """
    fields = article.pagina.velden
    if isinstance(fields, Bijeenkomst):
        begin = (
            fields.begin.isoformat()
            if fields.begin
            else _edge(fields.periode.van if fields.periode else None)
        )
        venue = [{"@type": "Place", "name": fields.plaats}] if fields.plaats else places
        yield _known(
            {
                "@type": "Event",
                "name": fields.titel,
                "description": fields.samenvatting,
                "startDate": begin,
                "endDate": fields.eind.isoformat() if fields.eind else "",
                "location": venue,
                "url": fields.aanmelden,
            }
        )
    elif article.pagina.collectie.map == "publications":
        yield {"@type": WORKS.get(fields.soort or "", "CreativeWork"), "name": fields.titel}


def _place(municipality: Gemeente, root: str) -> Node:
    return {
        "@type": "AdministrativeArea",
        **_registered(f"gemeente/{municipality.code.lower()}"),
        "name": municipality.naam,
        "url": f"{root}gemeenten/{municipality.slug}/",
        "containedInPlace": _province(municipality.provincie, root),
    }


def _province(name: str, root: str) -> Node:
    return {
        "@type": "AdministrativeArea",
        **_registered(f"provincie/pv{PROVINCES[name]}"),
        "name": name,
        "url": f"{root}provincies/{slugify(name)}/",
    }


def _registered(place: str | None) -> Node:
    return {"@id": TOOI + place} if place else {}


def _interval(period: Periode | None) -> str:
    """Write a period as ISO 8601 (2019, 2018-07/2019, ../2019-03); “najaar 2019” is no such period
    and is left out.
    """
    begin, end = (_edge(period.van), _edge(period.tot)) if period else ("", "")
    if period is None or bool(begin) != bool(period.van) or bool(end) != bool(period.tot):
        return ""
    alone = begin == end or (not end and YEAR.fullmatch(begin))
    return begin if alone else f"{begin or '..'}/{end or '..'}"


def _edge(moment: str | None) -> str:
    return moment if moment and (ISO_MOMENT.match(moment) or YEAR.fullmatch(moment)) else ""


def _dataset(root: str, identiteit: Identiteit) -> Node:
    files = (("json", "application/json"), ("csv", "text/csv"))
    return {
        "@type": "Dataset",
        "name": f"Catalogus van {identiteit.naam}",
        "description": described(identiteit),
        "license": LICENTIE,
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": identiteit.uitgegeven_door},
        "url": f"{root}open-data/",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media,
                "contentUrl": f"{root}data/catalogus.{kind}",
            }
            for kind, media in files
        ],
    }


def _known(node: Node) -> Node:
    """Leave out what is empty."""
    return {name: value for name, value in node.items() if value}
