"""An address that only leads on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kennisplatform.model.platform import Platform
from kennisplatform.site.pages import HOME, Content, Reference, SitePage


@dataclass(frozen=True, slots=True)
class Doorverwijzing(Content):
    naam: str
    target: str

    def references(self) -> Iterator[Reference]:
        yield "Staat nu op", self.naam, self.target

    def document(self, page: SitePage) -> None:
        """What it leads to is found."""


def old_addresses(platform: Platform) -> Iterator[SitePage]:
    """Lead on from every address that a content page had."""
    for page in platform.library.pages:
        for old in page.velden.oude_adressen:
            yield redirect(old.strip("/") + "/", page.titel, page.address)


def redirect(address: str, naam: str, target: str) -> SitePage:
    about = f"Deze pagina staat nu op een ander adres: {naam}."
    return SitePage(
        address,
        "doorverwijzing.html",
        naam,
        about,
        (HOME,),
        Doorverwijzing(naam, target),
        findable=False,
    )


def moved(pages: Iterable[SitePage]) -> dict[str, str]:
    """Give by each address that only leads on where it leads to."""
    return {
        page.address: page.shows.target for page in pages if isinstance(page.shows, Doorverwijzing)
    }
