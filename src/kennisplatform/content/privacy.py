"""What in a text tells of a person: a mail address with a name, a telephone number, a number shaped
like a BSN. Only text in, so that it can judge whatever anybody sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

LEFT_OUT = NO_MAIL, NO_PHONE, NO_BSN = "‹mailadres›", "‹telefoonnummer›", "‹burgerservicenummer›"
"""Stand where an address or a number stood in a text that somebody sent; one word, so that a link
it was part of stays one piece.
"""


class Seen(NamedTuple):
    start: int
    """Place in the text."""
    code: str
    message: str
    repair: str
    stops: bool = False
    """Whether a page may not be published with it."""


# Repeats have an upper bound, or a word of thousands of letters would take the square of that time.
_SPELT = r"\s?(?:at|apenstaartje)\s?[)\]]"
_AT = rf"(?:@|%40|\s?[(\[]{_SPELT}\s?)"
MAIL = re.compile(
    rf"(?<![\w.+-])([\w.+-]{{1,64}}+){_AT}(?:[\w-]{{1,63}}\.){{1,8}}[^\W\d_][\w-]{{1,62}}"
)
_BETWEEN = r"(?:[ –-]{0,2}\n[ \t>]{0,8}|[ \t\u00a0\u2009\u202f./()_·‐‑–−-]{0,3})"
PHONE = re.compile(
    r"(?<![\w/=&])(?<!\w-)(?<!\d\.)"
    rf"(?:(?:\+|00{_BETWEEN})31{_BETWEEN}(?:\(?0\)?{_BETWEEN})?|(?=316\d{{8}}\b|31 6)31{_BETWEEN}"
    r"|0(?!8[58])(?=[^\d\n]{0,3}[1-9])"
    rf"){_BETWEEN}[1-9](?:{_BETWEEN}\d){{8}}(?![^\W_]|-)"
)
"""Ten digits from 0, or nine after 31 in a way it is written for other countries. Numbers from 085
and 088 are never of one person.
"""
_MOBILE = re.compile(r"(?:(?:00)?310?|0)6")
_DIGITS = re.compile(r"\d(?:[\W_]{0,23}\d){8}")
"""Nine digits with no letter between them: no telephone number has fewer, nor a BSN that nothing
names.
"""
_ADDRESS = re.compile(
    r"(?:https?://|www\.|doi:)[^\s<>\"'‘’“”|]{1,2000}|\bNL\d\d ?[A-Z]{4}(?: ?\d){10}\b",
    re.IGNORECASE,
)
"""Of a page, or of an account: no number within is looked at."""
_OF_ONE = re.compile(
    r"https?://[^\s<>\"'‘’“”|]{1,200}/(?:in|medewerkers?|raadsleden|raadslid|personen|people|team|"
    r"auteurs?|wie-is-wie|profiel|wethouders|bestuurders|smoelenboek)/"
    r"([^\W\d_]{1,30}(?:[._-][^\W\d_]{1,30}){1,4})(?:-\w*\d\w*)?(?=[/?#\s\"')\]>},.;]|$)",
    re.IGNORECASE,
)
"""An address below that of people, by what may be a name; LinkedIn puts a number behind it."""
_NINE = re.compile(
    r"(?<![\w/#@%+])(?<!\d[.,])\d(?:[\s\u00a0\u202f.‑–-]?\d){7,8}(?![\w%/]|[.,]\d|[‑–-]\w)"
)
_SHAPES = re.compile(
    r"\d{9}|\d{4}\.\d\d\.\d{3}|(?!19|20)\d{4}([\s‑–-])\d\d\1\d{3}|\d{3}([\s‑–-])\d{3}\2\d{3}"
    r"|\d\d([\s.‑–-])\d\d\3\d\d\3\d{3}"
)
"""How a BSN is written; with full stops in threes it is an amount, and a year with hyphens a day or
the number of a case.
"""
_NAMES = (r"\bbsn", "burgerservice", r"\bsofi", "persoonsnummer")
_NAMED = re.compile(rf"(?:{'|'.join(_NAMES)})\W*(?:\w+\W+){{0,3}}$", re.IGNORECASE)
"""What says that the number after it is a BSN."""
_OTHER_NUMBER = re.compile(
    r"(?:\b\w{2,40}nummer|\b\w{0,40}kenmerk"
    r"|\b(?:rsin|kvk|isbn|issn|oin|doi|id|ean|btw|nl|eur|gld|zaak|dossier|waarde))"
    r"(?:[-\s]?(?:nr|no)\b\.?)?\s?[:=]?\s?$|\w-$|(?:\+|\b00)\d{1,3}[ (0)-]{0,5}$|[€$]\s?$",
    re.IGNORECASE,
)
"""What says that the number after it is one of something else: a word, a letter with a hyphen, the
number of a country, the sign of money.
"""
_MONEY = re.compile(r"[ \u00a0]?(?:€|eur(?:o)?\b)|,-", re.IGNORECASE)
"""What says that the number before it is a sum."""

OFFICES = {
    "info",
    "contact",
    "post",
    "mail",
    "team",
    "griffie",
    "raad",
    "bestuur",
    "college",
    "secretariaat",
    "redactie",
    "helpdesk",
    "support",
    "communicatie",
    "participatie",
    "gemeente",
    "webmaster",
    "bureau",
    "projecten",
    "loket",
    "overheid",
    "pers",
    "balie",
    "service",
    "meldpunt",
    "afdeling",
    "reply",
    "woo",
    "wob",
    "wmo",
    "bezwaar",
    "verkiezingen",
    "noord",
    "oost",
    "zuid",
    "west",
    "privacy",
    "inspraak",
    "omwonenden",
    "welzijn",
    "digital",
    "office",
}
"""Parts of the addresses of shared mailboxes, for what comes after another part, or is no word."""
_FIRST_NAME = re.compile(
    r"aad|abel|albert|alexander|amber|arend|arie|aron|bas|ben|benjamin|bo|boudewijn|bram|daan|demi|douwe|dylan|"
    r"ecrin|ellen|els|emir|erica|eva|faas|frank|geert|hans|hein|hendrik|ida|iris|jaap|jack|"
    r"jan|jasmijn|jet|job|johannes|joke|jonas|juliette|karel|karin|kick|kim|klaas|koen|"
    r"koenraad|koos|kris|leen|lies|lieve|linde|loek|lot|luna|maarten|maartje|madelief|mare|"
    r"margriet|mark|mats|matthijs|maya|mees|merel|miep|mieke|mohammed|nel|noor|noortje|nova|oscar|"
    r"peter|piet|puck|puk|quinten|rachel|rik|rob|roos|rowan|rozemarijn|serge|sten|steven|"
    r"storm|tim|ton|toon|trees|wil|willem|willemijn|wim|wout"
)
"""First names that are words too, or made of words, in the dictionary."""
_FORMED = re.compile(r"\w{3,}(?:ing|ingen|heid|tie|ties|schap|lijke?|teit|zaken|bouw)$")
_VOWEL = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]")

_PERSONAL = (
    (
        MAIL,
        re.compile(rf"[@%(\[](?:(?<=@)|(?<=%)40|{_SPELT})"),
        "het mailadres van een persoon",
        "Noem liever een gedeelde mailbox, zoals die van de griffie of een team, of laat het weg. "
        "Een gedeelde mailbox blijft kloppen als iemand een andere baan krijgt.",
    ),
    (
        _OF_ONE,
        re.compile("://"),
        "het adres van een pagina over één persoon",
        "Verwijs liever naar een pagina over een functie, een team of het onderwerp. Die blijft "
        "kloppen als iemand een andere baan krijgt.",
    ),
)
"""What may have a name in it, what is in each of them, what it is, and what to write instead."""
_BEFORE = 66
"""Most signs of one of them that stand before what is in each: of the name, a space and a bracket.
"""


def of_persons(text: str, written: bool = True) -> Iterator[Seen]:
    """Find in a text what tells of a person.

    Of a text that was not written for a page nobody can say what its numbers are, and three cells
    of a table may stand like one: there only the word BSN makes one certain.
    """
    for pattern, sign, what, instead in _PERSONAL:
        first = sign.search(text)
        for found in pattern.finditer(text, max(0, first.start() - _BEFORE)) if first else ():
            if _is_personal(found[1]):
                told = f"‘{_typed(found)}’ lijkt {what}."
                yield Seen(found.start(), "persoonlijk-contact", told, instead)
    if not _has_number(text):
        return
    text = _ADDRESS.sub(lambda found: "/" * len(found[0]), text)
    for found in PHONE.finditer(text):
        yield _telephone(found)
    for found, certain in bsn(text):
        if not (certain or written or _SHAPES.fullmatch(re.sub(r"\s", "x", found[0]))):
            continue
        yield Seen(
            found.start(),
            "burgerservicenummer",
            f"‘{_typed(found)}’ kan een burgerservicenummer zijn.",
            "Haal het weg. Is het een ander nummer, zet er dan voor welk: zaaknummer "
            f"{_typed(found)}.",
            stops=certain or written,
        )


def _has_number(text: str) -> bool:
    """Tell whether there is need to look for numbers of persons, which costs more."""
    folded = text.casefold()
    named = any(name.removeprefix(r"\b") in folded for name in _NAMES)
    return named or _DIGITS.search(text) is not None


def _telephone(found: re.Match[str]) -> Seen:
    number = _typed(found)
    if number.count("(") < number.count(")"):  # a number may begin in brackets: (0512)
        number = f"({number}"
    if _MOBILE.match(re.sub(r"\D", "", number)):
        message = f"‘{number}’ lijkt een telefoonnummer, en een mobiel is meestal van één persoon."
    else:
        message = f"‘{number}’ lijkt een telefoonnummer. Is het van een persoon?"
    return Seen(
        found.start(),
        "persoonlijk-contact",
        message,
        "Noem liever een functie, een gedeelde mailbox of het algemene nummer (14 en het "
        "netnummer), of laat het weg.",
    )


def _typed(found: re.Match[str]) -> str:
    return " ".join(found[0].split())


def bsn(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Find the numbers that are shaped like a BSN: nine digits that pass its test of eleven, in one
    of the ways in which it is written. After the word BSN eight will do, as a first 0 may be left
    out. With each is told whether that word stands there.

    The test: nine times the first, eight times the second and so on, less the last, makes a
    multiple of eleven (Rijksdienst voor Identiteitsgegevens, Logisch Ontwerp BSN).
    """
    whole = PHONE.sub(lambda found: "/" * len(found[0]), text)
    for found in _NINE.finditer(whole):
        before = whole[max(0, found.start() - 60) : found.start()]
        named = _NAMED.search(before) is not None
        other = _OTHER_NUMBER.search(before) or _MONEY.match(whole, found.end())
        digits = [int(digit) for digit in re.sub(r"\D", "", found[0])]
        if len(digits) == 8 and named:
            digits.insert(0, 0)
        if (
            len(digits) == 9
            and any(digits)
            and _passes(digits)
            and (named or (_SHAPES.fullmatch(found[0]) and not other))
        ):
            yield found, named


def _passes(digits: list[int]) -> bool:
    weighed = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=False))
    return (weighed - digits[8]) % 11 == 0


def _is_personal(local: str) -> bool:
    """Tell whether the part before @ is an initial or a first name, and a last name.

    What comes first decides: a first name is one letter, or no word, abbreviation or compound that
    a dictionary of Dutch has; a few first names are words as well.
    """
    parts = [
        part.rstrip("0123456789") for part in re.split(r"[._-]", local.lower().partition("+")[0])
    ]
    parts = [part for part in parts if part]
    if len(parts) < 2 or not all(part.isalpha() for part in parts) or len(parts[-1]) < 2:
        return False
    first, *rest = parts
    if _FIRST_NAME.fullmatch(first):
        return True
    if not OFFICES.isdisjoint(parts):
        return False
    if len(first) == 1:
        return True
    if not _VOWEL.search(first):  # jp.jansen or vng.kennisdeling
        return len(first) < 4 and not any(map(_is_word, rest))
    return not _is_word(first)


@cache
def _is_word(word: str) -> bool:
    """Tell whether a dictionary of Dutch has a word, or its parts: wijk-team, bestuur-s-bureau."""
    return _is_known(word) or any(
        (_is_known(word[:at]) or (word[at - 1] == "s" and _is_known(word[: at - 1])))
        and _is_word(word[at:])
        for at in range(4, len(word) - 3)
    )


@cache
def _is_known(word: str) -> bool:
    import simplemma  # most pages have no word that asks for it

    return simplemma.is_known(word, lang="nl") or _FORMED.match(word) is not None
