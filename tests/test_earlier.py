"""A build that takes files over from the earlier site writes what a clean one writes."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from make_corpus import maak
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from building import EPOCH, SETTINGS, SITE, files, working_copy
from edits import EDITS, ELSEWHERE, change, rewrite
from kennisplatform.content import reading
from kennisplatform.content.kept import Kept
from kennisplatform.content.reading import MANY_PAGES
from kennisplatform.model.library import Body
from kennisplatform.model.site import SiteFile
from kennisplatform.site.earlier import Earlier, Part

PARTS = ("mkdocs.yml", "hooks", "overrides", "docs", "content")
"""What a project has beside its library."""
NIGHTLY = settings.default is not None and settings.default.max_examples > 1_000
OF_THE_PROJECT: dict[str, Callable[[Path], object]] = {
    "a template": lambda root: change(root / "overrides" / "pagina.html", "</h1>", "!</h1>"),
    "a partial": lambda root: change(
        root / "overrides" / "partials" / "macros.html", "<a ", "<a data-x "
    ),
    "a style": lambda root: change(root / "docs" / "assets" / "css" / "site.css", "{", "{top:0;"),
    "a hand-written page": lambda root: change(root / "docs" / "over.md", "\n\n", "\n\nErbij.\n\n"),
    "a hook": lambda root: change(
        root / "hooks" / "catalogus.py", '"BEWIJS": ', '"B": 1, "BEWIJS": '
    ),
}
OF_THE_OWNER = {
    "SITE_URL": ("", "https://een.example/", "https://twee.example/pad/"),
    "REPO_URL": ("", "https://github.com/een/twee", "https://gitlab.com/een/twee"),
    "CONTACT": ("", "griffie@voorbeeld.example", "https://voorbeeld.example/contact"),
}


class Project:
    """A project with content of its own, that is built time after time."""

    def __init__(self, folder: Path, content: Path) -> None:
        self.root = working_copy(folder / "project", PARTS)
        self.content = content
        self.settings = {"SOURCE_DATE_EPOCH": EPOCH, "KENNISPLATFORM_CONTENT": str(content)}
        self.site = folder / "site"

    @contextmanager
    def configured(self, folder: Path, earlier: Path | None = None) -> Iterator[MkDocsConfig]:
        with pytest.MonkeyPatch.context() as patch:
            for name in SETTINGS:
                patch.delenv(name, raising=False)
            before = {"KENNISPLATFORM_VORIGE": str(earlier)} if earlier else {}
            for name, value in (self.settings | before).items():
                patch.setenv(name, value)
            yield load_config(str(self.root / "mkdocs.yml"), site_dir=str(folder), strict=False)

    def build(self, folder: Path, earlier: Path | None = None) -> Path:
        with self.configured(folder, earlier) as config:
            build(config)
        return folder

    def build_again(self) -> None:
        """Build beside the site and take its place, as scripts/build does."""
        new = self.build(self.site.with_name("nieuw"), self.site)
        shutil.rmtree(self.site, ignore_errors=True)
        new.rename(self.site)

    def edit(self, name: str, chance: random.Random) -> None:
        if name in EDITS:
            EDITS[name](chance.choice(sorted(self.content.glob("*/*.md"))))
        elif name in ELSEWHERE:
            ELSEWHERE[name](self.content)
        elif name in OF_THE_PROJECT:
            OF_THE_PROJECT[name](self.root)
        else:
            self.settings[name] = chance.choice(OF_THE_OWNER[name])


@pytest.mark.parametrize("number", range(500 if NIGHTLY else 1))
def test_after_any_edits_a_build_is_that_of_a_clean_one(number: int, tmp_path: Path) -> None:
    """Some of all kinds of edits at a time, in another order for each number."""
    chance = random.Random(number)
    project = Project(tmp_path, shutil.copytree(SITE, tmp_path / "content"))
    project.build_again()
    kinds = [*EDITS, *ELSEWHERE, *OF_THE_PROJECT, *OF_THE_OWNER]
    chance.shuffle(kinds)
    for start in range(4):
        for kind in kinds[start::4]:
            project.edit(kind, chance)
        project.build_again()
    assert files(project.site) == files(project.build(tmp_path / "schoon"))


@pytest.mark.parametrize("number", range(500 if NIGHTLY else 1))
def test_after_any_edits_of_many_pages_too(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of so many that a second process reads half of them, which at night is as many as it is."""
    chance, content = random.Random(number), tmp_path / "content"
    many = MANY_PAGES if NIGHTLY else 40
    monkeypatch.setattr(reading, "MANY_PAGES", many)
    maak(many + 10, content, seed=str(number), platform=True)
    project = Project(tmp_path, content)
    project.build_again()
    for kind in ("a sentence", *chance.choices(sorted(EDITS), k=4)):
        project.edit(kind, chance)
    project.build_again()
    assert files(project.site) == files(project.build(tmp_path / "schoon"))


class Noted:
    """The text of a page, which notes that it was read."""

    def __init__(self, body: Body, slug: str, read: set[str]) -> None:
        self._body, self._slug, self._read = body, slug, read

    def __getattr__(self, name: str) -> object:
        if name not in ("headings", "links"):  # which are in the outline
            self._read.add(self._slug)
        return getattr(self._body, name)


def test_a_page_shows_no_other_texts_than_it_says(tmp_path: Path) -> None:
    """So an edit of a text changes no other page than those."""
    project, read = Project(tmp_path, SITE), set[str]()
    with project.configured(tmp_path / "site") as config:
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")
        config.plugins.on_startup(command="build", dirty=False)
    platform, show = config.extra["platform"], config.extra["toon"]
    for page in platform.library.pages:
        object.__setattr__(page, "body", Noted(page.body, page.slug, read))
    told = 0
    for page in (*config.extra["bladen"], *config.extra["geschreven"]):
        read.clear()
        page.content.texts()
        said = set(read)
        show(page)
        assert read == said, page.address
        told += len(said)
    assert told >= len(platform.library.pages)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def place(site: Path, files_of: dict[str, bytes], outlined: bytes = b"") -> list[str]:
    """Make a site of one part again, as a build does; give the names that were made anew."""
    made: list[str] = []

    def make() -> Iterator[SiteFile]:
        for address, content in files_of.items():
            made.append(address)
            yield SiteFile(address, content)

    new = site.with_name("nieuw")
    new.mkdir()
    earlier = Earlier(site, new, Kept(site.with_name("kept"), site), outlined)
    earlier.save([earlier.place(Part("deel", lambda: (b"tekst",), make))])
    shutil.rmtree(site, ignore_errors=True)
    new.rename(site)
    return made


FILES = {"a/index.html": b"een", "b.json": b"twee"}


def test_what_would_be_the_same_is_not_made(site: Path) -> None:
    assert place(site, FILES) == [*FILES]
    assert place(site, FILES) == [] and files(site) == FILES
    assert place(site, FILES, b"anders") == [*FILES]


def test_what_was_made_and_is_the_same_is_not_written(site: Path) -> None:
    place(site, FILES)
    before = (site / "b.json").stat().st_ino
    changed = FILES | {"a/index.html": b"anders"}
    assert place(site, changed, b"anders") == [*FILES] and files(site) == changed
    assert (site / "b.json").stat().st_ino == before


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


SPOILED: dict[str, Callable[[Path], object]] = {
    "edited": lambda file: file.write_bytes(b"iets anders"),
    "gone": Path.unlink,
    "a link": lambda file: os.symlink(file.rename(file.with_name("x")), file),
    "a pipe": _pipe,
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_site_that_somebody_changed_is_made_anew(site: Path, name: str) -> None:
    place(site, FILES)
    SPOILED[name](site / "b.json")
    assert place(site, FILES) == [*FILES] and files(site) == FILES


@pytest.mark.parametrize("address", ["../geheim", "a/../../geheim", "/etc/hostname"])
def test_who_writes_what_is_kept_takes_nothing_from_elsewhere(site: Path, address: str) -> None:
    """The entry has a seal and a sum that fit, of a file that lies outside the site."""
    place(site, FILES)
    (site.parent / "geheim").write_bytes(b"twee")
    (file,) = site.with_name("kept").iterdir()
    rewrite(file, b"b.json", address.encode())
    assert place(site, FILES) == [*FILES] and files(site) == FILES
