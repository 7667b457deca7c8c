"""What search knows of each page: its words by field, what a result shows, and the facets it is
filtered by.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kennisplatform.derive.catalogue import Lijst, facet_values
from kennisplatform.derive.maps import Kaart
from kennisplatform.derive.platform import Platform
from kennisplatform.derive.progress import Voortgang
from kennisplatform.model.facets import FACETS
from kennisplatform.model.selfscan import Zelfscan
from kennisplatform.search.analysis import words
from kennisplatform.search.weights import BOOST, PART
from kennisplatform.site.pages import (
    Artikel,
    GemeentePagina,
    Overzicht,
    Redactiehulp,
    SitePage,
    TermPagina,
)

OVERVIEW = {"collectie": ("overzichten",)}


@dataclass(frozen=True, slots=True)
class Document:
    """One page as search sees it."""

    slug: str
    """A content page's slug; of any other page its address, which has a slash: gemeenten/maashorst,
    zelfscan/.
    """
    adres: str
    titel: str
    soort: str
    plaats: str
    samenvatting: str
    woorden: dict[str, list[str]]
    """Folded words by field."""
    alineas: tuple[str, ...]
    facetten: Mapping[str, Sequence[str]]
    """Values by facet, as far as it has any."""
    wanneer: str = ""
    """Year of what the page is about, or the day of a meeting, when it is known."""
    gewicht: float = 1.0
    """What its words count for: a page that many others refer to is the one people look for."""
    anders: tuple[tuple[str, str], ...] = ()
    """Other names under which it is found, each with what it is: (Landerd, "hoort nu bij
    Maashorst").
    """


def documents(platform: Platform, pages: Iterable[SitePage]) -> Iterator[Document]:
    """Give a document for every content page, for every municipality, organisation and other term
    with a page, and for the parts of the site.
    """
    for page in pages:
        match page.inhoud:
            case Artikel():
                yield _article(page.inhoud, platform)
            case GemeentePagina():
                yield _municipality(page, page.inhoud)
            case TermPagina(soort=kind) if kind != "onderwerp" or page.inhoud.aantal > 1:
                yield _term(page, page.inhoud)
            case (
                Lijst(gekozen=None, nummer=1)
                | Overzicht()
                | Kaart()
                | Voortgang()
                | Zelfscan()
                | Redactiehulp()
                | None
            ):
                yield _part(page)


def _article(article: Artikel, platform: Platform) -> Document:
    page, fields = article.pagina, article.pagina.velden
    former = platform.vocabulary.voorgangers
    older = [
        (v.naam, f"hoort nu bij {g.naam}")
        for g in article.gemeenten
        for v in former.get(g.code, ())
        if v.naam != g.naam
    ]
    places = [*fields.gemeente, *(g.naam for g in article.gemeenten), *article.provincies]
    organisations = [name for o in article.organisaties for name in (o.naam, o.voluit or "")]
    return Document(
        page.slug,
        page.adres,
        fields.titel,
        fields.soort or page.collectie.enkelvoud,
        fields.waar,
        fields.samenvatting,
        {
            "titel": words(fields.titel),
            "zoektermen": _all(fields.zoektermen),
            "samenvatting": words(fields.samenvatting),
            "termen": _all([*fields.trefwoorden, *organisations, *places]),
            "thema": _all(
                [
                    *(
                        platform.relations.waarden[facet][slug].naam
                        for facet, slug in platform.relations.values_of[page.slug]
                        if FACETS[facet].gezocht
                    ),
                    *(name for name, _ in older),
                ]
            ),
            "koppen": _all(h.tekst for h in page.body.koppen),
            "tekst": words(page.body.tekst),
        },
        tuple(page.body.tekst.split("\n")),
        facet_values(page, platform.relations, platform.vandaag),
        fields.wanneer,
        1 + BOOST * math.log2(1 + platform.relations.verwijzingen.get(page.slug, 0)),
        tuple(older),
    )


def _municipality(page: SitePage, inhoud: GemeentePagina) -> Document:
    today = inhoud.gemeente.naam
    older = tuple((v.naam, f"hoort nu bij {today}") for v in inhoud.voorgangers if v.naam != today)
    older += tuple((name, f"is een andere naam voor {today}") for name in inhoud.namen)
    return Document(
        page.adres.rstrip("/"),
        page.adres,
        page.titel,
        "gemeente",
        inhoud.gemeente.provincie,
        page.omschrijving,
        _few(page.titel, [name for name, _ in older], ""),
        (),
        {"collectie": ("gemeenten",)},
        anders=older,
    )


def _term(page: SitePage, inhoud: TermPagina) -> Document:
    return Document(
        page.adres.rstrip("/"),
        page.adres,
        page.titel,
        "voor wie" if inhoud.soort == "doelgroep" else inhoud.soort,
        "",
        page.omschrijving,
        _few(
            page.titel,
            [inhoud.kort] if inhoud.soort == "organisatie" else [],
            " ".join(inhoud.alineas),
        ),
        inhoud.alineas,
        OVERVIEW,
    )


def _part(page: SitePage) -> Document:
    return Document(
        page.adres,
        page.adres,
        page.titel,
        "deel van deze site",
        "",
        page.omschrijving,
        _few(page.titel, [], page.omschrijving),
        (page.omschrijving,),
        OVERVIEW,
        gewicht=PART,
    )


def _few(title: str, names: Iterable[str], text: str) -> dict[str, list[str]]:
    return {f: [] for f in ("samenvatting", "thema", "koppen")} | {
        "titel": words(title),
        "zoektermen": [],
        "termen": _all(names),
        "tekst": words(text),
    }


def _all(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in words(text)]
