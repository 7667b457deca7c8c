"""Read a file as text, and say where in it something stands."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import NamedTuple

from kennisplatform.content.privacy import of_persons
from kennisplatform.model.findings import Finding, Fix, Meant, Severity
from kennisplatform.model.text import hidden

MAX_BYTES = 200_000
"""A page of 400 words is about 3 kB; beyond this a file is no page but a dump."""
MAX_LINES = 3_000
MAX_LINE = 5_000
"""Characters on one line: a long paragraph has about 1,500."""

SYMLINK = (
    "symbolische-koppeling",
    "dit is een symbolische koppeling (symlink), geen bestand.",
    "Zet het bestand zelf hier neer.",
)
"""What is told of a link that somebody sends for a file: code, message and repair."""
_WORD_BULLET = re.compile(r"\s*([\uf000-\uf0ff][ \t\u00a0]*)(?=\S)")
"""How Word writes the bullets of a list, in a font of its own."""
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
_LEFT_BEHIND = set("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
"""What other programs leave in a text that is copied: hyphens, spaces and marks that mean nothing
where they show nothing.
"""
_MARKS = str.maketrans("", "", "*\\`~")
"""Signs of Markdown that may stand within an address or a number."""


class Span(NamedTuple):
    """Where a value or a name stands: from one character of a file up to another."""

    start: int
    end: int
    inline: bool = False
    """Between brackets."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file as text."""

    whole: str
    """With \\n line ends, and each letter as one character."""
    lines: tuple[str, ...]
    altered: frozenset[int] = frozenset()
    """Lines that stand otherwise in the file: with letters and their accents apart."""

    def fix(self, start: int, end: int, new: str, certain: bool) -> Fix | None:
        """Give the repair that puts `new` between two places; None when the file has it already, or
        has other characters there.
        """
        old, line = self.whole[start:end], self.line_of(start)
        if old == new or not self.altered.isdisjoint(range(line, line + old.count("\n") + 1)):
            return None
        return Fix(line, start - self.whole.rfind("\n", 0, start), old, new, certain)

    def line_of(self, place: int) -> int:
        """Give the line of a place, counted from 1."""
        return self.whole.count("\n", 0, place) + 1

    def start_of(self, line: int) -> int:
        """Give the place where a line begins, counted from 1."""
        return sum(len(before) + 1 for before in self.lines[: line - 1])


def read_bytes(file: Path, shown: str, most: int) -> tuple[bytes | None, list[Finding]]:
    """Read an ordinary file of at most `most` bytes, or say in a finding why not; a pipe or a link
    is never opened.
    """

    def refuse(code: str, message: str, repair: str = "") -> tuple[None, list[Finding]]:
        return None, [Finding(shown, 1, code, message, repair)]

    try:
        status = file.lstat()
        if stat.S_ISLNK(status.st_mode):
            return refuse(*SYMLINK)
        if not stat.S_ISREG(status.st_mode):
            return refuse("bestand-onleesbaar", "dit is geen gewoon bestand.", "Haal het weg.")
        if status.st_size > most:
            return refuse(
                "bestand-te-groot",
                f"het bestand is te groot: {status.st_size // 1000} kB, en {most // 1000} kB mag.",
                "Maak het kleiner, of verdeel het.",
            )
        return file.read_bytes(), []
    except OSError as error:
        return refuse(
            "bestand-onleesbaar",
            f"het bestand kan niet worden gelezen ({error.strerror}).",
            "Kijk of het bestand er nog is, en of u het mag lezen.",
        )


def read_text(file: Path, shown: str) -> tuple[Text | None, list[Finding]]:
    """Read a file as text, or say in findings why it cannot be read; of a text that can they tell
    what is in it of persons.

    Accepts UTF-8 with or without byte order mark and any line end. Refuses what could
    hide something from a reader (other encodings, control and direction characters) and
    what is beyond the measure of a page.
    """
    raw, findings = read_bytes(file, shown, MAX_BYTES)
    if raw is None:
        return None, findings
    try:
        typed = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        return None, [
            Finding(
                shown,
                raw.count(b"\n", 0, error.start) + 1,
                "geen-utf-8",
                "het bestand is niet opgeslagen als UTF-8.",
                "Kies in uw tekstprogramma bij Opslaan als de codering UTF-8.",
            )
        ]
    whole = unicodedata.normalize("NFC", typed)  # a Mac may write é as e with an accent
    lines = tuple(whole.split("\n"))
    altered = (
        []
        if whole == typed
        else [
            n
            for n, (line, other) in enumerate(zip(lines, typed.split("\n"), strict=True), 1)
            if line != other
        ]
    )
    text = Text(whole, lines, frozenset(altered))
    if len(lines) > MAX_LINES:
        return None, [
            Finding(
                shown,
                1,
                "bestand-te-groot",
                f"het bestand is te groot: {len(lines)} regels, en {MAX_LINES} mag.",
                "Maak het kleiner, of verdeel het.",
            )
        ]
    merging = any(line.startswith("<<<<<<<") for line in lines)
    for number, line in enumerate(lines, 1):
        findings += _wrong_on_line(shown, number, line, merging, text)
    return (None, findings) if findings else (text, list(private(whole, shown)))


def private(text: str, shown: str, line: int | None = None) -> Iterator[Finding]:
    """Find what in a text tells of a person; `line` is where a file names the text, when it does
    not hold it.

    It is looked at as who copies from it sees it: without marks, with each entity as its sign.
    """
    if "&" in text:
        text = re.sub(r"&[#\w]{2,32};", lambda entity: unescape(entity[0]).replace("\n", " "), text)
    text = text.translate(_MARKS)
    unseen = set(hidden(text))
    text = "".join(sign for at, sign in enumerate(text) if at not in unseen) if unseen else text
    for seen in of_persons(text):
        at = text.count("\n", 0, seen.start) + 1 if line is None else line
        severity: Severity = "fout" if seen.stops else "let op"
        yield Finding(shown, at, seen.code, seen.message, seen.repair, severity)


def _wrong_on_line(
    shown: str, number: int, line: str, merging: bool, text: Text
) -> Iterator[Finding]:
    if len(line) > MAX_LINE:
        yield Finding(
            shown,
            number,
            "regel-te-lang",
            f"deze regel is te lang: {len(line)} tekens, en {MAX_LINE} mag.",
            "Verdeel de tekst over alinea’s.",
        )
    if places := list(hidden(line)):
        where = re.match(r"\s*(?:-\s+)?(\w+):", line[: places[0]])
        start, end = text.start_of(number) + places[0], text.start_of(number) + places[-1] + 1
        without = "".join(
            sign
            for place, sign in enumerate(line[: places[-1] + 1])
            if place >= places[0] and place not in places
        )
        # Who sees text run the other way, or signs on top of each other, did not mean what is left
        # without them.
        fix = text.fix(
            start, end, without, certain={line[place] for place in places} <= _LEFT_BEHIND
        )
        told = hidden_character(
            shown,
            number,
            f"{where[1]} bevat" if where else "deze regel bevat",
            line[places[0]],
            fix,
        )
        if (bullet := _WORD_BULLET.match(line)) and places == [bullet.start(1)]:
            end = text.start_of(number) + bullet.end(1)
            repair = "Het is een opsommingsteken van Word. Begin de regel met - en een spatie."
            told = replace(told, repair=repair, fix=text.fix(start, end, "- ", certain=True))
        yield told
    if (mark := _CONFLICT.match(line)) and (merging or mark[1][0] in ">|"):
        yield Finding(
            shown,
            number,
            "samenvoegconflict",
            f"hier staat nog een conflictmarkering van het samenvoegen: {mark[1]}.",
            "Kies de goede versie en wis de regels met <<<<<<<, ======= en >>>>>>>.",
        )


def hidden_character(
    path: str, line: int, where: str, sign: str, fix: Fix | None = None
) -> Finding:
    """Word what is wrong with a character that `hidden` found; `where` is a subject and a verb."""
    return Finding(
        path,
        line,
        "onzichtbaar-teken",
        f"{where} een onzichtbaar teken: U+{ord(sign):04X} "
        f"({unicodedata.name(sign, 'stuurteken')}).",
        "Wis het teken, of typ de tekst opnieuw.",
        fix=fix,
    )


def fix_link(
    text: Text, line: int, address: str, meant: Meant | None, part: str = ""
) -> Fix | None:
    """Give the repair of an address in the text, or of the `part` at its end; it stands on that
    line, or further down in its paragraph.

    None where something else there may look like it.

    """
    if meant is None or not address or line > len(text.lines):
        return None
    start = text.start_of(line)
    paragraph = text.whole[start:].split("\n\n", 1)[0]
    typed = re.escape(address).replace(r"\ ", r"(?:\ |%20)")
    found = [
        (start + m.start(1), start + m.end(1))
        for m in re.finditer(rf"(?:\]\(<?|<)({typed})(?=[\s)>]|$)", paragraph)
    ]
    if not found:  # [tekst][naam], with the address at that name
        found = [
            m.span(1)
            for m in re.finditer(
                rf"^ {{0,3}}\[[^\]\n]+\]:\s*<?({typed})(?=[\s>]|$)", text.whole, re.MULTILINE
            )
        ][:1]
    if not found or (len(found) > 1 and "`" in paragraph):
        return None
    begin, end = found[0]
    return text.fix(end - len(part) if part else begin, end, str(meant.value), meant.certain)


def fix_words(text: Text, line: int, typed: str, meant: Meant | None) -> Fix | None:
    """Give the repair of words that begin on a line of the text; None where they stand there
    twice, or otherwise.
    """
    if meant is None or line > len(text.lines) or text.lines[line - 1].count(typed) > 1:
        return None
    begin = text.whole.find(typed, text.start_of(line))
    if begin < 0 or begin > text.start_of(line) + len(text.lines[line - 1]):
        return None
    return text.fix(begin, begin + len(typed), str(meant.value), meant.certain)
