"""Give the templates the platform and the page; nothing of MkDocs."""

from __future__ import annotations

from functools import partial
from typing import cast

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils.templates import TemplateContext

from kennisplatform.model.facets import EVIDENCE, FACETS, LADDER
from kennisplatform.model.findings import YEARS_UNCHECKED
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import COLLECTIES, Instrument, Praktijk
from kennisplatform.publish.hosting import page_policy
from kennisplatform.publish.pictures import SIZE, picture_of
from kennisplatform.site.geschreven import NOT_FOUND
from kennisplatform.site.linkeddata import linked_data
from kennisplatform.site.pages import SitePage


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Hand over what all pages show, and read the scripts that stand inside some."""
    platform: Platform = config.extra["platform"]
    pages: tuple[SitePage, ...] = (*config.extra["geschreven"], *config.extra["bladen"])

    def show(page: SitePage) -> str:
        known = _known(page, page.root, platform)
        return env.get_template(page.template).render(known)

    scripts = {
        page.address: env.get_template(page.script).render() for page in pages if page.script
    }
    config.extra |= {"scripts": scripts, "toon": show}
    env.globals |= {
        "platform": platform,
        "bladen": pages,
        "redactie": bool(config.extra["redactie"]),
        "bevindingen": () if config.strict else platform.findings,
        "BEWIJS": EVIDENCE,
        "LADDER": LADDER,
        "FACETTEN": FACETS,
        "COLLECTIES": COLLECTIES,
        "HOOFDCOLLECTIES": [COLLECTIES[c.collectie] for c in (Praktijk, Instrument)],
        "JAREN_ONGEZIEN": YEARS_UNCHECKED,
        "PLAATMAAT": SIZE,
        "plaat": partial(picture_of, platform=platform),
        "beleid": partial(page_policy, settings=platform.settings, scripts=scripts),
    }
    return env


def on_template_context(
    context: TemplateContext, template_name: str, config: MkDocsConfig
) -> TemplateContext:
    """Give what a host shows for an address that is not there, and what lists all pages, the same
    as a page.
    """
    known = _known(NOT_FOUND, context["base_url"].rstrip("/"), config.extra["platform"])
    return cast(TemplateContext, context | known)


def _known(page: SitePage, base: str, platform: Platform) -> dict[str, object]:
    """Give what a template knows: the page, what that says of itself to machines, and the way to
    the root of the site.
    """
    root = platform.settings.site_url or f"{base}/"
    return {"blad": page, "basis": base, "linked_data": linked_data(page, root, platform)}
