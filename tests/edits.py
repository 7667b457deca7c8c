"""What editors do to the invented content, for tests of what is kept between two times."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from building import SITE
from kennisplatform.content.kept import seal

PAGES = [file.relative_to(SITE) for file in sorted(SITE.glob("*/*.md"))]


def change(file: Path, old: str, new: str) -> None:
    if file.is_file():
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def _break_or_mend(file: Path, whole: str, broken: str) -> None:
    text = file.read_text(encoding="utf-8")
    change(file, *((broken, whole) if broken in text else (whole, broken)))


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
    "an image, and a slash": lambda file: change(
        file, "## Aan", "![De tuin](../afbeeldingen/tuin.jpg/)\n\n## Aan"
    ),
    "another name": _rename,
    "a second one": _copy,
    "removed": lambda file: file.unlink(missing_ok=True),
}
ELSEWHERE: dict[str, Callable[[Path], object]] = {
    "a name of the vocabulary": lambda content: change(
        content / "vocabulary" / "aandachtsvelden.yml", "naam: ", "naam: Nu "
    ),
    "what is told of a name": lambda content: change(
        content / "vocabulary" / "aandachtsvelden.yml", "kort: ", "kort: Nu "
    ),
    "a name more": lambda content: change(
        content / "vocabulary" / "naamvarianten.csv",
        "\nBrink,",
        "\nDuin,Duinrecht,gewone naam\nBrink,",
    ),
    "a name for another": lambda content: change(
        content / "vocabulary" / "naamvarianten.csv",
        'Brink,"Brink, Brug en Broek"',
        "Brink,Zaalbeek",
    ),
    "more inhabitants": lambda content: change(
        content / "vocabulary" / "gemeenten.csv", "Gelderland,61500", "Gelderland,261500"
    ),
    "names that cannot be read, or can again": lambda content: _break_or_mend(
        content / "vocabulary" / "gemeenten.csv", "code,naam", "code;naam"
    ),
    "a list that cannot be read, or can again": lambda content: _break_or_mend(
        content / "vocabulary" / "doelgroepen.yml", "- naam:", "-naam:"
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


def parts(file: Path) -> list[dict[str, bytes]]:
    """Give what a file keeps, as it was written each time."""
    left, found = file.read_bytes(), []
    while left:
        length, sealed, after = int.from_bytes(left[:8]), left[8:40], left[40:]
        whole, left = after[:length], after[length:]
        assert sealed == seal(whole)
        found.append(pickle.loads(whole))
    return found


def pack(kept: dict[str, bytes]) -> bytes:
    whole = pickle.dumps(kept)
    return len(whole).to_bytes(8) + seal(whole) + whole


def rewrite(file: Path, old: bytes, new: bytes) -> None:
    """Change what was kept, with a seal that fits."""
    kept = {key: value for part in parts(file) for key, value in part.items()}
    file.write_bytes(pack({k: value.replace(old, new) for k, value in kept.items()}))
