"""Make pages with scripts/new: what it writes is right, what it cannot write it says, and nothing is overwritten."""
from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from building import ROOT, environment
from kennisplatform.library import Pagina, load_library

ENOUGH = ("--samenvatting", "Een korte uitleg: voor raadsleden.", "--aandachtsveld", "Een krachtige gemeenteraad")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def new(content: Path, *arguments: str, answers: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command; with answers its input is a terminal on which they are typed."""
    command = [sys.executable, ROOT / "scripts" / "new.py", *arguments, "--content", content.name]
    if answers is None:
        return subprocess.run(command, cwd=content.parent, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True)
    keyboard, terminal = pty.openpty()
    os.write(keyboard, answers.encode())
    try:
        return subprocess.run(command, cwd=content.parent, env=environment(), stdin=terminal, capture_output=True, text=True)
    finally:
        os.close(keyboard)
        os.close(terminal)


def written(content: Path) -> Pagina:
    """Give the one page there is, which has no mistakes and is a draft."""
    library = load_library(content, "content", ROOT / "content")
    assert [str(f) for f in library.bevindingen] == []
    assert library.paginas == ()
    [page] = library.concepten
    return page


def files(content: Path) -> list[str]:
    return sorted(f.relative_to(content).as_posix() for f in content.rglob("*.md"))


@pytest.mark.parametrize(("kind", "file", "options"), [
    ("praktijk", "practices/een-dag-in-s-hertogenbosch.md", ("--gemeente", "'s-Hertogenbosch", "--gemeente", "Utrecht", "--soort", "leerkring")),
    ("instrument", "instruments/een-dag-in-s-hertogenbosch.md", ("--moeilijkheid", "laag")),
    ("publicatie", "publications/een-dag-in-s-hertogenbosch.md", ("--bron", "Rapport: deel 1", "--trefwoorden", "no")),
    ("bijeenkomst", "events/een-dag-in-s-hertogenbosch.md", ("--begin", "2026-03-09 19:30", "--plaats", "Utrecht")),
])
def test_what_is_written_passes_the_check_and_has_the_usual_headings(kind: str, file: str, options: tuple[str, ...], content: Path) -> None:
    done = new(content, kind, "Een dag in 's-Hertogenbosch", *ENOUGH, *options)
    assert done.returncode == 0, done.stderr
    assert files(content) == [file]
    page = written(content)
    assert [h.tekst for h in page.body.koppen] == list(page.collectie.koppen)
    assert page.velden.samenvatting == ENOUGH[1]
    for name, value in zip(options[::2], options[1::2], strict=True):
        assert name == "--bron" or value in str(getattr(page.velden, name.removeprefix("--")))
    assert f"scripts/check --content content content/{file}" in done.stdout


def test_the_usual_headings_are_those_the_pages_have() -> None:
    library = load_library(ROOT / "content", "content")
    explained = (ROOT / "docs" / "bijdragen.md").read_text(encoding="utf-8")
    for pages in library.per_collectie.values():
        used = {h.tekst for p in pages for h in p.body.koppen}
        assert [h for h in pages[0].collectie.koppen if h not in used and h not in explained] == []


@pytest.mark.parametrize(("arguments", "says"), [
    (("praktijk", "Titel"), "--samenvatting, --aandachtsveld en --gemeente of --provincie of --gemeente_aantal of --organisatie"),
    (("instrument", "Titel", "--samenvatting", "Kort."), "--aandachtsveld"),
    (("instrument", "!?", *ENOUGH), "letters of cijfers"),
    (("instrument", "Pagina", *ENOUGH), "gebruikt de site zelf"),
    (("praktijk", "Titel", *ENOUGH, "--gemeente", "Utregt"), "Er is niets geschreven"),
    (("praktijk", "Titel", *ENOUGH, "--gemeente_aantal", "veel"), "Er is niets geschreven"),
    (("praktijk", "<b>Titel</b>", *ENOUGH, "--gemeente", "Utrecht"), "Er is niets geschreven"),
    (("roman", "Titel"), "praktijk"),
])
def test_wrong_use_is_said_and_leaves_nothing(arguments: tuple[str, ...], says: str, content: Path) -> None:
    done = new(content, *arguments)
    assert done.returncode == 2
    assert says in done.stderr and "Traceback" not in done.stderr
    assert files(content) == []


def test_a_page_that_is_there_stays_as_it_is(content: Path) -> None:
    """Also one in another folder: they would have the same address."""
    assert new(content, "instrument", "Een dag", *ENOUGH).returncode == 0
    before = (content / "instruments" / "een-dag.md").read_bytes()
    for kind in ("instrument", "publicatie"):
        done = new(content, kind, "Een dag!", *ENOUGH)
        assert done.returncode == 2
        assert "content/instruments/een-dag.md bestaat al" in done.stderr
    assert files(content) == ["instruments/een-dag.md"]
    assert (content / "instruments" / "een-dag.md").read_bytes() == before


def test_what_is_not_given_is_asked_for_until_it_is_right(content: Path) -> None:
    answers = ["", "Een uitleg: kort.", "1, Beter betroken inwoners", "1, 3", "2", "Zwole", "Zwolle, Den Haag", "Een rapport"]
    done = new(content, "praktijk", "Een dag", answers="\n".join([*answers, ""]))
    assert done.returncode == 0, done.stdout + done.stderr
    fields = written(content).velden
    assert fields.samenvatting == "Een uitleg: kort."
    assert fields.aandachtsveld == ("Een krachtige gemeenteraad", "Beter betrokken inwoners")
    assert (fields.soort, fields.gemeente, fields.bronnen[0].titel) == ("leerkring", ("Zwolle", "Den Haag"), "Een rapport")
    for says in ("samenvatting is nodig", "Bedoeld: ‘Beter betrokken inwoners’?", "‘Zwole’ bestaat niet. Bedoeld: ‘Zwolle’?"):
        assert says in done.stdout


def test_a_place_of_one_kind_is_enough_and_one_is_needed(content: Path) -> None:
    answers = ["Kort.", "1", "", "", "", "", "", "VNG", ""]
    done = new(content, "praktijk", "Een dag", answers="\n".join([*answers, ""]))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "organisatie is nodig" in done.stdout
    assert written(content).velden.organisatie == ("VNG",)


@pytest.mark.parametrize("typed", ["23", "onbekend"])
def test_municipalities_may_be_a_number_or_unknown(typed: str, content: Path) -> None:
    asked = new(content, "praktijk", "Een dag", answers="\n".join(["Kort.", "1", "", "", "", "veel", typed, "", ""]))
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert "‘veel’ is geen getal" in asked.stdout
    assert str(written(content).velden.gemeente_aantal) == typed
    (content / "practices" / "een-dag.md").unlink()
    assert new(content, "praktijk", "Een dag", *ENOUGH, "--gemeente_aantal", typed).returncode == 0
    assert str(written(content).velden.gemeente_aantal) == typed


def test_stopping_half_way_leaves_nothing(content: Path) -> None:
    done = new(content, "instrument", "Een dag", answers="Kort.\n\x04")
    assert done.returncode == 130
    assert "Er is niets geschreven" in done.stderr and "Traceback" not in done.stderr
    assert files(content) == []
