"""The hand-written pages of docs/, and all that is wrong in what people write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kennisplatform.content.docs import check_docs
from kennisplatform.content.frontmatter import read_document
from kennisplatform.derive.platform import LICENTIE, NAAM, OMSCHRIJVING, Platform
from kennisplatform.model.findings import Finding
from kennisplatform.site.pages import HOME, Inhoud, Node, SitePage


@dataclass(frozen=True, slots=True)
class OpenData(Inhoud):
    """The page that has the data of the platform."""

    def linked_data(self, root: str) -> Node:
        files = (("json", "application/json"), ("csv", "text/csv"))
        dataset = {
            "@type": "Dataset",
            "name": f"Catalogus van {NAAM}",
            "description": OMSCHRIJVING,
            "license": LICENTIE,
            "inLanguage": "nl",
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": NAAM},
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
        return {"mainEntity": dataset}


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
            yield SitePage(f"{file.stem}/", "main.html", title, about, (HOME,))


def all_findings(
    platform: Platform, pages: Iterable[SitePage], docs: Path, shown: str
) -> list[Finding]:
    """Give what is wrong in the content and in the hand-written pages, in order.

    `pages` are those made of the content; `shown` is how findings name the folder `docs`.
    """
    written = check_docs(docs, shown, platform.library, (page.adres for page in pages))
    return sorted((*platform.bevindingen, *written))
