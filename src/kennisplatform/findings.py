"""What is wrong with the content, as data: collected everywhere, printed only at the edge."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

Severity = Literal["fout", "let op"]


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One remark on one place in one file, in words an editor can act on."""

    path: str
    """Path of the file as shown to the editor, relative to the folder the command runs in."""
    line: int
    """Line in that file, counted from 1; a finding about the file as a whole is on line 1."""
    code: str
    """Stable name of the rule, lower case with hyphens; documented on /bijdragen/velden/."""
    message: str
    """One plain Dutch sentence that names the value as it was typed."""
    repair: str = ""
    """The likely repair, or empty."""
    severity: Severity = "fout"

    def __str__(self) -> str:
        """Format as `path:line: fout: message` with the repair and the code on a second line."""
        repair = f"{self.repair}  " if self.repair else ""
        return f"{self.path}:{self.line}: {self.severity}: {self.message}\n    {repair}[{self.code}]"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Keep the findings that block publication."""
    return [f for f in findings if f.severity == "fout"]


def nearest(value: str, known: Iterable[str]) -> str | None:
    """Give the known value an editor most likely meant, or None when nothing is near.

    Optimal string alignment distance (one swap counts once) as a share of the longer
    word; at most a third may differ, compared without regard to case.
    """
    choices = sorted(known)
    found = process.extractOne(
        value.casefold(), [c.casefold() for c in choices],
        scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.66)
    return choices[found[2]] if found else None


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """Word the likely repair of an unknown value, or an empty text."""
    near = nearest(value, known)
    return f"Bedoeld: ‘{near}’?" if near else ""
