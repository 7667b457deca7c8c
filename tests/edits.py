"""What editors do to the invented content, for tests of what is kept between two times."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from PIL import Image

from building import SITE

PAGES = [file.relative_to(SITE) for file in sorted(SITE.glob("*/*.md"))]


def change(file: Path, old: str, new: str) -> None:
    if file.is_file():
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def _rename(file: Path) -> None:
    if file.is_file():
        file.rename(file.with_name(f"nu-{file.name}"))


def _copy(file: Path) -> None:
    if file.is_file():
        shutil.copy(file, file.with_name(f"ook-{file.name}"))


EDITS: dict[str, Callable[[Path], object]] = {
    "a sentence": lambda file: change(file, "\n## Aan", "\nEen zin erbij.\n\n## Aan"),
    "a title": lambda file: change(file, "titel: ", "titel: Nieuw: "),
    "a field that is not there": lambda file: change(file, "datum:", "dattum:"),
    "a draft": lambda file: change(file, "datum:", "concept: ja\ndatum:"),
    "a heading": lambda file: change(file, "## Aan", "## Hoe het aan"),
    "a link": lambda file: change(
        file, "## Aan", "[naar](../instruments/praatplaat.md#resultaat)\n\n## Aan"
    ),
    "another name": _rename,
    "a second one": _copy,
    "removed": lambda file: file.unlink(missing_ok=True),
}
ELSEWHERE: dict[str, Callable[[Path], object]] = {
    "a name of the vocabulary": lambda content: change(
        content / "vocabulary" / "aandachtsvelden.yml", "naam: ", "naam: Nu "
    ),
    "the size of an image": lambda content: Image.new("RGB", (30, 20), "red").save(
        content / "afbeeldingen" / "tuin.jpg"
    ),
    "no image": lambda content: (content / "afbeeldingen" / "bonen.png").unlink(missing_ok=True),
    "another document": lambda content: (
        content / "documenten" / "uitslag-per-tafel.csv"
    ).write_text("tafel;stemmen\n1;7\n", encoding="utf-8"),
    "no document": lambda content: (content / "documenten" / "draaiboek-tuinavond.pdf").unlink(
        missing_ok=True
    ),
}


def entries(file: Path) -> Iterator[tuple[str, str, str]]:
    for line in file.read_text(encoding="utf-8").split("\n")[1:-1]:
        key, total, value = line.split(" ", 2)
        yield key, total, value


def rewrite(file: Path, old: str, new: str) -> None:
    """Change what was kept, with sums that fit: anybody can make those."""
    first, *_ = file.read_bytes().split(b"\n", 1)
    lines = []
    for key, _, value in entries(file):
        changed = value.replace(old, new).encode()
        total = blake2b(changed, digest_size=16, key=key.encode()[:64]).hexdigest()
        lines.append(b"%b %b %b" % (key.encode(), total.encode(), changed))
    file.write_bytes(b"\n".join([first, *lines, b""]))
