"""Every page of the site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kennisplatform.model.platform import Platform
from kennisplatform.site.artikel import articles
from kennisplatform.site.doorverwijzing import old_addresses
from kennisplatform.site.gemeente import municipality_pages
from kennisplatform.site.hulpmiddelen import tool_pages
from kennisplatform.site.kaart import map_page
from kennisplatform.site.lijst import list_pages
from kennisplatform.site.pages import SitePage
from kennisplatform.site.redactie import editor_pages
from kennisplatform.site.term import term_pages
from kennisplatform.site.voortgang import progress_page
from kennisplatform.site.zelfscan import zelfscan_pages
from kennisplatform.site.zoeken import search_pages

KINDS = (
    articles,
    list_pages,
    term_pages,
    municipality_pages,
    search_pages,
    map_page,
    progress_page,
    tool_pages,
    zelfscan_pages,
    editor_pages,
    old_addresses,
)
"""What makes the pages of each kind. Search numbers pages as they come, and so do filters: content
first, as it is listed.
"""


def site_pages(platform: Platform) -> Iterator[SitePage]:
    """Give every page of the site except the hand-written ones."""
    return chain.from_iterable(pages(platform) for pages in KINDS)
