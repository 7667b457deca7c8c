"""Write what is no page: search and its scripts, filters, calendars, open data, feeds, and what hosts read."""
from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from kennisplatform.export import data_files, editor_files, records, schema_files
from kennisplatform.feeds import feed_files
from kennisplatform.filters import filter_files
from kennisplatform.hosting import host_files
from kennisplatform.ical import calendar_files
from kennisplatform.offer import offer_files
from kennisplatform.opendata import catalogue_files
from kennisplatform.pages import SitePage
from kennisplatform.platform import Platform
from kennisplatform.search.documents import documents
from kennisplatform.search.files import search_files
from kennisplatform.site import written_pages


def on_post_build(config: MkDocsConfig) -> None:
    """Write every file that is no page, those that hosts read last: they depend on the pages."""
    platform: Platform = config.extra["platform"]
    site = Path(config.site_dir)
    pages: tuple[SitePage, ...] = config.extra["bladen"]
    data = tuple(records(pages))
    html = ((file.relative_to(site).as_posix(), file.read_text(encoding="utf-8")) for file in sorted(site.rglob("*.html")))
    for file in chain(search_files(documents(platform, chain(pages, written_pages(Path(config.docs_dir)))), platform), filter_files(platform),
                      data_files(data), catalogue_files(data, platform), schema_files(platform), editor_files(platform), feed_files(platform),
                      calendar_files(platform), offer_files(platform), host_files(html, pages, platform)):
        target = site / file.adres
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.inhoud)
    join_search(site / "assets" / "js")


def join_search(scripts: Path) -> None:
    """Put the modules of the search worker, after lunr, in one classic script, and the modules of the search page in one."""
    zoek, lunr = scripts / "zoek", scripts / "vendor" / "lunr-nl.min.js"
    worker = [zoek / f"{name}.js" for name in ("analyse", "vraag", "motor", "antwoord", "werker")]  # each after what it imports
    # Within a block no two modules can have a function of the same name.
    script = f"{lunr.read_text(encoding='utf-8')}\n(() => {{\n'use strict';\n{{\n{joined(worker)}}}\n}})();\n"
    page = [zoek / f"{name}.js" for name in ("bouw", "vrager", "pagina")]  # the first two are also for other pages
    module = joined(page)
    for part in (lunr, *worker):
        part.unlink()
    worker[-1].write_text(script, encoding="utf-8")
    page[-1].write_text(module, encoding="utf-8")


def joined(parts: Iterable[Path]) -> str:
    """Put modules after each other, without what explains them.

    Raises ValueError when a module does more than import names and export declarations.
    """
    code = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    code = re.sub(r"^import \{[^}]*\} from '\./\w+\.js';\n|^export (?=(async )?(class|function|const)\b)", "", code, flags=re.MULTILINE)
    code = re.sub(r"^ */\*\*.*?\*/\n", "", code, flags=re.MULTILINE | re.DOTALL)
    if left := re.search(r"^(import|export)\b.*", code, flags=re.MULTILINE):
        raise ValueError(f"these scripts cannot be joined: {left[0]}")
    return code
