"""Make pages with scripts/new: what it writes is right, what it cannot write it says, nothing is
overwritten and nothing typed is lost.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

import new as command
from building import FROZEN, ROOT, SITE, by_collection, environment, pages
from kennisplatform.content.load import load_library
from kennisplatform.model.library import Page
from ready import run, start

ENOUGH = (
    "--samenvatting",
    "Een korte uitleg: voor dorpsraden.",
    "--aandachtsveld",
    "Buurten aan zet",
)
NEW = str(ROOT / "scripts" / "new.py")
LEFT, UP = "\x1b[D", "\x1b[A"
PATIENCE = 60
"""Seconds that a question may take on a busy machine."""


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


New = Callable[..., Done]


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder without pages, below the folder that the command runs in."""
    monkeypatch.chdir(tmp_path)
    return pages(tmp_path / "content", {})


@pytest.fixture
def new(content: Path, capfd: pytest.CaptureFixture[str]) -> New:
    """The command, with nobody to ask."""

    def run(*arguments: str) -> Done:
        try:
            status = command.main([*arguments, "--content", "content"])
        except SystemExit as left:
            status = int(left.code or 0)
        return Done(status, *capfd.readouterr())

    return run


def answered(content: Path, *arguments: str, answers: str) -> subprocess.CompletedProcess[str]:
    """Run the command with a terminal on which the answers are typed, and no line editor: what it
    writes goes elsewhere.
    """
    keyboard, terminal = pty.openpty()
    os.write(keyboard, answers.encode())
    try:
        return run(
            NEW,
            *arguments,
            *("--content", content.name),
            cwd=content.parent,
            env=environment(),
            patience=PATIENCE,
            terminal=terminal,
        )
    finally:
        os.close(keyboard)
        os.close(terminal)


class Terminal:
    """A person at a terminal: presses keys, and sees what the command writes there."""

    def __init__(self, content: Path, *arguments: str) -> None:
        self.keyboard, terminal = pty.openpty()
        self.process = start(
            NEW,
            *arguments,
            *("--content", content.name),
            cwd=content.parent,
            env=environment(TERM="xterm"),
            streams=[terminal] * 3,
        )
        os.close(terminal)
        self.seen = ""

    def sees(self, text: str) -> None:
        """Wait until a text is on the screen, after what was waited for before."""
        end = time.monotonic() + PATIENCE
        while text not in self.seen:
            assert time.monotonic() < end, self.seen
            if select.select([self.keyboard], [], [], 1)[0]:
                with suppress(OSError):  # the command has ended
                    self.seen += os.read(self.keyboard, 10_000).decode()
        self.seen = self.seen.partition(text)[2]

    def is_asked(self, about: str) -> None:
        """Wait for a question and for its prompt: what is typed before that, no line editor
        sees.
        """
        self.sees(about)
        self.sees("> ")

    def types(self, keys: str) -> None:
        os.write(self.keyboard, keys.encode())

    def stops(self, how: str | int) -> None:
        """Press a key or send a signal, once more when the command had its hands full: Python may
        miss one between two keys.
        """
        while self.process.is_alive():
            if isinstance(how, str):
                self.types(how)
            elif self.process.pid:
                os.kill(self.process.pid, how)
            self.process.join(timeout=5)

    def hang_up(self) -> None:
        """Close the terminal, as when its window or connection goes."""
        if self.keyboard >= 0:
            os.close(self.keyboard)
        self.keyboard = -1

    def ends(self) -> tuple[int | None, str]:
        """Read to the end, and give the exit status and what was seen."""
        with suppress(OSError):
            while more := os.read(self.keyboard, 10_000):
                self.seen += more.decode()
        self.process.join(timeout=PATIENCE)
        return self.process.exitcode, self.seen


@contextmanager
def terminal(content: Path, *arguments: str) -> Iterator[Terminal]:
    opened = Terminal(content, *arguments)
    try:
        yield opened
    finally:
        opened.process.kill()
        opened.process.join()
        opened.hang_up()


def written(content: Path) -> Page:
    """Give the one page there is, which has no mistakes and is a draft."""
    library = load_library(content, "content", SITE)
    assert [str(f) for f in library.findings] == []
    assert library.pages == ()
    [page] = library.drafts
    return page


def files(content: Path) -> list[str]:
    return sorted(
        f.relative_to(content).as_posix()
        for f in content.glob("*/*.md")
        if f.parent.name != "vocabulary"
    )


def draft_in(content: Path) -> str:
    [file] = (content / name for name in files(content))
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "file", "options"),
    [
        (
            "praktijk",
            "practices/een-dag-in-s-heerenbeek.md",
            ("--gemeente", "'s-Heerenbeek", "--gemeente", "Esdorp", "--soort", "kijkdag"),
        ),
        ("instrument", "instruments/een-dag-in-s-heerenbeek.md", ("--moeilijkheid", "laag")),
        (
            "publicatie",
            "publications/een-dag-in-s-heerenbeek.md",
            ("--bron", "Rapport: deel 1", "--trefwoorden", "no"),
        ),
        (
            "bijeenkomst",
            "events/een-dag-in-s-heerenbeek.md",
            ("--begin", "2026-03-09 19:30", "--plaats", "Esdorp"),
        ),
    ],
)
def test_what_is_written_passes_the_check_and_has_the_usual_headings(
    kind: str, file: str, options: tuple[str, ...], content: Path, new: New
) -> None:
    done = new(kind, "Een dag in 's-Heerenbeek", *ENOUGH, *options)
    assert done.returncode == 0, done.stderr
    assert files(content) == [file]
    page = written(content)
    assert [h.text for h in page.body.headings] == list(page.collectie.koppen)
    assert page.velden.samenvatting == ENOUGH[1]
    for name, value in zip(options[::2], options[1::2], strict=True):
        assert name == "--bron" or value in str(getattr(page.velden, name.removeprefix("--")))


def test_it_ends_with_what_to_run_next(content: Path, new: New) -> None:
    """As it can be typed where the command ran, and with the whole address of the page."""
    said = new("agenda", "Een", "dag", *ENOUGH).stdout
    assert (
        f"{ROOT}/scripts/serve --content content\n" in said
        and "http://127.0.0.1:8000/agenda/een-dag/\n" in said
        and "met --port een andere poort" in said
    )
    assert f"{ROOT}/scripts/check --content content content/events/een-dag.md\n" in said
    assert "concept: ja" in said and "voorstel" in said


def test_the_usual_headings_are_those_the_pages_have() -> None:
    library = load_library(FROZEN, "content")
    explained = (ROOT / "docs" / "bijdragen.md").read_text(encoding="utf-8")
    for found in by_collection(library).values():
        used = {h.text for p in found for h in p.body.headings}
        assert [h for h in found[0].collectie.koppen if h not in used and h not in explained] == []


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (
            ("praktijk", "Buurtbegroting", "in", "de", "wijk", *ENOUGH, "--gemeente", "Esdorp"),
            "practices/buurtbegroting-in-de-wijk.md",
        ),
        ((*ENOUGH, "instrument", "Buurt", "-", "en", "wijk"), "instruments/buurt-en-wijk.md"),
        (
            ("Instrumenten", "Buurt", *ENOUGH, "en", "instrument", "--soort", "rekenhulp", "samen"),
            "instruments/buurt-en-instrument-samen.md",
        ),
        (("KENNISBANK", "Buurt", *ENOUGH), "publications/buurt.md"),
        (("events", "Buurt", *ENOUGH), "events/buurt.md"),
    ],
)
def test_a_title_needs_no_quotes_and_a_kind_has_several_names(
    arguments: tuple[str, ...], file: str, content: Path, new: New
) -> None:
    done = new(*arguments)
    assert done.returncode == 0, done.stderr
    assert files(content) == [file]


def test_names_are_understood_in_other_case_and_in_one_option(content: Path, new: New) -> None:
    done = new(
        "praktijk",
        "Een dag",
        "--samenvatting",
        "Kort.",
        "--aandachtsveld",
        "buurten aan zet",
        "--gemeente",
        "brink, brug en broek en SUDERMAR",
        "--doelgroep",
        "Scholieren",
        "--bewijs",
        "Geëvalueerd",
        "--bron",
        "Verslag van de dag: https://esdorp.example/verslag",
    )
    assert done.returncode == 0, done.stderr
    fields = written(content).velden
    assert (fields.gemeente, fields.doelgroep, fields.bewijs) == (
        ("Brink, Brug en Broek", "Súdermar"),
        ("scholier",),
        "geevalueerd",
    )
    assert (fields.bronnen[0].titel, fields.bronnen[0].url) == (
        "Verslag van de dag",
        "https://esdorp.example/verslag",
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("praktijk", "Titel"),
            [
                "--samenvatting, --aandachtsveld en --gemeente of --provincie of "
                "--gemeente_aantal of --organisatie"
            ],
        ),
        (("instrument", "Titel", "--samenvatting", "Kort."), ["--aandachtsveld"]),
        (("instrument", *ENOUGH), ["titel"]),
        (("instrument", "!?", *ENOUGH), ["letters of cijfers"]),
        (("instrument", "Pagina", *ENOUGH), ["gebruikt de site zelf"]),
        (
            (
                "praktijk",
                "Titel",
                *ENOUGH,
                "--gemeente",
                "Esdrop",
                "--status",
                "afgrond",
                "--begin",
                "2026-01-01",
            ),
            ["--begin hoort niet bij een praktijk"],
        ),
        (
            ("praktijk", "Titel", *ENOUGH, "--gemeente", "Esdrop", "--status", "afgrond"),
            [
                "‘Esdrop’ bestaat niet. Bedoeld: ‘Esdorp’?  Alle waarden: http://127.0.0.1:8000/bijdragen/velden/#gemeente",
                "Bedoeld: ‘afgerond’?",
            ],
        ),
        (("praktijk", "Titel", *ENOUGH, "--gemeente_aantal", "veel"), ["‘veel’ is geen getal"]),
        (("praktijk", "<b>Titel</b>", *ENOUGH, "--gemeente", "Esdorp"), ["bevat HTML"]),
        (
            ("praktijk", "Titel", *ENOUGH, "--gemeente", "Esdorp", "--contact", "de\u202egriffie"),
            ["onzichtbaar teken"],
        ),
        (("roman", "Titel"), ["praktijk, instrument, publicatie of bijeenkomst"]),
        (("praktjk", "Titel"), ["Bedoeld: ‘praktijk’?"]),
        ((), ["praktijk, instrument, publicatie of bijeenkomst"]),
    ],
)
def test_wrong_use_is_said_all_at_once_and_leaves_nothing(
    arguments: tuple[str, ...], says: list[str], content: Path, new: New
) -> None:
    done = new(*arguments)
    assert done.returncode == 2
    for part in says:
        assert part in done.stderr
    assert done.stderr.endswith("Er is niets geschreven.\n")
    assert files(content) == []


def test_a_page_that_is_there_stays_as_it_is(content: Path, new: New) -> None:
    """Also one in another folder: they would have the same address."""
    assert new("instrument", "Een dag", *ENOUGH).returncode == 0
    before = (content / "instruments" / "een-dag.md").read_bytes()
    for kind in ("instrument", "publicatie"):
        done = new(kind, "Een dag!", *ENOUGH)
        assert done.returncode == 2
        assert "content/instruments/een-dag.md bestaat al" in done.stderr
    assert files(content) == ["instruments/een-dag.md"]
    assert (content / "instruments" / "een-dag.md").read_bytes() == before


def test_a_draft_with_a_mistake_is_written_and_the_mistake_told(content: Path, new: New) -> None:
    """Of what only the check of all pages can see."""
    done = new("instrument", "Een dag", *ENOUGH, "--gerelateerd", "er-is-niets")
    assert done.returncode == 1
    assert (
        "content/instruments/een-dag.md:6: fout: gerelateerd: er is geen pagina ‘er-is-niets’"
        in done.stdout
        and "Zo gaat u verder" in done.stdout
    )
    assert files(content) == ["instruments/een-dag.md"]


def test_a_text_that_cannot_be_written_is_shown(content: Path, new: New) -> None:
    (content / "instruments").write_text("", encoding="utf-8")
    done = new("instrument", "Een dag", *ENOUGH)
    assert done.returncode == 2
    assert (
        'samenvatting: "Een korte uitleg: voor dorpsraden."\n' in done.stdout
        and "kopieer" in done.stderr
    )


def test_what_is_not_given_is_asked_for_until_it_is_right(content: Path) -> None:
    """A title, then the rest; a list by number or by name, in any case."""
    answers = [
        "!",
        "Een dag",
        "",
        "Een uitleg: kort.",
        "1, Jong en oud saam",
        "1, jong en oud samen",
        "2",
        "Esdrop",
        "esdorp, Brink, Brug en Broek",
        "Een rapport, https://esdorp.example/rapport",
    ]
    done = answered(
        content,
        "praktijk",
        "--status",
        "afgrond",
        answers="\n".join([*answers[:2], "Afgerond", *answers[2:], ""]),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    fields = written(content).velden
    assert (fields.titel, fields.samenvatting, fields.status) == (
        "Een dag",
        "Een uitleg: kort.",
        "afgerond",
    )
    assert fields.aandachtsveld == ("Buurten aan zet", "Jong en oud samen")
    assert (fields.soort, fields.gemeente) == ("kijkdag", ("Esdorp", "Brink, Brug en Broek"))
    assert (fields.bronnen[0].titel, fields.bronnen[0].url) == (
        "Een rapport",
        "https://esdorp.example/rapport",
    )
    for says in (
        "letters of cijfers",
        "Bedoeld: ‘afgerond’?",
        "samenvatting is nodig",
        "Bedoeld: ‘Jong en oud samen’?",
        "‘Esdrop’ bestaat niet. Bedoeld: ‘Esdorp’?",
    ):
        assert says in done.stdout


def test_a_kind_is_asked_for_too_and_a_place_of_one_kind_is_enough(content: Path) -> None:
    rest = ["Kort.", "1", "", "", "", "veel", "", "", "bsd", ""]
    done = answered(
        content, "Praktisch", "leren", answers="\n".join(["roman", "Praktijken", *rest, ""])
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for says in (
        "‘roman’ is geen soort pagina.",
        "‘veel’ is geen getal",
        "organisatie is nodig",
    ):
        assert says in done.stdout
    assert (written(content).titel, written(content).velden.organisatie) == (
        "Praktisch leren",
        ("BSD",),
    )
    done = answered(content, "praktjk", "Een", "dag", answers="\n".join(["", *rest, ""]))
    assert "met ‘praktjk’ bedoelt u praktijk" in done.stdout
    assert files(content) == ["practices/een-dag.md", "practices/praktisch-leren.md"]


def test_a_name_that_is_taken_is_said_before_anything_is_asked(content: Path, new: New) -> None:
    assert new("instrument", "Een dag", *ENOUGH).returncode == 0
    done = answered(content, "publicatie", "Een dag", answers="\x04")
    assert (
        done.stdout.startswith("content/instruments/een-dag.md bestaat al")
        and "een-dag-2.md" in done.stdout
    )
    assert "Er is niets geschreven" in done.stderr
    done = answered(content, "publicatie", "Een dag", *ENOUGH, answers="\n\n\n")
    assert done.returncode == 0, done.stdout + done.stderr
    done = answered(content, "publicatie", "Een dag", *ENOUGH, answers="Nog een dag\n\n\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert files(content) == [
        "instruments/een-dag.md",
        "publications/een-dag-2.md",
        "publications/nog-een-dag.md",
    ]


@pytest.mark.parametrize("typed", ["23", "onbekend"])
def test_municipalities_may_be_a_number_or_unknown(typed: str, content: Path, new: New) -> None:
    assert new("praktijk", "Een dag", *ENOUGH, "--gemeente_aantal", typed).returncode == 0
    assert str(written(content).velden.gemeente_aantal) == typed


def test_answers_can_be_edited_and_come_back(content: Path) -> None:
    """With the arrow keys: within a line, and to what was typed before."""
    with terminal(content, "instrument", "Een", "dag") as person:
        person.is_asked("samenvatting")
        person.types(f"Een uileg.{LEFT * 4}t\n")
        person.is_asked("aandachtsveld")
        person.types("Jong en oud saen\n")
        person.is_asked("Bedoeld: ‘Jong en oud samen’?")
        person.types(f"{UP}{LEFT * 2}m\n")
        for about in ("soort", "doelgroep", "bron"):
            person.is_asked(about)
            person.types("\n")
        status, seen = person.ends()
    assert status == 0, seen
    assert written(content).velden.samenvatting == "Een uitleg."
    assert written(content).velden.aandachtsveld == ("Jong en oud samen",)


@pytest.mark.parametrize(
    ("stop", "status"), [("\x03", 130), ("\x04", 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_whoever_stops_keeps_what_was_typed(stop: str | int, status: int, content: Path) -> None:
    """Also an answer that was refused, and one that is half typed."""
    with terminal(content, "instrument", "Een", "dag", "--bewijs", "proef") as person:
        person.is_asked("samenvatting")
        person.types("Een uitleg.\n")
        person.is_asked("aandachtsveld")
        person.types("Jong en oud saen\n")
        person.is_asked("Bedoeld")
        if stop != "\x04":  # Ctrl-D on a line that is not empty only takes a letter away
            person.types("buurten aan ze")
            person.sees("ze")
        person.stops(stop)
        ended, seen = person.ends()
    assert ended == status and "Traceback" not in seen
    assert (
        "content/instruments/een-dag.md (" in seen
        and "scripts/check --content content content/instruments/een-dag.md" in seen
    )
    kept = "Jong en oud saen" if stop == "\x04" else "buurten aan ze"
    for line in (
        "titel: Een dag",
        "samenvatting: Een uitleg.",
        f"aandachtsveld: [{kept}]",
        "bewijs: proef",
        "concept: ja",
    ):
        assert f"{line}\n" in draft_in(content)


def test_closing_the_terminal_keeps_what_was_typed(content: Path) -> None:
    with terminal(content, "instrument", "Een dag") as person:
        person.is_asked("samenvatting")
        person.types("Een uitleg.\n")
        person.is_asked("aandachtsveld")
        person.hang_up()
        person.process.join(timeout=PATIENCE)
        assert person.process.exitcode == 129
    assert "samenvatting: Een uitleg.\naandachtsveld:\n" in draft_in(content)


def test_a_title_alone_is_nothing_to_keep(content: Path) -> None:
    with terminal(content, "instrument", "Een dag") as person:
        person.is_asked("samenvatting")
        person.stops("\x03")
        status, seen = person.ends()
    assert status == 130 and "Er is niets geschreven. U typte: ‘Een dag’." in seen
    assert files(content) == []


@pytest.mark.parametrize("words", [(), ("instrument",)])
def test_without_a_title_there_is_nothing_to_keep(words: tuple[str, ...], content: Path) -> None:
    with terminal(content, *words) as person:
        person.sees("> ")
        person.stops("\x03")
        status, seen = person.ends()
    assert status == 130 and "Er is niets geschreven" in seen
    assert files(content) == []


def test_a_title_that_is_half_typed_is_told_again(content: Path) -> None:
    with terminal(content, "instrument") as person:
        person.sees("> ")
        person.types("Een da")
        person.sees("da")
        person.stops("\x03")
        status, seen = person.ends()
    assert status == 130 and "Er is niets geschreven. U typte: ‘Een da’." in seen
