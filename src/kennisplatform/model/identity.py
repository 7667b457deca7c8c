"""Who this platform is: its name, and the words it uses about itself."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from kennisplatform.model.groups import Model
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import enumerate_nl, in_words, sentence, slugify
from kennisplatform.model.values import Naam, Regel, Slug, plain

COUNT = "{aantal}"
"""Stands in the sentence above a list of names for the number of them."""
MOST_OF_A_SEARCH_NAME = 16
"""Characters that OpenSearch 1.1 allows for a ShortName; for a LongName it allows 48."""


def _only_a_count(value: str) -> str:
    if other := re.search(r"\{[^}]*\}?", value.replace(COUNT, "")):
        raise PydanticCustomError(
            "onbekende-waarde",
            "bevat {other}, wat hier niets betekent",
            {"other": other[0], "meant": None, "repair": f"Tussen accolades mag alleen {COUNT}."},
        )
    return value


class Herkomst(Model):
    """Where the first pages come from, as the foot of every page says it."""

    naam: Regel
    """As it stands behind ‘de’."""
    jaar: Annotated[int, Field(ge=1900, le=2100)]
    pagina: Slug
    """The page about it."""


class Identity(Model):
    naam: Annotated[str, StringConstraints(min_length=1, max_length=48), AfterValidator(plain)]
    """The full name, where the platform is named elsewhere: in data, feeds and citations."""
    kort: Naam
    """The name beside the icon and in the title of each page."""
    onderwerp: Naam
    """What it is about, as it stands within a sentence."""
    vraag: Regel
    """The question of the home page."""
    omschrijving: Regel
    trefwoorden: Annotated[tuple[Naam, ...], Field(min_length=1)]
    """Words by which a data portal finds the platform."""
    uitgever: Naam | None = None
    """Who publishes it; without one it is the platform itself."""
    herkomst: Herkomst | None = None
    collecties: Mapping[str, Regel]
    """What each collection holds, by its folder."""
    overzichten: Mapping[str, Annotated[Regel, AfterValidator(_only_a_count)]]
    """What the page of all values of a facet begins with, by its folder."""

    @property
    def uitgegeven_door(self) -> str:
        return self.uitgever or self.naam

    @property
    def catalogus(self) -> str:
        """Give the title of its data."""
        return f"Catalogus van {self.naam}"

    @property
    def gegevens(self) -> str:
        """Say what its data is."""
        pages = sentence(enumerate_nl([c.meervoud for c in COLLECTIES.values()]))
        return f"{pages} over {self.onderwerp} in Nederland, met gemeenten, bronnen en cijfers."

    @property
    def zoeknaam(self) -> str:
        """Give the words of the name that a browser can show in its list of search engines."""
        fits = textwrap.shorten(self.naam, MOST_OF_A_SEARCH_NAME, placeholder="")
        return fits or self.naam[:MOST_OF_A_SEARCH_NAME]

    @property
    def slug(self) -> str:
        return slugify(self.naam)

    def overzicht(self, adres: str, aantal: int) -> str:
        """Introduce the page that lists `aantal` names."""
        return sentence(self.overzichten[adres].replace(COUNT, in_words(aantal)))
