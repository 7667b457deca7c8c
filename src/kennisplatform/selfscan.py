"""The Democratie-zelfscan: its groups, statements and steps, read from content/zelfscan.yml."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from kennisplatform.findings import Finding, errors
from kennisplatform.frontmatter import Document, Location, read_yaml
from kennisplatform.text import enumerate_nl, slugify
from kennisplatform.validation import worded
from kennisplatform.values import Aandachtsveld, Naam, Regel, Slug
from kennisplatform.vocabulary import Vocabulary

FILE = "zelfscan.yml"
GROUPS = 4


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Groep(_Model):
    """Who answers together, and which roles count as this group."""

    id: Literal["raad", "college", "ambtenaren", "inwoners"]
    naam: Naam
    rollen: Regel


class Stelling(_Model):
    """A statement that all groups can agree or disagree with; agreeing means it goes well."""

    id: Slug
    """What answers refer to: it stays when the wording is polished."""
    tekst: Regel


def _three_or_four(value: tuple[Stelling, ...]) -> tuple[Stelling, ...]:
    if not 3 <= len(value) <= 4:
        raise PydanticCustomError("aantal-klopt-niet", "moeten er 3 of 4 zijn; het zijn er {n}", {"n": len(value)})
    return value


class Veld(_Model):
    aandachtsveld: Aandachtsveld
    stellingen: Annotated[tuple[Stelling, ...], AfterValidator(_three_or_four)]

    @property
    def slug(self) -> str:
        return slugify(self.aandachtsveld)


class Stap(_Model):
    """One step of doing the scan together."""

    naam: Naam
    wie: Regel
    doel: Regel
    taken: Annotated[tuple[Regel, ...], Field(min_length=1)]


class Zelfscan(_Model):
    versie: Annotated[int, Field(ge=1)]
    """Goes up when earlier answers no longer fit; answers to another version are not counted."""
    groepen: tuple[Groep, ...]
    velden: tuple[Veld, ...]
    stappen: tuple[Stap, ...]


def load_selfscan(content: Path, shown: str, defaults: Path | None, vocabulary: Vocabulary) -> tuple[Zelfscan | None, list[Finding]]:
    """Read zelfscan.yml of a content folder, or else the project's own in `defaults`.

    The project's own gives no findings: where it does not fit the vocabulary of the folder, there is no scan.
    """
    if (content / FILE).exists():
        return _read(content / FILE, f"{shown}/{FILE}", vocabulary)
    if defaults is None:
        return None, []
    scan, findings = _read(defaults / FILE, str(defaults / FILE), vocabulary)
    return (None if errors(findings) else scan), []


def _read(file: Path, shown: str, vocabulary: Vocabulary) -> tuple[Zelfscan | None, list[Finding]]:
    document, findings = read_yaml(file, shown)
    if document is None:
        return None, findings
    if not isinstance(document.fields, dict):
        return None, [Finding(shown, 1, "geen-groep", "dit bestand moet uit de velden versie, groepen, velden en stappen bestaan.")]
    try:
        scan = Zelfscan.model_validate(document.fields, context=vocabulary)
    except ValidationError as error:
        return None, worded(error, document, tuple(Zelfscan.model_fields), "/bijdragen/#de-zelfscan-aanpassen")
    findings = list(_check(scan, document, vocabulary))
    return (None if findings else scan), findings


def _check(scan: Zelfscan, document: Document, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Find what no single value shows: doubles, and what is missing."""
    named: list[tuple[Location, str]] = [(("groepen", i, "id"), g.id) for i, g in enumerate(scan.groepen)]
    named += [(("velden", i, "aandachtsveld"), v.aandachtsveld) for i, v in enumerate(scan.velden)]
    named += [(("velden", i, "stellingen", j, "id"), s.id) for i, v in enumerate(scan.velden) for j, s in enumerate(v.stellingen)]
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            yield Finding(document.path, document.line_of(place), "dubbele-waarde", f"‘{name}’ staat er twee keer.", "Geef een van de twee een andere naam.")
        seen.add(name)
    if len(scan.groepen) < GROUPS:
        yield Finding(document.path, document.line_of(("groepen",)), "aantal-klopt-niet", f"groepen moeten er {GROUPS} zijn; het zijn er {len(scan.groepen)}.")
    used = {v.aandachtsveld for v in scan.velden}
    if missing := [t.naam for t in vocabulary.aandachtsvelden if t.naam not in used]:
        yield Finding(document.path, document.line_of(("velden",)), "aandachtsveld-ontbreekt",
                      f"bij velden ontbreekt {enumerate_nl([f'‘{name}’' for name in missing])}.", "Elk aandachtsveld heeft 3 of 4 stellingen.")
