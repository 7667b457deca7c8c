"""What earlier builds made, taken over as far as a build of now would make the same.

A file is made of the outline, all that pages know of each other, and of the texts of the pages that
it shows. So a sentence that was changed leaves every file but those of its own page, and search.

There are two such sites: the one that stands there, and its spare, which stood there before. The
spare becomes the new site, so that only what differs is linked or written.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
MOST_SPARES = 2
"""Sites of which a spare is kept: those that were built last."""


@dataclass(frozen=True, slots=True)
class Part:
    """Files that are made together."""

    name: str
    texts: Callable[[], Iterable[bytes]]
    """What it has beside what the outline has: the texts of content pages, or the day."""
    files: Callable[[], Iterable[SiteFile]]


def outline(platform: Platform) -> bytes:
    """Name all that pages may know of each other: everything but the texts of content pages, and
    the day itself.
    """
    library = platform.library
    told = {named.name: getattr(library, named.name) for named in fields(library)}
    told["pages"] = [_head(page) for page in library.pages]
    told["drafts"] = [_head(page) for page in library.drafts]
    told["images"] = [(i, hashlib.sha256(i.content).digest()) for i in library.images]
    return hashlib.sha256(repr((told, platform.settings, _passed(platform))).encode()).digest()


def _passed(platform: Platform) -> tuple[int, int]:
    """Tell how many of the days that pages name are before today, and how many are not after it: on
    another day with the same of both a page looks the same, unless it names the day itself.
    """
    pages = [page.velden for page in (*platform.library.pages, *platform.library.drafts)]
    days = {day for page in pages for day in (page.verouderd_vanaf, *(page.grenzen or ()))}
    today = platform.today
    return sum(day < today for day in days), sum(day <= today for day in days)


def _head(page: Page) -> tuple[object, ...]:
    return (
        page.path,
        page.velden,
        [(heading.level, heading.text, heading.anchor) for heading in page.body.headings],
        [(link.target, link.image) for link in page.body.links],
    )


def spare_of(site: Path, cache: Path) -> Path:
    """Give where the spare of a site is kept, below a folder for what may go at any time."""
    return cache / "sites" / hashlib.sha256(os.fsencode(site)).hexdigest()[:16]


def keep(old: Path, spare: Path, room: Path) -> None:
    """Keep a site that was replaced as a spare, where that takes no more than another name. What
    then is one too many comes in a folder that is to be removed.
    """
    with suppress(OSError):
        spare.parent.mkdir(parents=True, exist_ok=True)
        old.rename(spare)
        os.utime(spare)
        spares = sorted(spare.parent.iterdir(), key=lambda folder: folder.lstat().st_mtime)
        for one in spares[:-MOST_SPARES]:
            # Not removed here, where another build could take it meanwhile.
            one.rename(room / one.name)


class Earlier:
    """The sites that earlier builds made, beside the folder of the new one.

    Of what is kept nothing is trusted: a file is taken over when it is as it was made, and at its
    own address only.
    """

    def __init__(self, site: Path, folder: Path, kept: Kept, *outlined: bytes) -> None:
        self._site = site
        self._folder = str(folder)
        self._kept = kept
        self._outline = b"".join(outlined)
        self._mode = os.lstat(folder).st_mode
        self._there = {self._folder}
        self._laid: list[str] | None = None

    def begin(self, spare: Path) -> None:
        """Let a spare, if it is there, take the place of the folder, with the files of that. Of
        what lies in a spare only those that are placed stay.
        """
        laid = Path(f"{self._folder}-laid")
        os.rename(self._folder, laid)
        with suppress(OSError):
            os.rename(spare, self._folder)
        self._laid = []
        self._renew(self._folder)
        for file in filter(Path.is_file, laid.rglob("*")):
            address = file.relative_to(laid).as_posix()
            self._make(SiteFile(address, file.read_bytes()))
            self._laid.append(address)
        shutil.rmtree(laid)

    def place(self, part: Part) -> Placed:
        """Put the files of a part in the new folder, and give what is to be kept of it."""
        key = self._kept.key(self._outline, part.name.encode(), *part.texts())
        value = self._kept.take(key) or b""
        if not self._taken_over(value):
            made = [(file.address, self._make(file)) for file in part.files()]
            value = _FILES.dump_json(made, ensure_ascii=True)
        return key, value

    def save(self, placed: Sequence[Placed]) -> None:
        """Keep what was placed this time, and nothing of before."""
        for one in placed:
            self._kept.keep(*one)
        self._kept.save()
        if self._laid is not None:
            files = (file for _, value in placed for file, _ in _FILES.validate_json(value))
            self._remove_all_but([*self._laid, *files])

    def _remove_all_but(self, files: Iterable[str]) -> None:
        """Raises FileNotFoundError when one of the files is not there."""
        names: dict[str, set[str]] = defaultdict(set)
        for path in files:
            while path:
                folder, _, name = path.rpartition("/")
                names[folder].add(name)
                path = folder
        for folder, ours in names.items():
            there = set(os.listdir(f"{self._folder}/{folder}"))
            for name in there - ours:
                _make_way(f"{self._folder}/{folder}/{name}")
            # Where case does not count, what was removed may be this one, by an older name.
            if gone := ours - there:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), min(gone))

    def _taken_over(self, value: bytes) -> bool:
        try:
            return all(self._take_over(*file) for file in _FILES.validate_json(value))
        except (ValidationError, OSError):
            return False

    def _take_over(self, address: str, total: str) -> bool:
        """Take a file over; false when it is not as it was made."""
        if address.startswith("/") or ".." in address.split("/"):
            return False
        source, target = f"{self._site}/{address}", self._target(address)
        with suppress(OSError):
            if _sum(_read(target)) == total:
                return True
        _make_way(target)
        # Linked before it is read: another build may put its own site in that place meanwhile.
        with suppress(OSError):  # not every file system can
            os.link(source, target)
            source = target
        content = _read(source)
        if _sum(content) != total:
            return False
        if source != target:
            _write(target, content)
        return True

    def _make(self, file: SiteFile) -> str:
        target, total = self._target(file.address), _sum(file.content)
        with suppress(OSError):  # to make a link costs less than to write
            if self._take_over(file.address, total):
                return total
        _make_way(target)  # it may be a link, and its file of the earlier site
        _write(target, file.content)
        return total

    def _target(self, address: str) -> str:
        """Give where a file is to lie, in a folder that is there."""
        target = f"{self._folder}/{address}"
        self._have(os.path.dirname(target))
        return target

    def _have(self, folder: str) -> None:
        if folder not in self._there:
            self._have(os.path.dirname(folder))
            self._renew(folder)
            self._there.add(folder)

    def _renew(self, folder: str) -> None:
        """Make a folder, or let one that is there be as good: no link, and in a spare with the
        rights of a new one.
        """
        with suppress(OSError):  # it removes no folder, which a second process may have made
            os.unlink(folder)
        with suppress(FileExistsError):
            os.mkdir(folder)
        if self._laid is not None and os.lstat(folder).st_mode != self._mode:
            os.chmod(folder, stat.S_IMODE(self._mode))


def _read(file: str) -> bytes:
    """Raises OSError when it is no file: a link leads elsewhere, and who reads a pipe waits for
    ever.
    """
    with open(file, "rb", buffering=0, opener=_opened) as found:
        return found.read()


def _opened(file: str, flags: int) -> int:
    number = os.open(file, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), file)
    return number


def _make_way(path: str) -> None:
    """Remove what lies there, if anything, but not what a link leads to."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
    except OSError:  # a folder
        shutil.rmtree(path)


def _write(target: str, content: bytes) -> None:
    """Write a file that is not there. Raises FileExistsError when it is."""
    with open(target, "xb", buffering=0) as file:
        file.write(content)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
