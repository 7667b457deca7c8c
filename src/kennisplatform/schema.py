"""The fields of a page, as typed and frozen models: the one place where they are defined.

Validation runs with the vocabulary as pydantic's context. JSON Schema, editor forms,
field tables and filters are derived from these models.
"""
from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import (AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints,
                      ValidationError, ValidationInfo, model_validator)
from pydantic_core import PydanticCustomError

from kennisplatform.findings import Finding, did_you_mean
from kennisplatform.frontmatter import Document, Location
from kennisplatform.text import moment, number, slugify
from kennisplatform.vocabulary import Vocabulary

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_HTML = re.compile(r"<[a-zA-Z/!?]|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_VAGUE = re.compile(r"\b(1[89]|20)\d\d\b")
_ISO = re.compile(r"^\d{4}-\d{2}(-\d{2})?$")
_SEASONS = {"begin": 1, "winter": 1, "eerste": 2, "voorjaar": 4, "lente": 4, "midden": 6, "medio": 6, "zomer": 7,
            "tweede helft": 8, "najaar": 10, "herfst": 10, "vierde": 11, "eind": 12, "einde": 12}


def _plain(value: str) -> str:
    if _HTML.search(value):
        raise PydanticCustomError("html-in-veld", "bevat HTML; gewone tekst mag, HTML niet")
    if "\n" in value:
        raise PydanticCustomError("regeleinde-in-veld", "moet op één regel staan")
    return value


def _known(names: Callable[[Vocabulary], Any], what: str, anchor: str) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        known = names(info.context)
        if value not in known:
            raise PydanticCustomError(f"onbekend-{what}", "bestaat niet",
                                      {"repair": f"{did_you_mean(value, known)}  Alle waarden: /bijdragen/velden/#{anchor}".strip()})
        return value
    return AfterValidator(check)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise PydanticCustomError("ongeldige-datum", "is geen datum; schrijf jaar-maand-dag, bijvoorbeeld 2026-03-09")
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("ongeldige-datum", "bestaat niet: deze maand heeft die dag niet") from None
    return value


def _moment_of_event(value: Any) -> Any:
    if isinstance(value, str) and len(value) > 10:
        try:
            found = datetime.datetime.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("ongeldige-datum", "is geen datum met tijd; schrijf 2026-03-09 19:30") from None
        return found.replace(tzinfo=AMSTERDAM) if found.tzinfo is None else found.astimezone(AMSTERDAM)
    return _day(value)


def _vague(value: str) -> str:
    if not _VAGUE.search(value):
        raise PydanticCustomError("jaar-ontbreekt", "noemt geen jaar; schrijf bijvoorbeeld 2019, 2019-04 of najaar 2019")
    if _ISO.match(value):
        try:
            datetime.date.fromisoformat(value if len(value) == 10 else f"{value}-01")
        except ValueError:
            raise PydanticCustomError("ongeldige-datum", "bestaat niet") from None
    return value


def _https(value: str) -> str:
    if not re.fullmatch(r"https://[\w.-]+\.[a-z]{2,}(:\d+)?([/?#][^\s<>\"'`\\]*)?", value):
        raise PydanticCustomError("geen-https-adres", "is geen adres dat met https:// begint")
    return value


def _quantity(value: Any) -> Any:
    if isinstance(value, str):
        text = value.strip()
        if re.fullmatch(r"-?\d+(\.\d+)?", text):
            return float(text) if "." in text else int(text)
        if re.fullmatch(r"\d+/[1-9]\d*", text):
            return text
        raise PydanticCustomError("geen-getal", "is geen getal; schrijf 1161, 2.5 of \"1/3\", zonder punten of eenheid")
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise PydanticCustomError("ongeldige-slug", "is geen naam van een pagina",
                                  {"repair": f"Bedoeld: ‘{slugify(value)}’?"})
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"/[a-z0-9][a-z0-9/-]*/", value) or "//" in value:
        raise PydanticCustomError("ongeldig-adres", "is geen adres op deze site; schrijf bijvoorbeeld /praktijken/oude-naam/")
    return value


def _without_doubles(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if values.count(value) > 1:
            raise PydanticCustomError("dubbele-waarde", "bevat ‘{waarde}’ twee keer", {"waarde": value})
    return values


Regel = Annotated[str, StringConstraints(min_length=1, max_length=160), AfterValidator(_plain)]
Naam = Annotated[str, StringConstraints(min_length=1, max_length=60), AfterValidator(_plain)]
Dag = Annotated[datetime.date, BeforeValidator(_day)]
Vaag = Annotated[str, StringConstraints(min_length=4, max_length=40), AfterValidator(_plain), AfterValidator(_vague)]
Https = Annotated[str, StringConstraints(max_length=500), AfterValidator(_https)]
Getal = Annotated[int | float | str, BeforeValidator(_quantity)]
Slug = Annotated[str, StringConstraints(max_length=120), AfterValidator(_slug)]
Adres = Annotated[str, StringConstraints(max_length=200), AfterValidator(_address)]
Vergelijking = Literal["=", "ca", "bijna", ">", "<", "≥", "≤"]

Aandachtsveld = Annotated[str, _known(lambda v: {t.naam for t in v.aandachtsvelden}, "aandachtsveld", "aandachtsveld")]
Pijler = Annotated[str, _known(lambda v: {t.naam for t in v.pijlers}, "pijler", "pijler")]
GemeenteNaam = Annotated[str, _known(lambda v: v.namen_van_gemeenten, "gemeente", "gemeente")]
DoelgroepNaam = Annotated[str, _known(lambda v: {d.naam for d in v.doelgroepen}, "doelgroep", "doelgroep")]
OrganisatieNaam = Annotated[str, _known(lambda v: v.organisatie_op_naam, "organisatie", "organisatie")]


def _province(value: str, info: ValidationInfo) -> str:
    from_common = {"Friesland": "Fryslân"}.get(value, value)
    known = info.context.provincies
    if from_common not in known:
        raise PydanticCustomError("onbekend-provincie", "bestaat niet", {"repair": did_you_mean(value, known)})
    return from_common


ProvincieNaam = Annotated[str, AfterValidator(_province)]
Doubles = AfterValidator(_without_doubles)

WORDS = {">": "meer dan", "<": "minder dan", "≥": "minstens", "≤": "hoogstens", "ca": "circa", "bijna": "bijna", "=": ""}


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cijfer(_Model):
    """A figure as the source gives it: never more exact than there."""

    naam: Annotated[str, StringConstraints(min_length=1, max_length=90), AfterValidator(_plain)]
    waarde: Getal
    tot: Getal | None = None
    eenheid: Naam
    vergelijking: Vergelijking = "="
    peildatum: Vaag
    bron: Regel
    tekst: Regel | None = None

    @property
    def bedrag(self) -> str:
        """Word the value with its comparator: bijna 50, € 251 tot € 618, meer dan 1/4."""
        euro = "€ " if self.eenheid == "euro" else ""
        shown = euro + _worded(self.waarde) + (f" tot {euro}{_worded(self.tot)}" if self.tot is not None else "")
        return f"{WORDS[self.vergelijking]} {shown}".strip()

    @property
    def getoonde_eenheid(self) -> str:
        return "" if self.eenheid == "euro" else self.eenheid

    @property
    def moment(self) -> str:
        return moment(self.peildatum)


def _worded(value: int | float | str) -> str:
    return value if isinstance(value, str) else number(value)


class Bron(_Model):
    titel: Regel
    url: Https | None = None
    kop: Regel | None = None


class Periode(_Model):
    van: Vaag | None = None
    tot: Vaag | None = None

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
    def jaar(self) -> int:
        """Give the first year it names, to sort and filter by."""
        found = _VAGUE.search(self.van or self.tot or "")
        return int(found[0]) if found else 0


def sortable(value: str) -> tuple[int, int]:
    """Give year and month of a vague moment, roughly: only to put moments in order."""
    year = _VAGUE.search(value)
    if _ISO.match(value):
        return int(value[:4]), int(value[5:7])
    month = next((m for word, m in _SEASONS.items() if value.startswith(word)), 6)
    return int(year[0]) if year else 0, month


class GemeenteAantal(_Model):
    waarde: int
    vergelijking: Vergelijking = "="

    def __str__(self) -> str:
        return f"{WORDS[self.vergelijking]} {number(self.waarde)}".strip()


class Overname(_Model):
    gemeente: GemeenteNaam
    jaar: Annotated[int, Field(ge=1990, le=2100)]
    bron: Regel


class Velden(_Model):
    """What every page has, whatever its collection."""

    collectie: ClassVar[str]

    titel: Annotated[str, StringConstraints(min_length=1, max_length=110), AfterValidator(_plain)]
    samenvatting: Annotated[str, StringConstraints(min_length=1, max_length=320), AfterValidator(_plain)]
    aandachtsveld: Annotated[tuple[Aandachtsveld, ...], Field(min_length=1), Doubles]
    pijler: Annotated[tuple[Pijler, ...], Doubles] = ()
    pijler_bron: Literal["vermeld", "afgeleid"] = "vermeld"
    datum: Dag
    gecontroleerd: Dag | None = None
    soort: str | None = None
    gemeente: Annotated[tuple[GemeenteNaam, ...], Doubles] = ()
    provincie: Annotated[tuple[ProvincieNaam, ...], Doubles] = ()
    gemeente_aantal: GemeenteAantal | Literal["onbekend"] | None = None
    doelgroep: Annotated[tuple[DoelgroepNaam, ...], Doubles] = ()
    organisatie: Annotated[tuple[OrganisatieNaam, ...], Doubles] = ()
    trefwoorden: Annotated[tuple[Naam, ...], Doubles] = ()
    zoektermen: Annotated[tuple[Naam, ...], Doubles] = ()
    periode: Periode | None = None
    status: Literal["gepland", "lopend", "afgerond", "gestopt", "onbekend"] | None = None
    bewijs: Literal["idee", "proef", "uitgevoerd", "geevalueerd", "overgenomen"] | None = None
    cijfers: tuple[Cijfer, ...] = ()
    bronnen: tuple[Bron, ...] = ()
    instrumenten: Annotated[tuple[Slug, ...], Doubles] = ()
    gerelateerd: Annotated[tuple[Slug, ...], Doubles] = ()
    contact: Regel | None = None
    overgenomen_door: tuple[Overname, ...] = ()
    oude_adressen: Annotated[tuple[Adres, ...], Doubles] = ()
    concept: Literal["ja", "nee"] = "nee"

    @model_validator(mode="after")
    def _soort_fits(self, info: ValidationInfo) -> Velden:
        known = [s.naam for s in info.context.soorten if s.collectie == self.collectie]
        if self.soort is not None and self.soort not in known:
            raise PydanticCustomError("onbekend-soort", "bestaat niet in deze map", {
                "veld": "soort", "repair": f"{did_you_mean(self.soort, known)}  Mag zijn: {', '.join(known)}.".strip()})
        return self

    @property
    def laatst_gecontroleerd(self) -> datetime.date:
        return self.gecontroleerd or self.datum

    @property
    def jaar(self) -> int:
        """Give the year a visitor would file this under: of the period, else of the date it was added."""
        return self.periode.jaar if self.periode else self.datum.year


    @property
    def kenmerken(self) -> tuple[tuple[str, str], ...]:
        """Name and value of each filled field by which pages of this collection are compared."""
        return ()


class Praktijk(Velden):
    collectie = "practices"

    @model_validator(mode="after")
    def _has_a_place(self) -> Praktijk:
        if not (self.gemeente or self.provincie or self.gemeente_aantal or self.organisatie):
            raise PydanticCustomError("plaats-ontbreekt", "ontbreekt: een praktijk noemt een gemeente, provincie, gemeente_aantal of organisatie",
                                      {"veld": "gemeente"})
        return self


class Instrument(Velden):
    collectie = "instruments"

    tijdsbeslag: Regel | None = None
    groepsgrootte: Regel | None = None
    kosten: Regel | None = None
    moeilijkheid: Literal["laag", "gemiddeld", "hoog"] | None = None
    invloed: Annotated[tuple[Literal["informeren", "raadplegen", "adviseren", "samenwerken", "meebeslissen", "zelf doen"], ...], Doubles] = ()
    schaal: Annotated[tuple[Literal["buurt", "gemeente", "regio", "provincie", "landelijk"], ...], Doubles] = ()
    vorm: Annotated[tuple[Literal["bijeenkomst", "training", "digitaal hulpmiddel", "document", "netwerk", "begeleiding",
                                  "regeling", "onderzoek", "geld"], ...], Doubles] = ()
    oplevert: Regel | None = None
    vraagt: Regel | None = None


    @property
    def kenmerken(self) -> tuple[tuple[str, str], ...]:
        found = (("Tijd", self.tijdsbeslag), ("Groepsgrootte", self.groepsgrootte), ("Kosten", self.kosten), ("Moeilijkheid", self.moeilijkheid),
                 ("Invloed van inwoners", ", ".join(self.invloed)), ("Schaal", ", ".join(self.schaal)), ("Vorm", ", ".join(self.vorm)),
                 ("Levert op", self.oplevert), ("Vraagt", self.vraagt))
        return tuple((name, value) for name, value in found if value)


class Publicatie(Velden):
    collectie = "publications"


Moment = Annotated[datetime.datetime | datetime.date, BeforeValidator(_moment_of_event)]


class Bijeenkomst(Velden):
    collectie = "events"

    begin: Moment | None = None
    eind: Moment | None = None
    plaats: Regel | None = None
    aanmelden: Https | None = None

    @property
    def jaar(self) -> int:
        return self.begin.year if self.begin else super().jaar


@dataclass(frozen=True, slots=True)
class Collectie:
    """One folder of content and the part of the site it becomes."""

    map: str
    """Folder under content/."""
    slug: str
    """First part of the address."""
    naam: str
    enkelvoud: str
    model: type[Velden]


COLLECTIES = {c.map: c for c in (
    Collectie("practices", "praktijken", "Praktijken", "praktijk", Praktijk),
    Collectie("instruments", "instrumenten", "Instrumenten", "instrument", Instrument),
    Collectie("publications", "kennisbank", "Kennisbank", "publicatie", Publicatie),
    Collectie("events", "agenda", "Agenda", "bijeenkomst", Bijeenkomst),
)}


def read_fields(document: Document, collectie: Collectie, vocabulary: Vocabulary) -> tuple[Velden | None, list[Finding]]:
    """Judge the fields of one document; None when any of them is wrong."""
    given = {key: value for key, value in document.fields.items() if value not in (None, [], {})}
    try:
        return collectie.model.model_validate(given, context=vocabulary), []
    except ValidationError as error:
        keys = list(collectie.model.model_fields)
        problems = [e for e in error.errors(include_url=False)
                    if not (e["type"] == "too_short" and given.get(str(e["loc"][0])))]  # its items are reported already
        return None, list(dict.fromkeys(_in_dutch(dict(e), document, keys) for e in problems))


def _in_dutch(error: dict[str, Any], document: Document, keys: list[str]) -> Finding:
    kind, context = error["type"], error.get("ctx") or {}
    location: Location = tuple(p for p in error["loc"] if isinstance(p, int) or not p.startswith(("int", "float", "str", "literal", "Gemeente", "date")))
    if "veld" in context:
        location = (context["veld"],)
    line = document.line_of(location)
    field = ".".join(str(p) for p in location if not isinstance(p, int)) or "de kop"
    typed = error["input"] if isinstance(error["input"], (str, int, float)) else None
    if typed is None and location and location[0] in document.fields and isinstance(document.fields[location[0]], str):
        typed = document.fields[location[0]]
    value = f" ‘{_shorten(str(typed))}’" if typed is not None else ""

    def finding(code: str, message: str, repair: str = "") -> Finding:
        return Finding(document.path, line, code, message, repair)

    if kind == "missing":
        return finding("veld-ontbreekt", f"het veld ‘{field}’ ontbreekt.", f"Voeg een regel toe: {location[-1]}: …  Uitleg: /bijdragen/velden/#{location[0]}")
    if kind == "extra_forbidden":
        known = keys if len(location) == 1 else _fields_inside(str(location[0]))
        near = did_you_mean(str(location[-1]), known)
        return finding("onbekend-veld", f"het veld ‘{location[-1]}’ bestaat niet.", f"{near}  Alle velden: /bijdragen/velden/".strip())
    if kind in ("tuple_type", "list_type"):
        return finding("geen-lijst", f"{field} moet een lijst zijn, maar er staat tekst:{value}.", f"Schrijf: {field}: [{_shorten(str(typed or 'waarde'))}]")
    if kind == "string_type":
        return finding("geen-tekst", f"{field} moet gewone tekst zijn, geen lijst of groep velden.")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return finding("geen-groep", f"{field} moet een groep velden zijn:{value} kan niet.", f"Voorbeeld: /bijdragen/velden/#{location[0]}")
    if kind == "string_too_long":
        return finding("te-lang", f"{field} is te lang: {len(str(typed))} tekens, en {context['max_length']} mag.", "Maak de tekst korter.")
    if kind in ("string_too_short", "too_short"):
        return finding("veld-leeg", f"{field} is leeg.", "Vul het veld, of haal de regel weg als het veld niet nodig is.")
    if kind == "literal_error":
        options = re.findall(r"'([^']*)'", context["expected"])
        return finding("onbekende-waarde", f"{field}{value} bestaat niet.", f"{did_you_mean(str(typed), options)}  Mag zijn: {', '.join(options)}.".strip())
    if kind in ("int_parsing", "int_type", "int_from_float", "float_parsing"):
        return finding("geen-getal", f"{field}{value} is geen getal.", "Schrijf alleen cijfers.")
    if kind in ("greater_than_equal", "less_than_equal"):
        return finding("onbekende-waarde", f"{field}{value} ligt buiten wat kan.")
    return finding(kind, f"{field}{value} {error['msg']}.", context.get("repair", ""))


def _fields_inside(field: str) -> list[str]:
    inside = {"cijfers": Cijfer, "bronnen": Bron, "periode": Periode, "gemeente_aantal": GemeenteAantal, "overgenomen_door": Overname}
    return list(inside[field].model_fields) if field in inside else []


def _shorten(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
