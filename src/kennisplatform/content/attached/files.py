"""Take a document from a file: judged in a process with limits, and laid ready for the site."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from kennisplatform.content.attached.packages import judge_package
from kennisplatform.content.attached.tables import judge_table
from kennisplatform.content.attached.verdict import BROKEN, Unfit, Verdict
from kennisplatform.content.limited import TooHeavy, Unfinished, within_limits
from kennisplatform.content.textfile import private, read_bytes
from kennisplatform.model.findings import Finding
from kennisplatform.model.library import DOCUMENTS, SiteDocument

MAX_DOCUMENT = 20_000_000
_HEAVY = Unfit(
    "het document kost te veel tijd of geheugen om na te kijken.",
    "Maak het kleiner, met minder pagina’s of lichtere beelden.",
)
_known: dict[tuple[str, bytes], SiteDocument | Unfit] = {}
"""What became of each document, by its name and the hash of its bytes: while serving, most are as
they were at the last save."""


def read_attached(file: Path, shown: str) -> tuple[SiteDocument | None, list[Finding]]:
    """Judge a document, and lay what the site gives of it ready in a folder of this process."""
    raw, findings = read_bytes(file, shown, MAX_DOCUMENT)
    if raw is None:
        return None, findings
    key = file.name, hashlib.sha256(raw).digest()
    if key not in _known:
        _known[key] = _prepared(file, raw)
    found = _known[key]
    if isinstance(found, Unfit):
        return None, [Finding(shown, 1, "document-onbruikbaar", found.message, found.repair)]
    told = "\n".join((found.text, *(value for _, value in found.properties)))
    return replace(found, file=file), list(private(told, shown, 1))


def _prepared(file: Path, raw: bytes) -> SiteDocument | Unfit:
    try:
        found = within_limits(partial(judge, file.suffix), raw)
    except TooHeavy:
        return _HEAVY
    except Unfinished:
        return BROKEN
    if isinstance(found, Unfit):
        return found
    name = f"{file.stem}-{hashlib.sha256(found.clean).hexdigest()[:12]}{file.suffix}"
    ready = Path(_folder().name, name)
    ready.write_bytes(found.clean)
    return SiteDocument(
        file,
        ready,
        f"{DOCUMENTS}/{name}",
        len(found.clean),
        found.text,
        found.properties,
        tuple(dict.fromkeys((*found.left, *found.people))),
        found.lacks,
    )


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Make the folder of what is ready; it goes when the process ends."""
    return tempfile.TemporaryDirectory(prefix="kennisplatform-")


def judge(suffix: str, raw: bytes) -> Verdict | Unfit:
    """Judge a document that claims to be of a kind; outside a process with limits it may take all
    time and memory there is.
    """
    try:
        match suffix:
            case ".pdf":
                # Only who has such a document waits for pypdf.
                from kennisplatform.content.attached.pdf import judge_pdf

                return judge_pdf(raw)
            case ".csv":
                return judge_table(raw)
        return judge_package(suffix, raw)
    except Unfit as unfit:
        return unfit
