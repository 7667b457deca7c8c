"""Carry out every certain repair, and give front matter its one form."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path

from kennisplatform.content.copies import LINE_END, MOST_ROUNDS, Copies, Find, Mended
from kennisplatform.content.frontmatter import Document, read_document
from kennisplatform.content.kept import Kept
from kennisplatform.content.sources import MAX_LEVELS, walk
from kennisplatform.model.findings import Finding, errors
from kennisplatform.model.head import write_head
from kennisplatform.model.schema import COLLECTIES, FIELDS, LISTS


def mend(
    folders: Mapping[str, Path],
    pages: str,
    find: Find,
    asked_for: Callable[[str], bool],
    room: Path,
    formed: Kept,
) -> tuple[list[Mended], list[Finding]]:
    """Work out all repairs of files in `folders`, each by the name findings give it; `pages` is the
    name of the folder with pages.

    Also gives the errors that are left. Nothing is written but copies, in the folder `room`, and
    what is noted of pages that have the one form.

    """
    copies = Copies(folders, room)
    for _ in range(MOST_ROUNDS):
        found = [f for f in find(copies.folders) if asked_for(f.path)]
        if not copies.repair(found) and not _give_form(copies, pages, asked_for, formed):
            break
    formed.save()
    mended = sorted(copies.mended.items())
    return [entry for _, entry in mended if entry.before != entry.after], errors(found)


def _give_form(copies: Copies, pages: str, asked_for: Callable[[str], bool], formed: Kept) -> bool:
    changed = False
    for relative in _page_files(copies.folders[pages]):
        file, path, top = (
            copies.folders[pages] / relative,
            f"{pages}/{relative}",
            relative.split("/")[0],
        )
        before = file.read_bytes()
        key = formed.key(top.encode(), before)
        if formed.take(key) or not asked_for(path):
            continue
        document, wrong = read_document(file, path)
        if document is None or wrong:
            continue
        typed = before.decode("utf-8")
        text = in_form(document, typed, top)
        if text is None:
            formed.keep(key, b"1")
            continue
        entry = copies.put(path, text)
        again, wrong = read_document(file, path)
        if (
            again is None
            or wrong
            or filled(again.fields) != filled(document.fields)
            or again.body != document.body
        ):
            copies.put(path, typed)  # it would not be read as it is now, however that may be
            continue
        entry.form = _changed_lines(typed, text)
        changed = True
    return changed


def _page_files(content: Path) -> Iterator[str]:
    for file, place, link, _ in walk(content, MAX_LEVELS):
        top = place.partition("/")[0]
        if top in COLLECTIES and file.suffix == ".md" and file.is_file() and not link:
            yield place


def _changed_lines(before: str, after: str) -> tuple[int, int]:
    changes = [
        change
        for change in SequenceMatcher(
            None, before.splitlines(), after.splitlines(), autojunk=False
        ).get_opcodes()
        if change[0] != "equal"
    ]
    return changes[0][1] + 1, sum(
        max(change[2] - change[1], change[4] - change[3]) for change in changes
    )


def in_form(document: Document, typed: str, folder: str) -> str | None:
    """Give the text of a file with its front matter in the one form; None when it is, or when it
    would be read otherwise.

    `typed` is the text as it stands in the file, `document` what was read from it.

    """
    head = write_head(document.fields, COLLECTIES[folder].model, document.remarks)
    lines = LINE_END.finditer(typed)
    line_end = next(lines)
    whole = document.text.whole
    closing = whole.count("\n", 0, document.head.end) + 1
    ends = [line_end, *lines]
    start, end = line_end.end(), ends[closing - 2].end()
    before = LINE_END.sub("\n", typed[start:end])
    known = COLLECTIES[folder].model.model_fields
    if before == head or _loses(before, head, document) or _unsure(document, known):
        return None
    return typed[:start] + head.replace("\n", line_end[0]) + typed[end:]


def _loses(before: str, after: str, document: Document) -> bool:
    """Tell whether a letter or digit of a head is gone, but for the names of empty fields.

    It looks at the text itself: what a reader of YAML makes of nothing is no reason to lose it.
    """
    empty = [
        str(place[-1])
        for place in document.names
        if place[-1] in FIELDS and not any(_said(document.at(place)))
    ]
    lost = Counter(_letters(before)) - Counter(_letters(after))
    return bool(lost - Counter(_letters("".join(empty))))


def _unsure(document: Document, known: Collection[str]) -> bool:
    """Tell whether something may mean more than one thing, which another form would hide: lines
    that may each be a value of a list, what in a group is a name without a value ({waarde: 1,5}),
    and a field of a group that stands outside it.
    """
    if any(name in FIELDS and name not in known for name in document.fields):
        return True
    if any(
        len(place) > 1 and place[-1] not in FIELDS and document.at(place) is None
        for place in document.names
    ):
        return True
    whole = document.text.whole
    return any(
        isinstance(document.fields[name], str) and "\n" in whole[place.start : place.end].strip()
        for name in LISTS & document.fields.keys()
        for place in [document.values[(name,)]]
    )


def _letters(text: str) -> Iterator[str]:
    return filter(str.isalnum, unicodedata.normalize("NFC", text))


def _said(value: object) -> Iterator[str]:
    """Give every text within a value, and every name that no field has."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from (() if name in FIELDS else (name,))
            yield from _said(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner)
    elif value:
        yield str(value)


def filled(value: object) -> object:
    """Leave out what is empty, which says nothing; a name that no field has says something."""
    if isinstance(value, dict):
        return {
            key: inner
            for key, inner in ((key, filled(inner)) for key, inner in value.items())
            if inner or key not in FIELDS
        }
    if isinstance(value, list):
        return [inner for inner in map(filled, value) if inner]
    return value or None
