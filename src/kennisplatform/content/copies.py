"""Folders in copy, in which files get their repairs; then what came of it is written in the place
of the files themselves.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

from kennisplatform.model.findings import Finding, Fix

MOST_ROUNDS = 50
"""A repaired head may show what is wrong further on; nobody has written so much of it."""
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a process that is ended, a terminal that is closed."""
LINE_END = re.compile(r"\r\n|\r|\n")

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
    goes_to: Path | None = None
    """Its place from now on, when it gets another name."""


class Copies:
    """Copies of folders, each by the name that findings give it, and what is changed in them."""

    def __init__(self, folders: Mapping[str, Path], room: Path) -> None:
        """Copy folders into `room`. A file is the same one by another name until it is repaired,
        which takes no room for images.
        """
        self._own = folders
        self.folders = {name: room / str(number) for number, name in enumerate(folders)}
        self.mended: dict[str, Mended] = {}
        for name, copy in self.folders.items():
            with suppress(shutil.Error):  # what cannot be copied cannot be read: no file of a page
                shutil.copytree(folders[name], copy, symlinks=True, copy_function=_link_or_copy)

    def repair(self, found: Iterable[Finding]) -> bool:
        """Carry out the certain repairs of one round; tell whether there were any."""
        certain: dict[str, dict[Fix, str]] = {}
        for finding in found:
            if finding.fix and finding.fix.certain:
                certain.setdefault(finding.path, {})[finding.fix] = finding.code
        changed = False
        for path, codes in certain.items():
            _, copy = self._places(path)
            if not copy.is_file():
                continue
            text, done = applied(copy.read_bytes().decode("utf-8"), codes)
            if done:
                self.put(path, text).repairs += [(codes[fix], fix) for fix in done]
                changed = True
        return changed

    def put(self, path: str, text: str) -> Mended:
        """Put another text in the copy of a file, and note it."""
        file, copy = self._places(path)
        if path not in self.mended:
            self.mended[path] = Mended(file, path, copy.read_bytes(), b"")
        self.mended[path].after = text.encode("utf-8")
        _replace(copy, self.mended[path].after)
        return self.mended[path]

    def move(self, path: str, to: str) -> Mended:
        """Give the copy of a file another path, and note it by that."""
        file, copy = self._places(path)
        goes_to, there = self._places(to)
        text = copy.read_bytes()
        there.parent.mkdir(exist_ok=True)
        copy.rename(there)
        self.mended[to] = Mended(file, to, text, text, goes_to=goes_to)
        return self.mended[to]

    def _places(self, path: str) -> tuple[Path, Path]:
        """Give a file and its copy; nowhere when it lies in none of the folders."""
        for name, folder in self._own.items():
            if path.startswith(f"{name}/"):
                rest = path[len(name) + 1 :]
                return folder / rest, self.folders[name] / rest
        return Path(), Path()


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        if os.path.isfile(source):
            shutil.copyfile(source, target)


def applied(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Carry out repairs on the text of a file, whatever its line ends; also give those that could
    be.

    What does not stand where a repair says, or overlaps with one before it, is left as it is.

    """
    starts = [0, *(found.end() for found in LINE_END.finditer(text))]
    line_end = found[0] if (found := LINE_END.search(text)) else "\n"
    parts, done, at = [], [], 0
    for fix in sorted(set(fixes)):
        *before, last = fix.old.split("\n")
        if fix.line + len(before) > len(starts):
            continue
        mark = text.startswith("\ufeff") and fix.line == 1  # no character of the line
        start = starts[fix.line - 1] + fix.column - 1 + mark
        end = starts[fix.line - 1 + len(before)] + len(last) if before else start + len(last)
        if start < at or LINE_END.sub("\n", text[start:end]) != fix.old:
            continue
        parts += [text[at:start], fix.new.replace("\n", line_end)]
        done.append(fix)
        at = end
    return "".join((*parts, text[at:])), done


def write(files: Sequence[Mended]) -> None:
    """Write all of these files or none, each as a whole and with the rights it has.

    Raises FileExistsError when one is not what it was any more, or its new name is taken, and
    another OSError when one may not be written.
    """
    modes = [_rights(mended.file, mended.before) for mended in files]
    with _not_stopped(), ExitStack() as undo:  # whoever stops it, does so before or after
        for mended in files:
            if mended.goes_to and _make_way(mended.file, mended.goes_to):
                undo.callback(mended.goes_to.parent.rmdir)
        for mended, mode in zip(files, modes, strict=True):
            _replace(mended.file, mended.after, mode)
            undo.callback(_replace, mended.file, mended.before, mode)
            if mended.goes_to:  # if all stops here, scripts/fix knows the rest by its old address
                mended.file.rename(mended.goes_to)
                undo.callback(mended.goes_to.rename, mended.file)
        undo.pop_all()


def _make_way(file: Path, goes_to: Path) -> bool:
    """Make the folder that a file goes to, and tell whether it was not there; raises
    FileExistsError when another file lies there.
    """
    if goes_to.exists() and not goes_to.samefile(file):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(goes_to))
    new = not goes_to.parent.is_dir()
    goes_to.parent.mkdir(exist_ok=True)
    return new


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
    held = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
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
