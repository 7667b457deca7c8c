"""All pages and all findings of a content folder: load everything, then check how it hangs
together.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from kennisplatform.content.frontmatter import read_document
from kennisplatform.content.kept import Kept
from kennisplatform.content.platform_file import load_identity
from kennisplatform.content.reading import JUDGED, Reader
from kennisplatform.content.references import (
    Reading,
    Targets,
    address_of,
    check_addresses,
    check_keywords,
    check_old_addresses,
    check_references,
    inside,
    names_of_pages,
)
from kennisplatform.content.sources import ADDRESSES, VOCABULARY, Found, Source, find_sources
from kennisplatform.content.textfile import MAX_BYTES, read_bytes
from kennisplatform.content.vocabulary_files import FILES, load_vocabulary
from kennisplatform.content.zelfscan_file import load_zelfscan
from kennisplatform.model.findings import Finding, errors
from kennisplatform.model.library import Library, Page
from kennisplatform.model.schema import Instrument
from kennisplatform.model.vocabulary import Vocabulary


def load_library(
    content: Path,
    shown: str,
    defaults: Path | None = None,
    drafts: bool = False,
    cache: Path | None = None,
    copy_of: Path | None = None,
) -> Library:
    """Read a content folder; `shown` is how findings name it, `defaults` the project's own, from
    which a missing vocabulary/, platform.yml or zelfscan.yml is taken. `cache` is a folder for what
    need not be read again, `copy_of` the folder of which that is known when this is a copy of it.

    Never stops at a problem: a page with an error is left out and its findings are kept.
    Raises FileNotFoundError when there is no such folder.
    """
    if not content.is_dir():
        raise FileNotFoundError(content)
    kept = Kept(cache, copy_of or content)
    vocabulary, by, findings = _read_vocabulary(content, shown, defaults, kept)
    found = find_sources(content, shown)
    sources, images, refused = found.sources, found.images, found.findings
    told = Reader(found, vocabulary, by, kept).read_all()
    read = [reading for _, reading, _ in told if reading]
    wrong = {address: here for address, _, here in told}
    kept.save()
    names = names_of_pages(sources, read)
    identity, problems = load_identity(content, shown, defaults, names)
    folders = {s.slug: s.collectie.map for s in sources}
    instruments = {old: now for old, now in names.items() if folders[now] == Instrument.collectie}
    zelfscan, more = load_zelfscan(content, shown, defaults, vocabulary, instruments)
    findings += problems + more + refused
    _add_refused(refused, sources, wrong)
    good = _without_errors((d.page for d in read), wrong)
    hidden = {slug for slug, p in good.items() if not drafts and p.velden.concept == "ja"}
    known = Targets.of(found, read, hidden, names)
    for draft in read:
        wrong[draft.source.address] += _check_references(draft, known)
    findings += chain.from_iterable(wrong.values())
    findings += _unasked(found.misplaced, read)
    sound = _without_errors(good.values(), wrong)
    published = sound.keys() - hidden
    findings += check_old_addresses([d for d in read if d.source.slug in published], sources)
    findings += check_keywords(d for d in read if d.source.slug in sound)
    leading = _addresses(found, read, hidden)
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
    content: Path, shown: str, defaults: Path | None, kept: Kept
) -> tuple[Vocabulary, str, list[Finding]]:
    """Give the vocabulary, its key, and what is wrong in it."""
    home, named = content / VOCABULARY, f"{shown}/{VOCABULARY}"
    common = defaults and defaults / VOCABULARY
    if common and not home.is_dir():
        home, named = common, str(common)
    files = [folder / name for folder in (home, common) if folder for name in sorted(FILES)]
    by = kept.key(*(repr(read_bytes(file, named, MAX_BYTES)).encode() for file in files))
    if by in JUDGED.vocabularies:
        return JUDGED.vocabularies[by], by, []
    if value := kept.take(by):
        vocabulary, findings = pickle.loads(value), list[Finding]()  # sealed by this environment
    else:
        vocabulary, findings = load_vocabulary(home, named, common)
    if not findings:
        kept.keep(by, value or pickle.dumps(vocabulary))
        JUDGED.vocabularies = {by: vocabulary}
    return vocabulary, by, findings


def _in_order(wrong: Mapping[str, list[Finding]]) -> dict[str, tuple[Finding, ...]]:
    return {
        address: tuple(sorted(set(found)))
        for address, found in sorted(wrong.items())
        if errors(found)
    }


def _images_of(pages: Iterable[Page]) -> set[str]:
    """Name the images that pages show."""
    return {link.target.rpartition("/")[2] for p in pages for link in p.body.links if link.image}


def _unasked(misplaced: Mapping[str, Finding], read: Collection[Reading]) -> Iterator[Finding]:
    """Give what is told of a document that lies elsewhere, where no page is told of it."""
    if not misplaced:
        return
    linked = {inside(link.target, d.source.collectie.map) for d in read for link in d.body.links}
    named = {one.bestand for d in read if d.velden for one in d.velden.documenten}
    for path, told in misplaced.items():
        if path not in linked and path.rpartition("/")[2] not in named:
            yield told


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


def _addresses(found: Found, read: Iterable[Reading], hidden: Collection[str]) -> set[str]:
    """Give every address that leads to a page, new and old; what is wrong in that is told there."""
    own = {f"/{s.address}" for s in found.sources if s.slug not in hidden}
    own |= {address for path in found.nameless if (address := address_of(path))}
    return own.union(*(d.old_addresses for d in read if d.source.slug not in hidden))


def _without_errors(
    pages: Iterable[Page | None], wrong: Mapping[str, list[Finding]]
) -> dict[str, Page]:
    return {p.slug: p for p in pages if p is not None and not errors(wrong[p.address])}
