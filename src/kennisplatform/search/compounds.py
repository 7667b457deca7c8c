"""Split Dutch compounds into the words they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from kennisplatform.model.vocabulary import Vocabulary
from kennisplatform.search.analysis import Analyser, fold, is_dutch, words

SHORTEST = 4
"""Letters of a part. Shorter parts (wet, lid) count only when the site's own vocabulary has them.
"""
_JOINTS = ("", "s", "e", "en")
"""What may stand between two parts: raad-s-lid, leer-kring, bewoner-s-initiatief."""


class Compound(NamedTuple):
    """What is inside a compound, in order, and inside its parts."""

    terms: tuple[str, ...]
    words: tuple[str, ...]
    """What a browser needs to split a word that it has not seen."""


NO_COMPOUND = Compound((), ())


class Splitter:
    """Find the parts of compounds: one of the two, or the whole, is a word of the site's
    vocabulary, and all are Dutch words.
    """

    def __init__(self, own: Iterable[str], vocabulary: Vocabulary, analyser: Analyser) -> None:
        # Rijswijk is no wijk.
        self._whole = {fold(w) for w in vocabulary.taal.geen_samenstelling} | {
            w for name in vocabulary.namen_van_gemeenten for w in words(name)
        }
        self._no_part = {fold(w) for w in vocabulary.taal.geen_deel}
        self._own = frozenset(fold(w) for w in own if len(w) >= 3) - self._no_part
        self._analyser = analyser
        self._found: dict[str, Compound] = {}

    @cached_property
    def _own_terms(self) -> set[str]:
        return {self._analyser.term(word) for word in self._own}

    @property
    def own(self) -> frozenset[str]:
        """The words of the site's vocabulary that can be a part."""
        return self._own

    def parts(self, word: str) -> Compound:
        """Give what is inside a folded word; nothing when it is no compound.

        Of all the places to split, those count where most parts are words of the site.
        """
        if word not in self._found:
            splits = len(word) >= 7 and word not in self._whole
            self._found[word] = self._split(word) if splits else NO_COMPOUND
        return self._found[word]

    def _split(self, word: str) -> Compound:
        splits: list[tuple[int, str, str]] = []
        for cut in range(3, len(word) - 2):
            tail = word[cut:]
            if not self._is_word(tail):
                continue
            for link in _JOINTS:
                head = word[: cut - len(link)]
                if (
                    word[:cut].endswith(link)
                    and len(head) >= 3
                    and self._is_word(head)
                    and (
                        self._is_own(head)
                        or self._is_own(tail)
                        or (len(head) >= SHORTEST and self._is_own(word))
                    )
                ):
                    splits.append((self._is_own(head) + self._is_own(tail), head, tail))
        most = max((own for own, _, _ in splits), default=0)
        parts = {part for own, *both in splits if own == most for part in both}
        within = [self.parts(part) for part in parts]
        return Compound(
            tuple(sorted({*map(self._analyser.term, parts), *chain(*(p.terms for p in within))})),
            tuple(sorted({*parts, *chain(*(p.words for p in within))})),
        )

    def _is_own(self, word: str) -> bool:
        # Only a Dutch word is worth stemming: most candidates are stray letters, and stemming costs
        # most of all.
        return word in self._own or (
            len(word) > SHORTEST and is_dutch(word) and self._analyser.term(word) in self._own_terms
        )

    def _is_word(self, word: str) -> bool:
        return word not in self._no_part and (
            word in self._own or (len(word) >= SHORTEST and is_dutch(word))
        )
