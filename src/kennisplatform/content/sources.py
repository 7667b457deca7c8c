"""What lies in a content folder: files that claim to be pages, images, and what does not belong
there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from kennisplatform.content.images import FORMATS, read_image
from kennisplatform.content.platform_file import PLATFORM
from kennisplatform.content.selfscan_file import FILE
from kennisplatform.content.vocabulary_files import FILES
from kennisplatform.model.facets import FACETS
from kennisplatform.model.findings import Finding
from kennisplatform.model.library import IMAGES, Beeld
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.text import slugify, visible

ADDRESSES = "adressen.txt"
"""The addresses of the last release, one a line: none may die."""
VOCABULARY = "vocabulary"
NO_PAGES = {"README.md", PLATFORM, FILE, ".gitkeep", ADDRESSES}
MAX_NAME = 100
"""Characters of a file name without .md: more does not fit in every file system, with what the site
adds.
"""
MAX_LEVELS = 3
RESERVED = {
    "pagina",
    "index",
    *(facet.slug for facet in FACETS.values() if facet.filtert),
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
}
"""Names of facets (/praktijken/<facet>/ is not free for a page), of what MkDocs reads as a folder,
and of devices in Windows.
"""

LEFT_BEHIND = (
    "._*",
    ".DS_Store",
    ".AppleDouble",
    ".Spotlight-V100",
    ".Trashes",
    ".fseventsd",
    "__MACOSX",
    "[Tt]humbs.db",
    "[Dd]esktop.ini",
    "$RECYCLE.BIN",
    "System Volume Information",
    "*:Zone.Identifier",
    ".directory",
    ".Trash-*",
    ".nfs*",
    ".fuse_hidden*",
    "@eaDir",
    "~$*",
    ".~lock.*#",
    "*~",
    ".#*",
    "#*#",
    ".*.sw[a-p]",
    ".idea",
)
"""Names of files and folders that systems and programs leave without asking: nobody put them here,
so they are passed over. Git ignores the same ones (.gitignore)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that claims to be a page, before it is judged."""

    file: Path
    collectie: Collectie
    slug: str
    bron: str
    shown: str

    @property
    def adres(self) -> str:
        return f"{self.collectie.slug}/{self.slug}/"


def find_sources(content: Path, shown: str) -> tuple[list[Source], list[Beeld], list[Finding]]:
    sources: dict[str, Source] = {}
    images: list[Beeld] = []
    findings: list[Finding] = []

    def refuse(path: str, code: str, message: str, repair: str = "") -> None:
        findings.append(Finding(path, 1, code, message, repair))

    for file in walk(content, MAX_LEVELS):
        relative = file.relative_to(content).as_posix()
        path, top, name = visible(f"{shown}/{relative}"), relative.split("/")[0], visible(file.name)
        if file.is_symlink():
            refuse(
                path,
                "symbolische-koppeling",
                "dit is een symbolische koppeling (symlink), geen bestand.",
                "Zet het bestand zelf hier neer.",
            )
        elif file.is_dir():
            refuse(
                path,
                "vreemde-map",
                f"de map {name} zit te diep, of kan niet worden gelezen.",
                "Haal haar weg.",
            )
        elif (
            relative in NO_PAGES
            or file.name == ".gitkeep"
            or (top == VOCABULARY and relative.count("/") == 1 and file.name in FILES)
        ):
            continue
        elif top == IMAGES and relative.count("/") == 1 and file.suffix.lower() in FORMATS:
            if file.name != (good := f"{address_name(file.stem) or 'beeld'}{file.suffix.lower()}"):
                refuse(
                    path,
                    "bestandsnaam",
                    f"de bestandsnaam ‘{name}’ kan geen adres worden.",
                    f"Noem het bestand: {good}",
                )
                continue
            image, problems = read_image(file, path)
            findings += problems
            images += [image] if image else []
        elif top not in COLLECTIES or file.suffix != ".md":
            refuse(
                path,
                "vreemd-bestand",
                f"het bestand {name} hoort hier niet.",
                f"In content/ staan alleen .md-bestanden in {', '.join(COLLECTIES)} en png, jpg "
                f"of webp in {IMAGES}.",
            )
        else:
            stem = (
                file.parent.name
                if file.name == "index.md" and relative.count("/") == 2
                else file.stem
            )
            if relative.count("/") != 1 and stem == file.stem:
                refuse(
                    path,
                    "vreemde-map",
                    f"een map binnen {top} mag niet.",
                    f"Zet het bestand direct in {shown}/{top}/.",
                )
                continue
            source = Source(file, COLLECTIES[top], stem, relative, path)
            if stem != address_name(stem):
                refuse(
                    path,
                    "bestandsnaam",
                    f"de bestandsnaam ‘{name}’ kan geen adres worden.",
                    f"Noem het bestand: {address_name(stem) or 'mijn-pagina'}.md",
                )
            elif stem in RESERVED:
                refuse(
                    path,
                    "bestandsnaam",
                    f"de naam ‘{stem}’ gebruikt de site zelf.",
                    "Kies een andere bestandsnaam.",
                )
            elif stem in sources:
                other = sources[stem]
                for one, two in ((source, other), (other, source)):
                    refuse(
                        one.shown,
                        "zelfde-adres",
                        f"{one.shown} en {two.shown} hebben dezelfde naam, dus hetzelfde adres.",
                        "Geef een van de twee een andere bestandsnaam.",
                    )
            else:
                if stem != file.stem:
                    refuse(
                        path,
                        "vreemde-map",
                        f"een map binnen {top} mag niet.",
                        f"Noem het bestand {shown}/{top}/{stem}.md.",
                    )
                sources[stem] = source
    return [sources[slug] for slug in sorted(sources)], images, findings


def address_name(stem: str) -> str:
    """Make a name of a file that can be an address."""
    return slugify(stem)[:MAX_NAME].strip("-")


def left_behind(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in LEFT_BEHIND)


def walk(folder: Path, levels: int) -> Iterator[Path]:
    """Give every file but what systems leave; a folder only when it lies below `levels` of them
    or cannot be read, so that somebody hears of it."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if left_behind(entry.name):
            continue
        if entry.is_dir() and not entry.is_symlink() and levels > 1:
            yield from walk(entry, levels - 1)
        else:
            yield entry
