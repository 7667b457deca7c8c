"""Dutch text as the platform writes it: slugs, numbers, dates, lists."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


LONGEST_SLUG = 100
"""Characters of a name in an address: more does not fit in every file system, with what the site
adds.
"""

_UNUSUAL = re.compile("[^\n\t -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027€]")
"""All that may be hidden or be written in another way too: no letter of Latin script, and none of
the signs that a text is full of.
"""
_SHOWS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u2065\u3164\ufdd0-\ufdef\ufe00-\ufe0f\uffa0\ufff0-\ufff8\ufffe\uffff\U000e0000-\U000e0fff]"
)
"""Letters and marks that show nothing; the category of what else is hidden tells it (Unicode,
Default_Ignorable_Code_Point).
"""
HARMLESS = frozenset(
    "\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff"
)
"""Signs that only say where a line may break or what belongs together. Programs leave them in a
text that is copied; without them it says the same.
"""
HTML = re.compile(r"<[a-zA-Z/!?]|&(#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);")


def hidden(text: str) -> Iterator[int]:
    """Give the place of each character that shows nothing, or makes others show as something they
    are not.

    Control, direction and private characters, fillers, tags, variation selectors, and the
    third mark in a row on one letter (which would cover the lines around it). A selector that
    makes a sign an emoji or none (U+FE0F, U+FE0E) belongs to that sign, as does what joins two of
    them (U+200D), or letters of a script that is written so.

    """
    if text.isascii() and text.isprintable():  # nearly all text is
        return
    for hit in _UNUSUAL.finditer(text):
        at, sign = hit.start(), hit[0]
        stacked = at >= 2 and all(unicodedata.category(c)[0] == "M" for c in text[at - 2 : at + 1])
        if (
            unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
            or _SHOWS_NOTHING.match(sign)
            or stacked
        ) and not (_makes_emoji(text, at) or _joins_letters(text, at)):
            yield at


def _makes_emoji(text: str, at: int) -> bool:
    before, after = (
        unicodedata.category(sign) if sign else ""
        for sign in (text[at - 1 : at], text[at + 1 : at + 2])
    )
    if text[at] in "\ufe0e\ufe0f":
        return before in ("So", "Sm", "Po", "Nd")
    return (
        text[at] == "\u200d"
        and after == "So"
        and (before == "So" or text[at - 1] in "\ufe0f🏻🏼🏽🏾🏿")
    )


def _joins_letters(text: str, at: int) -> bool:
    """Tell whether a joiner changes how letters are written: after a virama, or between two of
    Arabic script (RFC 5892, appendix A.1 and A.2).
    """
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] not in "\u200c\u200d" or not before or not after:
        return False
    virama, arabic = unicodedata.combining(before) == 9, unicodedata.bidirectional(before) == "AL"
    return virama or (arabic and unicodedata.bidirectional(after) == "AL")


def taken_out(text: str) -> str:
    """Leave out what shows nothing and says nothing, such as a soft hyphen."""
    if text.isascii():  # none of those is
        return text
    unseen = {at for at in hidden(text) if text[at] in HARMLESS}
    return "".join(sign for at, sign in enumerate(text) if at not in unseen) if unseen else text


def composed(text: str) -> str:
    """Write each letter with its accents as one character, and leave out all that shows nothing."""
    if not _UNUSUAL.search(text):
        return text
    while unseen := set(hidden(text := unicodedata.normalize("NFC", text))):
        # once more: without one sign others may come to stand on each other
        text = "".join(sign for at, sign in enumerate(text) if at not in unseen)
    return text


def visible(text: str) -> str:
    """Write what nobody can see by its number: ‹U+202E›. So a message is one line, and shows what
    was typed.
    """
    unseen = set(hidden(text))
    return (
        text
        if text.isprintable() and not unseen
        else "".join(
            f"‹U+{ord(c):04X}›" if i in unseen or c in "\n\t" else c for i, c in enumerate(text)
        )
    )


def shorten(text: str, most: int) -> str:
    """Name what somebody wrote in a message, of which at most so many signs."""
    text = visible(text)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def has_html(text: str) -> bool:
    """Tell whether a browser would read part of this as a tag or an entity; `a < b` and `Q&A` are
    text.
    """
    return HTML.search(text) is not None


@cache
def slugify(text: str) -> str:
    """Make the address part of a name: lower case, accents folded, other signs to one hyphen."""
    if text.isascii():  # nearly all names are
        return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    folded = (
        unicodedata.normalize("NFKD", text.lower())
        .replace("ß", "ss")
        .replace("ø", "o")
        .replace("æ", "ae")
    )
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@cache
def sort_key(text: str) -> str:
    """Order names as a Dutch reader expects: by letters, without accents, signs or leading 's-."""
    return slugify(re.sub(r"^['’][st]-?\s*", "", text))


def texts_in(value: Any) -> Iterator[str]:
    """Give every text within a value, names of groups left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inner)


_COUNT_WORDS = [
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
    "twintig",
]


def in_words(amount: int) -> str:
    """Write a count as running text does: up to twenty in words (Onze Taal, Getallen)."""
    return _COUNT_WORDS[amount] if amount < len(_COUNT_WORDS) else number(amount)


def number(value: float) -> str:
    """Write a number with Dutch separators, and as many decimals as it has, up to the six that a
    field takes: 1.161 and 2,5.
    """
    if value == int(value):
        return f"{int(value):,}".replace(",", ".")
    return f"{value:,.6f}".rstrip("0").replace(",", " ").replace(".", ",").replace(" ", ".")


def count(amount: int, one: str, more: str) -> str:
    """Word how many there are: 1 pagina, 1.161 pagina’s."""
    return f"{number(amount)} {one if amount == 1 else more}"


def date(day: datetime.date) -> str:
    """Write a day in full: 18 februari 2019."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moments(begin: datetime.date, end: datetime.date | None = None) -> str:
    """Write when something is: 9 maart 2026, 19.30 tot 22.00 uur; of moments on two days both in
    full.
    """
    if end is None or end == begin:
        return (
            f"{date(begin)}, {begin:%H.%M} uur"
            if isinstance(begin, datetime.datetime)
            else date(begin)
        )
    if (
        isinstance(begin, datetime.datetime)
        and isinstance(end, datetime.datetime)
        and begin.date() == end.date()
    ):
        return f"{date(begin)}, {begin:%H.%M} tot {end:%H.%M} uur"
    return f"{moments(begin)} tot en met {moments(end)}"


def enumerate_nl(names: Sequence[str]) -> str:
    """Join names as a sentence does: a, b en c."""
    return " en ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


_MOMENT = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def moment(value: str) -> str:
    """Write a vague moment in words: 2019-04 becomes april 2019; other wording stays."""
    found = _MOMENT.match(value)
    if not found or not found[2] or not 1 <= int(found[2]) <= 12:
        return value
    day = f"{int(found[3])} " if found[3] else ""
    return f"{day}{MONTHS[int(found[2]) - 1]} {found[1]}"


def sentence(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def first_letter(name: str) -> str:
    """Give the letter under which a name is listed."""
    first = sort_key(name)[:1].upper()
    return first if first.isalpha() else "0-9"


def escaped(text: str) -> str:
    """Give Markdown that shows a text as it is."""
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>" else sign for sign in text)
