"""Write what is no page: the search index."""
from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from kennisplatform.pages import site_pages
from kennisplatform.platform import Platform
from kennisplatform.search.documents import documents
from kennisplatform.search.index import search_files


def on_post_build(config: MkDocsConfig) -> None:
    """Write the files the browser's search loads."""
    platform: Platform = config.extra["platform"]
    site = Path(config.site_dir)
    for file in search_files(documents(platform, site_pages(platform)), platform):
        target = site / file.adres
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.inhoud)
