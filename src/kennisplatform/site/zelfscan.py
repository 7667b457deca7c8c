"""The Democratie-zelfscan, alone and together, and what it recommends for each aandachtsveld."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kennisplatform.model.facets import BROAD, FACETS, municipalities
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import Instrument, Praktijk
from kennisplatform.model.site import SiteFile
from kennisplatform.model.text import count
from kennisplatform.model.zelfscan import Scanveld, Zelfscan
from kennisplatform.site.pages import HOME, Content, Crumb, SitePage

PER_PILLAR = 2
"""Instruments recommended for one pijler of one aandachtsveld; the rest is behind a link."""
PRACTICES = 60
"""Practices of one aandachtsveld among which the browser looks for comparable municipalities."""
ORGANISATIONS = 3


@dataclass(frozen=True, slots=True)
class Scanblad(Content):
    scan: Zelfscan

    def data(self) -> dict[str, Any]:
        return {"zelfscan": self.scan.model_dump(mode="json")}


def zelfscan_pages(platform: Platform) -> Iterator[SitePage]:
    """Give none where the content has no zelfscan."""
    if scan := platform.library.zelfscan:
        alone = (
            "Hoe ervaart u de democratie in uw gemeente? Met deze zelfscan ziet u in 15 minuten "
            "wat goed gaat en waar hulp voor is."
        )
        if scan.onderscheid:
            alone += f" Het is niet de officiële {scan.onderscheid.kort}."
        about = Scanblad(scan)
        yield SitePage("zelfscan/", "zelfscan.html", "Democratie-zelfscan", alone, (HOME,), about)
        together = (
            "Laat raad, college, ambtenaren en inwoners de zelfscan doen, zet hun antwoorden "
            "naast elkaar en maak een verbeteragenda."
        )
        yield SitePage(
            "zelfscan/samen/",
            "zelfscan-samen.html",
            "Samen de zelfscan doen",
            together,
            (HOME, Crumb("Democratie-zelfscan", "zelfscan/")),
            about,
        )


def offer_files(platform: Platform) -> Iterator[SiteFile]:
    """Give `zelfscan/gegevens.json`: the questions, and for each aandachtsveld its instruments,
    practices and organisations.

    Every recommendation carries its reason in words.

    """
    if scan := platform.library.zelfscan:
        data = _questions(scan) | {
            "aanbod": {veld.slug: _offer(veld, platform) for veld in scan.velden}
        }
        yield SiteFile(
            "zelfscan/gegevens.json",
            json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(),
        )


def _questions(scan: Zelfscan) -> dict[str, Any]:
    field = FACETS["aandachtsveld"]
    return {
        "versie": scan.versie,
        "overzicht": field.address(),
        "groepen": [[g.id, g.naam] for g in scan.groepen],
        "velden": [
            {
                "slug": v.slug,
                "naam": v.aandachtsveld,
                "adres": field.address(v.slug),
                "stellingen": [[s.id, s.tekst] for s in v.stellingen],
            }
            for v in scan.velden
        ],
    }


def _offer(veld: Scanveld, platform: Platform) -> dict[str, Any]:
    """Instruments stand under the first pijler they name; a page about nearly all aandachtsvelden
    says little about one.
    """
    pages = _ranked(platform.pages_of("aandachtsveld", veld.slug), platform)
    close = [p for p in pages if len(p.velden.aandachtsveld) <= BROAD]
    pillars: dict[str, list[Page]] = {
        name: [] for name in (*(t.naam for t in platform.vocabulary.pijlers), "")
    }
    for page in close:
        if isinstance(page.velden, Instrument):
            pillars[page.velden.pijler[0] if page.velden.pijler else ""].append(page)
    practices = [p for p in pages if isinstance(p.velden, Praktijk)][:PRACTICES]
    return {
        "instrumenten": [
            {"pijler": name, "paginas": [_card(p, platform) for p in own[:PER_PILLAR]]}
            for name, own in pillars.items()
            if own
        ],
        "praktijken": [
            _card(p, platform)
            | {
                "gemeenten": [
                    [g.slug, g.naam] for g in municipalities(p.velden, platform.vocabulary)
                ]
            }
            for p in practices
        ],
        "organisaties": list(_organisations(close, platform)),
    }


def _ranked(pages: Iterable[Page], platform: Platform) -> list[Page]:
    """Put the pages first that are about the fewest aandachtsvelden, then those that most other
    pages refer to.
    """
    return sorted(
        pages,
        key=lambda p: (
            len(p.velden.aandachtsveld),
            -platform.relations.referrers.get(p.slug, 0),
            p.slug,
        ),
    )


def _card(page: Page, platform: Platform) -> dict[str, Any]:
    fields = page.velden
    others, uses = len(fields.aandachtsveld) - 1, platform.relations.referrers.get(page.slug, 0)
    reasons = [
        f"gaat over dit aandachtsveld en {count(others, 'ander', 'andere')}"
        if others
        else "gaat helemaal over dit aandachtsveld"
    ]
    if uses:
        reasons.append(f"{count(uses, 'pagina verwijst', 'pagina’s verwijzen')} ernaar")
    if isinstance(fields, Instrument) and fields.pijler_bron == "afgeleid":
        reasons.append("de pijler is afgeleid")
    card = {
        "titel": page.titel,
        "adres": page.address,
        "samenvatting": fields.samenvatting,
        "waarom": "; ".join(reasons),
    }
    return card | ({"contact": str(fields.contact)} if fields.contact else {})


def _organisations(pages: Iterable[Page], platform: Platform) -> Iterator[dict[str, Any]]:
    """Give the organisations that most of the pages name."""
    known = platform.vocabulary.organisatie_op_naam
    counts: dict[str, int] = {}
    for page in pages:
        for short in {known[name].naam for name in page.velden.organisatie}:
            counts[short] = counts.get(short, 0) + 1
    for name in sorted(counts, key=lambda n: (-counts[n], n))[:ORGANISATIONS]:
        organisation = known[name]
        yield {
            "titel": organisation.voluit or organisation.naam,
            "adres": FACETS["organisatie"].address(organisation.slug),
            "samenvatting": organisation.omschrijving,
            "waarom": (
                f"staat bij {count(counts[name], 'pagina', 'pagina’s')} over dit aandachtsveld"
            ),
        }
