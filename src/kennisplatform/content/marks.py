"""The marks that editors use beside CommonMark, in the ways they are commonly written: boxes,
notes, definitions, abbreviations, bare addresses, lists nested by two spaces, two lines in a cell.

Each becomes tokens with a tag of their own, so that rules and search see their words as those of
any paragraph, and the page gets what the style sheet knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, zip_longest
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

ESCAPED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in the words of a line for what is no mark: a sign after a backslash, code, an image."""
BOXES = {
    "tip": ("Tip", ("tip", "hint", "success", "aanrader")),
    "voorbeeld": ("Voorbeeld", ("voorbeeld", "example", "quote", "casus", "praktijk")),
    "let-op": (
        "Let op",
        (
            *("let op", "letop", "let-op", "waarschuwing", "belangrijk", "warning", "caution"),
            *("danger", "attention", "important", "error", "failure"),
        ),
    ),
    "info": (
        "Goed om te weten",
        ("info", "note", "noot", "abstract", "question", "seealso", "details"),
    ),
}
"""Each kind of box with its usual title and the words people write for it."""
_KIND_OF_BOX = {word: kind for kind, (_, words) in BOXES.items() for word in words}
_PARAMETERS = re.compile(
    r"\s*(?:\{\s*\.?(?:callout-)?)?("
    + "|".join(sorted(map(re.escape, _KIND_OF_BOX), key=len, reverse=True))
    + r"|[\w-]+)"
    r"\b\s*\}?\s*(?:\[([^\]]*)\]|[\"“„](.*?)[\"”]|(.*?))\s*$",
    re.IGNORECASE,
)
CARDS = {
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "vimeo.com": "Vimeo",
    "player.vimeo.com": "Vimeo",
    "npo.nl": "NPO",
    "npostart.nl": "NPO",
}
"""Hosts of pages that other sites show within their own; here a paragraph with nothing but the
link is a card."""
_EMBEDDED = re.compile(r"https://(?:player|embed)\.|[/?&]embed(?:[/?=&]|$)")
"""An address that sites give for use within another page."""
_ORDERED = re.compile(r"( *)(\d{1,9}[.)]) +\S")
_NUMBERED = re.compile(rf"\n{_ORDERED.pattern}")
_ITEM = re.compile(r"( +)(?:[-*+]|\d{1,9}[.)]) +\S")
_FENCE = re.compile(r" *(```+|~~~+)")
_TICK = re.compile(r"\[([ xX]?)\](?:\s+|(?=[^\W_]))")
_CALLOUT = re.compile(r"\[!(\w[^\]\n]*)\]([+-]?)(.*)")
_LOOSE_NOTE = re.compile(r"^( {0,3}\[\^[^\]\n]+\]) +:(?=\s)", re.MULTILINE)
_SPACED_NOTE = re.compile(r"^ {0,3}(\[\^(?=\S)[^\]\n]* [^\]\n]*(?<=\S)\]):", re.MULTILINE)
_ABBREVIATION = re.compile(r"\*\[([^\]\n]+)\]:[ \t]*(\S.*)")


def extend(parser: MarkdownIt) -> MarkdownIt:
    """Teach a parser of CommonMark the marks of this module."""
    parser.use(admon_plugin)
    parser.use(container_plugin, "kader", validate=lambda words, *_: bool(words.strip(":").strip()))
    parser.use(footnote_plugin, inline=False)
    parser.use(deflist_plugin)
    parser.use(gfm_autolink_plugin)
    parser.block.ruler.before("reference", "abbreviation", _abbreviation)
    parser.block.ruler.before("code", "callout", _callout)
    parser.core.ruler.after("normalize", "nested", _nested)
    parser.core.ruler.after("normalize", "note names", _note_names)
    parser.core.ruler.after("block", "boxes", _boxes)
    parser.core.ruler.before("text_join", "seen", _seen)
    parser.core.ruler.push("marks", _marks)
    parser.add_render_rule("sign", _render_sign)
    return parser


def _render_sign(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    return escapeHtml(tokens[index].content)


def _note_names(state: StateCore) -> None:
    """Let the name of a note have spaces, and a space stand before its colon."""
    if "[^" in state.src:
        state.src = _LOOSE_NOTE.sub(r"\1:", state.src)
        for name in {*_SPACED_NOTE.findall(state.src)}:
            state.src = state.src.replace(name, "-".join(name.split()))


def _nested(state: StateCore) -> None:
    """Let an item that is set two or more spaces in be part of the numbered item above it.

    CommonMark wants it under the first letter of that item, which is three spaces or four.
    """
    if not _NUMBERED.search(f"\n{state.src}"):
        return
    lines: list[str] = []
    items: list[tuple[int, int]] = []
    """Indents of the numbered items that are open, each with that of its words, as they are now."""
    shifts: list[tuple[int, int]] = []
    """Indents as they were typed, from which lines are moved, and by how much."""
    fence = ""
    for line in state.src.split("\n"):
        typed = len(line) - len(line.lstrip(" "))
        if mark := _FENCE.match(line):
            fence = mark[1] if not fence else "" if mark[1].startswith(fence) else fence
        if fence or not line.strip():
            lines.append(line)
            continue
        while shifts and typed < shifts[-1][0]:
            shifts.pop()
        moved = typed + (shifts[-1][1] if shifts else 0)
        while items and moved < items[-1][0] + 2:
            items.pop()
        if items and _ITEM.match(line) and moved < items[-1][1]:
            by = items[-1][1] - typed
            shifts.append((typed, by))
            moved = typed + by
        lines.append(" " * (moved - typed) + line)
        if found := _ORDERED.match(lines[-1]):
            items.append((moved, moved + len(found[2]) + 1))
    state.src = "\n".join(lines)


def _abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `*[VNG]: Vereniging van Nederlandse Gemeenten`, which stands nowhere on the page."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not (found := _ABBREVIATION.fullmatch(line.rstrip())):
        return False
    if not silent:
        state.env.setdefault("abbreviations", {})[found[1].strip()] = found[2].strip()
        state.line = start + 1
    return True


def _callout(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the first line of a quote that is a box: `> [!NOTE]`, also with a title and a sign that
    folds it, as Obsidian has them.
    """
    opened = state.tokens[-1] if state.tokens else None
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if silent or not opened or opened.type != "blockquote_open":
        return False
    if not (found := _CALLOUT.fullmatch(line)):
        return False
    opened.type, opened.info = "callout_open", f"{found[1]} {found[3]}"
    opened.markup = {"-": "???", "+": "???+"}.get(found[2], ">")
    state.line = start + 1
    return True


def _seen(state: StateCore) -> None:
    """Note of each piece of text what a visitor sees of it, before a backslash is forgotten; also
    of what is no link.
    """
    for token in state.tokens:
        if token.type == "inline":
            children = token.children or ()
            seen = [*map(_as_seen, children)]
            token.meta["seen"] = token.meta["unlinked"] = "".join(seen)
            if any(child.tag == "a" for child in children):
                inside = accumulate(child.nesting * (child.tag == "a") for child in children)
                token.meta["unlinked"] = "".join(
                    ESCAPED if linked and words != "\n" else words
                    for words, linked in zip(seen, inside, strict=True)
                )


_BULLET_ENTITIES = "•·‣◦"
"""Signs that a program writes by their name at the begin of a line (&bull;)."""


def _as_seen(token: Token) -> str:
    match token.type:
        case "text":
            return token.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "text_special" if token.content == token.markup or token.content in _BULLET_ENTITIES:
            return token.content  # a backslash before what is no mark stays a backslash
        case "text_special" | "code_inline" | "image":
            return ESCAPED
    return ""


def _marks(state: StateCore) -> None:
    if state.env.get("footnotes", {}).get("list"):
        state.tokens[:] = _notes(state.tokens)
    explain = _explainer(state.env.get("abbreviations", {}))
    in_cell = in_link = False
    for index, token in enumerate(state.tokens):
        if token.type in ("th_open", "td_open", "th_close", "td_close"):
            in_cell = token.nesting == 1
        if token.type != "inline" or not token.children:
            continue
        in_heading = state.tokens[index - 1].type == "heading_open"
        token.children[:] = _pieces(token.children)
        for child in token.children:
            if child.type in ("link_open", "link_close"):
                in_link = child.nesting == 1
            elif in_cell and child.type == "html_inline" and child.content.strip("</ >") == "br":
                child.type, child.tag, child.content = "hardbreak", "br", ""
            elif child.type == "text" and not (in_link or in_heading):
                child.content = explain(child.content)
        if state.tokens[index - 2].type == "list_item_open":
            _box_to_tick(token.children[0])
        _make_card(state.tokens[index - 1], token.children)
        if not any(c.type != "text" or c.content.strip() for c in token.children):
            _hide(state.tokens[index - 1 : index + 2])


def _hide(paragraph: Sequence[Token]) -> None:
    """Leave out a paragraph that holds no more than spaces, with which an editor for the web makes
    room.
    """
    before, words, after = paragraph
    if before.type == "paragraph_open":
        before.hidden = after.hidden = True
        words.children = []


def _explainer(abbreviations: Mapping[str, str]) -> Callable[[str], str]:
    """Give what puts the full name behind the first use of each abbreviation, text after text."""
    left = dict(abbreviations)
    if not left:
        return str
    longest_first = sorted(map(re.escape, left), key=len, reverse=True)
    used = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")

    def explained(found: re.Match[str]) -> str:
        full = left.pop(found[0], "")
        return f"{found[0]} ({full})" if full else found[0]

    return partial(used.sub, explained)


def _box_to_tick(first: Token) -> None:
    """Draw the box of `- [ ] een zaal` on paper and on a screen, where nobody ticks it."""
    if first.type == "text" and (mark := _TICK.match(first.content)):
        first.content = f"{'☑' if mark[1].strip() else '☐'} {first.content[mark.end() :]}"


def _make_card(before: Token, pieces: list[Token]) -> None:
    """Make a paragraph with nothing but a link to a video a card that says where it leads."""
    if before.type != "paragraph_open" or len(pieces) < len(_ONLY_A_LINK):
        return
    shown = [p for p in pieces if p.type != "text" or p.content.strip()]
    if [p.type for p in shown] != list(_ONLY_A_LINK):
        return
    address = str(shown[0].attrGet("href"))
    host = re.match(r"https://(?:www\.|m\.)?([^/?#:]+)", address)
    if not host or not (host[1] in CARDS or _EMBEDDED.search(address)):
        return
    what, where = ("de video", CARDS[host[1]]) if host[1] in CARDS else ("dit", host[1])
    before.attrJoin("class", "insluiting")
    if shown[0].info == "auto":
        shown[1].content = f"Bekijk {what} op {where}"
    else:
        shown[1].content += f" ({what.removeprefix('de ')} op {where})".replace("(dit op", "(op")


_ONLY_A_LINK = ("link_open", "text", "link_close")


def _boxes(state: StateCore) -> None:
    """Make of the ways to write a box one, before what stands in their titles is read."""
    if any(token.type in _OPENS_A_BOX for token in state.tokens):
        state.tokens[:] = _as_boxes(state.tokens)


_OPENS_A_BOX = {"admonition_open", "container_kader_open", "callout_open"}


def _as_boxes(tokens: Iterable[Token]) -> Iterator[Token]:
    closing: list[Token] = []
    in_title = False
    for token in tokens:
        match token.type:
            case opening if opening in _OPENS_A_BOX:
                kind, title, folded = _kind_of(token)
                tag = "details" if folded else "div"
                closing.append(Token("box_close", tag, -1, block=True))
                own = Token("box_open", tag, 1, block=True)
                own.map, own.markup = token.map, token.markup
                own.attrSet("class", f"kader kader--{kind}")
                if token.markup == "???+":
                    own.attrSet("open", "")
                yield own
                yield from _box_title(title, folded, token.map)
            case "blockquote_open":
                closing.append(Token("blockquote_close", "blockquote", -1, block=True))
                yield token
            case "admonition_close" | "container_kader_close" | "blockquote_close":
                yield closing.pop()
            case "admonition_title_open" | "admonition_title_close":
                in_title = token.nesting == 1
            case _ if not in_title:
                yield token


def _kind_of(token: Token) -> tuple[str, str, bool]:
    """Give the kind of a box, its title, and whether it is folded."""
    found = _PARAMETERS.match(token.info)
    word = found[1].lower() if found else ""
    kind = _KIND_OF_BOX.get(word, "info")
    title = (found[2] or found[3] or found[4] or "") if found else token.info
    title = re.sub(r"^[\"“„]|[\"”]$", "", title.strip())  # one that is not closed
    usual = BOXES[kind][0] if word in _KIND_OF_BOX else token.info.split()[0].capitalize()
    return kind, title.strip() or usual, word == "details" or token.markup.startswith("?")


def _box_title(title: str, folded: bool, place: list[int] | None) -> Iterator[Token]:
    tag = "summary" if folded else "p"
    start = Token("box_title_open", tag, 1, block=True)
    start.attrSet("class", "kader__kop")
    inline = Token("inline", "", 0, content=title, children=[])
    start.map = inline.map = [place[0], place[0] + 1] if place else None
    yield from (start, inline, Token("box_title_close", tag, -1, block=True))


def _notes(tokens: Sequence[Token]) -> Iterator[Token]:
    """Give notes a list at the end, each with its way back."""
    for token in tokens:
        match token.type:
            case "footnote_block_open":
                part = Token("notes_open", "section", 1, block=True)
                part.attrs = {"class": "noten", "aria-label": "Noten"}
                yield from (part, Token("notes_list_open", "ol", 1, block=True))
            case "footnote_block_close":
                yield Token("notes_list_close", "ol", -1, block=True)
                yield Token("notes_close", "section", -1, block=True)
            case "footnote_open":
                note = Token("note_open", "li", 1, block=True)
                note.attrSet("id", _ends(token)[0])
                yield note
            case "footnote_close":
                yield Token("note_close", "li", -1, block=True)
            case "footnote_anchor":
                name = f"Terug naar de tekst bij noot {token.meta['id'] + 1}"
                yield Token("sign", "", 0, content=" ")
                yield from _way(_ends(token)[1], name, "↩")
            case _:
                yield token


def _pieces(children: Sequence[Token]) -> Iterator[Token]:
    """Make links of what leads to a note; to www.gemeente.nl by https, as all are."""
    unfinished = False
    for token, after in zip_longest(children, children[1:]):
        match token.type:
            case "footnote_ref":
                note, here = _ends(token)
                number = str(token.meta["id"] + 1)
                yield Token("raised_open", "sup", 1)
                yield from _way(note, f"Noot {number}", number, id=here)
                yield Token("raised_close", "sup", -1)
            case "link_open" if token.info == "auto":
                unfinished = after is not None and _hurried(token, after.content)
                if not unfinished:
                    yield token
            case "link_close" if unfinished:
                unfinished = False
            case _:
                yield token


def _hurried(link: Token, typed: str) -> bool:
    """Lead to www.gemeente.nl by https; tell whether an address is no more than its beginning, as
    in a text about addresses.
    """
    link.attrSet("class", "adres")  # on paper it need not be told again
    if typed.startswith("www."):
        link.attrSet("href", f"https://{typed}")
    host = typed.partition("//")[2] if "//" in typed else typed
    return typed.startswith(("https:", "http:", "www.")) and not re.match(r"[\w-]+\.[\w-]", host)


def _ends(token: Token) -> tuple[str, str]:
    """Give the id of a note, and that of the place in the text that refers to it."""
    note = f"kp-noot-{token.meta['id'] + 1}"
    return note, f"{note}-bij-{token.meta.get('subId', 0) + 1}"


def _way(to: str, name: str, sign: str, **attributes: str) -> Iterator[Token]:
    """Lead to an id of the page by a sign, with a name for who hears it."""
    link = Token("way_open", "a", 1)
    link.attrs = {"href": f"#{to}", **attributes, "aria-label": name}
    yield link
    yield Token("sign", "", 0, content=sign)
    yield Token("way_close", "a", -1)
