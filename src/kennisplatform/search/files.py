"""The files the browser's search loads: shards, pages, words, facets, and the manifest that names
them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from kennisplatform.content.kept import Kept
from kennisplatform.model.facets import FACETS
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.site import TERMS, VALUES, WORDS, SearchDocument, SiteFile, batches
from kennisplatform.model.vocabulary import Synoniem, Taal
from kennisplatform.search.analysis import words
from kennisplatform.search.compounds import SHORTEST
from kennisplatform.search.index import Index, as_text, distances, own_words, weight
from kennisplatform.search.learned import Learned
from kennisplatform.search.shards import mark, over_files, together
from kennisplatform.search.verbs import PARTICLES, strong_forms
from kennisplatform.search.weights import (
    BESIDE,
    BOOSTS,
    COVER,
    FEW,
    FIRST,
    K1,
    KIND,
    MENDED,
    OWN,
    WAYS,
    B,
)

WORDS_BYTES = 20_000
"""A file of words in the order of the alphabet: about 6 kB."""
DICTIONARY_BYTES = 40_000
"""The same of a dictionary, in which one word is looked up: about 12 kB."""
CARDS_A_FILE = 20
"""Cards of a catalogue in a file, after which it is closed: about 4 kB over the wire."""
ROOM = 4
"""Numbers for each document, at least. More would make postings longer, fewer would let more pages
take the number of another.
"""
CARDS_TOGETHER = 2**4
"""Numbers of the documents whose cards lie in one file: two to four, of which one is shown."""
LARGE = 2**16
"""Numbers that a site has from 8,192 documents on, where files count more than what an answer
loads.
"""
CARD_FILES = 2**10
"""Files of cards of such a site, at most."""
BASE = 24
"""Of the numbers that tell how long documents are."""
PIECE = 2**14
"""Numbers of the documents that one file knows of: two to four thousand documents."""

_SHORTEST = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

COLLECTIONS = {c.slug: c for c in COLLECTIES.values()}
"""By the folder of its pages on the site."""
LEADING = {facet.map: facet for facet in FACETS.values() if facet.leidt}
DICTIONARY = sorted((Path(__file__).parent / "dictionary").glob("*.txt"))
"""Words of Dutch and English by their first letter, so that none is taken for a mistake; made by
scripts/bundels.
"""


def cut(slugs: Iterable[str], most: int) -> Iterator[slice]:
    """Cut a list of pages in batches of so many and a few more."""
    place = 0
    for batch in batches(((slug, 1) for slug in slugs), most, int):
        yield slice(place, place := place + len(batch))


def _bits(docs: Sequence[SearchDocument]) -> int:
    """Give how many bits the numbers of documents have."""
    return (ROOM * len(docs)).bit_length()


def number_all(docs: Iterable[SearchDocument]) -> dict[int, SearchDocument]:
    """Give every document by its number, in that order.

    The number follows from the slug, so that it stays when others come and go, until there are
    twice as many; where two have the same, the later one takes the next that is free.
    """
    every = list(docs)
    bits = _bits(every)
    numbered: dict[int, SearchDocument] = {}
    for document in every:
        digits = hashlib.sha256(document.slug.encode()).hexdigest()
        number = int(digits[-4:] + digits[:4], 16) >> 32 - bits  # equal answers keep their order
        while number in numbered:
            number += 1
        numbered[number] = document
    return dict(sorted(numbered.items()))


def names(synonyms: Sequence[Synoniem], index: Index) -> dict[str, list[Any]]:
    """Give the names of the vocabulary, and which of them say the same or nearly so.

    Of each name its text and terms; where they are others, those of its telling words, none when no
    document has them.
    """
    groups = [((s.naam, *s.synoniemen), s.verwant) for s in synonyms]
    every = dict.fromkeys(name for same, related in groups for name in (*same, *related))
    rows = []
    for name in every:
        terms, telling = " ".join(index.terms_of(name)), list(dict.fromkeys(index.telling(name)))
        said = " ".join(telling) if index.has(telling) else ""
        rows.append([name, terms] if said == terms else [name, terms, said])
    places = {name: place for place, name in enumerate(every)}
    return {
        "namen": rows,
        "groepen": [
            [[places[n] for n in same], [places[n] for n in related]] for same, related in groups
        ],
    }


def _shorter(groups: Iterable[Sequence[Sequence[int]]]) -> list[list[list[int]]]:
    """Write a place as 0 when it is the next that was not there, for names come in the order of
    their groups; any other as one more.
    """
    known = 0

    def short(place: int) -> int:
        nonlocal known
        if place < known:
            return place + 1
        known += 1
        return 0

    return [[list(map(short, part)) for part in group] for group in groups]


def compact(value: object) -> str:
    """Give the shortest JSON of a value."""
    return _SHORTEST.encode(value)


def named(text: str, folder: str) -> SiteFile:
    """Name a file by its content, so that it may be kept for ever."""
    raw = text.encode()
    return SiteFile(f"{folder}/{hashlib.sha256(raw).hexdigest()[:8]}.json", raw)


def search_files(
    docs: Iterable[SearchDocument], platform: Platform, kept: Kept
) -> Iterator[SiteFile]:
    """Give every file the browser's search loads, one at a time; `zoek/manifest.json` names the
    others. `kept` has what was found out of words and texts before.
    """
    every, vocabulary = list(docs), platform.vocabulary
    yield from card_files(every)  # which lists want too, without waiting for the index
    numbered, version = number_all(every), hashlib.sha256()
    room = 1 << _bits(every)
    numbers_together = CARDS_TOGETHER if room < LARGE else room // CARD_FILES
    for file in _cards_together(numbered, numbers_together):
        version.update(file.content)
        yield file
    for d in every:
        version.update(d.body.texts[1] if d.body else b"")
    own_names = own_words(vocabulary, (p.titel for p in platform.library.pages))
    learned = Learned(kept, vocabulary, own_names)
    index = Index(vocabulary, own_names, learned, numbered)
    known = {f.slug: platform.relations.names(f.slug) for f in FACETS.values() if f.filtert}
    known["collectie"] |= {"gemeenten": "Gemeenten", "overzichten": "Overzichten en hulpmiddelen"}
    columns = Columns(known)
    kinds, own = Kinds(index), OwnPages(index)
    for number, d in numbered.items():
        columns.add(d.facets, d.komt_tot)
        kinds.add(d)
        own.add(number, d)
    numbers = list(numbered)
    documents = list(_all_documents(numbered, kinds.column, index))
    said = names(vocabulary.synoniemen, index)
    common = together(said["namen"], said["groepen"])
    tree, files = _terms(index, common)
    lists = _by_length(index.words)
    alphabet, in_order = _in_order(index.words, WORDS_BYTES)
    known_words = (word for file in DICTIONARY for word in file.read_text("utf-8").split())
    dictionary, of_dictionary = _in_order(known_words, DICTIONARY_BYTES)
    parts = named(" ".join(index.used), WORDS)
    begin, further = columns.in_pieces(known, list(_pieces(numbers)))
    facets = named(compact(begin), VALUES)
    yield from (
        *files,
        *lists.values(),
        *in_order,
        *of_dictionary,
        parts,
        facets,
        *further,
        *documents,
    )
    manifest = {
        "documenten": [stem_of(file) for file in documents],
        "kaarten": numbers_together,
        "grondtal": BASE,
        "versie": version.hexdigest()[:8],
        "velden": BOOSTS,
        "k1": K1,
        "b": B,
        "gewichten": WAYS | {"hersteld": MENDED},
        "kortste": SHORTEST,
        "voorzetsels": sorted(PARTICLES),
        "dekking": COVER,
        "soort": KIND,
        "soorten": kinds.words,
        "inhoud": kinds.of_content,
        "eigen": OWN,
        "bladen": own.pages,
        "eerste": FIRST,
        "weinig": FEW,
        "erbij": BESIDE,
        "boom": tree,
        "scherven": [stem_of(file) for file in files],
        "delen": stem_of(parts),
        "facetten": stem_of(facets),
        "filters": columns.chosen_from,
        "woorden": {str(length): stem_of(file) for length, file in lists.items()},
        "alfabet": alphabet,
        "woordenboek": dictionary,
        **_words_of(vocabulary.taal),
        "namen": said["namen"],
        "groepen": _shorter(said["groepen"]),
        "met_s": index.own_s,
    }
    learned.save(index.held)
    yield SiteFile("zoek/manifest.json", compact(manifest).encode())


def _cards_together(numbered: Mapping[int, SearchDocument], most: int) -> Iterator[SiteFile]:
    """Write of each document what an answer shows, the numbers of those it belongs with, and what
    it says beside its text; those of so many numbers together.
    """
    numbers_of = {d.slug: number for number, d in numbered.items()}
    for place, here in groupby(numbered, lambda number: number // most):
        cards = []
        for number in here:
            document = numbered[number]
            linked = [numbers_of[slug] for slug in document.linked[:BESIDE]]
            beside = f"{compact(linked)},{compact(list(document.paragraphs))}"
            cards.append(f'"{number}":[{_shown(document)},{beside}]')
        yield SiteFile(f"zoek/p/{place}.json", f"{{{','.join(cards)}}}".encode())


def _terms(index: Index, common: Mapping[str, str]) -> tuple[str, list[SiteFile]]:
    """Write what the index has of each term, and give the tree by which its file is found."""
    entries = index.entries()
    tree, texts = over_files(
        [(mark(term, common), f"{compact(term)}:{compact(entry)}") for term, entry in entries]
    )
    return tree, [named(f"{{{','.join(some)}}}", TERMS) for some in texts]


def _pieces(numbers: Sequence[int]) -> Iterator[slice]:
    """Cut documents in pieces of so many numbers: a page more changes one of them, and none grows
    with the site.
    """
    for _, places in groupby(range(len(numbers)), key=lambda place: numbers[place] // PIECE):
        first, *rest = places
        yield slice(first, first + 1 + len(rest))


def _all_documents(
    documents: Mapping[int, SearchDocument], kinds: Sequence[int], index: Index
) -> Iterator[SiteFile]:
    """Give what search knows of all documents together, in pieces of so many numbers."""
    numbers = list(documents)
    weights = [weight(document) for document in documents.values()]
    lengths = [index.held.documents[number][1] for number in numbers]
    for here in _pieces(numbers):
        each = sorted(set(weights[here]))
        by_field = zip(BOOSTS, zip(*lengths[here], strict=True), strict=True)
        yield named(
            compact(
                {
                    "nummers": as_text(distances(numbers[here])),
                    "soort": as_text(number + 1 for number in kinds[here]),
                    "gewichten": each,
                    "gewicht": as_text(map(each.index, weights[here])),
                    "lengtes": {name: _in_two(counts) for name, counts in by_field},
                }
            ),
            VALUES,
        )


def _in_two(lengths: Iterable[int]) -> list[str]:
    """Write numbers as how many times BASE they are, and what is left: of long texts no two are as
    long, and two signs of one byte are compressed better than one of two.
    """
    parts = [divmod(length, BASE) for length in lengths]
    return [as_text(part) for part in zip(*parts, strict=True)]


def card_table(slugs: Iterable[str]) -> list[tuple[int, str]]:
    """Give for each file with cards of catalogues the place of its first page, and its name."""
    every = list(slugs)
    return [
        (here.start, hashlib.sha256(every[here.start].encode()).hexdigest()[:8])
        for here in cut(every, CARDS_A_FILE)
    ]


def card_files(docs: Iterable[SearchDocument]) -> Iterator[SiteFile]:
    """Give the cards of all pages of collections, which come as catalogues list them."""
    listed = [d for d in docs if not d.part and d.address.split("/")[0] in COLLECTIONS]
    table = card_table(d.slug for d in listed)
    places = [place for place, _ in table] + [len(listed)]
    for (first, name), end in zip(table, places[1:], strict=True):
        together = ",".join(map(_shown, listed[first:end]))
        yield SiteFile(f"zoek/k/{name}.json", f"[{together}]".encode())


class Kinds:
    """The words for what a page is, each with the number of that kind."""

    def __init__(self, index: Index) -> None:
        self._term = index.term
        self._numbers: dict[str, int] = {}
        self.words: dict[str, int] = {}
        self.column: list[int] = []
        """The kind of each document; -1 for a part of the site."""
        self.of_content: list[int] = []
        """The kinds that are no lists of other pages."""

    def add(self, document: SearchDocument) -> None:
        if document.part:
            self.column.append(-1)
            return
        folder = document.address.split("/")[0]
        collection = COLLECTIONS.get(folder)
        if folder not in self._numbers:
            self._numbers[folder] = len(self._numbers)
            self.of_content += [self._numbers[folder]] if collection else []
        number = self._numbers[folder]
        self.column.append(number)
        for name in (folder, collection.enkelvoud if collection else document.soort):
            if len(found := words(name)) == 1:
                self.words.setdefault(self._term(found[0]), number)


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
        # What is said of a verb that means nothing in a question, means nothing in another form.
        "vraag": [
            form for word in taal.vraagwoorden for form in (word, *strong_forms().get(word, ()))
        ],
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


def _in_order(entries: Iterable[str], most: int) -> tuple[list[list[str]], list[SiteFile]]:
    """Cut words, in their order, into files; give [first word, name] of each."""
    table: list[list[str]] = []
    files: list[SiteFile] = []
    for batch in batches(((word, word) for word in entries), most, len):
        files.append(named(" ".join(word for word, _ in batch), WORDS))
        table.append([batch[0][0], stem_of(files[-1])])
    return table, files


def stem_of(file: SiteFile) -> str:
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
    def chosen_from(self) -> dict[str, str]:
        """Give what the facets are called of which pages have more than one value."""
        used = {
            facet: {v for row in rows for v in (row if isinstance(row, list) else [row])} - {-1}
            for facet, rows in self._rows.items()
        }
        return {facet: FACETS[facet].naam for facet, values in used.items() if len(values) > 1}

    def in_pieces(
        self, facets: Iterable[str], pieces: Sequence[slice]
    ) -> tuple[dict[str, object], list[SiteFile]]:
        """Give some facets with the rows of the first piece and the names of the files with those
        of the others, and these files.
        """
        first, *more = pieces
        whole, wanted = self._data(first), list(facets)
        further = [
            named(compact({facet: self._rows[facet][here] for facet in wanted}), VALUES)
            for here in more
        ]
        begin = {facet: whole[facet] for facet in wanted}
        return {"kolommen": begin, "delen": [stem_of(file) for file in further]}, further

    def _data(self, here: slice) -> dict[str, list[object]]:
        """Give for each facet `[[[slug, name], …], rows, label]`, with what a later day changes of
        the one that depends on it: `[[row, last day], …]`. Rows only of some pages.
        """
        found: dict[str, list[object]] = {
            facet: [
                [[value, self._names[facet].get(value, value)] for value in values],
                self._rows[facet][here],
                FACETS[facet].naam,
            ]
            for facet, values in self._values.items()
        }
        found["wanneer"].append(self._to_come)
        return found
