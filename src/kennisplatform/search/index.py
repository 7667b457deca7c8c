"""The lunr index, built by lunr.py from terms that are analysed already, and its cut into shards.

lunr scores a document by the weights of the query's terms only, divided by the
magnitude of the query vector. So an index put together from just the postings and
weights of the terms asked for answers exactly as the whole index would; a browser
needs to fetch only the shards those terms are in.
"""
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lunr.builder import Builder
from lunr.field_ref import FieldRef

from kennisplatform.search.analysis import Analyser, words
from kennisplatform.search.compounds import Splitter
from kennisplatform.search.documents import FIELDS, Document
from kennisplatform.vocabulary import Vocabulary

SHARD_BYTES = 24_000
"""A shard is closed at this many bytes of JSON: about 7 kB over the wire."""
_PARTS_OF = {"titel": "titeldelen", "zoektermen": "titeldelen", "termen": "titeldelen",
             "samenvatting": "delen", "koppen": "delen", "tekst": "delen"}


@dataclass(frozen=True)
class Index:
    """A built index and the words behind its terms."""

    builder: Builder
    analyser: Analyser
    splitter: Splitter
    delen: dict[str, tuple[str, ...]]
    """Terms inside each compound term."""
    woorden: frozenset[str]
    """All folded words, for suggestions."""


def own_words(vocabulary: Vocabulary, docs: Sequence[Document]) -> set[str]:
    """Collect the words of the site's own vocabulary: names, synonyms, topics, titles."""
    names = [e.naam for group in (vocabulary.aandachtsvelden, vocabulary.pijlers, vocabulary.soorten, vocabulary.doelgroepen, vocabulary.organisaties)
             for e in group]
    names += [name for s in vocabulary.synoniemen for name in (s.naam, *s.synoniemen)]
    found = {w for name in names for w in words(name)}
    found.update(w for d in docs if d.collectie != "gemeenten" for w in d.woorden["titel"])
    return found - set(vocabulary.taal.stopwoorden) - set(vocabulary.taal.vraagwoorden)


def build_index(docs: Sequence[Document], vocabulary: Vocabulary) -> Index:
    """Index documents by their place in the sequence ("0", "1", …)."""
    analyser = Analyser(vocabulary.taal)
    splitter = Splitter(own_words(vocabulary, docs), vocabulary.taal, analyser)
    builder = Builder()
    builder.ref("id")
    for name, boost in FIELDS.items():
        builder.field(name, boost)
    inside: dict[str, set[str]] = {}
    seen: set[str] = set()
    for number, document in enumerate(docs):
        terms: dict[str, list[str]] = {name: [] for name in FIELDS}
        for name, found in document.woorden.items():
            terms[name] = analyser.of_words(found)
            seen.update(found)
            if into := _PARTS_OF.get(name):
                for word in found:
                    if parts := splitter.parts(word):
                        terms[into] += parts
                        inside.setdefault(analyser.term(word), set()).update(parts)
        builder.add({"id": str(number), **terms})
    builder.build()
    return Index(builder, analyser, splitter, {t: tuple(sorted(p)) for t, p in inside.items()},
                 frozenset(w for w in seen if w not in analyser.stop and not w.isdigit()))


def serialized(index: Index) -> dict[str, object]:
    """Give the whole index in lunr's own format, to compare with."""
    builder = index.builder
    return {"version": "2.3.9", "fields": list(FIELDS),
            "fieldVectors": [[ref, vector.serialize()] for ref, vector in builder.field_vectors.items()],
            "invertedIndex": sorted(([term, posting] for term, posting in builder.inverted_index.items()), key=lambda e: e[0]), "pipeline": []}


def postings(index: Index) -> dict[str, list[object]]:
    """Give for each term, in order, `[parts, [field, [document, …], [weight, …]], …]`.

    Fields are numbers in the order of FIELDS, documents the distance to the one before,
    weights thousandths: lunr rounds its weights to three decimals.
    """
    number_of = {name: i for i, name in enumerate(FIELDS)}
    terms = {posting["_index"]: term for term, posting in index.builder.inverted_index.items()}
    found: dict[str, dict[int, list[tuple[int, int]]]] = {term: {} for term in sorted(index.builder.inverted_index)}
    for ref, vector in index.builder.field_vectors.items():
        at = FieldRef.from_string(ref)
        field, doc = number_of[at.field_name], int(at.doc_ref)
        elements = vector.serialize()
        for place in range(0, len(elements), 2):
            found[terms[elements[place]]].setdefault(field, []).append((doc, round(elements[place + 1] * 1000)))
    entries: dict[str, list[object]] = {}
    for term, by_field in found.items():
        entry: list[object] = [list(index.delen.get(term, ()))]
        for field in sorted(by_field):
            pairs = sorted(by_field[field])
            docs = [d for d, _ in pairs]
            entry.append([field, [b - a for a, b in zip([0, *docs], docs, strict=False)], [w for _, w in pairs]])
        entries[term] = entry
    return entries


@dataclass(frozen=True, slots=True)
class SearchFile:
    """A file of the index: its address below the site's root, and its bytes."""

    adres: str
    inhoud: bytes


def shards(entries: dict[str, list[object]], folder: str) -> tuple[list[list[str]], list[SearchFile]]:
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

    for term, entry in entries.items():
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
    return SearchFile(f"{folder}/{hashlib.sha256(raw).hexdigest()[:10]}.json", raw)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def search_files(docs: Sequence[Document], vocabulary: Vocabulary) -> Iterable[SearchFile]:
    """Give every file the browser's search loads; `zoek/manifest.json` names the others."""
    index = build_index(docs, vocabulary)
    table, files = shards(postings(index), "zoek/t")
    yield from files
    cards = [_compact({"s": d.slug, "a": d.adres, "t": d.titel, "k": d.soort, "p": d.plaats, "v": d.samenvatting, "x": list(d.alineas), "o": list(d.anders)})
             for d in docs]
    version = hashlib.sha256("\n".join(cards).encode()).hexdigest()[:10]
    for number, card in enumerate(cards):
        yield SearchFile(f"zoek/p/{version}/{number}.json", card.encode())
    lengths: dict[int, list[str]] = {}
    for word in sorted(index.woorden):
        lengths.setdefault(len(word), []).append(word)
    lists = {length: named(" ".join(found), "zoek/w") for length, found in sorted(lengths.items()) if length >= 3}
    yield from lists.values()
    parts = named(" ".join(sorted(index.splitter.used)), "zoek/w")
    yield parts
    facets = named(_compact(_facet_columns(docs)), "zoek/f")
    yield facets
    taal = vocabulary.taal
    manifest = {"documenten": len(docs), "velden": list(FIELDS), "scherven": table, "kaarten": version, "delen": _stem_of(parts), "facetten": _stem_of(facets),
                "woorden": {str(length): _stem_of(file) for length, file in lists.items()},
                "stop": list(taal.stopwoorden), "vraag": list(taal.vraagwoorden), "onregelmatig": dict(taal.onregelmatig),
                "synoniemen": [[s.naam, list(s.synoniemen), list(s.verwant)] for s in vocabulary.synoniemen]}
    yield SearchFile("zoek/manifest.json", _compact(manifest).encode())


def _stem_of(file: SearchFile) -> str:
    return file.adres.rsplit("/", 1)[1].removesuffix(".json")


def _facet_columns(docs: Sequence[Document]) -> dict[str, object]:
    """Give for each facet its values and, a document at a time, which of them it has, as numbers."""
    columns: dict[str, object] = {}
    for facet in ("collectie", *docs[0].facetten) if docs else ():
        values: dict[str, int] = {}
        rows: list[object] = []
        for d in docs:
            own = (d.collectie,) if facet == "collectie" else d.facetten.get(facet, ())
            numbers = [values.setdefault(v, len(values)) for v in own]
            rows.append(numbers[0] if len(numbers) == 1 else numbers or -1)
        columns[facet] = [list(values), rows]
    return columns
