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
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path

MOST_FILES = 16
"""Content folders and sites of which something is kept: the project's own, and those of who tries
one.
"""
_LENGTH = 32
"""Bytes of a seal, and of the secret it is made with."""


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
    """Entries by their key. The file is their seal, and then all of them, pickled."""

    def __init__(self, folder: Path | None, of: Path) -> None:
        name = hashlib.sha256(os.fsencode(of.resolve())).hexdigest()[:16]
        self._file = folder / name if folder and len(_secret()) == _LENGTH else None
        self._used: dict[str, bytes] = {}

    @cached_property
    def _there(self) -> dict[str, bytes]:
        return _entries(self._file) if self._file else {}

    def key(self, *of: bytes) -> str:
        """Name what an entry was read from."""
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in of)).hexdigest()

    def take(self, key: str) -> bytes | None:
        """Give an entry, which is kept again."""
        if (found := self._there.get(key)) is not None:
            self._used[key] = found
        return self._used.get(key)

    def keep(self, key: str, value: bytes) -> None:
        """Keep an entry."""
        self._used[key] = value

    def save(self) -> None:
        """Write what was kept this time, in one step; where that cannot be done, nothing is."""
        if self._file is None or self._used == self._there:
            return
        half = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            half.parent.mkdir(exist_ok=True)
            try:
                whole = pickle.dumps(self._used)
                with half.open("wb") as file:
                    file.write(seal(whole))
                    file.write(whole)
                half.replace(self._file)
            finally:
                half.unlink(missing_ok=True)
            files = [file for file in half.parent.iterdir() if file.is_file()]
            files.sort(key=lambda f: f.stat().st_mtime, reverse=True)
            for old in files[MOST_FILES:]:
                old.unlink()


def _entries(file: Path) -> dict[str, bytes]:
    try:
        raw = file.read_bytes()
    except OSError:
        return {}
    found, whole = raw[:_LENGTH], raw[_LENGTH:]
    if not hmac.compare_digest(found, seal(whole)):
        return {}
    entries: dict[str, bytes] = pickle.loads(whole)  # nobody else can have sealed it
    return entries
