"""What lies in a content folder: files that claim to be pages, images, documents, and what does not
belong there.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from kennisplatform.content.attached.files import read_attached
from kennisplatform.content.images import IMAGE_FORMATS, IMAGE_KINDS, read_image
from kennisplatform.content.platform_file import PLATFORM
from kennisplatform.content.textfile import SYMLINK, read_bytes
from kennisplatform.content.vocabulary_files import FILES
from kennisplatform.content.zelfscan_file import FILE
from kennisplatform.model.facets import FACETS
from kennisplatform.model.findings import Finding, meant, sentences
from kennisplatform.model.library import DOCUMENT_KINDS, DOCUMENTS, IMAGES, SiteDocument, SiteImage
from kennisplatform.model.schema import COLLECTIES, Collectie
from kennisplatform.model.text import LONGEST_SLUG, slugify, visible

ADDRESSES = "adressen.txt"
"""The addresses of the last release, one a line: none may die."""
MAX_ADDRESSES = 2_000_000
"""Bytes of that list."""
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

PAGE_KINDS = {".md", ".markdown", ".mdown", ".mkd", ".txt"}
"""How a file may end that somebody meant for a page; only the first is one."""

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


class Lying(NamedTuple):
    """What lies in a folder."""

    file: Path
    place: str
    """Its path below that folder."""
    link: bool
    """Whether it is a symbolic link, to whatever."""
    folder: bool


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
    nameless: frozenset[str]
    """Paths of pages that are told to have another name or folder."""
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
    pages: set[str] = set()
    had = cache(partial(released, content))
    for lying in walk(content, MAX_LEVELS):
        file, place = lying.file, lying.place
        top = place.partition("/")[0]
        path = visible(f"{shown}/{place}")
        is_page = top in COLLECTIES and file.suffix == ".md"
        if is_page:
            pages.add(place)
        if refusal := _not_here(lying, shown):
            told = Finding(path, 1, *refusal)
            if _is_misplaced(place):
                misplaced[place] = told
            else:
                findings.append(told)
        elif is_page:
            stem = file.stem if _is_page(place) else file.parent.name
            source = Source(file, COLLECTIES[top], stem, place, path)
            findings += _claim(source, sources, had, shown)
        elif _is_known(place):
            continue
        elif _is_image(place):
            image, problems = read_image(file, path)
            findings += problems
            images += [image] if image else []
        else:
            documents[file.name], problems = read_attached(file, path)
            findings += problems
    by_slug = [sources[slug] for slug in sorted(sources)]
    nameless = pages - {source.path for source in by_slug}
    return Found(by_slug, images, documents, misplaced, frozenset(nameless), findings)


def _is_known(place: str) -> bool:
    folder, _, name = place.rpartition("/")
    return place in NO_PAGES or name == ".gitkeep" or (folder == VOCABULARY and name in FILES)


def _is_page(place: str) -> bool:
    folder, _, name = place.rpartition("/")
    return folder in COLLECTIES and name.endswith(".md") and name != ".md"


def _is_image(place: str) -> bool:
    folder, _, name = place.rpartition("/")
    return folder == IMAGES and Path(name).suffix.lower() in IMAGE_FORMATS


def _is_document(place: str) -> bool:
    folder, _, name = place.rpartition("/")
    return folder == DOCUMENTS and Path(name).suffix.lower() in DOCUMENT_KINDS


def how_to_attach(name: str, in_text: bool = False) -> str:
    """Say where a document can be and how a page names it, also in its text; of an old or other
    kind, as what it can be kept first.
    """
    kind, file = Path(name).suffix.lower(), document_name(visible(name))
    return sentences(
        f"Bewaar het als {OLD_KINDS[kind]}." if kind in OLD_KINDS else "",
        f"Zet het bestand als content/{DOCUMENTS}/{file} en noem het in de kop van de pagina: "
        f"{as_field(file)}",
        f"Schrijf in de tekst: ../{DOCUMENTS}/{file}" if in_text else "",
    )


def document_name(name: str) -> str:
    """Make the name that a document can have here; one of an old kind gets the kind as which it
    can be kept.
    """
    kind = Path(name).suffix.lower()
    return f"{address_name(Path(name).stem) or 'document'}{OLD_KINDS.get(kind, kind)}"


def image_name(name: str) -> str:
    """Make the name that an image can have here, of a kind that may be here."""
    kind = Path(name).suffix.lower()
    return f"{address_name(Path(name).stem) or 'beeld'}{kind if kind in IMAGE_FORMATS else '.png'}"


def as_field(file: str) -> str:
    """Write the field by which a page names a document, with the title that its name suggests."""
    title = file.rpartition(".")[0].replace("-", " ").capitalize()
    return f"documenten: [{{titel: {title}, bestand: {file}}}]"


def _is_misplaced(place: str) -> bool:
    return is_document(place) and not _is_document(place)


def is_document(path: str) -> bool:
    """Tell whether a path below content/ is that of a document, by its name: of a kind that may be
    here or an old one.
    """
    of_names = path.startswith(f"{VOCABULARY}/") and path.endswith(".csv")
    lowered = path.lower()
    return lowered.endswith(_ENDS) and Path(lowered).suffix in _ENDS and not of_names


_Reason = tuple[str, str, str]
"""Code, message and repair."""


def _not_here(lying: Lying, shown: str) -> _Reason | None:
    """Say why a file may not be here, whatever it claims to be."""
    file, place = lying.file, lying.place
    if lying.link:
        return SYMLINK
    if not lying.folder and (_is_page(place) or _is_known(place)):
        return None
    top, *within = place.split("/")
    name = visible(file.name)
    if lying.folder:
        message = f"de map {name} zit te diep, of kan niet worden gelezen."
        return "vreemde-map", message, "Haal haar weg."
    if _is_image(place):
        good = image_name(file.name)
        return _no_address(name, f"Noem het bestand: {good}") if file.name != good else None
    if _is_document(place):
        good = document_name(file.name)
        return _no_address(name, f"Noem het bestand: {good}") if file.name != good else None
    if _is_misplaced(place):
        message = f"het document {name} kan hier niet staan."
        return "vreemd-bestand", message, how_to_attach(file.name)
    if (kind := file.suffix.lower()) in IMAGE_FORMATS.keys() | OTHER_IMAGES:
        good = image_name(file.name)
        other = "" if kind in IMAGE_FORMATS else "Bewaar haar als png of jpg."
        repair = sentences(other, f"Zet haar als content/{IMAGES}/{good}.")
        return "vreemd-bestand", f"de afbeelding {name} kan hier niet staan.", repair
    if top not in COLLECTIES or file.suffix != ".md":
        return (
            "vreemd-bestand",
            f"het bestand {name} hoort hier niet.",
            _as_page(lying, shown)
            if kind in PAGE_KINDS
            else f"In content/ staan alleen .md-bestanden in {', '.join(COLLECTIES)}, "
            f"{IMAGE_KINDS} in {IMAGES}, en {', '.join(one[1:] for one in DOCUMENT_KINDS)} in "
            f"{DOCUMENTS}.",
        )
    folder_of_one = len(within) == 2 and within[1] == "index.md" and within[0] not in (top, "index")
    if not folder_of_one:
        where = f"Zet het bestand direct in {shown}/{top}/."
        how = _how(f"{shown}/{place}", _good_name(file))
        return _folder_within(top, sentences(where, how))
    return None


def _as_page(lying: Lying, shown: str) -> str:
    """Say where a text can be a page: in the folder that its own folder seems to be."""
    words = {word: c.map for c in COLLECTIES.values() for word in (c.map, c.slug)}
    folder, *name = lying.place.split("/")
    likely = meant(folder, words) if name else None
    top, good = words[likely.value] if likely else "", _good_name(lying.file)
    *folders, last = COLLECTIES
    where = f"{shown}/{top}" if top else f"{', '.join(folders)} of {last}"
    return sentences(
        f"Is het een pagina? Zet haar als {good}.md in {where}. Zo niet, haal dit bestand weg.",
        _how(f"{shown}/{lying.place}", f"{top or 'MAP'}/{good}"),
    )


def _good_name(file: Path) -> str:
    """Make a name for a page of the name of its file, also where its kind stands there twice."""
    stem = file.name
    while Path(stem).suffix.lower() in PAGE_KINDS:
        stem = Path(stem).stem
    return address_name(stem) or "mijn-pagina"


def _how(path: str, name: str = "NIEUWE-NAAM") -> str:
    """Say by which command a page gets a name; without one its editor thinks of it."""
    return f"Dat doet: scripts/rename {shlex.quote(path)} {name}"


def _no_address(name: str, repair: str) -> _Reason:
    return "bestandsnaam", f"de bestandsnaam ‘{name}’ kan geen adres worden.", repair


def _folder_within(top: str, repair: str) -> _Reason:
    return "vreemde-map", f"een map binnen {top} mag niet.", repair


def _claim(
    source: Source, sources: dict[str, Source], had: Callable[[], set[str]], shown: str
) -> Iterator[Finding]:
    """Give a page its name among `sources`, or say why it cannot have it; `had` gives the addresses
    of the last release.
    """
    stem, name = source.slug, visible(source.file.name)
    good, other = address_name(stem), sources.get(stem)
    if stem != good:
        good = _good_name(source.file)
        if source.file.with_name(f"{good}.md").exists():
            repair = sentences(f"Er is al een {good}.md: kies een eigen naam.", _how(source.shown))
        else:
            repair = sentences(f"Noem het bestand: {good}.md", _how(source.shown, good))
        yield Finding(source.shown, 1, *_no_address(name, repair))
    elif stem in RESERVED:
        message = f"de naam ‘{stem}’ gebruikt de site zelf."
        repair = sentences("Kies een andere bestandsnaam.", _how(source.shown))
        yield Finding(source.shown, 1, "bestandsnaam", message, repair)
    elif other:
        new = [
            one
            for one in (source, other)
            if f"/{one.address}" not in had() or one.file.stem != stem
        ]
        if new == [other]:
            sources[stem] = source
        which = "deze pagina" if len(new) == 1 else "een van de twee"
        for one, two in ((source, other), (other, source)):
            if new != [two]:
                message = f"{one.shown} en {two.shown} hebben dezelfde naam, dus hetzelfde adres."
                repair = sentences(f"Geef {which} een andere bestandsnaam.", _how(one.shown))
                yield Finding(one.shown, 1, "zelfde-adres", message, repair)
    else:
        sources[stem] = source
        if stem != source.file.stem:
            top = source.collectie.map
            repair = f"Noem het bestand {shown}/{top}/{stem}.md."
            refusal = _folder_within(top, sentences(repair, _how(source.shown, stem)))
            yield Finding(source.shown, 1, *refusal)


def released(content: Path) -> set[str]:
    """Give the addresses of the last release; before the first there is no list of them."""
    raw, _ = read_bytes(content / ADDRESSES, ADDRESSES, MAX_ADDRESSES)
    return set((raw or b"").decode(errors="replace").splitlines())


def address_name(stem: str) -> str:
    """Make a name of a file that can be an address."""
    return slugify(stem)[:LONGEST_SLUG].strip("-")


def trouble_with(name: str, content: Path, shown: str, own: Path | None = None) -> str:
    """Say why no new page, or that with an `own` file, can have this name, which can be an
    address; or nothing.
    """
    if name in RESERVED:
        return f"De naam ‘{name}’ gebruikt de site zelf."
    there = sorted(content.glob(f"*/{name}.md"))
    # Where capitals make no other name, its own file is there already.
    taken = [file for file in there if own is None or not file.samefile(own)]
    if not taken:
        return ""
    return f"{shown}/{taken[0].relative_to(content).as_posix()} bestaat al en blijft zoals het is."


def left_behind(name: str) -> bool:
    return _LEFT_BEHIND.match(name) is not None


def walk(folder: Path, levels: int, place: str = "") -> Iterator[Lying]:
    """Give every file but what systems leave; a folder only when it lies below `levels` of them
    or cannot be read, so that somebody hears of it. `place` is where it lies itself."""
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=attrgetter("name"))
    except OSError:
        yield Lying(folder, place, link=False, folder=True)
        return
    for entry in entries:
        if left_behind(entry.name):
            continue
        file = folder / entry.name
        within = f"{place}/{entry.name}" if place else entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if levels > 1 and is_folder:
            yield from walk(file, levels - 1, within)
        else:
            yield Lying(file, within, entry.is_symlink(), is_folder)
