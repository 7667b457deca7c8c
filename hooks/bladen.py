"""Give MkDocs a file for every page, which the library has made, and for what lies beside them."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from kennisplatform.content.sources import left_behind
from kennisplatform.model.platform import Platform
from kennisplatform.site.pages import SitePage
from kennisplatform.site.redactie import broken_pages


class Blad(Page):
    """A page the library has made already: there is nothing left to read or to render."""

    def __init__(self, page: SitePage, file: File, config: MkDocsConfig) -> None:
        super().__init__(page.titel, file, config)
        self.made = page

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown, self.meta = "", {"template": self.made.template, "blad": self.made}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every page, document and image of the platform and the form editor; broken pages only get
    one while serving. The pages use none of Material’s scripts and styles, nor what the library did
    not read.
    """
    platform: Platform = config.extra["platform"]
    written = {page.source: page for page in config.extra["geschreven"]}
    for file in list(files):
        own = written.get(f"docs/{file.src_uri}")
        if own and file.src_dir == config.docs_dir:
            Blad(own, file, config)
        elif (
            file.src_dir in config.theme.dirs
            or file.is_documentation_page()
            or any(map(left_behind, Path(file.src_uri).parts))
        ):
            files.remove(file)
    for page in chain(config.extra["bladen"], broken_pages(platform)):
        path, aside = f"{page.address}index.md", InclusionLevel.NOT_IN_NAV
        file = File.generated(config, path, content="", inclusion=aside)
        Blad(page, file, config)
        files.append(file)
    editor = config.extra["redactie"]
    for part in sorted(p for p in Path(editor).rglob("*") if p.is_file()) if editor else ():
        folder = Path(editor).parent
        path = part.relative_to(folder).as_posix()
        files.append(File(path, str(folder), config.site_dir, config.use_directory_urls))
    for document in platform.library.downloads.values():
        ready = str(document.ready)
        files.append(File.generated(config, document.address, abs_src_path=ready))
    for image in platform.library.images:
        files.append(File.generated(config, image.address, content=image.content))
    return files
