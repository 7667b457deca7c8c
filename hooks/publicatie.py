"""Make what does not lie ready: pages, search, filters, calendars, data, feeds, files of hosts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import cast

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from kennisplatform.content.kept import Kept
from kennisplatform.loading import CACHE
from kennisplatform.model.platform import Platform
from kennisplatform.model.site import SiteFile
from kennisplatform.publish.colours import read_colours
from kennisplatform.publish.export import record_files, records, schema_files
from kennisplatform.publish.feeds import feed_files
from kennisplatform.publish.hosting import host_files
from kennisplatform.publish.ical import calendar_files
from kennisplatform.publish.opendata import catalogue_files
from kennisplatform.publish.pictures import picture_files
from kennisplatform.publish.redactie import editor_files
from kennisplatform.search.files import search_files
from kennisplatform.search.filters import filter_files
from kennisplatform.site.doorverwijzing import moved
from kennisplatform.site.earlier import Part
from kennisplatform.site.pages import SitePage, documents
from kennisplatform.site.redactie import broken_pages
from kennisplatform.site.site import Made
from kennisplatform.site.zelfscan import offer_files


@event_priority(-100)
def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Tell, when the templates are ready, how each file is made; broken pages are only there while
    serving.
    """
    extra, platform = config.extra, cast(Platform, config.extra["platform"])
    pages = (*extra["bladen"], *extra["geschreven"])
    root = Path(config.config_file_path).parent
    kept = Kept(root / CACHE, root / extra["content"] / "zoeken")
    search = partial(search_files, documents(pages), platform, kept)
    hosts = partial(host_files, moved(extra["bladen"]), extra["scripts"], platform)
    others = (
        Part("bestanden voor hosts", lambda: [str(platform.today).encode()], hosts),
        Part("andere bestanden", tuple, partial(_others, config, env)),
        Part("zoeken", lambda: chain(*(page.content.texts() for page in pages)), search),
    )
    shown = (*pages, *broken_pages(platform))
    extra["gemaakt"] = Made(shown, extra["toon"], record_files, others)
    return env


def _others(config: MkDocsConfig, env: jinja2.Environment) -> Iterator[SiteFile]:
    """Give every file that is no page and not for search."""
    platform: Platform = config.extra["platform"]
    pages: tuple[SitePage, ...] = config.extra["bladen"]
    data, docs = tuple(records(pages)), Path(config.docs_dir)
    yield from filter_files(platform)
    yield from calendar_files(platform)
    yield from offer_files(platform)
    yield from catalogue_files(data, platform)
    yield from schema_files(platform)
    yield from editor_files(platform) if config.extra["redactie"] else ()
    yield from feed_files(platform)
    yield from picture_files(platform, read_colours(docs), docs, partial(_icon, env))


def _icon(env: jinja2.Environment, name: str) -> str:
    return cast(jinja2.BaseLoader, env.loader).get_source(env, f".icons/{name}.svg")[0]
