"""Keep of a mail what its sender wrote for us: no heads, no greeting, no signature, no other mail
around it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import groupby

from kennisplatform.content.intake.rewrite import Line, Remark
from kennisplatform.model.findings import Refused
from kennisplatform.model.text import visible

_HEAD = re.compile(
    r"\*{0,2}(van|aan|cc|bcc|datum|verzonden|onderwerp|from|to|date|sent|subject|reply-to)\s*:\*{0,2}\s*(.*)",
    re.IGNORECASE,
)
_MEANS = {
    "van": "van",
    "from": "van",
    "onderwerp": "onderwerp",
    "subject": "onderwerp",
    "aan": "onderwerp",
    "to": "onderwerp",
}
_SUBJECT = re.compile(r"\*{0,2}(?:onderwerp|subject)\s*:\*{0,2}\s*(.*)", re.IGNORECASE)
_WROTE = re.compile(r"(op|on)\b.{5,200}\b(schreef|wrote)\b.{0,100}:", re.IGNORECASE)
_OTHER = re.compile(
    r"-{2,}\s*(oorspronkelijk|doorgestuurd|forwarded|original)\b.*-{2,}|_{20,}|begin doorgestuurd "
    r"bericht:",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(beste|geachte|hallo|hoi|dag|hi|goede(morgen|middag|navond)|dear)\b[^.:?]{0,60}[,!]|l\.?s\.?,?",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"--|(?:(?:met|een|de|vele|veel|vriendelijke?|hartelijke?|beste|warme|collegiale|kind|best)\s+)*(?:groet(?:en|jes)?|regards)\b.{0,40}"
    r"|m\.?v\.?g\.?,?|mvrgr,?|hoogachtend,?|alvast bedankt.?",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"((re|fw|fwd|antw|doorst|betr|tr)\s*:\s*)+", re.IGNORECASE)


def is_message(data: bytes) -> bool:
    """Tell a saved mail (eml) from a text: it begins with heads, and they say what kind of text
    follows.
    """
    heads = re.split(rb"\r?\n\r?\n", data[:20_000], maxsplit=1)[0]
    return (
        re.match(rb"[A-Za-z-]+:", heads) is not None
        and re.search(rb"^(mime-version|content-type):", heads, re.IGNORECASE | re.MULTILINE)
        is not None
    )


def read_message(data: bytes) -> tuple[bytes, str, str, list[Remark]]:
    """Give the plain text of a saved mail as bytes, the name of its encoding or nothing, its
    subject, and what was left out.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        part, subject = message.get_body(("plain",)), str(message["subject"] or "")
        attached = [
            visible(str(a.get_filename() or "zonder naam"))[:60] for a in message.iter_attachments()
        ]
        content = part.get_payload(decode=True) if part else None
        encoding = codecs.lookup(part.get_content_charset() or "ascii").name if part else ""
    except (
        Exception
    ) as error:  # whatever a damaged or hostile mail may do to the package that reads it
        raise Refused(
            "Deze mail is niet te lezen. Open haar, kopieer de tekst en plak die in een "
            "tekstbestand."
        ) from error
    if not isinstance(content, bytes):
        raise Refused(
            "In deze mail staat geen gewone tekst. Open haar, kopieer de tekst en plak die in een "
            "tekstbestand."
        )
    return (
        content,
        encoding,
        without_prefix(subject),
        [Remark(1, f"een bijlage is weggelaten: {name}.") for name in attached],
    )


def without_prefix(subject: str) -> str:
    """Take Re: and Fwd: from a subject."""
    return _ANSWERED.sub("", " ".join(subject.split()), count=1)


def without_mail(
    lines: Sequence[Line], stops: Collection[int]
) -> tuple[list[Line], str, list[Remark]]:
    """Give what is left of a text that may be a mail, its subject, and what was left out.

    Of several mails in one, sent on or answered, the longest is kept. `stops` are the numbers of
    the lines that begin an answer of a form: a signature ends there.
    """
    bare = [line.text.strip().lstrip("> ") for line in lines]
    heads = _heads(bare)
    mails = _mails(lines, bare, heads, stops)
    first = max(mails, key=lambda mail: sum(len(line.text) for line in mail.lines))
    remarks = [
        Remark(mail.lines[0].number, "hier is een andere mail weggelaten.")
        for mail in mails
        if mail.lines and mail is not first
    ]
    if first.closed:
        message = (
            "vanaf hier is de ondertekening weggelaten. Namen van personen komen niet op de site."
        )
        remarks.append(Remark(first.closed, message))
    subject = next(
        (found[1] for place in sorted(heads) if (found := _SUBJECT.fullmatch(bare[place]))), ""
    )
    return first.lines, without_prefix(subject), remarks


@dataclass(slots=True)
class _Mail:
    lines: list[Line] = field(default_factory=list)
    closed: int = 0
    """The line of its signature."""


def _mails(
    lines: Sequence[Line], bare: Sequence[str], heads: Collection[int], stops: Collection[int]
) -> list[_Mail]:
    """Take the mails in a text apart, each without its greeting and what comes after its closing;
    `bare` are the lines without signs of quoting.
    """
    quotes = bool(heads) or any(_WROTE.fullmatch(text) or _OTHER.fullmatch(text) for text in bare)
    mails: dict[tuple[int, bool], _Mail] = {}
    count = 0
    for place, (line, text) in enumerate(zip(lines, bare, strict=True)):
        quoted = quotes and line.text.lstrip().startswith(">")
        own = mails.setdefault((count, quoted), _Mail())
        if line.number in stops:
            own.closed = 0
        if place in heads or _OTHER.fullmatch(text):
            count += place - 1 not in heads
        elif _SIGN_OFF.fullmatch(text):
            own.closed = own.closed or line.number
        elif own.closed or (quotes and _WROTE.fullmatch(text)):
            continue
        elif own.lines or (text and not _GREETING.fullmatch(text)):
            unquoted = Line(line.number, re.sub(r"^\s*(> ?)+", "", line.text))
            own.lines.append(unquoted if quoted else line)
    return list(mails.values())


def _heads(lines: Sequence[str]) -> set[int]:
    """Find the heads of mails: lines together that say who wrote, and to whom or about what; or a
    subject that begins the text.
    """
    found: set[int] = set()
    for is_head, places in groupby(
        range(len(lines)), lambda place: _HEAD.fullmatch(lines[place]) is not None
    ):
        block = list(places)
        if is_head and {"van", "onderwerp"} <= {
            _MEANS.get(lines[place].strip("*").partition(":")[0].lower(), "") for place in block
        }:
            found.update(block)
    first = next((place for place, text in enumerate(lines) if text), 0)
    return found | ({first} if lines and _SUBJECT.fullmatch(lines[first]) else set())
