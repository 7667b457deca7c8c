"""Read a Markdown file as fields that know their line numbers, and a body.

python-frontmatter splits the file; the YAML is read from libyaml's event stream
instead of being loaded, because only the events still show what an editor must be
told about: anchors, tags, duplicate keys, and the line of each of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from kennisplatform.content.textfile import (
    MAX_BYTES,
    Span,
    Text,
    hidden_character,
    read_bytes,
    read_text,
    to_text,
)
from kennisplatform.content.unreadable import (
    LOADER,
    MAX_VALUES,
    Problem,
    around_head,
    explain,
    field_around,
    item_around,
    names_on,
    odd_spaces,
    quote_names,
)
from kennisplatform.model.findings import Finding, Fix, Meant, errors
from kennisplatform.model.head import Location, is_typed, scalar, write_value
from kennisplatform.model.schema import FIELDS
from kennisplatform.model.text import HARMLESS, composed, hidden, visible

MAX_VALUES_OF_A_LIST = 50_000
"""MAX_VALUES for a whole file of the vocabulary."""
MAX_DEPTH = 6
MOST_PROBLEMS = 10
"""Fields that are passed over; of a head in which more is wrong little can be told."""

Yaml = Any
"""Text, or a list or dict of it: front matter before the schema has seen it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file, split but not yet judged."""

    path: str
    """Path as shown in findings."""
    fields: dict[str, Yaml]
    lines: dict[Location, int]
    """Line of each key and list item, by its place: ("cijfers", 0, "waarde")."""
    body: str
    body_line: int
    """Line of the file on which the body starts."""
    text: Text = field(default_factory=lambda: Text("", ()))
    head: Span = field(default=Span(0, 0))
    """The lines between those of ---."""
    values: Mapping[Location, Span] = field(default_factory=dict)
    names: Mapping[Location, Span] = field(default_factory=dict)
    """Where the name of each field stands."""
    remarks: Mapping[Location, list[str]] = field(default_factory=dict)
    """Lines that begin with #, and what stands behind a value after one, by the place they are
    above.
    """
    ongelezen: frozenset[str] = frozenset()
    """Fields that may stand in the head, in a part of it that cannot be read."""

    def at(self, location: Location) -> Yaml:
        """Give the value at a place, or None when there is none."""
        value: Yaml = self.fields
        for key in location:
            try:
                value = value[key]
            except (LookupError, TypeError):
                return None
        return value

    def fix(
        self, location: Location, meant: Meant | None, until: Location | None = None
    ) -> Fix | None:
        """Give the repair that puts another value at a place, or from that place to another."""
        if meant is None or location not in self.values:
            return None
        start, end, inline = self.values[location]
        return self.text.fix(
            start,
            self.values[until].end if until else end,
            write_value(meant.value, inline),
            meant.certain,
        )

    def fix_name(self, location: Location, meant: Meant | None) -> Fix | None:
        """Give the repair that puts another name at the place of a field."""
        if meant is None or location not in self.names:
            return None
        start, end, inline = self.names[location]
        return self.text.fix(start, end, scalar(meant.value, inline=inline), meant.certain)

    def renamed(self, names: Mapping[Location, str]) -> Document:
        """Give the document as if the fields at these places had other names."""

        def place(old: Location) -> Location:
            return tuple(names.get(old[: at + 1], part) for at, part in enumerate(old))

        def value(old: Yaml, at: Location) -> Yaml:
            if isinstance(old, dict):
                return {place((*at, k))[-1]: value(v, (*at, k)) for k, v in old.items()}
            if isinstance(old, list):
                return [value(v, (*at, index)) for index, v in enumerate(old)]
            return old

        return replace(
            self,
            fields=value(self.fields, ()),
            lines={place(old): line for old, line in self.lines.items()},
            values={place(old): span for old, span in self.values.items()},
            names={place(old): span for old, span in self.names.items()},
        )

    def line_of(self, location: Location) -> int:
        """Give the line of a place, or of the nearest place around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def read_document(file: Path, shown: str) -> tuple[Document | None, list[Finding]]:
    """Read a page as `document_of`, or say in findings why it cannot be read."""
    raw, findings = read_bytes(file, shown, MAX_BYTES)
    return (None, findings) if raw is None else document_of(raw, shown)


def document_of(raw: bytes, shown: str) -> tuple[Document | None, list[Finding]]:
    """Split a page into fields with lines and a body; None when it cannot be split.

    What cannot be read of a head is told and passed over; see `Document.ongelezen`.
    """
    text, findings = to_text(raw, shown)
    if text is None:
        return None, findings
    try:
        document, problems = _split(text, shown)
    except Problem as problem:
        return None, [*findings, problem.at(shown)]
    return document, list(dict.fromkeys(findings + problems))


def read_yaml(file: Path, shown: str) -> tuple[Document | None, list[Finding]]:
    """Read a whole YAML file by the same strict rules as front matter; its `fields` are then
    whatever it holds.
    """
    text, findings = read_text(file, shown)
    if text is None:
        return None, findings
    reader = _Reader(shown, text, Span(0, len(text.whole)))
    value = reader.read_on(MAX_VALUES_OF_A_LIST)
    findings += [_headless(finding) for finding in dict.fromkeys(reader.findings)]
    return (None if errors(findings) and value is None else reader.document(value)), findings


def _headless(finding: Finding) -> Finding:
    """Say of a file that is YAML as a whole what is said of the head of a page."""
    message = finding.message.replace(" van de kop", "").replace("de kop", "dit bestand")
    return replace(finding, message=message)


def _split(text: Text, shown: str) -> tuple[Document, list[Finding]]:
    if not text.whole.strip():
        raise Problem(
            1,
            "leeg-bestand",
            "het bestand is leeg.",
            "Een pagina begint met een kop: ---, dan titel: en de andere velden, dan weer ---.",
        )
    handler, problems = YAMLHandler(), list[Problem]()
    try:
        if not handler.detect(text.whole):
            raise ValueError
        head, body = handler.split(text.whole)
        start = text.whole.index(head, 3) if head else text.whole.index("\n")
        place = Span(start, start + len(head))
    except ValueError:
        place, body, problems = around_head(text)
    reader = _Reader(shown, text, place)
    value = reader.read_on(MAX_VALUES)
    found = [problem.at(shown) for problem in problems] + reader.findings
    if not isinstance(value, dict) and not found:
        raise Problem(
            1,
            "kop-zonder-velden",
            "in de kop staan geen velden.",
            "Schrijf per regel een veld: titel: Mijn titel.",
        )
    if problems or not isinstance(value, dict):
        reader.unread.update(FIELDS)  # where a head ends is not known, nor what it lacks
    return reader.document(value if isinstance(value, dict) else {}, body), found


@dataclass(slots=True)
class _Reader:
    """Builds values from the events of one YAML text, and notes where each of them stands."""

    shown: str
    text: Text
    place: Span
    """Where the YAML stands in the file."""
    clean: str = ""
    """The YAML with ordinary spaces only, each sign in its place."""
    added: list[int] = field(default_factory=list)
    """Places of the quotes that were put around names, in what is parsed."""
    lines: dict[Location, int] = field(default_factory=dict)
    values: dict[Location, Span] = field(default_factory=dict)
    names: dict[Location, Span] = field(default_factory=dict)
    scalars: list[Span] = field(default_factory=list)
    """Where texts stand, within which a # is no remark."""
    end: int = 0
    """Where the last value that was built ends."""
    findings: list[Finding] = field(default_factory=list)
    """What is wrong with single values, and what was passed over."""
    unread: set[str] = field(default_factory=set)
    """Names of fields that stand in what was passed over."""
    passed: set[int] = field(default_factory=set)
    """Lines that were passed over, counted from 0 within the YAML."""

    @property
    def offset(self) -> int:
        """Give the number of lines before the YAML."""
        return self.text.line_of(self.place.start) - 1

    def document(self, value: Yaml, body: str = "") -> Document:
        whole = self.text.whole
        return Document(
            self.shown,
            value,
            self.lines,
            body,
            whole.count("\n", 0, len(whole) - len(body)) + 1,
            replace(self.text, passed={at + self.offset + 1 for at in self.passed}),
            Span(whole.find("\n") + 1, self.place.end),
            self.values,
            self.names,
            dict(self._remarks()),
            frozenset(self.unread),
        )

    def read_on(self, most: int) -> Yaml:
        """Read all that can be read: what makes the rest unreadable is told, and passed over with
        the field it stands in. None when nothing is left, or too much is wrong.
        """
        for _ in range(MOST_PROBLEMS):
            try:
                return self.read(most)
            except Problem as problem:
                self.findings.append(problem.at(self.shown))
                if problem.code == "te-veel-waarden":
                    break
                first = problem.line - 1 - self.offset
                self._pass_over(first, problem.code == "tab")
                if problem.fix:  # all that it mends is told
                    self.passed.update(range(first, first + 1 + problem.fix.old.count("\n")))
        self.unread.update(FIELDS)
        return None

    def _pass_over(self, line: int, whole: bool) -> None:
        lines = self.clean.split("\n")
        field = field_around(lines, line)
        around = field if whole else item_around(lines, line) or field
        self.passed.update(around)
        for at in {field.start, *around}:
            self.unread.update(names_on(lines[at]))

    def read(self, most: int) -> Yaml:
        lines = self.text.whole[self.place.start : self.place.end].split("\n")
        # As many spaces, so that all that stands behind it keeps its place.
        self.clean = "\n".join(
            " " * len(line) if at in self.passed else line for at, line in enumerate(lines)
        )
        self.lines, self.values, self.names, self.scalars = {}, {}, {}, []
        for start, end, problem in odd_spaces(self.text, self.place):
            self.findings.append(problem.at(self.shown))
            self.clean = (
                self.clean[:start]
                + re.sub(r"[^\S\t]", " ", self.clean[start:end])
                + self.clean[end:]
            )
        source, self.added = quote_names(self.clean)
        try:
            # Not more than `most`: libyaml takes ever longer for each level of nesting.
            events = list(islice(yaml.parse(source, Loader=LOADER), most))
        except yaml.MarkedYAMLError as error:
            raise explain(error, self.clean, self.text, self.place) from None
        except yaml.YAMLError:
            raise Problem(self.offset + 1, "ongeldige-yaml", "de kop is niet te lezen.") from None
        if len(events) == most:
            raise Problem(
                self._line(events[-1]),
                "te-veel-waarden",
                f"er staan te veel waarden: meer dan {most // 2}.",
                "Maak de lijsten korter.",
            )
        value: Yaml = None
        seen = False
        rest = iter(events)
        for event in rest:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise Problem(
                        self._line(event), "ongeldige-yaml", "er staat een tweede --- in de kop."
                    )
                seen = True
            elif isinstance(event, yaml.NodeEvent):
                value = self._build(event, rest, (), False)
        return value

    def _build(
        self, event: yaml.Event, events: Iterator[yaml.Event], location: Location, inline: bool
    ) -> Yaml:
        line = self._line(event)
        _refuse_tricks(event, line, location)
        self.lines.setdefault(location, line)
        place = self._place(event, inline)
        if isinstance(event, yaml.ScalarEvent):
            self.scalars.append(place)
            self.end = place.start + len(self.text.whole[place.start : place.end].rstrip())
            self._look_for_hidden(event.value, line, _name_of(location) or "deze regel")
            self._look_for_rest(event, place, location)
            self._look_for_item(event, place, location)
            self._look_for_sign(event, place, location)
            value: Yaml = (
                composed(event.value).replace("\u00a0", " ").strip()
                if event.value or event.style
                else None
            )
        else:
            inside = inline or bool(getattr(event, "flow_style", False))
            value = (self._list if isinstance(event, yaml.SequenceStartEvent) else self._group)(
                events, location, inside
            )
        self.values[location] = place._replace(end=self.end)
        return value

    def _list(self, events: Iterator[yaml.Event], location: Location, inside: bool) -> list[Yaml]:
        items: list[Yaml] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._build(event, events, (*location, len(items)), inside))
        self._ended(event, inside)
        return items

    def _group(
        self, events: Iterator[yaml.Event], location: Location, inside: bool
    ) -> dict[str, Yaml]:
        fields: dict[str, Yaml] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key_line = self._line(event)
            _refuse_tricks(event, key_line, location)
            if not isinstance(event, yaml.ScalarEvent):
                raise Problem(
                    key_line,
                    "ongeldige-yaml",
                    "een veldnaam moet gewone tekst zijn.",
                    "Zet tekst met { of [ tussen aanhalingstekens.",
                )
            key = composed(event.value)
            place = (*location, key)
            self._look_for_hidden(event.value, key_line, "deze regel")
            if key in fields:
                own, first = self._place(event, inside), self.lines[place]
                value = self._build(next(events), events, (*place, key_line), inside)
                if inside and value is None and key not in FIELDS:  # the thousands of 1,000,000
                    self.names[place] = self.names[place]._replace(end=own.end)
                    continue
                problem = Problem(
                    key_line,
                    "dubbel-veld",
                    f"het veld ‘{visible(key)}’ staat er twee keer: ook op regel {first}.",
                    "Houd er een over.",
                    None if inside else self._without_double(first, key_line),
                )
                self.findings.append(problem.at(self.shown))
                continue
            self.lines[place], self.names[place] = key_line, self._place(event, inside)
            self.scalars.append(self.names[place])
            fields[key] = self._build(next(events), events, place, inside)
        self._ended(event, inside)
        return fields

    def _ended(self, event: yaml.Event, inside: bool) -> None:
        """Note where a list or group ends; one on lines of its own ends where its last value
        does.
        """
        if inside:
            self.end = self._place(event, inside).end

    def _place(self, event: yaml.Event, inline: bool) -> Span:
        """Give the place in the file of what stands in the source."""
        assert event.start_mark and event.end_mark  # libyaml marks every event
        start, end = event.start_mark.index, event.end_mark.index
        return Span(
            self.place.start + start - bisect_left(self.added, start),
            self.place.start + end - bisect_left(self.added, end),
            inline,
        )

    def _line(self, event: yaml.Event) -> int:
        assert event.start_mark is not None
        return event.start_mark.line + 1 + self.offset

    def _without_double(self, first: int, line: int) -> Fix | None:
        """Give the repair that takes a field out that is the very same as one before it, on one
        line.
        """
        one, two, after = (
            self.text.lines[first - 1],
            self.text.lines[line - 1],
            self.text.lines[line : line + 1],
        )
        if (
            one.rstrip() != two.rstrip()
            or two.rstrip().endswith(":")
            or "".join(after).startswith(" ")
        ):
            return None
        start = self.text.start_of(line)
        return self.text.fix(start, start + len(two) + 1, "", certain=True)

    def _remarks(self) -> Iterator[tuple[Location, list[str]]]:
        """Give each remark with the place it stands above; the last have the place ()."""
        head = self.text.whole[self.place.start : self.place.end]
        if "#" not in head:
            return
        found: dict[Location, list[str]] = {}
        places = sorted(
            (line, len(location), location) for location, line in self.lines.items() if location
        )
        texts = sorted(self.scalars)
        starts = [text.start for text in texts]
        for remark in re.finditer(r"(?:^|(?<=\s))#.*", head, re.MULTILINE):
            at, line = (
                self.place.start + remark.start(),
                self.offset + head.count("\n", 0, remark.start()) + 1,
            )
            before = bisect_right(starts, at) - 1
            if before >= 0 and at < texts[before].end:
                continue
            if self.text.lines[line - 1].lstrip().startswith("#"):
                location = next((place for number, _, place in places if number > line), ())
            else:
                last = max((number for number, _, _ in places if number <= line), default=0)
                location = next((place for number, _, place in places if number == last), ())
            found.setdefault(location, []).append(remark[0].rstrip())
        yield from found.items()

    def _look_for_rest(self, event: yaml.ScalarEvent, place: Span, location: Location) -> None:
        """YAML takes what follows a # for a remark and leaves it out, of a title too."""
        line_end = self.text.whole.find("\n", place.end)
        line = self.text.whole[place.start : line_end].rstrip()
        rest = "" if event.style else self.text.whole[place.end : line_end].strip()
        if rest.startswith("#") and (
            event.value or re.match(r"#\w", rest)
        ):  # an empty field may have a remark, but #samen is none
            fix = None
            repair = "Zet de waarde tussen aanhalingstekens, of haal de opmerking weg."
            remark = rest.startswith("# ") or is_typed(FIELDS.get(str(location[0])))
            if event.value and remark and not location[1:]:
                repair = "Zet de opmerking op een eigen regel erboven."
                start = self.text.whole.rfind("\n", 0, place.start) + 1
                own = self.text.whole[start : place.end].rstrip()
                fix = self.text.fix(start, place.start + len(line), f"{rest}\n{own}", certain=False)
            elif not place.inline:
                lead = "" if event.value else " "
                end = place.start + len(line)
                fix = self.text.fix(
                    place.start, end, f"{lead}{scalar(line.strip())}", certain=False
                )
            if not event.value:  # what is lost is all there is
                self.unread.add(_name_of(location))
            self.findings.append(
                Finding(
                    self.shown,
                    self.text.whole.count("\n", 0, place.end) + 1,
                    "tekst-na-hekje",
                    "na het # zou de rest van deze regel wegvallen: "
                    f"{visible(f'{event.value} {rest}'.strip()[:40])}…",
                    repair,
                    fix=fix,
                )
            )

    def _look_for_item(self, event: yaml.ScalarEvent, place: Span, location: Location) -> None:
        """A value of a list that stands further to the right goes on with the text above it."""
        typed = self.text.whole[place.start : place.end]
        below = re.search(r"\n([ ]*)-[ ]", typed) if not event.style else None
        if not below:
            return
        before = self.text.whole[: place.start]
        fix, column = None, re.search(r"(?:^|\n)([ ]*)-[ ]+$", before)
        if column and isinstance(location[-1], int):
            start = place.start + below.start(1)
            fix = self.text.fix(
                start,
                place.end,
                re.sub(r"(?m)^[ ]*(?=-[ ])", column[1], typed[below.start(1) :]),
                True,
            )
        self.findings.append(
            Finding(
                self.shown,
                self.text.line_of(place.start + below.start(1)),
                "ongeldige-yaml",
                "deze regel met een streepje wordt deel van de tekst erboven.",
                "Zet het streepje recht onder dat van de regel erboven."
                if column
                else "Een lijst kan hier niet. Schrijf de tekst op één regel.",
                fix=fix,
            )
        )

    def _look_for_sign(self, event: yaml.ScalarEvent, place: Span, location: Location) -> None:
        """A sign that stands alone begins a text on the lines below it, to YAML."""
        if location[-1:] != ("vergelijking",) or event.style != ">" or event.value:
            return
        fix = self.text.fix(place.start, place.start + 1, '">"', certain=True)
        self.findings.append(
            Finding(
                self.shown,
                self._line(event),
                "ongeldige-yaml",
                "vergelijking ‘>’ staat niet tussen aanhalingstekens, en is nu leeg.",
                str(fix or ""),
                fix=fix,
            )
        )

    def _look_for_hidden(self, value: str, line: int, where: str) -> None:
        """Look once more at what was read: YAML turns \\u202E between quotes into the character
        itself.
        """
        if sign := next((value[at] for at in hidden(value) if value[at] not in HARMLESS), ""):
            self.findings.append(
                hidden_character(self.shown, line, f"{visible(where)} bevat", sign)
            )


def _name_of(location: Location) -> str:
    """Name the field that a place is in; a file that is a list has none at the top."""
    return next((name for name in location if isinstance(name, str)), "")


def _by_name(location: Location) -> str:
    name = _name_of(location)
    return f" bij ‘{visible(name)}’" if name else ""


def _refuse_tricks(event: yaml.Event, line: int, location: Location) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise Problem(
            line,
            "yaml-anker",
            f"een anker of verwijzing (& of *){_by_name(location)} mag niet.",
            "Schrijf de waarde voluit, of zet de tekst tussen aanhalingstekens.",
        )
    if tag := getattr(event, "tag", None):
        shown = str(tag).replace("tag:yaml.org,2002:", "!!")
        raise Problem(
            line,
            "yaml-tag",
            f"een YAML-tag ({shown}){_by_name(location)} mag niet.",
            "Zet de tekst tussen aanhalingstekens.",
        )
    if len(location) > MAX_DEPTH:
        raise Problem(line, "te-diep", f"de velden{_by_name(location)} zijn te diep genest.")
