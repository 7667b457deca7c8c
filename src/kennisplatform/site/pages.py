"""What a page of the site is, and what every kind of page says of itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.site import SearchDocument

Node = dict[str, Any]
"""A thing in JSON-LD, in the terms of schema.org."""
Reference = tuple[str, str, str]
"""What another page is to this one, its title and its address."""


@dataclass(frozen=True, slots=True)
class Crumb:
    titel: str
    address: str


HOME = Crumb("Home", "")


OVERVIEW = {"collectie": ("overzichten",)}
"""How search is filtered for what is no content page and no municipality."""


class Content:
    """What a page shows and says of itself. Each kind of page is a dataclass of this, in a module
    of its own; here is what holds for a page with nothing but its template.
    """

    __slots__ = ()
    schema_type: ClassVar[str] = "WebPage"
    """What the page is in schema.org."""

    def shown(self) -> Sequence[Page]:
        """Give the content pages it is made of: when the newest changed, it did."""
        return ()

    def texts(self) -> Sequence[bytes]:
        """Give what it shows of the texts of content pages, and the day if it names that. All else
        that it shows is in the outline of the platform.
        """
        return ()

    def references(self) -> Iterator[Reference]:
        """Give every other page that it shows, in the order it shows them."""
        return references("Pagina’s", self.shown())

    def document(self, page: SitePage) -> SearchDocument | None:
        """Give what search knows of it, or None when search does not find it."""
        about = (page.omschrijving,)
        texts = {"titel": (page.titel,), "tekst": about}
        return SearchDocument(
            page.address,
            page.address,
            page.titel,
            page.omschrijving,
            "deel van deze site",
            texts,
            OVERVIEW,
            about,
            part=True,
        )

    def linked_data(self, root: str, platform: Platform) -> Node:
        """Say more to machines than every page does; addresses begin with `root`."""
        return {}

    def data(self) -> dict[str, Any]:
        """Give what its JSON has when the platform is staged, beside what every page has."""
        return {}

    def record(self) -> dict[str, Any] | None:
        """Give it as open data, or None when it is no content page."""
        return None

    def markdown(self, text_of: Callable[[Page], str]) -> Iterable[str]:
        """Give its text as Markdown; `text_of` gives that of a content page."""
        return ()


@dataclass(frozen=True)
class SitePage:
    """One page of the site: where it lies, which template shows it, and what it shows."""

    address: str
    """Below the site's root, without leading slash and with a closing one."""
    template: str
    titel: str
    omschrijving: str
    crumbs: tuple[Crumb, ...]
    shows: Content | Callable[[], Content] = Content()  # noqa: RUF009 - it has nothing to change
    """What it shows, or what makes that: who only asks for addresses need not wait."""
    findable: bool = True
    """Whether search engines and the site map should know it."""
    source: str = ""
    """File in the repository that holds its text."""
    script: str = ""
    """Template of the one script that stands inside the page, which its policy then allows."""

    @cached_property
    def content(self) -> Content:
        return self.shows if isinstance(self.shows, Content) else self.shows()

    @property
    def root(self) -> str:
        """Give the way from the page to the root of the site, without closing slash."""
        return "/".join([".."] * self.address.count("/")) or "."

    @property
    def file(self) -> str:
        """Name the file of the page."""
        return f"{self.address}index.html"

    @property
    def data(self) -> str:
        """Name the file of its record, if it has one."""
        return f"data/{self.address.rstrip('/')}.json"

    @property
    def updated(self) -> datetime.date | None:
        """The day its content was last added or checked."""
        return max((p.velden.laatst_gecontroleerd for p in self.content.shown()), default=None)


def references(kind: str, pages: Iterable[Page]) -> Iterator[Reference]:
    return ((kind, page.titel, page.address) for page in pages)


def documents(pages: Iterable[SitePage]) -> Iterator[SearchDocument]:
    """Give what search knows of every page that it finds."""
    return (found for page in pages if (found := page.content.document(page)))
