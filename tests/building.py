"""Build the site as scripts/build does, and read what came out."""
from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = ("SITE_URL", "REPO_URL", "CONTACT", "GITLAB_APP_ID", "SOURCE_DATE_EPOCH",
            "KENNISPLATFORM_CONTENT", "KENNISPLATFORM_CONCEPTEN", "KENNISPLATFORM_REDACTIE")


def environment(**settings: str) -> dict[str, str]:
    """Give the environment of this process with only these settings of the project."""
    bare = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    return bare | {"PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"} | settings


def publish(output: Path, *arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run what scripts/build runs, with the Python of the tests instead of that of .venv."""
    command = [sys.executable, ROOT / "scripts" / "publish.py", "--output", output, *arguments]
    return subprocess.run(command, env=environment(**settings), capture_output=True, text=True)


def files(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file by its path below a folder."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def printed(document: Path, folder: Path) -> list[str]:
    """Lay a document out with LibreOffice; give the text of each page, with one space wherever there is any."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", folder, document]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(folder / f"{document.stem}.pdf").pages]


@dataclass
class Read(HTMLParser):
    """What the tests want to know of one HTML file."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    """Text of each title and h1; a title in a drawing is only a name."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = ""
        self._drawing = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._drawing = self._drawing or tag == "svg"
        attributes = {key: value or "" for key, value in attrs}
        self.tags.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag in ("title", "h1") and not self._drawing:
            self._open = tag
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self._drawing = self._drawing and tag != "svg"
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open][-1] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@lru_cache(maxsize=2000)
def read(file: Path) -> Read:
    page = Read()
    page.feed(file.read_text(encoding="utf-8"))
    return page
