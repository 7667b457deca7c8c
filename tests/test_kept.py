"""What was read before is kept in a file: reading with it gives what reading without it gives,
whatever was edited and whoever wrote that file.
"""

from __future__ import annotations

import hmac
import os
import pickle
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from make_corpus import maak

from building import FROZEN, ROOT, SITE, TODAY, environment, part_of_the_examples
from edits import EDITS, ELSEWHERE, PAGES, parts, rewrite
from kennisplatform.content import reading
from kennisplatform.content.advice import advise
from kennisplatform.content.frontmatter import read_document
from kennisplatform.content.kept import MOST_FILES, Kept, seal
from kennisplatform.content.load import load_library
from kennisplatform.content.reading import JUDGED, MANY_PAGES
from kennisplatform.content.validation import read_fields
from kennisplatform.loading import CACHE
from kennisplatform.model.facets import values_by_facet
from kennisplatform.model.library import Library
from kennisplatform.model.vocabulary import Entry, Taal, Vocabulary


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(SITE, tmp_path / "content")


def read(content: Path, cache: Path | None = None) -> Library:
    """Read as another process does."""
    JUDGED.forget()
    return load_library(content, "content", cache=cache)


def kept_in(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def test_what_is_kept_is_what_was_read(content: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    whole = read(content)
    assert whole.findings == () and read(content, cache) == whole
    vocabulary = 1
    assert [len(part) for part in parts(kept_in(cache))] == [
        len((*whole.pages, *whole.drafts)) + vocabulary
    ]
    written = kept_in(cache).stat()
    assert read(content, cache) == whole
    assert kept_in(cache).stat() == written  # nothing changed, so nothing is written


def test_only_what_is_new_is_written_until_much_is_of_no_use(content: Path, tmp_path: Path) -> None:
    cache, page = tmp_path / "cache", content / PAGES[0]
    read(content, cache)
    times = []
    for number in range(3 * len(PAGES)):
        page.write_text(f"{page.read_text(encoding='utf-8')}\n{number}\n", encoding="utf-8")
        assert read(content, cache) == read(content)
        times.append([len(part) for part in parts(kept_in(cache))])
    assert times[0][1:] == [1] and times[1][1:] == [1, 1]
    whole = [n for n, found in enumerate(times) if len(found) == 1]
    assert whole and times[whole[0]] == times[0][:1]  # all that was read, and nothing of before


def test_what_is_added_lies_beside_what_nobody_asked_for(tmp_path: Path) -> None:
    for number in range(9):
        one = Kept(tmp_path, tmp_path)
        assert one.take(f"{number - 1}") == (b"%d" % (number - 1) if number else None)
        one.keep(f"{number}", b"%d" % number)
        one.add()
        one.add()  # there is nothing new
    kept = Kept(tmp_path, tmp_path)
    assert [kept.take(f"{number}") for number in range(9)] == [b"%d" % n for n in range(9)]
    assert len(parts(kept_in(tmp_path))) == 9


def test_a_server_with_many_new_pages_loses_no_others(tmp_path: Path) -> None:
    content, cache, pages = tmp_path / "content", tmp_path / "cache", 2 * MANY_PAGES + 50
    maak(pages, content, seed="1", platform=True)
    JUDGED.forget()
    load_library(content, "content", ROOT / "content", cache=cache)
    for file in sorted(content.glob("*/*.md"))[: MANY_PAGES + 10]:
        file.write_text(file.read_text(encoding="utf-8") + "\nErbij.\n", encoding="utf-8")
    assert len(load_library(content, "content", ROOT / "content", cache=cache).pages) == pages
    kept = Kept(cache, content)
    files = [*content.glob("*/*.md")]
    known = [kept.key(f.parent.name.encode(), f.read_bytes()) for f in files]
    assert len(files) == pages and all(map(kept.take, known))


def test_of_many_new_pages_is_told_what_is_told_of_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "content"
    maak(MANY_PAGES + 10, content, seed="1", platform=True)
    for number, file in enumerate(sorted(content.glob("*/*.md"))):
        if number % 3 == 0:
            file.write_text(file.read_text(encoding="utf-8") + "\n<b>vet</b>\n", encoding="utf-8")
    JUDGED.forget()
    many = load_library(content, "content", ROOT / "content")
    monkeypatch.setattr(reading, "MANY_PAGES", 10 * MANY_PAGES)
    JUDGED.forget()
    assert load_library(content, "content", ROOT / "content") == many
    assert len(many.findings) > MANY_PAGES / 4 and len(many.pages) > MANY_PAGES / 2


def test_what_an_editor_takes_back_does_not_come_back(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is saved while it is read is kept as what was read of it."""
    cache, page = tmp_path / "cache", content / PAGES[0]
    before = page.read_text(encoding="utf-8")
    whole, found = read(content), reading.Reader.read_all

    def while_somebody_saves(reader: reading.Reader) -> Any:
        page.write_text(before + "\nTeruggenomen.\n", encoding="utf-8")
        return found(reader)

    with monkeypatch.context() as patch:
        patch.setattr(reading.Reader, "read_all", while_somebody_saves)
        read(content, cache)
    page.write_text(before, encoding="utf-8")
    assert load_library(content, "content", cache=cache) == whole == read(content, cache)


def test_a_load_that_fails_leaves_nothing_judged_by_what_it_was_to_be(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(content)
    ELSEWHERE["a name of the vocabulary"](content)
    with monkeypatch.context() as patch:
        patch.setattr(reading.Reader, "read_all", lambda reader: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load_library(content, "content")
    assert load_library(content, "content").findings == read(content).findings != ()


@pytest.mark.parametrize(
    ("edit", "anew"),
    [
        ("what is told of a name", False),
        ("a name more", False),
        ("a name for another", True),
        ("more inhabitants", True),
    ],
)
def test_pages_are_judged_anew_only_when_a_name_means_something_else(
    content: Path, edit: str, anew: bool
) -> None:
    whole = read(content)
    ELSEWHERE[edit](content)
    with patch("kennisplatform.content.reading.values_by_facet", wraps=values_by_facet) as judged:
        served = load_library(content, "content")
    assert judged.called == anew and served.vocabulary != whole.vocabulary
    assert served == read(content)


@pytest.mark.parametrize("kind", [kind for kind in ELSEWHERE if "or can again" in kind])
def test_what_could_not_be_judged_comes_back_when_names_can_be_read_again(
    content: Path, kind: str
) -> None:
    whole = read(content)
    ELSEWHERE[kind](content)
    assert len(load_library(content, "content").pages) < len(whole.pages)
    ELSEWHERE[kind](content)
    assert load_library(content, "content") == whole


def told_otherwise(vocabulary: Vocabulary) -> Vocabulary:
    """Change all that is told of names, but not what they stand for."""
    means = {"naam", "voluit", "collectie"}

    def entry(one: Entry) -> Entry:
        said = {name: f"anders {value}" for name, value in one if name not in means}
        return one.model_copy(update=said)

    lists = {facet: tuple(map(entry, of)) for facet, of in vocabulary.lijsten.items()}
    return replace(vocabulary, lijsten=lists, synoniemen=(), taal=Taal(), contacten={})


@pytest.mark.parametrize("folder", [SITE, FROZEN])
def test_what_pages_have_follows_from_what_names_stand_for(folder: Path) -> None:
    """Also of a facet that comes: what a server or a cache keeps goes by that alone."""
    library = load_library(folder, "content", ROOT / "content")
    other = told_otherwise(library.vocabulary)
    assert other != library.vocabulary and other.betekenissen == library.vocabulary.betekenissen
    for page in (*library.pages, *library.drafts):
        assert values_by_facet(page.velden, other) == page.values
        document, _ = read_document(folder / page.path, page.path)
        assert document
        fields, _ = read_fields(document, page.collectie, other)
        assert fields == page.velden


def test_advice_names_a_page_as_it_is_called_now(content: Path, tmp_path: Path) -> None:
    """An instrument that no practice names is told by its name how it could be."""
    file = content / "instruments" / "werknaam.md"
    shutil.copy(min(file.parent.glob("*.md")), file)
    said = []
    for name in ("werknaam", "echte-naam"):
        file = file.rename(file.with_name(f"{name}.md"))
        kept = Kept(tmp_path / "cache", content / "advies")
        told = advise(read(content), "content", TODAY, kept=kept)
        said += [f.repair for f in told if f.path.endswith(file.name) and f"[{name}]" in f.repair]
    assert len(said) == 2


def test_a_file_of_names_that_cannot_be_read_is_not_one_that_is_not_there(
    content: Path, tmp_path: Path
) -> None:
    cache, file = tmp_path / "cache", content / "vocabulary" / "contacten.csv"
    file.unlink(missing_ok=True)
    read(content, cache)
    file.write_bytes(b"x" * 3_000_000)
    assert read(content, cache).findings == read(content).findings != ()


def test_after_what_is_half_written_nothing_is_added(content: Path, tmp_path: Path) -> None:
    """Such as when a disk was full, or the process was ended."""
    cache, page = tmp_path / "cache", content / PAGES[0]
    read(content, cache)
    page.write_text(page.read_text(encoding="utf-8") + "\nErbij.\n", encoding="utf-8")
    whole = read(content, cache)
    written = kept_in(cache).read_bytes()
    for length in (len(written) - 1, len(written) - 2000, 1000):
        kept_in(cache).write_bytes(written[:length])
        assert read(content, cache) == whole
        assert len(parts(kept_in(cache))) == 1


def test_a_page_that_did_not_change_is_not_read_again(content: Path, tmp_path: Path) -> None:
    """Shown by a text that only the file of what was kept has."""
    cache = tmp_path / "cache"
    read(content, cache)
    rewrite(kept_in(cache), b"Het begon klein.", b"Het begon groot.")
    kept = read(content, cache)
    assert any("Het begon groot." in page.body.html for page in kept.pages)
    for page in content.glob("*/*.md"):
        page.write_text(page.read_text(encoding="utf-8") + "\nErbij.\n", encoding="utf-8")
    assert read(content, cache) == read(content)


class Payload:
    """What runs when somebody unpickles it."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.trace),)


def sealed_elsewhere(whole: bytes) -> bytes:
    seal = hmac.digest(secrets.token_bytes(32), whole, "sha256")
    return len(whole).to_bytes(8) + seal + whole


@pytest.mark.parametrize("pack", [bytes, lambda whole: bytes(40) + whole, sealed_elsewhere])
def test_nothing_runs_of_who_can_write_the_file_but_not_seal_it(
    content: Path, tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    cache, trace = tmp_path / "cache", tmp_path / "uitgevoerd"
    whole = read(content, cache)
    kept_in(cache).write_bytes(pack(pickle.dumps(Payload(trace))))
    assert read(content, cache) == whole
    assert not trace.exists()


def test_what_was_kept_elsewhere_is_read_anew(content: Path, tmp_path: Path) -> None:
    """Such as in a pipeline, by who could not write the environment: other words, a script."""
    cache = tmp_path / "cache"
    whole = read(content, cache)
    rewrite(kept_in(cache), b"Het begon klein.", b"<script>alert(1)")
    changed = kept_in(cache).read_bytes()
    assert b"<script>alert(1)" in changed
    kept_in(cache).write_bytes(sealed_elsewhere(changed[40:]))
    assert read(content, cache) == whole


def test_the_secret_of_a_seal_lies_in_the_environment_and_nobody_else_may_read_it() -> None:
    seal(b"")
    file = Path(sys.prefix, "zegel")
    assert len(file.read_bytes()) == 32
    assert file.stat().st_mode & 0o077 == 0


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "half": lambda raw: raw[: len(raw) // 2],
    "another seal": lambda raw: raw[:8] + bytes(8) + raw[16:],
    "another length": lambda raw: bytes([255]) + raw[1:],
    "a length too short": lambda raw: bytes(8) + raw[8:],
    "a letter": lambda raw: raw.replace(b"klein", b"groot"),
    "a letter more": lambda raw: raw + b".",
    "noise": lambda raw: bytes(range(256)) * 40,
    "no seal": lambda raw: raw[:8] + raw[40:],
    "nulls": lambda raw: raw[:900] + bytes(len(raw) - 900),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_file_is_noticed_and_made_anew(content: Path, tmp_path: Path, name: str) -> None:
    cache = tmp_path / "cache"
    whole = read(content, cache)
    file = kept_in(cache)
    good = file.read_bytes()
    file.write_bytes(DAMAGE[name](good))
    assert file.read_bytes() != good
    assert read(content, cache) == whole
    written = file.stat().st_ino
    assert read(content, cache) == whole
    assert file.stat().st_ino == written  # it was whole again, and not written anew


def test_where_nothing_can_be_kept_all_is_read(content: Path, tmp_path: Path) -> None:
    whole, taken = read(content), tmp_path / "cache"
    taken.write_text("een bestand", encoding="utf-8")
    assert read(content, taken) == whole
    assert read(content, Path("/proc/cache")) == whole


def test_a_full_disk_costs_only_what_would_be_kept(content: Path, tmp_path: Path) -> None:
    """No file may become larger than 5 kB, as on a disk that is full after that."""
    texts = shutil.copytree(content / "events", tmp_path / "teksten" / "events").parent
    program = f"""
import resource
from pathlib import Path
from kennisplatform.content.kept import MOST_FILES
from kennisplatform.content.load import load_library
from kennisplatform.content.reading import JUDGED
resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
content, defaults = Path({str(texts)!r}), Path({str(SITE)!r})
print(len(load_library(content, "content", defaults, cache=Path("cache")).pages))
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == len(load_library(texts, "content", SITE).pages) > 0
    assert [*(tmp_path / "cache").iterdir()] == []


def test_only_a_few_files_stay(content: Path, tmp_path: Path) -> None:
    """A folder is no such file: sites are kept there too."""
    cache = tmp_path / "cache"
    (cache / "sites").mkdir(parents=True)
    os.utime(cache / "sites", (0, 0))
    for number in range(MOST_FILES + 2):
        folder = shutil.copytree(content / "events", tmp_path / str(number) / "events").parent
        load_library(folder, "content", SITE, cache=cache)
    assert len([*cache.iterdir()]) == MOST_FILES + 1 and (cache / "sites").is_dir()


ONE_EDIT = st.one_of(
    st.tuples(st.sampled_from(sorted(EDITS)), st.sampled_from(PAGES)),
    st.tuples(st.sampled_from(sorted(ELSEWHERE)), st.none()),
)


@part_of_the_examples(0.02)
@example(edits=[("an image, and a slash", PAGES[0]), ("the size of an image", None)])
@given(edits=st.lists(ONE_EDIT, min_size=1, max_size=6))
def test_after_any_edits_all_is_as_if_nothing_was_kept(
    edits: list[tuple[str, Path | None]],
) -> None:
    with TemporaryDirectory() as folder:
        content = shutil.copytree(SITE, Path(folder, "content"))
        advise(
            read(content, Path(folder, "cache")),
            "content",
            TODAY,
            kept=Kept(Path(folder, "cache"), content / "advies"),
        )
        for name, page in edits:
            if page:
                EDITS[name](content / page)
            else:
                ELSEWHERE[name](content)
            served = load_library(content, "content", cache=Path(folder, "cache"))
            anew = read(content)
            assert served == anew == read(content, Path(folder, "cache"))
            of_before = Kept(Path(folder, "cache"), content / "advies")
            for day in (TODAY, TODAY.replace(year=TODAY.year + 5)):
                advice = advise(anew, "content", day)
                assert advise(served, "content", day, kept=of_before) == advice


def test_a_check_and_a_build_use_the_same_file() -> None:
    """It lies in the project, where Git passes over it and a pipeline can keep it."""
    said = subprocess.run(
        ["git", "check-ignore", "-q", f"{CACHE}/iets"], cwd=ROOT, capture_output=True
    )
    assert said.returncode == 0
