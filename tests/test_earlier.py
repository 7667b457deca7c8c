"""A build that takes files over from the earlier site writes what a clean one writes."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import settings
from make_corpus import maak
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from building import EPOCH, ROOT, SETTINGS, SITE, files, working_copy
from edits import EDITS, ELSEWHERE, change, rewrite
from kennisplatform.content.kept import Kept
from kennisplatform.content.reading import MANY_PAGES
from kennisplatform.loading import CACHE
from kennisplatform.model.library import Body
from kennisplatform.model.site import SiteFile
from kennisplatform.site.earlier import MOST_SPARES, Earlier, Part, keep, spare_of

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
    "SOURCE_DATE_EPOCH": [str(int(EPOCH) + days * 86_400) for days in (-400, 1, 30, 100, 1_200)],
}


def swap(new: Path, site: Path, spare: Path) -> None:
    old = new.with_name("oud")
    if site.exists():
        site.rename(old)
    new.rename(site)
    keep(old, spare, site.parent)


class Project:
    """A project with content of its own, that is built time after time."""

    def __init__(self, folder: Path, content: Path) -> None:
        self.root = working_copy(folder / "project", PARTS)
        self.content = content
        self.settings = {"SOURCE_DATE_EPOCH": EPOCH, "KENNISPLATFORM_CONTENT": str(content)}
        self.site = folder / "site"
        self.spare = spare_of(self.site, self.root / CACHE)

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
        swap(new, self.site, self.spare)

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
        for spoil in (SPOILED | BESIDE).values():
            if there := sorted(project.spare.glob("*/*")):
                spoil(chance.choice(there), Path(tempfile.mkdtemp(dir=tmp_path)))
        project.build_again()
    assert project.spare.is_dir()
    assert files(project.site) == files(project.build(tmp_path / "schoon"))


@pytest.mark.parametrize("number", range(500 if NIGHTLY else 1))
def test_after_any_edits_of_many_pages_too(number: int, tmp_path: Path) -> None:
    """Of so many that a second process reads half of them."""
    chance, content, pages = random.Random(number), tmp_path / "content", 300
    assert pages > MANY_PAGES
    maak(pages, content, seed=str(number), platform=True)
    shutil.copytree(ROOT / "content" / "vocabulary", content / "vocabulary")
    project = Project(tmp_path, content)
    project.build_again()
    names = [kind for kind in ELSEWHERE if "name" in kind]
    kinds = [*EDITS, *names, *OF_THE_PROJECT, *OF_THE_OWNER]
    for few in (("a sentence", *chance.sample(kinds, 3)), chance.sample(kinds, 3)):
        for kind in few:
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


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elders"
    folder.mkdir()
    return folder


def place(site: Path, files_of: dict[str, bytes], outlined: bytes = b"") -> list[str]:
    """Make a site of one part again, as a build does; give the names that were made anew."""
    made: list[str] = []

    def make() -> Iterator[SiteFile]:
        for address, content in files_of.items():
            made.append(address)
            yield SiteFile(address, content)

    new, spare = site.with_name("nieuw"), site.with_name("reserve") / "site"
    new.mkdir()
    (new / LAID).write_bytes(b"klaar")
    earlier = Earlier(site, new, Kept(site.with_name("kept"), site), outlined)
    earlier.begin(spare)
    earlier.save([earlier.place(Part("deel", lambda: (b"tekst",), make))])
    swap(new, site, spare)
    return made


LAID = "klaar.txt"
"""What MkDocs writes."""
FILES = {"a/b/index.html": b"een", "b.json": b"twee", "leeg": b""}


def holds(site: Path, made: dict[str, bytes]) -> bool:
    """Tell whether these files are in a site, with what was laid in it, and nothing else: no link,
    no pipe, no folder without a file or with other rights.
    """
    there = [site, *site.rglob("*")]
    folders = [path for path in there if path.is_dir() and not path.is_symlink()]
    return (
        files(site) == made | {LAID: b"klaar"}
        and len(there) == len(folders) + len(files(site))
        and all(any(folder.iterdir()) for folder in folders)
        and len({folder.stat().st_mode for folder in folders}) == 1
    )


def test_what_would_be_the_same_is_not_made(site: Path) -> None:
    assert place(site, FILES) == [*FILES]
    for _ in range(3):
        assert place(site, FILES) == [] and holds(site, FILES)
    assert place(site, FILES, b"anders") == [*FILES]


def test_what_was_made_and_is_the_same_is_not_written(site: Path) -> None:
    place(site, FILES)
    before = (site / "b.json").stat().st_ino
    for number in range(3):
        changed = FILES | {"a/b/index.html": b"anders %d" % number}
        assert place(site, changed, b"%d" % number) == [*FILES] and holds(site, changed)
        assert (site / "b.json").stat().st_ino == before


def test_into_the_site_that_stands_there_nothing_is_written(site: Path) -> None:
    """A file of it and one of its spare may be the same one, by two names."""
    for _ in range(2):
        place(site, FILES)
    with (site / "b.json").open("rb") as stood:
        for text in (b"anders", b"weer anders"):
            changed = FILES | {"b.json": text}
            assert place(site, changed, text) == [*FILES] and holds(site, changed)
        assert stood.read() == FILES["b.json"]


def test_a_file_becomes_a_folder_and_a_folder_a_file(site: Path) -> None:
    other = {"a": b"een", "b.json/index.html": b"twee"}
    for made in (FILES, FILES, other, other, FILES):
        place(site, made, repr(made).encode())
        assert holds(site, made)


def test_a_site_of_which_a_file_goes_meanwhile_is_not_whole(site: Path) -> None:
    site.mkdir()

    def make() -> Iterator[SiteFile]:
        yield SiteFile("b.html", b"een")
        (site / "b.html").unlink()

    earlier = Earlier(site, site, Kept(None, site))
    earlier.begin(site.with_name("reserve"))
    with pytest.raises(FileNotFoundError):
        earlier.save([earlier.place(Part("deel", tuple, make))])


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when others are asked for meanwhile: an edit shows few of them."""
    project, compiled = Project(tmp_path, shutil.copytree(SITE, tmp_path / "content")), list[str]()
    whole = jinja2.Environment.compile

    def noted(environment: jinja2.Environment, source: str, name: str, *more: Any) -> Any:
        compiled.append(name)
        return whole(environment, source, name, *more)

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    (tmp_path / "anders").mkdir()

    def build_anew() -> list[str]:
        compiled.clear()
        project.build(Path(tempfile.mkdtemp(dir=tmp_path / "anders")))
        return sorted(compiled)

    assert len(build_anew()) > 20
    build_anew()  # what the two processes of the first build wrote at once
    assert build_anew() == []
    change(project.root / "overrides" / "404.html", "{% extends", "{# anders #}{% extends")
    assert build_anew() == ["404.html"]
    assert build_anew() == []


def test_few_spares_are_kept(tmp_path: Path) -> None:
    sites = [tmp_path / str(number) for number in range(MOST_SPARES + 2)]
    for number, site in enumerate(sites):
        spare = spare_of(site, tmp_path / "cache")
        old = shutil.copytree(SITE / "events", tmp_path / "werk" / "site")
        os.utime(old, (0, 0))
        keep(old, spare, tmp_path / "werk")
        os.utime(spare, (number + 1, number + 1))
    there = {*(tmp_path / "cache" / "sites").iterdir()}
    assert there == {spare_of(site, tmp_path / "cache") for site in sites[-MOST_SPARES:]}
    assert len([*(tmp_path / "werk").iterdir()]) == len(sites) - MOST_SPARES


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _edited(path: Path, _: Path) -> None:
    """Write into each file, which may be that of the site too, as many bytes as there are."""
    for file in (path, *path.rglob("*")):
        if file.is_file():
            file.write_bytes(b"x" * file.stat().st_size)


def _linked(path: Path, elsewhere: Path) -> None:
    """Move it, and leave a link."""
    path.symlink_to(path.rename(elsewhere / path.name))


def _pipe(path: Path, _: Path) -> None:
    remove(path)
    os.mkfifo(path)


def _file(path: Path, _: Path) -> None:
    remove(path)
    path.write_bytes(b"van een ander")


def _folder(path: Path, _: Path) -> None:
    remove(path)
    (path / "leeg").mkdir(parents=True)
    (path / "x.html").write_bytes(b"van een ander")


def _added(path: Path, elsewhere: Path) -> None:
    folder = path if path.is_dir() else path.parent
    (folder / "erbij" / "leeg").mkdir(parents=True)
    (folder / "erbij" / "x.html").write_bytes(b"van een ander")
    (folder / "ergens").symlink_to(elsewhere)


SPOILED: dict[str, Callable[[Path, Path], object]] = {
    "edited": _edited,
    "gone": lambda path, _: remove(path),
    "a link": _linked,
    "a pipe": _pipe,
    "another file": _file,
    "a folder": _folder,
}
BESIDE: dict[str, Callable[[Path, Path], object]] = {
    "more": _added,
    "for its owner alone": lambda path, _: path.chmod(0o700),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_site_that_somebody_changed_is_made_anew(site: Path, elsewhere: Path, name: str) -> None:
    place(site, FILES)
    SPOILED[name](site / "b.json", elsewhere)
    assert place(site, FILES) == [*FILES] and holds(site, FILES)


@pytest.mark.parametrize("where", [".", "a", "a/b", *FILES, LAID])
@pytest.mark.parametrize("name", SPOILED | BESIDE)
def test_of_a_spare_that_somebody_changed_the_rest_is_taken(
    site: Path, elsewhere: Path, name: str, where: str
) -> None:
    for _ in range(2):
        place(site, FILES)
    (SPOILED | BESIDE)[name](site.with_name("reserve") / "site" / where, elsewhere)
    before = files(elsewhere)
    made = place(site, FILES)
    assert holds(site, FILES) and files(elsewhere) == before
    assert made == [] or name == "edited"


@pytest.mark.parametrize("address", ["../geheim", "a/../../geheim", "/etc/hostname"])
def test_who_writes_what_is_kept_takes_nothing_from_elsewhere(site: Path, address: str) -> None:
    """The entry has a seal and a sum that fit, of a file that lies outside the site."""
    place(site, FILES)
    (site.parent / "geheim").write_bytes(b"twee")
    (file,) = site.with_name("kept").iterdir()
    rewrite(file, b"b.json", address.encode())
    assert place(site, FILES) == [*FILES] and holds(site, FILES)
