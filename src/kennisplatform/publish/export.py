"""Write the platform as data: a plain folder that any site generator can read, and a JSON file for
every content page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from kennisplatform.content.frontmatter import read_document
from kennisplatform.content.images import encode
from kennisplatform.content.references import site_address
from kennisplatform.derive.catalogue import Lijst
from kennisplatform.derive.maps import Kaart
from kennisplatform.derive.platform import Platform
from kennisplatform.derive.progress import Voortgang
from kennisplatform.model.facets import EVIDENCE
from kennisplatform.model.json_schema import json_schema
from kennisplatform.model.library import IMAGES, Pagina
from kennisplatform.model.schema import COLLECTIES, Bijeenkomst
from kennisplatform.model.selfscan import Zelfscan
from kennisplatform.model.text import date, moments, sort_key
from kennisplatform.publish.redactie import editor_config
from kennisplatform.site.files import SiteFile
from kennisplatform.site.pages import (
    Artikel,
    Doorverwijzing,
    GemeentePagina,
    Overzicht,
    SitePage,
    TermPagina,
    VoormaligePagina,
    Zoeken,
)
from kennisplatform.site.site import site_pages

Reference = tuple[str, str, str]
"""What another page is to this one, its title and its address."""
FEATURES = (
    "Soort",
    "Wanneer",
    "Waar",
    "Aandachtsveld",
    "Pijler",
    "Voor wie",
    "Tijd",
    "Kosten",
    "Groepsgrootte",
    "Moeilijkheid",
    "Invloed van inwoners",
    "Schaal",
    "Vorm",
    "Levert op",
    "Vraagt",
    "Bewijs",
    "Status",
    "Periode",
    "Gemeenten",
    "Provincie",
    "Organisatie",
    "Gecontroleerd",
)
"""By what any two pages are compared, in the order to show it."""


def stage(platform: Platform, content: Path, target: Path) -> int:
    """Write `index.md` and `index.json` for every page below `target`, and the images; give the
    number of pages.

    Links in the Markdown are relative and name the file (../../instrumenten/x/index.md).

    """
    pages = tuple(site_pages(platform))
    for page in pages:
        folder = target / page.adres
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.md").write_text(_markdown(page, content), encoding="utf-8")
        data = json.dumps(_data(page), ensure_ascii=False, indent=1)
        (folder / "index.json").write_text(f"{data}\n", encoding="utf-8")
    for image in platform.library.afbeeldingen:
        file = target / IMAGES / image.bestand.name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(encode(image))
    return len(pages)


def _markdown(page: SitePage, content: Path) -> str:
    up = "../" * page.adres.count("/")
    parts = [f"# {_escape(page.titel)}", _escape(page.omschrijving)]
    if isinstance(page.inhoud, Artikel):
        parts.append(_body(page.inhoud.pagina, content))
    if isinstance(page.inhoud, TermPagina):
        parts += map(_escape, page.inhoud.alineas)
    groups: dict[str, list[str]] = {}
    for kind, title, address in _references(page.inhoud):
        groups.setdefault(kind, []).append(f"- [{_escape(title)}]({up}{address}index.md)")
    parts += [f"## {kind}\n\n" + "\n".join(lines) for kind, lines in groups.items()]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _body(page: Pagina, content: Path) -> str:
    document, _ = read_document(content / page.bron, page.bron)
    text = document.body if document else ""
    for link in page.body.links:
        path, _, anchor = site_address(link.doel, page.collectie.map).partition("#")
        path = f"{path}index.md" if path.endswith("/") else path
        target = f"{path}#{anchor}" if anchor else path
        # in the text itself, or as the address of a name
        written = rf"(\]\(<?|^ {{0,3}}\[[^\]]+\]:\s+<?){re.escape(link.doel)}(?=[\s)>]|$)"
        text = re.sub(written, rf"\g<1>{target}", text, flags=re.MULTILINE)
    return text


def _escape(text: str) -> str:
    return "".join(f"\\{c}" if c in r"\`*_[]<>" else c for c in text)


def _data(page: SitePage) -> dict[str, Any]:
    data: dict[str, Any] = {
        "adres": page.adres,
        "sjabloon": page.sjabloon,
        "titel": page.titel,
        "omschrijving": page.omschrijving,
        "kruimels": [{"titel": k.titel, "adres": k.adres} for k in page.kruimels],
    }
    if isinstance(page.inhoud, Artikel):
        article = page.inhoud
        data |= {
            "slug": article.pagina.slug,
            "collectie": article.pagina.collectie.slug,
            "velden": article.pagina.velden.model_dump(mode="json", exclude_defaults=True),
            "gemeentecodes": [g.code for g in article.gemeenten],
        }
    if isinstance(page.inhoud, Zelfscan):
        data["zelfscan"] = page.inhoud.model_dump(mode="json")
    data["verwijzingen"] = [
        {"soort": kind, "titel": title, "adres": address}
        for kind, title, address in _references(page.inhoud)
    ]
    return data


def records(pages: Iterable[SitePage]) -> Iterator[dict[str, Any]]:
    """Give the data of every content page, as its JSON file has it.

    Fields that are empty or have their default are left out. `kenmerken` words the fields for a
    reader; it has the same names on every page, with an empty text for what is not known.
    """
    for page in pages:
        if isinstance(page.inhoud, Artikel):
            full = _data(page)
            data = {
                key: full[key] for key in ("slug", "adres", "collectie", "velden", "gemeentecodes")
            }
            v = page.inhoud.verbanden
            linked = {
                "instrumenten": v.instrumenten,
                "gebruikt_in": v.gebruikt_in,
                "gerelateerd": v.gerelateerd,
                "genoemd_in": v.genoemd_in,
                "verwant": tuple(r.pagina for r in v.verwant),
            }
            yield data | {
                "relaties": {name: [p.slug for p in found] for name, found in linked.items()},
                "kenmerken": _features(page.inhoud),
            }


def data_files(data: Iterable[dict[str, Any]]) -> Iterator[SiteFile]:
    """Give `data/<collection>/<slug>.json` for every record, and `data/titels.json` with the titles
    of all.
    """
    titles: list[dict[str, Any]] = []
    for record in data:
        page = record["adres"].rstrip("/")
        yield SiteFile(f"data/{page}.json", _json(record))
        old = [address.strip("/") for address in record["velden"].get("oude_adressen", ())]
        titles.append(
            {"pagina": page, "titel": record["velden"]["titel"]} | ({"oud": old} if old else {})
        )
    yield SiteFile(
        "data/titels.json", _json(sorted(titles, key=lambda t: (sort_key(t["titel"]), t["pagina"])))
    )


def schema_files(platform: Platform) -> Iterator[SiteFile]:
    """Give `data/schema/<collection>.json`: what front matter may hold, for editors and other
    programs.
    """
    for collectie in COLLECTIES.values():
        yield SiteFile(
            f"data/schema/{collectie.slug}.json",
            _json(json_schema(collectie, platform.vocabulary, platform.settings.site_url)),
        )


def editor_files(platform: Platform) -> Iterator[SiteFile]:
    """Give `redactie/config.yml`, by which the form editor knows the content."""
    config = yaml.dump(
        editor_config(platform), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=160
    )
    yield SiteFile("redactie/config.yml", config.encode())


class _Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes the same list twice in full, where YAML would refer back to it."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _features(article: Artikel) -> dict[str, str]:
    page, fields = article.pagina, article.pagina.velden
    pillars = ", ".join(fields.pijler)
    known = dict(fields.kenmerken) | {
        "Soort": fields.soort or page.collectie.enkelvoud,
        "Aandachtsveld": ", ".join(fields.aandachtsveld),
        "Pijler": f"{pillars} ({fields.pijler_bron})" if pillars else "",
        "Voor wie": ", ".join(fields.doelgroep),
        "Bewijs": EVIDENCE.get(fields.bewijs or "", ""),
        "Status": fields.status or "",
        "Periode": str(fields.periode or ""),
        "Gemeenten": "; ".join(g.naam for g in article.gemeenten)
        or _number_of_places(fields.gemeente_aantal),
        "Provincie": ", ".join(article.provincies),
        "Organisatie": ", ".join(o.naam for o in article.organisaties),
        "Gecontroleerd": date(fields.laatst_gecontroleerd),
    }
    if isinstance(fields, Bijeenkomst):
        known |= {
            "Wanneer": moments(fields.begin, fields.eind) if fields.begin else "",
            "Waar": fields.plaats or "",
        }
    return {name: known.get(name, "") for name in FEATURES}


def _number_of_places(number: object) -> str:
    return f"{number}; welke staat niet in de bron" if number and number != "onbekend" else ""


def _references(inhoud: object) -> Iterator[Reference]:
    """Give every other page that a page shows, in the order it shows them."""
    match inhoud:
        case Artikel(verbanden=v):
            for kind, pages in (
                ("Gebruikte instrumenten", v.instrumenten),
                ("Waar dit is gebruikt", v.gebruikt_in),
                ("Hoort hierbij", v.gerelateerd),
                ("Verwijst hiernaar", v.genoemd_in),
            ):
                yield from _titles(kind, pages)
            yield from _titles("Lijkt hierop", tuple(r.pagina for r in v.verwant))
        case Lijst(paginas=pages) | VoormaligePagina(paginas=pages):
            yield from _titles("Pagina’s", pages)
        case TermPagina(groepen=groups):
            for group in groups:
                yield from _titles(group.collectie.naam, group.paginas)
        case Overzicht(groepen=letters):
            yield from (
                ("Overzicht", term.naam, term.adres) for _, terms in letters for term in terms
            )
        case GemeentePagina(paginas=pages, vergelijkbaar=alike):
            yield from _titles("Bekend uit deze gemeente", pages)
            yield from (
                ("Vergelijkbare gemeenten", g.gemeente.naam, f"gemeenten/{g.gemeente.slug}/")
                for g, _ in alike
            )
        case Kaart(op_naam=dots):
            yield from (
                ("Gemeenten", dot.gemeente.naam, f"gemeenten/{dot.gemeente.slug}/") for dot in dots
            )
        case Zoeken(letters=found):
            for letter, adres, pages in found:
                yield from _titles("Alle pagina’s", pages)
                if adres:
                    yield "Alle pagina’s", letter, adres
        case Voortgang(hoofdstukken=chapters):
            for chapter in chapters:
                yield from _titles(
                    chapter.naam, tuple(page for _, found in chapter.standen for page in found)
                )
        case Doorverwijzing(naam=naam, doel=doel):
            yield "Staat nu op", naam, doel


def _titles(kind: str, pages: tuple[Pagina, ...]) -> Iterator[Reference]:
    return ((kind, page.titel, page.adres) for page in pages)
