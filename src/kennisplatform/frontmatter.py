"""Read a Markdown file as fields that know their line numbers, and a body.

python-frontmatter splits the file; the YAML is read from libyaml's event stream
instead of being loaded, because only the events still show what an editor must be
told about: anchors, tags, duplicate keys, and the line of each of them.
"""
from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from kennisplatform.findings import Finding
from kennisplatform.text import hidden, visible

MAX_BYTES = 200_000
"""A page of 400 words is about 3 kB; beyond this a file is no page but a dump."""
MAX_LINES = 3_000
MAX_LINE = 5_000
"""Characters on one line: a long paragraph has about 1,500."""
MAX_VALUES = 2_000
"""Keys, values and their groups in the head of one page: a page that names all municipalities has about 400."""
MAX_VALUES_OF_A_LIST = 50_000
"""The same for a whole file of the vocabulary."""
MAX_DEPTH = 6

Location = tuple[str | int, ...]
Value = Any
"""Text, or a list or dict of it: front matter before the schema has seen it."""

_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
_NAME = r"""('[st][- ][^'",\[\]{}\\#:\n]*?)"""
_APOSTROPHE = re.compile(rf"^([ ]*(?:-[ ]+(?:\w+:[ ]+)?|\w+:[ ]+)){_NAME}(?=[ ]{{0,9}}$)", re.MULTILINE)
"""A Dutch name that starts with an apostrophe ('s-Hertogenbosch), which YAML takes for an opening quote."""
_LIST = re.compile(r"(?<=: )\[[^\[\]]*\]")
_APOSTROPHE_IN_LIST = re.compile(rf"([\[,]\s*){_NAME}(?=\s*[,\]])")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A file, split but not yet judged."""

    path: str
    """Path as shown in findings."""
    fields: dict[str, Value]
    lines: dict[Location, int]
    """Line of each key and list item, by its place: ("cijfers", 0, "waarde")."""
    body: str
    body_line: int
    """Line of the file on which the body starts."""

    def line_of(self, location: Location) -> int:
        """Give the line of a place, or of the nearest place around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


class _Problem(Exception):
    def __init__(self, line: int, code: str, message: str, repair: str = "") -> None:
        super().__init__(message)
        self.line, self.code, self.message, self.repair = line, code, message, repair

    def at(self, path: str) -> Finding:
        return Finding(path, self.line, self.code, self.message, self.repair)


def read_bytes(file: Path, shown: str, most: int) -> tuple[bytes | None, list[Finding]]:
    """Read an ordinary file of at most `most` bytes, or say in a finding why not; a pipe or a link is never opened."""
    def refuse(code: str, message: str, repair: str = "") -> tuple[None, list[Finding]]:
        return None, [Finding(shown, 1, code, message, repair)]

    try:
        status = file.lstat()
        if stat.S_ISLNK(status.st_mode):
            return refuse("symbolische-koppeling", "dit is een symbolische koppeling (symlink), geen bestand.", "Zet het bestand zelf hier neer.")
        if not stat.S_ISREG(status.st_mode):
            return refuse("bestand-onleesbaar", "dit is geen gewoon bestand.", "Haal het weg.")
        if status.st_size > most:
            return refuse("bestand-te-groot", f"het bestand is te groot: {status.st_size // 1000} kB, en {most // 1000} kB mag.",
                          "Maak het kleiner, of verdeel het.")
        return file.read_bytes(), []
    except OSError as error:
        return refuse("bestand-onleesbaar", f"het bestand kan niet worden gelezen ({error.strerror}).", "Kijk of het bestand er nog is, en of u het mag lezen.")


def read_text(file: Path, shown: str) -> tuple[str | None, list[Finding]]:
    """Read a file as text with \\n line ends, or say in findings why it cannot be read.

    Accepts UTF-8 with or without byte order mark and any line end. Refuses what could
    hide something from a reader (other encodings, control and direction characters) and
    what is beyond the measure of a page.
    """
    raw, findings = read_bytes(file, shown, MAX_BYTES)
    if raw is None:
        return None, findings
    try:
        text = unicodedata.normalize("NFC", raw.decode("utf-8-sig"))  # a Mac may write é as e with an accent
    except UnicodeDecodeError as error:
        return None, [Finding(shown, raw.count(b"\n", 0, error.start) + 1, "geen-utf-8", "het bestand is niet opgeslagen als UTF-8.",
                              "Kies in uw tekstprogramma bij Opslaan als de codering UTF-8.")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        return None, [Finding(shown, 1, "bestand-te-groot", f"het bestand is te groot: {len(lines)} regels, en {MAX_LINES} mag.",
                              "Maak het kleiner, of verdeel het.")]
    merging = any(line.startswith("<<<<<<<") for line in lines)
    for number, line in enumerate(lines, 1):
        findings += _wrong_on_line(shown, number, line, merging)
    return (None, findings) if findings else (text, [])


def _wrong_on_line(shown: str, number: int, line: str, merging: bool) -> Iterator[Finding]:
    if len(line) > MAX_LINE:
        yield Finding(shown, number, "regel-te-lang", f"deze regel is te lang: {len(line)} tekens, en {MAX_LINE} mag.", "Verdeel de tekst over alinea’s.")
    if (at := next(hidden(line), None)) is not None:
        where = re.match(r"\s*(?:-\s+)?(\w+):", line[:at])
        yield hidden_character(shown, number, f"{where[1]} bevat" if where else "deze regel bevat", line[at])
    if (mark := _CONFLICT.match(line)) and (merging or mark[1][0] in ">|"):
        yield Finding(shown, number, "samenvoegconflict", f"hier staat nog een conflictmarkering van het samenvoegen: {mark[1]}.",
                      "Kies de goede versie en wis de regels met <<<<<<<, ======= en >>>>>>>.")


def hidden_character(path: str, line: int, where: str, sign: str) -> Finding:
    """Word what is wrong with a character that `hidden` found; `where` is a subject and a verb."""
    return Finding(path, line, "onzichtbaar-teken", f"{where} een onzichtbaar teken: U+{ord(sign):04X} ({unicodedata.name(sign, 'stuurteken')}).",
                   "Wis het teken, of typ de tekst opnieuw.")


def read_document(file: Path, shown: str) -> tuple[Document | None, list[Finding]]:
    """Split a page into fields with lines and a body; None when it cannot be split."""
    text, findings = read_text(file, shown)
    if text is None:
        return None, findings
    try:
        return _split(text, shown)
    except _Problem as problem:
        return None, [problem.at(shown)]


def read_yaml(file: Path, shown: str) -> tuple[Value, dict[Location, int], list[Finding]]:
    """Read a whole YAML file by the same strict rules as front matter."""
    text, findings = read_text(file, shown)
    if text is None:
        return None, {}, findings
    reader = _Reader(shown, 0)
    try:
        value = reader.read(text, MAX_VALUES_OF_A_LIST)
    except _Problem as problem:
        return None, {}, [problem.at(shown)]
    return (None if reader.findings else value), reader.lines, reader.findings


def _split(text: str, shown: str) -> tuple[Document | None, list[Finding]]:
    if not text.strip():
        raise _Problem(1, "leeg-bestand", "het bestand is leeg.", "Een pagina begint met een kop: ---, dan titel: en de andere velden, dan weer ---.")
    handler = YAMLHandler()
    if not handler.detect(text):
        raise _Problem(1, "kop-ontbreekt", "de kop ontbreekt: de eerste regel moet --- zijn.", "Kijk hoe een andere pagina begint.")
    try:
        head, body = handler.split(text)
    except ValueError:
        raise _Problem(1, "kop-niet-afgesloten", "de kop is niet afgesloten: er hoort een tweede regel met --- onder de velden.") from None
    body_start = len(text) - len(body)
    reader = _Reader(shown, text.count("\n", 0, text.index(head, 3)) if head else 1)
    value = reader.read(head, MAX_VALUES)
    if not isinstance(value, dict):
        raise _Problem(1, "kop-zonder-velden", "in de kop staan geen velden.", "Schrijf per regel een veld: titel: Mijn titel.")
    document = Document(shown, value, reader.lines, body, text.count("\n", 0, body_start) + 1)
    return (None if reader.findings else document), reader.findings


@dataclass(slots=True)
class _Reader:
    """Builds values from the events of one YAML text, and notes where each of them stands."""

    shown: str
    offset: int
    """Lines of the file before the text."""
    source: list[str] = field(default_factory=list)
    lines: dict[Location, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    """What is wrong with single values; what makes the rest unreadable is raised."""

    def read(self, text: str, most: int) -> Value:
        text = _APOSTROPHE.sub(r'\1"\2"', text)
        text = _LIST.sub(lambda found: _APOSTROPHE_IN_LIST.sub(r'\1"\2"', found[0]), text)
        self.source = text.split("\n")
        try:
            # Not more than `most`: libyaml takes ever longer for each level of nesting.
            events = list(islice(yaml.parse(text, Loader=_Loader), most))
        except yaml.MarkedYAMLError as error:
            raise _in_dutch(error, text, self.offset) from None
        except yaml.YAMLError:
            raise _Problem(self.offset + 1, "ongeldige-yaml", "de kop is niet te lezen.") from None
        if len(events) == most:
            raise _Problem(_line(events[-1], self.offset), "te-veel-waarden", f"er staan te veel waarden: meer dan {most // 2}.", "Maak de lijsten korter.")
        value: Value = None
        seen = False
        rest = iter(events)
        for event in rest:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise _Problem(_line(event, self.offset), "ongeldige-yaml", "er staat een tweede --- in de kop.")
                seen = True
            elif isinstance(event, yaml.NodeEvent):
                value = self._build(event, rest, ())
        return value

    def _build(self, event: yaml.Event, events: Iterator[yaml.Event], location: Location) -> Value:
        line = _line(event, self.offset)
        _refuse_tricks(event, line, location)
        self.lines.setdefault(location, line)
        if isinstance(event, yaml.ScalarEvent):
            self._look_for_hidden(event.value, line, str(location[0]) if location else "deze regel")
            self._look_for_rest(event)
            return event.value.replace("\u00a0", " ").strip() if event.value or event.style else None
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._build(event, events, (*location, len(items))))
            return items
        fields: dict[str, Value] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key_line = _line(event, self.offset)
            _refuse_tricks(event, key_line, location)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Problem(key_line, "ongeldige-yaml", "een veldnaam moet gewone tekst zijn.", "Zet tekst met { of [ tussen aanhalingstekens.")
            key = event.value
            self._look_for_hidden(key, key_line, "deze regel")
            if key in fields:
                first = self.lines[(*location, key)]
                raise _Problem(key_line, "dubbel-veld", f"het veld ‘{visible(key)}’ staat er twee keer: ook op regel {first}.", "Houd er een over.")
            self.lines[(*location, key)] = key_line
            fields[key] = self._build(next(events), events, (*location, key))
        return fields

    def _look_for_rest(self, event: yaml.ScalarEvent) -> None:
        """YAML takes what follows a # for a remark and leaves it out, of a title too."""
        end = event.end_mark
        assert end is not None  # libyaml marks every event
        rest = "" if event.style else self.source[end.line][end.column:].lstrip()
        if rest.startswith("#") and (event.value or re.match(r"#\w", rest)):  # an empty field may have a remark, but #samen is none
            self.findings.append(Finding(self.shown, end.line + 1 + self.offset, "tekst-na-hekje",
                                         f"na het # zou de rest van deze regel wegvallen: {visible(f'{event.value} {rest}'.strip()[:40])}…",
                                         "Zet de waarde tussen aanhalingstekens, of haal de opmerking weg."))

    def _look_for_hidden(self, value: str, line: int, where: str) -> None:
        """Look once more at what was read: YAML turns \\u202E between quotes into the character itself."""
        if (at := next(hidden(value), None)) is not None:
            self.findings.append(hidden_character(self.shown, line, f"{visible(where)} bevat", value[at]))


def _line(event: yaml.Event, offset: int) -> int:
    assert event.start_mark is not None  # libyaml marks every event
    return event.start_mark.line + 1 + offset


def _refuse_tricks(event: yaml.Event, line: int, location: Location) -> None:
    where = f" bij ‘{visible(str(location[0]))}’" if location else ""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Problem(line, "yaml-anker", f"een anker of verwijzing (& of *){where} mag niet.",
                       "Schrijf de waarde voluit, of zet de tekst tussen aanhalingstekens.")
    if (tag := getattr(event, "tag", None)) not in (None, "!"):
        shown = str(tag).replace("tag:yaml.org,2002:", "!!")
        raise _Problem(line, "yaml-tag", f"een YAML-tag ({shown}){where} mag niet.", "Zet de tekst tussen aanhalingstekens.")
    if len(location) > MAX_DEPTH:
        raise _Problem(line, "te-diep", f"de velden{where} zijn te diep genest.")


def _in_dutch(error: yaml.MarkedYAMLError, text: str, offset: int) -> _Problem:
    # A quote that is never closed is noticed at the end of the text; it is wrong where it was opened.
    mark = error.context_mark if "quoted scalar" in (error.context or "") else error.problem_mark or error.context_mark
    index = mark.line if mark else 0
    source = text.split("\n")
    while index and (index >= len(source) or not source[index].strip()):  # what is noticed at the end is wrong before it
        index -= 1
    whole = source[index]
    line_text = visible(whole.strip()[:80])
    line = index + 1 + offset
    if "mapping values" in (error.problem or ""):
        return _Problem(line, "dubbele-punt", f"er staat een dubbele punt in de tekst: {line_text}",
                        "Zet de hele waarde tussen aanhalingstekens.")
    if "\t" in whole:
        return _Problem(line, "tab", "er staat een tab in de kop.", "Gebruik spaties om te laten inspringen.")
    return _Problem(line, "ongeldige-yaml", f"deze regel van de kop is niet te lezen: {line_text}",
                    "Controleer de aanhalingstekens, de haken en het inspringen, ook op de regel erboven.")
