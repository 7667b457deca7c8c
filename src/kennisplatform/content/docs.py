"""The hand-written pages in docs/, checked by the rules of content pages."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from kennisplatform.content.frontmatter import Document, read_document
from kennisplatform.content.markup import parse
from kennisplatform.content.sources import MAX_LEVELS, address_name, walk
from kennisplatform.content.textfile import SYMLINK, Text, fix_link
from kennisplatform.model.findings import Finding, Meant, meant, sentences
from kennisplatform.model.library import Body, Library, Link
from kennisplatform.model.text import has_html, visible

TEMPLATES = {
    "index.md": "home.html",
    "bijdragen.md": "bijdragen.html",
    "open-data.md": "open-data.html",
}
"""The hand-written pages with a template of their own."""
FOR_DEVELOPERS = "ontwikkeling/"
"""Folder of texts that are no part of the site."""


def check_docs(docs: Path, shown: str, library: Library, addresses: Iterable[str]) -> list[Finding]:
    """Check the hand-written pages by the rules of content pages; only code in assets/ and texts
    for developers may lie beside them.

    `shown` is how findings name the folder, `addresses` are those of all pages that are made of the
    content. A link may lead to any page of the site; of a generated one the file is its address
    with index.md.
    """
    findings: list[Finding] = []
    bodies: dict[str, Body] = {}
    texts: dict[str, Text] = {}
    files: set[str] = set()
    for file in walk(docs, MAX_LEVELS):
        relative = file.relative_to(docs).as_posix()
        path = visible(f"{shown}/{relative}")
        if file.is_symlink():
            findings.append(Finding(path, 1, *SYMLINK))
        elif relative.startswith(FOR_DEVELOPERS):
            continue
        elif relative.startswith("assets/"):
            files.add(relative)
        elif file.suffix != ".md" or file.is_dir():
            message = f"het bestand {visible(file.name)} hoort hier niet."
            repair = "In docs/ staan alleen .md-bestanden."
            findings.append(Finding(path, 1, "vreemd-bestand", message, repair))
        else:
            files.add(relative)
            document, problems = read_document(file, path)
            findings += problems
            if document is not None:
                bodies[relative], problems = _check_text(
                    document, path, TEMPLATES.get(relative, "")
                )
                texts[relative] = document.text
                findings += problems
    made = {f"{address}index.md" for address in (*addresses, *library.stuk)}
    images = {i.adres for i in library.afbeeldingen}
    for relative in bodies:
        path = visible(f"{shown}/{relative}")
        findings += _check_name(relative, path, made)
        findings += _check_links(relative, path, texts[relative], bodies, files | made | images)
    return findings


def _check_name(relative: str, path: str, made: Collection[str]) -> Iterator[Finding]:
    *folders, name = relative.removesuffix(".md").split("/")
    parts = folders if name == "index" else [*folders, name]
    if any(part != address_name(part) or part == "index" for part in parts):
        yield Finding(
            path,
            1,
            "bestandsnaam",
            "deze bestandsnaam kan geen adres worden.",
            "Gebruik kleine letters, cijfers en streepjes.",
        )
    elif "/".join([*parts, "index.md"]) in made:
        yield Finding(
            path,
            1,
            "zelfde-adres",
            f"het adres /{'/'.join(parts)}/ maakt de site zelf.",
            "Kies een andere bestandsnaam.",
        )


def _check_text(document: Document, path: str, template: str) -> tuple[Body, list[Finding]]:
    findings = []
    for key, value in document.fields.items():
        if key not in ("title", "description") and (key, value) != ("template", template):
            findings.append(
                Finding(
                    path,
                    document.line_of((key,)),
                    "onbekend-veld",
                    f"het veld ‘{visible(key)}’ bestaat niet.",
                    "Hier mogen title en description.",
                )
            )
        elif not isinstance(value, str) or has_html(value):
            findings.append(
                Finding(
                    path, document.line_of((key,)), "geen-tekst", f"{key} moet gewone tekst zijn."
                )
            )
    body, problems = parse(document.body, path, document.body_line, str, source=document.text)
    own = next((h.regel for h in body.koppen), 0)  # the page's own title stands in its text
    return body, findings + [f for f in problems if (f.code, f.line) != ("kop-niveau-1", own)]


def _check_links(
    relative: str, path: str, text: Text, bodies: Mapping[str, Body], files: Collection[str]
) -> Iterator[Finding]:
    folder = posixpath.dirname(relative)
    for link in bodies[relative].links:
        target, _, anchor = link.doel.partition("#")
        named = posixpath.normpath(posixpath.join(folder, target)) if target else relative
        if not target and not anchor:
            message, repair = "deze link heeft geen adres.", "Schrijf het adres tussen de haakjes."
            yield Finding(path, link.regel, "link-naar-niets", message, repair)
        elif named not in files:
            yield _no_file(link, path, text, _path_meant(named, anchor, folder, files))
        elif anchor and named in bodies and not anchor.startswith("kp-"):
            anchors = {h.anker for h in bodies[named].koppen}
            if anchor not in anchors:
                yield _no_anchor(link, path, text, meant(anchor, anchors))


def _path_meant(named: str, anchor: str, folder: str, files: Collection[str]) -> Meant | None:
    near = meant(named, files)
    if near is None:
        return None
    target = posixpath.relpath(near.value, folder or ".")
    return Meant(f"{target}#{anchor}" if anchor else target, near.certain)


def _no_file(link: Link, path: str, text: Text, likely: Meant | None) -> Finding:
    return Finding(
        path,
        link.regel,
        "link-naar-niets",
        f"de link naar {visible(link.doel)} wijst naar niets.",
        sentences(
            likely and likely.in_text(),
            "Schrijf het pad van een bestand in docs/, of het adres van een pagina met "
            "index.md: praktijken/index.md.",
        ),
        fix=fix_link(text, link.regel, link.doel, likely),
    )


def _no_anchor(link: Link, path: str, text: Text, likely: Meant | None) -> Finding:
    return Finding(
        path,
        link.regel,
        "anker-ontbreekt",
        f"de link {visible(link.doel)} wijst naar een kop die er niet is: #{visible(link.anker)}.",
        sentences(likely and likely.in_text()),
        fix=fix_link(text, link.regel, link.doel, likely, link.anker),
    )
