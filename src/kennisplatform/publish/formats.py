"""What findings look like to a reader, to GitHub and GitLab and to another program: one finding,
several formats.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from kennisplatform.model.findings import CODES, Finding, Fix, errors
from kennisplatform.model.library import Library
from kennisplatform.model.text import count

Format = Callable[[Sequence[Finding], Path | None], str]
"""Writes findings; paths become relative to the folder, that of the repository, where the format
asks for it.
"""

SUMMARY_BYTES = 1 << 20
"""What the summary of a step on GitHub may take; of a longer one nothing is shown."""


HOST, PORT = "127.0.0.1", 8000
SERVED = f"http://{HOST}:{PORT}/"
"""Where scripts/serve shows the site, when no other port is asked for."""


def real_path(path: Path) -> Path:
    """Give the absolute path of a file by its real folder; a file that is a symbolic link itself is
    not followed.
    """
    absolute = Path(os.path.abspath(path))
    return absolute.parent.resolve() / absolute.name


def shown_path(path: Path) -> str:
    """Name a path as short as can be from the current folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


def openable(text: str, site: str | None) -> str:
    """Make the addresses in a message whole, so that they can be opened from a terminal: on the
    site, else where it is served.
    """
    site, how = (site, "") if site else (SERVED, " (terwijl scripts/serve loopt)")
    return re.sub(
        r"(?<=: )/(bijdragen/velden/[\w#-]*)", lambda found: f"{site}{found[1]}{how}", text
    )


def without_addresses(text: str) -> str:
    """Leave out where more is explained, for a host that does not know where the site is."""
    return re.sub(r"(?:%0A|\\n| )*(?:Alle )?[A-Za-z]+: /bijdragen/velden/[\w#-]*", "", text)


def summary(library: Library, blocking: Sequence[Finding], limited: bool = False) -> str:
    """Word the outcome of a check in one line; `limited` when only some of the files were asked
    for.
    """
    if not blocking:
        drafts = {0: "", 1: " en 1 concept"}.get(
            len(library.drafts), f" en {len(library.drafts)} concepten"
        )
        return (
            "Geen fouten in de gekozen bestanden."
            if limited
            else f"Geen fouten in {count(len(library.pages), 'pagina', 'pagina’s')}{drafts}."
        )
    files = len({f.path for f in blocking})
    found = count(len(blocking), "fout", "fouten")
    certain = sum(f.fix is not None and f.fix.certain for f in blocking)
    repair = f" scripts/fix herstelt er {certain}." if certain else ""
    return (
        f"{found} in {count(files, 'bestand', 'bestanden')}. Zo kan de site niet "
        f"worden gepubliceerd.{repair}"
    )


def advice_by_code(findings: Iterable[Finding]) -> list[str]:
    """Summarise advice, a line a code, most frequent first."""
    counts = Counter(f.code for f in findings if f.severity == "let op")
    return [
        f"let op: {times} keer {code}: {CODES[code].removeprefix('Advies: ')}"
        for code, times in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    ]


def _as_lines(findings: Sequence[Finding], root: Path | None) -> str:
    return "\n".join(map(str, findings))


def _json(findings: Sequence[Finding], root: Path | None) -> str:
    """Write the fields of each finding; `fix` is its repair as data, or null."""
    return json.dumps(
        [asdict(f) | {"fix": f.fix and _change(f.fix)} for f in findings],
        ensure_ascii=False,
        indent=1,
    )


def _change(fix: Fix) -> dict[str, int | str | bool]:
    """Name what a repair holds; `from` cannot be a name in Python."""
    return {
        "line": fix.line,
        "column": fix.column,
        "from": fix.old,
        "to": fix.new,
        "certain": fix.certain,
    }


def _github(findings: Sequence[Finding], root: Path | None) -> str:
    """Write workflow commands, which GitHub shows beside the line (docs.github.com, “Workflow
    commands”; escapes as in actions/toolkit).
    """
    return "\n".join(
        f"::{'error' if f.severity == 'fout' else 'notice'} "
        f"file={_percent_encoded(_from_root(f.path, root), ':,')},line={f.line},"
        f"title={_percent_encoded(f.code, ':,')}::{_percent_encoded(_message_and_repair(f))}"
        for f in findings
    )


def _percent_encoded(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":  # the percent sign first: the others turn into it
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def step_summary(heading: str, findings: Sequence[Finding], root: Path | None, files: str) -> str:
    """Write the summary of a step on GitHub: each error with a link to its line, the advice folded.

    `files` is the address below which the files of the repository are shown, or empty. It is HTML
    without an empty line: nothing in it is read as Markdown, and ElementTree escapes every text.
    """
    page = ElementTree.Element("div")
    ElementTree.SubElement(page, "h3").text = heading
    room = SUMMARY_BYTES - 2_000  # for all but the rows
    if blocking := errors(findings):
        room = _add_table(page, blocking, root, files, room)
    if advice := [f for f in findings if f.severity != "fout"]:
        folded = ElementTree.SubElement(page, "details")
        found = count(len(advice), "advies", "adviezen")
        ElementTree.SubElement(folded, "summary").text = f"{found}. Een advies houdt niets tegen."
        _add_table(folded, advice, root, files, room)
    return f"{ElementTree.tostring(page, encoding='unicode', method='html')}\n\n"


def _add_table(
    parent: ElementTree.Element,
    findings: Sequence[Finding],
    root: Path | None,
    files: str,
    room: int,
) -> int:
    """Add a table as far as there is room (in bytes), then how many more; gives the room left."""
    table = ElementTree.SubElement(parent, "table")
    head = ElementTree.SubElement(table, "tr")
    for name in ("Waar", "Wat er niet klopt", "Hoe u het herstelt", "Naam van de melding"):
        ElementTree.SubElement(head, "th").text = name
    for place, finding in enumerate(findings):
        row = _row(finding, root, files)
        room -= len(ElementTree.tostring(row, "utf-8", "html"))
        if room < 0:
            ElementTree.SubElement(parent, "p").text = (
                f"En nog {len(findings) - place}, waar hier geen plaats voor is. "
                "Met scripts/check --advies ziet u ze alle."
            )
            break
        table.append(row)
    return room


def _row(finding: Finding, root: Path | None, files: str) -> ElementTree.Element:
    row, path = ElementTree.Element("tr"), _from_root(finding.path, root)
    # Of a Markdown file GitHub shows lines only when asked for the plain text.
    link = {"href": f"{files}/{quote(path)}?plain=1#L{finding.line}"} if files else {}
    where = ElementTree.SubElement(ElementTree.SubElement(row, "td"), "a", link)
    code = ElementTree.Element("code")
    where.text, code.text = f"{path}:{finding.line}", finding.code
    for text in (finding.message, finding.repair):
        ElementTree.SubElement(row, "td").text = " ".join(text.split())
    ElementTree.SubElement(row, "td").append(code)
    row.tail = "\n"
    return row


def _gitlab(findings: Sequence[Finding], root: Path | None) -> str:
    """Write a code quality report (docs.gitlab.com, “Code Quality report format”)."""
    seen: Counter[tuple[str, str, str]] = Counter()
    report = []
    for f in findings:
        # Without the line: GitLab compares reports, and what only moved is not new.
        same = (_from_root(f.path, root), f.code, f.message)
        seen[same] += 1
        report.append(
            {
                "description": " ".join(_message_and_repair(f).split()),
                "check_name": f.code,
                "fingerprint": hashlib.sha256(
                    "\0".join((*same, str(seen[same]))).encode()
                ).hexdigest(),
                "severity": "blocker" if f.severity == "fout" else "info",
                "location": {"path": same[0], "lines": {"begin": f.line}},
            }
        )
    return json.dumps(report, ensure_ascii=False, indent=1)


def _sarif(findings: Sequence[Finding], root: Path | None) -> str:
    """Write a SARIF 2.1.0 log (OASIS, 2020), as code scanning reads it."""
    rules = sorted({f.code for f in findings})
    results = [
        {
            "ruleId": f.code,
            "ruleIndex": rules.index(f.code),
            "level": "error" if f.severity == "fout" else "note",
            "message": {"text": _message_and_repair(f)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {
                            "uri": quote(_from_root(f.path, root)),
                            "uriBaseId": "%SRCROOT%",
                        },
                        "region": {"startLine": f.line},
                    }
                }
            ],
            **({"fixes": [_sarif_fix(f, f.fix, root)]} if f.fix else {}),
        }
        for f in findings
    ]
    driver = {
        "name": "kennisplatform",
        "language": "nl",
        "rules": [{"id": code, "shortDescription": {"text": CODES[code]}} for code in rules],
    }
    return json.dumps(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def _sarif_fix(finding: Finding, fix: Fix, root: Path | None) -> dict[str, Any]:
    *before, last = fix.old.split("\n")
    region = {
        "startLine": fix.line,
        "startColumn": fix.column,
        "endLine": fix.line + len(before),
        "endColumn": len(last) + (1 if before else fix.column),
    }
    change = {
        "artifactLocation": {
            "uri": quote(_from_root(finding.path, root)),
            "uriBaseId": "%SRCROOT%",
        },
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": fix.new}}],
    }
    return {
        "description": {"text": finding.repair},
        "artifactChanges": [change],
        "properties": {"certain": fix.certain},
    }


def _message_and_repair(finding: Finding) -> str:
    return f"{finding.message}\n{finding.repair}".strip()


def _from_root(path: str, root: Path | None) -> str:
    file = real_path(Path(path))
    return (
        file.relative_to(root).as_posix()
        if root and file.is_relative_to(root)
        else Path(path).as_posix()
    )


FORMATS: dict[str, Format] = {
    "text": _as_lines,
    "github": _github,
    "gitlab": _gitlab,
    "json": _json,
    "sarif": _sarif,
}
