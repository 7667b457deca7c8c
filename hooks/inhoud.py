"""Load the content, make its pages, and report what is wrong."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from kennisplatform.content.docs import read_docs
from kennisplatform.loading import CACHE, commit_day, load_platform, read_settings
from kennisplatform.model.findings import errors
from kennisplatform.publish.formats import openable, shown_path, summary
from kennisplatform.site.geschreven import all_findings, written_pages
from kennisplatform.site.site import site_pages

log = get_plugin_logger("kennisplatform")


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the platform and make its pages; when strict, an error in the content ends the build
    before it touches the site.
    """
    root, folder = Path(config.config_file_path).parent, Path(config.docs_dir)
    content, settings = root / config.extra["content"], read_settings(config.extra)
    config.site_url = config.site_url or settings.site_url or None
    shown = shown_path(content)
    platform = load_platform(
        content,
        shown,
        settings,
        commit_day(root),
        root / "content",
        bool(config.extra.get("concepten")),
        root / CACHE,
    )
    config.site_name = platform.identity.kort
    pages = tuple(site_pages(platform))
    docs = read_docs(folder, shown_path(folder), root / CACHE)
    written = tuple(written_pages(docs, platform))
    config.extra |= {"platform": platform, "bladen": pages, "geschreven": written}
    for finding in (findings := all_findings(platform, pages, docs, shown)):
        (log.error if finding.severity == "fout" else log.info)(
            openable(str(finding), config.site_url)
        )
    if config.strict and (blocking := errors(findings)):
        raise PluginError(summary(platform.library, blocking))
    for line in settings.missing():
        log.info(line)
    return config
