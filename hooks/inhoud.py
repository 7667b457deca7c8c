"""Load the content, report what is wrong with it, and give MkDocs a file for every page."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from kennisplatform.content.advice import advise
from kennisplatform.content.images import encode
from kennisplatform.derive.platform import Platform, load_platform, reference_day
from kennisplatform.model.findings import errors
from kennisplatform.publish.formats import advice_by_code, openable, shown_path, summary
from kennisplatform.settings import Settings
from kennisplatform.site.geschreven import all_findings
from kennisplatform.site.pages import SitePage
from kennisplatform.site.redactie import broken_pages
from kennisplatform.site.site import site_pages

log = get_plugin_logger("kennisplatform")


class Blad(Page):
    """A page the library has made already: there is nothing left to read or to render."""

    def __init__(self, site_page: SitePage, file: File, config: MkDocsConfig) -> None:
        super().__init__(site_page.titel, file, config)
        self.site_page = site_page

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown, self.meta = "", {"template": self.site_page.sjabloon}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the platform; when strict, an error in the content ends the build before it touches the
    site.
    """
    root = Path(config.config_file_path).parent
    content = root / config.extra["content"]
    settings = Settings.read(config.extra)
    config.site_url = config.site_url or settings.site_url or None
    platform = load_platform(
        content,
        shown_path(content),
        settings,
        reference_day(root, content),
        root / "content",
        bool(config.extra.get("concepten")),
    )
    config.extra |= {"platform": platform, "bladen": (pages := tuple(site_pages(platform)))}
    docs = Path(config.docs_dir)
    for finding in (findings := all_findings(platform, pages, docs, shown_path(docs))):
        (log.error if finding.severity == "fout" else log.info)(
            openable(str(finding), config.site_url)
        )
    if config.strict and (blocking := errors(findings)):
        raise PluginError(summary(platform.library, blocking))
    for line in (
        *advice_by_code(advise(platform.library, shown_path(content), platform.vandaag)),
        *settings.missing(),
    ):
        log.info(line)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every page and image of the platform; broken pages only get one while serving."""
    platform: Platform = config.extra["platform"]
    for file in [f for f in files if f.src_dir in config.theme.dirs]:
        files.remove(
            file
            # the pages use none of Material’s scripts and styles, and what lies beside the
            # templates is
            # part of a page
        )
    for site_page in (*config.extra["bladen"], *broken_pages(platform)):
        file = File.generated(
            config, f"{site_page.adres}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV
        )
        Blad(site_page, file, config)
        files.append(file)
    editor = config.extra["redactie"]
    for part in sorted(p for p in Path(editor).rglob("*") if p.is_file()) if editor else ():
        files.append(
            File(
                part.relative_to(Path(editor).parent).as_posix(),
                str(Path(editor).parent),
                config.site_dir,
                config.use_directory_urls,
            )
        )
    for image in platform.library.afbeeldingen:
        files.append(
            File.generated(config, f"afbeeldingen/{image.bestand.name}", content=encode(image))
        )
    return files
