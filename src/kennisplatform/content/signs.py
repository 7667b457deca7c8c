"""What of a mark would stand on the page as a sign, because the parser made nothing of it: a guard
on what a visitor sees, whatever way of writing is behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from string import punctuation
from typing import NamedTuple

from kennisplatform.content.marks import ESCAPED
from kennisplatform.model.findings import Meant, Severity
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
    severity: Severity = "fout"


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    message: str
    repair: str
    """Both with {} for what was found."""
    likely: Callable[[Sequence[re.Match[str]]], str] | None = None
    """Gives what the lines must be, or nothing."""
    certain: bool = False
    lines: int = 1
    """On how many lines after each other it stands at least."""
    severity: Severity = "fout"


def _shape(
    pattern: str,
    message: str,
    repair: str,
    likely: Callable[[Sequence[re.Match[str]]], str] | None = None,
    certain: bool = False,
    lines: int = 1,
    severity: Severity = "fout",
) -> _Shape:
    whole = re.compile(pattern, re.MULTILINE)
    return _Shape(whole, message, repair, likely, certain, lines, severity)


def _each(new: Callable[[re.Match[str]], str]) -> Callable[[Sequence[re.Match[str]]], str]:
    return lambda found: "\n".join(map(new, found))


def _table(found: Sequence[re.Match[str]]) -> str:
    return _with_dashes([hit[0].strip() for hit in found])


def _grid(found: Sequence[re.Match[str]]) -> str:
    """Make a table of one that is drawn with + and -."""
    return _with_dashes([line for line in found[0][0].split("\n") if line.startswith("|")])


def _with_dashes(rows: Sequence[str]) -> str:
    """Put a line of dashes under the first row of a table that lacks one, or has another."""
    rows = [re.sub(r"\|\|", "|", rows[0]), *rows[1:]] if rows[0].startswith("||") else [*rows]
    if rows[1:] and re.fullmatch(r"[|=:–—―_ -]+", rows[1]):
        del rows[1]
    if len(rows) < 2 or len({row.count("|") for row in rows}) > 1 or "`" in "".join(rows):
        return ""
    return "\n".join((rows[0], f"|{' --- |' * (rows[0].count('|') - 1)}", *rows[1:]))


def _tabs(found: Sequence[re.Match[str]]) -> str:
    """Make a table of the columns of a spreadsheet."""
    return _columns(found, "\t")


def _semicolons(found: Sequence[re.Match[str]]) -> str:
    return _columns(found, ";")


def _columns(found: Sequence[re.Match[str]], between: str) -> str:
    rows = [hit[0].strip(" ").split(between) for hit in found]
    if len({len(row) for row in rows}) > 1 or "|" in "".join(hit[0] for hit in found):
        return ""
    first, *rest = (f"| {' | '.join(cell.strip() or ' ' for cell in row)} |" for row in rows)
    return "\n".join((first, f"|{' --- |' * len(rows[0])}", *rest))


NO_TABLE = "wordt geen tabel."
LONE_NOTE = "bij de noot"
_WHITE = r"[^\S\n]"
_ADDRESS_LIKE = (
    r"(?:https?:|www\.|mailto:|\.\.?/|/|#)[^()\[\]\s]*"
    r"|[^()\[\]\s]+\.(?:md|html?|nl|pdf|com|org)\b[^()\[\]\s]*"
)
_BULLETS = "•·∙●▪■◦○‣⁃►▸❖◆◇□➢➔→✓"


def _points(found: re.Match[str]) -> str:
    """Give each point of a list a line, also where they stand behind each other."""
    return "\n".join(
        f"- {point}" for point in re.split(rf"{_WHITE}+[{_BULLETS}]{_WHITE}+", found[1])
    )


def _macro(found: Sequence[re.Match[str]]) -> str:
    """Make a box of a macro of Confluence around lines."""
    name, title, words = found[0][1], (found[0][2] or "").strip(), found[0][3].rstrip()
    kind = {"note": "!!! let op", "warning": "!!! let op", "tip": "!!! tip", "expand": "??? info"}
    named = f' "{title}"' if title and '"' not in title else ""
    inside = "\n".join(f"    {line}" for line in words.split("\n"))
    return f"{kind.get(name, '!!! info')}{named}\n\n{inside}"


_EMOJI = "(?:[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]|\\d(?=\ufe0f?\u20e3))[\ufe0f\u20e3]*"
_AS_LIST = "Begin elke regel met - en een spatie, dan wordt het een lijst."
_TICK = "het vakje aan het begin"
_BBCODE = "b|i|u|s|em|strong|url|img|quote|color|size|font|list|li|center|left|right|email"
_HIGH, _LOW = (str.maketrans("0123456789", digits) for digits in ("⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"))
_SHAPES = (
    _shape(
        r"^[^\S \t\n]+[ ]*((?:#{1,6}|[-*+>]|\d{1,3}[.)]|\||!!!|\?\?\?|:::|```).*)",
        "‘{}’ wordt niet opgemaakt: aan het begin staat een vaste spatie.",
        "Haal die weg.",
        _each(lambda m: m[1]),
        certain=True,
    ),
    _shape(
        r"^(#{2,})(?:[^\S \t\n]+[ ]*|[ \t]+|(?=[^\s#])|$)(.*)",
        "‘{}’ wordt geen kop, maar blijft zo staan.",
        "Na de # hoort een gewone spatie, en zes is het meeste.",
        _each(lambda m: f"{m[1][:6]} {m[2]}"),
        certain=True,
    ),
    _shape(
        r"^#[^\S \t\n]+\S.*",
        "‘{}’ wordt geen kop, maar blijft zo staan.",
        "Schrijf ## en een gewone spatie.",
    ),
    _shape(
        rf"^[{_BULLETS}]{_WHITE}*(\S.*)",
        "het teken aan het begin van ‘{}’ maakt geen lijst.",
        _AS_LIST,
        _each(_points),
        certain=True,
    ),
    _shape(
        rf"^[{_BULLETS}][ \t]*$",
        "het teken ‘{}’ maakt geen lijst.",
        "Zet - en een spatie voor de regel waar het bij hoort, en haal het weg.",
    ),
    _shape(
        r"^([-*+]|\d{1,3}[.)])[^\S \t\n]+(\S.*)",
        "‘{}’ wordt geen lijst: na het teken staat een vaste spatie.",
        "Zet er een gewone spatie.",
        _each(lambda m: f"{m[1]} {m[2]}"),
        certain=True,
    ),
    _shape(
        rf"^(?:[–—‐−»§Øüqv]|o|[-=]>){_WHITE}+(\S.*)",
        "het teken aan het begin van ‘{}’ maakt geen lijst.",
        _AS_LIST,
        _each(lambda m: f"- {m[0] if m[0][0] == '§' and m[1][0].isdigit() else m[1]}"),
        lines=2,
    ),
    _shape(
        rf"^(?:[–—‐−»§Øüqvo]\t{_WHITE}*|§{_WHITE}+(?=[^\W\d_])(?![IVXLC]+\b))(\S.*)",
        "het teken aan het begin van ‘{}’ maakt geen lijst.",
        _AS_LIST,
        _each(lambda m: f"- {m[1]}"),
        severity="let op",
    ),
    _shape(
        rf"^(?:{_EMOJI}){_WHITE}*\S.*",
        "‘{}’ wordt geen lijst, maar komt achter de regel ervoor te staan.",
        _AS_LIST,
        _each(lambda m: f"- {m[0]}"),
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
        r"^(\d{1,2}[.)])(?=[^\W\d_]{2})(\S.*)",
        "‘{}’ wordt geen lijst: na het nummer hoort een spatie.",
        "Begin elke regel met het nummer, een punt en een spatie.",
        _each(lambda m: f"{m[1]} {m[2]}"),
        lines=2,
    ),
    _shape(
        rf"^(?:#\.|\((?:@|\d{{1,2}})\)){_WHITE}+(\S.*)",
        "‘{}’ wordt geen lijst.",
        "Begin elke regel met 1. en een spatie.",
        _each(lambda m: f"1. {m[1]}"),
        lines=2,
    ),
    _shape(
        rf"^(?:\d{{1,2}}(?:\.\d{{1,2}})+\.?|\d{{1,2}}[:–-]){_WHITE}+\S.*",
        "‘{}’ wordt geen lijst, maar komt achter de regel ervoor te staan.",
        "Begin elke regel met 1. en een spatie, of met - en een spatie.",
        _each(lambda m: f"- {m[0]}"),
        lines=2,
    ),
    _shape(
        rf"^[-*+]?(\[[ xX]?\]{_WHITE}+(?!\()\S.*)",
        _TICK + " van ‘{}’ blijft zo staan.",
        _AS_LIST,
        _each(lambda m: f"- {m[1]}"),
    ),
    _shape(
        rf"^\(?(?:[a-zA-Z]|[ivxIVX]{{2,4}})[.)]{_WHITE}+\S.*",
        "‘{}’ wordt geen lijst: letters kunnen dat niet.",
        "Begin elke regel met - en een spatie, of met een cijfer (1. 2. 3.).",
        _each(lambda m: f"- {' '.join(m[0].split())}"),
        lines=2,
    ),
    _shape(
        r"^\*{2,}[ \t]+(?!.*\*\*)\S.*",
        "het teken aan het begin van ‘{}’ maakt geen lijst.",
        "Begin elke regel met - en een spatie, en een lager niveau met twee spaties ervoor.",
    ),
    _shape(
        r"^bq\.[ \t]+(\S.*)",
        "‘{}’ wordt geen citaat.",
        "Een citaat begint met > en een spatie.",
        _each(lambda m: f"> {m[1]}"),
    ),
    _shape(
        r"^h([1-6])\.[ \t]+(\S.*)",
        "‘{}’ wordt geen kop.",
        "Een kop begint met ## en een spatie.",
        _each(lambda m: f"{'#' * max(2, int(m[1]))} {m[2]}"),
        certain=True,
    ),
    _shape(
        r"^(={2,6}|=(?= .* =$))[ \t]*([^\s=](?:(?!==).)*?)[ \t]*\1$"
        r"|^(={2,6})[ ]+([^\s=\"“][^=\n]*)$",
        "‘{}’ wordt geen kop.",
        "Een kop begint met ## en een spatie.",
        _each(lambda m: f"{'#' * (n if 1 < (n := len(m[1] or m[3])) < 5 else 2)} {m[2] or m[4]}"),
    ),
    _shape(
        r"^===[!+]?[ \t]+[\"“].*",
        "‘{}’ wordt geen tabblad.",
        "Maak er een kop van (### en een spatie), en haal de spaties voor de tekst eronder weg.",
    ),
    _shape(
        r"^(?:\[?\[(?:TOC|toc|_TOC_|__TOC__)\]\]?|__TOC__|\{:?toc(?::[^{}]*)?\})$",
        "‘{}’ maakt geen inhoudsopgave.",
        "Haal het weg.",
    ),
    _shape(
        r"^(?:!!!|\?\?\?\+?|:::+|///)(?![!?:/]).*|^\[![^\]]+\][+-]?.*",
        "‘{}’ wordt geen kader.",
        'Schrijf !!! tip "Titel" en zet de tekst eronder vier spaties naar rechts.',
    ),
    _shape(
        r"\*\*[ \u00a0]*([^*\n]*[^*\s])[ \u00a0]*\*\*(\w*)",
        "de sterretjes in ‘{}’ maken niets vet.",
        "Zet ze direct tegen de eerste en de laatste letter, met een spatie erbuiten.",
        _each(lambda m: f"**{m[1]}** {m[2]}".rstrip()),
    ),
    _shape(
        r"\*\*[^*\n]*\*\*|\*\*\w+|(?<=[\w.,;:)])\*\*(?!\*)|(?<!\w)__\w[^_\n]*__(?!\w)",
        "de sterretjes in ‘{}’ maken niets vet.",
        "Zet ze direct tegen de eerste en de laatste letter, met een spatie erbuiten.",
    ),
    _shape(
        r"(?<![\w*])(\*(?=[^\s*)])[^*\n]*[^*\s(]\*)(\w+)",
        "de sterretjes in ‘{}’ maken niets schuin.",
        "Zet er een spatie achter.",
        _each(lambda m: f"{m[1]} {m[2]}"),
    ),
    _shape(
        r"(?<![\w*])\*(?=[^\s*)])([^*\n]*[^*\s])[^\S\n]+\*(?![\w*])",
        "de sterretjes in ‘{}’ maken niets schuin.",
        "Zet ze direct tegen de eerste en de laatste letter.",
        _each(lambda m: f"*{m[1]}*"),
    ),
    _shape(
        rf"'{{2,3}}[^'\n]+'{{2,3}}|\[({_BBCODE})(?:[= ][^\]\n]*)?\].*?\[/\1\]|\[/(?:{_BBCODE})\]"
        r"|^\[\*\].*"
        r"|(?<![:/\w])//(?=[^\s/])[^/\n]*[^\s/]//|\^\([^()\n]+\)|^!.*!<",
        "‘{}’ wordt zo niet opgemaakt.",
        "Schrijf **vet**, *schuin* of [tekst](https://…).",
    ),
    _shape(
        r"==(?=[^\s=])([^=\n]*[^\s=])==(?!=)",
        "‘{}’ krijgt geen kleur.",
        "Maak het vet, of haal de tekens weg.",
        _each(lambda m: f"**{m[1]}**"),
    ),
    _shape(
        r"(?<![\w~])~(?=[^\s~])([^~\n]*[^\s~])~(?![\w~])",
        "de golfjes in ‘{}’ strepen niets door.",
        "Zet er twee aan elke kant.",
        _each(lambda m: f"~~{m[1]}~~"),
    ),
    _shape(
        r"(?<=\w)([~^])(\d{1,4})\1",
        "‘{}’ wordt geen klein cijfer.",
        "Schrijf het cijfer zelf klein: m² of CO₂.",
        _each(lambda m: m[2].translate(_LOW if m[1] == "~" else _HIGH)),
        certain=True,
    ),
    _shape(
        r"(?<=\w)([~^])([^\W\d_]{1,4})\1",
        "‘{}’ wordt geen kleine letter.",
        "Haal de tekens eromheen weg.",
        _each(lambda m: m[2]),
    ),
    _shape(
        r"(?<!\w)(\+\+|\^\^)(?=\w)[^\n]*?(?<=\w)\1(?!\w)|\{(?:\+\+|--|~~|==|>>)[^{}\n]*\}",
        "‘{}’ blijft zo staan.",
        "Haal de tekens weg.",
    ),
    _shape(
        r"%%[^%]*%%|^%%.*",
        "de opmerking ‘{}’ komt op de pagina.",
        "Haal haar weg.",
    ),
    _shape(
        r"^\$\$[^$]*(?:\$\$)?"
        r"|(?<![\w$])\$(?:(?![\s\d])[^$\n]*|[^$\n]*[\\^_=][^$\n]*)(?<!\s)\$(?![\w$])",
        "‘{}’ wordt geen formule.",
        "Schrijf de formule in woorden, of zet haar tussen `accenten`.",
    ),
    _shape(
        r"\{\{[<%].*?(?:youtube|vimeo|video).*?[>%]\}\}"
        r"|(?:^\{%|^\[).*?(?:youtube|vimeo|video|embed).*?(?:%\}|\])$",
        "de code ‘{}’ wordt geen video.",
        "Zet het adres van de video alleen op een regel.",
    ),
    _shape(
        r"^\{(panel|info|note|tip|warning|expand)(?::(?:[^{}\n]*\btitle=)?([^{}|=\n]*)[^{}\n]*)?\}"
        r"\n((?:(?!\{).+\n)+)\{\1\}$",
        "de code ‘{}’ maakt geen kader.",
        'Schrijf !!! tip "Titel" en zet de tekst eronder vier spaties naar rechts.',
        _macro,
    ),
    _shape(
        r"^\{([a-z][\w-]*)(?::[^{}\n]*)?\}\n(?:.+\n)*?\{/?\1\}$|\[\[\{.*?\}\]\]"
        r"|^\{\{([<%])[ ]*(\w+).*?\}\}\n(?:.+\n)*?\{\{\2[ ]*/[ ]*\3[ ]*[>%]\}\}$"
        r"|\[([a-z][\w-]*)(?:[ ][^\]\n]*)?\](?!.*?(?:youtu\.?be|vimeo))[^\n]*?\[/\4\]",
        "de code ‘{}’ doet hier niets.",
        "Haal haar weg, en schrijf zelf wat er hoort te staan.",
    ),
    _shape(
        r"\{\{[<%].*?[>%]\}\}|\{\{[^{}\n]*\|[^{}\n]*\}\}|^\{\{[^{}\s]+\}\}$|^\{%.*%\}$"
        r"|^\{/?[a-z][\w-]*(?::[^{}]*)?\}$"
        r"|\{([a-z]+)(?::[^{}\n]*)?\}.*\{/?\1\}|^\[/?[a-z][\w-]*(?: [\w-]+=[^\]]*)/?\]$"
        r"|\[(?:node|nid|media|site|user|current-\w+):[\w:-]+\]|^\[gallery\]$",
        "de code ‘{}’ doet hier niets.",
        "Haal haar weg, en schrijf zelf wat er hoort te staan.",
    ),
    _shape(
        r"^\\[a-z]{3,}(?=[\s\[{]|$).*|\\[a-z]{3,}\{[^{}\n]*\}|^\.\. [\w-]+::.*"
        r"|^(?:import|export) .*\bfrom [\"'].*|\[@[\w:.-]+[^\]\n]*\]"
        r"|(?<!\w)@(?:fig|tbl|sec|eq)-\w+",
        "de code ‘{}’ doet hier niets.",
        "Haal haar weg, en schrijf zelf wat er hoort te staan.",
    ),
    _shape(
        r"<([a-z]\w*:\w+)[^<>\n]*>(?:.*?</\1>)?|</[a-z]\w*:\w+>|<!\[[^\]\n]*\]>|\[cid:[^\]\n]+\]"
        r"|【[^】\n]*】|:contentReference\[[^\]\n]*\](?:\{[^{}\n]*\})?|\b(?:cite)?turn\d+(?:search|view|news)\d+"
        r"|\boai_citation\S*|\[~[\w.:-]+\]|\A\[(?!x\])[a-z]{1,2}\](?=[^\W\d_])"
        r"|(?<=\s)\^(?=[a-z-]*\d)[a-z\d-]{4,}$",
        "‘{}’ is overgebleven uit een ander programma, en doet hier niets.",
        "Haal het weg. Was het een bron of een beeld, noem dat dan zelf.",
    ),
    _shape(
        r"(?:Fout|Error)!\s(?:Verwijzingsbron|Bladwijzer|Hyperlink\w*|Reference source|Bookmark)\b"
        r"[^.\n]*\.?",
        "‘{}’ is overgebleven uit Word.",
        "Schrijf zelf waar de lezer moet kijken, of haal het weg.",
        severity="let op",
    ),
    _shape(
        r"(?<=\n):(?![\w+-]+:)([^\s:].*)",
        "‘{}’ wordt geen uitleg: na de : hoort een spatie.",
        "Zet die erachter.",
        _each(lambda m: f": {m[1]}"),
    ),
    _shape(
        r"(\S*)[ \t]*\\$",
        "na de \\ in ‘{}’ komt geen nieuwe regel.",
        "Haal de \\ weg.",
    ),
    _shape(
        r"\A\[\^([^\]\s]+)\](?:[ ]*-|(?=[ ]))[ ]*(?=[^\s:])",
        "‘{}’ wordt geen noot.",
        "Achter de ] hoort meteen een dubbele punt, en dan een spatie.",
        _each(lambda m: f"[^{m[1]}]: "),
    ),
    _shape(
        r"\A\^\[\d{1,3}\]:?(?=[ ])",
        "‘{}’ wordt geen noot.",
        "Begin deze regel met [^1]: en een spatie.",
    ),
    _shape(
        r"\^\[[^\]\n]+\]",
        "‘{}’ wordt geen noot.",
        "Zet hier [^1], en onderaan [^1]: met de tekst van de noot.",
    ),
    _shape(
        r"\[\^[^\]\n]*[^\]\s]\]",
        f"{LONE_NOTE} {{}} hoort geen tekst.",
        "Zet onderaan {}: en de tekst van de noot.",
    ),
    _shape(
        r"!\[\[[^\[\]\n]+\]\]|(?<!\w)![^\s!|]+\.(?:png|jpe?g|gif|webp|svg)(?:\|[^!\n]*)?!",
        "‘{}’ wordt geen afbeelding.",
        "Schrijf ![Wat er te zien is](../afbeeldingen/naam.png).",
    ),
    _shape(
        rf"\[([^\[\]|\n]+)\|[ ]*({_ADDRESS_LIKE})(?:\|[^\[\]\n]*)?\]",
        "‘{}’ wordt geen link: het adres staat op een andere plaats.",
        "De tekst hoort tussen [ ], het adres tussen ( ).",
        _each(lambda m: f"[{m[1]}]({m[2]})"),
        certain=True,
    ),
    _shape(
        r"\[(https?://[^\s\[\]|]+)[ ]([^\[\]\n]+)\]",
        "‘{}’ wordt geen link: het adres staat op een andere plaats.",
        "De tekst hoort tussen [ ], het adres tussen ( ).",
        _each(lambda m: f"[{m[2]}]({m[1]})"),
        certain=True,
    ),
    _shape(
        r"\"([^\"\n]+)\":(https?://[^\s<>]*[\w/])",
        "‘{}’ wordt geen link.",
        "De tekst hoort tussen [ ], het adres tussen ( ).",
        _each(lambda m: f"[{m[1]}]({m[2]})"),
    ),
    _shape(
        r"<((?:[\w-]+\.)+[a-z]{2,}(?:/[^\s<>]*)?)>",
        "‘{}’ wordt geen link.",
        "Een adres begint met https://.",
        _each(lambda m: f"https://{m[1]}"),
    ),
    _shape(
        rf"{ESCAPED}__?(?!\w)",
        "het stuk met _ erachter wordt geen link.",
        "Schrijf [tekst](https://…).",
    ),
    _shape(
        r"(?<!!)\[\[[^\[\]\n]+\]\]",
        "‘{}’ wordt geen link.",
        "Schrijf [tekst](https://…), of [tekst](../instruments/naam.md).",
    ),
    _shape(
        rf"\[([^\[\]\n]+)\](?:[^\S\n]+|[^\S\n]*\n[ ]*)\(({_ADDRESS_LIKE})\)",
        "‘{}’ wordt geen link: tussen ] en ( mag geen spatie of enter.",
        "Haal die weg.",
        _each(lambda m: f"[{m[1]}]({m[2]})"),
        certain=True,
    ),
    _shape(
        rf"\[([^\[\]\n]+)\][ ]*(?:\{{({_ADDRESS_LIKE})\}}|(?=https?://|www\.)([^\s<>]+))"
        rf"|\(([^()\n]+)\)\(({_ADDRESS_LIKE})\)",
        "‘{}’ wordt geen link: het adres hoort tussen ( ).",
        "De tekst hoort tussen [ ], het adres tussen ( ).",
        _each(lambda m: f"[{m[1] or m[4]}]({m[2] or m[3] or m[5]})"),
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
        r"!?\[[^\[\]\n]*\]\((?![^\s()]+ )\S*",
        "‘{}’ wordt geen link.",
        "Schrijf [tekst](https://…), zonder spatie of enter ertussen.",
    ),
    _shape(
        r"^\+[-=:+]{3,}\+(?:\n\|.*\||\n\+[-=:+]{3,}\+)+",
        f"‘{{}}’ {NO_TABLE}",
        "Laat de regels met + weg, en zet onder de eerste regel | --- | --- |.",
        _grid,
    ),
    _shape(
        r"\A\|[ :|-]*-{2,}[ :|-]*\|(?:\n\|.*)*",
        f"‘{{}}’ {NO_TABLE}",
        "Zet er een regel boven met de namen van de kolommen, zonder lege regel ertussen.",
    ),
    _shape(
        r"^\|.*\|.*",
        f"‘{{}}’ {NO_TABLE}",
        "Zet onder de eerste regel een regel met streepjes en evenveel vakken: | --- | --- |.",
        _table,
        certain=True,
    ),
    _shape(
        r"^[ :]*-{2,}[ :]*\|[-:| ]*$",
        "de streepjes ‘{}’ maken geen tabel.",
        "Geef de regel erboven evenveel vakken.",
    ),
    _shape(
        r"^\|[ ]+([^|\n]*[^|\s])$",
        "de | aan het begin van ‘{}’ doet niets.",
        "Haal haar weg. Een \\ aan het eind van een regel begint een nieuwe.",
        lambda found: "\\\n".join(hit[1] for hit in found),
        lines=2,
    ),
    _shape(
        r"<(https://[^\s<>]+)\n[ ]*([^\s<>]+)>",
        "‘{}’ wordt geen link: het adres staat op twee regels.",
        "Zet het hele adres op een regel.",
        _each(lambda m: f"<{m[1]}{m[2]}>"),
    ),
    _shape(
        r"^[^|\n]*[^|\s][ \t]*\|[^|\n]*[^|\s].*",
        f"‘{{}}’ {NO_TABLE}",
        "Zet onder de eerste regel een regel met streepjes en evenveel vakken: | --- | --- |.",
        lines=2,
    ),
    _shape(
        rf"^(?![{_BULLETS}–—*+-]|\(?\w{{1,3}}[.)]|o\t)[^\t\n]*\S\t.*",
        "‘{}’ wordt geen tabel: de kolommen zijn gescheiden met tabs.",
        "Zet er een | tussen, met onder de eerste regel | --- | --- |.",
        _tabs,
        lines=2,
    ),
    _shape(
        r"^(?![\s|]).*?\S {3,}\S.*",
        "‘{}’ wordt geen tabel: spaties blijven niet staan.",
        "Zet er een | tussen, met onder de eerste regel | --- | --- |.",
        lines=2,
    ),
    _shape(
        r"^[^\s;][^;\n]*(?:;[^\s;][^;\n]*)+$",
        "‘{}’ wordt geen tabel: de kolommen zijn gescheiden met puntkomma’s.",
        "Zet er een | tussen, met onder de eerste regel | --- | --- |.",
        _semicolons,
        lines=2,
    ),
    _shape(
        r"(?<![\w:]):(?:[a-z][a-z0-9]*[\w+-]+|\+1|-1):(?![\w:/])",
        "‘{}’ wordt geen pictogram.",
        "Haal het weg, of zet er het plaatje zelf.",
    ),
    _shape(
        r"^(?:```|~~~).*|^(?:´{3}|'{3}|[‘’]{3}|\"{3})[ \t]*\w*$",
        "‘{}’ begint hier geen stuk code.",
        "Zet ``` alleen op een regel, met een lege regel ervoor.",
    ),
    _shape(
        r"^(?:\+{3,}|={3,}|[—–―]{2,})$",
        "‘{}’ blijft zo staan.",
        "Haal het weg. Een lijn over de pagina is --- met een lege regel erboven.",
    ),
    _shape(
        r"\A#[A-Z][^\WA-Z_]*(?:[ ][^\n#]*)?(?<![.!?])\Z",
        "‘{}’ wordt geen kop, maar blijft zo staan.",
        "Is het een kop, schrijf dan ## en een spatie.",
        severity="let op",
    ),
    _shape(
        r"\*\*|~~|\]\(|\[\^",
        "‘{}’ blijft zo staan.",
        "Haal het weg, of maak af wat ermee begint.",
        severity="let op",
    ),
)
_IN_ITEMS = (
    _shape(
        rf"^o{_WHITE}+(\S.*)",
        "het teken aan het begin van ‘{}’ maakt geen lijst.",
        _AS_LIST,
        _each(lambda m: f"- {m[1]}"),
    ),
)
"""What stands for a lower level within the item of a list, also on one line."""

_IN_SOURCE = (
    _shape(
        r"(?<!\\)\\\([^()\n]*(?:[=+^_]|\\[a-z])[^()\n]*\\\)|^\\\[[ ]*(?:\n.+)*?\n\\\]",
        "‘{}’ wordt geen formule.",
        "Schrijf de formule in woorden, of zet haar tussen `accenten`.",
    ),
    _shape(
        r"![ ]+(\[[^\[\]\n]*\]\([^()\s]+\.(?:png|jpe?g|webp|heic)\))",
        "na het ! staat een spatie, en dan wordt dit geen afbeelding.",
        "Haal die weg.",
        _each(lambda m: f"!{m[1]}"),
        certain=True,
    ),
)
"""What cannot be told from what is seen, and so is looked for in what was typed."""

_PROSE = re.compile(
    r"(?!h\d\.|bq\.|import|export)[^\W_](?:[^\W\d_]++|[ ,.;()‘’“”…–€&-]++|\d(?<!turn\d)"
    r"|[:!?](?<!Fout!)(?<!Error!)(?= |$)|'(?!')|\"(?!:)|/(?!/)|%(?!%)|\+(?!\+)|(?<=\w)@)*+"
)
"""A line that none of the shapes can be in, as nearly all lines are: looking at each costs time."""


def signs(seen: str, source: str, *, cell: bool = False, item: bool = False) -> Iterator[Sign]:
    """Find the marks in what a visitor sees of a block, a line of its source a line. Lines after
    each other with the same mark are one, and what begins at one place is one mark. In a cell of a
    table no list can be made, so its bullets are good as they are; an item of a list may hold one.
    """
    if _PROSE.fullmatch(seen) and "! [" not in source:
        return
    told: list[tuple[int, int, str]] = []
    for shape in (*_IN_ITEMS, *_SHAPES) if item else _SHAPES:
        if (cell and shape.repair == _AS_LIST) or (item and shape.message.startswith(_TICK)):
            continue
        hits = (hit for hit in shape.pattern.finditer(seen) if not _is_told(hit, shape, told))
        for run in _runs(hits, seen):
            if len(run) >= shape.lines:
                told += [(*hit.span(), shape.message) for hit in run]
                line, lines = seen.count("\n", 0, run[0].start()), source.split("\n")
                indents = [re.match(" *", one) for one in lines[line + 1 : line + len(run)]]
                before = ["", *(indent[0] for indent in indents if indent)]
                yield _sign(shape, _as_typed(run, seen, lines, line), line, before)
    for shape in _IN_SOURCE if "`" not in source else ():
        for hit in shape.pattern.finditer(source):
            yield _sign(shape, [hit], source.count("\n", 0, hit.start()), [""])


def _is_told(hit: re.Match[str], shape: _Shape, told: Iterable[tuple[int, int, str]]) -> bool:
    weak = shape.severity == "let op"
    return any(
        start == hit.start()
        or (start < hit.start() < end and (weak or message == shape.message or end == hit.end()))
        for start, end, message in told
    )


def _runs(hits: Iterable[re.Match[str]], seen: str) -> Iterator[list[re.Match[str]]]:
    """Take lines after each other together."""
    run: list[re.Match[str]] = []
    for hit in hits:
        if run and seen[run[-1].end() : hit.start()] != "\n":
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


def _as_typed(
    run: list[re.Match[str]], seen: str, source: list[str], line: int
) -> list[re.Match[str]]:
    """Find lines that a mark begins as they were typed, with the marks that were read in them."""
    if len(source) == seen.count("\n") + 1 and seen[: run[0].start()][-1:] in ("", "\n"):
        lines = source[line : line + len(run)]
        typed = [hit.re.match(written.strip(" ")) for hit, written in zip(run, lines, strict=True)]
        if all(typed):
            return [hit for hit in typed if hit]
    return run


def _sign(shape: _Shape, found: list[re.Match[str]], line: int, indents: Sequence[str]) -> Sign:
    """Word what was found on lines after each other, each with the spaces before it."""
    typed = found[0][0].partition(ESCAPED)[0].strip()
    named = shorten(" ".join(typed.split()), 60)
    repair = shape.repair.format(named)
    likely = None
    if shape.likely and not any(ESCAPED in hit[0] for hit in found):
        new = shape.likely(found)
        if len(new.split("\n")) == len(indents):  # a lower level stays one
            new = "\n".join(map(str.__add__, indents, new.split("\n")))
        likely = Meant(new, shape.certain) if new else None
    whole = "\n".join(indent + hit[0] for indent, hit in zip_longest(indents, found, fillvalue=""))
    return Sign(
        line,
        whole if likely else typed,
        shape.message.format(named),
        f"{repair} {AS_IT_IS}" if typed[:1] in punctuation else repair,
        likely,
        shape.severity,
    )
