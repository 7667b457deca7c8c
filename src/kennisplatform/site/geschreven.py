"""The hand-written pages of docs/, and all that is wrong in what people write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kennisplatform.content.docs import TEMPLATES, Docs, check_docs
from kennisplatform.content.references import is_of_a_page
from kennisplatform.model.findings import Finding
from kennisplatform.model.library import Page
from kennisplatform.model.platform import CATALOGUES, LICENCE, Platform
from kennisplatform.model.site import PAGELESS
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
    story: tuple[Page, str] | None
    """A practice, with its result."""

    def texts(self) -> Sequence[bytes]:
        return (self.story[0].slug.encode(), self.story[1].encode()) if self.story else ()

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


def written_pages(docs: Docs, platform: Platform) -> Iterator[SitePage]:
    """Give every hand-written page."""
    for page in docs.written:
        content: Content = Geschreven(page.body.html)
        match template := TEMPLATES.get(page.source, "main.html"):
            case "home.html":
                content = Home(platform.newest, platform.story)
            case "open-data.html":
                content = OpenData(page.body.html)
        yield SitePage(
            page.address,
            template,
            page.titel,
            page.omschrijving or platform.identity.omschrijving,
            (HOME,) if page.address else (),
            content,
            source=f"docs/{page.source}",
        )


def all_findings(
    platform: Platform, pages: Iterable[SitePage], docs: Docs, content: str
) -> list[Finding]:
    """Give what is wrong in the content and in the hand-written pages, in order.

    `pages` are those made of the content, `content` is how findings name its folder.
    """
    made = tuple(pages)
    written = check_docs(docs, platform.library, (page.address for page in made))
    own = {page.address for page in made if not isinstance(page.shows, Doorverwijzing)}
    own |= {page.address for page in docs.written}
    return sorted((*platform.findings, *written, *_taken(platform, own, content)))


def _taken(platform: Platform, own: Collection[str], content: str) -> Iterator[Finding]:
    """Find each old address that a page of the site has, of whichever kind that is, or that lies in
    a folder of the site.
    """
    folders = {address.partition("/")[0] for address in own} | PAGELESS
    told = {f.path for f in platform.findings if f.code == "zelfde-adres"}
    for page in platform.library.pages:
        path = f"{content}/{page.path}"
        for old in page.velden.oude_adressen if path not in told else ():
            within = old.split("/")[1] in folders and not is_of_a_page(old)
            if within or old.strip("/") + "/" in own:
                yield Finding(
                    path,
                    page.lines["oude_adressen"],
                    "zelfde-adres",
                    f"het oude adres {old} gebruikt de site zelf.",
                    "Haal het weg.",
                )
