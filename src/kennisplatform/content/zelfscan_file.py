"""The Democratie-zelfscan: its groups, statements and steps, read from content/zelfscan.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kennisplatform.content.frontmatter import Document
from kennisplatform.content.validation import read_group, unknown_page
from kennisplatform.model.findings import Finding, errors
from kennisplatform.model.head import Location
from kennisplatform.model.text import enumerate_nl
from kennisplatform.model.vocabulary import Vocabulary
from kennisplatform.model.zelfscan import GROUPS, Zelfscan

FILE = "zelfscan.yml"
EXPLAINED_SCAN = "/bijdragen/#de-zelfscan-aanpassen"


def load_zelfscan(
    content: Path,
    shown: str,
    defaults: Path | None,
    vocabulary: Vocabulary,
    instruments: Mapping[str, str],
) -> tuple[Zelfscan | None, list[Finding]]:
    """Read zelfscan.yml of a content folder, or else the project's own in `defaults`; `instruments`
    has the name of the pages of the folder that it may name, by every name that they have or had.

    The project's own gives no findings: where it does not fit the vocabulary of the folder, there
    is no scan.
    """
    if (content / FILE).exists():
        return _read(content / FILE, f"{shown}/{FILE}", vocabulary, instruments)
    if defaults is None:
        return None, []
    scan, findings = _read(defaults / FILE, str(defaults / FILE), vocabulary)
    return (None if errors(findings) else scan), []


def _read(
    file: Path, shown: str, vocabulary: Vocabulary, instruments: Mapping[str, str] | None = None
) -> tuple[Zelfscan | None, list[Finding]]:
    scan, document, findings = read_group(file, shown, Zelfscan, EXPLAINED_SCAN, vocabulary)
    if scan and document:
        findings += _check_scan(scan, document, vocabulary)
        if scan.onderscheid and instruments is not None:
            place = ("onderscheid", "instrument")
            findings += unknown_page(scan.onderscheid.instrument, place, document, instruments)
    return (None if errors(findings) else scan), findings


def _check_scan(scan: Zelfscan, document: Document, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Find what no single value shows: doubles, and what is missing."""
    named: list[tuple[Location, str]] = [
        (("groepen", i, "id"), g.id) for i, g in enumerate(scan.groepen)
    ]
    named += [(("velden", i, "aandachtsveld"), v.aandachtsveld) for i, v in enumerate(scan.velden)]
    named += [
        (("velden", i, "stellingen", j, "id"), s.id)
        for i, v in enumerate(scan.velden)
        for j, s in enumerate(v.stellingen)
    ]
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            yield Finding(
                document.path,
                document.line_of(place),
                "dubbele-waarde",
                f"‘{name}’ staat er twee keer.",
                "Geef een van de twee een andere naam.",
            )
        seen.add(name)
    if len(scan.groepen) < GROUPS:
        yield Finding(
            document.path,
            document.line_of(("groepen",)),
            "aantal-klopt-niet",
            f"groepen moeten er {GROUPS} zijn; het zijn er {len(scan.groepen)}.",
        )
    used = {v.aandachtsveld for v in scan.velden}
    if missing := [t.naam for t in vocabulary.aandachtsvelden if t.naam not in used]:
        yield Finding(
            document.path,
            document.line_of(("velden",)),
            "aandachtsveld-ontbreekt",
            f"bij velden ontbreekt {enumerate_nl([f'‘{name}’' for name in missing])}.",
            "Elk aandachtsveld heeft 3 of 4 stellingen.",
        )
