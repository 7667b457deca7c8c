"""Give the templates the platform, and make them escape everything they show."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, cast

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from kennisplatform.model import text
from kennisplatform.model.facets import EVIDENCE, FACETS
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.publish.feeds import feeds
from kennisplatform.publish.hosting import page_policy
from kennisplatform.publish.opendata import codebook
from kennisplatform.site.geschreven import OpenData
from kennisplatform.site.lijst import INTROS
from kennisplatform.site.linkeddata import linked_data
from kennisplatform.site.pages import HOME, Inhoud, SitePage


class _Compiled(jinja2.BytecodeCache):
    """What Jinja made of each template, by its text: while serving, most are as they were at the
    last save.
    """

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if (code := self.kept.get(f"{bucket.key} {bucket.checksum}")) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.kept[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Turn on escaping, which MkDocs leaves off, and add the words and numbers of Dutch."""
    env.autoescape = True
    env.undefined = jinja2.StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.policies["json.dumps_kwargs"] = {"sort_keys": False}  # fields keep the order of the schema
    env.bytecode_cache = _Compiled()
    env.filters |= {
        "getal": text.number,
        "dag": text.date,
        "opsomming": text.enumerate_nl,
        "slug": text.slugify,
        "moment": text.moment,
    }
    platform = config.extra["platform"]
    env.globals |= {
        "platform": platform,
        "BEWIJS": EVIDENCE,
        "FACETTEN": FACETS,
        "COLLECTIES": COLLECTIES,
        "INTROS": INTROS,
        "beleid": partial(page_policy, settings=platform.settings),
        "feeds": {feed.van: feed for feed in feeds(platform)},
        "codeboek": codebook(platform.vocabulary),
    }
    return env


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Hand a template the page's own data: `blad`, which hand-written pages do not have, and what
    it says of itself to machines.
    """
    blad = getattr(page, "site_page", None)
    shown = blad or SitePage(
        page.url,
        "main.html",
        str(page.title),
        str(page.meta.get("description") or config.site_description),
        (HOME,),
        OpenData() if page.url == "open-data/" else Inhoud(),
    )
    root = config.site_url or f"{context['base_url']}/"
    return cast(TemplateContext, {**context, "blad": blad, "linked_data": linked_data(shown, root)})
