"""What is found in a document, and what is said of one that cannot be on the site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAX_FOUND = 100_000
"""Characters of a document by which it is found."""
MAKERS = {
    "Author",
    "Company",
    "Manager",
    "creator",
    "lastModifiedBy",
    "publisher",
    "initial-creator",
    "Artist",
    "CameraOwnerName",
    "GPS",
    "XPAuthor",
}
"""Properties that name people or organisations, or where somebody was."""
HYPERLINKS = ("https:", "http:", "mailto:", "tel:")
"""How an address may begin that a reader can follow from within a document."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sound document holds."""

    clean: bytes
    """What the site gives: the same document without its properties."""
    text: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    """Names and values of the properties that the file was sent with, but its title."""
    left: tuple[str, ...] = ()
    """What the document still says of who made it: a signature would break without that."""
    people: tuple[str, ...] = ()
    """Who wrote its remarks and tracked changes."""
    lacks: tuple[str, ...] = ()
    """What readers with a screen reader need and do not get."""


class Unfit(Exception):
    """A document cannot be on the site; says why, and what to do."""

    def __init__(self, message: str, repair: str) -> None:
        super().__init__(message, repair)
        self.message, self.repair = message, repair


def makers(properties: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Give the names among the properties of a document, each once."""
    return tuple(dict.fromkeys(value for name, value in properties if name in MAKERS))


def shortened(text: str) -> str:
    """Give the words of a text, as far as a document is found by them."""
    return " ".join(text.split())[:MAX_FOUND]


def may_follow(address: str) -> bool:
    """Tell whether a reader can follow an address without opening a file or starting a program."""
    bare = "".join(address.split()).lower()
    return bare.startswith(HYPERLINKS) or not (
        ":" in bare.partition("#")[0] or bare.startswith(("//", "\\"))
    )


BROKEN = Unfit(
    "het document is stuk, of is niet van de soort die zijn naam zegt.",
    "Open het en bewaar het opnieuw.",
)
