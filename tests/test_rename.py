"""Hold what scripts/rename does: all that refers to a page follows it, its old address leads on,
and files stay whole whatever happens.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from building import ROOT, SITE, by_collection, environment, files
from kennisplatform import cli
from kennisplatform.content.copies import Mended, write
from kennisplatform.content.load import load_library
from kennisplatform.content.references import inside
from kennisplatform.loading import CACHE
from kennisplatform.model.library import Library, Page
from kennisplatform.model.schema import COLLECTIES, PAGES_IN

NEW = "een-andere-naam"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented content, in the folder in which commands run."""
    monkeypatch.chdir(tmp_path)
    return Path(copytree(SITE, "content"))


def rename(*arguments: str) -> int:
    return cli.main(["rename", "--content", "content", *arguments])


def load(content: Path) -> Library:
    return load_library(content, "content", cache=ROOT / CACHE, copy_of=SITE)


def referred_to(library: Library) -> dict[str, list[str]]:
    """Give, by its slug, where each page leads."""
    return {page.slug: list(targets(page)) for page in (*library.pages, *library.drafts)}


def targets(page: Page) -> list[str]:
    named = [slug for field in PAGES_IN for slug in getattr(page.velden, field)]
    paths = (inside(link.target, page.collectie.map) for link in page.body.links)
    return named + [p.partition("#")[0].rpartition("/")[2].removesuffix(".md") for p in paths]


def text_of(page: Page) -> str:
    return (SITE / page.path).read_text(encoding="utf-8")


def chosen() -> list[Page]:
    """The page of each collection that most lead to, and those that other files name."""
    library = load(SITE)
    leading = [target for page in library.pages for target in targets(page)]
    most = [
        max(pages, key=lambda p: leading.count(p.slug)) for pages in by_collection(library).values()
    ]
    scan, identity = library.zelfscan, library.identity
    assert scan and scan.onderscheid and identity.herkomst
    named = [library.by_slug[s] for s in (scan.onderscheid.instrument, identity.herkomst.pagina)]
    assert len(most) == len(COLLECTIES) and leading.count(most[0].slug) > 1
    return list({page.slug: page for page in (*most, *named)}.values())


@pytest.mark.parametrize("page", chosen(), ids=lambda page: page.path)
def test_all_that_refers_to_a_page_follows_it(
    page: Page, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, stood = load(content), files(content)
    assert rename(page.slug, NEW) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0] == (
        f"content/{page.path} → content/{page.path.replace(page.slug, NEW)}"
    )
    after = load(content)
    assert after.findings == ()
    to_new = {page.slug: NEW}
    assert referred_to(after) == {
        to_new.get(slug, slug): [to_new.get(one, one) for one in leads]
        for slug, leads in referred_to(before).items()
    }
    assert after.by_slug[NEW].velden.oude_adressen == (
        *page.velden.oude_adressen,
        f"/{page.address}",
    )
    new = content / page.path.replace(page.slug, NEW)
    added = set(new.read_text(encoding="utf-8").splitlines()) - set(text_of(page).splitlines())
    assert [line.partition(":")[0] for line in added] == ["oude_adressen"]
    assert cli.main(["fix", "--check", "--content", "content", str(new)]) == 0
    # And back: what its name was before leads on now, and all other files are what they were.
    assert rename(str(new), page.slug) == 0
    stands = files(content)
    assert {name for name in stood | stands if stood.get(name) != stands.get(name)} == {page.path}
    velden = load(content).by_slug[page.slug].velden
    new_address = f"/{page.collectie.slug}/{NEW}/"
    assert velden.oude_adressen == (*page.velden.oude_adressen, new_address)


def test_a_page_moves_to_another_folder_and_what_cannot_follow_is_told(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = max(by_collection(load(SITE))["publications"], key=lambda p: len(p.body.links))
    assert page.body.links
    old_soort = f"soort: {page.velden.soort}"
    assert rename(page.slug, f"content/events/{page.slug}.md") == 1
    said = capsys.readouterr().out
    assert "Dit herstelt u zelf:\n" in said and "[onbekend-soort]" in said
    file = content / "events" / f"{page.slug}.md"
    text = file.read_text(encoding="utf-8")
    soort = load(content).vocabulary.soorten_van("events")[0]
    file.write_text(text.replace(old_soort, f"soort: {soort}"), encoding="utf-8")
    left = [f for f in load(content).findings if f.code != "geen-instrument"]
    assert left == []


def test_the_first_page_of_a_folder_makes_that_folder(content: Path) -> None:
    page = chosen()[0]
    rmtree(content / "events")
    assert rename(page.slug, f"events/{NEW}") == 1  # its soort is none of that folder
    assert not (content / page.path).exists()
    assert page.address in (content / "events" / f"{NEW}.md").read_text(encoding="utf-8")


def test_a_draft_that_never_was_on_the_site_has_no_old_address(content: Path) -> None:
    draft = load(SITE).drafts[0]
    assert rename(draft.slug, NEW) == 0
    old = (SITE / draft.path).read_bytes()
    assert (content / draft.path.replace(draft.slug, NEW)).read_bytes() == old
    (content / "adressen.txt").write_text(f"/{draft.collectie.slug}/{NEW}/\n", encoding="utf-8")
    assert rename(NEW, draft.slug) == 0
    assert f"/{draft.collectie.slug}/{NEW}/" in (content / draft.path).read_text(encoding="utf-8")


def test_only_said_it_changes_nothing(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, stood = chosen()[0], files(content)
    assert rename(page.slug, NEW, "--check") == 0
    said = capsys.readouterr().out
    assert files(content) == stood
    assert said.count("te herstellen: ") > 1
    assert f"Het oude adres /{page.address} leidt door" in said
    assert "Er is niets veranderd." in said


def test_a_file_that_could_not_be_a_page_becomes_one(content: Path) -> None:
    page = chosen()[0]
    folder, wrong = content / page.collectie.map, "Mijn Goede Pagina"
    (content / page.path).rename(folder / f"{wrong}.md")
    assert rename(str(folder / f"{wrong}.md"), page.slug) == 0
    assert files(content) == files(SITE)
    (content / "praktijken").mkdir()
    (content / page.path).rename(content / "praktijken" / f"{page.slug}.Markdown")
    assert rename(f"content/praktijken/{page.slug}.Markdown", f"practices/{page.slug}") == 0
    (folder / "map").mkdir()
    (content / page.path).rename(folder / "map" / "index.md")
    assert rename(str(folder / "map" / "index.md"), page.slug) == 0
    assert files(content) == files(SITE)
    loose = folder / "Losse tekst.txt"
    loose.write_bytes(b"\xff zonder kop")
    assert rename(str(loose), "losse-tekst") == 1  # there is more to do
    assert (folder / "losse-tekst.md").read_bytes() == b"\xff zonder kop"


def test_of_two_pages_with_one_name_each_keeps_who_refers_to_it(content: Path) -> None:
    """A name is given by path, so that what refers to it by path is known."""
    page = chosen()[0]
    double = content / "instruments" / f"{page.slug}.md"
    text = re.sub("(?m)^(?=gemeente:|soort:)", "# ", text_of(page))
    double.write_text(text, encoding="utf-8")
    found = load(content).findings
    assert {f.code for f in found if page.slug in f.message} == {"zelfde-adres"}
    assert cli.main(["fix", "--content", "content"]) == 0
    assert rename(f"content/{page.path}", NEW) == 0
    texts = "".join(f.read_text(encoding="utf-8") for f in content.glob("practices/*.md"))
    assert f"({NEW}.md" in texts and f"({page.slug}.md" not in texts


def test_what_cannot_be_is_refused_and_nothing_is_changed(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, other = chosen()[:2]
    broken = content / "practices" / "stuk.md"
    broken.write_text("---\ntitel: A: b\n---\n", encoding="utf-8")
    stood = files(content)
    near = page.slug[:-1]
    for old, new, says in (
        (near, NEW, f"Er is geen pagina ‘{near}’. Bedoeld: ‘{page.slug}’?"),
        ("qqqq", NEW, "Er is geen pagina ‘qqqq’."),
        ("content/platform.yml", NEW, "content/platform.yml is geen pagina."),
        (page.slug, page.slug, f"De pagina heet al ‘{page.slug}’."),
        (
            page.slug,
            "Een Andere Naam",
            "‘Een Andere Naam’ kan geen adres worden: gebruik kleine letters, cijfers en "
            f"streepjes. Bedoeld: ‘{NEW}’?",
        ),
        (
            page.slug,
            "!",
            "‘!’ kan geen adres worden: gebruik kleine letters, cijfers en streepjes.",
        ),
        (page.slug, "pagina", "De naam ‘pagina’ gebruikt de site zelf. Kies een andere naam."),
        (
            page.slug,
            other.slug,
            f"content/{other.path} bestaat al en blijft zoals het is. Kies een andere naam.",
        ),
        (
            page.slug,
            f"praktijk/{NEW}",
            "‘praktijk’ is geen map met pagina’s. Zet er een voor: "
            f"{', '.join(f'{one}/{NEW}' for one in COLLECTIES)}.",
        ),
        ("stuk", NEW, "Zo kan de pagina niet worden gelezen. Herstel dat eerst."),
    ):
        assert rename(old, new) == 2
        assert capsys.readouterr().err.splitlines()[-1] == says
    assert files(content) == stood


def test_when_a_file_may_not_be_written_nothing_is(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, stood = chosen()[0], files(content)
    following = next(p for p in load(SITE).pages if page.slug in targets(p))
    (content / following.path).chmod(0o444)
    assert rename(page.slug, NEW) == 2
    assert files(content) == stood
    assert f"content/{following.path} kan niet worden geschreven" in capsys.readouterr().err


def test_when_a_place_is_taken_no_folder_is_left(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(b"x")
    goes = {"a": tmp_path / "nieuw" / "a", "b": tmp_path / "c"}
    files = [Mended(tmp_path / n, n, b"x", b"y", goes_to=to) for n, to in goes.items()]
    with pytest.raises(FileExistsError):
        write(files)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        "abc", b"x"
    )


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_stopped_while_it_writes_scripts_fix_does_the_rest(
    content: Path, number: signal.Signals
) -> None:
    page = chosen()[0]
    for n in range(12):
        copy = content / "practices" / f"p{n:02}.md"
        copy.write_text(f"{text_of(page)}\n[Verder](../{page.path})\n", encoding="utf-8")
    done = subprocess.Popen(
        [sys.executable, "-m", "kennisplatform", "rename", "--content", "content", page.slug, NEW],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while (content / page.path).exists() and done.poll() is None:
        time.sleep(0.0005)
    done.send_signal(number)
    done.wait()
    assert cli.main(["fix", "--content", "content"]) == 0
    # Killed, it has no time to clear away.
    assert {f.code for f in load(content).findings} <= {"vreemd-bestand"}
    assert f"{page.slug}.md" not in "".join(
        file.read_text(encoding="utf-8") for file in content.glob("*/*.md")
    )
