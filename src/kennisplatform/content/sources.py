"""What lies in a content folder: files that claim to be pages, images, documents, and what does not
belong there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import translate
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from kennisplatform.content.attached.files import read_attached
from kennisplatform.content.images import IMAGE_FORMATS, IMAGE_KINDS, read_image
from kennisplatform.content.platform_file import PLATFORM
from kennisplatform.content.textfile import SYMLINK
from kennisplatform.content.vocabulary_files import FILES
from kennisplatform.content.zelfscan_file import FILE
from kennisplatform.model.facets import FACETS
from kennisplatform.model.findings import Finding, sentences
from kennisplatform.model.library import DOCUMENT_KINDS, DOCUMENTS, IMAGES, SiteDocument, SiteImage
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.text import LONGEST_SLUG, slugify, visible

ADDRESSES = "adressen.txt"
"""The addresses of the last release, one a line: none may die."""
VOCABULARY = "vocabulary"
NO_PAGES = {"README.md", PLATFORM, FILE, ".gitkeep", ADDRESSES}
MAX_LEVELS = 3
RESERVED = {
    "pagina",
    "index",
    *(facet.slug for facet in FACETS.values() if facet.lijsten),
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
}
"""Names of facets with lists (/praktijken/<facet>/ is not free for a page), of what MkDocs reads as
a folder, and of devices in Windows.
"""

OLD_KINDS = {
    ".doc": ".docx",
    ".docm": ".docx",
    ".dotx": ".docx",
    ".rtf": ".docx",
    ".xls": ".xlsx",
    ".xlsm": ".xlsx",
    ".xlsb": ".xlsx",
    ".ppt": ".pptx",
    ".pptm": ".pptx",
    ".ppsx": ".pptx",
    ".tsv": ".csv",
    ".pages": ".docx",
    ".numbers": ".xlsx",
    ".key": ".pptx",
}
"""Kinds of documents that may not be here, with the kind as which their program can keep them."""
_ENDS = (*DOCUMENT_KINDS, *OLD_KINDS)

OTHER_IMAGES = {".gif", ".bmp", ".tif", ".tiff", ".svg", ".avif", ".heif", ".jfif", ".eps", ".psd"}

LEFT_BEHIND = (
    "._*",
    ".DS_Store",
    ".localized",
    ".AppleDouble",
    ".Spotlight-V100",
    ".Trashes",
    ".fseventsd",
    "__MACOSX",
    "[Tt]humbs.db",
    "ehthumbs*.db",
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
    "~WRL*.tmp",
    ".~lock.*#",
    "*~",
    ".#*",
    "#*#",
    "*.sw[a-p]",
    ".idea",
)
"""Names of files and folders that systems and programs leave without asking: nobody put them here,
so they are passed over. Git ignores the same ones (.gitignore)."""
_LEFT_BEHIND = re.compile("|".join(map(translate, LEFT_BEHIND)))


@dataclass(frozen=True, slots=True)
class Source:
    """A file that claims to be a page, before it is judged."""

    file: Path
    collectie: Collectie
    slug: str
    path: str
    shown: str

    @property
    def address(self) -> str:
        return f"{self.collectie.slug}/{self.slug}/"


class Found(NamedTuple):
    """What lies in a content folder."""

    sources: list[Source]
    """By slug."""
    images: list[SiteImage]
    documents: dict[str, SiteDocument | None]
    """By the name of the file; None for one that is refused."""
    misplaced: dict[str, Finding]
    """What is told of a document elsewhere, by its path."""
    findings: list[Finding]


def find_sources(content: Path, shown: str) -> Found:
    """Find what claims to be a page, the images and the documents; `shown` is how findings name the
    folder.
    """
    sources: dict[str, Source] = {}
    images: list[SiteImage] = []
    documents: dict[str, SiteDocument | None] = {}
    misplaced: dict[str, Finding] = {}
    findings: list[Finding] = []
    for file in walk(content, MAX_LEVELS):
        relative = file.relative_to(content)
        path = visible(f"{shown}/{relative.as_posix()}")
        if refusal := _not_here(file, relative, shown):
            told = Finding(path, 1, *refusal)
            if _is_misplaced(relative):
                misplaced[relative.as_posix()] = told
            else:
                findings.append(told)
        elif _is_known(relative):
            continue
        elif _is_image(relative):
            image, problems = read_image(file, path)
            findings += problems
            images += [image] if image else []
        elif _is_document(relative):
            documents[file.name], problems = read_attached(file, path)
            findings += problems
        else:
            top, *folders, _ = relative.parts
            stem = folders[0] if folders else file.stem
            source = Source(file, COLLECTIES[top], stem, relative.as_posix(), path)
            findings += _claim(source, sources, shown)
    by_slug = [sources[slug] for slug in sorted(sources)]
    return Found(by_slug, images, documents, misplaced, findings)


def _is_known(relative: Path) -> bool:
    return (
        relative.as_posix() in NO_PAGES
        or relative.name == ".gitkeep"
        or (relative.name in FILES and relative.parent.as_posix() == VOCABULARY)
    )


def _is_page(relative: Path) -> bool:
    return len(relative.parts) == 2 and relative.suffix == ".md" and relative.parts[0] in COLLECTIES


def _is_image(relative: Path) -> bool:
    return relative.parent.as_posix() == IMAGES and relative.suffix.lower() in IMAGE_FORMATS


def _is_document(relative: Path) -> bool:
    return relative.parent.as_posix() == DOCUMENTS and relative.suffix.lower() in DOCUMENT_KINDS


def how_to_attach(name: str, in_text: bool = False) -> str:
    """Say where a document can be and how a page names it, also in its text; of an old or other
    kind, as what it can be kept first.
    """
    stem, _, end = visible(name).rpartition(".")
    kind = f".{end.lower()}"
    better = OLD_KINDS.get(kind, kind)
    file = f"{address_name(stem) or 'document'}{better}"
    return sentences(
        f"Bewaar het als {better}." if better != kind else "",
        f"Zet het bestand als content/{DOCUMENTS}/{file} en noem het in de kop van de pagina: "
        f"{as_field(file)}",
        f"Schrijf in de tekst: ../{DOCUMENTS}/{file}" if in_text else "",
    )


def as_field(file: str) -> str:
    """Write the field by which a page names a document, with the title that its name suggests."""
    title = file.rpartition(".")[0].replace("-", " ").capitalize()
    return f"documenten: [{{titel: {title}, bestand: {file}}}]"


def _is_misplaced(relative: Path) -> bool:
    return is_document(relative.as_posix()) and not _is_document(relative)


def is_document(path: str) -> bool:
    """Tell whether a path below content/ is that of a document, by its name: of a kind that may be
    here or an old one.
    """
    of_names = path.startswith(f"{VOCABULARY}/") and path.endswith(".csv")
    lowered = path.lower()
    return lowered.endswith(_ENDS) and Path(lowered).suffix in _ENDS and not of_names


_Reason = tuple[str, str, str]
"""Code, message and repair."""


def _not_here(file: Path, relative: Path, shown: str) -> _Reason | None:
    """Say why a file may not be here, whatever it claims to be."""
    top, name = relative.parts[0], visible(file.name)
    if file.is_symlink():
        return SYMLINK
    if file.is_dir():
        message = f"de map {name} zit te diep, of kan niet worden gelezen."
        return "vreemde-map", message, "Haal haar weg."
    if _is_known(relative) or _is_page(relative):
        return None
    if _is_image(relative):
        good = f"{address_name(file.stem) or 'beeld'}{file.suffix.lower()}"
        return _no_address(name, f"Noem het bestand: {good}") if file.name != good else None
    if _is_document(relative):
        good = f"{address_name(file.stem) or 'document'}{file.suffix.lower()}"
        return _no_address(name, f"Noem het bestand: {good}") if file.name != good else None
    if _is_misplaced(relative):
        message = f"het document {name} kan hier niet staan."
        return "vreemd-bestand", message, how_to_attach(file.name)
    if (kind := file.suffix.lower()) in IMAGE_FORMATS.keys() | OTHER_IMAGES:
        good = f"{address_name(file.stem) or 'beeld'}{kind if kind in IMAGE_FORMATS else '.png'}"
        other = "" if kind in IMAGE_FORMATS else "Bewaar haar als png of jpg."
        repair = sentences(other, f"Zet haar als content/{IMAGES}/{good}.")
        return "vreemd-bestand", f"de afbeelding {name} kan hier niet staan.", repair
    if top not in COLLECTIES or file.suffix != ".md":
        return (
            "vreemd-bestand",
            f"het bestand {name} hoort hier niet.",
            f"In content/ staan alleen .md-bestanden in {', '.join(COLLECTIES)}, {IMAGE_KINDS} in "
            f"{IMAGES}, en {', '.join(kind[1:] for kind in DOCUMENT_KINDS)} in {DOCUMENTS}.",
        )
    folder_of_one = file.name == "index.md" and relative.parent.name not in (top, "index")
    if not folder_of_one or len(relative.parts) != 3:
        return _folder_within(top, f"Zet het bestand direct in {shown}/{top}/.")
    return None


def _no_address(name: str, repair: str) -> _Reason:
    return "bestandsnaam", f"de bestandsnaam ‘{name}’ kan geen adres worden.", repair


def _folder_within(top: str, repair: str) -> _Reason:
    return "vreemde-map", f"een map binnen {top} mag niet.", repair


def _claim(source: Source, sources: dict[str, Source], shown: str) -> Iterator[Finding]:
    """Give a page its name among `sources`, or say why it cannot have it."""
    stem, name = source.slug, visible(source.file.name)
    good, other = address_name(stem), sources.get(stem)
    if stem != good:
        refusal = _no_address(name, f"Noem het bestand: {good or 'mijn-pagina'}.md")
        yield Finding(source.shown, 1, *refusal)
    elif stem in RESERVED:
        message = f"de naam ‘{stem}’ gebruikt de site zelf."
        yield Finding(source.shown, 1, "bestandsnaam", message, "Kies een andere bestandsnaam.")
    elif other:
        for one, two in ((source, other), (other, source)):
            yield Finding(
                one.shown,
                1,
                "zelfde-adres",
                f"{one.shown} en {two.shown} hebben dezelfde naam, dus hetzelfde adres.",
                "Geef een van de twee een andere bestandsnaam.",
            )
    else:
        sources[stem] = source
        if stem != source.file.stem:
            top = source.collectie.map
            refusal = _folder_within(top, f"Noem het bestand {shown}/{top}/{stem}.md.")
            yield Finding(source.shown, 1, *refusal)


def address_name(stem: str) -> str:
    """Make a name of a file that can be an address."""
    return slugify(stem)[:LONGEST_SLUG].strip("-")


def left_behind(name: str) -> bool:
    return _LEFT_BEHIND.match(name) is not None


def walk(folder: Path, levels: int) -> Iterator[Path]:
    """Give every file but what systems leave; a folder only when it lies below `levels` of them
    or cannot be read, so that somebody hears of it."""
    try:
        entries = sorted(folder.iterdir(), key=attrgetter("name"))
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
