"""Understand what somebody answers in own words: Amsterdam en utrecht become two names as the
vocabulary has them.

Nothing is guessed: a name counts when its letters are the same, as for a repair that is certain.
What is not understood is given back, for the check to say what is wrong with it or for a reviewer
to look at.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from kennisplatform.content.frontmatter import Document
from kennisplatform.content.textfile import hidden_character
from kennisplatform.content.validation import read_fields
from kennisplatform.model.fields import literals
from kennisplatform.model.findings import Finding, letters, meant
from kennisplatform.model.head import Location
from kennisplatform.model.schema import Collectie
from kennisplatform.model.text import hidden, texts_in
from kennisplatform.model.vocabulary import Vocabulary

Known = Mapping[str, tuple[str, str]]
"""The field and the value that a name means, by the letters of that name."""

_BETWEEN = re.compile(r"\s*(?:[,;/\n&+•·]|\b(?:en|of)\b)\s*")
_BEFORE = re.compile(
    r"(?:de|het|een|in|te|bij|o\.a\.|onder andere|gemeenten?|provincies?|organisaties?)\s+",
    re.IGNORECASE,
)
"""What people write before a name."""
_REMARK = re.compile(r"(.*\S)\s*\(([^()]*)\)")
_MOST_PIECES = 5
"""Pieces of one name that holds a comma or “en”: Ministerie van Onderwijs, Cultuur en Wetenschap
has three.
"""


_MOST_SUGGESTED = 40
"""Pieces of an answer of which is looked whether they are nearly a name: that takes as long as
there are names.
"""
_AROUND_ANSWER = " .-*\t"


def is_list(collectie: Collectie, field: str) -> bool:
    return typing.get_origin(collectie.model.model_fields[field].annotation) is tuple


def values_of(field: str, collectie: Collectie, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give every value that a field takes, when these can be listed; the names that are shown, not
    their variants.
    """
    if field == "soort":
        return vocabulary.soorten_van(collectie.map)
    if field == "provincie":
        return vocabulary.provincies
    return tuple(
        vocabulary.namen.get(field) or literals(collectie.model.model_fields[field].annotation)
    )


def known_names(fields: Sequence[str], collectie: Collectie, vocabulary: Vocabulary) -> Known:
    """Give the names by which the values of some fields are known; of the same name the first field
    has it.

    With the name of the field before it a name means that field: provincie Utrecht.

    """
    known: dict[str, tuple[str, str]] = {}
    for field in reversed(fields):
        names = {e.meervoud: e.naam for e in vocabulary.doelgroepen if field == "doelgroep"}
        names |= {
            e.meervoud: e.naam
            for e in vocabulary.soorten
            if field == "soort" and e.collectie == collectie.map
        }
        names |= {
            value: value
            for value in (
                *vocabulary.namen.get(field, ()),
                *values_of(field, collectie, vocabulary),
            )
        }
        meanings: dict[str, set[str]] = {}
        for name, value in names.items():
            meanings.setdefault(letters(name), set()).add(value)
        for typed, values in meanings.items():
            if len(values) == 1:  # what means two things means none
                known[typed] = known[field + typed] = (field, values.pop())
    return known


def pick(text: str, known: Known) -> tuple[list[tuple[str, str]], list[str]]:
    """Find names in an answer, each once and in its order, and the pieces that are no name."""
    found: dict[tuple[str, str], None] = {}
    unknown, names = [], {name for _, name in known.values()}
    ends = [
        0,
        *(place for between in _BETWEEN.finditer(text) for place in between.span()),
        len(text),
    ]
    pieces = list(pairwise(ends))[::2]
    index = 0
    while index < len(pieces):
        # The longest first: Nuenen, Gerwen en Nederwetten is one name, however somebody types it.
        joined = [
            (last, text[pieces[index][0] : pieces[last - 1][1]].strip(_AROUND_ANSWER))
            for last in range(min(index + _MOST_PIECES, len(pieces)), index, -1)
        ]
        last, piece = next(
            ((last, piece) for last, piece in joined if _known_name(piece, known)), (0, "")
        )
        if named := _known_name(piece, known):
            found[named] = None
        else:
            near = joined[:-1] if len(pieces) <= _MOST_SUGGESTED else []
            last, piece = next(
                ((last, piece) for last, piece in near if meant(piece, names)), joined[-1]
            )
            if (remark := _REMARK.fullmatch(piece)) and (named := _known_name(remark[1], known)):
                found[named] = None
                piece = remark[2]
            if re.search(r"\w", piece):
                unknown.append(piece)
        index = last
    return list(found), unknown


def _known_name(piece: str, known: Known) -> tuple[str, str] | None:
    """Look a name up as it stands, and without what people write before it: de gemeente De Bilt."""
    while (named := known.get(letters(piece))) is None and (before := _BEFORE.match(piece)):
        piece = piece[before.end() :]
    return named


def missing(values: Mapping[str, Any], collectie: Collectie) -> list[tuple[str, ...]]:
    """Name the fields that a page cannot do without and that are not filled in; of those that stand
    together one is enough.
    """
    needed = [
        (name,)
        for name, info in collectie.model.model_fields.items()
        if info.is_required() and not values.get(name)
    ]
    one_of = collectie.model.een_van
    return needed + ([one_of] if one_of and not any(values.get(name) for name in one_of) else [])


def wrong(
    values: Mapping[str, Any], collectie: Collectie, vocabulary: Vocabulary
) -> dict[str, list[Finding]]:
    """Give what the check says of each field that is filled in."""
    names = list(values)
    lines: dict[Location, int] = {(name,): number for number, name in enumerate(names, 2)}
    found: dict[str, list[Finding]] = {}
    for name in names:
        if sign := next((text[at] for text in texts_in(values[name]) for at in hidden(text)), ""):
            found[name] = [hidden_character("", 1, f"{name} bevat", sign)]
    for finding in read_fields(Document("", dict(values), lines, "", 1), collectie, vocabulary)[1]:
        if finding.line > 1:  # what is missing stands nowhere
            found.setdefault(names[finding.line - 2], []).append(finding)
    return found
