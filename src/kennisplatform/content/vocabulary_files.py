"""Read the names pages may use from content/vocabulary/."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ValidationError

from kennisplatform.content.frontmatter import Location, Value, read_yaml
from kennisplatform.content.textfile import Text, read_text
from kennisplatform.model.facets import FACETS
from kennisplatform.model.findings import CODES, Finding, meant, sentences
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import has_html, slugify, sort_key, visible
from kennisplatform.model.vocabulary import (
    PROVINCES,
    Entry,
    Gemeente,
    Synoniem,
    Taal,
    Vocabulary,
    VoormaligeGemeente,
)

FILES = {facet.lijst[0] for facet in FACETS.values() if facet.lijst} | {
    "synoniemen.yml",
    "taal.yml",
    "gemeenten.csv",
    "herindelingen.csv",
    "naamvarianten.csv",
    "README.md",
}
LONGEST_NAME = 100
"""Characters of the address that a name becomes: more does not fit in every file system, with what
the site adds.
"""
NAMES = f"Een naam heeft letters of cijfers, hoogstens {LONGEST_NAME}, op één regel."
T = TypeVar("T", bound=Entry)


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


def load_vocabulary(folder: Path, shown: str) -> tuple[Vocabulary, list[Finding]]:
    """Read content/vocabulary/; what cannot be read is a finding and stays empty."""
    findings: list[Finding] = []

    def entries(name: str, model: type[T]) -> tuple[T, ...]:
        found, problems = _read_entries(folder / name, f"{shown}/{name}", model)
        findings.extend(problems)
        return found

    gemeenten, problems = _read_gemeenten(folder / "gemeenten.csv", f"{shown}/gemeenten.csv")
    voormalig, more = _read_herindelingen(
        folder / "herindelingen.csv", f"{shown}/herindelingen.csv", gemeenten
    )
    varianten, most = _read_varianten(
        folder / "naamvarianten.csv", f"{shown}/naamvarianten.csv", gemeenten
    )
    findings += problems + more + most
    lists = {entry.naam: entry for entry in entries("taal.yml", Taallijst)}
    empty = Taallijst(naam="stopwoorden")
    taal = Taal(
        lists.get("stopwoorden", empty).woorden,
        lists.get("vraagwoorden", empty).woorden,
        lists.get("onregelmatig", empty).paren,
        lists.get("geen samenstelling", empty).woorden,
        lists.get("geen deel", empty).woorden,
        lists.get("moeilijke woorden", empty).paren,
    )
    vocabulary = Vocabulary(
        {facet.slug: entries(*facet.lijst) for facet in FACETS.values() if facet.lijst},
        entries("synoniemen.yml", Synoniem),
        gemeenten,
        voormalig,
        varianten,
        taal,
    )
    return vocabulary, findings


def _read_entries(file: Path, shown: str, model: type[T]) -> tuple[tuple[T, ...], list[Finding]]:
    if not file.exists():
        return (), [
            Finding(
                shown,
                1,
                "bestand-ontbreekt",
                "dit bestand ontbreekt.",
                "Haal het terug uit een eerdere versie.",
            )
        ]
    document, findings = read_yaml(file, shown)
    if document is None:
        return (), findings
    value, lines = document.fields, document.lines
    if not isinstance(value, list):
        return (), [
            Finding(
                shown,
                1,
                "geen-lijst",
                "dit bestand moet een lijst zijn.",
                "Begin elke waarde met - naam: …",
            )
        ]
    found: dict[str, T] = {}
    for index, item in enumerate(value):
        line = lines.get((index,), 1)
        wrong = {place for place, text in _texts(item, (index,)) if has_html(text)}
        findings += [
            Finding(
                shown,
                lines.get(place, line),
                "html-in-veld",
                f"‘{place[-1]}’ bevat HTML; gewone tekst mag, HTML niet.",
            )
            for place in sorted(wrong, key=str)
        ]
        try:
            entry = model.model_validate(item, context=COLLECTIES)
        except ValidationError as error:
            for e in {e["loc"]: e for e in error.errors(include_url=False)}.values():
                where = visible(".".join(map(str, e["loc"])))
                code, message, repair = (
                    "ongeldige-waarde",
                    f"‘{where}’ klopt niet of ontbreekt.",
                    "Kijk hoe de andere waarden zijn geschreven.",
                )
                fix = None
                if e["type"] in CODES:
                    likely = e["ctx"]["meant"]
                    fix = document.fix((index, *e["loc"]), likely)
                    code, message = (
                        e["type"],
                        f"{where} ‘{visible(str(e['input'])[:80])}’ {e['msg']}.",
                    )
                    repair = sentences(fix or likely, e["ctx"]["repair"])
                findings.append(
                    Finding(
                        shown, lines.get((index, *e["loc"]), line), code, message, repair, fix=fix
                    )
                )
            continue
        if not _is_name(entry.naam):
            findings.append(
                Finding(
                    shown,
                    line,
                    "ongeldige-waarde",
                    f"‘{visible(entry.naam[:60])}’ kan geen naam zijn.",
                    NAMES,
                )
            )
        if isinstance(entry, Synoniem) and (
            nameless := [name for name in (*entry.synoniemen, *entry.verwant) if not _is_name(name)]
        ):
            findings.append(
                Finding(
                    shown,
                    line,
                    "ongeldige-waarde",
                    f"‘{visible(nameless[0][:60])}’ kan geen naam zijn.",
                    NAMES,
                )
            )
        if entry.slug in found:
            findings.append(
                Finding(shown, line, "dubbele-waarde", f"‘{entry.naam}’ staat er twee keer.")
            )
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


def _rows(
    file: Path, shown: str, columns: tuple[str, ...], findings: list[Finding]
) -> Iterator[tuple[int, dict[str, str], Text]]:
    if not file.exists():
        findings.append(
            Finding(
                shown,
                1,
                "bestand-ontbreekt",
                "dit bestand ontbreekt.",
                "Haal het terug uit een eerdere versie.",
            )
        )
        return
    text, problems = read_text(file, shown)
    findings += problems
    if text is None:
        return
    first, *rest = text.whole.rstrip("\n").split("\n")
    if first != ",".join(columns):
        findings.append(
            Finding(
                shown, 1, "kopregel-klopt-niet", f"de eerste regel moet zijn: {','.join(columns)}."
            )
        )
        return
    for number, line in enumerate(
        rest, 2
    ):  # one by one, so that a quote that never closes spoils one line only
        try:
            cells = next(csv.reader([line], strict=True), [])
        except csv.Error:
            cells = []
        if len(cells) != len(columns) or not all(cells):
            findings.append(
                Finding(
                    shown,
                    number,
                    "kolommen-kloppen-niet",
                    f"deze regel heeft niet {len(columns)} kolommen die zijn ingevuld.",
                )
            )
        elif has_html(line):
            findings.append(
                Finding(
                    shown,
                    number,
                    "html-in-veld",
                    "deze regel bevat HTML; gewone tekst mag, HTML niet.",
                )
            )
        else:
            yield number, dict(zip(columns, cells, strict=True)), text


def _read_gemeenten(file: Path, shown: str) -> tuple[tuple[Gemeente, ...], list[Finding]]:
    findings: list[Finding] = []
    found: dict[str, Gemeente] = {}
    codes: set[str] = set()
    for number, row, text in _rows(
        file, shown, ("code", "naam", "provincie", "inwoners", "lat", "lon"), findings
    ):
        slug = slugify(row["naam"])
        if not (
            re.fullmatch(r"[1-9][0-9]{0,7}", row["inwoners"])
            and re.fullmatch(r"5[0-3](\.[0-9]{1,9})?", row["lat"])
            and re.fullmatch(r"[3-7](\.[0-9]{1,9})?", row["lon"])
        ):
            findings.append(
                Finding(
                    shown,
                    number,
                    "geen-getal",
                    "inwoners, lat of lon is geen getal dat in Nederland kan.",
                )
            )
        elif not re.fullmatch(r"GM[0-9]{4}", row["code"]) or not _is_name(row["naam"]):
            findings.append(
                Finding(
                    shown,
                    number,
                    "ongeldige-waarde",
                    "de code of de naam klopt niet.",
                    f"Een code is GM en vier cijfers. {NAMES}",
                )
            )
        elif row["provincie"] not in PROVINCES:
            likely, at = (
                meant(row["provincie"], PROVINCES),
                text.lines[number - 1].find(f",{row['provincie']},") + 1,
            )
            place = text.start_of(number) + at
            fix = (
                text.fix(place, place + len(row["provincie"]), likely.value, likely.certain)
                if likely and at
                else None
            )
            findings.append(
                Finding(
                    shown,
                    number,
                    "onbekend-provincie",
                    f"provincie ‘{row['provincie']}’ bestaat niet.",
                    sentences(likely),
                    fix=fix,
                )
            )
        elif slug in found or row["code"] in codes:
            findings.append(
                Finding(
                    shown,
                    number,
                    "dubbele-waarde",
                    f"‘{row['naam']}’ of {row['code']} staat er twee keer.",
                )
            )
        else:
            codes.add(row["code"])
            found[slug] = Gemeente(
                row["code"],
                row["naam"],
                slug,
                row["provincie"],
                int(row["inwoners"]),
                float(row["lat"]),
                float(row["lon"]),
            )
    return tuple(sorted(found.values(), key=lambda g: sort_key(g.naam))), findings


def _read_herindelingen(
    file: Path, shown: str, gemeenten: tuple[Gemeente, ...]
) -> tuple[tuple[VoormaligeGemeente, ...], list[Finding]]:
    findings: list[Finding] = []
    today = {g.code: g for g in gemeenten}
    names: dict[str, str] = {}
    dates: dict[str, datetime.date] = {}
    direct: dict[str, list[str]] = {}
    for number, row, _ in _rows(
        file, shown, ("oude_code", "oude_naam", "nieuwe_code", "nieuwe_naam", "datum"), findings
    ):
        if not _is_name(row["oude_naam"]):
            findings.append(
                Finding(
                    shown,
                    number,
                    "ongeldige-waarde",
                    f"‘{row['oude_naam'][:60]}’ kan geen naam zijn.",
                    NAMES,
                )
            )
            continue
        try:
            dates[row["oude_code"]] = datetime.datetime.strptime(row["datum"], "%Y-%m-%d").date()
        except ValueError:
            findings.append(
                Finding(
                    shown,
                    number,
                    "ongeldige-datum",
                    f"‘{row['datum']}’ is geen datum; schrijf jjjj-mm-dd.",
                )
            )
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
            found[slug] = VoormaligeGemeente(
                name,
                slug,
                dates[code],
                tuple(sorted(heirs.values(), key=lambda g: sort_key(g.naam))),
            )
    return tuple(sorted(found.values(), key=lambda v: sort_key(v.naam))), findings


def _read_varianten(
    file: Path, shown: str, gemeenten: tuple[Gemeente, ...]
) -> tuple[dict[str, Gemeente], list[Finding]]:
    findings: list[Finding] = []
    by_name = {g.naam: g for g in gemeenten}
    found = {}
    for number, row, _ in _rows(file, shown, ("variant", "naam", "soort"), findings):
        if not _is_name(row["variant"]):
            findings.append(
                Finding(
                    shown,
                    number,
                    "ongeldige-waarde",
                    f"‘{row['variant'][:60]}’ kan geen naam zijn.",
                    NAMES,
                )
            )
        elif row["variant"] in found or row["variant"] in by_name:
            findings.append(
                Finding(
                    shown,
                    number,
                    "dubbele-waarde",
                    f"‘{row['variant']}’ staat er al, of is zelf een gemeente.",
                )
            )
        elif row["naam"] in by_name:
            found[row["variant"]] = by_name[row["naam"]]
        else:
            findings.append(
                Finding(
                    shown,
                    number,
                    "onbekend-gemeente",
                    f"gemeente ‘{row['naam']}’ staat niet in gemeenten.csv.",
                )
            )
    return found, findings
