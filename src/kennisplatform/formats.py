"""One finding, several formats: for a reader, for GitHub, for another program."""
from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kennisplatform.findings import CODES, Finding, Fix

Format = Callable[[Sequence[Finding], Path | None], str]
"""Writes findings; paths become relative to the folder, that of the repository, where the format asks for it."""


def real_path(path: Path) -> Path:
    """Give the absolute path of a file by its real folder; a file that is a symbolic link itself is not followed."""
    absolute = Path(os.path.abspath(path))
    return absolute.parent.resolve() / absolute.name


def advice_by_code(findings: Iterable[Finding]) -> list[str]:
    """Summarise advice, a line a code, most frequent first."""
    counts = Counter(f.code for f in findings if f.severity == "let op")
    return [f"let op: {count} keer {code}: {CODES[code].removeprefix('Advies: ')}" for code, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]


def _text(findings: Sequence[Finding], root: Path | None) -> str:
    return "\n".join(map(str, findings))


def _json(findings: Sequence[Finding], root: Path | None) -> str:
    """Write the fields of each finding; `fix` is its repair as data, or null."""
    return json.dumps([asdict(f) | {"fix": f.fix and _change(f.fix)} for f in findings], ensure_ascii=False, indent=1)


def _change(fix: Fix) -> dict[str, int | str | bool]:
    """Name what a repair holds; `from` cannot be a name in Python."""
    return {"line": fix.line, "column": fix.column, "from": fix.old, "to": fix.new, "certain": fix.certain}


def _github(findings: Sequence[Finding], root: Path | None) -> str:
    """Write workflow commands, which GitHub shows beside the line (docs.github.com, “Workflow commands”; escapes as in actions/toolkit)."""
    return "\n".join(f"::{'error' if f.severity == 'fout' else 'notice'} file={_escaped(_from_root(f.path, root), ':,')},line={f.line},"
                     f"title={_escaped(f.code, ':,')}::{_escaped(_whole(f))}" for f in findings)


def _escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":  # the percent sign first: the others turn into it
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _sarif(findings: Sequence[Finding], root: Path | None) -> str:
    """Write a SARIF 2.1.0 log (OASIS, 2020), as code scanning reads it."""
    rules = sorted({f.code for f in findings})
    results = [{
        "ruleId": f.code,
        "ruleIndex": rules.index(f.code),
        "level": "error" if f.severity == "fout" else "note",
        "message": {"text": _whole(f)},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": quote(_from_root(f.path, root)), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": f.line},
        }}],
        **({"fixes": [_sarif_fix(f, f.fix, root)]} if f.fix else {}),
    } for f in findings]
    driver = {"name": "kennisplatform", "language": "nl", "rules": [{"id": code, "shortDescription": {"text": CODES[code]}} for code in rules]}
    return json.dumps({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
                       "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}]}, ensure_ascii=False, indent=1)


def _sarif_fix(finding: Finding, fix: Fix, root: Path | None) -> dict[str, Any]:
    *before, last = fix.old.split("\n")
    region = {"startLine": fix.line, "startColumn": fix.column, "endLine": fix.line + len(before),
              "endColumn": len(last) + (1 if before else fix.column)}
    change = {"artifactLocation": {"uri": quote(_from_root(finding.path, root)), "uriBaseId": "%SRCROOT%"},
              "replacements": [{"deletedRegion": region, "insertedContent": {"text": fix.new}}]}
    return {"description": {"text": finding.repair}, "artifactChanges": [change], "properties": {"certain": fix.certain}}


def _whole(finding: Finding) -> str:
    return f"{finding.message}\n{finding.repair}".strip()


def _from_root(path: str, root: Path | None) -> str:
    file = real_path(Path(path))
    return file.relative_to(root).as_posix() if root and file.is_relative_to(root) else Path(path).as_posix()


FORMATS: dict[str, Format] = {"text": _text, "github": _github, "json": _json, "sarif": _sarif}
