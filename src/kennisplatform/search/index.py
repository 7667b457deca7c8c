"""The lunr index as shards, with the weights that lunr gives.

lunr scores a document by the weights of the query's terms only, divided by the
magnitude of the query vector. So an index put together from just the postings and
weights of the terms asked for answers exactly as the whole index would; a browser
needs to fetch only the shards those terms are in.
"""
from __future__ import annotations

import hashlib
import json
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from kennisplatform.catalogue import facet_names
from kennisplatform.platform import Platform
from kennisplatform.schema import COLLECTIES
from kennisplatform.search.analysis import Analyser, words
from kennisplatform.search.compounds import Splitter
from kennisplatform.search.documents import FACETS, FIELDS, Document
from kennisplatform.vocabulary import Vocabulary

SHARD_BYTES = 20_000
"""A shard is closed at this many bytes of JSON: about 6 kB over the wire."""
CARDS_A_FILE = 32
"""Cards that come together: about 4 kB over the wire. Ten answers of a large site lie in as many files, but the next questions need fewer and fewer."""
_PARTS_IN = {"titel": "titeldelen", "zoektermen": "titeldelen", "termen": "titeldelen",
             "samenvatting": "delen", "koppen": "delen", "tekst": "delen"}


K1, B = 1.2, 0.3
"""Constants of BM25. K1 is lunr's own; B is lower than its 0.75, because a long title here is a clear one, not a diluted one."""


def own_words(vocabulary: Vocabulary, titles: Iterable[str]) -> set[str]:
    """Collect the words of the site's own vocabulary: names, synonyms, topics, titles."""
    groups = (vocabulary.aandachtsvelden, vocabulary.pijlers, vocabulary.soorten, vocabulary.doelgroepen, vocabulary.organisaties)
    names = [e.naam for group in groups for e in group]
    names += [name for s in vocabulary.synoniemen for name in (s.naam, *s.synoniemen)]
    found = {w for name in (*names, *titles) for w in words(name)}
    return found - set(vocabulary.taal.stopwoorden) - set(vocabulary.taal.vraagwoorden)


class Index:
    """The postings of all documents, with the weights lunr gives them.

    lunr.py keeps a dict for every posting, 1.5 GB for 5,000 pages; this keeps two numbers.
    The weights are lunr's to the third decimal, which a test holds against lunr.py itself.
    """

    def __init__(self, vocabulary: Vocabulary, own: Iterable[str]) -> None:
        self.analyser = Analyser(vocabulary.taal)
        self.splitter = Splitter(own, vocabulary.taal, self.analyser)
        self.documents = 0
        self._stop = frozenset(vocabulary.taal.stopwoorden)
        self._words: dict[str, tuple[str, tuple[str, ...]] | None] = {}
        """Term and parts of each word seen; None for a stop word."""
        self._postings: dict[str, tuple[tuple[array[int], array[int]] | None, ...]] = {}
        """For each term, by field: numbers of documents and how often it is in them."""
        self._boosts: array[float] = array("d")
        self._lengths: dict[str, array[int]] = {name: array("I") for name in FIELDS}
        self._parts: dict[str, set[str]] = {}

    def add(self, document: Document) -> None:
        """Add the next document; its number is the count of those before it."""
        for place, (name, terms) in enumerate(self.terms(document).items()):
            self._lengths[name].append(len(terms))
            for term, count in Counter(terms).items():
                by_field = self._postings.get(term)
                if by_field is None or by_field[place] is None:
                    by_field = self._open(term, place)
                docs, counts = cast("tuple[array[int], array[int]]", by_field[place])
                docs.append(self.documents)
                counts.append(count)
        self._boosts.append(document.gewicht)
        self.documents += 1

    def _open(self, term: str, place: int) -> tuple[tuple[array[int], array[int]] | None, ...]:
        by_field = list(self._postings.get(term, (None,) * len(FIELDS)))
        by_field[place] = (array("I"), array("H"))
        self._postings[term] = tuple(by_field)
        return self._postings[term]

    def terms(self, document: Document) -> dict[str, list[str]]:
        """Give the terms of a document by field, the parts of its compounds in fields of their own."""
        found: dict[str, list[str]] = {name: [] for name in FIELDS}
        known = self._words
        for name, texts in document.woorden.items():
            own, parts_of = found[name], found[_PARTS_IN.get(name, "delen")]
            for word in texts:
                if word not in known:
                    self._learn(word)
                if entry := known[word]:
                    own.append(entry[0])
                    if entry[1] and name in _PARTS_IN:
                        parts_of += entry[1]
        return found

    def _learn(self, word: str) -> None:
        if word in self._stop:
            self._words[word] = None
            return
        term, parts = self.analyser.term(word), self.splitter.parts(word)
        self._words[word] = term, parts
        if parts:
            self._parts.setdefault(term, set()).update(parts)

    def has(self, name: str) -> bool:
        """Tell whether a document has all terms of a name."""
        found = words(name)
        terms = [self.analyser.term(w) for w in found if w not in self._stop] or [self.analyser.term(w) for w in found]
        return bool(set.intersection(*({doc for posting in self._postings.get(t, ()) if posting for doc in posting[0]} for t in terms)))

    @property
    def woorden(self) -> list[str]:
        """All words that could be meant by a mistyped one, in order."""
        return sorted(w for w, entry in self._words.items() if entry and len(w) >= 3 and not w.isdigit())

    def entries(self) -> Iterator[tuple[str, list[object]]]:
        """Give each term, in order, with `[parts, [field, [document, …], [weight, …]], …]`.

        Fields are numbers in the order of FIELDS, documents the distance to the one before,
        weights thousandths: BM25 with lunr's constants and its idf, which counts a document
        once for each field that has the term.
        """
        average = {name: sum(lengths) / max(1, self.documents) for name, lengths in self._lengths.items()}
        boosts = list(FIELDS.items())
        for term in sorted(self._postings):
            by_field = self._postings[term]
            having = sum(len(posting[0]) for posting in by_field if posting)
            idf = math.log(1 + abs((self.documents - having + 0.5) / (having + 0.5)))
            entry: list[object] = [sorted(self._parts.get(term, ()))]
            for place, posting in enumerate(by_field):
                if posting is None:
                    continue
                name, boost = boosts[place]
                lengths, mean = self._lengths[name], average[name]
                docs, counts = posting
                weights = [round(round(idf * ((K1 + 1) * tf) / (K1 * (1 - B + B * (lengths[doc] / mean)) + tf) * boost * self._boosts[doc], 3) * 1000)
                           for doc, tf in zip(docs, counts, strict=True)]
                entry.append([place, [b - a for a, b in zip([0, *docs], docs, strict=False)], weights])
            yield term, entry


@dataclass(frozen=True, slots=True)
class SearchFile:
    """A file of the index: its address below the site's root, and its bytes."""

    adres: str
    inhoud: bytes


def shards(entries: Iterable[tuple[str, list[object]]], folder: str) -> tuple[list[list[str]], list[SearchFile]]:
    """Cut the entries, in the order of their terms, into files of about SHARD_BYTES; give [first term, name] of each."""
    table: list[list[str]] = []
    files: list[SearchFile] = []
    batch: list[str] = []
    first, size = "", 0

    def close() -> None:
        nonlocal size
        file = named("{" + ",".join(batch) + "}", folder)
        table.append([first, file.adres.rsplit("/", 1)[1].removesuffix(".json")])
        files.append(file)
        batch.clear()
        size = 0

    for term, entry in entries:
        text = f"{json.dumps(term)}:{_compact(entry)}"
        if batch and size + len(text) > SHARD_BYTES:
            close()
        if not batch:
            first = term
        batch.append(text)
        size += len(text)
    if batch:
        close()
    return table, files


def named(text: str, folder: str) -> SearchFile:
    """Name a file by its content, so that it may be kept for ever."""
    raw = text.encode()
    return SearchFile(f"{folder}/{hashlib.sha256(raw).hexdigest()[:8]}.json", raw)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def search_files(docs: Iterable[Document], platform: Platform) -> Iterator[SearchFile]:
    """Give every file the browser's search loads, one at a time; `zoek/manifest.json` names the others."""
    vocabulary = platform.vocabulary
    index = Index(vocabulary, own_words(vocabulary, (p.titel for p in platform.library.paginas)))
    collections = {c.slug: c.naam for c in COLLECTIES.values()} | {"gemeenten": "Gemeenten", "overzichten": "Overzichten en hulpmiddelen"}
    columns = Columns(("collectie", *FACETS), facet_names(platform.library) | {"collectie": collections})
    version = hashlib.sha256()
    cards: list[str] = []
    for number, d in enumerate(docs):
        index.add(d)
        columns.add(d)
        cards.append(_compact({"s": d.slug, "a": d.adres, "t": d.titel, "k": d.soort, "p": d.plaats, "j": d.wanneer, "v": d.samenvatting, "o": list(d.anders)}))
        if d.alineas:
            paragraphs = _compact(list(d.alineas)).encode()
            version.update(paragraphs)
            yield SearchFile(f"zoek/p/{number}.json", paragraphs)
    for first in range(0, len(cards), CARDS_A_FILE):
        together = f"[{','.join(cards[first:first + CARDS_A_FILE])}]".encode()
        version.update(together)
        yield SearchFile(f"zoek/k/{first // CARDS_A_FILE}.json", together)
    table, files = shards(index.entries(), "zoek/t")
    yield from files
    lengths: dict[int, list[str]] = {}
    for word in index.woorden:
        lengths.setdefault(len(word), []).append(word)
    lists = {length: named(" ".join(found), "zoek/w") for length, found in sorted(lengths.items())}
    parts = named(" ".join(sorted(index.splitter.used)), "zoek/w")
    facets = named(_compact(columns.data), "zoek/f")
    yield from (*lists.values(), parts, facets)
    taal = vocabulary.taal
    names = {name for s in vocabulary.synoniemen for name in (s.naam, *s.synoniemen, *s.verwant)}
    manifest = {"documenten": index.documents, "versie": version.hexdigest()[:8], "kaarten": CARDS_A_FILE, "velden": list(FIELDS), "scherven": table,
                "delen": _stem_of(parts), "facetten": _stem_of(facets),
                "woorden": {str(length): _stem_of(file) for length, file in lists.items()},
                "stop": list(taal.stopwoorden), "vraag": list(taal.vraagwoorden), "onregelmatig": dict(taal.onregelmatig),
                "synoniemen": [[s.naam, list(s.synoniemen), list(s.verwant)] for s in vocabulary.synoniemen],
                "ongebruikt": sorted(name for name in names if not index.has(name))}
    yield SearchFile("zoek/manifest.json", _compact(manifest).encode())


def _stem_of(file: SearchFile) -> str:
    return file.adres.rsplit("/", 1)[1].removesuffix(".json")


class Columns:
    """For each facet its values and, a document at a time, which of them it has: a number, a list of them, or -1."""

    def __init__(self, facets: Iterable[str], names: dict[str, dict[str, str]]) -> None:
        self._names = names
        # Values come in the order of the vocabulary, so that lists of them read as everywhere else.
        self._values: dict[str, dict[str, int]] = {facet: {slug: i for i, slug in enumerate(names[facet])} for facet in facets}
        self._rows: dict[str, list[int | list[int]]] = {facet: [] for facet in self._values}

    def add(self, document: Document) -> None:
        for facet, values in self._values.items():
            own = (document.collectie,) if facet == "collectie" else document.facetten.get(facet, ())
            numbers = [values.setdefault(v, len(values)) for v in own]
            self._rows[facet].append(numbers[0] if len(numbers) == 1 else numbers or -1)

    @property
    def data(self) -> dict[str, list[object]]:
        """Give for each facet `[[[slug, name], …], rows]`."""
        return {facet: [[[value, self._names[facet].get(value, value)] for value in values], self._rows[facet]] for facet, values in self._values.items()}
