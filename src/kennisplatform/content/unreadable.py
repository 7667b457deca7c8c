"""Say in Dutch why YAML cannot be read, on which line, and how it can: the rules of YAML that
nobody should have to know.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any, NamedTuple

import yaml

from kennisplatform.content.textfile import Span, Text
from kennisplatform.model.findings import Finding, Fix, letters
from kennisplatform.model.head import is_typed, scalar
from kennisplatform.model.schema import COLLECTIES, FIELDS, LISTS
from kennisplatform.model.text import visible
from kennisplatform.model.values import number_meant, unmarked

MAX_VALUES = 2_000
"""Keys, values and their groups in the head of one page: a page that names all municipalities has
about 400.
"""

_NAME = r"""('[st][- ][^'",\[\]{}\\#:\n]*?)"""
_APOSTROPHE = re.compile(
    rf"^[ ]*(?:-[ ]+(?:\w+:[ ]+)?|\w+:[ ]+){_NAME}(?=[ ]{{0,9}}$)", re.MULTILINE
)
"""A Dutch name that starts with an apostrophe ('s-Hertogenbosch), which YAML takes for an opening
quote.
"""
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_LIST = re.compile(rf'^[ ]*(?:-[ ]+)?\w+:[ ]+\[(?:{_QUOTED}|[^\[\]"])*\]', re.MULTILINE)
_APOSTROPHE_IN_LIST = re.compile(rf"{_QUOTED}|[\[,]\s*{_NAME}(?=\s*[,\]])")
_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that YAML takes for letters, and that nobody can tell from the ordinary one."""
_INDENT = re.compile(rf"[ {_SPACE}]*(?:-[ {_SPACE}]+)*")
_FIELD_NAME = re.compile(rf"[a-z_]+[ {_SPACE}]*:[ {_SPACE}]*", re.IGNORECASE)
_FIELD_IN_GROUP = re.compile(rf"(?<=[{{,])[ {_SPACE}]*[a-z_]+:[ {_SPACE}]*")
_BEFORE_VALUE = re.compile(r"[ ]*(?:-[ ]+(?:[A-Za-z_]+:[ ]+)?|[A-Za-z_]+:[ ]+)(?=\S)")
_VALUE_IN_GROUP = re.compile(
    r"(?<=[{,])(\s*[a-z_]+:\s+)([^\s\"\[{][^{}\[\]]*?)(?=\s*(?:,\s*[a-z_]+:\s|\}))"
)
_NAMES = "|".join(sorted(FIELDS, key=len, reverse=True))
_OF_PAGES = {name for kind in COLLECTIES.values() for name in kind.model.model_fields}
_NEXT_FIELD = re.compile(rf"([,;]?)\s+(?!op:)(?=({_NAMES}):(?:\s|$))")
"""That another field begins; after ‘Let op:’ a sentence goes on."""
_TWO_QUOTED = re.compile(r"""(["'])[^"']*\1\s*[,;]?\s*\1""")
_NO_COLON = re.compile(rf"( *(?:- +)?)({_NAMES})(?:( *[=;] *)| +(?!:))(?=\S)")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Problem(Exception):
    """What makes the rest of a file unreadable."""

    def __init__(
        self, line: int, code: str, message: str, repair: str = "", fix: Fix | None = None
    ) -> None:
        super().__init__(message)
        self.line, self.code, self.message, self.repair, self.fix = line, code, message, repair, fix

    def at(self, path: str) -> Finding:
        return Finding(path, self.line, self.code, self.message, self.repair, fix=self.fix)


def quote_names(source: str) -> tuple[str, list[int]]:
    """Put quotes around names that begin with an apostrophe, and give the places of those quotes in
    the new text.
    """
    if "'" not in source:
        return source, []
    names = [m.span(1) for m in _APOSTROPHE.finditer(source)]
    names += [
        (found.start() + m.start(1), found.start() + m.end(1))
        for found in _LIST.finditer(source)
        for m in _APOSTROPHE_IN_LIST.finditer(found[0])
        if m[1]
    ]
    places = sorted(at for name in names for at in name)
    parts = [
        source[start:end] for start, end in zip([0, *places], [*places, len(source)], strict=True)
    ]
    return '"'.join(parts), [at + number for number, at in enumerate(places)]


def odd_spaces(text: Text, place: Span) -> Iterator[tuple[int, int, Problem]]:
    """Find spaces that would join the name of a field with its value: first and last place on each
    line, from the start of the YAML.
    """
    source = text.whole[place.start : place.end]
    if source.isascii():
        return
    start, nested = 0, False
    for number, line in enumerate(source.split("\n"), text.line_of(place.start)):
        indent = _INDENT.match(line)
        assert indent  # it may be empty
        may_be_field = indent.end() == 0 or nested or "-" in indent[0]
        field = _FIELD_NAME.match(line, indent.end()) if may_be_field else None
        places = [*range(field.end() if field else indent.end())]
        if line[len(places) :].startswith(("{", "[{")):
            places += [at for m in _FIELD_IN_GROUP.finditer(line) for at in range(*m.span())]
        if odd := [at for at in places if line[at].isspace() and line[at] not in " \t"]:
            fix, after = _ordinary(text, place.start + start, line, odd, nested)
            where = f"na ‘{after}’" if after else "aan het begin van deze regel"
            message = f"{where} staat een vaste spatie, geen gewone: U+{ord(line[odd[0]]):04X}."
            problem = Problem(
                number, "onzichtbaar-teken", message, "Typ daar een gewone spatie.", fix
            )
            yield start + odd[0], start + odd[-1] + 1, problem
        if field and indent.end() == 0:
            nested = not line[field.end() :].strip()
        start += len(line) + 1


def _ordinary(
    text: Text, start: int, line: str, odd: list[int], nested: bool
) -> tuple[Fix | None, str]:
    """Write ordinary spaces for odd ones on a line that begins at `start`; give what stands before
    them too.
    """
    first, end = odd[0], odd[-1] + 1
    after = re.search(r"(\w+:?|-)$", line[:first])
    new = "".join(" " if at in odd else line[at] for at in range(first, end))
    fix = text.fix(
        start + first, start + end, new if after or nested else new.lstrip(), certain=True
    )
    return fix, after[0] if after else ""


def field_around(lines: Sequence[str], line: int) -> range:
    """Give the lines of the field, or of the value of a list that is a whole file, in which a line
    stands. A field that only stands too far to the right is one by itself.
    """
    first = next((one for one in lines if one.strip() and one[0] != "#"), "")
    begins = re.compile(r"\S" if first[:1] == "-" else r"[^\s#:-]")
    line = min(line, len(lines) - 1)
    above = next((one for one in reversed(lines[:line]) if one.strip()), "")
    start = line
    if not (_INDENTED.match(lines[line]) and _COMPLETE.match(above)):
        while start and not begins.match(lines[start]):
            start -= 1
    end = line + 1
    while end < len(lines) and not begins.match(lines[end]):
        end += 1
    return range(start, end)


def item_around(lines: Sequence[str], line: int) -> range | None:
    """Give the lines of the value of a list, further to the right than its field, that a line is
    in.
    """
    start = line
    while start and not re.match(r"\s+-\s|\S", lines[start]):
        start -= 1
    dash = re.match(r"(\s+)-\s", lines[start])
    if not dash or not (line == start or re.match(rf"{dash[1]}\s", lines[line])):
        return None
    end = line + 1
    while end < len(lines) and re.match(rf"{dash[1]}\s|\s*$", lines[end]):
        end += 1
    return range(start, end)


def names_on(line: str) -> Iterator[str]:
    """Give the fields that a line may hold, however they are written."""
    first = re.match(r"[^\w\n]*(\w[\w -]*)", line)
    own = first[1] if first else ""
    for typed in (own, own.partition(" ")[0], *re.findall(r"([\w-]+)\s*[:=]", line)):
        yield from (name for name in FIELDS if letters(name) == letters(typed))


_COMPLETE = re.compile(r"\w[\w -]*:\s+[^\s|>\[{]|\s+-\s+[^{\[:]+$|\s+-\s+\{.*\}\s*$")
"""A line under which nothing may stand further to the right."""
_INDENTED = re.compile(r"\s+[\w-]+:(\s|$)")
_LINE = re.compile(r"[ ]?-{2,}\s*|[–—―‒]+-?\s*|\.{3}\s*")
"""A line that was meant to begin or end a head; other programs make one dash of three."""
_OF_HEAD = re.compile(r"\s|-\s|#|[\w-]+( [\w-]+)?\s*:(\s|$)")


def around_head(text: Text) -> tuple[Span, str, list[Problem]]:
    """Find the head of a page that does not begin or end as it should, and what is behind it.

    Raises Problem when it has none.
    """
    lines, problems = text.lines, list[Problem]()
    first = next(at for at, line in enumerate(lines) if line.strip())
    if lines[first].startswith(("```", "~~~")):
        raise Problem(
            first + 1,
            "kop-ontbreekt",
            f"de pagina staat tussen {lines[first][:3]}, en is dan geen pagina maar code.",
            "Haal de regel ermee aan het begin weg, en die aan het eind.",
        )
    opened, start = _LINE.fullmatch(lines[first]), text.start_of(first + 1)
    if not opened and not any(name == lines[first].split(":")[0] for name in FIELDS):
        raise Problem(
            1,
            "kop-ontbreekt",
            "de kop ontbreekt: de eerste regel moet --- zijn.",
            "Kijk hoe een andere pagina begint.",
        )
    begin = first + 1 if opened else first
    end = next((n for n in range(begin, len(lines)) if _LINE.fullmatch(lines[n])), None)
    if first or not opened or lines[first].rstrip().strip("-") or len(lines[first].rstrip()) < 3:
        until = start + len(lines[first]) if opened else start
        fix = text.fix(0, until, "---" if opened else "---\n", certain=end is not None)
        message = "de kop begint niet goed: de eerste regel moet --- zijn."
        repair = "Zet er --- boven." if not opened else "Schrijf ---, zonder iets ervoor."
        problems.append(Problem(1, "kop-ontbreekt", message, repair, fix))
    unclosed = "de kop is niet afgesloten: er hoort een tweede regel met --- onder de velden."
    if end is None:
        end = _end_of_head(lines, begin)
        place = text.start_of(end + 1) if end < len(lines) else len(text.whole)
        lead = "" if place == 0 or text.whole[place - 1] == "\n" else "\n"
        fix = text.fix(place, place, f"{lead}---\n", certain=False)
        repair = f"Zet --- op een eigen regel, na regel {end}."
        problems.append(Problem(1, "kop-niet-afgesloten", unclosed, repair, fix))
        head, body = Span(text.start_of(begin + 1), place), text.whole[place:]
    else:
        place, after = text.start_of(end + 1), text.start_of(end + 2)
        if lines[end].rstrip().strip("-") or len(lines[end].rstrip()) < 3:
            fix = text.fix(place, place + len(lines[end]), "---", certain=True)
            written = f"er staat ‘{visible(lines[end].strip())}’, en dat moet --- zijn."
            repair = "Schrijf drie streepjes: ---"
            problems.append(Problem(end + 1, "kop-niet-afgesloten", written, repair, fix))
        head, body = Span(text.start_of(begin + 1), place), text.whole[after:]
    return head, body, problems


def _end_of_head(lines: Sequence[str], begin: int) -> int:
    """Give the first line, from 0, that is no field any more."""
    last = begin
    for at in range(begin, len(lines)):
        if not lines[at].strip():
            continue
        if not _OF_HEAD.match(lines[at]) or (lines[at][0] in "# " and not lines[at - 1].strip()):
            break
        last = at + 1
    return last


def explain(error: yaml.MarkedYAMLError, clean: str, text: Text, place: Span) -> Problem:
    """Find the line that is wrong, and the repair after which what follows can be read; `clean` is
    the YAML without odd spaces.
    """
    source = _Source(clean.split("\n"), text, place, _reached(error, quote_names(clean)[1]))
    index = _line_of(error, source.lines)
    number, line = text.line_of(place.start) + index, source.lines[index]
    # What is noticed here may be wrong on the line before.
    opened = error.context_mark if "flow" in (error.context or "") else None
    begun = opened.line if opened and opened.line < len(source.lines) else index
    for at in sorted({index, source.above(index), begun}):
        if problem := source.unfinished(at):
            return problem
    fix, shown = source.quoted(index), visible(line.strip()[:80])
    if "mapping values" in (error.problem or ""):
        return Problem(
            number,
            "dubbele-punt",
            f"er staat een dubbele punt in de tekst: {shown}",
            _how_to_quote(fix) or "Zet de hele waarde tussen aanhalingstekens.",
            fix,
        )
    if "\t" in line:
        return Problem(
            number,
            "tab",
            "er staat een tab in de kop.",
            "Gebruik spaties om te laten inspringen.",
            source.without_tabs(index),
        )
    return Problem(
        number,
        "ongeldige-yaml",
        f"deze regel van de kop is niet te lezen: {shown}",
        _how_to_quote(fix)
        or "Controleer de aanhalingstekens, de haken en het inspringen, ook op de regel erboven.",
        fix,
    )


def _mark_of(error: yaml.MarkedYAMLError) -> Any:
    # A quote that is never closed is noticed at the end of the text; it is wrong where it was
    # opened.
    # So is a name without its colon, and a bracket.
    begun = re.search("quoted scalar|simple key", error.context or "")
    return error.context_mark if begun else error.problem_mark or error.context_mark


def _reached(error: yaml.MarkedYAMLError, added: list[int]) -> int:
    """Give the number of characters that could be read, without quotes that were added."""
    index: int = getattr(_mark_of(error), "index", 0)
    return index - bisect_left(added, index)


def _line_of(error: yaml.MarkedYAMLError, lines: list[str]) -> int:
    """Give the line, from 0, on which something is wrong, which is not always where it is
    noticed.
    """
    index = getattr(_mark_of(error), "line", 0)
    while index and (
        index >= len(lines) or not lines[index].strip()
    ):  # what is noticed at the end is wrong before it
        index -= 1
    return index


def _how_to_quote(fix: Fix | None) -> str:
    if fix is None:
        return ""
    written = f": {visible(fix.new)}" if len(fix.new) <= 100 else "."
    if (
        fix.new == scalar(fix.old, inline=True)
        or fix.new == scalar(fix.old)
        or fix.new[-1] == fix.old[0]
    ):
        return (
            "Zet de hele waarde tussen "
            f"{'enkele ' if fix.new[0] == chr(39) else ''}aanhalingstekens{written}"
        )
    return f"Schrijf{written}"


def _is_text(value: str) -> bool:
    """Tell whether a value can be nothing but text: no item of a list, no other field that begins
    on the same line, no sign that stands for nothing.
    """
    if re.match(r"[-*+•]\s", value) or _NEXT_FIELD.search(value) or _TWO_QUOTED.match(value):
        return False
    return any(map(str.isalnum, value)) or not value.strip("<>=")


def _is_quoted(value: str) -> bool:
    return re.fullmatch(rf"{_QUOTED}|'(?:[^']|'')*'", value) is not None


@dataclass(frozen=True, slots=True)
class _Source:
    """YAML that cannot be read, as lines counted from 0, with its place in a file."""

    lines: list[str]
    text: Text
    place: Span
    reached: int

    def start_of(self, index: int) -> int:
        return self.place.start + sum(len(line) + 1 for line in self.lines[:index])

    def tried(self, line: int, column: int, old: str, new: str, certain: bool = True) -> Fix | None:
        """Give a repair from a place on a line on, when with it more of the YAML can be read."""
        rest = "\n".join(self.lines[line:])
        whole = rest[:column] + new + rest[column + len(old) :]
        repaired, added = quote_names("\n".join((*self.lines[:line], whole)))
        try:
            for _ in islice(yaml.parse(repaired, Loader=LOADER), MAX_VALUES):
                pass
        except yaml.MarkedYAMLError as error:
            if _reached(error, added) <= self.reached + len(new) - len(old):
                return None
        except yaml.YAMLError:
            return None
        start = self.start_of(line) + column
        return self.text.fix(start, start + len(old), new, certain)

    def moved(self, first: int, indent: str, certain: bool) -> Fix | None:
        """Give the repair that lets this line, and those after it that begin as far to the right,
        begin elsewhere.
        """
        start = re.match(r"\s*", self.lines[first])
        last, begin = first, start[0] if start else ""
        while re.match(rf"{begin}\S", "".join(self.lines[last + 1 : last + 2])) and begin:
            last += 1
        lines = [indent + line[len(begin) :] for line in self.lines[first : last + 1]]
        rest = "\n".join(line for line in self.lines[first + 1 : last + 1])
        old = f"{self.lines[first]}\n{rest}" if rest else self.lines[first]
        fix = self.tried(first, 0, self.lines[first], lines[0], certain)
        start_at = self.start_of(first)
        return fix and self.text.fix(start_at, start_at + len(old), "\n".join(lines), certain)

    def above(self, index: int) -> int:
        """Give the line before this one that is not empty, or this one when there is none."""
        return max((n for n in range(index) if self.lines[n].strip()), default=index)

    def unfinished(self, at: int) -> Problem | None:
        """Find what a line lacks, or has too much of, around the names of its fields."""
        for look in _LOOKS:
            if (found := look(self, at, self.lines[at])) and found.fix:
                message, code = found.message, "tab" if "\t" in found.fix.old else "ongeldige-yaml"
                number = self.text.line_of(self.place.start) + at
                return Problem(number, code, message, found.repair, found.fix)
        return None

    def quoted(self, index: int) -> Fix | None:
        """Give the repair that puts a whole value in quotes, where that makes the line one that can
        be read.
        """
        line = self.lines[index]
        start = _BEFORE_VALUE.match(line)
        value = line[start.end() :].rstrip() if start else ""
        if not start or re.fullmatch(r"[|>][-+0-9]*", value.replace(">=", "")):
            return None
        if (bare := unmarked(value)) != value and value[0] in "*[":
            return self.tried(index, start.end(), value, scalar(bare), certain=value[0] == "*")
        if value[0] == "[" and value[-1] == "]" and not re.match(r"\[\s*\{", value):
            return self._quoted_in_list(index, start.end(), value)
        if value[0] in "[{" and not re.match(r"\[[^\[\]]*\]\s*\w|\{[^{}]*\}\s*\w", value):
            return self._quoted_in_group(index, line)
        if (
            value[0] in "'\""
            and len(re.findall(rf"(?<!\\){value[0]}", value)) % 2
            and not re.match("'[st][- ]", value)
        ):
            return self.tried(
                index, start.end(), value, value + value[0], certain=False
            )  # it may end anywhere
        # It holds quotes of its own, or a sign that means more between quotes: "C:\map".
        if re.match(r"([\"'])[^\"']*[\s(]\1.*\1$|\"[^\"]*\"$", value):
            return self.tried(index, start.end(), value, scalar(value[1:-1]))
        return self.tried(index, start.end(), value, scalar(value), _is_text(value))

    def _quoted_in_list(self, index: int, column: int, value: str) -> Fix | None:
        """Give the repair that puts quotes around what needs them between brackets."""
        items = [item.strip() for item in re.split(rf",(?=(?:[^\"]|{_QUOTED})*$)", value[1:-1])]
        new = [item if _is_quoted(item) else scalar(item, inline=True) for item in items if item]
        certain = all(_is_quoted(item) or not re.search(r"^'|\"", item) for item in items)
        return self.tried(index, column, value, f"[{', '.join(new)}]", certain)

    def _quoted_in_group(self, index: int, line: str) -> Fix | None:
        wrong = {
            m.start(2): new
            for m in _VALUE_IN_GROUP.finditer(line)
            if (new := scalar(m[2], typed=True, inline=True)) != m[2]
        }
        if not wrong:
            return None
        first, last = (
            min(wrong),
            next(m.end(2) for m in _VALUE_IN_GROUP.finditer(line) if m.start(2) == max(wrong)),
        )
        new = _VALUE_IN_GROUP.sub(lambda m: m[1] + wrong.get(m.start(2), m[2]), line)
        certain = all(_is_text(m[2]) for m in _VALUE_IN_GROUP.finditer(line))
        return self.tried(
            index, first, line[first:last], new[first : len(new) - (len(line) - last)], certain
        )

    def without_tabs(self, index: int) -> Fix | None:
        """Give the repair that puts spaces for the tabs that lines begin with, as many as other
        lines have.
        """
        new, last = list(self.lines), -1
        width = min(
            (len(line) - len(line.lstrip(" ")) for line in self.lines if re.match(r" +\S", line)),
            default=2,
        )
        # Where a value of a list, and a field of a group, stand by the lines above.
        dash: int | None = None
        field: int | None = None
        for n, line in enumerate(self.lines):
            indent = re.match(r"(\s*)((?:-\s+)?)", line)
            if n >= index and indent and "\t" in indent[0] and line.strip():
                above = dash if indent[2] else field
                new[n] = (
                    " " * (width * max(1, indent[1].count("\t")) if above is None else above)
                    + ("- " if indent[2] else "")
                    + line[indent.end() :]
                )
                last = n
            found = re.match(r"( *)((?:- +)?)\S", new[n])
            if found:
                inside = bool(found[1] or found[2])
                dash = (len(found[1]) if found[2] else dash) if inside else None
                field = found.end() - 1 if inside and not new[n].rstrip().endswith(":") else None
        if last < index or new[index] == self.lines[index]:
            return None
        old, repaired = ("\n".join(part[index : last + 1]) for part in (self.lines, new))
        return self.text.fix(
            self.start_of(index), self.start_of(index) + len(old), repaired, certain=True
        )


class _Found(NamedTuple):
    """What a line lacks, with its repair if that helps."""

    message: str
    repair: str
    fix: Fix | None


def _space(source: _Source, at: int, line: str) -> _Found | None:
    joined = re.match(r"(?:[ ]*-[ ]+|[ ]*)([A-Za-z_-]+:)(?=[^\s:/])", line)
    if not joined:
        return None
    written = visible(line.replace(joined[1], f"{joined[1]} ", 1).strip()[:80])
    fix = source.tried(at, joined.start(1), joined[1], f"{joined[1]} ")
    return _Found(f"na ‘{joined[1]}’ hoort een spatie.", f"Schrijf: {written}", fix)


def _colon(source: _Source, at: int, line: str) -> _Found | None:
    found = _NO_COLON.match(line)
    if not found or not (found[1] or found[2] in _OF_PAGES):
        return None
    name, old, value = found[2], line[found.start(2) :].rstrip(), line[found.end() :].rstrip()
    plain = value if value[0] in "[{" else scalar(value, is_typed(FIELDS[name]))
    fix = source.tried(at, found.start(2), old, f"{name}: {plain}", certain=bool(found[3]))
    return _Found(
        f"na ‘{name}’ hoort een dubbele punt.", f"Schrijf: {visible(f'{name}: {plain}'[:80])}", fix
    )


def _first_item(source: _Source, at: int, line: str) -> _Found | None:
    listed = re.match(r"([ ]*(?:-[ ]+)?)([\w-]+):([ ]+)-[ ]+\S", line)
    name = listed[2].lower().replace("-", "_") if listed else ""
    if not listed or (name in FIELDS and name not in LISTS):
        return None
    below = re.match(r"([ ]*)-[ ]", "".join(source.lines[at + 1 : at + 2]))
    indent = below[1] if below else " " * (len(listed[1]) + 2)
    old = line[listed.start(3) :]
    items = [item.rstrip() for item in re.split(r"(?:^|\s)[ ]*-[ ]+", old)[1:]]
    certain, new = name in LISTS and len(items) == 1, f"\n{indent}- "
    fix = source.tried(at, listed.start(3), old, "".join(f"{new}{item}" for item in items), certain)
    repair = f"Begin na ‘{listed[2]}:’ een nieuwe regel: {visible(f'- {items[0]}'[:80])}"
    if items[1:]:
        repair = f"{repair}  Geef elk streepje een eigen regel."
    return _Found("een lijst met streepjes begint op een eigen regel.", repair, fix)


def _bracket(source: _Source, at: int, line: str) -> _Found | None:
    listed = re.fullmatch(r"[ ]*(?:-[ ]+)?(?:[\w-]+:[ ]+)?([\[{][^\n]+?)[, ]*", line)
    if not listed:
        return None
    lacks, last = _unclosed(listed[1]), at
    while lacks and re.match(r"\s+[^\s-]", "".join(source.lines[last + 1 : last + 2])):
        last += 1
    if last > at:
        more = "".join(source.lines[at + 1 : last + 1])
        lacks, end = _unclosed(listed[1] + more), len(source.lines[last].rstrip(" ,"))
        fix = source.tried(last, end, "", lacks, certain=False) if lacks else None
        message = f"deze {_NAMED[lacks[-1:]]} is niet afgesloten."
        return _Found(message, f"Zet {lacks} achter het laatste woord ervan.", fix)
    # A title may begin with a bracket; with a comma it is a list.
    old, new = line[listed.start(1) :], f"{listed[1]}{lacks}"
    fix = source.tried(at, listed.start(1), old, new, "," in listed[1]) if lacks else None
    message = f"deze {_NAMED[lacks[-1:]]} is niet afgesloten: er hoort een {lacks} achter."
    return _Found(message, f"Schrijf: {visible(new[:80])}", fix)


_CLOSING = {"[": "]", "{": "}"}
_NAMED = {"]": "lijst", "}": "groep", "": "waarde"}


def _unclosed(value: str) -> str:
    """Give the brackets that a value lacks at its end."""
    lacks = ""
    for sign in re.sub(_QUOTED, "", value):
        if sign in _CLOSING:
            lacks = _CLOSING[sign] + lacks
        elif sign == lacks[:1]:
            lacks = lacks[1:]
    return lacks


def _dash(source: _Source, at: int, line: str) -> _Found | None:
    """Find a group of a list whose first field stands right behind its dash."""
    joined = re.match(rf"([ ]*)-(?=(?:{_NAMES}):\s)", line)
    if not joined:
        return None
    indent, last = joined[1], at
    while re.match(rf"{indent}[ ]+[^\s-]", "".join(source.lines[last + 1 : last + 2])):
        last += 1
    first = f"{indent}- {line[joined.end() :]}"
    rest = (f"{indent}  {one.strip()}" for one in source.lines[at + 1 : last + 1])
    old, new = "\n".join(source.lines[at : last + 1]), "\n".join((first, *rest))
    message = "na het streepje hoort een spatie."
    return _Found(message, f"Schrijf: {visible(first.strip()[:80])}", source.tried(at, 0, old, new))


def _compared(source: _Source, at: int, line: str) -> _Found | None:
    """Find a number with a sign before it that means something else in YAML: waarde: >50."""
    found = re.search(r"(?<=\bwaarde:)[ ]+(>=?)[ ]*(\d[\d.,]*\d|\d)", line)
    number = number_meant(found[2]) if found else None
    if not found or "vergelijking:" in line:
        return None
    grouped = "{" in line[: found.start()]
    indent = re.match(r"[ ]*(?:-[ ]+)?", line)
    between = ", " if grouped else f"\n{' ' * len(indent[0] if indent else '')}"
    written = f"vergelijking: {scalar('≥' if found[1] == '>=' else '>', inline=grouped)}"
    new = f" {number.value if number else found[2]}{between}{written}"
    fix = source.tried(at, found.start(), found[0], new, certain=number is None)
    return _Found(
        "waarde is alleen een getal; het teken ervoor is een veld van zichzelf.",
        f"Schrijf: waarde:{visible(new.replace(between, ', '))}",
        fix,
    )


_SHORT_YEAR = re.compile(r"(?<=[\s:])'(\d\d)(?![\d'])")


def _short_year(source: _Source, at: int, line: str) -> _Found | None:
    """Find a year of two digits, of which the apostrophe is taken for a quote: van: '19."""
    found = _SHORT_YEAR.search(line)
    if not found or ":" not in line[: found.start()]:
        return None
    same = "\n".join(takewhile(_SHORT_YEAR.search, source.lines[at:]))  # each hides the next
    new = _SHORT_YEAR.sub(lambda m: f"{20 if m[1] < '50' else 19}{m[1]}", same)
    fix = source.tried(at, found.start(), same[found.start() :], new[found.start() :], False)
    first = new.partition("\n")[0].strip()
    repair = f"Schrijf het hele jaar: {visible(first[:80])}"
    return _Found(f"{found[0]} is geen jaar, maar begin van aangehaalde tekst.", repair, fix)


def _indent(source: _Source, at: int, line: str) -> _Found | None:
    """Find a field that stands further to the right than those above it."""
    indent, above = re.match(rf"\s+(?=({_NAMES}):\s)", line), source.above(at)
    first = re.match(r"([ ]*(?:-[ ]+)?)[\w-]+:\s+[^\s|>]|()\s+-\s+\{.*\}", source.lines[above])
    expected = len(first[1] or "") if first else 0
    if not indent or not first or above == at or len(indent[0]) == expected:
        return None
    if source.text.whole[source.start_of(at)] not in " \t":  # that is told already
        return None
    new = " " * expected + line.strip()
    fix = source.moved(at, " " * expected, certain=expected > 0)
    what = "een tab" if "\t" in indent[0] else "spaties"
    message = f"deze regel begint met {what}."
    if expected and what == "spaties":
        message = "deze regel springt anders in dan de regel erboven."
    return _Found(message, f"Schrijf: {visible(new[:80])}", fix)


def _item(source: _Source, at: int, line: str) -> _Found | None:
    """Find a value of a list that stands further to the left or right than the one above it."""
    own, above = (re.match(r"(\s*)-\s+\S", one) for one in (line, source.lines[source.above(at)]))
    if not own or not above or own[1] == above[1]:
        return None
    fix = source.moved(at, above[1], certain=True)
    repair = "Zet het streepje recht onder dat van de regel erboven."
    return _Found("dit streepje springt anders in dan dat erboven.", repair, fix)


def _folded(source: _Source, at: int, line: str) -> _Found | None:
    """Find a text that begins on the line behind a | or >, and not further to the right."""
    sign, below = re.search(r"(?<=: )[|>][-+]?[ ]*$", line), "".join(source.lines[at + 1 : at + 2])
    if not sign or not re.match(r"\w", below):
        return None
    old = f"{line[sign.start() :]}\n{below}"
    fix = source.tried(at, sign.start(), old, scalar(below.strip()), certain=False)
    repair = "Zet de tekst achter de naam van het veld."
    return _Found(f"na {sign[0].strip()} hoort de tekst in te springen.", repair, fix)


def _star(source: _Source, at: int, line: str) -> _Found | None:
    """Find a list of which each line begins with a star."""
    listed = [*takewhile(re.compile(r"\s*\*[ ]+[^\s*]").match, source.lines[at:])]
    if not listed:
        return None
    old = "\n".join(listed)
    new = re.sub(r"^(\s*)\*(?=[ ])", r"\1-", old, flags=re.MULTILINE)
    message = "een lijst met sterretjes kan hier niet."
    repair = f"Begin elke regel met een streepje: {visible(new.partition(chr(10))[0].strip()[:80])}"
    return _Found(message, repair, source.tried(at, 0, old, new))


def _name(source: _Source, at: int, line: str) -> _Found | None:
    """Find a field of which the name stands in signs: **titel:**, titel :, • titel:, - titel:."""
    found = re.match(
        rf"([ ]*(?:-[ ]+)?)((?:[*_•·–#>-]*|\d{{1,2}}[.)])[ ]*)({_NAMES})"
        r"([ ]*[*_]*[:：;]+[*_]*)[ \t]*(?=\S)",
        line,
        re.IGNORECASE,
    )
    if not found:
        return None
    name, column = found[3].lower(), found.end(1)
    new = f"{name}: {line[found.end() :]}"
    if found[1].isspace() and found[2].endswith(" "):  # the bullet of a list, as wide as it was
        new = f"-{' ' * (len(found[2]) - 1)}{new}"
    fix = source.tried(at, column, line[column:], new)
    if not fix and found[1].startswith("-"):  # a list of nothing but fields
        fix = source.tried(at, 0, line, new, certain=False)
    return _Found(
        f"het veld ‘{name}’ is niet goed geschreven.", f"Schrijf: {visible(new[:80])}", fix
    )


def _loose(source: _Source, at: int, line: str) -> _Found | None:
    """Find the end of a text that stands on a line of its own, at its beginning."""
    if not re.match(r"\w[^:]*$", line) or not re.match(
        r"\w+:\s+\w", source.lines[source.above(at)]
    ):
        return None
    message = f"‘{visible(line.strip()[:80])}’ hoort bij geen veld."
    repair = "Hoort het bij de regel erboven, zet er dan twee spaties voor."
    return _Found(message, repair, source.tried(at, 0, line, f"  {line}", certain=False))


def _link(source: _Source, at: int, line: str) -> _Found | None:
    """Find a link as the text has them, in the place of a source."""
    found = re.fullmatch(r"([ ]*-[ ]+)\[([^\[\]]+)\]\((https://[^\s()]+)\)\s*", line)
    if not found:
        return None
    new = f"{{titel: {scalar(found[2], inline=True)}, url: {scalar(found[3], inline=True)}}}"
    fix = source.tried(at, found.end(1), line[found.end(1) :], new, certain=False)
    return _Found("een link met haken kan hier niet.", f"Schrijf: {visible(new[:80])}", fix)


def _next_field(source: _Source, at: int, line: str) -> _Found | None:
    """Find a field that begins behind the value of another one."""
    first = re.match(rf"([ ]*(?:-[ ]+)?)(?:(?:\w+:[ ]+)?\[?(\{{)|(?:{_NAMES}):[ ])", line)
    behind = _NEXT_FIELD.finditer(line, first.end()) if first else ()
    grouped = bool(first and first[2])
    found = next((m for m in behind if not (grouped and m[1] == ",")), None)
    if not first or not found:
        return None
    if grouped:
        last = [m for m in _NEXT_FIELD.finditer(line, found.start()) if m[1] != ","][-1]
        old = line[found.start() : last.end()]
        new = _NEXT_FIELD.sub(lambda m: m[0] if m[1] == "," else ", ", f"{old}{last[2]}: ")
        new = new.removesuffix(f"{last[2]}: ")
        fix = source.tried(at, found.start(), old, new, certain=False)
        repair = visible(f"{line[: found.start()].strip()}{new}{line[last.end() :]}"[:80])
        return _Found(f"voor ‘{found[2]}:’ hoort een komma.", f"Schrijf: {repair}", fix)
    new = "\n" + " " * len(first[1])
    fix = source.tried(at, found.start(), found[0], new, certain=False)
    return _Found(
        f"‘{found[2]}:’ staat op de regel van een ander veld.",
        f"Begin voor ‘{found[2]}:’ een nieuwe regel.",
        fix,
    )


def _end(source: _Source, at: int, line: str) -> _Found | None:
    """Find the sign by which YAML ends, and that others write for more of the same."""
    if not re.fullmatch(r"\.{3}\s*", line):
        return None
    message, repair = "bij de regel ‘...’ houdt de kop op.", "Haal deze regel weg."
    return _Found(message, repair, source.tried(at, 0, line, ""))


_LOOKS: tuple[Callable[[_Source, int, str], _Found | None], ...] = (
    _space,
    _colon,
    _first_item,
    _bracket,
    _compared,
    _short_year,
    _dash,
    _indent,
    _item,
    _next_field,
    _link,
    _folded,
    _star,
    _name,
    _loose,
    _end,
)
"""In the order in which they are likely."""
