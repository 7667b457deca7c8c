"""From Dutch text to search terms, step by step the same as src/browser/zoek/analyse.js."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property, lru_cache
from string import ascii_lowercase, digits

import Stemmer

from kennisplatform.model.text import MONTHS
from kennisplatform.model.vocabulary import Taal

_IN_WORDS = (ascii_lowercase + digits).encode()
_SEPARATED = bytes(sign if sign in _IN_WORDS else ord(" ") for sign in range(256))
"""Of each sign itself, or a space when it is in no word."""
_HYPHENS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_ONLY_DIGITS = re.compile(r"[0-9-]+").fullmatch
_DIGIT = re.compile(r"\d", re.ASCII)
_DOT_INSIDE = re.compile(r"\.[a-z]")
_DOTTED = re.compile(r"(?<![a-z0-9.])[a-z](?:\.[a-z])+(?![a-z0-9])")
_DAY = re.compile(
    r"(?<!\d)(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}))(?!\d)", re.ASCII
)
_ARTICLE = re.compile(r"(?<![a-z0-9])art[. ] ?(?=\d)", re.ASCII)
_THOUSANDS = re.compile(r"(?<![\d.,])(?<!\d )\d{1,3}(?:[. ]\d{3})+(?!\d)", re.ASCII)
_PARTS_OF_NUMBER = re.compile(r"\d[-/. ]\d", re.ASCII)
SCALES = {"duizend": 3, "ton": 5, "miljoen": 6, "mln": 6, "miljard": 9, "mld": 9}
"""Words after a number, with the zeros they stand for."""
_SCALED = re.compile(rf"(?<![\d.,])(\d{{1,9}})(?:[.,](\d+))? ?({'|'.join(SCALES)})\b", re.ASCII)
_PLURAL = re.compile(r"(?<=[a-z]{2}[^aeiou])(?:ies|ys?)$")
_STEMMER = Stemmer.Stemmer("dutch_porter")
"""Snowball's Porter stemmer for Dutch, which lunr-languages has in JavaScript; `dutch` is another
one, by Kraaij and Pohlmann.
"""


@cache
def _is_mark(sign: str) -> bool:
    """Tell whether a sign stands on the letter before it."""
    return unicodedata.category(sign).startswith("M")


@lru_cache(maxsize=16)  # of a text words are asked for, and clauses, and what has hyphens
def fold(text: str) -> str:
    """Make lower case and take the accents off: Súdwest becomes sudwest."""
    folded = text.lower()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
        for mark in filter(_is_mark, set(folded)):
            folded = folded.replace(mark, "")
    return folded


def words(text: str) -> list[str]:
    """Split into words of letters and digits, folded; every other sign separates. Numbers, days and
    abbreviations come in one notation.
    """
    signs = _one_notation(fold(text)).encode("ascii", "replace")
    return signs.translate(_SEPARATED).decode().split()


def joined(text: str) -> list[str]:
    """Give the words with hyphens in them as others write them: co-creatie is cocreatie too."""
    if "-" not in text:
        return []
    return [
        word.replace("-", "") for word in _HYPHENS.findall(fold(text)) if not _ONLY_DIGITS(word)
    ]


def _one_notation(folded: str) -> str:
    """Write b.v. as bv, and where there are digits 99.571 as 99571, 1,1 miljoen as 1100000
    miljoen, 05-07-2018 as 5 juli 2018 and art. 150 as artikel 150.
    """
    if _DOT_INSIDE.search(folded):
        folded = _DOTTED.sub(lambda found: found[0].replace(".", ""), folded)
    # Most lines have no number, and no notation goes on over an end.
    lines = folded.split("\n")
    return "\n".join(_one_number(line) if _DIGIT.search(line) else line for line in lines)


def _one_number(line: str) -> str:
    plain = _ARTICLE.sub("artikel ", line)
    if _PARTS_OF_NUMBER.search(plain):
        plain = _DAY.sub(_day, plain)
        plain = _THOUSANDS.sub(lambda found: re.sub(r"[. ]", "", found[0]), plain)
    return _SCALED.sub(_scaled, plain)


def _day(found: re.Match[str]) -> str:
    year, month, day = found[1] or found[6], int(found[2] or found[5]), int(found[3] or found[4])
    return f"{day} {MONTHS[month - 1]} {year}" if 1 <= month <= 12 else found[0]


def _scaled(found: re.Match[str]) -> str:
    zeros, part = SCALES[found[3]], found[2] or ""
    return f"{found[1]}{part.ljust(zeros, '0')} {found[3]}" if len(part) <= zeros else found[0]


def _final(stem: str) -> str:
    """Write the end of a stem one way: initiatiev is initiatief, secretariss is secretaris,
    begeleidt is begeleid, fracties is fractie and cities is city.
    """
    if stem.endswith("dt"):
        stem = stem[:-1]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        stem = stem[:-1]
    if len(stem) > 2:
        stem = stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    return _PLURAL.sub("ie", stem)


@cache
def _stem(word: str) -> str:
    return _final(_STEMMER.stemWord(word))


def lemma(word: str) -> str:
    """Give the form of a folded word that a dictionary has, or the word itself."""
    import simplemma  # takes long to load, and after most edits every word is known already

    return simplemma.lemmatize(word, lang="nl")


@cache
def is_dutch(word: str) -> bool:
    """Tell whether a dictionary has a folded word."""
    import simplemma

    return simplemma.is_known(word, lang="nl")


@cache
def own_s(word: str) -> str:
    """Give the plural of a word of which the stemmer takes the s for that of a plural: kans is no
    kan. Any other word stays.
    """
    if len(word) > 3 and word.endswith("s") and word[-2] not in "aeiou":
        for plural in (f"{word}en", f"{word[:-1]}zen"):
            if lemma(plural) == word and _stem(plural) != _stem(word):
                return plural
    return word


def singular(word: str) -> str | None:
    """Give the singular of a plural in -s that the stemmer leaves alone: modules is of module."""
    one = lemma(word)
    return one if word == f"{one}s" else None


class Analyser:
    """Turn words into terms; remembers every word it has seen."""

    def __init__(self, taal: Taal) -> None:
        self._taal = taal
        self._terms: dict[str, str] = {}

    @cached_property
    def stop(self) -> frozenset[str]:
        return frozenset(self._taal.stopwoorden)

    def term(self, word: str) -> str:
        """Give the stem of a folded word, irregular plurals first: raadsleden and raadslid are one
        term, and so are kans and kansen.
        """
        if word not in self._terms:
            self._terms[word] = _stem(self._regular(word))
        return self._terms[word]

    def _regular(self, word: str) -> str:
        irregular = self._taal.onregelmatig
        if word in irregular:
            return irregular[word]
        for plural, singular in irregular.items():
            # A plural at the end of a longer word, as in gemeenteraadsleden; the rest must be able
            # to be a word.
            if (
                plural != singular
                and len(plural) > 4
                and word.endswith(plural)
                and len(word) >= len(plural) + 3
                and not self._ends_regular(word)
            ):
                return word[: -len(plural)] + singular
        return own_s(word)

    def _ends_regular(self, word: str) -> bool:
        return any(a == b and word.endswith(a) for a, b in self._taal.onregelmatig.items())
