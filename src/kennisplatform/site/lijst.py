"""One page of a list of a collection: the whole of it, or what has one value of a facet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kennisplatform.derive.catalogue import Lijst, lists
from kennisplatform.model.identity import Identiteit
from kennisplatform.model.library import Pagina
from kennisplatform.model.platform import Platform
from kennisplatform.model.site import SearchDocument
from kennisplatform.site.pages import HOME, Inhoud, Kruimel, Node, SitePage


@dataclass(frozen=True, slots=True)
class Lijstblad(Inhoud):
    lijst: Lijst

    soort_ld = "CollectionPage"

    def shown(self) -> Sequence[Pagina]:
        return self.lijst.paginas

    def document(self, page: SitePage) -> SearchDocument | None:
        """Search finds a collection, at its first page; its answers are limited by filters."""
        whole = self.lijst.gekozen is None and self.lijst.nummer == 1
        return Inhoud.document(self, page) if whole else None

    def linked_data(self, root: str, platform: Platform) -> Node:
        items = [
            {"@type": "ListItem", "position": place, "url": root + page.adres}
            for place, page in enumerate(self.lijst.paginas, 1)
        ]
        return {
            "mainEntity": {
                "@type": "ItemList",
                "numberOfItems": self.lijst.totaal,
                "itemListElement": items,
            }
        }


def list_pages(platform: Platform) -> Iterator[SitePage]:
    """Give every page of every list."""
    for lijst in lists(platform.library, platform.relations, platform.vandaag):
        yield _list_page(lijst, platform.identiteit)


def _list_page(lijst: Lijst, identiteit: Identiteit) -> SitePage:
    collectie = lijst.collectie
    crumbs = [HOME]
    title, about = collectie.naam, identiteit.collecties[collectie.map]
    if lijst.gekozen:
        facet, value = lijst.gekozen
        title, about = (
            f"{collectie.naam}: {value.naam}",
            f"{collectie.naam}. {facet}: {value.naam}.",
        )
        crumbs.append(Kruimel(collectie.naam, f"{collectie.slug}/"))
    if lijst.nummer > 1:
        crumbs.append(Kruimel(title, lijst.basis))
        title = f"{title}, blad {lijst.nummer}"
    return SitePage(lijst.adres, "catalogus.html", title, about, tuple(crumbs), Lijstblad(lijst))
