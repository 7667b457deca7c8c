"""What every column and every field of the open data means, from the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kennisplatform.model.fields import Veld, explain_fields
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import enumerate_nl
from kennisplatform.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Kolom:
    """One piece of data of a page: its column in the CSV, its place in the JSON, and what it
    means.
    """

    naam: str
    """Name of the column; empty for what only the JSON has."""
    json: str
    """Path in the record of a page: velden.periode.van; [] after a list."""
    uitleg: str
    vorm: str
    waarden: tuple[str, ...] = ()
    """The values it may have, when they can be listed."""
    collectie: str = "alle"
    """The only collections whose pages have it, by their addresses, in words."""
    standaard: str = ""
    """The value that an empty cell stands for, if there is one."""


_FIRST_COLUMNS = (
    Kolom(
        "url",
        "",
        "Het hele adres van de pagina. Leeg als deze site geen vast adres heeft.",
        "adres",
    ),
    Kolom("adres", "adres", "Het adres van de pagina binnen deze site.", "tekst"),
    Kolom(
        "collectie",
        "collectie",
        "Bij welk deel van de site de pagina hoort.",
        "vaste waarde",
        tuple(c.slug for c in COLLECTIES.values()),
    ),
    Kolom("slug", "slug", "De korte naam van de pagina. Elke naam komt één keer voor.", "tekst"),
)
_DERIVED = (
    Kolom(
        "",
        "versie",
        "De versie van de vorm van deze gegevens. Hij gaat omhoog als een programma dat ze leest "
        "kan breken.",
        "getal",
    ),
    Kolom(
        "gemeentecodes",
        "gemeentecodes",
        "De CBS-codes van de gemeenten van nu waar de pagina over gaat, ook als de pagina een "
        "vroegere naam noemt.",
        "lijst van codes",
    ),
    *(
        Kolom("", f"relaties.{name}", about, "lijst van korte namen")
        for name, about in (
            ("instrumenten", "De instrumenten die hier zijn gebruikt."),
            ("gebruikt_in", "De pagina’s waar dit instrument is gebruikt."),
            ("gerelateerd", "De pagina’s die erbij horen, van beide kanten."),
            ("genoemd_in", "De pagina’s die in hun tekst hierheen verwijzen."),
            ("verwant", "De pagina’s die het meest hierop lijken, berekend door het platform."),
        )
    ),
    *(
        Kolom("", f"downloads[].{name}", f"De bestanden bij de pagina. {about}", form)
        for name, about, form in (
            ("titel", "Hoe het document heet.", "tekst"),
            ("adres", "Het adres binnen deze site.", "tekst"),
            ("mediatype", "De soort bestand, volgens IANA.", "tekst"),
            ("bytes", "Hoe groot het is.", "getal"),
        )
    ),
    Kolom(
        "",
        "kenmerken",
        "Dezelfde gegevens in woorden, zoals de site ze laat zien.",
        "groep teksten",
    ),
    Kolom(
        "",
        "tekst",
        "De tekst van de pagina, zonder opmaak en zonder tussenkoppen: elke alinea, elk punt van "
        "een lijst en elke cel van een tabel apart. Alleen in het bestand van de pagina zelf.",
        "lijst van teksten",
    ),
)


def codebook(vocabulary: Vocabulary) -> tuple[Kolom, ...]:
    """Describe every column and every field, from the schema; those with a name are the columns of
    the CSV, in order.
    """
    fields = explain_fields(vocabulary)
    own = (
        column
        for having, found in fields.eigen
        for column in _columns(found, enumerate_nl([c.slug for c in having]))
    )
    shared = [
        replace(c, waarden=tuple(s.naam for s in vocabulary.soorten)) if c.naam == "soort" else c
        for c in _columns(fields.gedeeld, "alle")
    ]
    return (*_FIRST_COLUMNS, *shared, *own, *_DERIVED)


def _columns(fields: Iterable[Veld], collectie: str) -> Iterator[Kolom]:
    for field in fields:
        path, many = f"velden.{field.naam}", field.vorm.startswith("lijst")
        if not field.binnen:
            yield Kolom(
                field.naam,
                path,
                field.uitleg,
                field.vorm,
                field.waarden,
                collectie,
                field.standaard,
            )
        for inner in field.binnen:
            # A group may have words of its own in place of its value: gemeente_aantal is also
            # “onbekend”.
            values = inner.waarden + (field.waarden if inner.naam == "waarde" else ())
            yield Kolom(
                "" if many else f"{field.naam}_{inner.naam}",
                f"{path}{'[]' if many else ''}.{inner.naam}",
                f"{field.uitleg} {inner.uitleg}",
                inner.vorm,
                values,
                collectie,
                inner.standaard,
            )
