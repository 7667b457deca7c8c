"""Throw generated pages at the checker: it never crashes or hangs, and what it accepts is inert.

`pytest --hypothesis-profile=nightly` tries 10,000 of each kind; the ordinary profile 500, always
the same ones.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from pydantic import BaseModel

from building import CORPUS, SITE
from kennisplatform.content.frontmatter import read_document
from kennisplatform.content.markup import parse
from kennisplatform.content.validation import read_fields
from kennisplatform.content.vocabulary_files import load_vocabulary
from kennisplatform.model.findings import CODES, Finding, errors
from kennisplatform.model.library import Body
from kennisplatform.model.schema import COLLECTIES, Velden

VOCABULARY = load_vocabulary(SITE / "vocabulary", "vocabulary")[0]
EVENTS = COLLECTIES["events"]
HEAD = (
    "titel: Een titel\nsamenvatting: Kort.\naandachtsveld: [Buurten aan zet]\ndatum: 2026-03-09\n"
)
PROCESSOR_SECONDS = 10
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")

WORDS = (
    "woord ",
    "Een zin. ",
    "é",
    "\n",
    "\n\n",
    "\n\n## Kop\n\n",
    "\n- ",
    "\n> ",
    "\n1. ",
    "    ",
    "`",
    "`code`",
    "\n```\n",
    "*",
    "**",
    "_",
    "~~",
    "\n---\n",
    "[a](#kop)",
    "[b](https://a.nl/x?y=1&z)",
    "[c](b.md#d)",
    "<griffie@a.nl>",
    "<https://a.nl>",
    "![zaal](../afbeeldingen/a.png)",
    "\n\n| a | b |\n| - | :-: |\n| c | d |\n",
    "&amp;",
    "{{ x }}",
    "{% y %}",
    "a < b",
    "\\",
    "&lt;script&gt;window.KANARIE=1&lt;/script&gt;",
    "`<script>window.KANARIE=1</script>`",
)
HARM = (
    "<script>window.KANARIE=1</script>",
    "<img src=x onerror=window.KANARIE=1>",
    "<svg/onload=window.KANARIE=1",
    "<a href=",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "]]>",
    "javascript:window.KANARIE=1",
    "jAvAsCrIpT&colon;window.KANARIE=1",
    "data:text/html,<script>parent.KANARIE=1</script>",
    "vbscript:",
    "//a.nl",
    "http://a.nl",
    "[",
    "]",
    "](",
    "![",
    "(",
    ")",
    "[r]: ",
    "[r]",
    '"',
    "'",
    '" onmouseover="window.KANARIE=1',
    " onerror=",
    "=",
    "&#106;",
    "&#x6A;",
    "&Tab;",
    "&colon;",
    "&quot;",
    "{: #id onclick=x }",
    "{#",
    "}",
    "--8<-- ",
    "%6A",
    "%00",
    "%2e%2e/",
    "\\",
    "\u202e",
    "\u200b",
    "&#x202e;",
    "&#0;",
    "\t",
    "\x00",
    "\ufffe",
    "```html onclick=x\n",
)
PIECES = st.lists(
    st.one_of(
        st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(HARM), st.text(max_size=6)
    ),
    max_size=14,
).map("".join)
LINES_OF_EDITORS = sorted(
    {line for file in CORPUS.glob("*.md") for line in file.read_text("utf-8").split("\n")}
)
"""What editors type, of which any line may come below any other."""
BODIES = st.one_of(
    PIECES,
    st.lists(st.sampled_from(LINES_OF_EDITORS), max_size=10).map("\n".join),
    st.lists(st.one_of(st.sampled_from(LINES_OF_EDITORS), PIECES), max_size=6).map("\n".join),
)
SCALARS = st.one_of(
    st.sampled_from(
        [
            *WORDS,
            *HARM,
            "2026-03-09",
            "1",
            "1/3",
            "9" * 30,
            "https://a.nl",
            "Zaalbeek",
            "BSD",
            "ja",
            "null",
            "~",
            "&a",
            "*a",
            "!!x",
            "'",
            '"\\u202E"',
            '"\\x00"',
            "|",
            ">",
            "- a",
            "[",
            "{a: b}",
            "a: b",
            "# x",
            "2026-13-01",
            "0001-01-01T00:00+23:59",
            "najaar 2019",
        ]
    ),
    st.text(max_size=12),
)
KEYS = st.sampled_from(
    [
        *EVENTS.model.model_fields,
        "naam",
        "url",
        "waarde",
        "titel ",
        "TITEL",
        "int",
        "date",
        "literal",
        "<<",
        "?",
        "template",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(KEYS, inner, max_size=4).map(
            lambda group: "{" + ", ".join(f"{k}: {v}" for k, v in group.items()) + "}"
        ),
    ),
    max_leaves=6,
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]}: {pair[1]}\n"),
    SCALARS.map(lambda text: f"{text}\n"),
    st.sampled_from(["---\n", "  ", "\t", "- "]),
)
HEADS = st.tuples(st.sampled_from([HEAD, HEAD, ""]), st.lists(LINES, max_size=5).map("".join)).map(
    "".join
)

OWN_CLASSES = {
    *("kolom-left", "kolom-center", "kolom-right", "adres", "insluiting", "noten", "kader__kop"),
    "krap",
    *("kader kader--tip", "kader kader--voorbeeld", "kader kader--let-op", "kader kader--info"),
}
ALLOWED = {
    "p": {"class"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "div": {"class"},
    "details": {"class", "open"},
    "summary": {"class"},
    "section": {"class", "aria-label"},
    "sup": set(),
    "dl": set(),
    "dt": set(),
    "dd": set(),
    "a": {"href", "title", "rel", "id", "class", "aria-label"},
    "em": set(),
    "strong": set(),
    "s": set(),
    "code": set(),
    "pre": set(),
    "blockquote": set(),
    "ul": set(),
    "ol": {"start"},
    "li": {"id"},
    "table": {"class", "tabindex"},
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"class"},
    "td": {"class"},
    "hr": set(),
    "br": set(),
    "img": {"src", "alt", "title", "loading"},
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "a.md"


@contextmanager
def bounded() -> Iterator[None]:
    """Stop what takes ten seconds of processor time: however busy the machine is, that is no page
    but a hang.
    """

    def stop(number: int, frame: object) -> None:
        raise AssertionError(f"took more than {PROCESSOR_SECONDS} seconds of the processor")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PROCESSOR_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def judge(file: Path, text: str) -> tuple[Velden | None, Body | None, list[Finding]]:
    """Check one page as the library does; whatever it says must be fit to print, and what it would
    repair stand where it says.
    """
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with bounded():
        document, findings = read_document(file, "a.md")
        if document is None:
            fields, body = None, None
        else:
            fields, wrong = read_fields(document, EVENTS, VOCABULARY)
            body, unsafe = parse(
                document.body, "a.md", document.body_line, str, source=document.text
            )
            findings += wrong + unsafe
    lines = re.split("\r\n|\r|\n", text)
    for finding in findings:
        assert finding.code in CODES
        assert 1 <= finding.line <= len(lines)
        assert len(finding.message) < 500
        assert not UNSEEN.search(finding.message + finding.repair)
        if fix := finding.fix:
            below = "\n".join(lines[fix.line - 1 :])
            assert below[fix.column - 1 :].startswith(fix.old) and fix.old != fix.new
    assert document is not None or errors(findings)
    return fields, body, findings


class Reader(HTMLParser):
    """Collects whatever a browser might act on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.harm += [
            f"{tag} {name}={value}" for name, value in attrs if name not in ALLOWED.get(tag, set())
        ]
        if tag not in ALLOWED:
            self.harm.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        for name, value in attrs:
            if name in ("href", "src") and not harmless(tag, value or ""):
                self.harm.append(f"{tag} {name}={value}")
            if (name == "class" and value not in OWN_CLASSES) or (
                name == "tabindex" and value != "0"
            ):
                self.harm.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.harm.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.harm.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.harm.append(f"instruction {data}")


def harmless(tag: str, address: str) -> bool:
    """Whether an address leads to a page of this site, to https or to a mailbox: by other words
    than the checker's own.
    """
    plain = "".join(c for c in unquote(address) if c > " " and c.isprintable())
    if tag == "a" and re.match(r"https://[a-z0-9.-]+(:[0-9]+)?([/?#]|$)", address, re.IGNORECASE):
        return True
    if tag == "a" and re.fullmatch(r"mailto:[^@:?&%]+@[a-z0-9.-]+", address, re.IGNORECASE):
        return True
    return plain[:2] not in ("//", "\\\\", "/\\", "\\/") and ":" not in re.split(r"[/?#]", plain)[0]


@given(BODIES)
def test_accepted_text_is_inert(file: Path, text: str) -> None:
    _, body, findings = judge(file, f"---\n{HEAD}---\n\n{text}\n")
    event("accepted" if not findings else "refused")
    if body is not None and not findings:
        reader = Reader()
        reader.feed(body.html)
        reader.close()
        assert reader.harm == []
        own = [name for name in reader.ids if not re.fullmatch(r"kp-noot-\d+(-bij-\d+)?", name)]
        assert own == [heading.anchor for heading in body.headings]
        assert len(set(reader.ids)) == len(reader.ids)


@given(HEADS)
def test_accepted_fields_are_text(file: Path, head: str) -> None:
    fields, _, findings = judge(file, f"---\n{head}---\n\nTekst.\n")
    event("accepted" if not findings else "refused")
    if fields is not None and not findings:
        for text in texts(fields):
            assert not re.search(r"<[a-z/!?]", text, re.IGNORECASE)
            assert not UNSEEN.search(text)
        for source in fields.bronnen:
            assert source.url is None or harmless("a", source.url)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from (text for _, inner in value for text in texts(inner))
    elif isinstance(value, tuple):
        yield from (text for inner in value for text in texts(inner))
    else:
        assert value is None or isinstance(value, int | float | date)


CUT_SHORT = """---
titel: 'Een: twee'
periode: {van: 2024-01, tot: "2025"}
cijfers:
  - {waarde: 3, bron: [een, 'twee']}
- los
---
## Kop

- [hier](er.md "naam"), `code` en ![beeld](../afbeeldingen/a.png)

| a | b |
|---|---|
| **c** | d |
"""


def test_a_page_may_stop_anywhere(file: Path) -> None:
    """Such as when saving it was cut short."""
    for length in range(len(CUT_SHORT)):
        judge(file, CUT_SHORT[:length])


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(file: Path, data: bytes) -> None:
    for start in (b"", b"---\n", b"---\n" + HEAD.encode() + b"---\n"):
        file.write_bytes(start + data)
        with bounded():
            document, findings = read_document(file, "a.md")
        assert document is not None or errors(findings)


def test_accepted_text_runs_nothing_in_a_browser(file: Path, browser: Browser) -> None:
    accepted: list[str] = []

    @settings(max_examples=400)
    @given(BODIES)
    def collect(text: str) -> None:
        _, body, findings = judge(file, f"---\n{HEAD}---\n\n{text}\n")
        if body is not None and not findings:
            accepted.append(body.html)

    collect()
    assert len(accepted) > 50
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.route(
        "**/*",
        lambda route: (
            route.fulfill(
                body=f"<!doctype html><title>x</title><body>{'<hr>'.join(accepted)}",
                content_type="text/html; charset=utf-8",
            )
            if route.request.is_navigation_request()
            else route.abort()
        ),
    )
    page.goto("http://site.example/a/b/")
    found = page.evaluate("""() => [...document.querySelectorAll('*')]
        .flatMap(e => [...e.attributes].map(a => [e.localName, a.name, a.value]))
        .filter(([tag, name, value]) => /^on|^style$|^srcdoc$/.test(name)
            || (['href', 'src'].includes(name)
                && !['https:', 'mailto:', 'http:'].includes(new URL(value, location.href).protocol)
            ))""")
    elements = set(page.evaluate("[...document.body.querySelectorAll('*')].map(e => e.localName)"))
    for event_name in ("mouseover", "focus", "error", "load", "toggle"):
        page.evaluate(
            "name => document.querySelectorAll('*').forEach(e => e.dispatchEvent(new Event(name)))",
            event_name,
        )
    assert page.evaluate("typeof window.KANARIE") == "undefined"
    assert (found, elements - ALLOWED.keys()) == ([], set())
    assert [url for url in asked if not re.match(r"http://site\.example/", url)] == []
    page.close()
