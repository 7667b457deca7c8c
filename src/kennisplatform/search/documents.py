"""What search makes of the pages: which it finds, and what their words weigh."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from kennisplatform.site.pages import Document, SitePage

FIELDS = {
    "titel": 8.0,
    "zoektermen": 5.0,
    "samenvatting": 3.0,
    "termen": 3.0,
    "thema": 0.6,
    "koppen": 1.5,
    "tekst": 1.0,
    "titeldelen": 2.0,
    "delen": 0.7,
}
"""Fields of the index with their weight. The last two hold the parts of compounds, which weigh less
than the whole word.
"""
BOOST = 0.08
"""How much each doubling of the number of pages that refer to a page adds to its weight: a page
that many others refer to is the one people look for.
"""
PART = 2.0
"""What the words of a part of the site (an overview, the zelfscan) weigh: who types its name means
the part itself, however many pages have the word.
"""


def documents(pages: Iterable[SitePage]) -> Iterator[Document]:
    """Give a document for every page that search finds."""
    return (found for page in pages if (found := page.inhoud.document(page)))


def weight(document: Document) -> float:
    """Give what the words of a document count for."""
    return PART if document.deel else 1 + BOOST * math.log2(1 + document.genoemd)
