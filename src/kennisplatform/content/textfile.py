"""Read a file as text, and say where in it something stands."""

from __future__ import annotations

import re
import stat
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from typing import NamedTuple

from kennisplatform.content.privacy import of_persons
from kennisplatform.model.findings import Finding, Fix, Meant, Severity
from kennisplatform.model.text import HARMLESS, composed, hidden

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
_WORD_BULLET = re.compile(r"^\s*([\uf000-\uf0ff][ \t\u00a0]*)(?=\S)")
"""How Word writes the bullets of a list, in a font of its own."""
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
_LEFT_BEHIND = set("\u200e\u200f")
"""Direction marks that other programs leave in a text that is copied, and that turn nothing."""
_MARKS = re.compile(r"[*\\`~]")
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
    """With \\n line ends, each letter as one character, and without what shows nothing."""
    lines: tuple[str, ...]
    typed: Mapping[int, str] = field(default_factory=dict)
    """Lines that stand otherwise in the file, by their number."""
    passed: Collection[int] = ()
    """Numbers of the lines that could not be read."""

    def fix(self, start: int, end: int, new: str, certain: bool) -> Fix | None:
        """Give the repair that puts `new` between two places; None when it stands there already, or
        when what could not be read stands between them: nobody knows what was meant.
        """
        if self.whole[start:end] == new:
            return None
        (first, begin), (last, until) = self._typed_at(start), self._typed_at(end)
        if any(first <= line <= last for line in self.passed):
            return None
        lines = [self.typed.get(n, self.lines[n - 1]) for n in range(first, last + 1)]
        lines[-1] = lines[-1][:until]
        lines[0] = lines[0][begin:]
        return Fix(first, begin + 1, "\n".join(lines), new, certain)

    def _typed_at(self, place: int) -> tuple[int, int]:
        """Give the line of a place, and how many signs of that line stand before it in the file."""
        line, column = self.line_of(place), place - self.whole.rfind("\n", 0, place) - 1
        if (typed := self.typed.get(line)) is None:
            return line, column
        ends = range(len(typed) + 1)
        return line, bisect_right(ends, column, key=lambda end: len(_as_read(typed[:end]))) - 1

    def line_of(self, place: int) -> int:
        """Give the line of a place, counted from 1."""
        return self.whole.count("\n", 0, place) + 1

    def start_of(self, line: int) -> int:
        """Give the place where a line begins, counted from 1."""
        return sum(len(before) + 1 for before in self.lines[: line - 1])


def read_bytes(
    file: Path, shown: str, most: int, smaller: str = "Maak het kleiner, of verdeel het."
) -> tuple[bytes | None, list[Finding]]:
    """Read an ordinary file of at most `most` bytes, or say in a finding why not; a pipe or a link
    is never opened. `smaller` is the repair of a file that is too large.
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
                smaller,
            )
        return file.read_bytes(), []
    except OSError as error:
        return refuse(
            "bestand-onleesbaar",
            f"het bestand kan niet worden gelezen ({error.strerror}).",
            "Kijk of het bestand er nog is, en of u het mag lezen.",
        )


def read_text(file: Path, shown: str) -> tuple[Text | None, list[Finding]]:
    """Read a file as text, as `to_text`, or say in findings why it cannot be read."""
    raw, findings = read_bytes(file, shown, MAX_BYTES)
    return (None, findings) if raw is None else to_text(raw, shown)


def to_text(raw: bytes, shown: str) -> tuple[Text | None, list[Finding]]:
    """Give the text of a file, with what is wrong in it or tells of persons.

    Accepts UTF-8 with or without byte order mark and any line end, and passes over signs that show
    nothing and mean nothing. Refuses what could hide something from a reader (other encodings,
    control and direction characters) and what is beyond the measure of a page; such a character
    is left out of the text, so that the rest can be judged.
    """
    try:
        typed = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
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
    if findings := list(_beyond_reading(shown, typed)):
        return None, findings
    lines = tuple(map(_as_read, typed))
    altered = {n: line for n, line in enumerate(typed, 1) if line != lines[n - 1]}
    text = Text("\n".join(lines), lines, altered) if "\0" not in "".join(typed) else None
    found = [told for n, line in altered.items() for told in _check_unseen(shown, n, line)]
    found = list(_each_list_once(found, typed))
    return text, [*found, *private("\n".join(lines), shown)]


def _as_read(line: str) -> str:
    """Give a line as it is judged: with a dash for a bullet of Word, which is told by itself."""
    return composed(_WORD_BULLET.sub(lambda m: f"{m[0][: m.start(1)]}- ", line, count=1))


def private(text: str, shown: str, line: int | None = None) -> Iterator[Finding]:
    """Find what in a text tells of a person; `line` is where a text is told of that is no file of
    lines, and then of each kind only the first.

    It is looked at as who copies from it sees it: without marks, with each entity as its sign.
    """
    if "&" in text:
        text = re.sub(r"&[#\w]{2,32};", lambda entity: unescape(entity[0]).replace("\n", " "), text)
    text = _MARKS.sub("", text)
    unseen = set(hidden(text))
    text = "".join(sign for at, sign in enumerate(text) if at not in unseen) if unseen else text
    told = list(of_persons(text, written=line is None))
    for seen in told if line is None else {seen.code: seen for seen in reversed(told)}.values():
        at = text.count("\n", 0, seen.start) + 1 if line is None else line
        severity: Severity = "fout" if seen.stops else "let op"
        yield Finding(shown, at, seen.code, seen.message, seen.repair, severity)


def _beyond_reading(shown: str, lines: Sequence[str]) -> Iterator[Finding]:
    """Find what makes the rest of a text no text to judge: more of it than a page has, and two
    versions of it.
    """
    if len(lines) > MAX_LINES:
        message = f"het bestand is te groot: {len(lines)} regels, en {MAX_LINES} mag."
        yield Finding(shown, 1, "bestand-te-groot", message, "Maak het kleiner, of verdeel het.")
        return
    merging = any(line.startswith("<<<<<<<") for line in lines)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            message = f"deze regel is te lang: {len(line)} tekens, en {MAX_LINE} mag."
            repair = "Verdeel de tekst over alinea’s."
            yield Finding(shown, number, "regel-te-lang", message, repair)
        if (mark := _CONFLICT.match(line)) and (merging or mark[1][0] in ">|"):
            yield Finding(
                shown,
                number,
                "samenvoegconflict",
                f"hier staat nog een conflictmarkering van het samenvoegen: {mark[1]}.",
                "Kies de goede versie en wis de regels met <<<<<<<, ======= en >>>>>>>.",
            )


def _check_unseen(shown: str, number: int, typed: str) -> Iterator[Finding]:
    """Find on a line of a file what shows nothing and may mean something."""
    line = unicodedata.normalize("NFC", typed)
    unseen = list(hidden(line))
    if not (places := [at for at in unseen if line[at] not in HARMLESS]):
        return
    where = re.match(r"\s*(?:-\s+)?(\w+):", line[: places[0]])
    start, end = places[0], places[-1] + 1
    without = "".join(line[at] for at in range(start, end) if at not in unseen)
    # Who sees text run the other way, or signs on top of each other, did not mean what is left
    # without them.
    certain = {line[at] for at in places} <= _LEFT_BEHIND
    told = hidden_character(
        shown,
        number,
        f"{where[1]} bevat" if where else "deze regel bevat",
        line[start],
        Fix(number, start + 1, line[start:end], without, certain),
    )
    if (bullet := _WORD_BULLET.match(line)) and places == [bullet.start(1)]:
        repair = "Het is een opsommingsteken van Word. Begin de regel met - en een spatie."
        fix = Fix(number, start + 1, bullet[1], "- ", certain=True)
        told = replace(told, repair=repair, fix=fix)
    yield told if line == typed else replace(told, fix=None)


def _each_list_once(found: Iterable[Finding], typed: Sequence[str]) -> Iterator[Finding]:
    """Take the bullets of Word on lines after each other together, with one repair."""
    run: list[Finding] = []
    for finding in found:
        if run and not (_is_bullet(run[-1], finding) and finding.line == run[-1].line + 1):
            yield _as_one(run, typed)
            run = []
        run.append(finding)
    if run:
        yield _as_one(run, typed)


def _is_bullet(*findings: Finding) -> bool:
    return all(finding.fix and finding.fix.new == "- " for finding in findings)


def _as_one(run: Sequence[Finding], typed: Sequence[str]) -> Finding:
    """Give the first of a run, with the repair of all."""
    fixes = [finding.fix for finding in run if finding.fix]
    if len(fixes) < 2:
        return run[0]
    start = fixes[0].column - 1
    old = [typed[fix.line - 1] for fix in fixes]
    new = [
        line[: fix.column - 1] + line[fix.column - 1 :].replace(fix.old, fix.new, 1)
        for fix, line in zip(fixes, old, strict=True)
    ]
    whole = replace(fixes[0], old="\n".join(old)[start:], new="\n".join(new)[start:])
    return replace(run[0], fix=whole)


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
    if not found:  # an address by itself
        bare = re.finditer(rf"(?<![\w(<\[/.])({typed})(?![\w/])", text.lines[line - 1])
        found = [(start + m.start(1), start + m.end(1)) for m in bare]
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
    # Within a list or a quote each line begins further to the right, and all of them the same.
    first, *more = map(re.escape, typed.split("\n"))
    set_in = "".join((r"\n(?:\1)" if at else r"\n([ >]*)") + one for at, one in enumerate(more))
    found = re.compile(first + set_in).search(text.whole, text.start_of(line))
    if not found or found.start() > text.start_of(line) + len(text.lines[line - 1]):
        return None
    new = str(meant.value).replace("\n", f"\n{found[1]}" if more else "\n")
    return text.fix(found.start(), found.end(), new, meant.certain)
