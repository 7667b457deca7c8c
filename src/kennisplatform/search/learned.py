"""What was found out of words and of texts, kept for the next time.

Cutting texts into words, finding what each word is made of, and gathering the pages by term does
not change with a sentence elsewhere.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from kennisplatform.content.kept import Kept
from kennisplatform.model.site import SearchDocument
from kennisplatform.model.vocabulary import Vocabulary

_Found = TypeVar("_Found")


class Word(NamedTuple):
    """What a word is to the index."""

    term: str
    parts: tuple[str, ...]
    """The terms of its parts, or of the verb or singular that it is a form of."""
    inside: tuple[str, ...]
    """The words that it is made of."""


class Counts(NamedTuple):
    """How often a field of a document has folded words."""

    own: dict[str, int]
    made: dict[str, int]
    """Those that its words make together: cocreatie of co-creatie, afhaken of haakten af."""


@dataclass(frozen=True, slots=True)
class OfWords:
    """What was found out of folded words."""

    words: dict[str, Word] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    plurals: dict[str, str] = field(default_factory=dict)
    """Of words that end with an s."""
    verbs: dict[str, str] = field(default_factory=dict)
    """Of a particle and another word, together."""


Postings = dict[str, dict[int, tuple[str, str]]]
"""Of each term, by the number of a field: which documents have it there, and how often, as the
characters that the browser gets.
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What an index has of its documents, which go by their numbers."""

    documents: dict[int, tuple[str, tuple[int, ...]]] = field(default_factory=dict)
    """The key of the texts of each, and how many terms it has, by field."""
    words: dict[str, int] = field(default_factory=dict)
    """In how many fields a word is."""
    postings: Postings = field(default_factory=dict)


class Memory(Generic[_Found]):
    """What is known of words. It does not change as long as the vocabulary and the titles stay, and
    only what is asked for is kept; all, when not all is asked for again each time.
    """

    def __init__(self, before: Mapping[str, _Found], keep_all: bool = False) -> None:
        self._before = before
        self.asked: dict[str, _Found] = dict(before if keep_all else {})

    def of(self, word: str, find_out: Callable[[str], _Found]) -> _Found:
        if word not in self.asked:
            known = self._before.get(word)
            self.asked[word] = find_out(word) if known is None else known
        return self.asked[word]


class Learned:
    """What is known of words and of texts; what was kept is sealed."""

    def __init__(self, kept: Kept, vocabulary: Vocabulary, own: Iterable[str]) -> None:
        self._kept = kept
        self._stop = repr(sorted(vocabulary.taal.stopwoorden)).encode()
        known_by = repr(vocabulary).encode(), repr(sorted(own)).encode()
        self._key, self._held = kept.key(*known_by), kept.key(b"index", *known_by)
        known = kept.take(self._key)
        before: OfWords = pickle.loads(known) if known else OfWords()
        self.words = Memory(before.words)
        self.terms = Memory(before.terms)
        self.plurals = Memory(before.plurals)
        self.verbs = Memory(before.verbs, keep_all=True)  # of a text that stays none is asked for

    def key(self, document: SearchDocument) -> str:
        """Name what a document says; what is known of it is kept again."""
        key = self._kept.key(self._stop, document.said)
        self._kept.take(key)
        return key

    def counts(self, key: str) -> Mapping[str, Counts]:
        """Give the words of each field of a document that was counted; none when that is not
        known.
        """
        known = self._kept.take(key)
        counts: dict[str, Counts] = pickle.loads(known) if known else {}
        return counts

    def counted(self, key: str, counts: Mapping[str, Counts]) -> None:
        self._kept.keep(key, pickle.dumps(dict(counts)))

    def held(self) -> Held:
        """Give the index of before, when words were to it what they are now."""
        known = self._kept.take(self._held)
        held: Held = pickle.loads(known) if known else Held()
        return held

    def save(self, held: Held) -> None:
        """Keep what was asked for, and the index."""
        asked = OfWords(self.words.asked, self.terms.asked, self.plurals.asked, self.verbs.asked)
        self._kept.keep(self._key, pickle.dumps(asked))
        self._kept.keep(self._held, pickle.dumps(held))
        self._kept.save()
