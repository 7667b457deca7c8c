"""Every page of the site: its address, title, breadcrumbs and contents."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from kennisplatform.content.frontmatter import read_document
from kennisplatform.derive.catalogue import PER_PAGE, Lijst, listing, lists
from kennisplatform.derive.maps import draw, place
from kennisplatform.derive.platform import Platform, Term
from kennisplatform.derive.progress import report_progress
from kennisplatform.model.facets import FACETS, Facet, former, municipalities
from kennisplatform.model.fields import editor_fields, explain_fields
from kennisplatform.model.findings import CODES
from kennisplatform.model.library import Pagina
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import enumerate_nl, slugify, sort_key
from kennisplatform.model.vocabulary import Gelijkenis
from kennisplatform.site.pages import (
    HOME,
    Artikel,
    Doorverwijzing,
    GemeentePagina,
    Groep,
    Kruimel,
    Overzicht,
    Redactiehulp,
    SitePage,
    TermPagina,
    VoormaligePagina,
    Zoeken,
)

PER_GROUP = 8
"""Cards of one collection on the page of a term; the rest is behind a link."""
LIKE = 6
"""Municipalities shown as comparable, and cards from comparable municipalities."""
LOOK_AMONG = 40
"""How many of the most alike municipalities are searched for pages."""
OLD_AFTER = datetime.timedelta(days=2 * 365)
"""A page that was checked longer ago gets a mark."""
MOST_TITLES = 300
"""Titles the search page lists itself. More would make it slow to open, so then every letter has
its own page.
"""


def site_pages(platform: Platform) -> Iterator[SitePage]:
    """Give every page of the site except the hand-written ones, content first and as it is listed:
    the search index numbers pages as they come.
    """
    yield from _articles(platform)
    for lijst in lists(platform.library, platform.relations, platform.vandaag):
        yield _list_page(lijst)
    for facet in FACETS.values():
        if facet.map:
            special = facet.slug == "gemeente"
            yield from _municipalities(platform) if special else _terms(platform, facet)
    yield from _search_pages(platform)
    yield from _tools(platform)
    yield from _selfscan(platform)
    yield SitePage(
        "bijdragen/velden/",
        "velden.html",
        "Velden en meldingen",
        "Alle velden van een pagina, met de waarden die mogen, en alle meldingen van de controle.",
        (HOME, Kruimel("Bijdragen", "bijdragen/")),
        Redactiehulp(explain_fields(platform.vocabulary), CODES),
    )
    yield SitePage(
        "redactie/",
        "redactie.html",
        "Redactie",
        "Maak of verbeter een pagina met een formulier.",
        (HOME, Kruimel("Bijdragen", "bijdragen/")),
        editor_fields(),
        vindbaar=False,
    )
    for page in platform.library.paginas:
        for old in page.velden.oude_adressen:
            yield _redirect(old.strip("/") + "/", page.titel, page.adres)


def written_pages(docs: Path) -> Iterator[SitePage]:
    """Give the hand-written pages of docs/ that have a title, by what their front matter says;
    their text is made elsewhere.
    """
    for file in sorted(docs.glob("*.md")):
        document, _ = read_document(file, file.name)
        title, about = (
            str(document.fields.get(name, "")) if document else ""
            for name in ("title", "description")
        )
        if title and file.stem != "index":
            yield SitePage(f"{file.stem}/", "main.html", title, about, (HOME,), None)


def broken_pages(platform: Platform) -> Iterator[SitePage]:
    """Give a page for every address whose source has errors, to show them where the editor
    looks.
    """
    for adres, found in platform.library.stuk.items():
        collectie = next(c for c in COLLECTIES.values() if adres.startswith(f"{c.slug}/"))
        crumbs = (HOME, Kruimel(collectie.naam, f"{collectie.slug}/"))
        yield SitePage(
            adres,
            "stuk.html",
            "Deze pagina kan nog niet worden getoond",
            "",
            crumbs,
            found,
            vindbaar=False,
        )


def _articles(platform: Platform) -> Iterator[SitePage]:
    library, topics = platform.library, platform.relations.namen("onderwerp")
    for page in listing(library, platform.vandaag):
        fields = page.velden
        places = municipalities(page, library)
        provinces = tuple(dict.fromkeys([*fields.provincie, *(g.provincie for g in places)]))
        found = tuple(
            Term(topics[slug], f"onderwerpen/{slug}/", len(platform.pages_of("onderwerp", slug)))
            for slug in FACETS["onderwerp"].waarden(page, library)
        )
        inhoud = Artikel(
            page,
            platform.relations.per_pagina[page.slug],
            tuple(sorted(places, key=lambda g: sort_key(g.naam))),
            former(page, library),
            provinces,
            tuple(library.vocabulary.organisatie_op_naam[o] for o in fields.organisatie),
            found,
            tuple(h for h in page.body.koppen if h.niveau == 2),
            platform.vandaag - fields.laatst_gecontroleerd > OLD_AFTER,
            platform.settings.edit_url(f"content/{page.bron}"),
        )
        crumbs = (HOME, Kruimel(page.collectie.naam, f"{page.collectie.slug}/"))
        yield SitePage(page.adres, "pagina.html", page.titel, fields.samenvatting, crumbs, inhoud)


def _list_page(lijst: Lijst) -> SitePage:
    collectie = lijst.collectie
    crumbs = [HOME]
    title, about = collectie.naam, INTROS[collectie.map]
    if lijst.gekozen:
        facet, value = lijst.gekozen
        title, about = (
            f"{collectie.naam}: {value.naam}",
            f"{collectie.naam}. {facet}: {value.naam}.",
        )
        crumbs.append(Kruimel(collectie.naam, f"{collectie.slug}/"))
    if lijst.nummer > 1:
        crumbs.append(Kruimel(title, lijst.basis))
        title = f"{title}, blad {lijst.nummer}"
    return SitePage(lijst.adres, "catalogus.html", title, about, tuple(crumbs), lijst)


INTROS = {
    "practices": "Wat gemeenten en hun partners hebben gedaan om de lokale democratie te "
    "versterken: "
    "wat was de aanleiding, hoe pakten zij het aan en wat leverde het op?",
    "instruments": (
        "Hulpmiddelen die u zelf kunt inzetten: trainingen, programma’s, netwerken en documenten."
    ),
    "publications": (
        "Publicaties over lokale democratie, kort uitgelegd: onderzoek, adviezen en regels."
    ),
    "events": "Bijeenkomsten over lokale democratie, geweest en nog te komen.",
    "aandachtsvelden": (
        "Zeven onderwerpen waaraan gemeenten werken om hun democratie te versterken."
    ),
    "pijlers": "Het aanbod voor gemeenten bestaat uit drie delen. Elk deel heet een pijler.",
    "doelgroepen": "Kies uw rol en zie wat er voor u is.",
    "provincies": "Alle twaalf provincies, met de gemeenten die erin liggen.",
    "organisaties": (
        "Wie werkt er aan de lokale democratie, en wat staat er van hen op dit platform?"
    ),
    "onderwerpen": "Alle onderwerpen van A tot Z.",
}
"""What the list of a collection begins with, by its folder, and the overview of a facet by its."""


def _terms(platform: Platform, facet: Facet) -> Iterator[SitePage]:
    """Give the overview of a facet, and a page for each of its values."""
    found, intro = platform.termen[facet.slug], INTROS[facet.map]
    groups = _by_letter(found) if facet.slug == "onderwerp" else (("", found),)
    yield SitePage(
        f"{facet.map}/",
        "overzicht.html",
        facet.meervoud,
        intro,
        (HOME,),
        Overzicht(facet.slug, intro, groups),
    )
    for term in found:
        word = platform.relations.waarden[facet.slug][term.slug]
        title, short, text = word.naam, word.kort if word.uitleg else "", word.uitleg or word.kort
        about, tooi = word.kort, ""
        if facet.slug == "organisatie":
            about = word.uitleg
            title, short = (word.kort, word.naam) if word.kort else (word.naam, "")
            tooi = platform.vocabulary.organisatie_op_naam[word.naam].tooi or ""
        pages = platform.pages_of(facet.slug, term.slug)
        within = platform.termen["gemeente"] if facet.slug == "provincie" else ()
        inhoud = TermPagina(
            facet.slug,
            title,
            short,
            tuple(text.strip().split("\n\n")) if text else (),
            word.icoon,
            _groups(pages, facet.slug, term.slug),
            len(pages),
            platform.topics_of(pages) if facet.slug != "onderwerp" else (),
            tuple(g for g in within if g.kort == word.naam),
            tooi,
        )
        yield SitePage(
            term.adres,
            "term.html",
            title,
            about or f"Alles op dit platform over {word.naam}.",
            (HOME, Kruimel(facet.meervoud, f"{facet.map}/")),
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
            listed = FACETS[facet].lijsten and len(own) > most
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


def _municipalities(platform: Platform) -> Iterator[SitePage]:
    vocabulary = platform.library.vocabulary
    intro = (
        f"Alle {len(vocabulary.gemeenten)} gemeenten, met wat er van elke gemeente op dit "
        "platform staat."
    )
    yield SitePage(
        "gemeenten/",
        "overzicht.html",
        "Gemeenten",
        intro,
        (HOME,),
        Overzicht("gemeente", intro, _by_letter(platform.termen["gemeente"])),
    )
    crumbs = (HOME, Kruimel("Gemeenten", "gemeenten/"))
    names: dict[str, list[str]] = {}
    for variant, gemeente in vocabulary.varianten.items():
        names.setdefault(gemeente.code, []).append(variant)
    for gemeente in vocabulary.gemeenten:
        own = platform.pages_of("gemeente", gemeente.slug)
        alike = vocabulary.vergelijkbaar(gemeente)
        inhoud = GemeentePagina(
            gemeente,
            own,
            tuple(vocabulary.voorgangers.get(gemeente.code, ())),
            tuple(names.get(gemeente.code, ())),
            tuple((g, len(platform.pages_of("gemeente", g.gemeente.slug))) for g in alike[:LIKE]),
            tuple(_elsewhere(alike, own, platform)),
            place(gemeente),
        )
        about = (
            f"Wat er bekend is uit {gemeente.naam} ({gemeente.provincie}), en wat vergelijkbare "
            "gemeenten doen."
        )
        yield SitePage(
            f"gemeenten/{gemeente.slug}/", "gemeente.html", gemeente.naam, about, crumbs, inhoud
        )
    taken = {g.slug for g in vocabulary.gemeenten}
    for old in vocabulary.voormalig:
        taken.add(old.slug)
        title = f"{old.naam} (voormalige gemeente)"
        heirs = ", ".join(g.naam for g in old.opvolgers)
        yield SitePage(
            f"gemeenten/{old.slug}/",
            "voormalig.html",
            title,
            f"{old.naam} is nu: {heirs}.",
            crumbs,
            VoormaligePagina(old, platform.pages_of("voormalig", old.slug)),
            vindbaar=False,
        )
    for variant, gemeente in vocabulary.varianten.items():
        slug = slugify(variant)
        if slug not in taken:
            taken.add(slug)
            yield _redirect(f"gemeenten/{slug}/", gemeente.naam, f"gemeenten/{gemeente.slug}/")


def _elsewhere(
    alike: tuple[Gelijkenis, ...], own: tuple[Pagina, ...], platform: Platform
) -> Iterator[tuple[Gelijkenis, Pagina]]:
    seen = {p.slug for p in own}
    for likeness in alike[:LOOK_AMONG]:
        for page in platform.pages_of("gemeente", likeness.gemeente.slug)[:2]:
            if page.slug not in seen and len(seen) < len(own) + LIKE:
                seen.add(page.slug)
                yield likeness, page


def _redirect(adres: str, naam: str, doel: str) -> SitePage:
    about = f"Deze pagina staat nu op een ander adres: {naam}."
    return SitePage(
        adres,
        "doorverwijzing.html",
        naam,
        about,
        (HOME,),
        Doorverwijzing(naam, doel),
        vindbaar=False,
    )


def _by_letter(found: Iterable[Term]) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    groups: dict[str, list[Term]] = {}
    for term in found:
        groups.setdefault(_letter(term.naam), []).append(term)
    return tuple((letter, tuple(terms)) for letter, terms in sorted(groups.items()))


def _letter(name: str) -> str:
    first = sort_key(name)[:1].upper()
    return first if first.isalpha() else "0-9"


def _search_pages(platform: Platform) -> Iterator[SitePage]:
    groups: dict[str, list[Pagina]] = {}
    for page in sorted(platform.library.paginas, key=lambda p: sort_key(p.titel)):
        groups.setdefault(_letter(page.titel), []).append(page)
    apart = len(platform.library.paginas) > MOST_TITLES
    letters = tuple(
        (letter, f"zoeken/{letter.lower()}/" if apart else "", tuple(pages))
        for letter, pages in sorted(groups.items())
    )
    here = tuple((letter, adres, () if apart else pages) for letter, adres, pages in letters)
    kinds = [c.meervoud for c in COLLECTIES.values()]
    about = f"Zoek in alle {enumerate_nl([*kinds, 'gemeenten'])}."
    search = SitePage("zoeken/", "zoeken.html", "Zoeken", about, (HOME,), Zoeken(here))
    yield search
    for letter, adres, pages in letters if apart else ():
        about = f"Alle {enumerate_nl(kinds)} met een titel onder {letter}."
        yield SitePage(
            adres,
            "letter.html",
            f"Pagina’s onder {letter}",
            about,
            (HOME, Kruimel(search.titel, search.adres)),
            Zoeken(((letter, "", pages),)),
        )


def _tools(platform: Platform) -> Iterator[SitePage]:
    counted = (
        (g, len(platform.pages_of("gemeente", g.slug))) for g in platform.vocabulary.gemeenten
    )
    yield SitePage(
        "kaart/",
        "kaart.html",
        "Kaart",
        "Van welke gemeenten en provincies staat er iets op dit platform?",
        (HOME,),
        draw(counted, platform.termen["provincie"]),
    )
    yield SitePage(
        "voortgang/",
        "voortgang.html",
        "Voortgang",
        "Wat is er beloofd, wat loopt er en wat kwam ervan? Per aandachtsveld, met alle cijfers.",
        (HOME,),
        report_progress(platform),
    )
    compare = (
        "Zet twee tot vier pagina’s naast elkaar: wat kost het, wat levert het op en hoe goed is "
        "het beproefd?"
    )
    yield SitePage(
        "vergelijken/", "vergelijken.html", "Vergelijken", compare, (HOME,), None, vindbaar=False
    )
    keep = "Bewaar pagina’s, deel ze met een collega of print ze als één dossier."
    yield SitePage(
        "mijn-lijst/", "mijn-lijst.html", "Mijn lijst", keep, (HOME,), None, vindbaar=False
    )


def _selfscan(platform: Platform) -> Iterator[SitePage]:
    if scan := platform.library.zelfscan:
        alone = (
            "Hoe ervaart u de democratie in uw gemeente? Met deze zelfscan ziet u in 15 minuten "
            "wat goed gaat en waar hulp voor is. "
            "Het is niet de officiële Quick Scan."
        )
        yield SitePage("zelfscan/", "zelfscan.html", "Democratie-zelfscan", alone, (HOME,), scan)
        together = (
            "Laat raad, college, ambtenaren en inwoners de zelfscan doen, zet hun antwoorden "
            "naast elkaar en maak een verbeteragenda."
        )
        yield SitePage(
            "zelfscan/samen/",
            "zelfscan-samen.html",
            "Samen de zelfscan doen",
            together,
            (HOME, Kruimel("Democratie-zelfscan", "zelfscan/")),
            scan,
        )
