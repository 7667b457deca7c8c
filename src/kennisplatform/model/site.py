"""What the site is made of beside its pages: its other files, its pages as search sees them, and
how what grows is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from zlib import crc32

from kennisplatform.model.library import DOCUMENTS, IMAGES, Body

TERMS, WORDS, VALUES = _OF_SEARCH = ("zoek/t", "zoek/w", "zoek/f")
HASHED = (*_OF_SEARCH, DOCUMENTS)
"""Folders of which the files are named after their content: a browser keeps them."""
PAGELESS = {IMAGES, DOCUMENTS, "assets", "data", "feeds", "filter", "zoek"}
"""Folders of the site in which no page lies."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SiteFile:
    """Its address below the site's root, and its bytes."""

    address: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One page as search sees it."""

    slug: str
    """A content page's slug; of any other page its address, which has a slash: gemeenten/maashorst,
    zelfscan/.
    """
    address: str
    titel: str
    samenvatting: str
    soort: str
    texts: Mapping[str, Sequence[str]]
    """What it says by field of the index, title and summary too, beside its body."""
    facets: Mapping[str, Sequence[str]]
    """Values by facet, as far as it has any."""
    paragraphs: Sequence[str] = ()
    """What a result may quote beside its text."""
    body: Body | None = None
    """Of a content page. Its record has the text too."""
    plaats: str = ""
    wanneer: str = ""
    """Year of what the page is about, or the day of a meeting, when it is known."""
    other_names: tuple[tuple[str, str], ...] = ()
    """Other names under which it is found, each with what it is: (Landerd, "hoort nu bij
    Maashorst").
    """
    referrers: int = 0
    """Number of pages that refer to it."""
    documents: Sequence[str] = ()
    """Titles of the documents by whose text it is found too."""
    linked: Sequence[str] = ()
    """Slugs of the pages that it names or that name it."""
    komt_tot: str = ""
    """Last day of a meeting that has not been."""
    part: bool = False
    """Whether it is a part of the site (an overview, the zelfscan), and not about one thing."""

    @property
    def by_field(self) -> Mapping[str, Sequence[str]]:
        """Give all that it says by field of the index."""
        if self.body is None:
            return self.texts
        return {**self.texts, "tekst": (self.body.text, *self.texts["tekst"])}

    @property
    def said(self) -> bytes:
        """Give what names all that it says: the same when that is the same."""
        return repr(self.texts).encode() + (self.body.texts[1] if self.body else b"")


def batches(
    entries: Iterable[tuple[str, T]], most: int, size: Callable[[T], int]
) -> Iterator[list[tuple[str, T]]]:
    """Cut entries, in their order, into batches of a certain size and a little more.

    The key of an entry says whether a batch may begin with it: so the cuts stay where they are
    when something is added, but for those beside it.
    """
    batch: list[tuple[str, T]] = []
    total = 0
    for key, value in entries:
        here = size(value)
        if here > most or (total >= most and crc32(key.encode()) % 8 == 0):
            if batch:
                yield batch
            batch, total = [], 0
        batch.append((key, value))
        total += here
    if batch:
        yield batch
