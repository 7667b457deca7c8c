"""Make the hand-written pages of docs/ with the parser and the rules of all other pages."""

from __future__ import annotations

import posixpath
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from kennisplatform.content.frontmatter import read_document
from kennisplatform.content.markup import parse
from kennisplatform.content.sources import left_behind


class Tekst(Page):
    """A page of docs/, of which the library has said already what is wrong with it."""

    def read_source(self, config: MkDocsConfig) -> None:
        self.document, _ = read_document(
            Path(self.file.abs_src_path or ""), f"docs/{self.file.src_uri}"
        )
        self.meta = dict(self.document.fields) if self.document else {}
        self.markdown = self.document.body if self.document else ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        def address(target: str) -> str:
            path, sign, anchor = target.partition("#")
            file = files.get_file_from_path(
                posixpath.normpath(posixpath.join(posixpath.dirname(self.file.src_uri), path))
            )
            return (
                target
                if not path
                else file.url_relative_to(self.file) + sign + anchor
                if file
                else ""
            )

        body, _ = parse(
            self.markdown or "",
            self.file.src_uri,
            self.document.body_line if self.document else 1,
            address,
        )
        self.content = body.html


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the place of MkDocs' own page for each of them; what systems leave nobody checked."""
    for file in [f for f in files if any(map(left_behind, Path(f.src_uri).parts))]:
        files.remove(file)
    for file in files.documentation_pages():
        if file.generated_by is None:
            Tekst(None, file, config)
    return files
