"""Read and render the Markdown of a page: one parse that the checks and the HTML share.

What is checked is what is shown, because both come from the same tokens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

import nh3
from markdown_it.token import Token

from kennisplatform.content.rules import breaches, leads_elsewhere
from kennisplatform.content.textfile import Text, fix_link, fix_words
from kennisplatform.content.tokens import PARSER, beyond_measure, blocks, text_of, with_lines
from kennisplatform.model.findings import Finding, errors, sentences
from kennisplatform.model.library import Body, Heading, Link, Paragraph
from kennisplatform.model.text import slugify

Resolve = Callable[[str], str]
"""Turns the address in a link between source files into one in the site."""

MAX_LINKS = 300
MOST_LETTERS = 70
"""Of the longest words of all columns of a table: as many fit beside each other on paper, also in
capitals.
"""

ALLOWED_TAGS = {
    "div",
    "details",
    "summary",
    "section",
    "sup",
    "dl",
    "dt",
    "dd",
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
    "div": {"class"},
    "details": {"class", "open"},
    "summary": {"class"},
    "p": {"class"},
    "section": {"class", "aria-label"},
    "li": {"id"},
    "a": {"href", "title", "id", "class", "aria-label"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "table": {"class", "tabindex"},
    "th": {"class"},
    "td": {"class"},
    "ol": {"start"},
} | {h: {"id"} for h in ("h1", "h2", "h3", "h4", "h5", "h6")}
_CLEANER = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes=ALLOWED_ATTRIBUTES,
    url_schemes={"https", "mailto"},
    link_rel="noopener",
)


def parse(
    text: str,
    path: str,
    first_line: int,
    resolve: Resolve,
    sizes: Mapping[str, tuple[int, int]] | None = None,
    source: Text | None = None,
    credits: Mapping[str, str] | None = None,
) -> tuple[Body, list[Finding]]:
    """Parse, check and render a body whose first line is `first_line` of the file `path`.

    `sizes` gives width and height (pixels) of an image by its address in the site, and `credits`
    what stands under it in small print. What is beyond measure is not parsed at all. `source` is
    the whole file, in which a repair has its place.
    """
    findings = list(beyond_measure(text, path, first_line))
    read: dict[str, Any] = {}
    tokens = [] if findings else PARSER.parse(text, read)
    for line, code, message, repair, likely, address, typed, severity in breaches(
        tokens, read, text, first_line
    ):
        place, typed = (fix_words, typed) if typed else (fix_link, address)
        fix = place(source, line, typed, likely) if source else None
        repair = sentences(likely and likely.in_text(), repair)
        findings.append(Finding(path, line, code, message, repair, severity, fix))
    headings = tuple(_headings(tokens, first_line))
    pieces = [*_body_pieces(tokens, first_line)]
    links = tuple(_links_in(pieces))
    if len(links) > MAX_LINKS:
        message = f"er staan te veel links: {len(links)}, en {MAX_LINKS} mag."
        repair = "Maak er meer pagina’s van."
        findings.append(Finding(path, first_line, "te-veel-opmaak", message, repair))
        links = ()
    body = Body.of(
        _render(tokens, resolve, sizes or {}, credits or {}),
        headings,
        links,
        tuple(_outside(pieces)),
        tuple(_paragraphs(tokens, first_line)),
    )
    wrong = {finding.line for finding in errors(findings)}  # what is weak there, comes of that
    told = {f for f in findings if f.severity == "fout" or f.line not in wrong}
    return body, sorted(told)


def _headings(tokens: Sequence[Token], first_line: int) -> Iterator[Heading]:
    """Give the headings, and each of them an id to link to."""
    used: set[str] = set()
    for index, (line, token) in enumerate(blocks(tokens, first_line)):
        if token.type == "heading_open":
            text = text_of(tokens[index + 1])
            anchor = _anchor(slugify(text) or "kop", used)
            token.attrSet("id", anchor)
            yield Heading(int(token.tag[1]), text, anchor, line)


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


def _body_pieces(tokens: Sequence[Token], first_line: int) -> Iterator[tuple[int, Token]]:
    for start, block in blocks(tokens, first_line):
        yield from with_lines(block, start)


def _links_in(pieces: Iterable[tuple[int, Token]]) -> Iterator[Link]:
    """Find what leads to something of our own."""
    for line, token in pieces:
        image = token.type == "image"
        if image:  # its description may hold a link
            yield from _links_in((line, child) for child in token.children or ())
        if image or token.type == "link_open":
            target = unquote(str(token.attrGet("src" if image else "href") or "")).strip()
            if not leads_elsewhere(target):
                yield Link(target, line, image)


def _outside(pieces: Iterable[tuple[int, Token]]) -> Iterator[Link]:
    for line, token in pieces:
        target = str(token.attrGet("href") or "") if token.type == "link_open" else ""
        if target.startswith(("https:", "mailto:")):
            yield Link(target, line)


def _paragraphs(tokens: Sequence[Token], first_line: int) -> Iterator[Paragraph]:
    in_heading = False
    for line, token in blocks(tokens, first_line):
        if token.type in ("heading_open", "heading_close"):
            in_heading = token.type == "heading_open"
        elif token.type == "inline" and not in_heading:
            yield Paragraph(line, text_of(token, "\n"))
        elif token.type in ("fence", "code_block"):
            yield Paragraph(line, token.content, code=True)


def _render(
    tokens: list[Token],
    resolve: Resolve,
    sizes: Mapping[str, tuple[int, int]],
    credits: Mapping[str, str],
) -> str:
    for token in tokens:
        if token.type == "fence":
            token.info = ""  # the site colours no code
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
    _measure_tables(tokens)
    shown = [*_boxed(_credited(tokens, credits))]
    return cleaned(PARSER.renderer.render(shown, PARSER.options, {}))


def _measure_tables(tokens: Iterable[Token]) -> None:
    """Let keys reach a table, which scrolls where a screen is too narrow for it, and mark one whose
    words do not fit on a sheet beside each other, where they may be cut; links and code always may.
    """
    table, column, longest = None, 0, Counter[int]()
    for token in tokens:
        match token.type:
            case "table_open":
                table, longest = token, Counter()
                table.attrSet("tabindex", "0")
            case "tr_open":
                column = 0
            case "th_open" | "td_open":
                column += 1
            case "inline" if table:
                words = re.split(r"[\s-]", token.meta["unlinked"])
                longest[column] = max(longest[column], *map(len, words))
            case "table_close" if table:
                if longest.total() > MOST_LETTERS:
                    table.attrSet("class", "krap")
                table = None


CONDITIONS, UNKNOWN = "kan-dit-bij-u", "wat-we-niet-weten"
"""Headings of a meaning of their own: what stands under them is shown in a box, what is not known
folded and last.
"""


def _boxed(tokens: Iterable[Token]) -> Iterator[Token]:
    """Put what stands under such a heading in its box."""
    parts: list[tuple[str, list[Token]]] = [("", [])]
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2" and not token.level:
            parts.append((str(token.attrGet("id")), []))
        parts[-1][1].append(token)
    for name, part in sorted(parts, key=lambda part: part[0] == UNKNOWN):
        yield from _box_of(name, part)


def _box_of(name: str, part: list[Token]) -> list[Token]:
    if name not in (CONDITIONS, UNKNOWN):
        return part
    tag = "details" if name == UNKNOWN else "div"
    heading, rest = part[:3], part[3:]
    if tag == "details":
        start = Token("summary_open", "summary", 1, attrs={"class": "kader__kop"}, block=True)
        heading = [start, *heading, Token("summary_close", "summary", -1, block=True)]
    start = Token("box_open", tag, 1, attrs={"class": "kader"}, block=True)
    return [start, *heading, *rest, Token("box_close", tag, -1, block=True)]


def cleaned(html: str) -> str:
    """Leave only what is safe to show as it is."""
    return _CLEANER.clean(html)


def _credited(tokens: Iterable[Token], credits: Mapping[str, str]) -> list[Token]:
    """Put under each block with images whose they are."""
    shown: list[Token] = []
    due: list[str] = []
    for token in tokens:
        shown.append(token)
        if token.type == "inline":
            images = (c.attrGet("src") for c in token.children or () if c.type == "image")
            due += [credits[str(src)] for src in images if src in credits]
        elif due and token.nesting == -1:
            words = Token("text", "", 0, content="; ".join(dict.fromkeys(due)))
            shown += [
                Token("paragraph_open", "p", 1, attrs={"class": "van-wie"}, block=True),
                Token("inline", "", 0, children=[words]),
                Token("paragraph_close", "p", -1, block=True),
            ]
            due = []
    return shown


def _resolved(target: str, resolve: Resolve) -> str:
    path = unquote(target).strip()
    return target if leads_elsewhere(path) else resolve(path)
