"""The whole catalogue as open data: one JSON file, one CSV file, the codebook that explains both,
their description for data portals, and all titles.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kennisplatform.model.codebook import Kolom
from kennisplatform.model.identity import Identity
from kennisplatform.model.platform import CATALOGUES, DATA_VERSION, LICENCE, Platform
from kennisplatform.model.site import SiteFile
from kennisplatform.model.text import sort_key

_LIKE_A_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@]")
"""What a spreadsheet may take for a formula (OWASP, CSV Injection); an apostrophe before it makes
it text.
"""


def catalogue_files(records: Sequence[dict[str, Any]], platform: Platform) -> Iterator[SiteFile]:
    """Give `data/titels.json`, `data/catalogus.json`, `data/catalogus.csv`, `data/codeboek.csv`
    and, when the site has an address and a contact, `data/dcat.jsonld`.

    `records` are those of `export.records`: the JSON holds them whole, the CSV what fits in a row.

    """
    yield _titles(records)
    site, newest = platform.settings.site_url, platform.library.newest[:1]
    changed = newest[0].velden.laatst_gecontroleerd.isoformat() if newest else ""
    head = {
        "versie": DATA_VERSION,
        "titel": platform.identity.naam,
        "site": site,
        "licentie": LICENCE,
        "bijgewerkt": changed,
        "aantal": len(records),
    }
    whole = json.dumps(
        {name: value for name, value in head.items() if value != ""} | {"paginas": records},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    yield SiteFile("data/catalogus.json", f"{whole}\n".encode())
    columns = platform.codebook
    yield SiteFile(
        "data/catalogus.csv", _csv(_csv_rows(records, [c for c in columns if c.naam], site))
    )
    explained = (
        [c.naam, c.json, c.uitleg, c.vorm, " | ".join(c.waarden), c.collectie, c.standaard]
        for c in columns
    )
    yield SiteFile(
        "data/codeboek.csv",
        _csv(
            [
                ["kolom", "json", "uitleg", "vorm", "waarden", "collectie", "leeg betekent"],
                *explained,
            ]
        ),
    )
    if site and platform.settings.contact:
        described = dcat(platform.identity, site, platform.settings.contact, changed)
        yield SiteFile("data/dcat.jsonld", json_bytes(described))


def _titles(records: Iterable[dict[str, Any]]) -> SiteFile:
    """Give the titles of all pages, with the addresses that they had before."""
    titles: list[dict[str, Any]] = []
    for record in records:
        page = record["adres"].rstrip("/")
        old = [address.strip("/") for address in record["velden"].get("oude_adressen", ())]
        titles.append(
            {"pagina": page, "titel": record["velden"]["titel"]} | ({"oud": old} if old else {})
        )
    titles.sort(key=lambda t: (sort_key(t["titel"]), t["pagina"]))
    whole = {"versie": DATA_VERSION, "paginas": titles}
    return SiteFile("data/titels.json", json_bytes(whole))


def json_bytes(value: object) -> bytes:
    """Write JSON that a person can read too."""
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _csv_rows(
    records: Iterable[dict[str, Any]], columns: Sequence[Kolom], site: str
) -> Iterator[list[str]]:
    paths = [column.json.split(".") for column in columns[1:]]
    yield [column.naam for column in columns]
    for record in records:
        yield [f"{site}{record['adres']}" if site else "", *(_cell(record, path) for path in paths)]


def _cell(value: Any, path: Iterable[str]) -> str:
    for name in path:
        if isinstance(value, str):
            return value if name == "waarde" else ""
        value = value.get(name)
        if value is None:
            return ""
    return " | ".join(value) if isinstance(value, list) else str(value)


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Write rows for a Dutch spreadsheet: a byte order mark, semicolons, CRLF, and no cell that can
    be a formula.
    """
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(
        [f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell for cell in row] for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


AUTHORITY = "http://publications.europa.eu/resource/authority"
"""Where the EU names languages, licences, themes and kinds of files."""
_LICENCE = {"@id": f"{AUTHORITY}/licence/CC_BY_4_0"}
_LANGUAGE = {"@id": f"{AUTHORITY}/language/NLD"}


def dcat(identity: Identity, site: str, contact: str, changed: str) -> dict[str, Any]:
    """Describe the catalogue as DCAT-AP-NL 3.0 asks, in JSON-LD.

    https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/
    """
    here = f"{site}data/dcat.jsonld"
    dated = {"dct:modified": {"@type": "xsd:date", "@value": changed}} if changed else {}
    shared = {
        "dct:publisher": {"@id": f"{here}#uitgever"},
        "dct:creator": {"@id": f"{here}#uitgever"},
        "dcat:contactPoint": {"@id": f"{here}#contact"},
        **dated,
        "dct:language": _LANGUAGE,
        "dct:description": _dutch(identity.gegevens),
    }
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": [
            {
                "@id": f"{here}#catalogus",
                "@type": "dcat:Catalog",
                "dct:title": _dutch(f"Open data van {identity.naam}"),
                **shared,
                "dct:license": _LICENCE,
                "foaf:homepage": {"@id": f"{site}open-data/"},
                "dcat:dataset": {"@id": f"{here}#dataset"},
            },
            _dataset(identity, site, here, shared),
            *(_distribution(site, here, dated, *file) for file in CATALOGUES),
            *_responsible(identity, site, here, contact),
        ],
    }


def _dataset(identity: Identity, site: str, here: str, shared: dict[str, Any]) -> dict[str, Any]:
    return {
        "@id": f"{here}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": _dutch(identity.catalogus),
        **shared,
        "dct:identifier": f"{here}#dataset",
        "dcat:version": str(DATA_VERSION),
        "dct:accessRights": {"@id": f"{AUTHORITY}/access-right/PUBLIC"},
        "dcat:theme": {"@id": f"{AUTHORITY}/data-theme/GOVE"},
        "dct:spatial": {"@id": f"{AUTHORITY}/country/NLD"},
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}/frequency/IRREG"},
        "dcat:landingPage": {"@id": f"{site}open-data/"},
        "dcat:keyword": [_dutch(word) for word in identity.trefwoorden],
        "dcat:distribution": [{"@id": f"{here}#{name}"} for name, _, _ in CATALOGUES],
    }


def _distribution(
    site: str, here: str, dated: dict[str, Any], name: str, kind: str, media: str
) -> dict[str, Any]:
    return {
        "@id": f"{here}#{name}",
        "@type": "dcat:Distribution",
        "dct:title": _dutch(f"Catalogus als {kind}"),
        **dated,
        "dcat:accessURL": {"@id": f"{site}open-data/"},
        "dcat:downloadURL": {"@id": f"{site}data/catalogus.{name}"},
        "dct:license": _LICENCE,
        "dct:language": _LANGUAGE,
        "dct:format": {"@id": f"{AUTHORITY}/file-type/{kind}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
    }


def _responsible(
    identity: Identity, site: str, here: str, contact: str
) -> Iterator[dict[str, Any]]:
    """Give who publishes the data, and where to ask about it."""
    yield {
        "@id": f"{here}#uitgever",
        "@type": "foaf:Agent",
        "foaf:name": _dutch(identity.uitgegeven_door),
        "foaf:homepage": {"@id": site},
    }
    mail = "@" in contact
    yield {
        "@id": f"{here}#contact",
        "@type": "vcard:Kind",
        "vcard:fn": identity.uitgegeven_door,
        "vcard:hasEmail" if mail else "vcard:hasURL": {
            "@id": f"mailto:{contact}" if mail else contact
        },
    }


def _dutch(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}
