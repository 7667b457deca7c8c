"""The names pages may use, read from content/vocabulary/, and how they resolve."""
from __future__ import annotations

import csv
import datetime
import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from kennisplatform.findings import CODES, Finding, did_you_mean
from kennisplatform.frontmatter import Location, Value, read_text, read_yaml
from kennisplatform.text import has_html, slugify, sort_key, visible

FILES = {"aandachtsvelden.yml", "pijlers.yml", "soorten.yml", "doelgroepen.yml", "organisaties.yml", "synoniemen.yml", "taal.yml",
         "gemeenten.csv", "herindelingen.csv", "naamvarianten.csv", "README.md"}
SIZE_CLASSES = ((20_000, "tot 20.000 inwoners"), (50_000, "20.000 tot 50.000 inwoners"),
                (100_000, "50.000 tot 100.000 inwoners"), (250_000, "100.000 tot 250.000 inwoners"),
                (math.inf, "250.000 inwoners of meer"))
"""Upper bound (exclusive, inhabitants) and name; a coarser cut of the size classes Statistics Netherlands (CBS) uses."""
PROVINCES = {name: code for code, name in enumerate(
    ("Groningen", "Fryslân", "Drenthe", "Overijssel", "Flevoland", "Gelderland", "Utrecht", "Noord-Holland", "Zuid-Holland", "Zeeland",
     "Noord-Brabant", "Limburg"), 20)}
"""Provinces with the number that Statistics Netherlands (CBS) gives them."""
LONGEST_NAME = 100
"""Characters of the address that a name becomes: more does not fit in every file system, with what the site adds."""
NAMES = f"Een naam heeft letters of cijfers, hoogstens {LONGEST_NAME}, op één regel."
PROVINCE_NAMES = {"Friesland": "Fryslân"}


def _icon(value: str) -> str:
    found = find_spec("material")  # the templates show its icons; where it is not installed nobody can look
    folder = Path(found.origin).parent / "templates" / ".icons" if found and found.origin else None
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)+", value) or (folder and not (folder / f"{value}.svg").is_file()):
        known = (file.relative_to(folder).with_suffix("").as_posix() for file in folder.rglob("*.svg")) if folder else ()
        raise PydanticCustomError("onbekende-waarde", "bestaat niet", {"repair": f"{did_you_mean(value, known)}  Een icoon heet als material/school.".strip()})
    return value


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    naam: str

    @cached_property
    def slug(self) -> str:
        return slugify(self.naam)


T = TypeVar("T", bound=_Entry)


class Thema(_Entry):
    """An aandachtsveld or a pijler: numbered as the programme numbers them."""

    nummer: int
    kort: str
    icoon: Annotated[str, AfterValidator(_icon)]
    """Path below the folder of icons, without .svg."""
    inleiding: str


class Soort(_Entry):
    """A kind of page within one collection."""

    meervoud: str
    collectie: Literal["practices", "instruments", "publications", "events"]
    omschrijving: str


class Doelgroep(_Entry):
    """Whom a page is for; a `rol` is offered as a way in on the home page."""

    meervoud: str
    rol: Literal["ja", "nee"]
    kort: str


class Organisatie(_Entry):
    """An organisation by its short name; pages may use the full name too."""

    voluit: str | None = None
    soort: str
    omschrijving: str
    tooi: Annotated[str, Field(pattern=r"^[a-z]+/[a-z]+\d+$")] | None = None
    """Its place in the register of government organisations (https://standaarden.overheid.nl/tooi), for the few that have one."""


class Synoniem(_Entry):
    """Words that mean the same to a searcher (`synoniemen`) or nearly so (`verwant`)."""

    synoniemen: tuple[str, ...] = ()
    verwant: tuple[str, ...] = ()


class Taallijst(_Entry):
    """One list of content/vocabulary/taal.yml: words, or pairs of words."""

    naam: Literal["stopwoorden", "vraagwoorden", "onregelmatig", "geen samenstelling", "geen deel", "moeilijke woorden"]

    woorden: tuple[str, ...] = ()
    paren: Mapping[str, str] = {}


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

    aandachtsvelden: tuple[Thema, ...] = ()
    pijlers: tuple[Thema, ...] = ()
    soorten: tuple[Soort, ...] = ()
    doelgroepen: tuple[Doelgroep, ...] = ()
    organisaties: tuple[Organisatie, ...] = ()
    synoniemen: tuple[Synoniem, ...] = ()
    gemeenten: tuple[Gemeente, ...] = ()
    voormalig: tuple[VoormaligeGemeente, ...] = ()
    varianten: Mapping[str, Gemeente] = field(default_factory=dict)
    """Common names and spellings that are not official: Den Haag, Nuenen."""
    taal: Taal = field(default_factory=Taal)

    @cached_property
    def provincies(self) -> tuple[str, ...]:
        return tuple(sorted({g.provincie for g in self.gemeenten}, key=sort_key))

    def soorten_van(self, collectie: str) -> tuple[str, ...]:
        """Name the kinds of page of one collection, by its folder."""
        return tuple(s.naam for s in self.soorten if s.collectie == collectie)

    @cached_property
    def namen(self) -> dict[str, Collection[str]]:
        """Every name that a field accepts, by the field."""
        return {"aandachtsveld": dict.fromkeys(t.naam for t in self.aandachtsvelden), "pijler": dict.fromkeys(t.naam for t in self.pijlers),
                "gemeente": dict.fromkeys(sorted(self.namen_van_gemeenten, key=sort_key)), "provincie": (*self.provincies, *PROVINCE_NAMES),
                "doelgroep": dict.fromkeys(d.naam for d in self.doelgroepen),
                "organisatie": dict.fromkeys(sorted(self.organisatie_op_naam, key=sort_key))}

    @cached_property
    def gemeente_op_slug(self) -> dict[str, Gemeente]:
        return {g.slug: g for g in self.gemeenten}

    @cached_property
    def voormalig_op_naam(self) -> dict[str, VoormaligeGemeente]:
        return {v.naam: v for v in self.voormalig}

    @cached_property
    def organisatie_op_naam(self) -> dict[str, Organisatie]:
        """Organisations by short and by full name."""
        return {o.voluit: o for o in self.organisaties if o.voluit} | {o.naam: o for o in self.organisaties}

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
        classes = {g.code: g.grootteklasse for g in self.gemeenten}
        return {g.code: tuple(sorted((_compare(g, other, classes[g.code] == classes[other.code]) for other in self.gemeenten if other is not g),
                                     key=lambda s: (s.afstand, s.gemeente.code)))
                for g in self.gemeenten}

    def vergelijkbaar(self, gemeente: Gemeente) -> tuple[Gelijkenis, ...]:
        """Order all other municipalities by likeness to one, most alike first.

        The one rule of the platform. The distance between two municipalities is the sum of
        1 when their size class differs, the factor between their numbers of inhabitants
        in doublings (log2), 1/2 when their province differs, and 1 for each 200 km
        as the crow flies. Inhabitants, provinces and points come from gemeenten.csv
        (sources in content/vocabulary/README.md); weights are the platform's own choice.
        """
        return self._gelijkenissen[gemeente.code]


def _compare(one: Gemeente, other: Gemeente, same_class: bool) -> Gelijkenis:
    same_province = one.provincie == other.provincie
    # Equirectangular approximation: within the Netherlands it errs by less than 1 %.
    east = math.radians(other.lon - one.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    km = 6371 * math.hypot(east, math.radians(other.lat - one.lat))
    distance = (not same_class) + abs(math.log2(one.inwoners / other.inwoners)) + (not same_province) / 2 + km / 200
    return Gelijkenis(other, round(distance, 6), round(km), same_class, same_province)


def load_vocabulary(folder: Path, shown: str) -> tuple[Vocabulary, list[Finding]]:
    """Read content/vocabulary/; what cannot be read is a finding and stays empty."""
    findings: list[Finding] = []

    def entries(name: str, model: type[T]) -> tuple[T, ...]:
        found, problems = _read_entries(folder / name, f"{shown}/{name}", model)
        findings.extend(problems)
        return found

    gemeenten, problems = _read_gemeenten(folder / "gemeenten.csv", f"{shown}/gemeenten.csv")
    voormalig, more = _read_herindelingen(folder / "herindelingen.csv", f"{shown}/herindelingen.csv", gemeenten)
    varianten, most = _read_varianten(folder / "naamvarianten.csv", f"{shown}/naamvarianten.csv", gemeenten)
    findings += problems + more + most
    lists = {entry.naam: entry for entry in entries("taal.yml", Taallijst)}
    empty = Taallijst(naam="stopwoorden")
    taal = Taal(lists.get("stopwoorden", empty).woorden, lists.get("vraagwoorden", empty).woorden,
                lists.get("onregelmatig", empty).paren, lists.get("geen samenstelling", empty).woorden, lists.get("geen deel", empty).woorden,
                lists.get("moeilijke woorden", empty).paren)
    vocabulary = Vocabulary(
        entries("aandachtsvelden.yml", Thema), entries("pijlers.yml", Thema), entries("soorten.yml", Soort),
        entries("doelgroepen.yml", Doelgroep), entries("organisaties.yml", Organisatie),
        entries("synoniemen.yml", Synoniem), gemeenten, voormalig, varianten, taal)
    return vocabulary, findings


def _read_entries(file: Path, shown: str, model: type[T]) -> tuple[tuple[T, ...], list[Finding]]:
    if not file.exists():
        return (), [Finding(shown, 1, "bestand-ontbreekt", "dit bestand ontbreekt.", "Haal het terug uit een eerdere versie.")]
    value, lines, findings = read_yaml(file, shown)
    if findings:
        return (), findings
    if not isinstance(value, list):
        return (), [Finding(shown, 1, "geen-lijst", "dit bestand moet een lijst zijn.", "Begin elke waarde met - naam: …")]
    found: dict[str, T] = {}
    for index, item in enumerate(value):
        line = lines.get((index,), 1)
        wrong = {place for place, text in _texts(item, (index,)) if has_html(text)}
        findings += [Finding(shown, lines.get(place, line), "html-in-veld", f"‘{place[-1]}’ bevat HTML; gewone tekst mag, HTML niet.")
                     for place in sorted(wrong, key=str)]
        try:
            entry = model.model_validate(item)
        except ValidationError as error:
            for e in {e["loc"]: e for e in error.errors(include_url=False)}.values():
                where = visible(".".join(map(str, e["loc"])))
                code, message, repair = "ongeldige-waarde", f"‘{where}’ klopt niet of ontbreekt.", "Kijk hoe de andere waarden zijn geschreven."
                if e["type"] in CODES:
                    code, message, repair = e["type"], f"{where} ‘{visible(str(e['input'])[:80])}’ {e['msg']}.", e["ctx"]["repair"]
                findings.append(Finding(shown, lines.get((index, *e["loc"]), line), code, message, repair))
            continue
        if not _is_name(entry.naam):
            findings.append(Finding(shown, line, "ongeldige-waarde", f"‘{visible(entry.naam[:60])}’ kan geen naam zijn.", NAMES))
        if entry.slug in found:
            findings.append(Finding(shown, line, "dubbele-waarde", f"‘{entry.naam}’ staat er twee keer."))
        found[entry.slug] = entry
    return tuple(found.values()), findings


def _is_name(text: str) -> bool:
    """Tell whether a name can be an address, and be shown on one line."""
    return 0 < len(slugify(text)) <= LONGEST_NAME and "\n" not in text


def _texts(value: Value, place: Location) -> Iterator[tuple[Location, str]]:
    """Give every text within a value, keys too, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*place, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*place, key), key
            yield from _texts(item, (*place, key))


def _rows(file: Path, shown: str, columns: tuple[str, ...], findings: list[Finding]) -> Iterator[tuple[int, dict[str, str]]]:
    if not file.exists():
        findings.append(Finding(shown, 1, "bestand-ontbreekt", "dit bestand ontbreekt.", "Haal het terug uit een eerdere versie."))
        return
    text, problems = read_text(file, shown)
    findings += problems
    if text is None:
        return
    first, *rest = text.rstrip("\n").split("\n")
    if first != ",".join(columns):
        findings.append(Finding(shown, 1, "kopregel-klopt-niet", f"de eerste regel moet zijn: {','.join(columns)}."))
        return
    for number, line in enumerate(rest, 2):  # one by one, so that a quote that never closes spoils one line only
        try:
            cells = next(csv.reader([line], strict=True), [])
        except csv.Error:
            cells = []
        if len(cells) != len(columns) or not all(cells):
            findings.append(Finding(shown, number, "kolommen-kloppen-niet", f"deze regel heeft niet {len(columns)} kolommen die zijn ingevuld."))
        elif has_html(line):
            findings.append(Finding(shown, number, "html-in-veld", "deze regel bevat HTML; gewone tekst mag, HTML niet."))
        else:
            yield number, dict(zip(columns, cells, strict=True))


def _read_gemeenten(file: Path, shown: str) -> tuple[tuple[Gemeente, ...], list[Finding]]:
    findings: list[Finding] = []
    found: dict[str, Gemeente] = {}
    codes: set[str] = set()
    for number, row in _rows(file, shown, ("code", "naam", "provincie", "inwoners", "lat", "lon"), findings):
        slug = slugify(row["naam"])
        if not (re.fullmatch(r"[1-9][0-9]{0,7}", row["inwoners"]) and re.fullmatch(r"5[0-3](\.[0-9]{1,9})?", row["lat"])
                and re.fullmatch(r"[3-7](\.[0-9]{1,9})?", row["lon"])):
            findings.append(Finding(shown, number, "geen-getal", "inwoners, lat of lon is geen getal dat in Nederland kan."))
        elif not re.fullmatch(r"GM[0-9]{4}", row["code"]) or not _is_name(row["naam"]):
            findings.append(Finding(shown, number, "ongeldige-waarde", "de code of de naam klopt niet.", f"Een code is GM en vier cijfers. {NAMES}"))
        elif row["provincie"] not in PROVINCES:
            findings.append(Finding(shown, number, "onbekend-provincie", f"provincie ‘{row['provincie']}’ bestaat niet.",
                                    did_you_mean(row["provincie"], PROVINCES)))
        elif slug in found or row["code"] in codes:
            findings.append(Finding(shown, number, "dubbele-waarde", f"‘{row['naam']}’ of {row['code']} staat er twee keer."))
        else:
            codes.add(row["code"])
            found[slug] = Gemeente(row["code"], row["naam"], slug, row["provincie"], int(row["inwoners"]), float(row["lat"]), float(row["lon"]))
    return tuple(sorted(found.values(), key=lambda g: sort_key(g.naam))), findings


def _read_herindelingen(file: Path, shown: str, gemeenten: tuple[Gemeente, ...]) -> tuple[tuple[VoormaligeGemeente, ...], list[Finding]]:
    findings: list[Finding] = []
    today = {g.code: g for g in gemeenten}
    names: dict[str, str] = {}
    dates: dict[str, datetime.date] = {}
    direct: dict[str, list[str]] = {}
    for number, row in _rows(file, shown, ("oude_code", "oude_naam", "nieuwe_code", "nieuwe_naam", "datum"), findings):
        if not _is_name(row["oude_naam"]):
            findings.append(Finding(shown, number, "ongeldige-waarde", f"‘{row['oude_naam'][:60]}’ kan geen naam zijn.", NAMES))
            continue
        try:
            dates[row["oude_code"]] = datetime.datetime.strptime(row["datum"], "%Y-%m-%d").date()
        except ValueError:
            findings.append(Finding(shown, number, "ongeldige-datum", f"‘{row['datum']}’ is geen datum; schrijf jjjj-mm-dd."))
            continue
        names[row["oude_code"]] = row["oude_naam"]
        direct.setdefault(row["oude_code"], []).append(row["nieuwe_code"])

    def successors(code: str) -> list[Gemeente]:
        """Follow mergers to today; each municipality once, however they were merged and split."""
        seen, ahead = {code}, [code]
        for one in ahead:
            more = [] if one in today else [new for new in direct.get(one, []) if new not in seen]
            seen.update(more)
            ahead += dict.fromkeys(more)
        return [today[one] for one in ahead if one in today]

    current = {g.slug for g in gemeenten}
    found: dict[str, VoormaligeGemeente] = {}
    for code, name in names.items():
        heirs = {g.code: g for g in successors(code)}
        slug = slugify(name)
        if slug not in current and heirs:
            found[slug] = VoormaligeGemeente(name, slug, dates[code], tuple(sorted(heirs.values(), key=lambda g: sort_key(g.naam))))
    return tuple(sorted(found.values(), key=lambda v: sort_key(v.naam))), findings


def _read_varianten(file: Path, shown: str, gemeenten: tuple[Gemeente, ...]) -> tuple[dict[str, Gemeente], list[Finding]]:
    findings: list[Finding] = []
    by_name = {g.naam: g for g in gemeenten}
    found = {}
    for number, row in _rows(file, shown, ("variant", "naam", "soort"), findings):
        if not _is_name(row["variant"]):
            findings.append(Finding(shown, number, "ongeldige-waarde", f"‘{row['variant'][:60]}’ kan geen naam zijn.", NAMES))
        elif row["variant"] in found or row["variant"] in by_name:
            findings.append(Finding(shown, number, "dubbele-waarde", f"‘{row['variant']}’ staat er al, of is zelf een gemeente."))
        elif row["naam"] in by_name:
            found[row["variant"]] = by_name[row["naam"]]
        else:
            findings.append(Finding(shown, number, "onbekend-gemeente", f"gemeente ‘{row['naam']}’ staat niet in gemeenten.csv."))
    return found, findings
