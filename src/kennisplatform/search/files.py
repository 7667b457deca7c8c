"""The files the browser's search loads: shards, names, cards, words, facets, and the manifest that
names them.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import math
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

from kennisplatform.model.facets import FACETS
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.site import NAMES, TERMS, VALUES, WORDS, SearchDocument, SiteFile
from kennisplatform.model.vocabulary import Synoniem, Taal
from kennisplatform.search.analysis import words
from kennisplatform.search.compounds import SHORTEST
from kennisplatform.search.index import Index, own_words
from kennisplatform.search.weights import BOOSTS, COVER, FIRST, KIND, MENDED, OWN, WAYS

SHARD_BYTES = 20_000
"""A shard is closed at this many bytes of JSON: about 6 kB over the wire."""
WORDS_A_FILE = 2000
"""Words that come together, in the order of the alphabet: about 7 kB over the wire."""
CARDS_A_FILE = 32
"""Cards that come together: about 4 kB over the wire. Ten answers of a large site lie in as many
files, but the next questions need fewer and fewer.
"""

LEADING = {facet.map: facet for facet in FACETS.values() if facet.leidt}
DICTIONARY = sorted((Path(__file__).parent / "dictionary").glob("*.txt"))
"""Words of Dutch and English by their first letter, so that none is taken for a mistake; made by
scripts/bundels.
"""

Way = tuple[tuple[str, ...], str, str]
"""A way to say something: its terms, all of which a document must have, its kind as in WAYS, and
the name itself.
"""


def shards(
    entries: Iterable[tuple[str, str]], folder: str
) -> tuple[list[list[str]], list[SiteFile]]:
    """Cut the entries, in the order of their terms, into files of about SHARD_BYTES; give [first
    term, name] of each.
    """
    table: list[list[str]] = []
    files: list[SiteFile] = []
    batch: list[str] = []
    first, size = "", 0

    def close() -> None:
        nonlocal size
        file = named(f"{{{','.join(batch)}}}", folder)
        table.append([first, _stem_of(file)])
        files.append(file)
        batch.clear()
        size = 0

    for term, text in entries:
        if batch and size + len(text) > SHARD_BYTES:
            close()
        if not batch:
            first = term
        batch.append(text)
        size += len(text)
    if batch:
        close()
    return table, files


def ways(synonyms: Iterable[Synoniem], index: Index) -> dict[str, list[Way]]:
    """Give for each name of the vocabulary, by its terms, the name itself and the other ways to say
    it that a document has, the nearest first.
    """
    groups = [((s.naam, *s.synoniemen), s.verwant) for s in synonyms]
    terms = {
        name: tuple(dict.fromkeys(index.telling(name)))
        for same, related in groups
        for name in (*same, *related)
    }
    there = {name for name, own in terms.items() if index.has(own)}
    found: dict[str, dict[tuple[str, ...], Way]] = {}

    def say(name: str, others: Iterable[str], kind: str) -> None:
        own = found.setdefault(
            " ".join(index.terms_of(name)), {terms[name]: (terms[name], "woord", name)}
        )
        for other in others:
            if other in there:
                own.setdefault(terms[other], (terms[other], kind, other))

    for same, _ in groups:
        for name in same:
            say(name, same, "synoniem")
    for same, related in groups:
        for name in same:
            say(name, related, "verwant")
        for name in related:
            say(name, same, "verwant")
    return {name: list(own.values()) for name, own in found.items()}


@dataclass(frozen=True, slots=True)
class Posting:
    """A term of the index as bundles need it."""

    text: str
    """The term and its entry, as JSON."""
    documents: array[int]
    weights: array[int]
    """What the term weighs in each of them over all fields, in thousandths."""

    @classmethod
    def read(cls, text: str, entry: list[Any]) -> Posting:
        sums: dict[int, int] = {}
        for _, distances, weights in entry[1:]:
            for document, weight in zip(accumulate(distances), weights, strict=True):
                sums[document] = sums.get(document, 0) + weight
        return cls(text, array("I", sums.keys()), array("I", sums.values()))


class Bundle:
    """All that a name in a question needs, in one file: the other ways to say it, the postings of
    their terms and its own, and its best cards.
    """

    def __init__(self, name: str, ways: list[Way], index: Index, pages: Sequence[int]) -> None:
        self.name = name
        self._leading = pages[:1]
        self._said = ways[0][2]
        own = name.split()
        parts = tuple(index.parts(own[0])) if len(own) == 1 else ()
        self._ways = [*ways, (parts, "delen", name)] if len(parts) > 1 else ways
        self._others = ways[1:]
        self.terms = dict.fromkeys(
            (*own, *parts, *chain.from_iterable(terms for terms, _, _ in ways))
        )

    def best(self, postings: Mapping[str, Posting]) -> list[int]:
        """Give the documents a browser shows first when it is asked for the name alone (motor.js):
        the page of that name, then by weight, for a relation times what it covers.
        """
        ways = [(terms, kind) for terms, kind, _ in self._ways if all(t in postings for t in terms)]
        weights: dict[str, float] = {}
        for terms, kind in ways:
            for term in terms:
                weights[term] = max(weights.get(term, 0), WAYS[kind] / math.sqrt(len(terms)))

        def having(related: bool) -> set[int]:
            return {
                d
                for terms, kind in ways
                if (kind == "verwant") == related
                for d in set.intersection(*(set(postings[t].documents) for t in terms))
            }

        equal = having(related=False)
        sums = dict.fromkeys(equal | having(related=True), 0.0)
        for term, weight in weights.items():
            own = dict(zip(postings[term].documents, postings[term].weights, strict=True))
            for document in own.keys() & sums.keys():
                sums[document] += own[document] * weight
        power = COVER["macht"]
        cover = {True: COVER["heel"] ** power, False: COVER["verwant"] ** power}
        for document in sums:
            sums[document] *= cover[document in equal] * (OWN if document in self._leading else 1)
        return heapq.nsmallest(FIRST, sums, key=lambda document: (-sums[document], document))

    def text(self, postings: Mapping[str, Posting], cards: Sequence[str]) -> str:
        shown = ",".join(
            f'"{document}":{cards[document]}' for document in sorted(self.best(postings))
        )
        found = ",".join(postings[term].text for term in self.terms if term in postings)
        return (
            f'{{"naam":{compact(self._said)},"manieren":{compact(self._others)},'
            f'"postings":{{{found}}},"kaarten":{{{shown}}}}}'
        )


def _kept(
    entries: Iterable[tuple[str, list[Any]]], needed: Container[str], kept: dict[str, Posting]
) -> Iterator[tuple[str, str]]:
    """Write the entries as JSON and hand them on; keep those that are needed."""
    for term, entry in entries:
        text = f"{compact(term)}:{compact(entry)}"
        if term in needed:
            kept[term] = Posting.read(text, entry)
        yield term, text


def compact(value: object) -> str:
    """Give the shortest JSON of a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def named(text: str, folder: str) -> SiteFile:
    """Name a file by its content, so that it may be kept for ever."""
    raw = text.encode()
    return SiteFile(f"{folder}/{hashlib.sha256(raw).hexdigest()[:8]}.json", raw)


def search_files(docs: Iterable[SearchDocument], platform: Platform) -> Iterator[SiteFile]:
    """Give every file the browser's search loads, one at a time; `zoek/manifest.json` names the
    others.
    """
    vocabulary = platform.vocabulary
    index = Index(vocabulary, own_words(vocabulary, (p.titel for p in platform.library.pages)))
    known = {f.slug: platform.relations.names(f.slug) for f in FACETS.values() if f.filtert}
    known["collectie"] |= {"gemeenten": "Gemeenten", "overzichten": "Overzichten en hulpmiddelen"}
    columns = Columns(known)
    kinds, own = Kinds(index), OwnPages(index)
    version = hashlib.sha256()
    cards: list[str] = []
    for number, d in enumerate(docs):
        index.add(d)
        columns.add(d.facets, d.komt_tot)
        kinds.add(number, d)
        own.add(number, d)
        cards.append(_shown(d))
        if d.paragraphs:
            whole = f"[{cards[-1]},{compact(list(d.paragraphs))}]".encode()
            version.update(whole)
            yield SiteFile(f"zoek/p/{number}.json", whole)
    for first in range(0, len(cards), CARDS_A_FILE):
        together = f"[{','.join(cards[first : first + CARDS_A_FILE])}]".encode()
        version.update(together)
        yield SiteFile(f"zoek/k/{first // CARDS_A_FILE}.json", together)
    bundles = [
        Bundle(name, found, index, own.pages.get(" ".join(found[0][0]), ()))
        for name, found in ways(vocabulary.synoniemen, index).items()
    ]
    postings: dict[str, Posting] = {}
    terms = {term for bundle in bundles for term in bundle.terms}
    table, files = shards(_kept(index.entries(), terms, postings), TERMS)
    names = {bundle.name: named(bundle.text(postings, cards), NAMES) for bundle in bundles}
    yield from (*files, *names.values())
    lists = _by_length(index.words)
    alphabet, in_order = _in_order(index.words)
    dictionary = {file.stem: named(file.read_text("utf-8").strip(), WORDS) for file in DICTIONARY}
    parts = named(" ".join(sorted(index.splitter.used)), WORDS)
    facets = named(compact(columns.data), VALUES)
    yield from (*lists.values(), *in_order, *dictionary.values(), parts, facets)
    manifest = {
        "documenten": index.documents,
        "versie": version.hexdigest()[:8],
        "kaarten": CARDS_A_FILE,
        "velden": list(BOOSTS),
        "gewichten": WAYS | {"hersteld": MENDED},
        "kortste": SHORTEST,
        "dekking": COVER,
        "soort": KIND,
        "soorten": kinds.spans,
        "eigen": OWN,
        "bladen": own.pages,
        "eerste": FIRST,
        "scherven": table,
        "delen": _stem_of(parts),
        "facetten": _stem_of(facets),
        "woorden": {str(length): _stem_of(file) for length, file in lists.items()},
        "alfabet": alphabet,
        "woordenboek": {letter: _stem_of(file) for letter, file in dictionary.items()},
        **_words_of(vocabulary.taal),
        "namen": {name: _stem_of(file) for name, file in names.items()},
    }
    yield SiteFile("zoek/manifest.json", compact(manifest).encode())


class Kinds:
    """The words for what a page is, each with the number of the first page of that kind and how
    many there are: they come one after another.
    """

    def __init__(self, index: Index) -> None:
        self._term = index.analyser.term
        self.spans: dict[str, list[int]] = {}

    def add(self, number: int, document: SearchDocument) -> None:
        if document.part:
            return
        folder = document.address.split("/")[0]
        collection = COLLECTIES.get(folder)
        for name in (folder, collection.enkelvoud if collection else document.soort):
            if len(found := words(name)) == 1:
                span = self.spans.setdefault(self._term(found[0]), [number, 0])
                span[1] = number + 1 - span[0]


class OwnPages:
    """The pages about one name (a municipality, a theme, an organisation), by its terms."""

    def __init__(self, index: Index) -> None:
        self._telling = index.telling
        self._found: dict[str, list[tuple[float, int]]] = {}

    def add(self, number: int, document: SearchDocument) -> None:
        facet = LEADING.get(document.address.split("/")[0])
        if document.part or not facet:
            return
        others = (name for name, _ in document.other_names)
        for name in (document.titel, *document.texts.get("termen", ()), *others):
            here = self._found.setdefault(" ".join(self._telling(name)), [])
            if number not in (n for _, n in here):
                here.append((-facet.gewicht, number))

    @cached_property
    def pages(self) -> dict[str, list[int]]:
        """Give their numbers, that which says most of a page first: a municipality before the
        province of the same name.
        """
        return {name: [number for _, number in sorted(here)] for name, here in self._found.items()}


def _words_of(taal: Taal) -> dict[str, object]:
    return {
        "stop": list(taal.stopwoorden),
        "vraag": list(taal.vraagwoorden),
        "onregelmatig": dict(taal.onregelmatig),
    }


def _shown(d: SearchDocument) -> str:
    """Write what is shown of a page in a list of answers."""
    return compact(
        {
            "s": d.slug,
            "a": d.address,
            "t": d.titel,
            "k": d.soort,
            "p": d.plaats,
            "j": d.wanneer,
            "v": d.samenvatting,
            "o": list(d.other_names),
        }
        | ({"d": list(d.documents)} if d.documents else {})
    )


def _by_length(words: Iterable[str]) -> dict[int, SiteFile]:
    lengths: dict[int, list[str]] = {}
    for word in words:
        lengths.setdefault(len(word), []).append(word)
    return {length: named(" ".join(found), WORDS) for length, found in sorted(lengths.items())}


def _in_order(words: list[str]) -> tuple[list[list[str]], list[SiteFile]]:
    """Cut the words, in their order, into files for whoever has typed only the begin of one; give
    [first word, name] of each.
    """
    pieces = [words[i : i + WORDS_A_FILE] for i in range(0, len(words), WORDS_A_FILE)]
    files = [named(" ".join(piece), WORDS) for piece in pieces]
    table = [[piece[0], _stem_of(file)] for piece, file in zip(pieces, files, strict=True)]
    return table, files


def _stem_of(file: SiteFile) -> str:
    return file.address.rsplit("/", 1)[1].removesuffix(".json")


class Columns:
    """For each facet its values and, a page at a time, which of them it has: a number, a list of
    them, or -1.
    """

    def __init__(self, names: dict[str, dict[str, str]]) -> None:
        self._names = names
        # Values come in the order of the vocabulary, so that lists of them read as everywhere else.
        self._values: dict[str, dict[str, int]] = {
            facet: {slug: i for i, slug in enumerate(known)} for facet, known in names.items()
        }
        self._rows: dict[str, list[int | list[int]]] = {facet: [] for facet in self._values}
        self._to_come: list[tuple[int, str]] = []

    def add(self, page: Mapping[str, Sequence[str]], comes_until: str) -> None:
        if comes_until:
            self._to_come.append((len(self._rows["wanneer"]), comes_until))
        for facet, values in self._values.items():
            numbers = [values.setdefault(v, len(values)) for v in page.get(facet, ())]
            self._rows[facet].append(numbers[0] if len(numbers) == 1 else numbers or -1)

    @property
    def data(self) -> dict[str, list[object]]:
        """Give for each facet `[[[slug, name], …], rows, label]`, with what a later day changes of
        the one that depends on it: `[[row, last day], …]`.
        """
        found: dict[str, list[object]] = {
            facet: [
                [[value, self._names[facet].get(value, value)] for value in values],
                self._rows[facet],
                FACETS[facet].naam,
            ]
            for facet, values in self._values.items()
        }
        found["wanneer"].append(self._to_come)
        return found
