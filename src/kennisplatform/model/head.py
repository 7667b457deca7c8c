"""Write front matter in its one form, so that a page that is saved anew differs only in what was
changed.

The form, for whoever writes it elsewhere (redactie/ does, in JavaScript):

1. Fields stand in the order of the schema, in groups too; one it does not know stays behind the
field it came after. No blank lines. Nothing is folded, however long. 2. What is empty is left out:
a field, a value of a list, a field of a group. Three empty fields stay as `naam:` (or `naam: ""`),
because somebody must still see to them: one the page needs, one with a remark, and one that the
schema does not know, for that is a text that a colon or braces made the name of a field (`{een
titel}`). 3. A list of words is one line, `[a, b]`; a group is one line, `{van: 2018, tot: 2019}`. A
list that holds a group has a line for each of its values, ` - {titel: …}`. 4. A text is plain where
that gives the same text by YAML 1.1 (PyYAML), by YAML 1.2 (the npm package yaml) and by the reader
of this project; see `scalar`. Else it stands in double quotes, with `\\` before `"` and `\\`; a
text that holds one of those, and no `'`, in single quotes. 5. A number or a day is plain in a field
that takes one (`waarde: 6`, `van: 2019`), and quoted where a text is meant (`titel: "1984"`). 6. A
remark (`# …`) has a line of its own: above its field, or above its group in a list of groups; after
the last field when it stood there. One that stood behind a value comes above it.
"""

from __future__ import annotations

import datetime
import re
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

Location = tuple[str | int, ...]
"""Where a value stands: ("cijfers", 0, "waarde")."""

_FIRST = "-?:,[]{}#&*!|>'\"%@`"
"""Signs that mean something at the start of a value."""
_WITHIN = re.compile(r":(?=\s|$)|\s#|[\n\t]")
_WITHIN_BRACKETS = re.compile(r"[,?\[\]{}]")
_LIKE_A_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
"""What both versions of YAML read as the number that we read: 012 is 10 to one of them."""
_LIKE_A_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9:.Zz +-]*)?")
_NO_TEXT = re.compile(
    r"~|=|<<|null|Null|NULL|(?:true|yes|on|false|no|off)|(?:True|Yes|On|False|No|Off)|(?:TRUE|YES|ON|FALSE|NO|OFF)"
    r"|[-+]?0b[01_]+|[-+]?0x[0-9a-fA-F_]+|0o[0-7]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?"
    rf"|{_LIKE_A_DAY.pattern}"
)
"""What YAML 1.1 or 1.2 takes for a number, a day, a yes or no, or nothing (PyYAML's resolver, YAML
1.2 §10.3).
"""
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


def write_head(
    fields: Mapping[str, Any],
    model: type[BaseModel],
    remarks: Mapping[Location, Sequence[str]] | None = None,
) -> str:
    """Write the lines between the two of `---`; `fields` as they are read: text, or lists and dicts
    of it.

    `model` gives the order and the kinds of the fields. `remarks` are lines that begin with #, by
    the place they stand above; those at the end have the place ().
    """
    remarks = remarks or {}
    return "".join(f"{line}\n" for line in (*_lines(fields, model, remarks), *remarks.get((), ())))


def _lines(
    fields: Mapping[str, Any], model: type[BaseModel], remarks: Mapping[Location, Sequence[str]]
) -> Iterator[str]:
    for name in _ordered(fields, model):
        info, value = model.model_fields.get(name), fields[name]
        own = {place: lines for place, lines in remarks.items() if place[:1] == (name,)}
        if _is_empty(value, info):
            if own or info is None or info.is_required():
                yield from chain.from_iterable(own.values())
                yield f'{scalar(name)}: ""' if value == "" else f"{scalar(name)}:"
        elif isinstance(value, list) and any(
            isinstance(item, dict) for item in _filled(value, info)
        ):
            yield from _group_lines(name, value, info, own)
        else:
            yield from chain.from_iterable(own.values())
            many = isinstance(value, dict | list)
            written = _on_one_line(value, info) if many else scalar(str(value), is_typed(info))
            yield f"{scalar(name)}: {written}"


def _group_lines(
    name: str, value: list[Any], info: FieldInfo | None, remarks: Mapping[Location, Sequence[str]]
) -> Iterator[str]:
    """Write a list of groups, a line for each, with the remarks on it above."""
    filled = [index for index, item in enumerate(value) if not _is_empty(item, info)]
    for place, lines in remarks.items():
        if not (place[1:2] and place[1] in filled):
            yield from lines
    yield f"{scalar(name)}:"
    for index in filled:
        for place, lines in remarks.items():
            if place[1:2] == (index,):
                yield from (f"  {line}" for line in lines)
        yield f"  - {_on_one_line(value[index], info)}"


def _ordered(fields: Mapping[str, Any], model: type[BaseModel] | None) -> list[str]:
    order = {name: at for at, name in enumerate(model.model_fields if model else ())}
    places, last = {}, -1
    for name in fields:
        places[name] = last = order.get(name, last)
    return sorted(fields, key=places.__getitem__)


def _fields_of(info: FieldInfo | None) -> Mapping[str, FieldInfo]:
    """Give the fields of the group that a field holds."""
    model = _group(info)
    return model.model_fields if model else {}


def _filled(values: Iterable[Any], info: FieldInfo | None) -> list[Any]:
    return [value for value in values if not _is_empty(value, info)]


def _is_empty(value: Any, info: FieldInfo | None) -> bool:
    if isinstance(value, dict):
        known = _fields_of(info)
        return all(name in known and _is_empty(value[name], known[name]) for name in value)
    if isinstance(value, list):
        return not _filled(value, info)
    return value is None or value == ""


def _on_one_line(value: Any, info: FieldInfo | None) -> str:
    if isinstance(value, dict):
        known = _fields_of(info)
        inner = [
            scalar(name, inline=True)
            + ("" if value[name] is None else f": {_on_one_line(value[name], known.get(name))}")
            for name in _ordered(value, _group(info))
            if name not in known or not _is_empty(value[name], known[name])
        ]
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_on_one_line(item, info) for item in _filled(value, info))}]"
    return scalar(str(value), is_typed(info), inline=True)


def write_value(value: Any, inline: bool = True) -> str:
    """Write one value as it may stand behind the name of a field; `inline` between brackets."""
    if isinstance(value, list):
        items = (write_value(v) if isinstance(v, dict) else _on_one_line(v, None) for v in value)
        return f"[{', '.join(items)}]"
    if isinstance(value, dict):
        inner = (f"{scalar(name, inline=True)}: {write_value(v)}" for name, v in value.items())
        return f"{{{', '.join(inner)}}}"
    return scalar(str(value), typed=True, inline=inline)


def scalar(text: str, typed: bool = False, inline: bool = False) -> str:
    """Write one text; `typed` where the field takes a number or a day, `inline` between
    brackets.
    """
    if typed and (_LIKE_A_NUMBER.fullmatch(text) or _LIKE_A_DAY.fullmatch(text)):
        return text
    if (
        text
        and text == text.strip()
        and text[0] not in _FIRST
        and not _WITHIN.search(text)
        and not _NO_TEXT.fullmatch(text)
        and not (inline and _WITHIN_BRACKETS.search(text))
    ):
        return text
    if re.search(r'["\\]', text) and not re.search(r"['\n\t]", text):
        return f"'{text}'"
    return f'"{text.translate(_ESCAPES)}"'


def _parts(annotation: Any) -> Iterator[Any]:
    """Give the types within an annotation, and what annotates them."""
    yield annotation
    for inner in typing.get_args(annotation):
        yield from _parts(inner)


def parts_of(info: FieldInfo | None) -> Iterator[Any]:
    """Give the types of a field, also those within others, and what annotates them."""
    for part in (info.annotation, *info.metadata) if info else ():
        yield from _parts(part)


def is_typed(info: FieldInfo | None) -> bool:
    """Tell whether a number or a day in this field is just that; a vague moment (a text) is a year
    when it is one.
    """
    return any(
        part in (int, float, datetime.date, datetime.datetime)
        or (isinstance(part, WithJsonSchema) and "'integer'" in str(part.json_schema))
        for part in parts_of(info)
    )


def _group(info: FieldInfo | None) -> type[BaseModel] | None:
    return next(
        (part for part in parts_of(info) if isinstance(part, type) and issubclass(part, BaseModel)),
        None,
    )
