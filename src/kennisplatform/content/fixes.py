"""Carry out every certain repair and give front matter its one form; give a page another name, with
all that refers to it. Worked out in a copy, then written.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import NamedTemporaryFile

from kennisplatform.content.frontmatter import Document, read_document
from kennisplatform.content.kept import Kept
from kennisplatform.content.references import address_of
from kennisplatform.content.sources import ADDRESSES, MAX_LEVELS, walk
from kennisplatform.model.findings import Finding, Fix, Refused, errors
from kennisplatform.model.head import write_head, write_value
from kennisplatform.model.schema import COLLECTIES, FIELDS, LISTS

MOST_ROUNDS = 50
"""A repaired head may show what is wrong further on; nobody has written so much of it."""
_LINE_END = re.compile(r"\r\n|\r|\n")

OLD = "oude_adressen"

Find = Callable[[Mapping[str, Path]], list[Finding]]
"""Checks folders that stand in for others, each by the name that findings give it."""


@dataclass(slots=True)
class Mended:
    """A file with its repairs."""

    file: Path
    shown: str
    before: bytes
    after: bytes
    repairs: list[tuple[str, Fix]] = field(default_factory=list)
    """Each that was carried out, with the code of its finding."""
    form: tuple[int, int] | None = None
    """First line and number of lines that have another form."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """What renaming a page changes."""

    file: Path
    """The page as it is called until then."""
    files: list[Mended]
    """Each file with what is written in it, the page by its new name first."""
    leads_on: str
    """The address from which the site leads on, or empty."""
    left: list[Finding]
    """Errors that were not there and have no certain repair."""


def applied(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Carry out repairs on the text of a file, whatever its line ends; also give those that could
    be.

    What does not stand where a repair says, or overlaps with one before it, is left as it is.

    """
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    line_end = found[0] if (found := _LINE_END.search(text)) else "\n"
    parts, done, at = [], [], 0
    for fix in sorted(set(fixes)):
        *before, last = fix.old.split("\n")
        if fix.line + len(before) > len(starts):
            continue
        mark = text.startswith("\ufeff") and fix.line == 1  # no character of the line
        start = starts[fix.line - 1] + fix.column - 1 + mark
        end = starts[fix.line - 1 + len(before)] + len(last) if before else start + len(last)
        if start < at or _LINE_END.sub("\n", text[start:end]) != fix.old:
            continue
        parts += [text[at:start], fix.new.replace("\n", line_end)]
        done.append(fix)
        at = end
    return "".join((*parts, text[at:])), done


def in_form(document: Document, typed: str, folder: str) -> str | None:
    """Give the text of a file with its front matter in the one form; None when it is, or when it
    would be read otherwise.

    `typed` is the text as it stands in the file, `document` what was read from it.

    """
    head = write_head(document.fields, COLLECTIES[folder].model, document.remarks)
    lines = _LINE_END.finditer(typed)
    line_end = next(lines)
    whole = document.text.whole
    closing = whole.count("\n", 0, document.head.end) + 1
    ends = [line_end, *lines]
    start, end = line_end.end(), ends[closing - 2].end()
    before = _LINE_END.sub("\n", typed[start:end])
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
    copies, mended = _copied(folders, room), dict[str, Mended]()
    for _ in range(MOST_ROUNDS):
        found = [f for f in find(copies) if asked_for(f.path)]
        if not _repair(found, folders, copies, mended) and not _give_form(
            folders[pages], copies[pages], pages, asked_for, mended, formed
        ):
            break
    formed.save()
    return [
        mended[path] for path in sorted(mended) if mended[path].before != mended[path].after
    ], errors(found)


def _copied(folders: Mapping[str, Path], room: Path) -> dict[str, Path]:
    """Copy folders to work in; a file is the same one by another name until it is repaired, which
    takes no room for images.
    """
    copies = {name: room / str(number) for number, name in enumerate(folders)}
    for name, copy in copies.items():
        with suppress(shutil.Error):  # what cannot be copied cannot be read: no file of a page
            shutil.copytree(folders[name], copy, symlinks=True, copy_function=_link_or_copy)
    return copies


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        if os.path.isfile(source):
            shutil.copyfile(source, target)


def _repair(
    found: list[Finding],
    folders: Mapping[str, Path],
    copies: Mapping[str, Path],
    mended: dict[str, Mended],
) -> bool:
    """Carry out the certain repairs of one round in the copies; tell whether there were any."""
    certain: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.fix and finding.fix.certain:
            certain.setdefault(finding.path, []).append(finding)
    changed = False
    for path, findings in certain.items():
        name = next((name for name in folders if path.startswith(f"{name}/")), "")
        copy = copies[name] / path[len(name) + 1 :] if name else Path()
        if not name or not copy.is_file():
            continue
        codes = {finding.fix: finding.code for finding in findings if finding.fix}
        text, done = applied(copy.read_bytes().decode("utf-8"), codes)
        if done:
            _record(mended, path, folders[name] / path[len(name) + 1 :], copy, text).repairs += [
                (codes[fix], fix) for fix in done
            ]
            changed = True
    return changed


def _give_form(
    folder: Path,
    copy: Path,
    shown: str,
    asked_for: Callable[[str], bool],
    mended: dict[str, Mended],
    formed: Kept,
) -> bool:
    changed = False
    for relative in _page_files(copy):
        file, path, top = copy / relative, f"{shown}/{relative}", relative.split("/")[0]
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
        entry = _record(mended, path, folder / relative, file, text)
        again, wrong = read_document(file, path)
        if (
            again is None
            or wrong
            or filled(again.fields) != filled(document.fields)
            or again.body != document.body
        ):
            _replace(file, before)  # it would not be read as it is now, however that may be
            entry.after = before
            continue
        entry.form = _changed_lines(typed, text)
        changed = True
    return changed


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


def _page_files(content: Path) -> Iterator[str]:
    for file in walk(content, MAX_LEVELS):
        relative = file.relative_to(content).as_posix()
        if (
            relative.split("/")[0] in COLLECTIES
            and file.suffix == ".md"
            and file.is_file()
            and not file.is_symlink()
        ):
            yield relative


def _record(mended: dict[str, Mended], path: str, file: Path, copy: Path, text: str) -> Mended:
    """Put another text in the copy of a file, and note it."""
    entry = mended.setdefault(path, Mended(file, path, copy.read_bytes(), b""))
    entry.after = text.encode("utf-8")
    _replace(copy, entry.after)
    return entry


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


def write(mended: Mended) -> None:
    """Write a file as a whole or not at all, with the rights it has.

    Raises PermissionError when it may not be written, and FileExistsError when it is not what it
    was any more.
    """
    mode = _rights(mended.file, mended.before)
    with _not_stopped():  # whoever stops it, does so between two files
        _replace(mended.file, mended.after, mode)


def _rights(file: Path, before: bytes) -> int:
    """Give the rights of a file that is to be written; raises what `write` says."""
    status = file.lstat()
    if not status.st_mode & 0o222 or not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
    if not stat.S_ISREG(status.st_mode) or file.read_bytes() != before:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
    return stat.S_IMODE(status.st_mode)


@contextmanager
def _not_stopped() -> Iterator[None]:
    """Let who stops the process wait until this is done."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _replace(file: Path, data: bytes, mode: int = 0o644) -> None:
    """Put other bytes in the place of a file, in one step."""
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as new:
        try:
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
            os.chmod(new.name, mode)
            os.replace(new.name, file)
        except BaseException:
            os.unlink(new.name)
            raise


def rename(
    folders: Mapping[str, Path], pages: str, old: str, new: str, find: Find, room: Path
) -> Renamed:
    """Work out what is written when a page gets another path below the folder that `pages` names;
    see `mend`. Nothing is written but copies. Raises Refused for a page that cannot be read, and so
    not be given its old address.
    """
    copies = _copied(folders, room)
    source, target = copies[pages] / old, copies[pages] / new
    document, wrong = read_document(source, f"{pages}/{old}")
    had = address_of(old)
    if had and (document is None or errors(wrong)):
        told = "\n".join(map(str, errors(wrong)))
        raise Refused(f"{told}\nZo kan de pagina niet worden gelezen. Herstel dat eerst.")
    known = {_told(finding, f"{pages}/{old}") for finding in find(copies)}
    before = source.read_bytes()
    page = Mended(folders[pages] / new, f"{pages}/{new}", before, before)
    mended = {page.shown: page}
    source.rename(target)
    if had and document:
        typed = before.decode("utf-8")
        text = _leading_on(document, typed, had, address_of(new))
        _record(mended, page.shown, page.file, target, text)
        again, _ = read_document(target, page.shown)
        if again and in_form(document, typed, old.split("/")[0]) is None:  # it keeps its form
            text = in_form(again, text, new.split("/")[0]) or text
            _record(mended, page.shown, page.file, target, text)
    for _ in range(MOST_ROUNDS):
        found = [f for f in find(copies) if _told(f, f"{pages}/{new}") not in known]
        if not _repair(found, folders, copies, mended):
            break
    if had and document and _was_never_there(document, folders[pages], had):
        line = re.compile(rf"^{re.escape(_line([had]))}(\r\n|\r|\n)", re.MULTILINE)
        page.after = line.sub("", page.after.decode("utf-8"), count=1).encode("utf-8")
        had = ""
    return Renamed(folders[pages] / old, list(mended.values()), had, errors(found))


def write_renamed(renamed: Renamed) -> None:
    """Write all of it, or nothing of it.

    Raises FileExistsError when a file is not what it was any more, with its name, and another
    OSError when one may not be written.
    """
    page = renamed.files[0]
    now = [renamed.file, *(mended.file for mended in renamed.files[1:])]
    modes = [_rights(file, mended.before) for file, mended in zip(now, renamed.files, strict=True)]
    page.file.parent.mkdir(exist_ok=True)
    if page.file.exists() and not page.file.samefile(renamed.file):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(page.file))
    with _not_stopped(), ExitStack() as undo:
        for file, mended, mode in zip(now, renamed.files, modes, strict=True):
            _replace(file, mended.after, mode)
            undo.callback(_replace, file, mended.before, mode)
            if mended is page:  # if all stops here, scripts/fix knows the rest by its old address
                file.rename(page.file)
                undo.callback(page.file.rename, file)
        undo.pop_all()


def _told(finding: Finding, page: str) -> tuple[str, str, str]:
    """Give what a finding says of a page, whatever its name is, or of another file."""
    return "" if finding.path == page else finding.path, finding.code, finding.message


def _line(addresses: list[str]) -> str:
    return f"{OLD}: {write_value(addresses)}"


def _leading_on(document: Document, typed: str, old: str, new: str) -> str:
    """Give the text of a page that leads on from its old address, and not from its new one."""
    given = document.fields.get(OLD) or []
    if not isinstance(given, list):
        return typed
    addresses = [*(one for one in given if one not in (old, new)), old]
    if addresses == given:
        return typed
    place = (OLD,)
    if place in document.names:
        start, end, after = document.names[place].start, document.values[place].end, ""
    else:
        start = end = document.head.end
        after = "\n"
    fix = document.text.fix(start, end, f"{_line(addresses)}{after}", certain=True)
    return applied(typed, [fix] if fix else [])[0]


def _was_never_there(document: Document, content: Path, address: str) -> bool:
    """Tell whether a page never had its address on the site: a draft, which the last release does
    not have either.
    """
    list_of_addresses = content / ADDRESSES
    released = list_of_addresses.read_text("utf-8") if list_of_addresses.is_file() else ""
    return document.fields.get("concept") == "ja" and address not in released.splitlines()
