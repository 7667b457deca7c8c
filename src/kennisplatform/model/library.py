"""What a content folder holds: pages with their text, images, and what was found wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kennisplatform.model.findings import Finding
from kennisplatform.model.identity import Identiteit
from kennisplatform.model.schema import COLLECTIES, Collectie, Velden
from kennisplatform.model.selfscan import Zelfscan
from kennisplatform.model.vocabulary import Vocabulary

IMAGES = "afbeeldingen"
MAX_SIDE = 1_600
"""Pixels of the longest side on the site: twice the width of the text, for sharp screens."""


@dataclass(frozen=True, slots=True)
class Heading:
    niveau: int
    tekst: str
    anker: str
    regel: int


@dataclass(frozen=True, slots=True)
class Link:
    """A reference in the text to another file or page; `regel` is its line in the source file."""

    doel: str
    regel: int
    beeld: bool = False

    @property
    def anker(self) -> str:
        """Give the part that names a heading."""
        return self.doel.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Alinea:
    """A paragraph, list item, table cell or code block, without marks; `regel` is its first line in
    the source file.
    """

    regel: int
    tekst: str
    """With the line ends of the source."""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The body of one page; only what the site needs, because tokens of 4,000 pages would fill the
    memory.
    """

    html: str
    """Safe to show as it is: only allowed tags and attributes are left."""
    koppen: tuple[Heading, ...]
    links: tuple[Link, ...]
    """To other pages and files of the site."""
    adressen: tuple[Link, ...]
    """To elsewhere: https and mailto."""
    alineas: tuple[Alinea, ...]

    @property
    def tekst(self) -> str:
        """Running text without headings, addresses or marks, a paragraph a line."""
        return "\n".join(a.tekst if a.code else a.tekst.replace("\n", " ") for a in self.alineas)


@dataclass(frozen=True, slots=True)
class Beeld:
    """An image that passed; `breedte` and `hoogte` are pixels as the site shows it."""

    bestand: Path
    breedte: int
    hoogte: int


@dataclass(frozen=True, slots=True)
class Pagina:
    """One content page that passed every check."""

    collectie: Collectie
    slug: str
    bron: str
    """Path of the source file below the content folder: practices/raad-in-beraad.md."""
    velden: Velden
    body: Body
    regels: Mapping[str, int] = field(compare=False, repr=False)
    """Line of each field that the source file has."""

    @property
    def adres(self) -> str:
        """Address below the site's root, without leading slash."""
        return f"{self.collectie.slug}/{self.slug}/"

    @property
    def titel(self) -> str:
        return self.velden.titel


@dataclass(frozen=True)
class Library:
    """What a content folder holds."""

    paginas: tuple[Pagina, ...]
    """Pages without errors, by collection and slug."""
    vocabulary: Vocabulary
    identiteit: Identiteit
    bevindingen: tuple[Finding, ...]
    """The errors."""
    afbeeldingen: tuple[Beeld, ...] = ()
    concepten: tuple[Pagina, ...] = ()
    """Pages without errors that are left out because they are not finished."""
    stuk: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    """Findings of the pages that were left out, by the address the page would have had."""
    zelfscan: Zelfscan | None = None
    adviezen: tuple[Finding, ...] = ()
    """What was seen while reading that stops no page."""

    @cached_property
    def op_slug(self) -> dict[str, Pagina]:
        return {p.slug: p for p in self.paginas}

    @cached_property
    def per_collectie(self) -> dict[str, tuple[Pagina, ...]]:
        return {c: tuple(p for p in self.paginas if p.collectie.map == c) for c in COLLECTIES}


def newest_first(pages: Iterable[Pagina]) -> list[Pagina]:
    """Order pages by the day they were added or checked, newest first, then by slug."""
    return sorted(pages, key=lambda p: (-p.velden.laatst_gecontroleerd.toordinal(), p.slug))
