"""Read the names pages may use from content/vocabulary/."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kennisplatform.content.frontmatter import Document, Yaml, read_yaml
from kennisplatform.content.textfile import MAX_BYTES, Text, read_bytes, read_text
from kennisplatform.model.facets import FACETS
from kennisplatform.model.findings import CODES, Finding, Fix, Meant, errors, meant, sentences
from kennisplatform.model.head import Location
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import (
    LONGEST_SLUG,
    enumerate_nl,
    has_html,
    slugify,
    sort_key,
    visible,
)
from kennisplatform.model.vocabulary import (
    E,
    Entry,
    Gemeente,
    Gemeentecontact,
    Provincie,
    Synoniem,
    Taal,
    Vocabulary,
    VoormaligeGemeente,
)

PROVINCES = "provincies.yml"
MOST_GEMEENTEN = 1_000
"""Three times as many as there are; each is compared with each."""
FILES = {facet.lijst[0] for facet in FACETS.values() if facet.lijst} | {
    "synoniemen.yml",
    "taal.yml",
    PROVINCES,
    "gemeenten.csv",
    "herindelingen.csv",
    "naamvarianten.csv",
    "contacten.csv",
    "README.md",
}
NAME_RULE = f"Een naam heeft letters of cijfers, hoogstens {LONGEST_SLUG}, op één regel."
MISSING = (
    "bestand-ontbreekt",
    "dit bestand ontbreekt.",
    "Haal het terug uit een eerdere versie.",
)


class Taallijst(Entry):
    """One list of content/vocabulary/taal.yml: words, or pairs of words."""

    naam: Literal[
        "stopwoorden",
        "vraagwoorden",
        "onregelmatig",
        "geen samenstelling",
        "geen deel",
        "moeilijke woorden",
    ]
    woorden: tuple[str, ...] = ()
    paren: Mapping[str, str] = {}


def load_vocabulary(
    folder: Path, shown: str, defaults: Path | None = None
) -> tuple[Vocabulary, list[Finding]]:
    """Read content/vocabulary/; what cannot be read is a finding and stays empty.

    Provinces are the same everywhere: without a list of its own a folder has that of `defaults`.
    """
    findings: list[Finding] = []
    unread: set[str] = set()

    def note(file: str, found: Collection[object], problems: list[Finding]) -> None:
        findings.extend(problems)
        if errors(problems):
            unread.add(file)

    def entries(name: str, model: type[E], home: Path = folder) -> tuple[E, ...]:
        found, problems = _read_entries(home / name, f"{shown}/{name}", model)
        note(name, found, problems)
        return found

    common = defaults if defaults and not (folder / PROVINCES).exists() else folder
    provinces = entries(PROVINCES, Provincie, common)
    gemeenten, problems = _read_gemeenten(
        folder / "gemeenten.csv", f"{shown}/gemeenten.csv", {p.naam for p in provinces}
    )
    voormalig, more = _read_herindelingen(
        folder / "herindelingen.csv", f"{shown}/herindelingen.csv", gemeenten
    )
    varianten, most = _read_varianten(
        folder / "naamvarianten.csv", f"{shown}/naamvarianten.csv", gemeenten, not problems
    )
    note("gemeenten.csv", gemeenten, problems)
    note("herindelingen.csv", voormalig, more)
    note("naamvarianten.csv", varianten, most)
    taal = _language(entries("taal.yml", Taallijst))
    lijsten = {facet.slug: entries(*facet.lijst) for facet in FACETS.values() if facet.lijst}
    unsure = _unsure_fields(unread)
    contacten, wrong = _read_contacten(
        folder / "contacten.csv",
        f"{shown}/contacten.csv",
        varianten | {g.naam: g for g in gemeenten},
        {v.naam: v for v in voormalig},
        "gemeente" not in unsure,
    )
    findings += wrong
    vocabulary = Vocabulary(
        lijsten,
        entries("synoniemen.yml", Synoniem),
        provinces,
        gemeenten,
        voormalig,
        varianten,
        taal,
        unsure,
        contacten,
    )
    return vocabulary, findings


def _language(entries: Iterable[Taallijst]) -> Taal:
    lists = {entry.naam: entry for entry in entries}
    empty = Taallijst(naam="stopwoorden")
    return Taal(
        lists.get("stopwoorden", empty).woorden,
        lists.get("vraagwoorden", empty).woorden,
        lists.get("onregelmatig", empty).paren,
        lists.get("geen samenstelling", empty).woorden,
        lists.get("geen deel", empty).woorden,
        lists.get("moeilijke woorden", empty).paren,
    )


def _unsure_fields(unread: Collection[str]) -> frozenset[str]:
    """Give the fields of which not all names are known, because a file could not be read."""
    names = {facet.slug: {facet.lijst[0]} for facet in FACETS.values() if facet.lijst} | {
        "provincie": {PROVINCES, "gemeenten.csv"},
        "gemeente": {PROVINCES, "gemeenten.csv", "herindelingen.csv", "naamvarianten.csv"},
    }
    return frozenset(field for field, files in names.items() if not files.isdisjoint(unread))


_last: dict[str, tuple[bytes | None, Any]] = {}
"""What each file was, and what it gave: names change seldom, pages at every save."""


def _read_entries(file: Path, shown: str, model: type[E]) -> tuple[tuple[E, ...], list[Finding]]:
    raw, _ = read_bytes(file, shown, MAX_BYTES)
    if raw is None or _last.get(shown, (None,))[0] != raw:
        _last[shown] = raw, _judge_entries(file, shown, model)
    found, findings = _last[shown][1]
    return found, [*findings]


def _judge_entries(file: Path, shown: str, model: type[E]) -> tuple[tuple[E, ...], list[Finding]]:
    if not file.exists():
        return (), [Finding(shown, 1, *MISSING)]
    document, findings = read_yaml(file, shown)
    if document is None:
        return (), findings
    if not isinstance(document.fields, list):
        message, repair = "dit bestand moet een lijst zijn.", "Begin elke waarde met - naam: …"
        return (), [Finding(shown, 1, "geen-lijst", message, repair)]
    found: dict[str, E] = {}
    for index, item in enumerate(document.fields):
        line = document.lines.get((index,), 1)
        for place in sorted({p for p, text in _texts(item, (index,)) if has_html(text)}, key=str):
            message = f"‘{place[-1]}’ bevat HTML; gewone tekst mag, HTML niet."
            at = document.lines.get(place, line)
            findings.append(Finding(shown, at, "html-in-veld", message))
        try:
            entry = model.model_validate(item, context=COLLECTIES)
        except ValidationError as error:
            problems = {e["loc"]: e for e in error.errors(include_url=False)}
            findings += [_entry_refused(e, document, shown, index) for e in problems.values()]
            continue
        findings += [_no_name(shown, line, name) for name in _nameless(entry)]
        if entry.slug in found:
            other = found[entry.slug].naam
            message = f"‘{entry.naam}’ staat er twee keer."
            if other != entry.naam:
                message = f"‘{entry.naam}’ krijgt hetzelfde adres als ‘{other}’."
            findings.append(Finding(shown, line, "dubbele-waarde", message))
        found[entry.slug] = entry
    return tuple(found.values()), findings


def _entry_refused(error: ErrorDetails, document: Document, shown: str, index: int) -> Finding:
    place: Location = (index, *error["loc"])
    line = document.lines.get(place) or document.lines.get((index,), 1)
    where = visible(".".join(map(str, error["loc"])))
    if error["type"] not in CODES:
        return Finding(
            shown,
            line,
            "ongeldige-waarde",
            f"‘{where}’ klopt niet of ontbreekt.",
            "Kijk hoe de andere waarden zijn geschreven.",
        )
    likely, typed = error["ctx"]["meant"], visible(str(error["input"])[:80])
    fix = document.fix(place, likely)
    message = f"{where} ‘{typed}’ {error['msg']}."
    repair = sentences(fix or likely, error["ctx"]["repair"])
    return Finding(shown, line, error["type"], message, repair, fix=fix)


def _nameless(entry: Entry) -> list[str]:
    """Give what cannot be a name: that of an entry, and the first such of its synonyms."""
    beside = (*entry.synoniemen, *entry.verwant) if isinstance(entry, Synoniem) else ()
    wrong = [name for name in beside if not _is_name(name)]
    return [*([] if _is_name(entry.naam) else [entry.naam]), *wrong[:1]]


def _no_name(shown: str, line: int, name: str) -> Finding:
    message = f"‘{visible(name[:60])}’ kan geen naam zijn."
    return Finding(shown, line, "ongeldige-waarde", message, NAME_RULE)


def _is_name(text: str) -> bool:
    """Tell whether a name can be an address, and be shown on one line."""
    return 0 < len(slugify(text)) <= LONGEST_SLUG and "\n" not in text


def _texts(value: Yaml, place: Location) -> Iterator[tuple[Location, str]]:
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


_SEPARATORS = {";": "puntkomma’s", "\t": "tabs"}


def _rows(
    file: Path,
    shown: str,
    columns: tuple[str, ...],
    findings: list[Finding],
    optional: Collection[str] = (),
) -> Iterator[tuple[int, dict[str, str], Text]]:
    """Give the lines that have every column, with something in each that is not optional."""
    if not file.exists():
        findings.append(Finding(shown, 1, *MISSING))
        return
    text, problems = read_text(file, shown)
    findings += problems
    if text is None:
        return
    first, *rest = text.whole.rstrip("\n").split("\n")
    if tuple(next(csv.reader([first]), [])) != columns:
        message, repair = f"de eerste regel moet zijn: {','.join(columns)}.", ""
        if sign := next((s for s in _SEPARATORS if s.join(columns) == first.replace('"', "")), ""):
            message = f"de kolommen zijn gescheiden met {_SEPARATORS[sign]}; {message}"
            repair = "Zo bewaart Excel ze. Kies bij Opslaan als een CSV met komma’s."
        findings.append(Finding(shown, 1, "kopregel-klopt-niet", message, repair))
        return
    # One by one, so that a quote that never closes spoils one line only.
    for number, line in enumerate(rest, 2):
        try:
            cells = next(csv.reader([line], strict=True), [])
        except csv.Error:
            cells = []
        row = dict(zip(columns, cells, strict=False))
        if len(cells) != len(columns) or not all(row[c] for c in columns if c not in optional):
            filled = f" (behalve {' en '.join(optional)})" if optional else ""
            message = f"deze regel heeft niet {len(columns)} kolommen die zijn ingevuld{filled}."
            findings.append(Finding(shown, number, "kolommen-kloppen-niet", message))
        elif has_html(line):
            message = "deze regel bevat HTML; gewone tekst mag, HTML niet."
            findings.append(Finding(shown, number, "html-in-veld", message))
        else:
            yield number, row, text


def _read_gemeenten(
    file: Path, shown: str, provinces: Collection[str]
) -> tuple[tuple[Gemeente, ...], list[Finding]]:
    findings: list[Finding] = []
    found: dict[str, Gemeente] = {}
    codes: set[str] = set()
    for number, row, text in _rows(
        file, shown, ("code", "naam", "provincie", "inwoners", "lat", "lon"), findings
    ):
        code, name, slug = row["code"], row["naam"], slugify(row["naam"])
        if len(found) == MOST_GEMEENTEN:
            message = f"hier staan meer dan {MOST_GEMEENTEN} gemeenten."
            repair = "Nederland heeft er minder. Haal weg wat er niet hoort."
            return (), [Finding(shown, number, "bestand-te-groot", message, repair)]
        if not all(form.fullmatch(row[column]) for column, form in _NUMBERS.items()):
            message = "inwoners, lat of lon is geen getal dat in Nederland kan."
            findings.append(Finding(shown, number, "geen-getal", message))
        elif not re.fullmatch(r"GM[0-9]{4}", code) or not _is_name(name):
            message, repair = "de code of de naam klopt niet.", "Een code is GM en vier cijfers."
            findings.append(
                Finding(shown, number, "ongeldige-waarde", message, f"{repair} {NAME_RULE}")
            )
        elif row["provincie"] not in provinces:
            if provinces:
                findings.append(_unknown("provincie", row, provinces, text, shown, number))
        elif slug in found or code in codes:
            message = f"‘{name}’ of {code} staat er twee keer."
            findings.append(Finding(shown, number, "dubbele-waarde", message))
        else:
            codes.add(code)
            inhabitants, place = int(row["inwoners"]), (float(row["lat"]), float(row["lon"]))
            found[slug] = Gemeente(code, name, slug, row["provincie"], inhabitants, *place)
    return tuple(sorted(found.values(), key=lambda g: sort_key(g.naam))), findings


_NUMBERS = {
    "inwoners": re.compile(r"[1-9][0-9]{0,7}"),
    "lat": re.compile(r"5[0-3](\.[0-9]{1,9})?"),
    "lon": re.compile(r"[3-7](\.[0-9]{1,9})?"),
}


def _unknown(
    column: str,
    row: Mapping[str, str],
    known: Collection[str],
    text: Text,
    shown: str,
    number: int,
) -> Finding:
    name = row[column]
    likely = meant(name, known)
    fix = _cell_fix(text, number, name, likely)
    message = f"{column} ‘{visible(name[:80])}’ bestaat niet."
    return Finding(shown, number, f"onbekend-{column}", message, sentences(likely), fix=fix)


def _cell_fix(text: Text, number: int, typed: str, likely: Meant | None) -> Fix | None:
    """Give the repair of the first cell of a line that holds what was typed, without quotes."""
    at = f",{text.lines[number - 1]},".find(f",{typed},")
    if likely is None or at < 0:
        return None
    place, new = text.start_of(number) + at, str(likely.value)
    written = f'"{new}"' if "," in new else new
    return text.fix(place, place + len(typed), written, likely.certain)


def _read_herindelingen(
    file: Path, shown: str, gemeenten: tuple[Gemeente, ...]
) -> tuple[tuple[VoormaligeGemeente, ...], list[Finding]]:
    findings: list[Finding] = []
    names: dict[str, str] = {}
    dates: dict[str, datetime.date] = {}
    merged: dict[str, list[str]] = {}
    for number, row, _ in _rows(
        file, shown, ("oude_code", "oude_naam", "nieuwe_code", "nieuwe_naam", "datum"), findings
    ):
        code, name = row["oude_code"], row["oude_naam"]
        if not _is_name(name):
            findings.append(_no_name(shown, number, name))
            continue
        try:
            dates[code] = datetime.datetime.strptime(row["datum"], "%Y-%m-%d").date()
        except ValueError:
            message = f"‘{row['datum']}’ is geen datum; schrijf jjjj-mm-dd."
            findings.append(Finding(shown, number, "ongeldige-datum", message))
            continue
        names[code] = name
        merged.setdefault(code, []).append(row["nieuwe_code"])

    today, current = {g.code: g for g in gemeenten}, {g.slug for g in gemeenten}
    found: dict[str, VoormaligeGemeente] = {}
    for code, name in names.items():
        slug, heirs = slugify(name), _successors(code, merged, today)
        if slug not in current and heirs:
            found[slug] = VoormaligeGemeente(name, slug, dates[code], heirs)
    return tuple(sorted(found.values(), key=lambda v: sort_key(v.naam))), findings


def _successors(
    code: str, merged: Mapping[str, list[str]], today: Mapping[str, Gemeente]
) -> tuple[Gemeente, ...]:
    """Follow mergers to today; each municipality once, however they were merged and split."""
    seen, ahead = {code}, [code]
    for one in ahead:
        more = [] if one in today else [new for new in merged.get(one, []) if new not in seen]
        seen.update(more)
        ahead += dict.fromkeys(more)
    heirs = {one: today[one] for one in ahead if one in today}
    return tuple(sorted(heirs.values(), key=lambda g: sort_key(g.naam)))


def _read_varianten(
    file: Path, shown: str, gemeenten: tuple[Gemeente, ...], whole: bool
) -> tuple[dict[str, Gemeente], list[Finding]]:
    """Read other names; `whole` when no municipality is refused, which is told already."""
    findings: list[Finding] = []
    by_name = {g.naam: g for g in gemeenten}
    found: dict[str, Gemeente] = {}
    addresses: dict[str, tuple[str, str]] = {}
    for number, row, _ in _rows(file, shown, ("variant", "naam", "soort"), findings):
        variant, name = row["variant"], row["naam"]
        if not _is_name(variant):
            findings.append(_no_name(shown, number, variant))
        elif variant in found or variant in by_name:
            message = f"‘{variant}’ staat er al, of is zelf een gemeente."
            findings.append(Finding(shown, number, "dubbele-waarde", message))
        elif addresses.setdefault(slugify(variant), (variant, name))[1] != name:
            other = addresses[slugify(variant)][0]
            message = f"‘{variant}’ krijgt hetzelfde adres als ‘{other}’, van een andere gemeente."
            findings.append(Finding(shown, number, "zelfde-adres", message))
        elif name in by_name:
            found[variant] = by_name[name]
        elif whole:
            message = f"gemeente ‘{name}’ staat niet in gemeenten.csv."
            findings.append(Finding(shown, number, "onbekend-gemeente", message))
    return found, findings


def _read_contacten(
    file: Path,
    shown: str,
    gemeenten: Mapping[str, Gemeente],
    voormalig: Mapping[str, VoormaligeGemeente],
    whole: bool,
) -> tuple[dict[str, tuple[Gemeentecontact, ...]], list[Finding]]:
    """Read whom to ask, by the code of the municipality; nobody need have such a file. `whole` when
    all names of municipalities are known, and what is wrong there is not told already.
    """
    findings: list[Finding] = []
    found: dict[str, dict[str, Gemeentecontact]] = {}
    columns = ("gemeente", "functie", "mail", "url", "bron", "gelezen")
    rows = _rows(file, shown, columns, findings, ("mail", "url")) if file.exists() else ()
    for number, row, text in rows:
        name, what = row["gemeente"], row["functie"]
        if name not in gemeenten:
            if whole:
                findings.append(_no_municipality(row, gemeenten, voormalig, text, shown, number))
            continue
        today = gemeenten[name]
        said = found.setdefault(today.code, {})
        if not _is_name(what):
            findings.append(_no_name(shown, number, what))
        elif slugify(what) in said:
            message = f"‘{what}’ van {today.naam} staat er twee keer."
            findings.append(Finding(shown, number, "dubbele-waarde", message))
        elif not (row["mail"] or row["url"]):
            message = f"bij ‘{what}’ van {today.naam} staat niet hoe u die bereikt."
            repair = "Vul mail of url in."
            findings.append(Finding(shown, number, "ongeldige-waarde", message, repair))
        else:
            filled = {column: value for column, value in row.items() if value}
            try:
                contact = Gemeentecontact.model_validate(filled | {"gemeente": today.naam})
            except ValidationError as error:
                findings.append(_cell_refused(error.errors()[0], text, shown, number))
            else:
                said[slugify(what)] = contact
    return {code: tuple(said.values()) for code, said in found.items() if said}, findings


def _no_municipality(
    row: Mapping[str, str],
    gemeenten: Collection[str],
    voormalig: Mapping[str, VoormaligeGemeente],
    text: Text,
    shown: str,
    number: int,
) -> Finding:
    if (old := voormalig.get(row["gemeente"])) is None:
        return _unknown("gemeente", row, gemeenten, text, shown, number)
    heirs = enumerate_nl([g.naam for g in old.opvolgers])
    message, repair = f"gemeente ‘{old.naam}’ bestaat niet meer.", f"Zij hoort nu bij {heirs}."
    return Finding(shown, number, "onbekend-gemeente", message, repair)


def _cell_refused(error: ErrorDetails, text: Text, shown: str, number: int) -> Finding:
    column, typed, more = error["loc"][0], str(error["input"]), error.get("ctx", {})
    likely = more.get("meant")
    message = f"{column} ‘{visible(typed[:80])}’ {error['msg']}."
    repair, fix = sentences(likely, more.get("repair")), _cell_fix(text, number, typed, likely)
    return Finding(shown, number, error["type"], message, repair, fix=fix)
