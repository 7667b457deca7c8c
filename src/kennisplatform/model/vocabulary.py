"""The names pages may use, and how they resolve."""

from __future__ import annotations

import datetime
import hashlib
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from kennisplatform.model.addresses import as_https, as_mail
from kennisplatform.model.days import as_day
from kennisplatform.model.findings import meant
from kennisplatform.model.text import slugify, sort_key

SIZE_CLASSES = (
    (20_000, "tot 20.000 inwoners"),
    (50_000, "20.000 tot 50.000 inwoners"),
    (100_000, "50.000 tot 100.000 inwoners"),
    (250_000, "100.000 tot 250.000 inwoners"),
    (math.inf, "250.000 inwoners of meer"),
)
"""Upper bound (exclusive, inhabitants) and name; a coarser cut of the size classes Statistics
Netherlands (CBS) uses.
"""
OTHER_PROVINCE = 1 / 2
"""What another province counts for in the distance between two municipalities; another size class
counts for 1.
"""
KM_APART = 200
"""Kilometres as the crow flies that count for 1 in it."""
EARTH = 6371
"""Mean radius of the earth in kilometres."""


@cache
def _icons(folder: Path | None) -> tuple[str, ...]:
    return (
        tuple(
            sorted(
                file.relative_to(folder).with_suffix("").as_posix()
                for file in folder.rglob("*.svg")
            )
        )
        if folder
        else ()
    )


def _icon(value: str) -> str:
    found = find_spec(
        "material"
    )  # the templates show its icons; where it is not installed nobody can look
    folder = Path(found.origin).parent / "templates" / ".icons" if found and found.origin else None
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)+", value) or (
        folder and not (folder / f"{value}.svg").is_file()
    ):
        raise PydanticCustomError(
            "onbekende-waarde",
            "bestaat niet",
            {
                "meant": meant(value, _icons(folder)),
                "repair": "Een icoon heet als material/school.",
            },
        )
    return value


class Entry(BaseModel):
    """One entry of a list: its name is its address."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    naam: str

    @cached_property
    def slug(self) -> str:
        return slugify(self.naam)


class Thema(Entry):
    """An aandachtsveld or a pijler: numbered as the programme numbers them."""

    nummer: Annotated[int, Field(ge=0, le=9_999)]
    kort: str
    icoon: Annotated[str, AfterValidator(_icon)]
    """Path below the folder of icons, without .svg."""
    inleiding: str


def _known_collection(value: str, info: ValidationInfo) -> str:
    if value not in (info.context or ()):
        raise ValueError
    return value


class Soort(Entry):
    """A kind of page within one collection; those there are come as the context of validation."""

    meervoud: str
    collectie: Annotated[str, AfterValidator(_known_collection)]
    omschrijving: str


class Doelgroep(Entry):
    """Whom a page is for; a `rol` is offered as a way in on the home page."""

    meervoud: str
    rol: Literal["ja", "nee"]
    kort: str


class Organisatie(Entry):
    """An organisation by its short name; pages may use the full name too."""

    voluit: str | None = None
    soort: str
    omschrijving: str
    tooi: Annotated[str, Field(pattern=r"^[a-z]+/[a-z]+\d+$")] | None = None
    """Its place in the register of government organisations (https://standaarden.overheid.nl/tooi),
    for the few that have one.
    """
    site: Annotated[str, AfterValidator(as_https)] | None = None
    mailbox: Annotated[str, AfterValidator(as_mail)] | None = None
    """A shared one."""
    inschrijving: Annotated[str, AfterValidator(as_https)] | None = Field(
        default=None,
        alias="register",  # which every model of pydantic has already
    )
    """The address of its entry in a public register."""


class Gemeentecontact(BaseModel):
    """Whom to ask at a municipality, as it makes known: a function or a team, never a person."""

    model_config = ConfigDict(frozen=True)

    gemeente: str
    """Its name of today."""
    functie: str
    mail: Annotated[str, AfterValidator(as_mail)] | None = None
    url: Annotated[str, AfterValidator(as_https)] | None = None
    """A page that tells how to reach them."""
    bron: Annotated[str, AfterValidator(as_https)]
    gelezen: Annotated[datetime.date, BeforeValidator(as_day)]

    @property
    def naam(self) -> str:
        """Name it with the municipality, as a page does: Griffie van de gemeente Zwolle."""
        return f"{self.functie[:1].upper()}{self.functie[1:]} van de gemeente {self.gemeente}"

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.naam, self.mail)))


class Provincie(Entry):
    nummer: Annotated[int, Field(ge=0, le=9_999)]
    """What Statistics Netherlands (CBS) gives it."""
    ook: str | None = None
    """Another name that pages may use."""


class Synoniem(Entry):
    """Words that mean the same to a searcher (`synoniemen`) or nearly so (`verwant`)."""

    synoniemen: tuple[str, ...] = ()
    verwant: tuple[str, ...] = ()


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Taal:
    """What search knows of Dutch that no stemmer knows, and which words a reader may not know."""

    stopwoorden: tuple[str, ...] = ()
    vraagwoorden: tuple[str, ...] = ()
    onregelmatig: Mapping[str, str] = field(default_factory=dict)
    """Irregular plurals with their singular, also at the end of a compound."""
    geen_samenstelling: tuple[str, ...] = ()
    """Words that look like two words and are one."""
    geen_deel: tuple[str, ...] = ()
    """Prefixes and suffixes, which are no part of a compound."""
    moeilijk: Mapping[str, str] = field(default_factory=dict)
    """Jargon, words or phrases, with the plain words to use instead."""


@dataclass(frozen=True, slots=True)
class Gemeente:
    """A municipality of today; `lat` and `lon` are WGS84 degrees of a point inside it."""

    code: str
    """CBS code: GM and four digits."""
    naam: str
    slug: str
    provincie: str
    inwoners: int
    lat: float
    lon: float

    @property
    def grootteklasse(self) -> str:
        """Name the size class by inhabitants."""
        return next(name for bound, name in SIZE_CLASSES if self.inwoners < bound)


@dataclass(frozen=True, slots=True)
class VoormaligeGemeente:
    """A municipality that was abolished, with every municipality of today that holds part of it."""

    naam: str
    slug: str
    datum: datetime.date
    opvolgers: tuple[Gemeente, ...]


@dataclass(frozen=True, slots=True)
class Gelijkenis:
    """How near another municipality is, and in what: lower `afstand` is more alike."""

    gemeente: Gemeente
    afstand: float
    kilometers: int
    zelfde_klasse: bool
    zelfde_provincie: bool


@dataclass(frozen=True)
class Vocabulary:
    """All names with what is known of them; look-ups are dicts built once."""

    lijsten: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """By facet, what stands in the file of its values."""
    synoniemen: tuple[Synoniem, ...] = ()
    alle_provincies: tuple[Provincie, ...] = ()
    gemeenten: tuple[Gemeente, ...] = ()
    voormalig: tuple[VoormaligeGemeente, ...] = ()
    varianten: Mapping[str, Gemeente] = field(default_factory=dict)
    """Common names and spellings that are not official: Den Haag, Nuenen."""
    taal: Taal = field(default_factory=Taal)
    ongelezen: frozenset[str] = frozenset()
    """Fields of which the names could not be read, so that nobody can say which are unknown."""
    contacten: Mapping[str, tuple[Gemeentecontact, ...]] = field(default_factory=dict)
    """By the code of a municipality, in the order of the file."""

    def _lijst(self, facet: str, kind: type[E]) -> tuple[E, ...]:
        return tuple(e for e in self.lijsten.get(facet, ()) if isinstance(e, kind))

    @cached_property
    def aandachtsvelden(self) -> tuple[Thema, ...]:
        return self._lijst("aandachtsveld", Thema)

    @cached_property
    def pijlers(self) -> tuple[Thema, ...]:
        return self._lijst("pijler", Thema)

    @cached_property
    def soorten(self) -> tuple[Soort, ...]:
        return self._lijst("soort", Soort)

    @cached_property
    def doelgroepen(self) -> tuple[Doelgroep, ...]:
        return self._lijst("doelgroep", Doelgroep)

    @cached_property
    def organisaties(self) -> tuple[Organisatie, ...]:
        return self._lijst("organisatie", Organisatie)

    @cached_property
    def provincie_op_naam(self) -> dict[str, Provincie]:
        """Provinces by every name that a page may use."""
        return {name: p for p in self.alle_provincies for name in (p.naam, p.ook) if name}

    @cached_property
    def provincies(self) -> tuple[str, ...]:
        """Name those that have municipalities."""
        return tuple(sorted({g.provincie for g in self.gemeenten}, key=sort_key))

    def soorten_van(self, collectie: str) -> tuple[str, ...]:
        """Name the kinds of page of one collection, by its folder."""
        return tuple(s.naam for s in self.soorten if s.collectie == collectie)

    @cached_property
    def namen(self) -> dict[str, Collection[str]]:
        """Every name that a field accepts, by the field; of soort that is another for each
        collection."""
        names: dict[str, Collection[str]] = {
            facet: dict.fromkeys(e.naam for e in entries)
            for facet, entries in self.lijsten.items()
            if facet != "soort"
        }
        return names | {
            "gemeente": dict.fromkeys(sorted(self.namen_van_gemeenten, key=sort_key)),
            "provincie": (*self.provincies, *(p.ook for p in self.alle_provincies if p.ook)),
            "organisatie": dict.fromkeys(sorted(self.organisatie_op_naam, key=sort_key)),
        }

    @cached_property
    def betekenissen(self) -> dict[tuple[str, str], object]:
        """What each name that a page may use stands for, by its field: all that decides what a page
        without mistakes has. So such a page stays as it is when names come, and when what is told
        of them changes.
        """
        named: tuple[tuple[str, Mapping[str, object]], ...] = (
            *(
                (facet, {e.naam: e.naam for e in entries})
                for facet, entries in self.lijsten.items()
            ),
            *((f"soort in {s.collectie}", {s.naam: s.naam}) for s in self.soorten),
            ("gemeente", self.namen_van_gemeenten),
            ("voormalig", self.voormalig_op_naam),
            ("provincie", {name: p.naam for name, p in self.provincie_op_naam.items()}),
            ("organisatie", {name: o.naam for name, o in self.organisatie_op_naam.items()}),
        )
        return {(field, name): meaning for field, of in named for name, meaning in of.items()}

    @cached_property
    def sum_of_names(self) -> bytes:
        """Name what all names stand for."""
        return hashlib.sha256(repr(sorted(self.betekenissen.items())).encode()).digest()

    @cached_property
    def gemeente_op_slug(self) -> dict[str, Gemeente]:
        return {g.slug: g for g in self.gemeenten}

    @cached_property
    def voormalig_op_naam(self) -> dict[str, VoormaligeGemeente]:
        return {v.naam: v for v in self.voormalig}

    @cached_property
    def organisatie_op_naam(self) -> dict[str, Organisatie]:
        """Organisations by short and by full name."""
        return {o.voluit: o for o in self.organisaties if o.voluit} | {
            o.naam: o for o in self.organisaties
        }

    @cached_property
    def namen_van_gemeenten(self) -> dict[str, tuple[Gemeente, ...]]:
        """Every name an editor may use, with the municipalities of today it stands for.

        A name of today wins from the same name of the past (Groningen, Zevenaar).
        """
        names: dict[str, tuple[Gemeente, ...]] = {v.naam: v.opvolgers for v in self.voormalig}
        names |= {variant: (g,) for variant, g in self.varianten.items()}
        return names | {g.naam: (g,) for g in self.gemeenten}

    @cached_property
    def voorgangers(self) -> dict[str, list[VoormaligeGemeente]]:
        """Former municipalities by the code of each successor, oldest merger last."""
        found: dict[str, list[VoormaligeGemeente]] = {}
        for v in sorted(self.voormalig, key=lambda v: (v.datum, v.naam), reverse=True):
            for g in v.opvolgers:
                found.setdefault(g.code, []).append(v)
        return found

    @cached_property
    def _gelijkenissen(self) -> dict[str, tuple[Gelijkenis, ...]]:
        return _compare_all(self.gemeenten)

    def vergelijkbaar(self, gemeente: Gemeente) -> tuple[Gelijkenis, ...]:
        """Order all other municipalities by likeness to one, most alike first.

        The one rule of the platform, in the browser too (delen/gelijkenis.js). The distance
        between two municipalities is the sum of 1 when their size class differs, the factor
        between their numbers of inhabitants in doublings (log2), OTHER_PROVINCE when their
        province differs, and 1 for each KM_APART as the crow flies. Inhabitants, provinces and
        points come from gemeenten.csv (sources in content/vocabulary/README.md); weights are the
        platform's own choice.
        """
        return self._gelijkenissen[gemeente.code]


@lru_cache(maxsize=1)  # municipalities change once a year, content at every save
def _compare_all(gemeenten: tuple[Gemeente, ...]) -> dict[str, tuple[Gelijkenis, ...]]:
    classes = {g.code: g.grootteklasse for g in gemeenten}
    found: dict[str, list[Gelijkenis]] = {g.code: [] for g in gemeenten}
    for one, other in combinations(gemeenten, 2):
        alike = _compare(one, other, classes[one.code] == classes[other.code])
        found[one.code].append(Gelijkenis(other, *alike))
        found[other.code].append(Gelijkenis(one, *alike))
    return {
        code: tuple(sorted(others, key=lambda s: (s.afstand, s.gemeente.code)))
        for code, others in found.items()
    }


def _compare(one: Gemeente, other: Gemeente, same_class: bool) -> tuple[float, int, bool, bool]:
    same_province = one.provincie == other.provincie
    # Equirectangular approximation: within the Netherlands it errs by less than 1 %.
    east = math.radians(other.lon - one.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    km = EARTH * math.hypot(east, math.radians(other.lat - one.lat))
    distance = (
        (not same_class)
        + abs(math.log2(one.inwoners / other.inwoners))
        + (not same_province) * OTHER_PROVINCE
        + km / KM_APART
    )
    return round(distance, 6), round(km), same_class, same_province
