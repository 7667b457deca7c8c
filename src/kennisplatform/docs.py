"""The hand-written pages in docs/, checked by the rules of content pages."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kennisplatform.findings import Finding
from kennisplatform.frontmatter import read_document
from kennisplatform.markup import parse
from kennisplatform.sources import MAX_LEVELS, walk
from kennisplatform.text import has_html, visible

TEMPLATES = {"index.md": "home.html", "bijdragen.md": "bijdragen.html", "open-data.md": "open-data.html"}
"""The hand-written pages with a template of their own."""


def check_docs(docs: Path) -> list[Finding]:
    """Check the hand-written pages by the rules of content pages; only code in assets/ and texts for developers may lie beside them."""
    findings: list[Finding] = []
    for file in walk(docs, MAX_LEVELS):
        relative = file.relative_to(docs).as_posix()
        path = visible(f"docs/{relative}")
        if file.is_symlink():
            findings.append(Finding(path, 1, "symbolische-koppeling", "dit is een symbolische koppeling (symlink), geen bestand.",
                                    "Zet het bestand zelf hier neer."))
        elif relative.startswith(("assets/", "ontwikkeling/")):
            continue
        elif file.suffix != ".md" or file.is_dir():
            findings.append(Finding(path, 1, "vreemd-bestand", f"het bestand {visible(file.name)} hoort hier niet.", "In docs/ staan alleen .md-bestanden."))
        else:
            findings += _check_text(file, path, TEMPLATES.get(relative, ""))
    return findings


def _check_text(file: Path, path: str, template: str) -> Iterator[Finding]:
    document, findings = read_document(file, path)
    yield from findings
    if document is None:
        return
    for key, value in document.fields.items():
        if key not in ("title", "description") and (key, value) != ("template", template):
            yield Finding(path, document.line_of((key,)), "onbekend-veld", f"het veld ‘{visible(key)}’ bestaat niet.", "Hier mogen title en description.")
        elif not isinstance(value, str) or has_html(value):
            yield Finding(path, document.line_of((key,)), "geen-tekst", f"{key} moet gewone tekst zijn.")
    body, findings = parse(document.body, path, document.body_line, str)
    own = next((h.regel for h in body.koppen), 0)  # the page's own title stands in its text
    yield from (f for f in findings if (f.code, f.line) != ("kop-niveau-1", own))
