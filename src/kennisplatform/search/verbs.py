"""Verbs in another form than a dictionary has them, and in two pieces: haakten af is of afhaken."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from kennisplatform.search.analysis import fold, is_dutch, lemma, words

STRONG = Path(__file__).parent / "verbs.txt"
"""Verbs, each with the forms that no ending explains; made by scripts/verbs.py."""
PARTICLES = {
    *("aan", "achter", "af", "bij", "binnen", "dicht", "door", "in", "mee", "na", "neer", "om"),
    *("onder", "op", "open", "over", "samen", "tegen", "terug", "toe", "uit", "vast", "voor"),
    *("voort", "weg"),
}
"""What may part from a verb, and then ends its clause."""
_END = r"[^\w\s'’-]+|\n|\b(?:en|maar|of|want|als|omdat|zodat|die|dat)\b"
"""Where a clause ends."""
_CLAUSES = re.compile(_END)
_LAST = re.compile(rf"[^a-z0-9]({'|'.join(sorted(PARTICLES))})(?=[^a-z0-9]*?(?:{_END}|\Z))")
"""A particle that is the last word of its clause."""


@cache
def infinitive(word: str) -> str | None:
    """Give the verb that a folded word is a form of."""
    verb = lemma(word).replace("_", "")
    return verb if verb != word and verb.endswith("n") and verb.isascii() else None


def joined_verb(word: str) -> str:
    """Give the verb that a folded word of a particle and another word is a form of, or nothing."""
    verb = (infinitive(word) or word) if is_dutch(word) else ""
    return verb if verb.endswith("en") else ""


def two_pieces(text: str, stop: Container[str], verb: Callable[[str], str]) -> Iterator[str]:
    """Give the verbs of which a piece stands at the end of a clause; the other is no stop word.
    `verb` is `joined_verb`, or what remembers it.
    """
    folded = fold(text)
    for last in _LAST.finditer(folded):
        line = folded.rfind("\n", 0, last.start()) + 1
        *_, before = _CLAUSES.split(folded[line : last.start() + 1])
        verbs = (verb(last[1] + word) for word in words(before) if word not in stop)
        yield from islice(filter(None, verbs), 1)


@cache
def strong_forms() -> dict[str, tuple[str, ...]]:
    """Give for each verb the forms that no ending explains."""
    lines = (line.split() for line in STRONG.read_text(encoding="utf-8").splitlines())
    return {verb: tuple(forms) for verb, *forms in lines}
