"""The Democratie-zelfscan: its groups, statements and steps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from kennisplatform.model.groups import Model
from kennisplatform.model.text import slugify
from kennisplatform.model.values import Aandachtsveld, Naam, Regel, Slug, plain

GROUPS = 4


class Deelnemersgroep(Model):
    """Who answers together, and which roles count as this group."""

    id: Literal["raad", "college", "ambtenaren", "inwoners"]
    naam: Naam
    rollen: Regel


class Stelling(Model):
    """A statement that all groups can agree or disagree with; agreeing means it goes well."""

    id: Slug
    """What answers refer to: it stays when the wording is polished."""
    tekst: Regel


def _three_or_four(value: tuple[Stelling, ...]) -> tuple[Stelling, ...]:
    if not 3 <= len(value) <= 4:
        raise PydanticCustomError(
            "aantal-klopt-niet", "moeten er 3 of 4 zijn; het zijn er {n}", {"n": len(value)}
        )
    return value


class Scanveld(Model):
    aandachtsveld: Aandachtsveld
    stellingen: Annotated[tuple[Stelling, ...], AfterValidator(_three_or_four)]

    @property
    def slug(self) -> str:
        return slugify(self.aandachtsveld)


class Stap(Model):
    """One step of doing the scan together."""

    naam: Naam
    wie: Regel
    doel: Regel
    taken: Annotated[tuple[Regel, ...], Field(min_length=1)]


class Onderscheid(Model):
    """A known instrument that the scan looks like, and is not."""

    instrument: Slug
    """Its page."""
    naam: Naam
    kort: Naam
    uitleg: Annotated[str, StringConstraints(min_length=1, max_length=320), AfterValidator(plain)]
    """In what the scan differs."""


class Zelfscan(Model):
    versie: Annotated[int, Field(ge=1, le=9_999)]
    """Goes up when earlier answers no longer fit; answers to another version are not counted."""
    groepen: tuple[Deelnemersgroep, ...]
    velden: tuple[Scanveld, ...]
    stappen: tuple[Stap, ...]
    onderscheid: Onderscheid | None = None
