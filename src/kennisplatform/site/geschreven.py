"""The hand-written pages of docs/, and all that is wrong in what people write."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kennisplatform.content.docs import FOR_DEVELOPERS, TEMPLATES, check_docs
from kennisplatform.content.frontmatter import read_document
from kennisplatform.content.markup import parse
from kennisplatform.content.sources import left_behind
from kennisplatform.model.findings import Finding
from kennisplatform.model.library import Page
from kennisplatform.model.platform import CATALOGUES, LICENCE, Platform
from kennisplatform.site.doorverwijzing import Doorverwijzing
from kennisplatform.site.pages import HOME, Content, Node, SitePage


@dataclass(frozen=True, slots=True)
class Geschreven(Content):
    html: str
    """Safe to show as it is."""


@dataclass(frozen=True, slots=True)
class Home(Content):
    """Its template has all that is written on it."""

    newest: tuple[Page, ...]

    def shown(self) -> Sequence[Page]:
        return self.newest

    def document(self, page: SitePage) -> None:
        """Every page leads to it."""


@dataclass(frozen=True, slots=True)
class OpenData(Geschreven):
    """The page that has the data of the platform."""

    def linked_data(self, root: str, platform: Platform) -> Node:
        identity = platform.identity
        dataset = {
            "@type": "Dataset",
            "name": identity.catalogus,
            "description": identity.gegevens,
            "license": LICENCE,
            "inLanguage": "nl",
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": identity.uitgegeven_door},
            "url": f"{root}open-data/",
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": media,
                    "contentUrl": f"{root}data/catalogus.{kind}",
                }
                for kind, _, media in CATALOGUES
            ],
        }
        return {"mainEntity": dataset}


NOT_FOUND = SitePage("404.html", "404.html", "Pagina niet gevonden", "", (), findable=False)
"""What a host shows for an address that is not there."""


def written_pages(docs: Path, platform: Platform) -> Iterator[SitePage]:
    """Give every hand-written page."""
    paths = (file.relative_to(docs) for file in docs.rglob("*.md"))
    sources = (path.as_posix() for path in paths if not any(map(left_behind, path.parts)))
    for source in sorted(sources, key=_address_of):
        if not source.startswith(FOR_DEVELOPERS):
            yield _written_page(docs / source, source, platform)


def _written_page(file: Path, source: str, platform: Platform) -> SitePage:
    address, path = _address_of(source), f"docs/{source}"
    document, _ = read_document(file, path)
    fields = document.fields if document else {}
    text, line = (document.body, document.body_line) if document else ("", 1)
    body, _ = parse(text, path, line, lambda target: _way_to(target, source, address))
    content: Content = Geschreven(body.html)
    match template := TEMPLATES.get(source, "main.html"):
        case "home.html":
            content = Home(platform.newest)
        case "open-data.html":
            content = OpenData(body.html)
    return SitePage(
        address,
        template,
        str(fields.get("title") or next((h.text for h in body.headings), file.stem)),
        str(fields.get("description") or platform.identity.omschrijving),
        (HOME,) if address else (),
        content,
        source=path,
    )


def _address_of(source: str) -> str:
    """Give the address of a page by its path in docs/, or in the site as a link has it."""
    path = source.removesuffix(".md") + "/" if source.endswith(".md") else source
    return path[: -len("index/")] if path == "index/" or path.endswith("/index/") else path


def _way_to(target: str, source: str, address: str) -> str:
    """Give the way from the page at an address to what its source names by path."""
    path, sign, anchor = target.partition("#")
    if not path:
        return target
    there = _address_of(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))
    way = posixpath.relpath(there or ".", address or ".")
    return f"{way}/{sign}{anchor}" if there.endswith("/") or not there else f"{way}{sign}{anchor}"


def all_findings(
    platform: Platform, pages: Iterable[SitePage], docs: Path, shown: str, content: str
) -> list[Finding]:
    """Give what is wrong in the content and in the hand-written pages, in order.

    `pages` are those made of the content; `shown` is how findings name the folder `docs`, `content`
    how they name that of the content.
    """
    made = tuple(pages)
    written = check_docs(docs, shown, platform.library, (page.address for page in made))
    return sorted((*platform.findings, *written, *_taken(platform, made, content)))


def _taken(platform: Platform, pages: Iterable[SitePage], content: str) -> Iterator[Finding]:
    """Find each old address that a page of the site has, of whichever kind that is."""
    made = {page.address for page in pages if not isinstance(page.content, Doorverwijzing)}
    told = {f.path for f in platform.findings if f.code == "zelfde-adres"}
    for page in platform.library.pages:
        path = f"{content}/{page.path}"
        for old in page.velden.oude_adressen:
            if old.strip("/") + "/" in made and path not in told:
                yield Finding(
                    path,
                    page.lines["oude_adressen"],
                    "zelfde-adres",
                    f"het oude adres {old} gebruikt de site zelf.",
                    "Haal het weg.",
                )
