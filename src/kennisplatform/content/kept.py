"""What was read before, kept in a file, so that only what changed is read again.

The file is sealed by the environment it was written in (.venv): who can write there runs code here
already, and nobody else can make a seal. What is damaged, half written, made elsewhere or by other
code is not there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from itertools import chain, islice
from pathlib import Path

MOST_FILES = 40
"""Files that stay, those that were used last. The project's own are seven, and each folder of
content that somebody tries has five.
"""
_LENGTH = 32
"""Bytes of a seal, and of the secret it is made with."""
_SIZE = 8
"""Bytes of the number that says how long what follows is."""
_ROOM = 2
"""How many times as long a file may get as what was asked of it the last time."""
_TOGETHER = 500
"""Entries that are written together: all at once would be in memory twice."""


@cache
def _secret() -> bytes:
    """Give what this environment seals with, which scripts/omgeving.py puts there; in another
    nothing is kept.
    """
    with suppress(OSError):
        return Path(sys.prefix, "zegel").read_bytes()
    return b""


@cache
def _code() -> bytes:
    """Name the code that reads: another release of anything may read otherwise."""
    code = hashlib.sha256(" ".join((sys.version, *_packages())).encode())
    return code.digest() + sum_of_files(Path(__file__).parents[1])


def seal(whole: bytes) -> bytes:
    """Give what nobody else can: the seal of this environment, as long as its code stays."""
    return hmac.digest(_secret() + _code(), whole, "sha256")


def _packages() -> list[str]:
    """Give every package that is installed, with its version."""
    folders = [Path(folder) for folder in sys.path if os.path.isdir(folder)]
    return sorted(about.name for folder in folders for about in folder.glob("*.dist-info"))


def sum_of_files(*places: Path) -> bytes:
    """Name what lies in folders, and in files: all names and all bytes."""
    total = hashlib.sha256()
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else (place,):
            if file.is_file() and "__pycache__" not in file.parts:
                name = file.relative_to(place).as_posix()
                total.update(hashlib.sha256(name.encode()).digest())
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.digest()


class Kept:
    """Entries by their key. The file has them in parts: the length of a part, its seal, and then
    its entries, pickled.
    """

    def __init__(self, folder: Path | None, of: Path) -> None:
        name = hashlib.sha256(os.fsencode(of.resolve())).hexdigest()[:16]
        self._file = folder / name if folder and len(_secret()) == _LENGTH else None
        self._used: dict[str, bytes] = {}
        self._new: dict[str, bytes] = {}
        self._there: dict[str, bytes] | None = None
        """What the file has, when somebody asked."""
        self._length = 0
        """Bytes that it had then; -1 when some of it could not be read."""

    def key(self, *of: bytes) -> str:
        """Name what an entry was read from."""
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in of)).hexdigest()

    def take(self, key: str) -> bytes | None:
        """Give an entry, which is kept again."""
        if self._there is None:
            self._there, self._length = _entries(self._file) if self._file else ({}, 0)
        if key not in self._used and key in self._there:
            self._used[key] = self._there[key]
        return self._used.get(key)

    def taken(self, key: str) -> bytes | None:
        """Give an entry that was taken or kept this time."""
        return self._used.get(key)

    def keep(self, key: str, value: bytes) -> None:
        """Keep an entry."""
        if value != (self._there or {}).get(key):
            self._new[key] = value
        self._used[key] = value

    def save(self) -> None:
        """Write what was asked for this time: what is new behind what is there, or all of it anew
        when the file would be twice as long. Where that cannot be done, nothing is.
        """
        if self._length > _ROOM * sum(map(len, self._used.values())):
            self._length = -1
        self.add()

    def add(self) -> None:
        """Write what is new behind what is there, whoever asked for that; in a file that was not
        read to its end, nobody would find it.
        """
        if self._file is None or not self._new:
            return
        with suppress(OSError):
            if self._length < 0 or not self._file.exists():
                self._write_anew(self._file)
            else:
                with self._file.open("ab", buffering=0) as file:
                    for part in _parts(self._new):
                        os.writev(file.fileno(), part)  # in one step, whoever else writes
            self._length = self._file.stat().st_size
            self._new.clear()

    def _write_anew(self, target: Path) -> None:
        half = target.with_name(f"{target.name}.{os.getpid()}")
        half.parent.mkdir(exist_ok=True)
        try:
            with half.open("wb") as file:
                file.writelines(chain.from_iterable(_parts(self._used)))
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
        files = [file for file in half.parent.iterdir() if file.is_file()]
        files.sort(key=lambda f: f.stat().st_mtime, reverse=True)
        for old in files[MOST_FILES:]:
            old.unlink()


def _parts(entries: Mapping[str, bytes]) -> Iterator[tuple[bytes, ...]]:
    left = iter(entries.items())
    while some := dict(islice(left, _TOGETHER)):
        whole = pickle.dumps(some)
        yield len(whole).to_bytes(_SIZE), seal(whole), whole


def _entries(file: Path) -> tuple[dict[str, bytes], int]:
    """Give what a file has that is sealed by this environment, and its length; -1 when some of it
    is not.
    """
    entries: dict[str, bytes] = {}
    try:
        with file.open("rb") as opened:
            length = os.fstat(opened.fileno()).st_size
            while size := opened.read(_SIZE):
                found = opened.read(_LENGTH)
                whole = opened.read(min(int.from_bytes(size), length))
                if not hmac.compare_digest(found, seal(whole)):
                    return entries, -1
                entries |= pickle.loads(whole)  # nobody else can have sealed it
        os.utime(file)
    except OSError:
        return entries, 0
    return entries, length
