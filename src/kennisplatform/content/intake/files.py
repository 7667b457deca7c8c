"""Read what somebody sent as lines of text, whatever kind of file it is; bounded before anything is
unpacked or parsed.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from kennisplatform.content.intake.mail import is_message, read_message
from kennisplatform.content.intake.rewrite import Line, Remark, without_hidden
from kennisplatform.content.intake.word import read_word
from kennisplatform.model.findings import Refused

MAX_FILE = 10_000_000
"""Bytes: a Word document with pictures, or a mail with attachments."""
MAX_TEXT = 100_000
"""Characters of text: an issue on GitHub has at most 65,536."""
MAX_SENT_LINES = 2_000

_OTHERS = {
    b"%PDF": "een pdf",
    b"{\\rtf": "een RTF-bestand",
    b"\xd0\xcf\x11\xe0": "een oud Word-document of een Outlook-bericht",
    b"\x89PNG": "een afbeelding",
    b"\xff\xd8\xff": "een afbeelding",
    b"GIF8": "een afbeelding",
    b"<!doctype": "een webpagina",
    b"<html": "een webpagina",
}
"""How files begin that hold no text that can be read here."""
_ENCODINGS = {"utf-8", "iso8859-1", "iso8859-15", "cp1252"}
"""Encodings that a mail may name; of what Python knows more, some take the square of the time."""
_BYTE_ORDERS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True)
class Sent:
    """A text that somebody sent."""

    lines: tuple[Line, ...]
    titel: str = ""
    """The subject of a mail."""
    remarks: tuple[Remark, ...] = ()
    unit: str = "regel"
    """What is counted: a line, one of the text in a mail, or a paragraph of a Word document."""


def read_source(data: bytes) -> Sent:
    """Read a file by its content; raises Refused, with what to do instead, when it holds no text of
    a page.
    """
    if len(data) > MAX_FILE:
        raise Refused(
            f"Het bestand is te groot: {len(data) // 1_000_000} MB, en {MAX_FILE // 1_000_000} MB "
            "mag. Neem alleen de tekst over."
        )
    if data.startswith(b"PK\x03\x04"):
        lines, remarks = read_word(data)
        return _bounded(Sent(tuple(lines), "", tuple(remarks), "alinea"))
    start = data[:20].lstrip().lower()
    for begin, kind in _OTHERS.items():
        if start.startswith(begin.lower()):
            raise Refused(
                f"Dit is {kind}. Kopieer de tekst naar een tekstbestand, of bewaar haar als .docx."
            )
    subject, encoding, left_out = "", "", list[Remark]()
    if mailed := is_message(data):
        data, encoding, subject, left_out = read_message(data)
    if len(data) > 4 * MAX_TEXT:
        raise Refused(
            f"De tekst is te lang voor een pagina: {len(data) // 1_000} kB. Neem alleen over wat "
            "erop moet."
        )
    text, guessed = _decoded(data, encoding)
    if guessed:
        left_out.append(
            Remark(1, "de tekst is gelezen als Windows-1252. Kloppen de letters met accenten?")
        )
    lines = [
        Line(number, without_hidden(line))
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
    ]
    unit = "tekstregel" if mailed else "regel"
    return _bounded(Sent(tuple(lines), subject, tuple(left_out), unit))


def _decoded(data: bytes, named: str) -> tuple[str, bool]:
    """Decode by byte order mark, by the name a mail gives, as UTF-8, else as Windows does; tell
    whether that was a guess.
    """
    marked = next(
        (encoding for mark, encoding in _BYTE_ORDERS.items() if data.startswith(mark)), ""
    )
    paired = "utf-16-le" if data[1:200:2].count(0) > len(data[1:200:2]) * 0.7 else ""
    for encoding in filter(
        None, (marked, paired, named if named in _ENCODINGS else "", "utf-8", "cp1252")
    ):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if sum(sign < " " and sign not in "\t\r\n\f" for sign in text) > len(text) / 100:
            break
        return text, encoding == "cp1252" != named
    raise Refused(
        "Dit is geen tekst die te lezen is. Kopieer de tekst naar een nieuw tekstbestand, of "
        "bewaar haar als .docx."
    )


def _bounded(source: Sent) -> Sent:
    if not any(line.text.strip() for line in source.lines):
        raise Refused("In dit bestand staat geen tekst.")
    size = sum(len(line.text) for line in source.lines)
    if size > MAX_TEXT or len(source.lines) > MAX_SENT_LINES:
        raise Refused(
            f"De tekst is te lang voor een pagina: {size} tekens op {len(source.lines)} regels. "
            "Neem alleen over wat erop moet."
        )
    return source
