"""What was found out of words and of texts, kept for the next time.

Cutting texts into words, finding what each word is made of, and gathering the pages by term does
not change with a sentence elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Generic, NamedTuple, TypeVar

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from kennisplatform.content.kept import Kept
from kennisplatform.model.vocabulary import Vocabulary
from kennisplatform.search.weights import BOOSTS

_Found = TypeVar("_Found")
Folded = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$")]
"""A folded word, or a term."""
Times = Annotated[int, Field(gt=0, le=100_000_000)]
Said = Annotated[str, StringConstraints(pattern=r"^[#-\U0010ffff]+$")]
"""Numbers as characters."""


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


@dataclass(frozen=True, slots=True)
class OfWords:
    """What was found out of words."""

    words: dict[Folded, Word] = field(default_factory=dict)
    terms: dict[Folded, Folded] = field(default_factory=dict)
    plurals: dict[Folded, Folded] = field(default_factory=dict)
    """Of words that end with an s."""


Lengths = Annotated[
    tuple[Annotated[int, Field(ge=0, le=1_000_000)], ...],
    Field(min_length=len(BOOSTS), max_length=len(BOOSTS)),
]
"""How many terms a document has, by field."""
Postings = dict[Folded, dict[Annotated[int, Field(ge=0, lt=len(BOOSTS))], tuple[Said, Said]]]
"""Of each term, by the number of a field: which documents have it there, and how often, as the
browser gets them.
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What an index has of its documents, which go by their numbers."""

    documents: dict[int, tuple[str, Lengths]]
    """The key of the texts of each, and its lengths."""
    words: dict[Folded, Times]
    """In how many fields a word is."""
    postings: Postings


_OF_WORDS = TypeAdapter(OfWords)
_COUNTS = TypeAdapter(dict[str, Counts])
_HELD = TypeAdapter(Held)


class Memory(Generic[_Found]):
    """What is known of words. It does not change as long as the vocabulary and the titles stay, and
    only what is asked for is kept.
    """

    def __init__(self, before: Mapping[str, _Found]) -> None:
        self._before = before
        self.asked: dict[str, _Found] = {}

    def of(self, word: str, find_out: Callable[[str], _Found]) -> _Found:
        if word not in self.asked:
            known = self._before.get(word)
            self.asked[word] = find_out(word) if known is None else known
        return self.asked[word]


class Learned:
    """What is known of words and of texts. What was kept is of nobody one has to trust: its shape
    is checked, so that at worst a page is found by other words.
    """

    def __init__(self, kept: Kept, vocabulary: Vocabulary, own: Iterable[str]) -> None:
        self._kept = kept
        self._stop = repr(sorted(vocabulary.taal.stopwoorden)).encode()
        known_by = repr(vocabulary).encode(), repr(sorted(own)).encode()
        self._key, self._held = kept.key(*known_by), kept.key(b"index", *known_by)
        try:
            before = _OF_WORDS.validate_json(kept.take(self._key) or b"{}")
        except ValidationError:
            before = OfWords()
        self.words = Memory(before.words)
        self.terms = Memory(before.terms)
        self.plurals = Memory(before.plurals)

    def key(self, texts: Mapping[str, Sequence[str]]) -> str:
        """Name the texts of a document; what is known of them is kept again."""
        key = self._kept.key(self._stop, repr(texts).encode())
        self._kept.take(key)
        return key

    def counts(self, key: str) -> Mapping[str, Counts]:
        """Give the words of each field of a document that was counted; none when that is not
        known.
        """
        try:
            return _COUNTS.validate_json(self._kept.take(key) or b"{}")
        except ValidationError:
            return {}

    def counted(self, key: str, counts: Mapping[str, Counts]) -> None:
        self._kept.keep(key, _COUNTS.dump_json(dict(counts)))

    def held(self) -> Held:
        """Give the index of before, when words were to it what they are now."""
        try:
            return _HELD.validate_json(self._kept.take(self._held) or b"")
        except ValidationError:
            return Held({}, {}, {})

    def save(self, held: Held) -> None:
        """Keep what was asked for, and the index."""
        asked = OfWords(self.words.asked, self.terms.asked, self.plurals.asked)
        self._kept.keep(self._key, _OF_WORDS.dump_json(asked))
        self._kept.keep(self._held, _HELD.dump_json(held))
        self._kept.save()
