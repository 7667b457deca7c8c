"""The files the browser's search loads: shards, pages, words, facets, and the manifest that names
them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from kennisplatform.content.kept import Kept
from kennisplatform.model.facets import FACETS
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.site import TERMS, VALUES, WORDS, SearchDocument, SiteFile
from kennisplatform.model.vocabulary import Synoniem, Taal
from kennisplatform.search.analysis import words
from kennisplatform.search.compounds import SHORTEST
from kennisplatform.search.index import Index, distances, own_words
from kennisplatform.search.learned import Learned
from kennisplatform.search.verbs import PARTICLES, strong_forms
from kennisplatform.search.weights import BOOSTS, COVER, FIRST, K1, KIND, MENDED, OWN, WAYS, B

SHARD_BYTES = 5_000
"""A shard is closed after this many bytes: about 2 kB over the wire, so that a question loads few
terms that it does not ask for.
"""
WORDS_BYTES = 20_000
"""A file of words in the order of the alphabet: about 6 kB."""
CARDS_A_FILE = 20
"""Cards of a catalogue in a file, after which it is closed: about 4 kB over the wire."""
NUMBERS = 2**16
"""Numbers that documents get. More would make postings longer, fewer would let more pages take the
number of another.
"""

COLLECTIONS = {c.slug: c for c in COLLECTIES.values()}
"""By the folder of its pages on the site."""
LEADING = {facet.map: facet for facet in FACETS.values() if facet.leidt}
DICTIONARY = sorted((Path(__file__).parent / "dictionary").glob("*.txt"))
"""Words of Dutch and English by their first letter, so that none is taken for a mistake; made by
scripts/bundels.
"""

T = TypeVar("T")


def batches(
    entries: Iterable[tuple[str, T]], most: int, size: Callable[[T], int]
) -> Iterator[list[tuple[str, T]]]:
    """Cut entries, in their order, into batches of a certain size and a little more.

    The key of an entry says whether a batch may begin with it: so the cuts stay where they are
    when something is added, but for those beside it.
    """
    batch: list[tuple[str, T]] = []
    total = 0
    for key, value in entries:
        here = size(value)
        if here > most or (total >= most and crc32(key.encode()) % 8 == 0):
            if batch:
                yield batch
            batch, total = [], 0
        batch.append((key, value))
        total += here
    if batch:
        yield batch


def number_all(docs: Iterable[SearchDocument]) -> list[tuple[int, SearchDocument]]:
    """Give every document, in the order of its number.

    The number follows from the slug, so that it stays when others come and go; where two have the
    same, the later one takes the next that is free.
    """
    numbered: dict[int, SearchDocument] = {}
    for document in docs:
        number = int(hashlib.sha256(document.slug.encode()).hexdigest(), 16) % NUMBERS
        while number in numbered:
            number += 1
        numbered[number] = document
    return sorted(numbered.items())


def names(synonyms: Sequence[Synoniem], index: Index) -> dict[str, object]:
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


def compact(value: object) -> str:
    """Give the shortest JSON of a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_text(numbers: Iterable[int]) -> str:
    """Write each number as one character, from # on, past the surrogates: gzipped a sixth less than
    digits and commas.
    """
    characters = (number + ord("#") for number in numbers)
    return "".join(chr(c if c < 0xD800 else c + 0x800) for c in characters)


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
    own_names = own_words(vocabulary, (p.titel for p in platform.library.pages))
    learned = Learned(kept, vocabulary, own_names)
    index = Index(vocabulary, own_names, learned)
    known = {f.slug: platform.relations.names(f.slug) for f in FACETS.values() if f.filtert}
    known["collectie"] |= {"gemeenten": "Gemeenten", "overzichten": "Overzichten en hulpmiddelen"}
    columns = Columns(known)
    kinds, own = Kinds(index), OwnPages(index)
    version = hashlib.sha256()
    numbered = number_all(every)
    numbers_of = {d.slug: number for number, d in numbered}
    for number, d in numbered:
        index.add(d)
        columns.add(d.facets, d.komt_tot)
        kinds.add(d)
        own.add(number, d)
        linked = [numbers_of[slug] for slug in d.linked]
        whole = f"[{_shown(d)},{compact(list(d.paragraphs))},{compact(linked)}]".encode()
        version.update(whole)
        yield SiteFile(f"zoek/p/{number}.json", whole)
    learned.save()
    numbers = [number for number, _ in numbered]
    documents = named(
        compact(
            {
                "nummers": as_text(distances(numbers)),
                "soort": as_text(number + 1 for number in kinds.column),
                "gewicht": as_text(round(weight * 1000) for weight in index.weights),
                "lengtes": {name: as_text(found) for name, found in index.lengths.items()},
            }
        ),
        VALUES,
    )
    written = ((term, f"{compact(term)}:{compact(e)}") for term, e in index.entries(numbers))
    table, files = _in_order(written, SHARD_BYTES, TERMS, "{", ",", "}")
    lists = _by_length(index.words)
    alphabet, in_order = _in_order(((w, w) for w in index.words), WORDS_BYTES, WORDS, "", " ", "")
    dictionary = {file.stem: named(file.read_text("utf-8").strip(), WORDS) for file in DICTIONARY}
    parts = named(" ".join(index.used), WORDS)
    facets = named(compact(columns.data), VALUES)
    yield from (*files, *lists.values(), *in_order, *dictionary.values(), parts, facets, documents)
    manifest = {
        "documenten": _stem_of(documents),
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
        "scherven": table,
        "delen": _stem_of(parts),
        "facetten": _stem_of(facets),
        "filters": columns.chosen_from,
        "woorden": {str(length): _stem_of(file) for length, file in lists.items()},
        "alfabet": alphabet,
        "woordenboek": {letter: _stem_of(file) for letter, file in dictionary.items()},
        **_words_of(vocabulary.taal),
        **names(vocabulary.synoniemen, index),
        "met_s": index.own_s,
    }
    yield SiteFile("zoek/manifest.json", compact(manifest).encode())


def card_table(slugs: Iterable[str]) -> list[tuple[int, str]]:
    """Give for each file with cards of catalogues the place of its first page, and its name."""
    found: list[tuple[int, str]] = []
    place = 0
    for batch in batches(((slug, 1) for slug in slugs), CARDS_A_FILE, int):
        found.append((place, hashlib.sha256(batch[0][0].encode()).hexdigest()[:8]))
        place += len(batch)
    return found


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
        self._term = index.analyser.term
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


def _in_order(
    entries: Iterable[tuple[str, str]], most: int, folder: str, begin: str, between: str, end: str
) -> tuple[list[list[str]], list[SiteFile]]:
    """Cut texts, in the order of their keys, into files; give [first key, name] of each."""
    table: list[list[str]] = []
    files: list[SiteFile] = []
    for batch in batches(entries, most, len):
        files.append(named(f"{begin}{between.join(text for _, text in batch)}{end}", folder))
        table.append([batch[0][0], _stem_of(files[-1])])
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
    def chosen_from(self) -> dict[str, str]:
        """Give what the facets are called of which pages have more than one value."""
        used = {
            facet: {v for row in rows for v in (row if isinstance(row, list) else [row])} - {-1}
            for facet, rows in self._rows.items()
        }
        return {facet: FACETS[facet].naam for facet, values in used.items() if len(values) > 1}

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
