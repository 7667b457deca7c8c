"""What a content folder holds: pages with their text, images, and what was found wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from kennisplatform.model.findings import Finding
from kennisplatform.model.identity import Identity
from kennisplatform.model.schema import COLLECTIES, Collectie, Velden
from kennisplatform.model.text import number, sort_key
from kennisplatform.model.vocabulary import Vocabulary
from kennisplatform.model.zelfscan import Zelfscan

IMAGES = "afbeeldingen"
DOCUMENTS = "documenten"
DOCUMENT_KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".csv": "text/csv",
}
"""The media type of each kind of document, by the end of its name."""
MAX_SIDE = 1_600
"""Pixels of the longest side on the site: twice the width of the text, for sharp screens."""
SHOWN_AS = {".heic": ".webp"}
"""What the name of an image gets behind it where browsers cannot show its own kind."""


class Heading(NamedTuple):
    level: int
    text: str
    anchor: str
    line: int


class Link(NamedTuple):
    """A reference in the text to another file or page; `line` is its line in the source file."""

    target: str
    line: int
    image: bool = False

    @property
    def anchor(self) -> str:
        """Give the part that names a heading."""
        return self.target.partition("#")[2]


class Paragraph(NamedTuple):
    """A paragraph, list item, table cell or code block, without marks; `line` is its first line in
    the source file.
    """

    line: int
    text: str
    """With the line ends of the source."""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The body of one page; only what the site needs, because tokens of 4,000 pages would fill the
    memory. Its texts are packed: most of what is asked of all pages does not look at them.
    """

    links: tuple[Link, ...]
    """To other pages and files of the site."""
    addresses: tuple[Link, ...]
    """To elsewhere: https and mailto."""
    texts: tuple[bytes, bytes, bytes] = field(repr=False)
    """The HTML, and the paragraphs and the headings as JSON; the same bytes say the same."""

    @classmethod
    def of(
        cls,
        html: str,
        headings: Sequence[Heading],
        links: Sequence[Link],
        addresses: Sequence[Link],
        paragraphs: Sequence[Paragraph],
    ) -> Body:
        """Pack what was parsed; `html` is safe to show as it is."""
        told, heads = (json.dumps(part, ensure_ascii=False) for part in (paragraphs, headings))
        return cls(tuple(links), tuple(addresses), (html.encode(), told.encode(), heads.encode()))

    @property
    def html(self) -> str:
        """Safe to show as it is: only allowed tags and attributes are left."""
        return self.texts[0].decode()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(Paragraph(*paragraph) for paragraph in json.loads(self.texts[1]))

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(Heading(*heading) for heading in json.loads(self.texts[2]))

    @property
    def anchors(self) -> frozenset[str]:
        """Give what a link may name of it."""
        return _anchors(self.texts[2])

    @property
    def text(self) -> str:
        """Running text without headings, addresses or marks, a paragraph a line."""
        told = json.loads(self.texts[1])
        return "\n".join(text if code else text.replace("\n", " ") for _, text, code in told)

    @property
    def result(self) -> str:
        """Give the first sentences under ‘Resultaat’, the usual heading, or nothing."""
        headings = self.headings
        ends = (*(heading.line for heading in headings[1:]), sys.maxsize)
        for at, end in zip(headings, ends, strict=False):
            if at.anchor == "resultaat":
                lines = range(at.line, end)
                texts = (a.text.replace("\n", " ") for a in self.paragraphs if a.line in lines)
                return next((text for text in texts if text.endswith(".")), "")
        return ""


@lru_cache(1_000)
def _anchors(headings: bytes) -> frozenset[str]:
    return frozenset(Heading(*heading).anchor for heading in json.loads(headings))


@dataclass(frozen=True, slots=True)
class SiteImage:
    """An image that passed; `width` and `height` are pixels as the site shows it."""

    file: Path
    width: int
    height: int
    content: bytes = field(repr=False)
    """The file of the site."""

    @property
    def address(self) -> str:
        """Address below the site's root, without leading slash."""
        return shown_address(f"{IMAGES}/{self.file.name}")


def shown_address(image: str) -> str:
    """Give the address at which the site shows an image, of the path of its file."""
    return image + SHOWN_AS.get(PurePosixPath(image).suffix, "")


@dataclass(frozen=True, slots=True)
class SiteDocument:
    """A document that passed."""

    file: Path
    ready: Path
    """What the site gives: the same document without its properties."""
    address: str
    """Below the site's root; it names its content, so that a browser may keep it."""
    size: int
    """Bytes of what the site gives."""
    text: str
    """Its first words, by which it is found, without line ends."""
    properties: tuple[tuple[str, str], ...]
    """Names and values of the properties that it was sent with, but its title."""
    names: tuple[str, ...]
    """Of people and organisations that it still has."""
    lacks: tuple[str, ...]
    """What a reader with a screen reader needs and does not get."""

    @property
    def kind(self) -> str:
        """Give its kind as a reader knows it, which is the end of its name."""
        return self.file.suffix[1:]

    @property
    def media_type(self) -> str:
        return DOCUMENT_KINDS[self.file.suffix]

    @property
    def worded_size(self) -> str:
        """Word its size: 1,2 MB."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} kB"
        return f"{number(round(self.size / 1_000_000, 1))} MB"


Value = tuple[str, str]
"""A facet and a value of it: ("onderwerp", "ondermijning")."""


@dataclass(frozen=True, slots=True)
class Page:
    """One content page that passed every check."""

    collectie: Collectie
    slug: str
    path: str
    """Path of the source file below the content folder: practices/raad-in-beraad.md."""
    velden: Velden
    body: Body
    lines: Mapping[str, int] = field(compare=False, repr=False)
    """Line of each field that the source file has."""
    key: str = field(compare=False, repr=False)
    """Names what the source file says: the same when that is the same."""
    values: tuple[Value, ...] = field(repr=False)
    """What it has of each facet, in the order of these."""

    def values_in(self, facet: str) -> tuple[str, ...]:
        """Give the slugs of its values of a facet."""
        return tuple(slug for name, slug in self.values if name == facet)

    @property
    def address(self) -> str:
        """Address below the site's root, without leading slash."""
        return f"{self.collectie.slug}/{self.slug}/"

    @property
    def first_address(self) -> str:
        """Give the first address that it had on this platform, by which whoever follows it knows it
        under another name too; one from before (/proeven/euro/) nobody followed here.
        """
        homes = tuple(f"/{collectie.slug}/" for collectie in COLLECTIES.values())
        old = (old for old in self.velden.oude_adressen if old.startswith(homes))
        return next(old, self.address).lstrip("/")

    @property
    def titel(self) -> str:
        return self.velden.titel


@dataclass(frozen=True)
class Library:
    """What a content folder holds."""

    pages: tuple[Page, ...]
    """Pages without errors, by collection and slug."""
    vocabulary: Vocabulary
    identity: Identity
    findings: tuple[Finding, ...]
    """The errors."""
    images: tuple[SiteImage, ...] = ()
    documents: tuple[SiteDocument, ...] = ()
    """All that passed, by name, also those that no page names."""
    drafts: tuple[Page, ...] = ()
    """Pages without errors that are left out because they are not finished."""
    broken: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    """Findings of the pages that were left out, by the address the page would have had."""
    zelfscan: Zelfscan | None = None
    advice: tuple[Finding, ...] = ()
    """What was seen while reading that stops no page."""

    @cached_property
    def by_slug(self) -> dict[str, Page]:
        return {p.slug: p for p in self.pages}

    @cached_property
    def downloads(self) -> dict[str, SiteDocument]:
        """Give the documents that the site gives, by name: those that a page of it names."""
        named = {d.bestand for p in self.pages for d in p.velden.documenten}
        return {d.file.name: d for d in self.documents if d.file.name in named}

    @cached_property
    def latest(self) -> tuple[Page, ...]:
        """Order the pages by the last year they are about, then by the day they were added, both
        the newest first, then by title. That somebody checked a page makes nothing in it newer.
        """

        def place(page: Page) -> tuple[int, int, str, str]:
            fields = page.velden
            added = fields.datum.toordinal()
            return -fields.laatste_jaar, -added, sort_key(page.titel), page.slug

        return tuple(sorted(self.pages, key=place))

    @cached_property
    def newest(self) -> tuple[Page, ...]:
        """Order the pages by the day they were added or checked, the newest first: what somebody
        who comes back has not seen yet. Of one day what is about the latest year comes first.
        """
        return tuple(sorted(self.latest, key=lambda p: -p.velden.laatst_gecontroleerd.toordinal()))
