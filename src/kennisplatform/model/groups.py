"""The groups of fields within a page: a figure, a source, an image, a document, a period, a number
of municipalities, a municipality that followed, whom to ask, a law, who judged.
"""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kennisplatform.model.addresses import other_host
from kennisplatform.model.days import YEAR, both_ends, iso, span
from kennisplatform.model.findings import Meant
from kennisplatform.model.text import moment, number
from kennisplatform.model.values import (
    NO_WHOLE,
    Bestandsnaam,
    Dag,
    Geheel,
    GemeenteNaam,
    Getal,
    Https,
    Mailadres,
    Naam,
    Regel,
    Vaag,
    Vergelijking,
    Wetsadres,
    plain,
    text_like,
)

COMPARED = {
    ">": "meer dan",
    "<": "minder dan",
    "≥": "minstens",
    "≤": "hoogstens",
    "ca": "circa",
    "bijna": "bijna",
    "=": "",
}


class Model(BaseModel):
    """Fields that stay as they are read, and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def ends_before(begin: str) -> PydanticCustomError:
    """Give what to raise about an end before its begin, which is worded already."""
    return PydanticCustomError(
        "einde-voor-begin",
        "ligt voor het begin ({begin})",
        {"begin": begin, "repair": "Verwissel ze, of verbeter het jaar."},
    )


class Cijfer(Model):
    """A figure as the source gives it: never more exact than there."""

    naam: Annotated[str, StringConstraints(min_length=1, max_length=90), AfterValidator(plain)] = (
        Field(description="Wat er is geteld of gemeten.", examples=["Deelnemende gemeenten"])
    )
    waarde: Getal = Field(description="Het getal, of een breuk als “1/3”.", examples=[6, "1/3"])
    tot: Getal | None = Field(
        default=None, description="Het hoogste getal, als er een reeks staat.", examples=[9]
    )
    eenheid: Naam = Field(
        description="Wat er wordt geteld: gemeenten, raadsleden, euro.", examples=["gemeenten"]
    )
    vergelijking: Vergelijking = Field(default="=", description="Hoe precies het getal is.")
    peildatum: Vaag = Field(
        description="Over welke tijd het getal gaat. Een getal zonder jaar, zoals in een regel, "
        "blijft in de tekst.",
        examples=["2018-2019", "najaar 2019"],
    )
    bron: Regel = Field(description="Waar het getal staat.", examples=["Evaluatie van de proef"])
    tekst: Regel | None = Field(
        default=None,
        description="De woorden uit de bron, als een getal te precies zou zijn.",
        examples=["bijna alle gemeenten"],
    )

    @field_validator("tot", mode="after")
    @classmethod
    def _not_below_its_value(
        cls, value: int | float | str | None, info: ValidationInfo
    ) -> int | float | str | None:
        lowest = info.data.get("waarde")
        if (
            value is not None
            and lowest is not None
            and Fraction(str(value)) < Fraction(str(lowest))
        ):
            raise PydanticCustomError(
                "einde-voor-begin",
                "is lager dan waarde ({lowest})",
                {"lowest": _worded(lowest), "repair": "Verwissel ze."},
            )
        return value

    @property
    def bedrag(self) -> str:
        """Word the value with its comparator: bijna 50, € 251 tot € 618, meer dan 1/4; no line ends
        after the sign of the euro.
        """
        euro = "€\u00a0" if self.eenheid == "euro" else ""
        shown = (
            euro
            + _worded(self.waarde)
            + (f" tot {euro}{_worded(self.tot)}" if self.tot is not None else "")
        )
        return f"{COMPARED[self.vergelijking]} {shown}".strip()

    @property
    def getoonde_eenheid(self) -> str:
        return "" if self.eenheid == "euro" else self.eenheid

    @property
    def moment(self) -> str:
        return moment(self.peildatum)


def _worded(value: int | float | str) -> str:
    return value if isinstance(value, str) else number(value)


def _where_its_name_says(value: str | None, info: ValidationInfo) -> str | None:
    name = "naam" if "naam" in info.data else "titel"  # which is not there when it is refused
    if value and (host := other_host(info.data.get(name, ""), value)):
        raise PydanticCustomError(
            "ander-adres", f"is een ander adres dan de {name} noemt: ‘{{host}}’", {"host": host}
        )
    return value


class Bron(Model):
    titel: Regel = Field(
        description="De naam van de bron.",
        examples=["Evaluatie van de proef"],
    )
    url: Https | None = Field(
        default=None,
        description="Het adres, dat begint met https://.",
        examples=["https://www.rijksoverheid.nl/documenten"],
    )
    kop: Regel | None = Field(
        default=None, description="De kop waaronder het in de bron staat.", examples=["voetnoot 10"]
    )
    uitgever: Regel | None = Field(
        default=None, description="Wie de bron uitgaf.", examples=["Vereniging van dorpen"]
    )
    datum: Vaag | None = Field(
        default=None, description="Van wanneer de bron is.", examples=["2019-12", "2019"]
    )
    gelezen: Dag | None = Field(
        default=None,
        description="De dag waarop de bron voor deze pagina is gelezen.",
        examples=["2026-11-29"],
    )

    _named = field_validator("url", mode="after")(_where_its_name_says)

    @property
    def bijzonderheden(self) -> str:
        """Word what is known of it beside its title: Vereniging van dorpen, december 2019."""
        return ", ".join(filter(None, (self.uitgever, moment(self.datum) if self.datum else None)))


class Bijlage(Model):
    """A document to download: a file of this platform, or one that lies elsewhere."""

    titel: Regel = Field(
        description="Hoe het document heet.", examples=["Draaiboek voor een wijkavond"]
    )
    bestand: Bestandsnaam | None = Field(
        default=None,
        description="De naam van het bestand in content/documenten.",
        examples=["draaiboek-wijkavond.pdf"],
    )
    url: Https | None = Field(
        default=None,
        description="Het adres van een document op een andere site, dat begint met https://.",
        examples=["https://www.gemeente.example/draaiboek.pdf"],
    )
    soort: Naam | None = Field(
        default=None, description="Wat voor document het is.", examples=["draaiboek"]
    )
    datum: Vaag | None = Field(
        default=None, description="Van wanneer het document is.", examples=["2026-03-09", "2024"]
    )
    rechthebbende: Regel | None = Field(
        default=None,
        description="Van wie het document is.",
        examples=["de gemeente zelf"],
    )
    licentie: Regel | None = Field(
        default=None,
        description="Onder welke voorwaarden een ander het mag gebruiken.",
        examples=["CC BY 4.0"],
    )

    _named = field_validator("url", mode="after")(_where_its_name_says)

    @model_validator(mode="after")
    def _lies_in_one_place(self) -> Bijlage:
        if bool(self.bestand) == bool(self.url):
            raise PydanticCustomError(
                "bestand-of-url",
                "noemt bestand en url allebei"
                if self.url
                else "noemt geen bestand en ook geen url",
                {"repair": "Houd er een over." if self.url else "Voeg een van de twee toe."},
            )
        return self

    @property
    def bijzonderheden(self) -> str:
        """Word what is known of it beside its title: draaiboek, maart 2026, de gemeente zelf."""
        when = moment(self.datum) if self.datum else None
        known = (self.soort, when, self.rechthebbende, self.licentie)
        return ", ".join(filter(None, known))


class Periode(Model):
    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    van: Vaag | None = Field(
        default=None, description="Het begin.", examples=["2018", "najaar 2018"]
    )
    tot: Vaag | None = Field(default=None, description="Het einde.", examples=["2019"])

    @field_validator("van", "tot", mode="before")
    @classmethod
    def _one_end(cls, value: Any, info: ValidationInfo) -> Any:
        ends = both_ends(value) if isinstance(value, str) else None
        if ends:
            own = ends.pop(str(info.field_name), ends["van"])
            repair = "Het begin hoort bij van, het einde bij tot. Loopt het nog? Laat tot weg."
            about = {
                "meant": Meant(own, certain=len(ends) == 1),
                "beside": {name: end for name, end in ends.items() if name != info.field_name},
                "repair": repair,
            }
            raise PydanticCustomError("meer-waarden", "is een begin en een einde", about)
        return value

    @field_validator("tot", mode="after")
    @classmethod
    def _not_before_its_begin(cls, value: str | None, info: ValidationInfo) -> str | None:
        begin = info.data.get("van")
        if value and begin and span(value)[1] < span(begin)[0]:
            raise ends_before(moment(begin))
        return value

    @model_validator(mode="after")
    def _not_empty(self) -> Periode:
        if not self.van and not self.tot:
            raise PydanticCustomError("periode-leeg", "heeft van en tot allebei niet")
        return self

    def __str__(self) -> str:
        """Word the period as vaguely as it is known: najaar 2018 tot eind 2019."""
        if self.van and self.tot and self.van != self.tot:
            return f"{moment(self.van)} tot {moment(self.tot)}"
        if self.van and not self.tot:
            return f"vanaf {moment(self.van)}" if not re.fullmatch(r"\d{4}", self.van) else self.van
        return moment(self.van or "") if self.van else f"tot {moment(self.tot or '')}"

    @property
    def grenzen(self) -> tuple[datetime.date, datetime.date]:
        """Give the first and last day it may hold; an end that is not known is date.min or
        date.max.

        A year by itself is that year, as it is shown.

        """
        alone = self.van if self.van and not self.tot and re.fullmatch(r"\d{4}", self.van) else None
        last = self.tot or alone
        return span(self.van)[0] if self.van else datetime.date.min, span(last)[
            1
        ] if last else datetime.date.max

    @property
    def jaren(self) -> tuple[int, ...]:
        """Give every year from the first it names to the last."""
        named = [
            int(found[0]) for text in (self.van, self.tot) if text for found in YEAR.finditer(text)
        ]
        return tuple(range(min(named), max(named) + 1))

    @property
    def interval(self) -> str:
        """Write it as ISO 8601 (2019, 2018-07/2019, ../2019-03), or nothing: “najaar 2019” is no
        such period.
        """
        begin, end = iso(self.van), iso(self.tot)
        if bool(begin) != bool(self.van) or bool(end) != bool(self.tot):
            return ""
        alone = begin == end or (not end and YEAR.fullmatch(begin))
        return begin if alone else f"{begin or '..'}/{end or '..'}"


class GemeenteAantal(Model):
    # The form writes the word where the number would be; Velden takes it out.
    waarde: Annotated[
        Geheel,
        WithJsonSchema(
            {
                "anyOf": [
                    text_like("([0-9]{1,9}|onbekend)", f"{NO_WHOLE}, of het woord onbekend"),
                    {"type": "integer"},
                ]
            }
        ),
    ] = Field(description="Het aantal gemeenten, of het woord onbekend.", examples=[23])
    vergelijking: Vergelijking = Field(default="=", description="Hoe precies het getal is.")

    def __str__(self) -> str:
        return f"{COMPARED[self.vergelijking]} {number(self.waarde)}".strip()


class Overname(Model):
    gemeente: GemeenteNaam = Field(description="Welke gemeente.")
    jaar: Annotated[Geheel, Field(ge=1990, le=2100)] = Field(
        description="In welk jaar.", examples=[2019]
    )
    bron: Regel = Field(description="Waar dat staat.", examples=["Evaluatie van de proef"])


class Contact(Model):
    """Whom to ask: a function, a team or a shared mailbox, never a person."""

    naam: Regel = Field(
        description="Een functie, een team of een organisatie. Geen naam van een persoon.",
        examples=["de griffie van de gemeente"],
    )
    mail: Mailadres | None = Field(
        default=None,
        description="Een gedeelde mailbox. Geen adres van een persoon.",
        examples=["griffie@gemeente.example"],
    )
    url: Https | None = Field(
        default=None,
        description="Een pagina om te lezen hoe u hen bereikt, die begint met https://.",
        examples=["https://www.gemeente.example/griffie"],
    )

    _named = field_validator("url", mode="after")(_where_its_name_says)

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.naam, self.mail)))


def _by_its_name(value: Any) -> Any:
    return {"naam": value} if isinstance(value, str) else value


NAME_WILL_DO = BeforeValidator(_by_its_name, json_schema_input_type=Contact | Regel)
"""Takes a text in place of a group: its name, which is all that is known."""


class Wet(Model):
    titel: Regel = Field(description="Hoe de wet heet.", examples=["Gemeentewet"])
    url: Wetsadres = Field(
        description="Het adres van de wet op wetten.overheid.nl.",
        examples=["https://wetten.overheid.nl/BWBR0005416/"],
    )


class Beoordeling(Model):
    """Who judged how good it is, and by what."""

    door: Regel = Field(description="Wie het beoordeelde.", examples=["Movisie"])
    op: Regel = Field(
        description="Wat er is beoordeeld, of waarmee.", examples=["onderzoek in drie wijken"]
    )
    wanneer: Vaag | None = Field(default=None, description="Wanneer dat was.", examples=["2021"])
    bron: Regel | None = Field(
        default=None, description="Waar het oordeel staat.", examples=["Evaluatie van de proef"]
    )

    def __str__(self) -> str:
        """Word it: Movisie: onderzoek in drie wijken, 2021 (bron: Evaluatie van de proef)."""
        when = f", {moment(self.wanneer)}" if self.wanneer else ""
        where = f" (bron: {self.bron})" if self.bron else ""
        return f"{self.door}: {self.op}{when}{where}"


class Afbeelding(Model):
    """Who made an image that the text of a page shows, and who may use it."""

    beeld: Regel = Field(
        description="De naam van het bestand, zoals die in de tekst staat.", examples=["tuin.jpg"]
    )
    maker: Regel = Field(
        description="Wie de foto of tekening maakte.", examples=["de gemeente zelf"]
    )
    licentie: Regel | None = Field(
        default=None,
        description="Onder welke voorwaarden een ander het beeld mag gebruiken.",
        examples=["CC BY 4.0"],
    )

    @property
    def file(self) -> str:
        """The name of the file, also where its path is typed."""
        return self.beeld.rpartition("/")[2]

    def __str__(self) -> str:
        return ", ".join(filter(None, (f"Beeld: {self.maker}", self.licentie)))


def licence_address(name: str | None) -> str:
    """Give the address of a licence of Creative Commons; of another it is not known."""
    if found := _CREATIVE_COMMONS.fullmatch(name or ""):
        return f"{_CC}licenses/{found[1].lower()}/{found[2]}/"
    return f"{_CC}publicdomain/zero/1.0/" if _CC0.fullmatch(name or "") else ""


_CC = "https://creativecommons.org/"
_CREATIVE_COMMONS = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -]([1-4]\.0)", re.IGNORECASE)
_CC0 = re.compile(r"CC ?0([ -]1\.0)?", re.IGNORECASE)

NESTED: dict[str, type[Model]] = {
    "cijfers": Cijfer,
    "bronnen": Bron,
    "afbeeldingen": Afbeelding,
    "documenten": Bijlage,
    "periode": Periode,
    "gemeente_aantal": GemeenteAantal,
    "overgenomen_door": Overname,
    "contact": Contact,
    "wetten": Wet,
    "beoordeling": Beoordeling,
}
"""Fields that hold a group of fields, or a list of such groups."""
