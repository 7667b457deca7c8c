"""One page of a list of a collection: the whole of it, or what has one value of a facet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kennisplatform.derive.catalogue import Sheet, lists
from kennisplatform.model.identity import Identity
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.site import SearchDocument
from kennisplatform.site.pages import HOME, Content, Crumb, Node, SitePage


@dataclass(frozen=True, slots=True)
class Lijstblad(Content):
    sheet: Sheet

    schema_type = "CollectionPage"

    def shown(self) -> Sequence[Page]:
        return self.sheet.pages

    def texts(self) -> Sequence[bytes]:
        return (self.sheet.day.encode(),) if self.sheet.day else ()

    def document(self, page: SitePage) -> SearchDocument | None:
        """Search finds a collection, at its first page; its answers are limited by filters."""
        return Content.document(self, page) if self.sheet.whole else None

    def linked_data(self, root: str, platform: Platform) -> Node:
        items = [
            {"@type": "ListItem", "position": place, "url": root + page.address}
            for place, page in enumerate(self.sheet.pages, 1)
        ]
        return {
            "mainEntity": {
                "@type": "ItemList",
                "numberOfItems": len(items),
                "itemListElement": items,
            }
        }


def list_pages(platform: Platform) -> Iterator[SitePage]:
    """Give every page of every list."""
    for sheet in lists(platform.library, platform.relations, platform.today):
        yield _list_page(sheet, platform.identity)


def _list_page(sheet: Sheet, identity: Identity) -> SitePage:
    collectie = sheet.collectie
    crumbs = [HOME]
    title, about = collectie.naam, identity.collecties[collectie.map]
    if sheet.chosen:
        facet, value = sheet.chosen
        title, about = (
            f"{collectie.naam}: {value.naam}",
            f"{collectie.naam}. {facet}: {value.naam}.",
        )
        crumbs.append(Crumb(collectie.naam, f"{collectie.slug}/"))
    if sheet.number > 1:
        crumbs.append(Crumb(title, sheet.base))
        title = f"{title}, blad {sheet.number}"
    return SitePage(sheet.address, "catalogus.html", title, about, tuple(crumbs), Lijstblad(sheet))
