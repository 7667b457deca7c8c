"""Write the platform as data: a plain folder that any site generator can read, and a JSON file for
every content page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from kennisplatform.content.frontmatter import read_document
from kennisplatform.content.references import site_address
from kennisplatform.model.json_schema import json_schema
from kennisplatform.model.library import Library, Page
from kennisplatform.model.platform import DATA_VERSION, Platform
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.site import SiteFile
from kennisplatform.model.text import escaped
from kennisplatform.publish.opendata import json_bytes
from kennisplatform.site.pages import SitePage
from kennisplatform.site.site import site_pages


def stage(platform: Platform, content: Path, target: Path) -> int:
    """Write `index.md` and `index.json` for every page below `target`, the images and the
    documents; give the number of pages.

    Links in the Markdown are relative and name the file (../../instrumenten/x/index.md).

    """
    pages = tuple(site_pages(platform))
    for page in pages:
        folder = target / page.address
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.md").write_text(
            _markdown(page, platform.library, content), encoding="utf-8"
        )
        (folder / "index.json").write_bytes(json_bytes(_data(page)))
    for document in platform.library.downloads.values():
        file = target / document.address
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(document.ready.read_bytes())
    for image in platform.library.images:
        file = target / image.address
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(image.content)
    return len(pages)


def _markdown(page: SitePage, library: Library, content: Path) -> str:
    up = "../" * page.address.count("/")
    parts = [f"# {escaped(page.titel)}", escaped(page.omschrijving)]
    parts += page.content.markdown(partial(_stage_text, library, content))
    groups: dict[str, list[str]] = {}
    for kind, title, address in page.content.references():
        groups.setdefault(kind, []).append(f"- [{escaped(title)}]({up}{address}index.md)")
    parts += [f"## {kind}\n\n" + "\n".join(lines) for kind, lines in groups.items()]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _stage_text(library: Library, content: Path, page: Page) -> str:
    """Give the text of a content page from its source, with links to files of the stage."""
    document, _ = read_document(content / page.path, page.path)
    text = document.body if document else ""
    documents = {name: d.address for name, d in library.downloads.items()}
    for link in page.body.links:
        path, _, anchor = site_address(link.target, page.collectie.map, documents).partition("#")
        path = f"{path}index.md" if path.endswith("/") else path
        target = f"{path}#{anchor}" if anchor else path
        # in the text itself, or as the address of a name
        written = rf"(\]\(<?|^ {{0,3}}\[[^\]]+\]:\s+<?){re.escape(link.target)}(?=[\s)>]|$)"
        text = re.sub(written, rf"\g<1>{target}", text, flags=re.MULTILINE)
    return text


def _data(page: SitePage) -> dict[str, Any]:
    return {
        "adres": page.address,
        "sjabloon": page.template,
        "titel": page.titel,
        "omschrijving": page.omschrijving,
        "kruimels": [{"titel": k.titel, "adres": k.address} for k in page.crumbs],
        **page.content.data(),
        "verwijzingen": [
            {"soort": kind, "titel": title, "adres": address}
            for kind, title, address in page.content.references()
        ],
    }


def records(pages: Iterable[SitePage]) -> Iterator[dict[str, Any]]:
    """Give the data of every content page, as its JSON file has it, but its text.

    Fields that are empty or have their default are left out. `kenmerken` words the fields for a
    reader; it has the same names on every page, with an empty text for what is not known.
    """
    for page in pages:
        if record := page.content.record():
            del record["tekst"]
            yield record


def record_files(page: SitePage) -> Iterator[SiteFile]:
    """Give `data/<collection>/<slug>.json` of a content page."""
    if record := page.content.record():
        yield SiteFile(page.data, json_bytes(record))


def schema_files(platform: Platform) -> Iterator[SiteFile]:
    """Give `data/schema/<collection>.json`: what front matter may hold, for editors and other
    programs.
    """
    for collectie in COLLECTIES.values():
        yield SiteFile(
            f"data/schema/{collectie.slug}.json",
            json_bytes(
                {"versie": DATA_VERSION}
                | json_schema(collectie, platform.vocabulary, platform.settings.site_url)
            ),
        )
