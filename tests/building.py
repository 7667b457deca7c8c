"""The content that tests look at, sites made of it, and what can be read from those. README.md says
which to take for what.
"""

from __future__ import annotations

import datetime
import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import settings
from lxml.etree import HTMLParser, fromstring
from mkdocs.commands.build import build
from mkdocs.config import load_config
from pypdf import PdfReader

from kennisplatform.loading import load_platform
from kennisplatform.model.library import Library, Page
from kennisplatform.model.platform import Platform, Settings
from kennisplatform.model.schema import COLLECTIES

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "tests" / "site"
"""Invented content, for what the platform does with any content."""
FROZEN = ROOT / "tests" / "bevroren"
"""A copy of the real content of one day, for what is measured on it."""
CORPUS = ROOT / "tests" / "corpus"
"""Pages as editors type them."""
CONTENT = Path(os.environ.get("KENNISPLATFORM_CONTENT") or ROOT / "content").absolute()
"""The real content; only tests marked `inhoud` look at it, and they hold whatever editors add to
it.
"""
TODAY = datetime.date(2026, 6, 1)
"""The day that a site of the invented content is made on: some of its meetings are still to come.
"""


def epoch(day: datetime.date) -> str:
    """Give the setting that makes this day today."""
    return str(int(datetime.datetime.combine(day, datetime.time(12), datetime.UTC).timestamp()))


EPOCH = epoch(TODAY)
SUB_PATH = "https://voorbeeld.example/kennisplatform/"
REPO = "https://github.com/voorbeeld/kennisplatform"
SETTINGS = (
    "SITE_URL",
    "REPO_URL",
    "CONTACT",
    "GITLAB_APP_ID",
    "SOURCE_DATE_EPOCH",
    "KENNISPLATFORM_CONTENT",
    "KENNISPLATFORM_CONCEPTEN",
    "KENNISPLATFORM_REDACTIE",
    "KENNISPLATFORM_VORIGE",
)


def environment(**settings: str) -> dict[str, str]:
    """Give the environment of this process with only these settings of the project."""
    bare = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    return bare | {"PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"} | settings


def publish(
    output: Path, *arguments: str | Path, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run what scripts/build runs, with the Python of the tests instead of that of .venv."""
    command = [sys.executable, ROOT / "scripts" / "publish.py", "--output", output, *arguments]
    return subprocess.run(command, env=environment(**settings), capture_output=True, text=True)


def build_site(
    folder: Path, content: Path = SITE, docs: Path = ROOT / "docs", **settings: str
) -> Path:
    """Build a site strictly, in this process; quicker than `publish`, where the command itself is
    not what is tested.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        for name, value in {
            "SOURCE_DATE_EPOCH": EPOCH,
            "KENNISPLATFORM_CONTENT": str(content),
            "NO_MKDOCS_2_WARNING": "1",
            **settings,
        }.items():
            patch.setenv(name, value)
        build(
            load_config(
                str(ROOT / "mkdocs.yml"), site_dir=str(folder), docs_dir=str(docs), strict=True
            )
        )
    return folder


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Give a folder that the first worker of a run makes, and all others share: nobody may change
    what is in it.
    """
    own = factory.getbasetemp()  # of a worker, a folder in that of the run
    folder = (own.parent if own.name.startswith("popen-") else own) / name
    with folder.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            made = folder.with_name(f"{name}.half")
            shutil.rmtree(made, ignore_errors=True)
            make(made)
            made.rename(folder)
    return folder


def working_copy(folder: Path, parts: Iterable[str]) -> Path:
    """Copy these parts of the project, for a test that changes them; give the folder."""
    folder.mkdir(exist_ok=True)
    for name in parts:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def pages(folder: Path, texts: dict[str, str], vocabulary: Path = SITE / "vocabulary") -> Path:
    """Write files below a content folder that has the names of the invented content, or other ones;
    give the folder.
    """
    shutil.copytree(
        vocabulary,
        folder / "vocabulary",
        ignore=shutil.ignore_patterns("README.md"),
        dirs_exist_ok=True,
    )
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def by_collection(library: Library) -> dict[str, tuple[Page, ...]]:
    return {c: tuple(p for p in library.pages if p.collectie.map == c) for c in COLLECTIES}


@cache
def platform_of(content: Path, **settings: str) -> Platform:
    """Load a content folder on the day of its sites."""
    return load_platform(content, content.name, Settings(**settings), TODAY)


def files(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file by its path below a folder."""
    return {
        f.relative_to(folder).as_posix(): f.read_bytes()
        for f in sorted(folder.rglob("*"))
        if f.is_file()
    }


def printed(document: Path, folder: Path) -> list[str]:
    """Lay a document out with LibreOffice; give the text of each page, with one space wherever
    there is any.
    """
    command: list[str | Path] = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        document,
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return [
        re.sub(r"\s+", " ", page.extract_text())
        for page in PdfReader(folder / f"{document.stem}.pdf").pages
    ]


def check_workbook(raw: bytes, rows: list[dict[str, str]]) -> None:
    """Hold that a workbook has these rows and can be sorted, filtered and read as it opens."""
    sheet: Any = openpyxl.load_workbook(BytesIO(raw)).active
    cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert [dict(zip(cells[0], row, strict=True)) for row in cells[1:]] == rows
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    linked = {"Titel", "Adres"}
    for row, fields in zip(sheet.iter_rows(min_row=2), rows, strict=True):
        assert {
            name: cell.hyperlink and cell.hyperlink.target
            for name, cell in zip(fields, row, strict=True)
        } == {name: fields["Adres"] if name in linked else None for name in fields}
        assert all(cell.alignment.wrap_text for cell in row)
    for column, name in enumerate(cells[0], 1):
        width = sheet.column_dimensions[sheet.cell(1, column).column_letter].width
        assert 10 <= width <= 60
        assert width == 60 or width > max(len(row[name]) for row in rows), name


@dataclass
class Read:
    """What the tests want to know of one HTML file, as lxml reads it."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    """Text of each title and h1; a title in a drawing is only a name."""

    def __post_init__(self) -> None:
        self._open = ""
        self._drawing = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._drawing = self._drawing or tag == "svg"
        self.tags.append((tag, dict(attributes)))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag in ("title", "h1") and not self._drawing:
            self._open = tag
            self.texts.setdefault(tag, []).append("")

    def end(self, tag: str) -> None:
        self._drawing = self._drawing and tag != "svg"
        if tag == self._open:
            self._open = ""

    def data(self, text: str) -> None:
        if self._open:
            self.texts[self._open][-1] += text

    def close(self) -> Read:
        return self

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@lru_cache(maxsize=2000)
def read(file: Path) -> Read:
    parser = HTMLParser(target=Read(), encoding="utf-8")
    page: Read = fromstring(file.read_bytes(), parser)
    return page


def part_of_the_examples(part: float) -> settings:
    """Try so much less than other tests: what each example costs is more."""
    assert settings.default
    return settings(max_examples=int(settings.default.max_examples * part))


def at_night() -> bool:
    """Tell whether to try all, also what differs in no kind from what every run tries."""
    return settings.get_current_profile_name() == "nightly"
