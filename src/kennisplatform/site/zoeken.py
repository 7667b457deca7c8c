"""The search page, and the overview from A to Z for visitors without JavaScript: on that page, or
one letter of it on pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.site import batches
from kennisplatform.model.text import enumerate_nl, first_letter, sort_key
from kennisplatform.site.pages import HOME, Content, Crumb, Reference, SitePage, references

MOST_TITLES = 12
"""Titles of one letter that the search page lists itself; a letter with more has its own page, so
that it stays quick to open and a page more changes one letter.
"""
SHEET = 300
"""Titles on a page of a letter; a few more where the cut falls later."""


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


@dataclass(frozen=True, slots=True)
class Letterblad(Content):
    pages: tuple[Page, ...]
    before: str
    after: str
    """Addresses of the page before and after it of the same letter, or nothing."""

    def references(self) -> Iterator[Reference]:
        yield from references("Alle pagina’s", self.pages)
        for name, address in (("Vorige", self.before), ("Volgende", self.after)):
            if address:
                yield "Bladeren", name, address

    def document(self, page: SitePage) -> None:
        """Search finds the pages that it lists."""


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
    about = "Alle {} met een titel onder {}."
    for letter, own, pages in letters:
        for content, address, title in _sheets(letter, own, pages) if own else ():
            yield SitePage(
                address,
                "letter.html",
                title,
                about.format(enumerate_nl(kinds), letter),
                (HOME, Crumb(search.titel, search.address)),
                content,
            )


def _sheets(letter: str, base: str, pages: Sequence[Page]) -> Iterator[tuple[Letterblad, str, str]]:
    """Give the titles of a letter in pages, with the address and the title of each."""
    keyed = ((page.address, page) for page in pages)
    sheets = [tuple(p for _, p in batch) for batch in batches(keyed, SHEET, lambda _: 1)]
    addresses = [base, *(f"{base}pagina/{number}/" for number in range(2, len(sheets) + 1))]
    around = ["", *addresses, ""]
    for place, (address, here) in enumerate(zip(addresses, sheets, strict=True)):
        since = f", vanaf ‘{here[0].titel}’" if place else ""
        content = Letterblad(here, around[place], around[place + 2])
        yield content, address, f"Pagina’s onder {letter}{since}"
