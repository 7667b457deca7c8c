"""Write the platform as a plain folder: Markdown and JSON for every page, which any site generator can read."""
from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kennisplatform.catalogue import Lijst
from kennisplatform.frontmatter import read_document
from kennisplatform.library import Pagina, site_address
from kennisplatform.pages import Artikel, Doorverwijzing, GemeentePagina, Overzicht, SitePage, TermPagina, VoormaligePagina, Zoeken, site_pages
from kennisplatform.platform import Platform

Reference = tuple[str, str, str]
"""What another page is to this one, its title and its address."""


def stage(platform: Platform, content: Path, target: Path) -> int:
    """Write `index.md` and `index.json` for every page below `target`; give the number of pages.

    Links in the Markdown are relative and name the file (../../instrumenten/x/index.md).
    """
    pages = tuple(site_pages(platform))
    for page in pages:
        folder = target / page.adres
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.md").write_text(_markdown(page, content), encoding="utf-8")
        data = json.dumps(_data(page), ensure_ascii=False, indent=1)
        (folder / "index.json").write_text(f"{data}\n", encoding="utf-8")
    return len(pages)


def _markdown(page: SitePage, content: Path) -> str:
    up = "../" * page.adres.count("/")
    parts = [f"# {page.titel}", page.omschrijving]
    if isinstance(page.inhoud, Artikel):
        parts.append(_body(page.inhoud.pagina, content))
    if isinstance(page.inhoud, TermPagina):
        parts += page.inhoud.alineas
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
        text = text.replace(f"]({link.doel})", f"]({path}#{anchor})" if anchor else f"]({path})")
    return text


def _escape(text: str) -> str:
    return "".join(f"\\{c}" if c in r"\`*_[]<>" else c for c in text)


def _data(page: SitePage) -> dict[str, Any]:
    data: dict[str, Any] = {"adres": page.adres, "sjabloon": page.sjabloon, "titel": page.titel, "omschrijving": page.omschrijving,
                            "kruimels": [{"titel": k.titel, "adres": k.adres} for k in page.kruimels]}
    if isinstance(page.inhoud, Artikel):
        article = page.inhoud
        data |= {"slug": article.pagina.slug, "collectie": article.pagina.collectie.slug,
                 "velden": article.pagina.velden.model_dump(mode="json", exclude_defaults=True),
                 "gemeentecodes": [g.code for g in article.gemeenten]}
    data["verwijzingen"] = [{"soort": kind, "titel": title, "adres": address} for kind, title, address in _references(page.inhoud)]
    return data


def _references(inhoud: object) -> Iterator[Reference]:
    """Give every other page that a page shows, in the order it shows them."""
    match inhoud:
        case Artikel(verbanden=v):
            for kind, pages in (("Gebruikte instrumenten", v.instrumenten), ("Waar dit is gebruikt", v.gebruikt_in),
                                ("Hoort hierbij", v.gerelateerd), ("Verwijst hiernaar", v.genoemd_in)):
                yield from _titles(kind, pages)
            yield from _titles("Lijkt hierop", tuple(r.pagina for r in v.verwant))
        case Lijst(paginas=pages) | VoormaligePagina(paginas=pages):
            yield from _titles("Pagina’s", pages)
        case TermPagina(groepen=groups):
            for group in groups:
                yield from _titles(group.collectie.naam, group.paginas)
        case Overzicht(groepen=letters):
            yield from (("Overzicht", term.naam, term.adres) for _, terms in letters for term in terms)
        case GemeentePagina(paginas=pages, vergelijkbaar=alike):
            yield from _titles("Bekend uit deze gemeente", pages)
            yield from (("Vergelijkbare gemeenten", g.gemeente.naam, f"gemeenten/{g.gemeente.slug}/") for g, _ in alike)
        case Zoeken(letters=found):
            for _, pages in found:
                yield from _titles("Alle pagina’s", pages)
        case Doorverwijzing(naam=naam, doel=doel):
            yield "Staat nu op", naam, doel


def _titles(kind: str, pages: tuple[Pagina, ...]) -> Iterator[Reference]:
    return ((kind, page.titel, page.adres) for page in pages)
