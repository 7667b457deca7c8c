"""The counts of which the browser makes lunr's weights, to be cut into files.

lunr scores a document by the weights of the query's terms only, divided by the
magnitude of the query vector. So an index put together from just the postings of the
terms asked for answers exactly as the whole index would; a browser needs to fetch only
the shards those terms are in.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate, chain, pairwise
from typing import Any

from kennisplatform.model.site import SearchDocument
from kennisplatform.model.vocabulary import Vocabulary
from kennisplatform.search.analysis import Analyser, joined, own_s, singular, words
from kennisplatform.search.compounds import Splitter
from kennisplatform.search.learned import Counts, Held, Learned, Postings, Word
from kennisplatform.search.verbs import infinitive, joined_verb, strong_forms, two_pieces
from kennisplatform.search.weights import BOOST, BOOSTS, PART, PARTS_IN

Changed = tuple[dict[str, "array[int]"], ...]
"""By field and term, what is to be put in: numbers of documents, each with how often."""
_NOTHING, _SURROGATES = ord("#"), 0xD800
"""The character of nothing, and the first of those that stand for no number."""


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
    """Of each term which documents have it, and how often. Documents go by their numbers, which
    rise.

    lunr.py keeps a dict for every posting, 1.5 GB for 5,000 pages; this keeps two characters. Of an
    index of before, only the terms of documents that changed are opened.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        own: Iterable[str],
        learned: Learned,
        documents: Mapping[int, SearchDocument],
    ) -> None:
        self.analyser = Analyser(vocabulary.taal)
        self.splitter = Splitter(own, vocabulary, self.analyser)
        self._stop = frozenset(vocabulary.taal.stopwoorden)
        taal = vocabulary.taal
        names = (w for name in vocabulary.namen_van_gemeenten for w in words(name))
        self._no_verb = {*names, *taal.onregelmatig, *taal.vraagwoorden, *taal.stopwoorden}
        self._learned = learned
        self._documents = documents
        self._words: dict[str, Word | None] = {}
        """What each word is that was asked for; None for a stop word."""
        self._having: dict[str, set[int]] = {}
        keys = {number: learned.key(document) for number, document in documents.items()}
        self.held = self._of_now(learned.held(), keys)
        self._said = [known for word in self.held.words if (known := self._known(word))]

    def _of_now(self, before: Held, keys: Mapping[int, str]) -> Held:
        """Take out of an index what the documents with these keys do not have, and put in what
        they have more.
        """
        stay = {n for n, (key, _) in before.documents.items() if keys.get(n) == key}
        lost = before.documents.keys() - stay
        gone = [self._learned.counts(before.documents[number][0]) for number in lost]
        if not all(gone):  # what cannot be taken out would stay
            before, stay, gone = Held(), set(), []
        told = {number: before.documents[number] for number in stay}
        seen = Counter(before.words)
        changed: Changed = tuple(defaultdict(lambda: array("I")) for _ in BOOSTS)
        for counts in gone:
            seen.subtract(_words_in(counts))
            for here, terms in zip(changed, self._terms(counts).values(), strict=True):
                for term in terms:
                    here[term]  # is there, with nothing to put in
        for number in (number for number in keys if number not in stay):
            counts = self._counts(keys[number], self._documents[number])
            seen.update(_words_in(counts))
            by_field = self._terms(counts).values()
            told[number] = keys[number], tuple(sum(terms.values()) for terms in by_field)
            for here, terms in zip(changed, by_field, strict=True):
                for term, times in terms.items():
                    here[term].extend((number, times))
        return Held(told, +seen, _put(changed, before.postings, stay))

    def terms(self, document: SearchDocument) -> dict[str, dict[str, int]]:
        """Give the terms of a document by field, with how often it has them; the parts of its
        compounds in fields of their own.
        """
        return self._terms(self._counts(self._learned.key(document), document))

    def _counts(self, key: str, document: SearchDocument) -> Mapping[str, Counts]:
        found = self._learned.counts(key)
        if not found:
            found = {name: self._counted(field) for name, field in document.by_field.items()}
            self._learned.counted(key, found)
        return found

    def _terms(self, counted: Mapping[str, Counts]) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {name: defaultdict(int) for name in BOOSTS}
        for name, counts in counted.items():
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
                    parts_of[self.term(word)] += times
        return found

    def _counted(self, texts: Sequence[str]) -> Counts:
        """Count the words of a field, and those that its words make together."""
        verb = partial(self._learned.verbs.of, find_out=joined_verb)
        made = (w for text in texts for w in (*joined(text), *two_pieces(text, self._stop, verb)))
        own = chain.from_iterable(map(words, texts))
        return Counts(dict(Counter(own)), dict(Counter(made)))

    def _known(self, word: str) -> Word | None:
        if word not in self._words:
            stop = word in self._stop
            self._words[word] = None if stop else self._learned.words.of(word, self._found_out)
        return self._words[word]

    def term(self, word: str) -> str:
        """Give the term of a folded word."""
        return self._learned.terms.of(word, self.analyser.term)

    def _found_out(self, word: str) -> Word:
        term, inside = self.term(word), self.splitter.parts(word)
        return Word(term, inside.terms or self._form(word), inside.words)

    def _form(self, word: str) -> tuple[str, ...]:
        """Give the term of the verb or singular that a word is a form of, when that is another and
        means something.
        """
        whole = None if word in self._no_verb else infinitive(word) or singular(word)
        term = self.term(whole) if whole and whole not in self._no_verb else ""
        return (term,) if term and term != self.term(word) else ()

    @property
    def own_s(self) -> dict[str, str]:
        """Give the words that end with an s of their own, with the plural that has their term."""
        seen = sorted(word for word in {*self.held.words, *self.used} if word.endswith("s"))
        plural = {word: self._learned.plurals.of(word, own_s) for word in seen}
        return {word: form for word, form in plural.items() if form != word}

    def terms_of(self, name: str) -> list[str]:
        """Give the terms of a name."""
        return [self.term(w) for w in words(name)]

    def telling(self, name: str) -> list[str]:
        """Give the terms of a name that are no stop words; all when every one is."""
        return [self.term(w) for w in words(name) if w not in self._stop] or self.terms_of(name)

    def has(self, terms: Iterable[str]) -> bool:
        """Tell whether a document has all these terms."""
        every = list(terms)
        if not every or not all(term in self.held.postings for term in every):
            return False
        return len(every) == 1 or bool(set.intersection(*map(self._documents_with, every)))

    def _documents_with(self, term: str) -> set[int]:
        if term not in self._having:
            by_field = self.held.postings[term].values()
            self._having[term] = {n for docs, _ in by_field for n in accumulate(numbers_in(docs))}
        return self._having[term]

    @cached_property
    def _parts(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for word in self._said:
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
            w for w in self.held.words if self._known(w) and len(w) >= 3 and not w.isdigit()
        )

    @cached_property
    def used(self) -> list[str]:
        """What a browser needs to split a word that it has not seen, in order."""
        return sorted(self.splitter.own.union(*(word.inside for word in self._said)))

    def entries(self) -> Iterator[tuple[str, list[Any]]]:
        """Give each term, in order, with `[parts, [field, documents, counts], …]`.

        A strong form of a verb, that no document has, has that verb as its part, and no field.
        Fields are numbers in the order of BOOSTS. Documents go by their number: the distance to the
        one before. They and the counts are texts.
        """
        forms, postings = self._forms(), self.held.postings
        for term in sorted(postings.keys() | forms.keys()):
            found = sorted(postings.get(term, {}).items())
            yield term, [forms.get(term) or self.parts(term), *([place, *p] for place, p in found)]

    def _forms(self) -> dict[str, list[str]]:
        """Give the terms of strong forms that no document has, with that of their verb."""
        term = self.term
        return {
            term(form): [term(verb)]
            for verb, forms in strong_forms().items()
            if verb not in self._no_verb and term(verb) in self.held.postings
            for form in forms
            if term(form) not in self.held.postings
        }


def _words_in(counts: Mapping[str, Counts]) -> Iterator[str]:
    return chain.from_iterable(count.own for count in counts.values())


def _put(changed: Changed, postings: Postings, stay: Container[int]) -> Postings:
    """Write the postings of the terms that changed anew: what they had of documents that stay, and
    what came.
    """
    for place, terms in enumerate(changed):
        while terms:
            term, new = terms.popitem()
            by_field = postings.setdefault(term, {})
            old = opened(by_field.pop(place, ("", "")))
            come = zip(new[::2], new[1::2], strict=True)
            if here := sorted(chain((pair for pair in old if pair[0] in stay), come)):
                numbers, counts = zip(*here, strict=True)
                by_field[place] = as_text(distances(numbers)), as_text(counts)
    return {term: by_field for term, by_field in postings.items() if by_field}


def distances(numbers: Iterable[int]) -> list[int]:
    """Give for each of some rising numbers how much it is more than the one before."""
    return [b - a for a, b in pairwise((0, *numbers))]


def as_text(numbers: Iterable[int]) -> str:
    """Write each number as one character, from # on, past the surrogates: gzipped a sixth less than
    digits and commas.
    """
    characters = [number + _NOTHING for number in numbers]
    if max(characters, default=0) >= _SURROGATES:
        characters = [c if c < _SURROGATES else c + 0x800 for c in characters]
    return "".join(map(chr, characters))


def numbers_in(text: str) -> list[int]:
    """Read what `as_text` wrote."""
    return [(c if c < _SURROGATES else c - 0x800) - _NOTHING for c in map(ord, text)]


def opened(posting: tuple[str, str]) -> Iterator[tuple[int, int]]:
    """Give the documents that have a term, and how often."""
    docs, counts = map(numbers_in, posting)
    return zip(accumulate(docs), counts, strict=True)
