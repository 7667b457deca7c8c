"""Read and render the Markdown of a page: one parse that the checks and the HTML share.

What is checked is what is shown, because both come from the same tokens. The parser is
markdown-it-py (CommonMark with tables); raw HTML is recognised in order to be refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from kennisplatform.content.textfile import Text, fix_link, hidden_character
from kennisplatform.model.findings import Finding, Meant, sentences
from kennisplatform.model.library import Alinea, Body, Heading, Link
from kennisplatform.model.text import has_html, hidden, slugify, visible
from kennisplatform.model.values import https_meant, is_https, other_host

Resolve = Callable[[str], str]
"""Turns the address in a link between source files into one in the site."""

MAX_LINES = 1_000
MAX_MARKS = 10_000
"""Signs that may be marks, in a whole page: a page of 400 words has about 100."""
MAX_BLOCK_LINES = 300
"""Lines without an empty one between them: a parser looks ahead, so the time grows with the square.
"""
MAX_BLOCK_MARKS = 500
"""Signs that may be marks in such a block; for some of them (![) the time grows with the cube."""
MAX_COLUMNS = 15
MAX_LEVEL = 12
"""Depth of lists and quotes, counted as the parser does: a list is two levels."""
MAX_LINKS = 300

_MARKS = re.compile(r"[\[\]*_`<>&!\\~]")
_SCHEME = re.compile(r"[/\\]{2}|[a-zA-Z][a-zA-Z0-9+.-]*:")
_MAIL = re.compile(r"mailto:[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,63}")
_SNIPPET = re.compile(r"^[\s;]*-+8<-+|\{!.*!\}")
_UNFINISHED = re.compile(
    r"<[a-zA-Z][^<>]*?[\s/\"'](?:on\w+|src\w*|style|action|formaction|data|poster|[\w:]*href)\s*=|[\"'][\s/]*on[a-z]+\s*=",
    re.IGNORECASE,
)
_BROKEN_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]+[ ][^()\s\"'][^()]*\)")
_ATTRIBUTES = re.compile(r"(?<!\{)\{:?\s*(?:[#.][\w:-]|[\w:@.-]+\s*=)[^{}]*\}|\{:[^{}]*\}")

ALLOWED_TAGS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "em",
    "strong",
    "s",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "br",
    "img",
}
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "th": {"class"},
    "td": {"class"},
    "ol": {"start"},
} | {h: {"id"} for h in ("h1", "h2", "h3", "h4", "h5", "h6")}


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable(
        ["table", "strikethrough"]
    )
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # an unsafe address must show up, to be reported
    parser.inline.ruler.before("text", "line", _before_each_piece)
    parser.inline.ruler2.before("balance_pairs", "line", _note_line)
    return parser


def _before_each_piece(state: StateInline, silent: bool) -> bool:
    if not silent:
        _note_line(state)
    return False


def _note_line(state: StateInline) -> None:
    """Tell the pieces that were made since the last time on which line of the text they began.

    The parser keeps lines of blocks only, and a link may go on over lines that leave nothing
    behind.
    """
    lines = state.env.setdefault("lines", {})
    done, line, place = lines.get(id(state.tokens), (0, 0, 0))
    for token in state.tokens[done:]:
        token.meta["line"] = line
    lines[id(state.tokens)] = (
        len(state.tokens),
        line + state.src.count("\n", place, state.pos),
        state.pos,
    )


_PARSER = _parser()


def tokenise(text: str) -> list[Token]:
    """Parse text that is within measure, for whoever writes it anew."""
    return _PARSER.parse(text)


def parse(
    text: str,
    path: str,
    first_line: int,
    resolve: Resolve,
    sizes: Mapping[str, tuple[int, int]] | None = None,
    source: Text | None = None,
) -> tuple[Body, list[Finding]]:
    """Parse, check and render a body whose first line is `first_line` of the file `path`.

    `sizes` gives width and height (pixels) of an image by its address in the site. What is beyond
    measure is not parsed at all. `source` is the whole file, in which a repair has its place.
    """
    findings = list(beyond_measure(text, path, first_line))
    references: dict[str, Any] = {}
    tokens = [] if findings else _PARSER.parse(text, references)
    headings: list[Heading] = []
    links: list[Link] = []

    def report(
        line: int,
        code: str,
        message: str,
        repair: str = "",
        likely: Meant | None = None,
        address: str = "",
    ) -> None:
        fix = fix_link(source, line, address, likely) if source else None
        findings.append(
            Finding(
                path, line, code, message, sentences(likely and likely.in_text(), repair), fix=fix
            )
        )

    used: set[str] = set()
    lines, columns = text.split("\n"), 0
    block_line = first_line
    for index, token in enumerate(tokens):
        if token.map:
            block_line = first_line + token.map[0]
        if token.level >= MAX_LEVEL and token.nesting == 1:
            report(
                block_line,
                "te-diep",
                "deze opsomming of dit citaat is te diep genest.",
                "Gebruik minder niveaus, of een kop.",
            )
        if token.type == "html_block":
            report(
                block_line,
                "html-in-tekst",
                f"hier staat HTML: {_shorten(token.content)}",
                "Gebruik Markdown, of zet een voorbeeld tussen `accenten`.",
            )
        elif token.type == "fence":
            _check_words(token.info, block_line, path, findings)
            token.info = ""  # the site colours no code
        elif token.type == "heading_open":
            content = tokens[index + 1]
            text_of_heading = _text_of(content)
            if token.tag == "h1":
                report(
                    block_line,
                    "kop-niveau-1",
                    f"‘{_shorten(text_of_heading)}’ is een kop van niveau 1; de titel van de "
                    "pagina is dat al.",
                    "Begin met ## in plaats van #.",
                )
            if not text_of_heading:
                report(
                    block_line,
                    "zonder-tekst",
                    "deze kop heeft geen tekst.",
                    "Schrijf er een, of haal de # weg.",
                )
            anchor = _anchor(slugify(text_of_heading) or "kop", used)
            headings.append(Heading(int(token.tag[1]), text_of_heading, anchor, block_line))
            token.attrSet("id", anchor)
        elif token.type == "thead_open":
            columns = sum(t.type == "th_open" for t in tokens[index : index + 3 * MAX_COLUMNS + 3])
        elif (
            token.type == "tr_open"
            and token.map
            and len(cells := _cells(lines[token.map[0]])) > columns
        ):
            report(
                block_line,
                "te-veel-cellen",
                f"deze regel van de tabel heeft {len(cells)} vakken, en de kop heeft er {columns}.",
                "Geef de kop evenveel vakken, of haal er een weg.",
            )
        elif token.type == "inline":
            _check_link_texts(token, block_line, report)
            for line, children in groupby(_with_lines(token, block_line), itemgetter(0)):
                on_line = [child for _, child in children]
                for child in on_line:
                    _check_inline(child, line, links, report)
                words = "".join(_read_aloud(child) for child in on_line)
                _check_words(words, line, path, findings)
                if "=" in words and (tag := _UNFINISHED.search(words)) and tag[0] in token.content:
                    report(
                        line,
                        "html-in-tekst",
                        f"hier staat iets wat op HTML lijkt: {_shorten(tag[0])}",
                        "Zet een voorbeeld tussen `accenten`.",
                    )
    if defined := references.get("references"):
        used_addresses = {
            child.attrGet("href") or child.attrGet("src")
            for token in tokens
            for child in token.children or ()
        }
        for reference in defined.values():
            if reference["href"] not in used_addresses:
                _check_address(
                    reference["href"], first_line + reference["map"][0], False, [], report
                )
    if len(links) > MAX_LINKS:
        report(
            first_line,
            "te-veel-opmaak",
            f"er staan te veel links: {len(links)}, en {MAX_LINKS} mag.",
            "Maak er meer pagina’s van.",
        )
        links.clear()
    outside, paragraphs = (
        tuple(_outside(tokens, first_line)),
        tuple(_paragraphs(tokens, first_line)),
    )
    return Body(
        _render(tokens, resolve, sizes or {}), tuple(headings), tuple(links), outside, paragraphs
    ), sorted(set(findings))


def beyond_measure(text: str, path: str, first_line: int) -> Iterator[Finding]:
    """Bound what a Markdown parser needs more and more time or memory for, before it sees any of
    it.
    """

    def refuse(number: int, message: str, repair: str) -> Finding:
        return Finding(path, first_line + number, "te-veel-opmaak", message, repair)

    lines = text.rstrip().split("\n")
    start, marks, all_marks = 0, 0, len(_MARKS.findall(text))
    if len(lines) > MAX_LINES:
        yield refuse(
            MAX_LINES,
            f"de tekst is te lang: {len(lines)} regels, en {MAX_LINES} mag.",
            "Maak er meer pagina’s van.",
        )
    if all_marks > MAX_MARKS:
        yield refuse(
            0,
            f"de tekst heeft te veel tekens voor opmaak, zoals * en [: {all_marks}, en "
            f"{MAX_MARKS} mag.",
            "Maak er meer pagina’s van.",
        )
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            marks += len(_MARKS.findall(line))
            if line.count("|") > MAX_COLUMNS + 1:
                yield refuse(
                    number,
                    f"deze regel heeft te veel kolommen; {MAX_COLUMNS} mag.",
                    "Maak er meer tabellen van.",
                )
            continue
        if marks > MAX_BLOCK_MARKS or number - start > MAX_BLOCK_LINES:
            yield refuse(
                start,
                f"hier begint een stuk tekst dat te lang is: {number - start} regels zonder lege "
                f"regel, met {marks} tekens voor opmaak, "
                "zoals * en [.",
                "Zet er lege regels tussen, of haal de tekens weg.",
            )
        start, marks = number + 1, 0


def _anchor(slug: str, used: set[str]) -> str:
    """Give an id no other heading has; those that start with kp- belong to the frame of the
    page.
    """
    anchor, number = slug, 1
    while anchor in used or (number == 1 and anchor.startswith("kp-")):
        number += 1
        anchor = f"{slug}-{number}"
    used.add(anchor)
    return anchor


def _cells(row: str) -> list[str]:
    """Split a row of a table as the parser does, which drops the cells that the heading has no
    column for.
    """
    cells = escapedSplit(row.strip().lstrip("> "))
    return cells[
        bool(cells and not cells[0].strip()) : len(cells) - bool(cells and not cells[-1].strip())
    ]


def _with_lines(token: Token, first: int) -> Iterator[tuple[int, Token]]:
    for child in token.children or ():
        yield first + child.meta["line"], child


def _check_inline(token: Token, line: int, links: list[Link], report: Callable[..., None]) -> None:
    if token.type == "html_inline":
        report(
            line,
            "html-in-tekst",
            f"hier staat HTML: {_shorten(token.content)}",
            "Gebruik Markdown, of zet een voorbeeld tussen `accenten`.",
        )
    elif token.type in ("link_open", "image"):
        if has_html(title := str(token.attrGet("title") or "")):
            report(
                line,
                "html-in-tekst",
                f"hier staat HTML: {_shorten(title)}",
                "Gewone tekst mag, HTML niet.",
            )
        address = str(token.attrGet("href" if token.type == "link_open" else "src") or "")
        if token.type == "image":
            for child in token.children or ():
                _check_inline(child, line, links, report)
            if not re.search(r"\w", _text_of(token)):
                report(
                    line,
                    "beeld-zonder-tekst",
                    f"de afbeelding {_shorten(unquote(address))} heeft geen beschrijving (alt).",
                    "Zet tussen de [ ] wat er te zien is.",
                )
        _check_address(address, line, token.type == "image", links, report)


def _check_link_texts(token: Token, first: int, report: Callable[..., None]) -> None:
    """Find each link that a reader takes for another: [https://gemeente.nl](https://elders.nl)."""
    start, address, title, text = first, "", "", ""
    for line, child in _with_lines(token, first):
        if child.type == "link_open":
            start, address, title, text = (
                line,
                str(child.attrGet("href") or ""),
                str(child.attrGet("title") or ""),
                "",
            )
        elif child.type != "link_close":
            text += _words_of(child, " ")
        elif not text.strip():
            report(
                start,
                "zonder-tekst",
                f"de link naar {_shorten(address)} heeft geen tekst.",
                "Zet tussen de [ ] waar de link heen leidt.",
            )
        elif host := other_host(text, address) or other_host(title, address):
            report(
                start,
                "ander-adres",
                f"de tekst van deze link noemt {_shorten(host)}, maar de link leidt naar "
                f"{_shorten(address)}",
                "Zeg in de tekst waar de link over gaat, of verbeter het adres.",
            )


def _check_address(
    address: str, line: int, image: bool, links: list[Link], report: Callable[..., None]
) -> None:
    target = unquote(address).strip()
    if not _leads_elsewhere(target):
        links.append(Link(target, line, image))
    elif image:
        report(
            line,
            "beeld-van-buiten",
            f"de afbeelding {_shorten(target)} staat op een andere site.",
            "Zet het bestand in content/afbeeldingen/ en verwijs daarnaar.",
        )
    elif not is_https(address) and not _MAIL.fullmatch(address):
        report(
            line,
            "onveilig-adres",
            f"het adres van deze link mag niet: {_shorten(target)}",
            "Een link begint met https:// of is het pad van een bestand.",
            https_meant(target),
            target,
        )


def _leads_elsewhere(target: str) -> bool:
    """Tell whether a browser could read an address as more than a path: it drops spaces and control
    characters.
    """
    return _SCHEME.match(re.sub(r"[\s\x00-\x20]", "", target)) is not None


def _read_aloud(token: Token) -> str:
    """Give what an editor wrote as words: no code, but with the title and the address of a link."""
    if token.type in ("link_open", "image"):
        return (
            f"{_text_of(token)} {token.attrGet('title') or ''} "
            f"{unquote(str(token.attrGet('href') or ''))} "
        )
    return token.content if token.type == "text" else ""


def _check_words(text: str, line: int, path: str, findings: list[Finding]) -> None:
    """Look at text as it is after decoding: &#8238; is a direction sign by now."""
    if (at := next(hidden(text), None)) is not None:
        findings.append(hidden_character(path, line, "deze regel bevat", text[at]))
    if ("8<" in text or "{!" in text) and _SNIPPET.search(text):
        findings.append(
            Finding(
                path,
                line,
                "bestand-invoegen",
                "een ander bestand invoegen (--8<--) mag niet.",
                "Neem de tekst zelf over.",
            )
        )
    if "](" in text and (broken := _BROKEN_LINK.search(text)):
        findings.append(
            Finding(
                path,
                line,
                "link-klopt-niet",
                f"deze link is niet goed geschreven: {_shorten(broken[0])}",
                "In het adres mag geen spatie staan.",
            )
        )
    if "{" in text and (found := _ATTRIBUTES.search(text)):
        findings.append(
            Finding(
                path,
                line,
                "eigen-attribuut",
                f"een eigen attribuut of id mag niet: {_shorten(found[0])}",
                "Haal het stuk tussen { } weg.",
            )
        )


def _render(tokens: list[Token], resolve: Resolve, sizes: Mapping[str, tuple[int, int]]) -> str:
    for token in tokens:
        if align := token.attrs.pop(
            "style", None
        ):  # an inline style would need a weaker security policy
            token.attrSet("class", str(align).replace("text-align:", "kolom-"))
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _resolved(str(child.attrGet("href") or ""), resolve))
            elif child.type == "image":
                address = _resolved(str(child.attrGet("src") or ""), resolve)
                child.attrSet("src", address)
                child.attrSet("loading", "lazy")
                for name, pixels in zip(("width", "height"), sizes.get(address, ()), strict=False):
                    child.attrSet(name, str(pixels))
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"https", "mailto"},
        link_rel="noopener",
    )


def _resolved(target: str, resolve: Resolve) -> str:
    path = unquote(target).strip()
    return target if _leads_elsewhere(path) else resolve(path)


def _outside(tokens: list[Token], first_line: int) -> Iterator[Link]:
    for token in tokens:
        for line, child in _with_lines(
            token, first_line + token.map[0] if token.map else first_line
        ):
            target = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            if target.startswith(("https:", "mailto:")):
                yield Link(target, line)


def _paragraphs(tokens: list[Token], first_line: int) -> Iterator[Alinea]:
    line, in_heading = first_line, False
    for token in tokens:
        if token.map:
            line = first_line + token.map[0]
        if token.type in ("heading_open", "heading_close"):
            in_heading = token.type == "heading_open"
        elif token.type == "inline" and not in_heading:
            yield Alinea(line, _text_of(token, "\n"))
        elif token.type in ("fence", "code_block"):
            yield Alinea(line, token.content, code=True)


def _text_of(token: Token, line_end: str = " ") -> str:
    return "".join(_words_of(c, line_end) for c in token.children or ()).strip()


def _words_of(token: Token, line_end: str) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return line_end
    return token.content if token.type in ("text", "code_inline", "image") else ""


def _shorten(text: str) -> str:
    text = visible(" ".join(text.split()))
    return text if len(text) <= 60 else f"{text[:59]}…"
