"""The fields of a page, as typed and frozen models: the one place where they are defined.

Validation runs with the vocabulary as pydantic's context. JSON Schema, editor forms,
field tables and filters are derived from these models.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, get_origin

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kennisplatform.model.days import YEAR, span
from kennisplatform.model.findings import YEARS_UNCHECKED, meant
from kennisplatform.model.groups import (
    NAME_WILL_DO,
    NESTED,
    Afbeelding,
    Beoordeling,
    Bijlage,
    Bron,
    Cijfer,
    Contact,
    GemeenteAantal,
    Model,
    Overname,
    Periode,
    Wet,
    ends_before,
)
from kennisplatform.model.text import enumerate_nl, moments, slugify
from kennisplatform.model.values import (
    Aandachtsveld,
    Adres,
    Dag,
    DoelgroepNaam,
    GemeenteNaam,
    Https,
    Lijst,
    Moment,
    OrganisatieNaam,
    Pijler,
    ProvincieNaam,
    Regel,
    Slug,
    Trefwoord,
    Vraag,
    Zoekterm,
    plain,
    vocabulary_of,
)

Status = Literal["gepland", "lopend", "afgerond", "gestopt", "onbekend"]
Bewijs = Literal["idee", "proef", "uitgevoerd", "geevalueerd", "overgenomen"]


class Velden(Model):
    """What every page has, whatever its collection."""

    collectie: ClassVar[str]
    """Folder under content/."""
    een_van: ClassVar[tuple[str, ...]] = ()
    """Fields of which at least one must be filled."""
    zelden: ClassVar[tuple[str, ...]] = (
        "pijler_bron",
        "gecontroleerd",
        "zoektermen",
        "afbeeldingen",
        "gerelateerd",
        "contact",
        "wetten",
        "beoordeling",
        "overgenomen_door",
        "oude_adressen",
    )
    """Fields that editors seldom need; the form folds them away."""

    titel: Annotated[
        str, StringConstraints(min_length=1, max_length=110), AfterValidator(plain)
    ] = Field(
        description="De titel van de pagina. In de kennisbank mogen het 200 tekens zijn.",
        examples=["Laboratorium Right to Bid"],
    )
    samenvatting: Annotated[
        str, StringConstraints(min_length=1, max_length=320), AfterValidator(plain)
    ] = Field(
        description="Een of twee zinnen: wat is het en voor wie is het nuttig?",
        examples=["Zes gemeenten kwamen bij elkaar in het laboratorium Right to Bid."],
    )
    aandachtsveld: Annotated[tuple[Aandachtsveld, ...], Field(min_length=1), Lijst] = Field(
        description="Bij welke aandachtsvelden de pagina hoort."
    )
    pijler: Annotated[tuple[Pijler, ...], Lijst] = Field(
        default=(), description="Bij welke pijlers de pagina hoort."
    )
    pijler_bron: Literal["vermeld", "afgeleid"] = Field(
        default="vermeld",
        description="Staat de pijler in de bron (vermeld), of is die eruit opgemaakt (afgeleid)?",
    )
    datum: Dag = Field(
        description="De dag waarop de pagina is toegevoegd: jaar-maand-dag.",
        examples=["2026-03-09"],
    )
    gecontroleerd: Dag | None = Field(
        default=None,
        description=(
            "De dag waarop de pagina voor het laatst is gecontroleerd. Zonder dit veld geldt datum."
        ),
        examples=["2026-03-09"],
    )
    soort: str | None = Field(default=None, description="De soort pagina binnen deze map.")
    gemeente: Annotated[tuple[GemeenteNaam, ...], Lijst] = Field(
        default=(),
        description=(
            "De gemeenten waar het gebeurde. Een gewone naam of een naam van vroeger mag ook."
        ),
    )
    provincie: Annotated[tuple[ProvincieNaam, ...], Lijst] = Field(
        default=(),
        description="De provincies waar het gebeurde, als het niet om losse gemeenten gaat.",
    )
    gemeente_aantal: GemeenteAantal | Literal["onbekend"] | None = Field(
        default=None,
        description="Het aantal gemeenten, als de namen niet bekend zijn; of het woord onbekend.",
    )
    doelgroep: Annotated[tuple[DoelgroepNaam, ...], Lijst] = Field(
        default=(), description="Voor wie de pagina is."
    )
    organisatie: Annotated[tuple[OrganisatieNaam, ...], Lijst] = Field(
        default=(),
        description="De organisaties die erbij horen, met de korte of de volledige naam.",
    )
    trefwoorden: Annotated[tuple[Trefwoord, ...], Field(max_length=30), Lijst] = Field(
        default=(),
        description=(
            "Onderwerpen in uw eigen woorden. Pagina’s met hetzelfde trefwoord vinden elkaar."
        ),
        examples=[["bewonersinitiatief", "leerkring"]],
    )
    zoektermen: Annotated[tuple[Zoekterm, ...], Field(max_length=60), Lijst] = Field(
        default=(),
        description="Andere woorden waarmee iemand zoekt. Ze staan niet op de pagina.",
        examples=[["uitdaagrecht"]],
    )
    vragen: Annotated[tuple[Vraag, ...], Field(max_length=5), Lijst] = Field(
        default=(),
        description=(
            "Twee tot vijf vragen waarop de pagina antwoord geeft, in de woorden van wie het "
            "vraagt."
        ),
        examples=[["Hoe nemen bewoners een taak van de gemeente over?"]],
    )
    periode: Periode | None = Field(
        default=None,
        description=(
            "Van wanneer tot wanneer, zo precies als bekend is: 2019, 2019-04 of “najaar 2019”."
        ),
    )
    status: Status | None = Field(
        default=None,
        description="Hoe ver het is, volgens de bron. Besloten maar nog niet begonnen is gepland.",
    )
    bewijs: Bewijs | None = Field(
        default=None,
        description="Hoe goed de aanpak is beproefd. Wat nog niet gedaan is, ook als het is "
        "besloten, is een idee.",
    )
    cijfers: tuple[Cijfer, ...] = Field(
        default=(), description="De getallen uit de bron, elk met eenheid, peildatum en bron."
    )
    bronnen: tuple[Bron, ...] = Field(default=(), description="Waar de informatie vandaan komt.")
    afbeeldingen: tuple[Afbeelding, ...] = Field(
        default=(), description="Van wie de afbeeldingen in de tekst zijn."
    )
    documenten: tuple[Bijlage, ...] = Field(
        default=(),
        description="Wat een bezoeker kan downloaden: een bestand of een link naar een document.",
    )
    instrumenten: Annotated[tuple[Slug, ...], Lijst] = Field(
        default=(),
        description="De instrumenten die zijn gebruikt: bestandsnamen uit instruments, zonder .md.",
        examples=[["buurtbegroting-in-de-wijk"]],
    )
    gerelateerd: Annotated[tuple[Slug, ...], Lijst] = Field(
        default=(),
        description="Andere pagina’s die erbij horen: bestandsnamen zonder .md.",
        examples=[["buurtbegroting-in-de-wijk"]],
    )
    contact: Annotated[Contact, NAME_WILL_DO] | None = Field(
        default=None,
        description=(
            "Wie er meer van weet: een functie of een gedeelde mailbox. Geen naam van een persoon."
        ),
        examples=["de griffie"],
    )
    wetten: tuple[Wet, ...] = Field(
        default=(), description="De wetten waar het over gaat, of die u ervoor nodig hebt."
    )
    beoordeling: Beoordeling | None = Field(
        default=None, description="Wie heeft beoordeeld hoe goed het werkt, en waarop."
    )
    overgenomen_door: tuple[Overname, ...] = Field(
        default=(), description="Gemeenten die de aanpak hebben overgenomen."
    )
    oude_adressen: Annotated[tuple[Adres, ...], Lijst] = Field(
        default=(),
        description=(
            "Adressen waar deze pagina eerder stond, het oudste eerst. Ze leiden door naar het "
            "nieuwe adres."
        ),
        examples=[["/praktijken/oude-naam/"]],
    )
    concept: Literal["ja", "nee"] = Field(
        default="nee",
        description="Kies ja als de pagina nog niet af is. Dan staat zij niet op de site.",
    )

    @field_validator("soort", mode="after")
    @classmethod
    def _soort_fits(cls, value: str | None, info: ValidationInfo) -> str | None:
        vocabulary = vocabulary_of(info)
        known = vocabulary.soorten_van(cls.collectie)
        if value is not None and value not in known:
            raise PydanticCustomError(
                "onbekend-soort",
                "bestaat niet in deze map",
                {
                    "meant": meant(value, known),
                    "repair": f"Mag zijn: {', '.join(known)}.",
                    "ongelezen": "soort" in vocabulary.ongelezen,
                },
            )
        return value

    @field_validator("gemeente_aantal", mode="before")
    @classmethod
    def _word_for_group(cls, value: Any) -> Any:
        unknown = (
            isinstance(value, dict)
            and value.get("waarde") == "onbekend"
            and value.keys() <= GemeenteAantal.model_fields.keys()
        )
        return "onbekend" if unknown else value

    @property
    def laatst_gecontroleerd(self) -> datetime.date:
        return self.gecontroleerd or self.datum

    @property
    def verouderd_vanaf(self) -> datetime.date:
        """Give the first day on which it asks to be checked again."""
        return self.laatst_gecontroleerd + datetime.timedelta(YEARS_UNCHECKED * 365 + 1)

    @property
    def jaren(self) -> tuple[int, ...]:
        """Give the years in which it was, as far as they are named, to filter by."""
        return self.periode.jaren if self.periode else ()

    @property
    def laatste_jaar(self) -> int:
        """Give the last year it is about, as far as that is past: of the period, else of the
        sources; 0 when neither says.
        """
        sources = (int(year[0]) for s in self.bronnen for year in YEAR.finditer(s.datum or ""))
        return min(max(self.jaren or sources, default=0), self.datum.year)

    @property
    def wanneer(self) -> str:
        """Word in short when it was, by its years, or nothing."""
        return "–".join(map(str, sorted({self.jaren[0], self.jaren[-1]}))) if self.jaren else ""

    @property
    def waar(self) -> str:
        """Word in short where it was: three municipalities, else the provinces, a number of
        municipalities or two organisations.
        """
        if self.gemeente:
            return (
                enumerate_nl(self.gemeente)
                if len(self.gemeente) <= 3
                else f"{', '.join(self.gemeente[:3])} en {len(self.gemeente) - 3} andere"
            )
        if self.provincie:
            return enumerate_nl(self.provincie)
        if isinstance(self.gemeente_aantal, GemeenteAantal):
            return (
                f"{self.gemeente_aantal} "
                f"{'gemeente' if self.gemeente_aantal.waarde == 1 else 'gemeenten'}"
            )
        return enumerate_nl(self.organisatie[:2])

    @property
    def grenzen(self) -> tuple[datetime.date, datetime.date] | None:
        """Give the first and last day it may have been, or None when nothing is known of that."""
        return self.periode.grenzen if self.periode else None

    @property
    def kenmerken(self) -> tuple[tuple[str, str], ...]:
        """Label and value of each filled field by which pages are compared."""
        found = ((label, getattr(self, name)) for name, label in self.vergeleken().items())
        return tuple(
            (label, ", ".join(value) if isinstance(value, tuple) else value)
            for label, value in found
            if value
        )

    @classmethod
    def vergeleken(cls) -> dict[str, str]:
        """Give the label of each field of its own by which pages of this collection are compared:
        a field with a title is one.
        """
        return {name: info.title for name, info in cls.model_fields.items() if info.title}


class Aanpak(Velden):
    """What a page has that somebody can do."""

    tijdsbeslag: Regel | None = Field(
        title="Tijd", default=None, description="Hoeveel tijd het kost.", examples=["een dagdeel"]
    )
    groepsgrootte: Regel | None = Field(
        title="Groepsgrootte",
        default=None,
        description="Met hoeveel mensen het kan.",
        examples=["8 tot 12 mensen"],
    )
    kosten: Regel | None = Field(
        title="Kosten",
        default=None,
        description="Wat het kost.",
        examples=["gratis voor gemeenten"],
    )
    eerste_stap: Regel | None = Field(
        title="Eerste stap",
        default=None,
        description="Wat iemand als eerste doet.",
        examples=["Vraag de griffie wanneer de raad er tijd voor heeft."],
    )


class Praktijk(Aanpak):
    collectie = "practices"

    een_van = ("gemeente", "provincie", "gemeente_aantal", "organisatie")


Vorm = Literal[
    "bijeenkomst",
    "training",
    "digitaal hulpmiddel",
    "document",
    "netwerk",
    "begeleiding",
    "regeling",
    "onderzoek",
    "geld",
]


class Instrument(Aanpak):
    collectie = "instruments"

    moeilijkheid: Literal["laag", "gemiddeld", "hoog"] | None = Field(
        title="Moeilijkheid", default=None, description="Hoe moeilijk het is om te doen."
    )
    invloed: Annotated[
        tuple[
            Literal[
                "informeren", "raadplegen", "adviseren", "samenwerken", "meebeslissen", "zelf doen"
            ],
            ...,
        ],
        Lijst,
    ] = Field(
        title="Invloed van inwoners", default=(), description="Hoeveel invloed inwoners krijgen."
    )
    schaal: Annotated[
        tuple[Literal["buurt", "gemeente", "regio", "provincie", "landelijk"], ...], Lijst
    ] = Field(title="Schaal", default=(), description="Op welke schaal het past.")
    vorm: Annotated[tuple[Vorm, ...], Lijst] = Field(
        title="Vorm", default=(), description="Welke vorm het heeft."
    )
    oplevert: Regel | None = Field(
        title="Levert op",
        default=None,
        description="Wat het oplevert, in een zin.",
        examples=["Een gesprek met inwoners over hun wijk."],
    )
    vraagt: Regel | None = Field(
        title="Vraagt",
        default=None,
        description="Wat het van u vraagt, in een zin.",
        examples=["Een begeleider en een zaal."],
    )


PAGES_IN = {"instrumenten": Instrument.collectie, "gerelateerd": ""}
"""Fields that name pages, with the collection that these must lie in; empty for any."""


class Publicatie(Velden):
    collectie = "publications"

    # The title of a law or a report is what it is.
    titel: Annotated[
        str, StringConstraints(min_length=1, max_length=200), AfterValidator(plain)
    ] = Field(
        description="De titel van de pagina, zoals de publicatie of de regeling heet.",
        examples=["Evaluatie van de proef"],
    )


class Bijeenkomst(Velden):
    collectie = "events"

    begin: Moment | None = Field(
        default=None,
        description=(
            "De dag, of de dag en de tijd, waarop het begint: 2026-03-09 of 2026-03-09 19:30."
        ),
        examples=["2026-03-09", "2026-03-09 19:30"],
    )
    eind: Moment | None = Field(
        default=None,
        description="De dag, of de dag en de tijd, waarop het eindigt.",
        examples=["2026-03-09 21:30"],
    )
    plaats: Regel | None = Field(
        default=None, description="Waar het is.", examples=["Raadzaal van het stadhuis"]
    )
    aanmelden: Https | None = Field(
        default=None,
        description="Het adres waar iemand zich aanmeldt.",
        examples=["https://voorbeeld.example/aanmelden"],
    )

    @field_validator("eind", mode="after")
    @classmethod
    def _not_before_its_begin(
        cls, value: datetime.date | None, info: ValidationInfo
    ) -> datetime.date | None:
        begin = info.data.get("begin")
        if value and begin and _instant(value, begin) < _instant(begin, value):
            raise ends_before(moments(begin))
        return value

    @property
    def jaren(self) -> tuple[int, ...]:
        return (
            tuple(range(self.begin.year, (self.eind or self.begin).year + 1))
            if self.begin
            else super().jaren
        )

    @property
    def wanneer(self) -> str:
        return moments(self.begin, self.eind) if self.begin else str(self.periode or "")

    @property
    def grenzen(self) -> tuple[datetime.date, datetime.date] | None:
        if self.begin:
            return _day_of(self.begin), _day_of(self.eind or self.begin)
        if self.periode and self.periode.van and not self.periode.tot:
            return span(self.periode.van)  # a meeting does not go on for ever
        return super().grenzen


def _day_of(moment: datetime.date) -> datetime.date:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def _instant(moment: datetime.date, other: datetime.date) -> datetime.date:
    """Give what a moment is compared by: the instant when the other has a time too, else the
    day.
    """
    if isinstance(moment, datetime.datetime) and isinstance(other, datetime.datetime):
        return moment.astimezone(datetime.UTC)
    return _day_of(moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collectie:
    """One folder of content and the part of the site it becomes."""

    naam: str
    """Title of its list, and in the menu."""
    enkelvoud: str
    meervoud: str
    """What a number of its pages is called."""
    model: type[Velden]
    koppen: tuple[str, ...]
    """The headings a page usually has."""
    verhaal: str
    """The heading for what somebody sent that answers no question."""
    vragen: tuple[str, ...]
    """Fields that scripts/new asks for beside those that every page needs."""
    schema_org: str = ""
    """What a page is about, when that is not the page itself: a type of schema.org."""
    schema_org_van: Mapping[str, str] = field(default_factory=dict)
    """The same for pages of a soort of which schema.org knows a narrower type."""
    op_tijd: bool = False
    """Whether its pages are listed by when they are, what comes first, and not by what is new."""

    @property
    def map(self) -> str:
        """Give its folder under content/."""
        return self.model.collectie

    @property
    def slug(self) -> str:
        """Give the first part of its addresses."""
        return slugify(self.naam)


COLLECTIES = {
    c.map: c
    for c in (
        Collectie(
            naam="Praktijken",
            enkelvoud="praktijk",
            meervoud="praktijken",
            model=Praktijk,
            koppen=("Aanleiding", "Aanpak", "Resultaat", "Lessen", "Meer weten"),
            verhaal="Aanpak",
            vragen=("soort", *Praktijk.een_van),
        ),
        Collectie(
            naam="Instrumenten",
            enkelvoud="instrument",
            meervoud="instrumenten",
            model=Instrument,
            koppen=(
                "Wat is het",
                "Voor wie",
                "Wat levert het op",
                "Wat vraagt het",
                "Zo werkt het",
                "Meer weten",
            ),
            verhaal="Wat is het",
            vragen=("soort", "doelgroep"),
        ),
        Collectie(
            naam="Kennisbank",
            enkelvoud="publicatie",
            meervoud="publicaties",
            model=Publicatie,
            koppen=("Aanleiding", "Inhoud", "Uitkomst", "Meer weten"),
            verhaal="Inhoud",
            vragen=("soort",),
            schema_org="CreativeWork",
            schema_org_van={"publicatie": "Report", "regeling": "Legislation"},
        ),
        Collectie(
            naam="Agenda",
            enkelvoud="bijeenkomst",
            meervoud="bijeenkomsten",
            model=Bijeenkomst,
            koppen=("Aanleiding", "Aanpak", "Resultaat", "Lessen", "Meer weten"),
            verhaal="Aanpak",
            vragen=("begin", "plaats"),
            schema_org="Event",
            op_tijd=True,
        ),
    )
}
"""In the order of the menu."""


FIELDS = {
    name: info
    for model in (*NESTED.values(), *(c.model for c in COLLECTIES.values()))
    for name, info in model.model_fields.items()
}
"""Every name that a field may have, on a page or within a group: what else stands where a name
does, was meant as text.
"""
LISTS = {name for name, info in FIELDS.items() if get_origin(info.annotation) is tuple}


def lacks_one_of(collectie: Collectie) -> str:
    """Word that a page fills none of the fields of which it needs one; the form says the same."""
    *others, last = collectie.model.een_van
    return (
        f"het veld ‘{others[0]}’ ontbreekt: een {collectie.enkelvoud} noemt {', '.join(others)} "
        f"of {last}."
    )
