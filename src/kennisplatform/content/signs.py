"""What of a mark would stand on the page as a sign, because the parser made nothing of it: a guard
on what a visitor sees, whatever way of writing is behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from string import punctuation
from typing import NamedTuple

from kennisplatform.content.marks import ESCAPED
from kennisplatform.model.findings import Meant
from kennisplatform.model.text import shorten

AS_IT_IS = "Moet het teken zelf er staan, zet er dan een \\ voor."
"""Of signs that a backslash can stand before."""


class Sign(NamedTuple):
    line: int
    """Counted from the first line of the block."""
    typed: str
    message: str
    repair: str
    likely: Meant | None = None
    """What comes in the place of what was typed."""


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    message: str
    """With {} for what was found."""
    repair: str
    likely: Callable[[Sequence[re.Match[str]]], str] | None = None
    """Gives what the lines must be, or nothing."""
    certain: bool = False
    lines: int = 1
    """On how many lines after each other it stands at least."""


def _shape(
    pattern: str,
    message: str,
    repair: str,
    likely: Callable[[Sequence[re.Match[str]]], str] | None = None,
    certain: bool = False,
    lines: int = 1,
) -> _Shape:
    return _Shape(re.compile(pattern), message, repair, likely, certain, lines)


def _each(new: Callable[[re.Match[str]], str]) -> Callable[[Sequence[re.Match[str]]], str]:
    return lambda found: "\n".join(map(new, found))


def _table(found: Sequence[re.Match[str]]) -> str:
    """Put a line of dashes under the first row of a table that lacks one."""
    rows = [hit[0].strip() for hit in found]
    if len(rows) < 2 or len({row.count("|") for row in rows}) > 1 or "`" in "".join(rows):
        return ""
    return "\n".join((rows[0], f"|{' --- |' * (rows[0].count('|') - 1)}", *rows[1:]))


def _tabs(found: Sequence[re.Match[str]]) -> str:
    """Make a table of the columns of a spreadsheet."""
    rows = [re.split(r"\t", hit[0].strip()) for hit in found]
    if len({len(row) for row in rows}) > 1 or "|" in "".join(hit[0] for hit in found):
        return ""
    first, *rest = (f"| {' | '.join(cell.strip() or ' ' for cell in row)} |" for row in rows)
    return "\n".join((first, f"|{' --- |' * len(rows[0])}", *rest))


_WHITE = r"[ \t\u00a0\u2007\u202f]"
_ADDRESS_LIKE = (
    r"(?:https?:|www\.|mailto:|\.\.?/|/|#)[^()\[\]\s]*"
    r"|[^()\[\]\s]+\.(?:md|html?|nl|pdf|com|org)\b[^()\[\]\s]*"
)
_BULLETS = "•·∙●▪■◦‣⁃➢➔→✓"
_AS_LIST = "Begin elke regel met - en een spatie, dan wordt het een lijst."
_SHAPES = (
    _shape(
        r"^(#{2,6})(?:[\u00a0\u2007\u202f]+[ ]*|(?=[^\s#]))(.*)",
        "‘{}’ wordt geen kop, maar blijft zo staan.",
        "Na de # hoort een gewone spatie.",
        _each(lambda m: f"{m[1]} {m[2]}"),
        certain=True,
    ),
    _shape(
        r"^#[\u00a0\u2007\u202f]+\S.*",
        "‘{}’ wordt geen kop, maar blijft zo staan.",
        "Schrijf ## en een gewone spatie.",
    ),
    _shape(
        rf"^[{_BULLETS}]{_WHITE}*(\S.*)",
        "het teken aan het begin van ‘{}’ maakt geen lijst.",
        _AS_LIST,
        _each(lambda m: f"- {m[1]}"),
        certain=True,
    ),
    _shape(
        r"^([-*+]|\d{1,3}[.)])[\u00a0\u2007\u202f]+(\S.*)",
        "‘{}’ wordt geen lijst: na het teken staat een vaste spatie.",
        "Zet er een gewone spatie.",
        _each(lambda m: f"{m[1]} {m[2]}"),
        certain=True,
    ),
    _shape(
        rf"^(?:[–—]|o){_WHITE}+(\S.*)",
        "het teken aan het begin van ‘{}’ maakt geen lijst.",
        _AS_LIST,
        _each(lambda m: f"- {m[1]}"),
        lines=2,
    ),
    _shape(
        r"^[-*+](?=[^\W\d_])(\S.*)",
        "‘{}’ wordt geen lijst: na het streepje hoort een spatie.",
        _AS_LIST,
        _each(lambda m: f"{m[0][0]} {m[1]}"),
        lines=2,
    ),
    _shape(
        rf"^\(?[a-z][.)]{_WHITE}+\S.*",
        "‘{}’ wordt geen lijst: letters kunnen dat niet.",
        "Gebruik cijfers (1. 2. 3.), of - voor elke regel.",
        lines=2,
    ),
    _shape(
        r"^(?:!!!|\?\?\?\+?|:::+)(?![!?:]).*",
        "‘{}’ wordt geen kader.",
        'Schrijf !!! tip "Titel" en zet de tekst eronder vier spaties naar rechts.',
    ),
    _shape(
        r"\*\*[^*\n]*\*\*|\*\*(?=\w)|(?<=[\w.,;:)])\*\*(?!\*)|(?<!\w)__\w[^_\n]*__(?!\w)",
        "de sterretjes in ‘{}’ maken niets vet.",
        "Zet ze direct tegen de eerste en de laatste letter, met een spatie erbuiten.",
    ),
    _shape(
        r"\[\^[^\]\s]+\]:?",
        "bij de noot {} hoort geen tekst.",
        "Zet onderaan [^1]: en de tekst van de noot, met hetzelfde cijfer.",
    ),
    _shape(
        r"\[\[[^\[\]\n]+\]\]",
        "‘{}’ wordt geen link.",
        "Schrijf [tekst](https://…), of [tekst](../instruments/naam.md).",
    ),
    _shape(
        rf"\[([^\[\]\n]+)\][ \u00a0]+\(({_ADDRESS_LIKE})\)",
        "‘{}’ wordt geen link: tussen ] en ( mag geen spatie.",
        "Haal de spatie weg.",
        _each(lambda m: f"[{m[1]}]({m[2]})"),
        certain=True,
    ),
    _shape(
        rf"\(([^()\n]+)\)\[({_ADDRESS_LIKE})\]",
        "‘{}’ wordt geen link: de haken staan andersom.",
        "De tekst hoort tussen [ ], het adres tussen ( ).",
        _each(lambda m: f"[{m[1]}]({m[2]})"),
        certain=True,
    ),
    _shape(
        r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]",
        "‘{}’ wordt geen link: bij die naam staat geen adres.",
        "Schrijf [tekst](https://…).",
    ),
    _shape(
        r"!?\[[^\[\]\n]*\]\((?!\S+ )\S*",
        "‘{}’ wordt geen link.",
        "Schrijf [tekst](https://…), zonder spatie of enter ertussen.",
    ),
    _shape(
        r"^\|.*\|.*",
        "‘{}’ wordt geen tabel.",
        "Zet onder de eerste regel een regel met streepjes: | --- | --- |.",
        _table,
        certain=True,
    ),
    _shape(
        r"^[^|\n]*[^|\s][ \t]*\|[^|\n]*[^|\s].*",
        "‘{}’ wordt geen tabel.",
        "Zet onder de eerste regel een regel met streepjes: | --- | --- |.",
        lines=2,
    ),
    _shape(
        rf"^(?![{_BULLETS}–—*+-]|\(?\w{{1,3}}[.)]|o\t)[^\t\n]*\S\t+\S.*",
        "‘{}’ wordt geen tabel: de kolommen zijn gescheiden met tabs.",
        "Zet er een | tussen, met onder de eerste regel | --- | --- |.",
        _tabs,
        lines=2,
    ),
    _shape(
        r":(?:material|fontawesome|octicons|simple)-[\w-]+:",
        "‘{}’ wordt geen pictogram.",
        "Haal het weg.",
    ),
    _shape(
        r"^(?:```|~~~).*",
        "‘{}’ begint hier geen stuk code.",
        "Zet de drie tekens alleen op een regel, met een lege regel ervoor.",
    ),
)


def signs(seen: str) -> Iterator[Sign]:
    """Find the marks in what a visitor sees of a block, a line of its source a line. Lines after
    each other with the same mark are one.
    """
    lines = seen.split("\n")
    for shape in _SHAPES:
        hits = [(n, hit) for n, line in enumerate(lines) if (hit := shape.pattern.search(line))]
        for _, run in groupby(enumerate(hits), lambda found: found[1][0] - found[0]):
            found = [hit for _, (_, hit) in run]
            first = next(n for n, hit in hits if hit is found[0])
            if len(found) >= shape.lines:
                yield _sign(shape, found, first)


def _sign(shape: _Shape, found: list[re.Match[str]], line: int) -> Sign:
    typed = found[0][0].partition(ESCAPED)[0].strip()
    likely = None
    if shape.likely and not any(ESCAPED in hit.string for hit in found):
        likely = Meant(new, shape.certain) if (new := shape.likely(found)) else None
    return Sign(
        line,
        "\n".join(hit[0] for hit in found) if likely else typed,
        shape.message.format(shorten(" ".join(typed.split()), 60)),
        f"{shape.repair} {AS_IT_IS}" if typed[:1] in punctuation else shape.repair,
        likely,
    )
