"""What search makes of the pages: which it finds, and what their words weigh."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from kennisplatform.model.site import SearchDocument
from kennisplatform.search.weights import BOOST, PART
from kennisplatform.site.pages import SitePage


def documents(pages: Iterable[SitePage]) -> Iterator[SearchDocument]:
    """Give a document for every page that search finds."""
    return (found for page in pages if (found := page.content.document(page)))


def weight(document: SearchDocument) -> float:
    """Give what the words of a document count for."""
    return PART if document.part else 1 + BOOST * math.log2(1 + document.referrers)
