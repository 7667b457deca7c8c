"""All pages and all findings of a content folder: load everything, then check how it hangs
together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kennisplatform.content.beside import beside
from kennisplatform.content.frontmatter import Document, Location, read_document
from kennisplatform.content.kept import Kept
from kennisplatform.content.markup import cleaned, parse
from kennisplatform.content.platform_file import load_identity
from kennisplatform.content.references import (
    Reading,
    Targets,
    check_addresses,
    check_keywords,
    check_old_addresses,
    check_references,
    inside,
    site_address,
)
from kennisplatform.content.sources import ADDRESSES, VOCABULARY, Found, Source, find_sources
from kennisplatform.content.textfile import MAX_BYTES, read_bytes
from kennisplatform.content.validation import read_fields
from kennisplatform.content.vocabulary_files import load_vocabulary
from kennisplatform.content.zelfscan_file import load_zelfscan
from kennisplatform.model.findings import Finding, errors
from kennisplatform.model.library import IMAGES, Body, Library, Page, shown_address
from kennisplatform.model.schema import PAGES_IN, Instrument
from kennisplatform.model.vocabulary import Vocabulary

MANY_PAGES = 200
"""New pages from which half are read in a second process."""
Sizes = Mapping[str, tuple[int, int]]
"""Width and height in pixels of each image, by its address in the site as seen from a page."""


@dataclass(frozen=True, slots=True)
class _Sound:
    """A page as it was read: of one in which nothing is wrong, that is all there is to keep."""

    fields: dict[str, Any]
    lines: list[tuple[Location, int]]
    body: Body
    beside: list[tuple[tuple[int, int] | None, str | None]]
    """What its links lead to that is no page: the size of an image, the address of a document."""


_SOUND = TypeAdapter(_Sound)


def load_library(
    content: Path,
    shown: str,
    defaults: Path | None = None,
    drafts: bool = False,
    cache: Path | None = None,
) -> Library:
    """Read a content folder; `shown` is how findings name it, `defaults` the project's own, from
    which a missing vocabulary/, platform.yml or zelfscan.yml is taken. `cache` is a folder for what
    need not be read again.

    Never stops at a problem: a page with an error is left out and its findings are kept.
    Raises FileNotFoundError when there is no such folder.
    """
    if not content.is_dir():
        raise FileNotFoundError(content)
    vocabulary, findings = _read_vocabulary(content, shown, defaults)
    found = find_sources(content, shown)
    sources, images, refused = found.sources, found.images, found.findings
    names = {s.slug: s.collectie.map for s in sources}
    identity, problems = load_identity(content, shown, defaults, names)
    instruments = [name for name, folder in names.items() if folder == Instrument.collectie]
    zelfscan, more = load_zelfscan(content, shown, defaults, vocabulary, instruments)
    findings += problems + more + refused

    kept = Kept(cache, content)
    read, wrong = _read_pages(found, vocabulary, kept)
    kept.save()
    _add_refused(refused, sources, wrong)
    good = _without_errors((d.page for d in read), wrong)
    hidden = {slug for slug, p in good.items() if not drafts and p.velden.concept == "ja"}
    known = Targets.of(found, read, hidden)
    for draft in read:
        wrong[draft.source.address] += _check_references(draft, known)
    findings += chain.from_iterable(wrong.values())
    linked = {inside(link.target, d.source.collectie.map) for d in read for link in d.body.links}
    fields = [d.velden.documenten for d in read if d.velden]
    named = {one.bestand for documents in fields for one in documents}
    findings += [
        told
        for path, told in found.misplaced.items()
        if path not in linked and path.rpartition("/")[2] not in named
    ]
    sound = _without_errors(good.values(), wrong)
    published = sound.keys() - hidden
    findings += check_old_addresses([d for d in read if d.source.slug in published], sources)
    findings += check_keywords(d for d in read if d.source.slug in sound)
    leading = _addresses(sources, good, hidden)
    findings += check_addresses(content / ADDRESSES, f"{shown}/{ADDRESSES}", leading)
    pages = sorted(sound.values(), key=lambda p: (p.collectie.map, p.slug))
    shown_pages = tuple(p for p in pages if p.slug not in hidden)
    drafted = tuple(sound[slug] for slug in sorted(sound.keys() & hidden))
    unseen = _images_of(drafted) - _images_of(shown_pages)
    blocking = set(errors(findings))
    return Library(
        shown_pages,
        vocabulary,
        identity,
        tuple(sorted(blocking)),
        tuple(i for i in images if i.file.name not in unseen),
        tuple(d for d in found.documents.values() if d),
        drafted,
        _in_order(wrong),
        zelfscan,
        tuple(sorted(set(findings) - blocking)),
    )


def _read_vocabulary(
    content: Path, shown: str, defaults: Path | None
) -> tuple[Vocabulary, list[Finding]]:
    home, named = content, shown
    if defaults and not (content / VOCABULARY).is_dir():
        home, named = defaults, str(defaults)
    return load_vocabulary(
        home / VOCABULARY, f"{named}/{VOCABULARY}", defaults and defaults / VOCABULARY
    )


def _in_order(wrong: Mapping[str, list[Finding]]) -> dict[str, tuple[Finding, ...]]:
    return {
        address: tuple(sorted(set(found)))
        for address, found in sorted(wrong.items())
        if errors(found)
    }


def _images_of(pages: Iterable[Page]) -> set[str]:
    """Name the images that pages show."""
    return {link.target.rpartition("/")[2] for p in pages for link in p.body.links if link.image}


class _Judged:
    """The pages in which nothing was wrong at the last load of this process. A server loads time
    after time, and what was judged by the same vocabulary need not be judged anew.
    """

    def __init__(self) -> None:
        self._by = ""
        self.readings: dict[tuple[str, Path, str], Reading] = {}

    def take(self, by: str) -> Mapping[tuple[str, Path, str], Reading]:
        """Give them when they were judged by the same; `by` is what they will be judged by now."""
        self._by, same = by, self._by == by
        return self.readings if same else {}


_judged = _Judged()


def _read_pages(
    found: Found, vocabulary: Vocabulary, kept: Kept
) -> tuple[list[Reading], dict[str, list[Finding]]]:
    """Read every file that can be read, and tell by its address what is wrong in it."""
    names = {
        name: {s.slug for s in found.sources if only in ("", s.collectie.map)}
        for name, only in PAGES_IN.items()
    }
    sizes = {_seen_from_page(i.file.name): (i.width, i.height) for i in found.images}
    documents = {d.file.name: d.address for d in found.documents.values() if d}
    keys = {source.path: _key(source, kept) for source in found.sources}
    before = _judged.take(repr((vocabulary, sizes, documents)))

    def read(source: Source) -> tuple[Reading | None, list[Finding]]:
        key = keys[source.path]
        value = kept.take(key)
        taken = before.get((key, source.file, source.shown)) or _taken(
            value, source, vocabulary, sizes, documents
        )
        if taken:
            return taken, []
        reading, told = _read_page(source, vocabulary, names, sizes, documents)
        if reading and not told:
            kept.keep(key, _to_keep(reading, sizes, documents))
        return reading, told

    def read_half() -> list[tuple[str, bytes]]:
        for source in half:
            read(source)
        made = ((key, kept.take(key)) for key in (keys[source.path] for source in half))
        return [(key, value) for key, value in made if value is not None]

    new = [source for source in found.sources if kept.take(keys[source.path]) is None]
    half = new[::2] if len(new) >= MANY_PAGES else []
    elsewhere = {source.path for source in half}
    done: dict[str, tuple[Reading | None, list[Finding]]] = {}
    with beside(read_half) if half else nullcontext(list) as others:
        for source in found.sources:
            if source.path not in elsewhere:
                done[source.path] = read(source)
        for key, value in others():
            kept.keep(key, value)
    for source in half:
        done[source.path] = read(source)
    _judged.readings = {
        (keys[source.path], source.file, source.shown): reading
        for source in found.sources
        if (reading := done[source.path][0]) and not done[source.path][1]
    }
    ways = [(source.address, *done[source.path]) for source in found.sources]
    return [reading for _, reading, _ in ways if reading], {at: told for at, _, told in ways}


def _key(source: Source, kept: Kept) -> str:
    raw, _ = read_bytes(source.file, source.shown, MAX_BYTES)
    return kept.key(source.collectie.map.encode(), raw or b"")


def _to_keep(reading: Reading, sizes: Sizes, documents: Mapping[str, str]) -> bytes:
    document, beside = reading.document, _beside(reading.body, sizes, documents)
    sound = _Sound(document.fields, list(document.lines.items()), reading.body, beside)
    return _SOUND.dump_json(sound, ensure_ascii=True)


def _taken(
    kept: bytes | None,
    source: Source,
    vocabulary: Vocabulary,
    sizes: Sizes,
    documents: Mapping[str, str],
) -> Reading | None:
    """Judge anew what was kept of a page, for anybody may have written it; None when that is not
    what reading the page would give.
    """
    try:
        sound = _SOUND.validate_json(kept or b"")
    except ValidationError:
        return None
    document = Document(source.shown, sound.fields, dict(sound.lines), "", 1)
    fields, wrong = read_fields(document, source.collectie, vocabulary)
    same = sound.beside == _beside(sound.body, sizes, documents)
    if wrong or not same or cleaned(sound.body.html) != sound.body.html:
        return None
    return Reading(source, document, sound.body, fields)


def _beside(
    body: Body, sizes: Sizes, documents: Mapping[str, str]
) -> list[tuple[tuple[int, int] | None, str | None]]:
    names = [link.target.partition("#")[0].rpartition("/")[2] for link in body.links]
    return [(sizes.get(_seen_from_page(name)), documents.get(name)) for name in names]


def _seen_from_page(image: str) -> str:
    return f"../../{shown_address(f'{IMAGES}/{image}')}"


def _add_refused(
    refused: Iterable[Finding], sources: Iterable[Source], wrong: Mapping[str, list[Finding]]
) -> None:
    """Add what is wrong with a file to what is wrong in its page."""
    address = {s.shown: s.address for s in sources}
    for finding in refused:
        if finding.path in address:
            wrong[address[finding.path]].append(finding)


def _check_references(reading: Reading, known: Targets) -> list[Finding]:
    """Check where a page refers to; of one that was kept, the repairs have their place only when it
    is read again.
    """
    found = list(check_references(reading, known))
    if not found or reading.document.text.whole:
        return found
    document, _ = read_document(reading.source.file, reading.source.shown)
    return list(check_references(replace(reading, document=document or reading.document), known))


def _addresses(
    sources: Iterable[Source], good: Mapping[str, Page], hidden: Collection[str]
) -> set[str]:
    """Give every address that leads to a page, new and old."""
    own = {f"/{s.address}" for s in sources if s.slug not in hidden}
    return own.union(*(p.velden.oude_adressen for slug, p in good.items() if slug not in hidden))


def _without_errors(
    pages: Iterable[Page | None], wrong: Mapping[str, list[Finding]]
) -> dict[str, Page]:
    return {p.slug: p for p in pages if p is not None and not errors(wrong[p.address])}


def _read_page(
    source: Source,
    vocabulary: Vocabulary,
    pages: Mapping[str, Collection[str]],
    sizes: Sizes,
    documents: Mapping[str, str],
) -> tuple[Reading | None, list[Finding]]:
    document, findings = read_document(source.file, source.shown)
    if document is None:
        return None, findings
    fields, wrong = read_fields(document, source.collectie, vocabulary, pages)
    body, unsafe = parse(
        document.body,
        source.shown,
        document.body_line,
        lambda target: site_address(target, source.collectie.map, documents),
        sizes,
        document.text,
        {_seen_from_page(a.file): str(a) for a in fields.afbeeldingen} if fields else {},
    )
    return Reading(source, document, body, fields), findings + wrong + unsafe
