"""Write somebody else's text anew as Markdown of a page: the same words, without anything they
could do.

The text is parsed by the parser of the check, and only what is known here is written: paragraphs,
headings, lists, quotes, tables, emphasis and links to https. Everything else becomes plain text, or
is left out with a remark. Each block is then judged by the check itself; what it still refuses is
left out as well (ADR 0029).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode as Node

from kennisplatform.content.markup import parse
from kennisplatform.content.privacy import MAIL, NO_BSN, NO_MAIL, NO_PHONE, PHONE, bsn
from kennisplatform.content.rules import in_short
from kennisplatform.content.textfile import MAX_LINE
from kennisplatform.content.tokens import MAX_COLUMNS, beyond_measure, tokenise
from kennisplatform.model.addresses import is_https, other_host
from kennisplatform.model.text import composed, has_html

LONGEST_LINE = 900
"""Characters of a line that is written: with every sign escaped it is still no longer than a page
may have.
"""
LONGEST_HEADING = 110
URL = re.compile(r"https?://[^\s<>\"`\\|\[\]{}‹›]+")

_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARK = re.compile(r"[\\`*\[\]|]|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~")
_LINK_STARTS = re.compile(r"(?<=http)(?=://)|(?<=https)(?=://)|(?<=www)(?=\.)", re.IGNORECASE)
"""Within what is a link without any mark."""
_START = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))|(?=[#>]|!!|[-+=:](?:[-+=:\s]|$))")
_LIKE_A_TAG = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)|<[a-zA-Z/!?][^<>]*>?",
    re.DOTALL | re.IGNORECASE,
)
_ROW = re.compile(r"\s*\|.*\S.*\|\s*")
RULER = re.compile(r"\s*\|(\s*:?-+:?\s*\|)+\s*")
_QUIET = re.compile(r"</|<br\b|<!--", re.IGNORECASE)
"""HTML that nobody has to hear about when it is gone."""


class Line(NamedTuple):
    number: int
    """Of the line in the text, or of the paragraph in a Word document."""
    text: str


@dataclass(frozen=True, order=True, slots=True)
class Remark:
    """What a reviewer must look at, in a sentence, with the number of the line it is about."""

    line: int
    text: str


def trimmed(address: str) -> str:
    """Take from an address in a text the signs behind it, and a bracket that it does not open."""
    bare = address.rstrip(".,;:!?'")
    return trimmed(bare[:-1]) if bare.endswith(")") and bare.count(")") > bare.count("(") else bare


def without_hidden(text: str) -> str:
    """Take out what nobody sees, and make every space an ordinary one."""
    return composed(re.sub(r"[^\S\n]", " ", text))


def without_tags(text: str) -> str:
    """Take out tags and comments, and what stands in a script or style."""
    return _LIKE_A_TAG.sub("", text)


def escape(text: str) -> str:
    """Write a text such that Markdown shows it as it is, on lines that begin nothing."""
    return "\n".join(_begins_nothing(_escape_signs(line.strip())) for line in text.split("\n"))


def _escape_signs(text: str) -> str:
    """Escape the signs within a line.

    Three things the check refuses even as text are changed: braces, which could be attributes,
    become parentheses, and a space parts what could be a link or the insertion of a file.
    """
    text = text.replace("{", "(").replace("}", ")").replace("](", "] (").replace("8<", "8 <")
    return _LINK_STARTS.sub(
        r"\\", _MARK.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text).replace("<", "&lt;"))
    )


def _begins_nothing(line: str) -> str:
    return _START.sub(r"\1\\", line, count=1) if _START.match(line) else line


@dataclass
class Rewriter:
    """Rewrites pieces of one source, and gathers what a reviewer must look at."""

    offices: set[str]
    """Words in the address of a shared mailbox: those addresses are no personal data."""
    remarks: set[Remark] = field(default_factory=set)
    _lines: Sequence[Line] = ()
    """Those being rewritten."""

    def markdown(self, lines: Sequence[Line]) -> str:
        """Rewrite lines of Markdown; blocks are parted by an empty line."""
        self._lines = lines = list(_with_rulers(lines))
        text = "\n".join(self.private(line.text, line.number) for line in lines)
        for line in lines:
            if re.search(r"[{}]", line.text):
                self.remark(line.number, "accolades zijn gewone haakjes geworden.")
        if next(beyond_measure(text, "", 1), None):
            blocks = [
                self._plain(part.split("\n"), lines[0].number)
                for part in re.split(r"\n\s*\n", text)
            ]
        else:
            blocks = [self._safe(node) for node in Node(tokenise(text)).children]
        return "\n\n".join(filter(None, blocks))

    def plain(self, lines: Sequence[Line]) -> str:
        """Give the words of lines of Markdown as one line of plain text, as a field holds it."""
        text = "\n".join(self.private(line.text, line.number) for line in lines)
        if not next(beyond_measure(text, "", 1), None):
            text = _words_in(Node(tokenise(text)))
        return self.bare(text)

    def bare(self, text: str) -> str:
        """Make a field of words: one line, without tags and without what the words may not say."""
        text = self._unnamed(without_hidden(without_tags(text)))
        text = text.replace("<", "").replace("&", " en ") if has_html(text) else text
        return " ".join(text.split())

    def private(self, text: str, number: int) -> str:
        """Take out mail addresses, telephone numbers and what may be a BSN, and say so; what nobody
        sees goes too.
        """
        text = self._unnamed(without_hidden(text))
        way = " Noem liever een functie of een gedeelde mailbox."
        for sign, what, instead in (
            (NO_MAIL, "een mailadres", way),
            (NO_PHONE, "een telefoonnummer", way),
            (NO_BSN, "wat een burgerservicenummer kan zijn", ""),
        ):
            if sign in text:
                self.remark(number, f"{what} is weggelaten.{instead}")
        return text

    def remark(self, line: int, text: str) -> None:
        self.remarks.add(Remark(line, text))

    def _unnamed(self, text: str) -> str:
        if "@" in text:
            text = MAIL.sub(
                lambda found: (
                    found[0]
                    if self.offices.intersection(re.split(r"[._+-]", found[1].lower()))
                    else NO_MAIL
                ),
                text,
            )
        text = PHONE.sub(NO_PHONE, text)
        for found, _ in reversed([*bsn(text)]):
            text = text[: found.start()] + NO_BSN + text[found.end() :]
        return text

    def _number(self, node: Node, below: int = 0) -> int:
        return self._lines[
            min((node.map[0] if node.map else 0) + below, len(self._lines) - 1)
        ].number

    def _safe(self, node: Node) -> str:
        """Write one block with its marks, else its words, else nothing."""
        text = self._block(node)
        return (
            text
            if self._is_sound(text)
            else self._plain(_words_in(node).split("\n"), self._number(node))
        )

    def _plain(self, lines: Sequence[str], number: int) -> str:
        short = (
            part
            for text in lines
            for part in _cut(self._unnamed(without_tags(text)), anywhere=True)
        )
        text = "\n".join(filter(None, map(escape, short)))
        if self._is_sound(text):
            return text
        self.remark(number, "hier is een stuk tekst weggelaten dat zo niet op een pagina mag.")
        return ""

    def _is_sound(self, text: str) -> bool:
        """Ask the check, and look for personal data that marks or entities hid:
        jan&#64;gemeente.nl.
        """
        if max(map(len, text.split("\n"))) > MAX_LINE:
            return False
        body, findings = parse(text, "", 1, str)
        seen = "\n".join(
            (
                *(a.text for a in body.paragraphs),
                *(h.text for h in body.headings),
                *(unquote(link.target) for link in body.addresses),
            )
        )
        return not findings and self._unnamed(seen) == seen

    def _block(self, node: Node) -> str:
        match node.type:
            case "paragraph":
                return self._inline(node.children[0])
            case "heading":
                words = self._inline(
                    node.children[0]
                )  # a line under a paragraph makes a heading of it too
                return (
                    f"### {words}"
                    if words and len(words) <= LONGEST_HEADING and "\n" not in words
                    else words
                )
            case "bullet_list" | "ordered_list":
                first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
                items = filter(None, (self._within(item, "    ") for item in node.children))
                return "\n".join(
                    f"{'-' if first is None else f'{first + place}.'} {item}"
                    for place, item in enumerate(items)
                )
            case "blockquote":
                inner = self._within(node, "> ")
                return f"> {inner}" if inner else ""
            case "table":
                return self._table(node)
            case "fence" | "code_block":
                return escape(node.content.strip())
            case "html_block":
                self._tell_of_html(node)
                return escape(without_tags(node.content).strip())
            case _ if node.children and node.children[0].type == "inline":
                return self._inline(node.children[0])
        # Of a box, a list of meanings and notes the words stay.
        return "\n\n".join(filter(None, map(self._block, node.children)))

    def _within(self, node: Node, indent: str) -> str:
        """Write the blocks of a list item or a quote; a list follows at once, any other block after
        an empty line.
        """
        text = ""
        for child in node.children:
            if block := self._block(child):
                text += ("\n" if child.type.endswith("_list") else "\n\n") * bool(text) + block
        return "\n".join(f"{indent}{line}".rstrip() for line in text.split("\n"))[len(indent) :]

    def _table(self, node: Node) -> str:
        rows = [
            [
                self._inline(cell.children[0]).replace("\n", " ") if cell.children else ""
                for cell in row.children
            ]
            for part in node.children
            for row in part.children
        ]
        if len(rows[0]) > MAX_COLUMNS:
            return "\n".join("; ".join(row) for row in rows)
        return "\n".join(
            f"| {' | '.join(row)} |" for row in (rows[0], ["---"] * len(rows[0]), *rows[1:])
        )

    def _inline(self, node: Node) -> str:
        text = "".join(
            self._part(child, self._number(node, child.meta.get("line", 0)))
            for child in node.children
        )
        parts = (part for line in text.split("\n") for part in _cut(line))
        return "\n".join(_begins_nothing(part) for part in parts if part)

    def _part(self, node: Node, number: int, linked: bool = False) -> str:
        inner = "".join(
            self._part(child, number, linked or node.type == "link") for child in node.children
        )
        match node.type:
            case "text" | "code_inline":
                return self._text(self.private(node.content, number), linked)
            case "softbreak" | "hardbreak":
                return "\n"
            case "em" | "strong" | "s" if inner.strip():
                mark = {"em": "*", "strong": "**", "s": "~~"}[node.type]
                return f"{mark}{inner.strip()}{mark}"
            case "link" if node.attrs.get("class") == "adres":  # without any mark
                return self._text(self.private(_words_in(node), number), linked)
            case "link":
                return self._link(str(node.attrs.get("href", "")), inner, _words_in(node), number)
            case "image":
                named = _words_in(node).strip() or unquote(str(node.attrs.get("src", "")))
                self.remark(
                    number,
                    f"een afbeelding is weggelaten: {in_short(named)}. Mag zij op de site, zet "
                    "haar dan in content/afbeeldingen.",
                )
            case "html_inline":
                self._tell_of_html(node, number)
                return "\n" if node.content.lower().startswith("<br") else ""
        return ""

    def _text(self, text: str, linked: bool) -> str:
        """Escape the words of one piece, and make links of the addresses in it."""
        written, end = "", 0
        for found in URL.finditer("" if linked else text):
            address = trimmed(found[0])
            if is_https(address):
                written += _escape_signs(text[end : found.start()]) + _linked(
                    address, _escape_signs(in_short(address[8:].rstrip("/")))
                )
                end = found.start() + len(address)
        return written + _escape_signs(text[end:])

    def _link(self, address: str, inner: str, words: str, number: int) -> str:
        if is_https(address) and not other_host(words, address):
            return _linked(
                address, inner if inner.strip() else _escape_signs(in_short(address[8:]))
            )
        if not address.startswith("mailto:"):
            self.remark(
                number,
                f"een link is gewone tekst geworden: ‘{in_short(words)}’ leidde naar "
                f"{in_short(unquote(address))}",
            )
        return inner

    def _tell_of_html(self, node: Node, number: int = 0) -> None:
        if not _QUIET.match(node.content.strip()):
            self.remark(
                number or self._number(node), f"HTML is weggelaten: {in_short(node.content)}"
            )


def _with_rulers(lines: Sequence[Line]) -> Iterator[Line]:
    """Give a table its line of dashes, without which it is none."""
    rows = [_ROW.fullmatch(line.text) is not None for line in lines]
    for at, line in enumerate(lines):
        yield line
        first = rows[at] and not (at and rows[at - 1])
        if first and rows[at + 1 : at + 2] == [True] and not RULER.fullmatch(lines[at + 1].text):
            columns = len(line.text.strip().strip("|").split("|"))
            yield Line(line.number, f"|{' --- |' * columns}")


def _linked(address: str, words: str) -> str:
    return f"[{words}]({address.replace('(', '%28').replace(')', '%29')})"


def _words_in(node: Node) -> str:
    """Give the words in a node, with the line ends of the source between its blocks."""
    if node.type in ("text", "code_inline", "fence", "code_block", "html_block"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    return ("\n" if node.is_root or (node.block and node.type != "inline") else "").join(
        _words_in(child) for child in node.children
    )


def _cut(text: str, anywhere: bool = False) -> Iterator[str]:
    """Cut a line that is too long, at spaces; `anywhere` too when there is none."""
    while len(text) > LONGEST_LINE and (
        place := text.rfind(" ", 1, LONGEST_LINE) + 1 or LONGEST_LINE * anywhere
    ):
        yield text[:place].strip()
        text = text[place:]
    yield text.strip()
