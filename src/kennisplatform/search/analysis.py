"""From Dutch text to search terms, step by step the same as src/browser/zoek/analyse.js."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property

import snowballstemmer

from kennisplatform.model.vocabulary import Taal

_WORD = re.compile(r"[a-z0-9]+")
_STEMMER = snowballstemmer.stemmer("dutch_porter")
"""Snowball's Porter stemmer for Dutch, which lunr-languages has in JavaScript; `dutch` is another
one, by Kraaij and Pohlmann.
"""


class _WithoutMarks(dict[int, int | None]):
    """A table for str.translate that drops combining marks; looks each character up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)).startswith("M") else code
        return self[code]


_WITHOUT_MARKS = _WithoutMarks()


def fold(text: str) -> str:
    """Make lower case and take the accents off: Súdwest becomes sudwest."""
    lower = text.lower()
    return (
        lower if lower.isascii() else unicodedata.normalize("NFKD", lower).translate(_WITHOUT_MARKS)
    )


def words(text: str) -> list[str]:
    """Split into words of letters and digits, folded; every other sign separates."""
    return _WORD.findall(fold(text))


def _final(stem: str) -> str:
    """Write the last consonant of a stem one way: initiatiev is initiatief, secretariss is
    secretaris.
    """
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        stem = stem[:-1]
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1]) if len(stem) > 2 else stem


@cache
def _stem(word: str) -> str:
    return _final(_STEMMER.stemWord(word))


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
        term.
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
        return word

    def _ends_regular(self, word: str) -> bool:
        return any(a == b and word.endswith(a) for a, b in self._taal.onregelmatig.items())
