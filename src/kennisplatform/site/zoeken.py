"""The search page, and the overview from A to Z for visitors without JavaScript: on that page, or
one letter of it on a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import enumerate_nl, first_letter, sort_key
from kennisplatform.site.pages import HOME, Content, Crumb, Reference, SitePage, references

MOST_TITLES = 12
"""Titles of one letter that the search page lists itself; a letter with more has its own page, so
that it stays quick to open and a page more changes one letter.
"""


@dataclass(frozen=True, slots=True)
class Zoeken(Content):
    letters: tuple[tuple[str, str, tuple[Page, ...]], ...]
    """Letter, the address of its own page or nothing, and the pages listed here."""

    def references(self) -> Iterator[Reference]:
        for letter, address, pages in self.letters:
            yield from references("Alle pagina’s", pages)
            if address:
                yield "Alle pagina’s", letter, address

    def document(self, page: SitePage) -> None:
        """Who searches is there."""


def search_pages(platform: Platform) -> Iterator[SitePage]:
    groups: dict[str, list[Page]] = {}
    for page in sorted(platform.library.pages, key=lambda p: sort_key(p.titel)):
        groups.setdefault(first_letter(page.titel), []).append(page)
    letters = tuple(
        (letter, f"zoeken/{letter.lower()}/" if len(pages) > MOST_TITLES else "", tuple(pages))
        for letter, pages in sorted(groups.items())
    )
    here = tuple((letter, own, () if own else pages) for letter, own, pages in letters)
    kinds = [c.meervoud for c in COLLECTIES.values()]
    search = SitePage(
        "zoeken/",
        "zoeken.html",
        "Zoeken",
        f"Zoek in alle {enumerate_nl([*kinds, 'gemeenten'])}.",
        (HOME,),
        Zoeken(here),
        script="partials/zoekbegin.js",
    )
    yield search
    for letter, address, pages in (one for one in letters if one[1]):
        about = f"Alle {enumerate_nl(kinds)} met een titel onder {letter}."
        yield SitePage(
            address,
            "letter.html",
            f"Pagina’s onder {letter}",
            about,
            (HOME, Crumb(search.titel, search.address)),
            Zoeken(((letter, "", pages),)),
        )
