"""Write what is no page: search, filters, calendars, open data, feeds, and what hosts read."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from kennisplatform.model.platform import Platform
from kennisplatform.publish.export import data_files, editor_files, records, schema_files
from kennisplatform.publish.feeds import feed_files
from kennisplatform.publish.hosting import host_files
from kennisplatform.publish.ical import calendar_files
from kennisplatform.publish.opendata import catalogue_files
from kennisplatform.search.files import search_files
from kennisplatform.search.filters import filter_files
from kennisplatform.site.doorverwijzing import moved
from kennisplatform.site.pages import SitePage, documents
from kennisplatform.site.zelfscan import offer_files


def on_post_build(config: MkDocsConfig) -> None:
    """Write every file that is no page."""
    platform: Platform = config.extra["platform"]
    pages: tuple[SitePage, ...] = config.extra["bladen"]
    data = tuple(records(pages))
    for file in chain(
        search_files(documents(chain(pages, config.extra["geschreven"])), platform),
        filter_files(platform),
        data_files(data),
        catalogue_files(data, platform),
        schema_files(platform),
        editor_files(platform),
        feed_files(platform),
        calendar_files(platform),
        offer_files(platform),
        host_files(moved(pages), config.extra["scripts"], platform),
    ):
        target = Path(config.site_dir, file.address)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
