"""Read and render the Markdown of a page: one parse that the checks and the HTML share.

What is checked is what is shown, because both come from the same tokens. The parser is
markdown-it-py (CommonMark with tables); raw HTML is recognised in order to be refused.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kennisplatform.findings import Finding
from kennisplatform.text import slugify

Resolve = Callable[[str], str]
"""Turns the address in a link between source files into one in the site."""

_SCHEME = re.compile(r"^\s*(//|\\\\|[a-zA-Z][a-zA-Z0-9+.-]*\s*:)")
_SNIPPET = re.compile(r"^\s*-{1,2}8<-{1,2}", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{:?\s*[#.]?[\w-]+[^{}%]*\}|\{:[^}]*\}")
_ANY_SCHEME = re.compile(r"^\s*(//|\\\\|[a-zA-Z][a-zA-Z0-9+.-]*\s*:)")

ALLOWED_TAGS = {"p", "h2", "h3", "h4", "h5", "h6", "a", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li",
                "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "img"}
ALLOWED_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", "width", "height", "loading"},
                      "th": {"class"}, "td": {"class"}, "ol": {"start"}, "code": {"class"}} | {h: {"id"} for h in ("h2", "h3", "h4", "h5", "h6")}


@dataclass(frozen=True, slots=True)
class Heading:
    niveau: int
    tekst: str
    anker: str
    regel: int


@dataclass(frozen=True, slots=True)
class Link:
    """A reference in the text to another file or page; `regel` is its line in the source file."""

    doel: str
    regel: int
    beeld: bool = False


@dataclass(frozen=True, slots=True)
class Alinea:
    """A paragraph, list item, table cell or code block, without marks; `regel` is its first line in the source file."""

    regel: int
    tekst: str
    """With the line ends of the source."""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The body of one page; only what the site needs, because tokens of 4,000 pages would fill the memory."""

    html: str
    """Safe to show as it is: only allowed tags and attributes are left."""
    koppen: tuple[Heading, ...]
    links: tuple[Link, ...]
    """To other pages and files of the site."""
    adressen: tuple[Link, ...]
    """To elsewhere: https and mailto."""
    alineas: tuple[Alinea, ...]

    @property
    def tekst(self) -> str:
        """Running text without headings, addresses or marks, a paragraph a line."""
        return "\n".join(a.tekst if a.code else a.tekst.replace("\n", " ") for a in self.alineas)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # an unsafe address must show up, to be reported
    return parser


_PARSER = _parser()


def parse(text: str, path: str, first_line: int, resolve: Resolve) -> tuple[Body, list[Finding]]:
    """Parse, check and render a body whose first line is `first_line` of the file `path`."""
    tokens = _PARSER.parse(text)
    findings: list[Finding] = []
    headings: list[Heading] = []
    links: list[Link] = []

    def report(line: int, code: str, message: str, repair: str = "") -> None:
        findings.append(Finding(path, line, code, message, repair))

    used: set[str] = set()
    block_line = first_line
    for index, token in enumerate(tokens):
        if token.map:
            block_line = first_line + token.map[0]
        if token.type == "html_block":
            report(block_line, "html-in-tekst", f"hier staat HTML: {_shorten(token.content)}", "Gebruik Markdown, of zet een voorbeeld tussen `accenten`.")
        elif token.type == "heading_open":
            content = tokens[index + 1]
            text_of_heading = _text_of(content)
            if token.tag == "h1":
                report(block_line, "kop-niveau-1", f"‘{_shorten(text_of_heading)}’ is een kop van niveau 1; de titel van de pagina is dat al.",
                       "Begin met ## in plaats van #.")
            anchor = _anchor(slugify(text_of_heading) or "kop", used)
            headings.append(Heading(int(token.tag[1]), text_of_heading, anchor, block_line))
            token.attrSet("id", anchor)
        elif token.type == "inline":
            for line, child in _with_lines(token, block_line):
                _check_inline(child, line, links, report)
    outside, paragraphs = tuple(_outside(tokens, first_line)), tuple(_paragraphs(tokens, first_line))
    return Body(_render(tokens, resolve), tuple(headings), tuple(links), outside, paragraphs), sorted(findings)


def _anchor(slug: str, used: set[str]) -> str:
    """Give an id no other heading has; those that start with kp- belong to the frame of the page."""
    anchor, number = slug, 1
    while anchor in used or (number == 1 and anchor.startswith("kp-")):
        number += 1
        anchor = f"{slug}-{number}"
    used.add(anchor)
    return anchor


def _with_lines(token: Token, first: int) -> Iterator[tuple[int, Token]]:
    line = first
    for child in token.children or ():
        yield line, child
        if child.type in ("softbreak", "hardbreak"):
            line += 1


def _check_inline(token: Token, line: int, links: list[Link], report: Callable[..., None]) -> None:
    if token.type == "html_inline":
        report(line, "html-in-tekst", f"hier staat HTML: {_shorten(token.content)}", "Gebruik Markdown, of zet een voorbeeld tussen `accenten`.")
    elif token.type in ("link_open", "image"):
        target = unquote(str(token.attrGet("href" if token.type == "link_open" else "src") or "")).strip()
        image = token.type == "image"
        if image and not token.content.strip():
            report(line, "beeld-zonder-tekst", f"de afbeelding {_shorten(target)} heeft geen beschrijving (alt).", "Zet tussen de [ ] wat er te zien is.")
        if _SCHEME.match(target) or _ANY_SCHEME.search(re.sub(r"[\s\x00-\x20]", "", target)):
            if image:
                report(line, "beeld-van-buiten", f"de afbeelding {_shorten(target)} staat op een andere site.",
                       "Zet het bestand in content/afbeeldingen/ en verwijs daarnaar.")
            elif not re.match(r"(https://[\w.-]+\.[a-z]{2,}([:/?#]|$)|mailto:[^\s@]+@[\w.-]+$)", target):
                report(line, "onveilig-adres", f"het adres van deze link mag niet: {_shorten(target)}",
                       "Een link begint met https:// of is het pad van een bestand.")
        else:
            links.append(Link(target, line, image))
    elif token.type == "text":
        if _SNIPPET.search(token.content):
            report(line, "bestand-invoegen", "een ander bestand invoegen (--8<--) mag niet.", "Neem de tekst zelf over.")
        if (found := _ATTRIBUTES.search(token.content)) and ("=" in found[0] or re.match(r"\{:?\s*[#.:]", found[0])):
            report(line, "eigen-attribuut", f"een eigen attribuut of id mag niet: {_shorten(found[0])}", "Haal het stuk tussen { } weg.")


def _render(tokens: list[Token], resolve: Resolve) -> str:
    for token in tokens:
        if align := token.attrs.pop("style", None):  # an inline style would need a weaker security policy
            token.attrSet("class", str(align).replace("text-align:", "kolom-"))
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _resolved(str(child.attrGet("href") or ""), resolve))
            elif child.type == "image":
                child.attrSet("src", _resolved(str(child.attrGet("src") or ""), resolve))
                child.attrSet("loading", "lazy")
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return nh3.clean(html, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, url_schemes={"https", "mailto"}, link_rel="noopener")


def _resolved(target: str, resolve: Resolve) -> str:
    return target if _SCHEME.match(target) else resolve(unquote(target))


def _outside(tokens: list[Token], first_line: int) -> Iterator[Link]:
    for token in tokens:
        for line, child in _with_lines(token, first_line + token.map[0] if token.map else first_line):
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
    return "".join(line_end if c.type in ("softbreak", "hardbreak") else c.content
                   for c in token.children or () if c.type in ("text", "code_inline", "softbreak", "hardbreak", "image")).strip()


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
