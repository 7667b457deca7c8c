"""What was read before, kept in a file, so that only what changed is read again.

The file is of nobody one has to trust: it is data, each entry with its own sum, and who takes one
out judges it anew. What is damaged, half written or made by other code is not there.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path

MOST_FILES = 16
"""Content folders and sites of which something is kept: the project's own, and those of who tries
one.
"""


@cache
def _code() -> bytes:
    """Name the code that reads: another release of anything may read otherwise."""
    code = hashlib.sha256(" ".join((sys.version, *_packages())).encode())
    return (code.digest() + sum_of_files(Path(__file__).parents[1])).hex().encode()


def _packages() -> list[str]:
    """Give every package that is installed, with its version."""
    folders = [Path(folder) for folder in sys.path if os.path.isdir(folder)]
    return sorted(about.name for folder in folders for about in folder.glob("*.dist-info"))


def sum_of_files(*places: Path) -> bytes:
    """Name what lies in folders, and in files: all names and all bytes."""
    total = hashlib.sha256()
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else (place,):
            if file.is_file() and file.suffix != ".pyc":
                name = file.relative_to(place).as_posix()
                total.update(hashlib.sha256(name.encode()).digest())
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.digest()


def _sum(key: str, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=16, key=key.encode()[:64]).hexdigest().encode()


class Kept:
    """Entries by their key. In the file the code stands on the first line, and then for each entry
    its key, its sum and its value on a line.
    """

    def __init__(self, folder: Path | None, of: Path) -> None:
        name = hashlib.sha256(os.fsencode(of.resolve())).hexdigest()[:16]
        self._file = folder and folder / name
        self._used: dict[str, bytes] = {}

    @cached_property
    def _there(self) -> dict[str, bytes]:
        return dict(_entries(self._file)) if self._file else {}

    def key(self, *of: bytes) -> str:
        """Name what an entry was read from."""
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in of)).hexdigest()

    def take(self, key: str) -> bytes | None:
        """Give an entry, which is kept again."""
        if (found := self._there.get(key)) is not None:
            self._used[key] = found
        return self._used.get(key)

    def keep(self, key: str, value: bytes) -> None:
        """Keep an entry; `value` is one line."""
        self._used[key] = value

    def save(self) -> None:
        """Write what was kept this time, in one step; where that cannot be done, nothing is."""
        if self._file is None or self._used == self._there:
            return
        half = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            half.parent.mkdir(exist_ok=True)
            try:
                with half.open("wb") as file:
                    file.write(_code() + b"\n")
                    for key, value in self._used.items():
                        file.write(b"%b %b %b\n" % (key.encode(), _sum(key, value), value))
                half.replace(self._file)
            finally:
                half.unlink(missing_ok=True)
            files = sorted(half.parent.iterdir(), key=lambda f: f.stat().st_mtime, reverse=True)
            for old in files[MOST_FILES:]:
                old.unlink()


def _entries(file: Path) -> list[tuple[str, bytes]]:
    try:
        code, *lines = file.read_bytes().split(b"\n")
    except OSError:
        return []
    if code != _code():
        return []
    found = []
    for line in lines:
        key, _, rest = line.partition(b" ")
        total, _, value = rest.partition(b" ")
        name = key.decode(errors="replace")
        if total == _sum(name, value):
            found.append((name, value))
    return found
