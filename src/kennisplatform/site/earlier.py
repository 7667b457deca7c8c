"""What an earlier build made, taken over as far as a build of now would make the same.

A file is made of the outline, all that pages know of each other, and of the texts of the pages that
it shows. So a sentence that was changed leaves every file but those of its own page, and search.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kennisplatform.content.kept import Kept
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.site import SiteFile

Placed = tuple[str, bytes]
"""What is kept of a part: its key, and the addresses and sums of its files."""
_FILES = TypeAdapter(list[tuple[str, str]])


@dataclass(frozen=True, slots=True)
class Part:
    """Files that are made together."""

    name: str
    texts: Callable[[], Iterable[bytes]]
    """The texts of content pages that it has, beside what the outline has."""
    files: Callable[[], Iterable[SiteFile]]


def outline(platform: Platform) -> bytes:
    """Name all that pages may know of each other: everything but the texts of content pages."""
    library = platform.library
    told = {named.name: getattr(library, named.name) for named in fields(library)}
    told["pages"] = [_head(page) for page in library.pages]
    told["drafts"] = [_head(page) for page in library.drafts]
    told["images"] = [(i, hashlib.sha256(i.content).digest()) for i in library.images]
    return hashlib.sha256(repr((told, platform.settings, platform.today)).encode()).digest()


def _head(page: Page) -> tuple[object, ...]:
    return (
        page.path,
        page.velden,
        [(heading.level, heading.text, heading.anchor) for heading in page.body.headings],
        [(link.target, link.image) for link in page.body.links],
    )


class Earlier:
    """The site that an earlier build made, beside the folder of the new one.

    Of what is kept nothing is trusted: a file is taken over when it is as it was made, and at its
    own address only.
    """

    def __init__(self, site: Path, folder: Path, kept: Kept, *outlined: bytes) -> None:
        self._site = site
        self._folder = folder
        self._kept = kept
        self._outline = b"".join(outlined)
        self._there: set[str] = set()

    def place(self, part: Part) -> Placed:
        """Put the files of a part in the new folder, and give what is to be kept of it."""
        key = self._kept.key(self._outline, part.name.encode(), *part.texts())
        value = self._kept.take(key) or b""
        if not self._taken_over(value):
            made = [(file.address, self._make(file)) for file in part.files()]
            value = _FILES.dump_json(made, ensure_ascii=True)
        return key, value

    def save(self, placed: Iterable[Placed]) -> None:
        """Keep what was placed this time, and nothing of before."""
        for one in placed:
            self._kept.keep(*one)
        self._kept.save()

    def _taken_over(self, value: bytes) -> bool:
        try:
            return all(self._link(*file) for file in _FILES.validate_json(value))
        except (ValidationError, OSError):
            return False

    def _link(self, address: str, total: str) -> bool:
        """Take a file over; false when it is not as it was made."""
        if address.startswith("/") or ".." in address.split("/"):
            return False
        source, target = f"{self._site}/{address}", self._target(address)
        # Linked before it is read: another build may put its own site in that place meanwhile.
        with suppress(OSError):  # not every file system can
            os.link(source, target)
            source = target
        # A link leads elsewhere, and who opens a pipe waits for ever.
        old = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(old, "rb", buffering=0) as file:
            content = file.read()
        if _sum(content) != total:
            return False
        if source != target:
            _write(target, content)
        return True

    def _make(self, file: SiteFile) -> str:
        target, total = self._target(file.address), _sum(file.content)
        with suppress(OSError):  # to make a link costs less than to write
            if self._link(file.address, total):
                return total
        try:
            _write(target, file.content)
        except FileExistsError:  # it may be a link, and its file of the earlier site
            os.unlink(target)
            _write(target, file.content)
        return total

    def _target(self, address: str) -> str:
        """Give where a file is to lie, in a folder that is there."""
        folder = address.rpartition("/")[0]
        if folder not in self._there:
            os.makedirs(f"{self._folder}/{folder}", exist_ok=True)
            self._there.add(folder)
        return f"{self._folder}/{address}"


def _write(target: str, content: bytes) -> None:
    """Write a file that is not there. Raises FileExistsError when it is."""
    with open(target, "xb", buffering=0) as file:
        file.write(content)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
