"""Read every page of a content folder, as far as it was not read before."""

from __future__ import annotations

import pickle
import posixpath
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kennisplatform.content.beside import beside
from kennisplatform.content.frontmatter import Document, document_of
from kennisplatform.content.kept import Kept
from kennisplatform.content.markup import parse
from kennisplatform.content.references import Reading, site_address
from kennisplatform.content.sources import Found, Source
from kennisplatform.content.textfile import MAX_BYTES, read_bytes
from kennisplatform.content.validation import read_fields
from kennisplatform.model.facets import values_by_facet
from kennisplatform.model.findings import Finding
from kennisplatform.model.head import Location
from kennisplatform.model.library import IMAGES, Body, Value, shown_address
from kennisplatform.model.schema import PAGES_IN, Velden
from kennisplatform.model.vocabulary import Vocabulary

MANY_PAGES = 200
"""New pages of which a second process reads half."""
Told = tuple[Reading | None, list[Finding]]
"""A page as far as it could be read, and what is wrong in it."""
Beside = tuple[int, int] | str
"""What a page knows of a file beside it: the size of an image, the address of a document."""
ReadFrom = tuple[str, Path, str]
"""What a page was read from: the key of its bytes, its file, and how findings name that."""


class _Sound(NamedTuple):
    """A page as it was read: of one in which nothing is wrong, that is all there is to keep."""

    fields: dict[str, Any]
    lines: dict[Location, int]
    body: Body
    beside: list[Beside | None]
    """What lies at the end of each of its links, if that is no page."""
    velden: Velden
    values: tuple[Value, ...]
    by: bytes
    """The sum of the names by which the last two were found."""


class _Judged:
    """The vocabulary, and the pages in which nothing was wrong, at the last load of this process. A
    server loads time after time, and what was judged by the same need not be judged anew.
    """

    def __init__(self) -> None:
        self._means: Mapping[tuple[str, str], object] = {}
        self._beside: Mapping[str, Beside] = {}
        self.readings: dict[ReadFrom, Reading] = {}
        self.vocabularies: dict[str, Vocabulary] = {}
        """That one, by its key."""

    def take(
        self, means: Mapping[tuple[str, str], object], beside: Mapping[str, Beside]
    ) -> Mapping[ReadFrom, Reading]:
        """Give those that would be judged the same: by what names stand for, and by what lies
        beside them, by the names of the files.
        """
        changed = {name for name, _ in self._beside.items() ^ beside.items()}
        if not self._means.items() <= means.items():
            self.readings = {}
        elif changed:
            self.readings = {
                place: reading
                for place, reading in self.readings.items()
                if changed.isdisjoint(_names_beside(reading.body))
            }
        self._means, self._beside = means, beside  # also when what comes now is never judged
        return self.readings

    def forget(self) -> None:
        self._means, self._beside, self.readings, self.vocabularies = {}, {}, {}, {}


JUDGED = _Judged()


class PageOf(NamedTuple):
    """A page by its address."""

    address: str
    reading: Reading | None
    findings: list[Finding]


class Reader:
    """Reads the pages that were found, by a vocabulary, of which `by` is the key."""

    def __init__(self, found: Found, vocabulary: Vocabulary, by: str, kept: Kept) -> None:
        self._sources = found.sources
        self._vocabulary, self._by = vocabulary, by
        self._kept = kept
        self._names = {
            name: {s.slug for s in found.sources if only in ("", s.collectie.map)}
            for name, only in PAGES_IN.items()
        }
        sizes = {i.file.name: (i.width, i.height) for i in found.images}
        self._sizes = {_seen_from_page(name): size for name, size in sizes.items()}
        self._documents = {d.file.name: d.address for d in found.documents.values() if d}
        self._beside: dict[str, Beside] = {**sizes, **self._documents}
        self._one: dict[Value, Value] = {}
        """What pages have, each once: they share them."""
        self._keys: dict[str, str] = {}
        for source in found.sources:
            self._bytes(source)
        self._before = JUDGED.take(vocabulary.betekenissen, self._beside)

    def read_all(self) -> list[PageOf]:
        """Read every file that can be read, and tell what is wrong in it."""
        new = [s for s in self._sources if self._place(s) not in self._before]
        # A server that has the others does not read all that is kept for a few.
        if len(new) >= min(MANY_PAGES, len(self._sources)):
            self._kept.take(self._by)
            kept = {s.path for s in self._sources if self._kept.take(self._keys[s.path])}
            new = [s for s in new if s.path not in kept]
        half, others = (new[::2], new[1::2]) if len(new) >= MANY_PAGES else ([], [])
        told: dict[str, Told] = {}
        with beside(lambda: self._to_keep(half)) if half else nullcontext(list) as other_half:
            # What is kept of a page is taken below, to lie together, not among what reading took.
            told |= {s.path: page for s in others if (page := self._read(s))[1]}
            for key, value in other_half():
                self._kept.keep(key, value)
        told |= {s.path: self._read(s) for s in self._sources if s.path not in told}
        JUDGED.readings = {
            self._place(source): reading
            for source in self._sources
            # Of a list that could not be read nobody is told that a name is unknown.
            if (reading := told[source.path][0]) and reading.velden and not told[source.path][1]
        }
        return [PageOf(source.address, *told[source.path]) for source in self._sources]

    def _bytes(self, source: Source) -> tuple[bytes | None, list[Finding]]:
        """Read a file, and name what it says."""
        raw, findings = read_bytes(source.file, source.shown, MAX_BYTES)
        self._keys[source.path] = self._kept.key(source.collectie.map.encode(), raw or b"")
        return raw, findings

    def _place(self, source: Source) -> ReadFrom:
        return self._keys[source.path], source.file, source.shown

    def _to_keep(self, sources: Sequence[Source]) -> list[tuple[str, bytes]]:
        """Read pages only to keep what there is to keep of them."""
        for source in sources:
            self._read(source)
        keys = (self._keys[source.path] for source in sources)
        return [(key, value) for key in keys if (value := self._kept.taken(key)) is not None]

    def _read(self, source: Source) -> Told:
        if reading := self._before.get(self._place(source)):
            return reading, []
        told: list[Finding] = []
        if value := self._kept.taken(self._keys[source.path]):
            sound: _Sound = pickle.loads(value)  # sealed by this environment
            reading = self._taken(sound, source)
            if reading and sound.by == self._vocabulary.sum_of_names:
                return reading, []
        if reading is None:
            reading, told = self._read_page(source)
        if reading and reading.velden and not told:
            self._kept.keep(self._keys[source.path], self._to_take(reading, reading.velden))
        return reading, told

    def _to_take(self, reading: Reading, velden: Velden) -> bytes:
        document, body = reading.document, reading.body
        beside = self._found_by(body)
        by = self._vocabulary.sum_of_names
        sound = _Sound(document.fields, document.lines, body, beside, velden, reading.values, by)
        return pickle.dumps(sound)

    def _taken(self, sound: _Sound, source: Source) -> Reading | None:
        """Give a page that was kept, its fields judged anew by other names; None when that is not
        what reading the page would give.
        """
        if sound.beside != self._found_by(sound.body):
            return None
        document = Document(source.shown, sound.fields, sound.lines, "", 1)
        fields: Velden | None = sound.velden
        values = sound.values
        if sound.by != self._vocabulary.sum_of_names:
            fields, wrong = read_fields(document, source.collectie, self._vocabulary)
            if wrong or fields is None:
                return None
            values = values_by_facet(fields, self._vocabulary)
        values = tuple(self._one.setdefault(value, value) for value in values)
        return Reading(source, document, sound.body, fields, self._keys[source.path], values)

    def _found_by(self, body: Body) -> list[Beside | None]:
        return [self._beside.get(name) for name in _names_beside(body)]

    def _read_page(self, source: Source) -> Told:
        raw, findings = self._bytes(source)  # once more: it may be another than a moment ago
        if raw is None:
            return None, findings
        document, findings = document_of(raw, source.shown)
        if document is None:
            return None, findings
        fields, wrong = read_fields(document, source.collectie, self._vocabulary, self._names)
        body, unsafe = parse(
            document.body,
            source.shown,
            document.body_line,
            lambda target: site_address(target, source.collectie.map, self._documents),
            self._sizes,
            document.text,
            {_seen_from_page(a.file): str(a) for a in fields.afbeeldingen} if fields else {},
        )
        values = values_by_facet(fields, self._vocabulary) if fields else ()
        reading = Reading(source, document, body, fields, self._keys[source.path], values)
        return reading, findings + wrong + unsafe


def _names_beside(body: Body) -> list[str]:
    """Give the names of the files that links lead to."""
    return [_name_of(link.target) for link in body.links]


@cache
def _name_of(target: str) -> str:
    return posixpath.basename(posixpath.normpath(target.partition("#")[0]))


def _seen_from_page(image: str) -> str:
    return f"../../{shown_address(f'{IMAGES}/{image}')}"
