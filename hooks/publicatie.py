"""Write what is no page: the search index and what catalogues are filtered by."""
from __future__ import annotations

from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from kennisplatform.export import data_files
from kennisplatform.filters import filter_files
from kennisplatform.pages import site_pages
from kennisplatform.platform import Platform
from kennisplatform.search.documents import documents
from kennisplatform.search.index import search_files


def on_post_build(config: MkDocsConfig) -> None:
    """Write the files that search and filters load."""
    platform: Platform = config.extra["platform"]
    site = Path(config.site_dir)
    pages = tuple(site_pages(platform))
    for file in chain(search_files(documents(platform, pages), platform), filter_files(documents(platform, pages), platform), data_files(pages)):
        target = site / file.adres
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.inhoud)
