"""Read a Markdown file as fields that know their line numbers, and a body.

python-frontmatter splits the file; the YAML is read from libyaml's event stream
instead of being loaded, because only the events still show what an editor must be
told about: anchors, tags, duplicate keys, and the line of each of them.
"""
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from kennisplatform.findings import Finding

MAX_BYTES = 200_000
"""A page of 400 words is about 3 kB; beyond this a file is no page but a dump."""
MAX_LINE = 5_000
"""Characters on one line: a long paragraph has about 1,500."""

Location = tuple[str | int, ...]
Value = Any
"""Text, or a list or dict of it: front matter before the schema has seen it."""

_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)
_APOSTROPHE = re.compile(r"""(^[ ]*(?:-[ ]+)?(?:\w+:[ ]+)?|[\[,][ ]*)('[st][- ][^'",\[\]{}\\#:\n]*?)(?=[ ]*(?:$|,|\]))""", re.MULTILINE)
"""A Dutch name that starts with an apostrophe ('s-Hertogenbosch), which YAML takes for an opening quote."""
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


def read_text(file: Path, shown: str) -> tuple[str | None, list[Finding]]:
    """Read a file as text with \\n line ends, or say in findings why it cannot be read.

    Accepts UTF-8 with or without byte order mark and any line end. Refuses what could
    hide something from a reader: other encodings, control and direction characters.
    """
    if file.is_symlink():
        return None, [Finding(shown, 1, "symbolische-koppeling", "dit is een symbolische koppeling (symlink), geen bestand.",
                              "Zet het bestand zelf hier neer.")]
    if (size := file.stat().st_size) > MAX_BYTES:
        return None, [Finding(shown, 1, "bestand-te-groot", f"het bestand is te groot: {size // 1000} kB, en {MAX_BYTES // 1000} kB mag.",
                              "Maak de pagina korter, of maak er meer pagina’s van.")]
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [Finding(shown, raw.count(b"\n", 0, error.start) + 1, "geen-utf-8", "het bestand is niet opgeslagen als UTF-8.",
                              "Kies in uw tekstprogramma bij Opslaan als de codering UTF-8.")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    findings = []
    for hit in _HIDDEN.finditer(text):
        line = text.count("\n", 0, hit.start()) + 1
        start = text.rfind("\n", 0, hit.start()) + 1
        where = re.match(r"\s*(?:-\s+)?(\w+):", text[start:hit.start()])
        name = unicodedata.name(hit[0], "stuurteken")
        findings.append(Finding(shown, line, "onzichtbaar-teken",
                                f"{where[1] + ' bevat' if where else 'deze regel bevat'} een onzichtbaar teken: U+{ord(hit[0]):04X} ({name}).",
                                "Wis het teken, of typ de tekst opnieuw."))
    for hit in _CONFLICT.finditer(text):
        if hit[1][0] != "=" or "<<<<<<<" in text:
            findings.append(Finding(shown, text.count("\n", 0, hit.start()) + 1, "samenvoegconflict",
                                    f"hier staat nog een conflictmarkering van het samenvoegen: {hit[1]}.",
                                    "Kies de goede versie en wis de regels met <<<<<<<, ======= en >>>>>>>."))
    for number, line_text in enumerate(text.split("\n"), 1):
        if len(line_text) > MAX_LINE:
            findings.append(Finding(shown, number, "regel-te-lang", f"deze regel is te lang: {len(line_text)} tekens, en {MAX_LINE} mag.",
                                    "Verdeel de tekst over alinea’s."))
    return (None, findings) if findings else (text, [])


def read_document(file: Path, shown: str) -> tuple[Document | None, list[Finding]]:
    """Split a page into fields with lines and a body; None when it cannot be split."""
    text, findings = read_text(file, shown)
    if text is None:
        return None, findings
    try:
        return _split(text, shown), []
    except _Problem as problem:
        return None, [problem.at(shown)]


def read_yaml(file: Path, shown: str) -> tuple[Value, dict[Location, int], list[Finding]]:
    """Read a whole YAML file by the same strict rules as front matter."""
    text, findings = read_text(file, shown)
    if text is None:
        return None, {}, findings
    try:
        value, lines = _parse_yaml(text, 0)
    except _Problem as problem:
        return None, {}, [problem.at(shown)]
    return value, lines, []


def _split(text: str, shown: str) -> Document:
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
    offset = text.count("\n", 0, text.index(head, 3)) if head else 1
    value, lines = _parse_yaml(head, offset)
    if not isinstance(value, dict):
        raise _Problem(1, "kop-zonder-velden", "in de kop staan geen velden.", "Schrijf per regel een veld: titel: Mijn titel.")
    return Document(shown, value, lines, body, text.count("\n", 0, body_start) + 1)


def _parse_yaml(text: str, offset: int) -> tuple[Value, dict[Location, int]]:
    lines: dict[Location, int] = {}
    text = _APOSTROPHE.sub(r'\1"\2"', text)
    try:
        events = iter(list(yaml.parse(text, Loader=_Loader)))
    except yaml.MarkedYAMLError as error:
        raise _in_dutch(error, text, offset) from None
    except yaml.YAMLError as error:
        raise _Problem(offset + 1, "ongeldige-yaml", f"de kop is niet te lezen: {error}.") from None
    value: Value = None
    seen = False
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if seen:
                raise _Problem(_line(event, offset), "ongeldige-yaml", "er staat een tweede --- in de kop.")
            seen = True
        elif isinstance(event, yaml.NodeEvent):
            value = _build(event, events, (), lines, offset)
    return value, lines


def _build(event: yaml.Event, events: Any, location: Location, lines: dict[Location, int], offset: int) -> Value:
    line = _line(event, offset)
    _refuse_tricks(event, line, location)
    if location not in lines:
        lines[location] = line
    if isinstance(event, yaml.ScalarEvent):
        return event.value.strip() if event.value or event.style else None
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Value] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_build(event, events, (*location, len(items)), lines, offset))
        return items
    fields: dict[str, Value] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key_line = _line(event, offset)
        _refuse_tricks(event, key_line, location)
        if not isinstance(event, yaml.ScalarEvent):
            raise _Problem(key_line, "ongeldige-yaml", "een veldnaam moet gewone tekst zijn.", "Zet tekst met { of [ tussen aanhalingstekens.")
        key = event.value
        if key in fields:
            first = lines[(*location, key)]
            raise _Problem(key_line, "dubbel-veld", f"het veld ‘{key}’ staat er twee keer: ook op regel {first}.", "Houd er een over.")
        lines[(*location, key)] = key_line
        fields[key] = _build(next(events), events, (*location, key), lines, offset)
    return fields


def _line(event: yaml.Event, offset: int) -> int:
    assert event.start_mark is not None  # libyaml marks every event
    return event.start_mark.line + 1 + offset


def _refuse_tricks(event: yaml.Event, line: int, location: Location) -> None:
    where = f" bij ‘{location[0]}’" if location else ""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Problem(line, "yaml-anker", f"een anker of verwijzing (& of *){where} mag niet.",
                       "Schrijf de waarde voluit, of zet de tekst tussen aanhalingstekens.")
    if (tag := getattr(event, "tag", None)) not in (None, "!"):
        shown = str(tag).replace("tag:yaml.org,2002:", "!!")
        raise _Problem(line, "yaml-tag", f"een YAML-tag ({shown}){where} mag niet.", "Zet de tekst tussen aanhalingstekens.")
    if len(location) > 6:
        raise _Problem(line, "te-diep", f"de velden{where} zijn te diep genest.")


def _in_dutch(error: yaml.MarkedYAMLError, text: str, offset: int) -> _Problem:
    # A quote that is never closed is noticed at the end of the text; it is wrong where it was opened.
    mark = error.context_mark if "quoted scalar" in (error.context or "") else error.problem_mark or error.context_mark
    index = mark.line if mark else 0
    source = text.split("\n")
    line_text = source[index] if index < len(source) else ""
    line = index + 1 + offset
    if "mapping values" in (error.problem or ""):
        return _Problem(line, "dubbele-punt", f"er staat een dubbele punt in de tekst: {line_text.strip()}",
                        "Zet de hele waarde tussen aanhalingstekens.")
    if "\t" in line_text:
        return _Problem(line, "tab", "er staat een tab in de kop.", "Gebruik spaties om te laten inspringen.")
    return _Problem(line, "ongeldige-yaml", f"deze regel van de kop is niet te lezen: {line_text.strip() or '(leeg)'}",
                    "Controleer de aanhalingstekens, de haken en het inspringen, ook op de regel erboven.")
