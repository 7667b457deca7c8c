"""What was found out of words and of texts, kept for the next time.

Cutting texts into words, and finding what each word is made of, costs most of an index, and does
not change with a sentence elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from kennisplatform.content.kept import Kept
from kennisplatform.model.vocabulary import Vocabulary

Folded = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$")]
"""A folded word, or a term."""
Times = Annotated[int, Field(gt=0, le=100_000_000)]


class Word(NamedTuple):
    """What a word is to the index."""

    term: Folded
    parts: tuple[Folded, ...]
    """The terms of its parts, or of the verb or singular that it is a form of."""
    inside: tuple[Folded, ...]
    """The words that it is made of."""


class Counts(NamedTuple):
    """How often a field of a document has words."""

    own: dict[Folded, Times]
    made: dict[Folded, Times]
    """Those that its words make together: cocreatie of co-creatie, afhaken of haakten af."""


_WORDS = TypeAdapter(dict[Folded, Word])
_COUNTS = TypeAdapter(dict[str, Counts])


class Learned:
    """What is known of words and of texts. What was kept is of nobody one has to trust: its shape
    is checked, so that at worst a page is found by other words.
    """

    def __init__(self, kept: Kept, vocabulary: Vocabulary, own: Iterable[str]) -> None:
        self._kept = kept
        self._stop = repr(sorted(vocabulary.taal.stopwoorden)).encode()
        self._key = kept.key(repr(vocabulary).encode(), repr(sorted(own)).encode())
        try:
            self._before = _WORDS.validate_json(kept.take(self._key) or b"{}")
        except ValidationError:
            self._before = {}
        self._words: dict[str, Word] = {}

    def word(self, word: str, find_out: Callable[[str], Word]) -> Word:
        """Give what a word is, which does not change as long as the vocabulary and the titles
        stay.
        """
        self._words[word] = self._before.get(word) or find_out(word)
        return self._words[word]

    def counts(
        self, texts: Mapping[str, Sequence[str]], count: Callable[[Sequence[str]], Counts]
    ) -> Mapping[str, Counts]:
        """Give the words of each field of a document."""
        key = self._kept.key(self._stop, repr(texts).encode())
        try:
            found = _COUNTS.validate_json(self._kept.take(key) or b"{}")
        except ValidationError:
            found = {}
        if found.keys() != texts.keys():
            found = {name: count(field) for name, field in texts.items()}
            self._kept.keep(key, _COUNTS.dump_json(found))
        return found

    def save(self) -> None:
        """Keep what was asked for."""
        self._kept.keep(self._key, _WORDS.dump_json(self._words))
        self._kept.save()
