"""Read Markdown as tokens: within measure, and each piece with its line.

The parser is markdown-it-py (CommonMark with tables, and the marks of marks.py); raw HTML is
recognised in order to be refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from kennisplatform.content.marks import extend
from kennisplatform.model.findings import Finding
from kennisplatform.model.text import HARMLESS, taken_out

MAX_BODY_LINES = 1_000
MAX_MARKS = 10_000
"""Signs that may be marks, in a whole page: a page of 400 words has about 100."""
MAX_BLOCK_LINES = 300
"""Lines without an empty one between them: a parser looks ahead, so the time grows with the square.
"""
MAX_BLOCK_MARKS = 500
"""Signs that may be marks in such a block; for some of them (![) the time grows with the cube."""
MAX_COLUMNS = 15

_MARKS = re.compile(r"[\[\]*_`<>&!\\~]")


def beyond_measure(text: str, path: str, first_line: int) -> Iterator[Finding]:
    """Bound what a Markdown parser needs more and more time or memory for, before it sees any of
    it.
    """

    def refuse(number: int, message: str, repair: str) -> Finding:
        return Finding(path, first_line + number, "te-veel-opmaak", message, repair)

    lines = text.rstrip().split("\n")
    marks_of = [len(_MARKS.findall(line)) for line in lines]
    start, marks, all_marks = 0, 0, sum(marks_of)
    if len(lines) > MAX_BODY_LINES:
        yield refuse(
            MAX_BODY_LINES,
            f"de tekst is te lang: {len(lines)} regels, en {MAX_BODY_LINES} mag.",
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
            marks += marks_of[number]
            above = lines[number - 1] if number else ""
            if line.count("|") > MAX_COLUMNS + 1 >= above.count("|"):  # of a table once
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


def _markdown_parser() -> MarkdownIt:
    parser = extend(
        MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable(
            ["table", "strikethrough"]
        )
    )
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # an unsafe address must show up, to be reported
    parser.inline.terminator_re = _MAY_BEGIN_A_PIECE
    parser.inline.ruler.before("text", "line", _before_each_piece)
    parser.core.ruler.before("marks", "unseen", _unseen)
    parser.inline.ruler2.before("balance_pairs", "line", _note_line)
    return parser


_MAY_BEGIN_A_PIECE = re.compile(r"[\n\\`~*_[\]!<&:@w](?:(?<!w)|(?<=w)(?=ww\.))")
"""What any of its rules looks at: at each other sign, or w, they would all be asked in vain."""
_UNSEEN = re.compile(f"[&\u00a0{''.join(HARMLESS)}]")
"""What a text has in which something shows nothing, or is a long stretch."""
_LONG_STRETCH = re.compile("(?<!\\S)\\S++(?:\u00a0\\S++){4,}")
"""Words that no line can end between, as Word and editors for the web leave them."""


def _with_spaces(found: re.Match[str]) -> str:
    return found[0].replace("\u00a0", " ")


def _unseen(state: StateCore) -> None:
    """Leave out what shows nothing, however it was written: `&shy;` too."""
    if _UNSEEN.search(state.src):
        _take_out(state.tokens)


def _take_out(tokens: Iterable[Token]) -> None:
    for token in tokens:
        _take_out(token.children or ())
        token.content = taken_out(token.content)
        if "\u00a0" in token.content:  # in few texts, and to look for stretches costs
            token.content = _LONG_STRETCH.sub(_with_spaces, token.content)
        if "title" in token.attrs:
            token.attrSet("title", taken_out(str(token.attrs["title"])))


def _before_each_piece(state: StateInline, silent: bool) -> bool:
    if not silent:
        _note_line(state)
    return False


def _note_line(state: StateInline) -> None:
    """Tell the pieces that were made since the last time on which line of the text they began.

    The parser keeps lines of blocks only, and a link may go on over lines that leave nothing
    behind.
    """
    if "\n" not in state.src:
        return
    lines = state.env.setdefault("lines", {})
    done, line, place = lines.get(id(state.tokens), (0, 0, 0))
    for token in state.tokens[done:]:
        token.meta["line"] = line
    lines[id(state.tokens)] = (
        len(state.tokens),
        line + state.src.count("\n", place, state.pos),
        state.pos,
    )


PARSER = _markdown_parser()


def tokenise(text: str) -> list[Token]:
    """Parse text that is within measure, for whoever writes it anew."""
    return PARSER.parse(text)


def blocks(tokens: Iterable[Token], first_line: int) -> Iterator[tuple[int, Token]]:
    """Give each token with the line on which its block begins."""
    line = first_line
    for token in tokens:
        if token.map:
            line = first_line + token.map[0]
        yield line, token


def with_lines(token: Token, first: int) -> Iterator[tuple[int, Token]]:
    for child in token.children or ():
        yield first + child.meta.get("line", 0), child


def text_of(token: Token, line_end: str = " ") -> str:
    return "".join(words_of(c, line_end) for c in token.children or ()).strip()


def words_of(token: Token, line_end: str) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return line_end
    return token.content if token.type in ("text", "code_inline", "image") else ""
