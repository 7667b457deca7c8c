"""The counts of which the browser makes lunr's weights, to be cut into files.

lunr scores a document by the weights of the query's terms only, divided by the
magnitude of the query vector. So an index put together from just the postings of the
terms asked for answers exactly as the whole index would; a browser needs to fetch only
the shards those terms are in.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, cast

from kennisplatform.model.site import SearchDocument
from kennisplatform.model.vocabulary import Vocabulary
from kennisplatform.search.analysis import Analyser, joined, own_s, singular, words
from kennisplatform.search.compounds import Splitter
from kennisplatform.search.learned import Counts, Learned, Word
from kennisplatform.search.verbs import infinitive, strong_forms, two_pieces
from kennisplatform.search.weights import BOOST, BOOSTS, PART, PARTS_IN


def own_words(vocabulary: Vocabulary, titles: Iterable[str]) -> set[str]:
    """Collect the words of the site's own vocabulary: names, synonyms, topics, titles."""
    names = [e.naam for entries in vocabulary.lijsten.values() for e in entries]
    names += [name for s in vocabulary.synoniemen for name in (s.naam, *s.synoniemen)]
    found = {w for name in (*names, *titles) for w in words(name)}
    return found - set(vocabulary.taal.stopwoorden) - set(vocabulary.taal.vraagwoorden)


def weight(document: SearchDocument) -> float:
    """Give what the words of a document count for, to the third decimal."""
    return PART if document.part else round(1 + BOOST * math.log2(1 + document.referrers), 3)


class Index:
    """The postings of all documents.

    lunr.py keeps a dict for every posting, 1.5 GB for 5,000 pages; this keeps two numbers.
    """

    def __init__(self, vocabulary: Vocabulary, own: Iterable[str], learned: Learned) -> None:
        self.analyser = Analyser(vocabulary.taal)
        self.splitter = Splitter(own, vocabulary, self.analyser)
        self.documents = 0
        self._stop = frozenset(vocabulary.taal.stopwoorden)
        taal = vocabulary.taal
        names = (w for name in vocabulary.namen_van_gemeenten for w in words(name))
        self._no_verb = {*names, *taal.onregelmatig, *taal.vraagwoorden, *taal.stopwoorden}
        self._learned = learned
        self._words: dict[str, Word | None] = {}
        """What each word is of which a document has it; None for a stop word."""
        self._postings: dict[str, tuple[tuple[array[int], array[int]] | None, ...]] = {}
        """For each term, by field: numbers of documents and how often it is in them."""
        self.weights: list[float] = []
        self.lengths: dict[str, list[int]] = {name: [] for name in BOOSTS}
        """By field, the terms of each document."""

    def add(self, document: SearchDocument) -> None:
        """Add the next document; its number is the count of those before it."""
        for place, (name, terms) in enumerate(self.terms(document).items()):
            self.lengths[name].append(terms.total())
            for term, count in terms.items():
                by_field = self._postings.get(term)
                if by_field is None or by_field[place] is None:
                    by_field = self._open(term, place)
                docs, counts = cast("tuple[array[int], array[int]]", by_field[place])
                docs.append(self.documents)
                counts.append(count)
        self.weights.append(weight(document))
        self.documents += 1

    def _open(self, term: str, place: int) -> tuple[tuple[array[int], array[int]] | None, ...]:
        by_field = list(self._postings.get(term, (None,) * len(BOOSTS)))
        by_field[place] = (array("I"), array("I"))
        self._postings[term] = tuple(by_field)
        return self._postings[term]

    def terms(self, document: SearchDocument) -> dict[str, Counter[str]]:
        """Give the terms of a document by field, with how often it has them; the parts of its
        compounds in fields of their own.
        """
        found: dict[str, Counter[str]] = {name: Counter() for name in BOOSTS}
        for name, counts in self._learned.counts(document.texts, self._counted).items():
            own, parts_of = found[name], found.get(PARTS_IN.get(name, ""))
            for word, times in counts.own.items():
                if (known := self._known(word)) is None:
                    continue
                own[known.term] += times
                if parts_of is not None:
                    for part in known.parts:
                        parts_of[part] += times
            if parts_of is not None:
                for word, times in counts.made.items():
                    parts_of[self.analyser.term(word)] += times
        return found

    def _counted(self, texts: Sequence[str]) -> Counts:
        """Count the words of a field, and those that its words make together."""
        made = (w for text in texts for w in (*joined(text), *two_pieces(text, self._stop)))
        own = chain.from_iterable(map(words, texts))
        return Counts(dict(Counter(own)), dict(Counter(made)))

    def _known(self, word: str) -> Word | None:
        if word not in self._words:
            self._words[word] = (
                None if word in self._stop else self._learned.word(word, self._found_out)
            )
        return self._words[word]

    def _found_out(self, word: str) -> Word:
        term, inside = self.analyser.term(word), self.splitter.parts(word)
        return Word(term, inside.terms or self._form(word), inside.words)

    def _form(self, word: str) -> tuple[str, ...]:
        """Give the term of the verb or singular that a word is a form of, when that is another and
        means something.
        """
        whole = None if word in self._no_verb else infinitive(word) or singular(word)
        term = self.analyser.term(whole) if whole and whole not in self._no_verb else ""
        return (term,) if term and term != self.analyser.term(word) else ()

    @property
    def own_s(self) -> dict[str, str]:
        """Give the words that end with an s of their own, with the plural that has their term."""
        seen = sorted({*self._words, *self.used})
        return {word: plural for word in seen if (plural := own_s(word)) != word}

    def terms_of(self, name: str) -> list[str]:
        """Give the terms of a name."""
        return [self.analyser.term(w) for w in words(name)]

    def telling(self, name: str) -> list[str]:
        """Give the terms of a name that are no stop words; all when every one is."""
        return [self.analyser.term(w) for w in words(name) if w not in self._stop] or self.terms_of(
            name
        )

    def has(self, terms: Iterable[str]) -> bool:
        """Tell whether a document has all these terms."""
        having = [
            {doc for posting in self._postings.get(t, ()) if posting for doc in posting[0]}
            for t in terms
        ]
        return bool(having and set.intersection(*having))

    @cached_property
    def _parts(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for word in filter(None, self._words.values()):
            if word.parts:
                found.setdefault(word.term, set()).update(word.parts)
        return found

    def parts(self, term: str) -> list[str]:
        """Give the terms of the parts of a compound, or of the verb it is a form of."""
        return sorted(self._parts.get(term, ()))

    @property
    def words(self) -> list[str]:
        """All words that could be meant by a mistyped one, in order."""
        return sorted(
            w for w, known in self._words.items() if known and len(w) >= 3 and not w.isdigit()
        )

    @cached_property
    def used(self) -> list[str]:
        """What a browser needs to split a word that it has not seen, in order."""
        known = filter(None, self._words.values())
        return sorted(self.splitter.own.union(*(word.inside for word in known)))

    def entries(self, numbers: Sequence[int]) -> Iterator[tuple[str, list[Any]]]:
        """Give each term, in order, with `[parts, [field, documents, counts], …]`.

        A strong form of a verb, that no document has, has that verb as its part, and no field.
        Fields are numbers in the order of BOOSTS. Documents go by the number given for each of
        them, which rises: the distance to the one before. They and the counts are texts.
        """
        forms = self._forms()
        for term in sorted(self._postings.keys() | forms.keys()):
            entry: list[object] = [forms.get(term) or self.parts(term)]
            for place, posting in enumerate(self._postings.get(term, ())):
                if posting:
                    docs, counts = posting
                    entry.append(
                        [place, as_text(distances(numbers[d] for d in docs)), as_text(counts)]
                    )
            yield term, entry

    def _forms(self) -> dict[str, list[str]]:
        """Give the terms of strong forms that no document has, with that of their verb."""
        term = self.analyser.term
        return {
            term(form): [term(verb)]
            for verb, forms in strong_forms().items()
            if verb not in self._no_verb and term(verb) in self._postings
            for form in forms
            if term(form) not in self._postings
        }


def distances(numbers: Iterable[int]) -> list[int]:
    """Give for each of some rising numbers how much it is more than the one before."""
    return [b - a for a, b in pairwise((0, *numbers))]


def as_text(numbers: Iterable[int]) -> str:
    """Write each number as one character, from # on, past the surrogates: gzipped a sixth less than
    digits and commas.
    """
    characters = (number + ord("#") for number in numbers)
    return "".join(chr(c if c < 0xD800 else c + 0x800) for c in characters)
