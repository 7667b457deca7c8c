"""The rules of the text of a page, over its tokens: what may not stand there, and what somebody
would take for something else.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, islice, pairwise, takewhile
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from kennisplatform.content.marks import CARDS
from kennisplatform.content.signs import LONE_NOTE, NO_TABLE
from kennisplatform.content.signs import signs as signs_in
from kennisplatform.content.sources import address_name, document_name, image_name, is_document
from kennisplatform.content.textfile import hidden_character
from kennisplatform.content.tokens import blocks, text_of, with_lines, words_of
from kennisplatform.model.addresses import DETOUR, https_meant, is_https, other_host, unwrapped
from kennisplatform.model.findings import Meant, Severity
from kennisplatform.model.library import DOCUMENTS, IMAGES
from kennisplatform.model.schema import COLLECTIES, FIELDS
from kennisplatform.model.text import has_html, hidden, shorten, slugify

MAX_NESTING = 12
"""Depth of lists and quotes, counted as the parser does: a list is two levels."""

TOO_HIGH = 1000
"""A list does not begin with so high a number, and a sentence may."""

_SCHEME = re.compile(r"[/\\]{2}|[a-zA-Z][a-zA-Z0-9+.-]*:")
_MAIL = re.compile(r"mailto:[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,63}")
_SENTENCE = re.compile(r"[.!?;:,…]$|^\w+: |\n|(?:\S+ ){8}")
_EMBEDDED = re.compile(r"<(?:iframe|video|embed)\b[^>]*?\ssrc=[\"'](https://[^\"'\s]+)")
_LEADING = re.compile(
    r"((?: {0,3}>)*)([ \t]*)"
    r"((?:[-*+]|\d{1,9}[.)]|\[\^[^\]]+\]:|:)[ \t]+)?(.*)"
)
"""A line: signs of quotes, spaces, the mark of an item, a meaning or a note, and the words."""
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)")
_INSTEAD = {
    name: repair
    for names, repair in {
        "b strong mark": "Schrijf **vet**.",
        "i em u": "Schrijf *schuin*.",
        "s del strike": "Schrijf ~~doorgestreept~~.",
        "p div span font center section article o kbd": "Haal de codes tussen < en > weg.",
        "br": "Zet in plaats daarvan een \\ aan het eind van de regel, dan begint een nieuwe.",
        "hr": "Schrijf --- op een eigen regel, met een lege regel erboven.",
        "ul ol li": "Begin elke regel met - en een spatie.",
        "h1 h2 h3 h4 h5 h6": "Schrijf ## Kop.",
        "a": "Schrijf [tekst](https://…).",
        "img figure": "Schrijf ![Wat er te zien is](../afbeeldingen/naam.png).",
        "details summary": 'Schrijf ??? info "Titel", en de tekst eronder met vier spaties ervoor.',
        "aside": 'Schrijf !!! tip "Titel", en de tekst eronder met vier spaties ervoor.',
        "blockquote q": "Begin elke regel met > en een spatie.",
        "table tr td th": "Schrijf | Kop | Kop |, daaronder | --- | --- |, en dan de regels.",
        "sup sub small": "Haal de codes weg, of schrijf het teken zelf: m² of CO₂.",
        "pre code": "Zet de code tussen twee regels met ```.",
    }.items()
    for name in names.split()
}
"""What to write in the place of a tag."""
_UNFINISHED = re.compile(
    r"<[a-zA-Z][^<>]*?[\s/\"'](?:on\w+|src\w*|style|action|formaction|data|poster|[\w:]*href)\s*=|[\"'][\s/]*on[a-z]+\s*=",
    re.IGNORECASE,
)


class Breach(NamedTuple):
    line: int
    code: str
    message: str
    repair: str = ""
    likely: Meant | None = None
    address: str = ""
    """The address that `likely` comes in the place of."""
    typed: str = ""
    """The words of the line that `likely` comes in the place of."""
    severity: Severity = "fout"


Breaches = Iterator[Breach]


class _Block(NamedTuple):
    token: Token
    tokens: Sequence[Token]
    at: int
    line: int
    text: Sequence[str]
    """The lines of the whole text."""


def breaches(
    tokens: Sequence[Token], read: Mapping[str, Any], text: str, first_line: int
) -> Breaches:
    """Find what is wrong in a text; `read` is what the parser noted: the addresses at its end, and
    its notes, by their name.
    """
    lines = text.split("\n")
    for index, (line, token) in enumerate(blocks(tokens, first_line)):
        if token.level >= MAX_NESTING and token.nesting == 1:
            yield Breach(
                line,
                "te-diep",
                "deze opsomming of dit citaat is te diep genest.",
                "Gebruik minder niveaus, of een kop.",
            )
        if rules := _BLOCKS.get(token.type):
            block = _Block(token, tokens, index, line, lines)
            for rule in rules:
                yield from rule(block)
    yield from _twice(tokens, lines, first_line)
    if references := read.get("references", {}):
        used = {
            child.attrGet("href") or child.attrGet("src")
            for token in tokens
            for child in token.children or ()
        }
        for name, reference in references.items():
            if reference["href"] not in used:
                yield from _unused(name, reference["href"], first_line + reference["map"][0])
    for name, place in read.get("footnotes", {}).get("refs", {}).items():
        if place < 0:
            mark = f"[^{name.removeprefix(':')}]"
            number = next((n for n, written in enumerate(lines) if f"{mark}:" in written), 0)
            yield Breach(
                first_line + number,
                "noot-ongebruikt",
                f"naar de noot {mark} verwijst niets, en dan staat zij nergens.",
                f"Zet {mark} in de tekst waar de noot bij hoort, of haal haar weg.",
            )


_DEFINED = re.compile(r" {0,3}(\[\^?[^\]\n]+\]|\*\[[^\]\n]+\]):[ \t]*(\S.*)")


def _twice(tokens: Sequence[Token], lines: Sequence[str], first_line: int) -> Breaches:
    """Find a note, an address or an abbreviation with a name that another one has: only one of
    them is used.
    """
    code = {
        at
        for token in tokens
        if token.type in ("fence", "code_block")
        for at in range(*(token.map or (0, 0)))
    }
    there: dict[str, tuple[int, str]] = {}
    for at, line in enumerate(lines):
        if at in code or not (found := _DEFINED.match(line)):
            continue
        place, words = there.setdefault(found[1].lower(), (at, found[2]))
        if words != found[2]:
            yield Breach(
                first_line + at,
                "opmaak-onbedoeld",
                f"{in_short(found[1])} staat er twee keer, ook op regel {first_line + place}; een "
                "van de twee vervalt.",
                "Geef hem een andere naam, ook waar de tekst hem noemt.",
            )


def _unused(name: str, address: str, line: int) -> Breaches:
    """Find an address that stands nowhere on the page; `[//]: # (…)` is how some write a remark."""
    wrong = list(_address(address, line))
    yield from wrong
    if not wrong and name != "//":
        yield Breach(
            line,
            "opmaak-onbedoeld",
            f"naar [{in_short(name.lower())}] verwijst niets, en dan staat dit adres nergens.",
            "Schrijf [tekst](adres), of haal de regel weg.",
        )


def _html(token: Token, line: int) -> Breaches:
    name = _TAG.match(token.content)
    repair = _INSTEAD.get(name[1].lower() if name else "", "Haal het weg, of zet een \\ voor de <.")
    if shown := _EMBEDDED.search(token.content):
        repair = f"Zet alleen het adres op een eigen regel: {shown[1]}"
    elif token.content.startswith("<!--"):
        repair = "Een opmerking ziet niemand op de pagina. Haal haar weg."
    elif name:
        repair = f"{repair} Is het een voorbeeld, zet het dan tussen `accenten`."
    yield Breach(line, "html-in-tekst", f"hier staat HTML: {in_short(token.content)}", repair)


def _html_block(block: _Block) -> Breaches:
    if not _ends_html(block.token, block.tokens[: block.at]):
        yield from _html(block.token, block.line)


def _ends_html(token: Token, before: Sequence[Token]) -> bool:
    """Tell whether this is no more than the end of HTML that is told already."""
    if token.type not in ("html_block", "html_inline") or not token.content.startswith("</"):
        return False
    opening = token.content.strip().replace("/", "", 1).rstrip(" >")
    return any(token.type == other.type and opening in other.content for other in before)


def _heading(block: _Block) -> Breaches:
    text, (first, end) = text_of(block.tokens[block.at + 1]), block.token.map or (0, 0)
    if block.token.tag == "h1":
        typed = "\n".join(block.text[first:end])
        own = typed.strip().strip("#") if block.token.markup == "#" else block.text[first]
        yield Breach(
            block.line,
            "kop-niveau-1",
            f"‘{in_short(text)}’ is een kop van niveau 1; de titel van de pagina is dat al.",
            "Met ## is het een kop van de tekst.",
            Meant(f"## {own.strip()}"),
            typed=typed,
        )
    if not text:
        yield Breach(
            block.line,
            "zonder-tekst",
            "deze kop heeft geen tekst.",
            "Schrijf er een, of haal de # weg.",
        )


def _underlined(block: _Block) -> Breaches:
    """Find a sentence, a field or the end of a mail that the line of dashes under it makes a
    heading.
    """
    text = text_of(block.tokens[block.at + 1], "\n")
    _, end = block.token.map or [0, 0]
    underline = block.text[end - 1].strip(" >\t")
    short = len(underline) < 3
    if block.token.markup != "-" or _of_fields(block):
        return
    sentence = short or "\n" in text or _SENTENCE.search(text) is not None
    # Who underlines words, does so as far as they go; three dashes are a line over the page too.
    if sentence or (len(underline) == 3 and " " in text):
        yield Breach(
            block.line,
            "opmaak-onbedoeld",
            f"‘{in_short(text)}’ wordt een kop, door de streepjes eronder.",
            "Zet er een lege regel tussen. Is het een kop, begin dan met ## en haal de streepjes "
            "weg.",
            severity="fout" if sentence else "let op",
        )


def _of_fields(block: _Block) -> bool:
    """Tell whether the line above a block begins the fields of a page once more."""
    first = block.token.map[0] if block.token.map else 0
    return first > 0 and _begins_fields(block.text, first - 1)


def _begins_fields(lines: Sequence[str], at: int) -> bool:
    if not re.fullmatch(r"-{3,}\s*", lines[at]):
        return False
    below = list(takewhile(re.compile(r"[\w-]+:(\s|$)|\s+\S|-\s").match, lines[at + 1 :]))
    closed = lines[at + 1 + len(below)][:3] == "---" if at + 1 + len(below) < len(lines) else False
    return bool(below) and (closed or below[0].partition(":")[0] in FIELDS)


def _fields_again(block: _Block) -> Breaches:
    """Find a second block of fields, as of a page that was pasted whole into another."""
    if block.token.map and _begins_fields(block.text, block.token.map[0]):
        yield Breach(
            block.line,
            "opmaak-onbedoeld",
            "hier begint een tweede blok met velden, en dat komt als tekst op de pagina.",
            "Zet de velden in de kop bovenaan, en haal dit blok weg.",
        )


def _indented(block: _Block) -> Breaches:
    start, end = block.token.map or [0, 0]
    lines = block.text[start:end]
    before = next(filter(str.strip, reversed(block.text[:start])), "")
    if before.lstrip().startswith("==="):  # a tab of MkDocs, which is told by itself
        return
    yield Breach(
        block.line,
        "opmaak-onbedoeld",
        f"‘{in_short(block.token.content)}’ wordt code, door de tab of de vier spaties ervoor.",
        "Haal ze weg. Is het code, zet dan een regel met ``` ervoor en erachter.",
        Meant("\n".join(map(str.lstrip, lines))) if block.token.level == 0 else None,
        typed="\n".join(lines),
    )


def _fence(block: _Block) -> Breaches:
    first, end = block.token.map or [0, 0]
    closing, mark = block.text[end - 1].strip(" >\t"), block.token.markup
    if end - first < 2 or not closing.startswith(mark) or closing.strip(mark[0]):
        yield Breach(
            block.line,
            "opmaak-onbedoeld",
            f"na deze {mark} wordt alles code, tot het eind.",
            f"Zet onder de code een regel met {mark}.",
        )


def _box(block: _Block) -> Breaches:
    """Find a box without a text, and one that nothing closes."""
    _, end = block.token.map or [0, 0]
    first_of_text = next(
        token
        for token in block.tokens[block.at + 1 :]
        if not token.type.startswith("box_title") and token.type != "inline"
    )
    if first_of_text.type == "box_close":
        typed, inside = _box_text(block)
        where = "Zet de tekst eronder, vier spaties naar rechts."
        if block.token.markup.startswith(":"):
            where = "Zet de tekst eronder, boven de regel met :::."
        elif block.text[block.token.map[0] if block.token.map else 0].lstrip().startswith(">"):
            where = "Zet de tekst eronder, met > en een spatie voor elke regel."
        yield Breach(
            block.line,
            "opmaak-onbedoeld",
            "in dit kader staat geen tekst.",
            f"{where} Is het geen kader, zet er dan een \\ voor.",
            inside,
            typed=typed,
        )
    elif block.token.markup.startswith(":") and not (
        end < len(block.text) and block.text[end].lstrip(" >").startswith(":::")
    ):
        yield Breach(
            block.line,
            "opmaak-onbedoeld",
            "vanaf hier komt alles in het kader, tot het eind.",
            "Zet onder de tekst van het kader een regel met :::.",
        )


def _box_text(block: _Block) -> tuple[str, Meant | None]:
    """Give the lines right below a box that were meant to be in it, and how they are."""
    first, _ = block.token.map or [0, 0]
    below = list(takewhile(str.strip, block.text[first + 1 :]))
    if not below or block.token.level or block.token.markup.startswith((":", ">")):
        return "", None
    within = "\n".join(f"    {line.strip()}" for line in below)
    typed = "\n".join((block.text[first], *below))
    certain = all(line.startswith(" ") for line in below)
    return typed, Meant(f"{block.text[first]}\n{within}", certain)


def _numbered(block: _Block) -> Breaches:
    """Find a sentence that begins with a year and becomes the first item of a list."""
    if (start := int(block.token.attrGet("start") or 1)) < TOO_HIGH:
        return
    mark, likely = f"{start}{block.token.markup}", None
    repair = f"Begin elke regel met - en een spatie: - {start}: …"
    rest = islice(block.tokens, block.at + 1, None)
    inside = list(takewhile(lambda token: token.level > block.token.level, rest))
    if sum(token.type == "list_item_open" for token in inside) == 1:
        likely = Meant(f"{start}\\{block.token.markup}", certain=True)
        repair = "Met de \\ ervoor blijft het een zin."
    message = f"‘{mark}’ aan het begin van een regel wordt een lijst."
    yield Breach(block.line, "opmaak-onbedoeld", message, repair, likely, typed=mark)


def _item(block: _Block) -> Breaches:
    empty = block.tokens[block.at + 1].type == "list_item_close"
    if empty and block.token.level < MAX_NESTING:  # deeper nothing is read
        yield Breach(
            block.line,
            "zonder-tekst",
            "dit punt van een lijst heeft geen tekst.",
            "Schrijf er een, of haal het teken weg.",
        )


def _ruled(block: _Block) -> Breaches:
    """Find the dashes under the heading of a table without |, of which the parser makes a line."""
    start, _ = block.token.map or [0, 0]
    if re.fullmatch(r"[ \t>]*-{2,}(?:[ \t]+-{2,})+[ \t]*", block.text[start]):
        yield Breach(
            block.line,
            "opmaak-onbedoeld",
            "deze streepjes maken geen tabel, maar een lijn over de pagina.",
            "Zet een | tussen de kolommen, ook tussen de streepjes.",
        )


def _table(block: _Block) -> Breaches:
    rest = islice(block.tokens, block.at, None)
    table = list(takewhile(lambda token: token.type != "table_close", rest))
    columns = sum(token.type == "th_open" for token in table)
    first = block.line - (block.token.map or [0])[0]
    for row in (token.map[0] for token in table if token.type == "tr_open" and token.map):
        if "|" not in block.text[row] and not block.text[row].lstrip().startswith("{:"):
            yield Breach(
                first + row,
                "opmaak-onbedoeld",
                f"‘{in_short(block.text[row])}’ wordt een regel van de tabel erboven.",
                "Zet een lege regel onder de tabel.",
            )
        elif (cells := _cells(block.text[row])) > columns:
            yield Breach(
                first + row,
                "te-veel-cellen",
                f"deze regel van de tabel heeft {cells} vakken, en de kop heeft er {columns}.",
                "Geef de kop evenveel vakken, of haal er een weg.",
            )
        elif re.fullmatch(r"[|:\s>-]*---[|:\s-]*", block.text[row]):
            yield Breach(
                first + row,
                "opmaak-onbedoeld",
                "deze streepjes worden een gewone regel van de tabel.",
                "Haal deze regel weg: alleen onder de kop horen streepjes.",
            )


def _cells(row: str) -> int:
    """Count the cells of a row as the parser does, which drops those that the heading has no
    column for.
    """
    cells = escapedSplit(row.strip().lstrip("> "))
    return len(cells) - bool(cells and not cells[0].strip()) - bool(cells and not cells[-1].strip())


def _link_texts(block: _Block) -> Breaches:
    """Find each link that a reader takes for another: [https://gemeente.nl](https://elders.nl)."""
    start, address, title, text = block.line, "", "", ""
    for line, child in with_lines(block.token, block.line):
        if child.type == "link_open":
            start, text = line, ""
            address, title = (str(child.attrGet(name) or "") for name in ("href", "title"))
        elif child.type != "link_close":
            text += words_of(child, " ")
        elif not text.strip():
            yield Breach(
                start,
                "zonder-tekst",
                f"de link naar {in_short(address)} heeft geen tekst.",
                "Zet tussen de [ ] waar de link heen leidt.",
            )
        elif address.startswith("tel:"):
            yield _telephone(start, text, address)
        elif host := other_host(text, address) or other_host(title, address):
            yield Breach(
                start,
                "ander-adres",
                f"de tekst van deze link noemt {in_short(host)}, maar de link leidt naar "
                f"{in_short(address)}",
                "Zeg in de tekst waar de link over gaat, of verbeter het adres.",
            )


def _telephone(line: int, text: str, address: str) -> Breach:
    number = unquote(address.removeprefix("tel:"))
    bare = text.removeprefix("tel:")
    return Breach(
        line,
        "onveilig-adres",
        f"een telefoonnummer kan geen link zijn: {in_short(address)}",
        "Zet het nummer in de tekst, zonder link.",
        Meant(bare if sum(map(str.isdigit, bare)) > 4 else f"{bare} ({number})", certain=True),
        typed=f"<{address}>" if text == address else f"[{text}]({address})",
    )


def _signs(block: _Block) -> Breaches:
    """Find the marks that a visitor would see as signs."""
    before, after = block.tokens[block.at - 1], block.tokens[block.at + 1 : block.at + 3]
    if before.type == "box_title_open" and after[-1].type == "box_close":
        return  # that it is empty is told
    cell = before.type in ("th_open", "td_open")
    item = block.at > 1 and block.tokens[block.at - 2].type == "list_item_open"
    seen = block.token.meta.get("seen", "")
    told = set()
    for line, typed, message, repair, likely, severity in signs_in(
        seen, block.token.content, cell=cell, item=item
    ):
        told.add(block.line + line)
        if message.startswith(LONE_NOTE) and any(
            one.startswith((f"{typed} ", f"{typed}-")) and not above.strip()
            for above, one in pairwise(("", *block.text))
        ):
            continue  # that its text is not written as one is told there
        if message.endswith(NO_TABLE) and block.tokens[block.at - 2].type == "table_close":
            repair = (
                "Hoort dit bij de tabel erboven, haal dan de lege regel ertussen weg. "
                f"Is het een eigen tabel? {repair}"
            )
            likely = None
        yield Breach(
            block.line + line,
            "opmaak-blijft-staan",
            message,
            repair,
            likely,
            typed=typed,
            severity=severity,
        )
    for line, address in _dead_addresses(block):
        if line not in told:
            yield Breach(
                line,
                "opmaak-blijft-staan",
                f"‘{in_short(address)}’ wordt geen link.",
                "Zet het adres tussen < en >.",
                Meant(f"<{likely.value}>") if (likely := https_meant(address)) else None,
                typed=address,
            )


def _dead_addresses(block: _Block) -> Iterator[tuple[int, str]]:
    """Find addresses that are no link, for what stands before them or a capital."""
    words = block.token.meta.get("unlinked", "")
    for found in _DEAD.finditer(words):
        yield block.line + words.count("\n", 0, found.start()), found[0]


_DEAD = re.compile(
    r"[hHwW](?<![\w@./].)(?i:(?<=h)ttps?://|(?<=w)ww\.)[\w-]+\.\w[^\s<>|\]\"”’]*[\w/]"
)
"""Begins with a set of signs, for which a text is searched fast."""


def _marked(block: _Block) -> Breaches:
    """Look at what is more than words: links, and what stars make of them."""
    if any(child.nesting for child in block.token.children or ()):
        yield from _link_texts(block)
        yield from _lost_stars(block)
        yield from _outside_in(block)
        yield from _as_heading(block)


def _as_heading(block: _Block) -> Breaches:
    """Find a line that is bold from end to end above a text, as a heading is in a mail."""
    words, below = text_of(block.token, "\n"), block.tokens[block.at + 2 :][:1]
    kinds = [one.type for one in block.token.children or () if one.type != "text" or one.content]
    if (
        block.token.level == 1
        and block.tokens[block.at - 1].type == "paragraph_open"
        and kinds[0] == "strong_open"
        and kinds.index("strong_close") == len(kinds) - 1
        and not _SENTENCE.search(words)
        and below
        and below[0].type != "heading_open"
    ):
        yield Breach(
            block.line,
            "opmaak-onbedoeld",
            f"‘{in_short(words)}’ is vet, maar wordt geen kop.",
            "Is het een kop, begin dan met ## en een spatie, en haal de sterretjes weg.",
            severity="let op",
        )


def _outside_in(block: _Block) -> Breaches:
    """Find marks of two footnotes, of which the parser makes what stands between them bold."""
    pieces = list(with_lines(block.token, block.line))
    for (line, start), (_, inner) in itertools.pairwise(pieces):
        if start.type in ("strong_open", "em_open") and inner.type == "text":
            words = inner.content
            if words[:1] in (")", "]", "}", ",", ".", ";", ":") or words[-1:] in ("(", "[", "{"):
                yield Breach(
                    line,
                    "opmaak-onbedoeld",
                    f"de sterretjes of streepjes om ‘{in_short(words)}’ verdwijnen.",
                    "Moeten ze er staan, zet er dan een \\ voor.",
                )


def _swallowed(block: _Block) -> Breaches:
    """Find a new sentence that goes on with the item, the quote or the note above it, because no
    empty line stands between them.
    """
    first, end = block.token.map or [0, 0]
    if end - first < 2:
        return
    lines = [_LEADING.match(line) for line in block.text[first:end]]
    for number, (above, line) in enumerate(itertools.pairwise(lines), first + 1):
        opened = lines[0]
        if not (opened and above and line) or not (opened[1] or opened[3]):
            return
        outside = line[1].count(">") < opened[1].count(">") or (
            opened[3] and len(line[2]) <= len(opened[2])
        )
        if not outside:
            continue
        if line[4][:1].isupper() and _is_whole(above[4]):
            yield Breach(
                block.line + number - first,
                "opmaak-onbedoeld",
                f"‘{in_short(line[4])}’ wordt deel van wat erboven staat.",
                "Zet er een lege regel tussen. Hoort de regel er wel bij, zet er dan een \\ boven, "
                "aan het eind.",
            )
        return  # who goes on at the margin once, does so on purpose


def _is_whole(words: str) -> bool:
    """Tell whether a line ends where its writer ended it; one as long as this was broken by a
    program.
    """
    return words.endswith(tuple(".?!:;…)")) or (
        len(words) < 50 and not words.endswith(("\\", "  "))
    )


def _lost_stars(block: _Block) -> Breaches:
    """Find 5*4*3, of which the parser makes 5, a leaning 4 and 3."""
    pieces = list(with_lines(block.token, block.line))
    for (_, before), (line, start), (_, inner) in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if (
            start.type == "em_open"
            and before.type == inner.type == "text"
            and before.content[-1:].isalnum()
            and inner.content[:1].isalnum()
        ):
            yield Breach(
                line,
                "opmaak-onbedoeld",
                f"in ‘{in_short(before.content.split()[-1])}*{in_short(inner.content)}*’ "
                "verdwijnen de sterretjes en wordt de tekst schuin.",
                "Schrijf × voor keer, of zet voor elk sterretje een \\.",
            )


def _inline(block: _Block) -> Breaches:
    for line, children in groupby(with_lines(block.token, block.line), itemgetter(0)):
        on_line = [child for _, child in children]
        for child in on_line:
            if child.type in _PIECES and not _ends_html(child, block.token.children or ()):
                yield from _piece(child, line)
        words = "".join(map(_read_aloud, on_line))
        yield from _words(words, line)
        if "=" in words and (tag := _UNFINISHED.search(words)) and tag[0] in block.token.content:
            yield Breach(
                line,
                "html-in-tekst",
                f"hier staat iets wat op HTML lijkt: {in_short(tag[0])}",
                "Zet een voorbeeld tussen `accenten`.",
            )


def _piece(token: Token, line: int) -> Breaches:
    for rule in _PIECES.get(token.type, ()):
        yield from rule(token, line)


def _title(token: Token, line: int) -> Breaches:
    if has_html(title := str(token.attrGet("title") or "")):
        yield Breach(
            line,
            "html-in-tekst",
            f"hier staat HTML: {in_short(title)}",
            "Gewone tekst mag, HTML niet.",
        )


def _link(token: Token, line: int) -> Breaches:
    yield from _address(str(token.attrGet("href") or ""), line)


_SAYS_NOTHING = re.compile(
    r"\S+\.(?:png|jpe?g|gif|webp|heic|svg)"
    r"|(?:image|afbeelding|beeld|foto|photo|img|picture|schermafbeelding|screenshot)[\s_-]?\d+",
    re.IGNORECASE,
)
_OWN_COMPUTER = re.compile(r"[a-z]:[\\/]|file:", re.IGNORECASE)


def _image(token: Token, line: int) -> Breaches:
    address = unquote(str(token.attrGet("src") or ""))
    for child in token.children or ():
        yield from _piece(child, line)
    host = re.match(r"https://(?:www\.|m\.)?([^/?#:]+)", address)
    if host and host[1] in CARDS:
        message = f"de video {in_short(address)} is geen afbeelding."
        repair = f"Zet alleen het adres op een eigen regel: {address}"
        yield Breach(line, "beeld-van-buiten", message, repair)
        return
    if _SAYS_NOTHING.fullmatch(text_of(token).strip()):
        yield Breach(
            line,
            "beeld-zonder-tekst",
            f"de beschrijving ‘{in_short(text_of(token))}’ zegt niet wat er te zien is.",
            "Zet tussen de [ ] wat er te zien is.",
        )
    elif not re.search(r"\w", text_of(token)) and not address.startswith("data:"):
        yield Breach(
            line,
            "beeld-zonder-tekst",
            f"de afbeelding {in_short(address)} heeft geen beschrijving (alt).",
            "Zet tussen de [ ] wat er te zien is.",
        )
    if leads_elsewhere(address):
        yield Breach(
            line,
            "beeld-van-buiten",
            "de afbeelding staat in de tekst zelf (data:)."
            if address.startswith("data:")
            else f"de afbeelding {in_short(address)} staat op uw eigen computer."
            if _OWN_COMPUTER.match(address)
            else f"de afbeelding {in_short(address)} staat op een andere site.",
            "Zet het bestand in content/afbeeldingen/ en verwijs daarnaar.",
        )


def _address(address: str, line: int) -> Breaches:
    target = unquote(address).strip()
    if address.startswith("tel:"):  # told with the text of the link
        return
    if inner := unwrapped(address):
        yield Breach(
            line,
            "adres-met-omweg",
            f"de link {in_short(address)} {DETOUR}.",
            "",
            Meant(inner, certain=True),
            address,
        )
    elif leads_elsewhere(target) and not is_https(address) and not _MAIL.fullmatch(address):
        yield Breach(
            line,
            "onveilig-adres",
            f"deze link wijst naar een bestand op uw eigen computer: {in_short(target)}"
            if _OWN_COMPUTER.match(target)
            else f"het adres van deze link mag niet: {in_short(target)}",
            "Zet de tekst niet in het adres. Schrijf [tekst](https://…)."
            if re.match(r"https://[^|\[]+[|\[]", target)
            else "Een link begint met https:// of is het pad van een bestand.",
            _address_meant(target),
            target,
        )


_SERVED = re.compile(
    r"https?://(?:127\.0\.0\.1|localhost)(?::\d+)?/(?:\S*/)?"
    rf"({'|'.join(c.slug for c in COLLECTIES.values())})/([a-z0-9-]+)/?(#\S*|)"
)
"""A page as an editor sees it while scripts/serve runs."""


def _address_meant(target: str) -> Meant | None:
    if served := _SERVED.fullmatch(target):
        folder = next(c.map for c in COLLECTIES.values() if c.slug == served[1])
        return Meant(f"../{folder}/{served[2]}.md{served[3]}")
    mail = target.partition("?")[0].replace("MAILTO:", "mailto:")
    return Meant(mail) if _MAIL.fullmatch(mail) else https_meant(target)


def leads_elsewhere(target: str) -> bool:
    """Tell whether a browser could read an address as more than a path: it drops spaces and control
    characters.
    """
    return _SCHEME.match(re.sub(r"[\s\x00-\x20]", "", target)) is not None


def _read_aloud(token: Token) -> str:
    """Give what an editor wrote as words: no code, but with the title and the address of a link."""
    if token.type in ("link_open", "image") and token.info != "auto":
        return (
            f"{text_of(token)} {token.attrGet('title') or ''} "
            f"{unquote(str(token.attrGet('href') or ''))} "
        )
    return token.content if token.type == "text" else ""


class _Pattern(NamedTuple):
    pattern: re.Pattern[str]
    code: str
    message: str
    """With {} for what was found."""
    repair: str
    likely: Callable[[re.Match[str]], str] | None = None


_SIZE = re.compile(r"(?<! ) ++=\d*+x\d*+$")
"""The size that other programs give an image, behind its address."""
_TITLE = re.compile(r"(?<! ) ++[\"‘’“”„']")
"""Where the title of a link begins."""


def _without_spaces(found: re.Match[str]) -> str:
    """Write a link or image whose address holds a space, or whose title has other quotes."""
    address, title = _SIZE.sub("", found[2][:-1]), ""
    if address[-1:] in tuple("\"‘’“”'") and (begins := _TITLE.search(address[:-1])):
        address, title = address[: begins.start()], address[begins.end() : -1]
    if found[1].startswith("!"):
        name = address.replace("\\", "/").rpartition("/")[2]
        address = f"../{IMAGES}/{image_name(name)}"
    elif " " in address:
        address = _good_address(address)
    titled = f' "{title}"' if title else ""
    return f"{found[1]}{address}{titled})" if address else ""


def _good_address(typed: str) -> str:
    """Write an address without spaces: of a file here with a name that it can have, for which a
    sign for a space will not do; or nothing.
    """
    if leads_elsewhere(typed):
        return address if is_https(address := typed.replace(" ", "%20")) else ""
    path, sign, anchor = typed.partition("#")
    folder, slash, name = path.rpartition("/")
    if is_document(name):
        return f"../{DOCUMENTS}/{document_name(name)}"
    if path and (not name.endswith(".md") or " " in folder):
        return ""
    page = f"{address_name(name[:-3])}.md" if name else ""
    return f"{folder}{slash}{page}{sign}{slugify(anchor)}"


_WITH_SPACES = r"((?:[^()\s]|\([^()\s]*\))+[ ](?![\s\"')])(?:[^()]|\([^()]*\))*\))"
"""An address with a space, up to the ) that ends it; what it holds may stand in parentheses."""
_PATTERNS = (
    _Pattern(
        re.compile(r"^[\s;]*-+8<-+|\{!.*!\}"),
        "bestand-invoegen",
        "een ander bestand invoegen (--8<--) mag niet.",
        "Neem de tekst zelf over.",
    ),
    _Pattern(
        re.compile(rf"(!\[[^\[\]]*\]\(){_WITH_SPACES}"),
        "link-klopt-niet",
        "deze afbeelding is niet goed geschreven: {}",
        f"Geef ook het bestand in content/{IMAGES}/ die naam: zonder spaties.",
        _without_spaces,
    ),
    _Pattern(
        re.compile(rf"(?<!!)(\[[^\[\]]*\]\(){_WITH_SPACES}"),
        "link-klopt-niet",
        "deze link is niet goed geschreven: {}",
        "In het adres mag geen spatie staan.",
        _without_spaces,
    ),
    _Pattern(
        re.compile(
            r"(?<!\{)(?<!oaicite:\d\])\{(?!\w+:\w+=):?\s*(?:[#.][\w:-]|[\w:@.-]+\s*=)[^{}]*\}|(?<!\{)\{:[^{}]*\}"
        ),
        "eigen-attribuut",
        "een eigen attribuut of id mag niet: {}",
        "Haal het stuk tussen { } weg.",
    ),
)
_NEEDED = re.compile(r"8<|\]\(|\{")
"""What one of these has: without it there is no need to look further."""


def _words(text: str, line: int) -> Breaches:
    """Look at text as it is after decoding: &#8238; is a direction sign by now."""
    if (at := next(hidden(text), None)) is not None:
        found = hidden_character("", line, "deze regel bevat", text[at])
        yield Breach(line, found.code, found.message, found.repair)
    for pattern, code, message, repair, likely in _PATTERNS if _NEEDED.search(text) else ():
        for hit in pattern.finditer(text):
            meant = Meant(new) if likely and (new := likely(hit)) else None
            yield Breach(line, code, message.format(in_short(hit[0])), repair, meant, typed=hit[0])


def in_short(text: str) -> str:
    """Name a piece of a text in a message."""
    return shorten(" ".join(text.split()), 60)


_BLOCKS: dict[str, tuple[Callable[[_Block], Breaches], ...]] = {
    "html_block": (_html_block,),
    "fence": (lambda block: _words(block.token.info, block.line), _fence),
    "code_block": (_indented,),
    "heading_open": (_heading, _underlined),
    "ordered_list_open": (_numbered,),
    "box_open": (_box,),
    "hr": (_ruled, _fields_again),
    "list_item_open": (_item,),
    "table_open": (_table,),
    "inline": (_inline, _signs, _marked, _swallowed),
}
"""The rules for each kind of block."""
_PIECES: dict[str, tuple[Callable[[Token, int], Breaches], ...]] = {
    "html_inline": (_html,),
    "link_open": (_title, _link),
    "image": (_title, _image),
}
"""The rules for each kind of piece within a line."""
