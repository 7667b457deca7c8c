"""Judge a table as text (csv) as a spreadsheet will open it: a cell may become a formula there."""

from __future__ import annotations

import csv
import io
import re

from kennisplatform.content.attached.verdict import Unfit, Verdict

MAX_CELL = 100_000
"""Characters."""
_NUMBER = re.compile(r"[+-][\d\s.,:/()%€–-]*")
"""What begins with + or - and can be no formula: it has no letter for a function or a cell."""
_CALL = re.compile(r"[;,\t\n]\s*[=@+-][^;,\t\n]*[(|!]")
"""What calls something in a piece of a cell, which is a cell of its own where another sign parts
them.
"""
_BLANK = " \t\r\n\u00a0\ufeff"
_STARTS = {*"=@+-", *_BLANK}


def judge_table(raw: bytes) -> Verdict:
    """Raises Unfit for what is no text, or would be calculated."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unfit(
            "het bestand is niet opgeslagen als UTF-8.",
            "Kies in Excel bij Opslaan als: CSV UTF-8 (door lijstscheidingsteken gescheiden).",
        ) from error
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text) or not text.strip():
        raise Unfit("dit is geen tabel in tekst.", "Bewaar haar opnieuw als CSV UTF-8.")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    csv.field_size_limit(MAX_CELL)
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1
        ):
            for cell in row:
                if _calculates(cell):
                    raise Unfit(
                        f"in rij {number} begint ‘{cell.strip()[:40]}’ zoals een formule, en Excel "
                        "rekent die uit.",
                        "Zet er een woord voor, of schrijf de uitkomst.",
                    )
    except csv.Error as error:
        raise Unfit("de tabel is niet te lezen.", "Bewaar haar opnieuw als CSV UTF-8.") from error
    return Verdict(raw)


def _calculates(cell: str) -> bool:
    if cell[:1] in _STARTS:
        bare = cell.lstrip(_BLANK)
        if bare[:1] in ("=", "@") or (bare[:1] in ("+", "-") and not _NUMBER.fullmatch(bare)):
            return True
    return _CALL.search(cell) is not None
