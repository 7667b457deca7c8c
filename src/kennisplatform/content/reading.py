"""Read every page of a content folder, as far as it was not read before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from kennisplatform.content.beside import beside
from kennisplatform.content.frontmatter import Document, Location, read_document
from kennisplatform.content.kept import Kept
from kennisplatform.content.markup import cleaned, parse
from kennisplatform.content.references import Reading, site_address
from kennisplatform.content.sources import Found, Source
from kennisplatform.content.textfile import MAX_BYTES, read_bytes
from kennisplatform.content.validation import read_fields
from kennisplatform.model.findings import Finding
from kennisplatform.model.library import IMAGES, Body, shown_address
from kennisplatform.model.schema import PAGES_IN
from kennisplatform.model.vocabulary import Vocabulary

MANY_PAGES = 200
"""New pages of which half are read in a second process."""
Told = tuple[Reading | None, list[Finding]]
"""A page as far as it could be read, and what is wrong in it."""
ReadFrom = tuple[str, Path, str]
"""What a page was read from: the key of its bytes, its file, and how findings name that."""


@dataclass(frozen=True, slots=True)
class _Sound:
    """A page as it was read: of one in which nothing is wrong, that is all there is to keep."""

    fields: dict[str, Any]
    lines: list[tuple[Location, int]]
    body: Body
    beside: list[tuple[tuple[int, int] | None, str | None]]
    """What its links lead to that is no page: the size of an image, the address of a document."""


_SOUND = TypeAdapter(_Sound)


class _Judged:
    """The pages in which nothing was wrong at the last load of this process. A server loads time
    after time, and what was judged by the same vocabulary need not be judged anew.
    """

    def __init__(self) -> None:
        self._by = ""
        self.readings: dict[ReadFrom, Reading] = {}

    def take(self, by: str) -> Mapping[ReadFrom, Reading]:
        """Give them when they were judged by the same; `by` is what they will be judged by now."""
        self._by, same = by, self._by == by
        return self.readings if same else {}

    def forget(self) -> None:
        self._by, self.readings = "", {}


JUDGED = _Judged()


class PageOf(NamedTuple):
    """A page by its address."""

    address: str
    reading: Reading | None
    findings: list[Finding]


class Reader:
    """Reads the pages that were found, by a vocabulary."""

    def __init__(self, found: Found, vocabulary: Vocabulary, kept: Kept) -> None:
        self._sources = found.sources
        self._vocabulary = vocabulary
        self._kept = kept
        self._names = {
            name: {s.slug for s in found.sources if only in ("", s.collectie.map)}
            for name, only in PAGES_IN.items()
        }
        self._sizes = {_seen_from_page(i.file.name): (i.width, i.height) for i in found.images}
        self._documents = {d.file.name: d.address for d in found.documents.values() if d}
        self._keys = {source.path: self._key(source) for source in found.sources}
        self._before = JUDGED.take(repr((vocabulary, self._sizes, self._documents)))

    def read_all(self) -> list[PageOf]:
        """Read every file that can be read, and tell what is wrong in it."""
        new = [s for s in self._sources if self._kept.take(self._keys[s.path]) is None]
        half = new[::2] if len(new) >= MANY_PAGES else []
        later = {source.path for source in half}
        told: dict[str, Told] = {}
        with beside(lambda: self._to_keep(half)) if half else nullcontext(list) as other_half:
            for source in self._sources:
                if source.path not in later:
                    told[source.path] = self._read(source)
            for key, value in other_half():
                self._kept.keep(key, value)
        told |= {source.path: self._read(source) for source in half}
        JUDGED.readings = {
            self._place(source): reading
            for source in self._sources
            if (reading := told[source.path][0]) and not told[source.path][1]
        }
        return [PageOf(source.address, *told[source.path]) for source in self._sources]

    def _key(self, source: Source) -> str:
        raw, _ = read_bytes(source.file, source.shown, MAX_BYTES)
        return self._kept.key(source.collectie.map.encode(), raw or b"")

    def _place(self, source: Source) -> ReadFrom:
        return self._keys[source.path], source.file, source.shown

    def _to_keep(self, sources: Sequence[Source]) -> list[tuple[str, bytes]]:
        """Read pages only to keep what there is to keep of them."""
        for source in sources:
            self._read(source)
        keys = (self._keys[source.path] for source in sources)
        return [(key, value) for key in keys if (value := self._kept.take(key)) is not None]

    def _read(self, source: Source) -> Told:
        key = self._keys[source.path]
        value = self._kept.take(key)
        reading = self._before.get(self._place(source)) or self._taken(value, source)
        if reading and value:
            return reading, []
        told: list[Finding] = []
        if reading is None:
            reading, told = self._read_page(source)
        if reading and not told:
            sound = _Sound(
                reading.document.fields,
                list(reading.document.lines.items()),
                reading.body,
                self._beside(reading.body),
            )
            self._kept.keep(key, _SOUND.dump_json(sound, ensure_ascii=True))
        return reading, told

    def _taken(self, kept: bytes | None, source: Source) -> Reading | None:
        """Judge anew what was kept of a page, for anybody may have written it; None when that is
        not what reading the page would give.
        """
        try:
            sound = _SOUND.validate_json(kept or b"")
        except ValidationError:
            return None
        document = Document(source.shown, sound.fields, dict(sound.lines), "", 1)
        fields, wrong = read_fields(document, source.collectie, self._vocabulary)
        same = sound.beside == self._beside(sound.body)
        if wrong or not same or cleaned(sound.body.html) != sound.body.html:
            return None
        return Reading(source, document, sound.body, fields)

    def _beside(self, body: Body) -> list[tuple[tuple[int, int] | None, str | None]]:
        names = [link.target.partition("#")[0].rpartition("/")[2] for link in body.links]
        return [(self._sizes.get(_seen_from_page(n)), self._documents.get(n)) for n in names]

    def _read_page(self, source: Source) -> Told:
        document, findings = read_document(source.file, source.shown)
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
        return Reading(source, document, body, fields), findings + wrong + unsafe


def _seen_from_page(image: str) -> str:
    return f"../../{shown_address(f'{IMAGES}/{image}')}"
