"""The hand-written pages in docs/, checked by the rules of content pages."""

from __future__ import annotations

import pickle
import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kennisplatform.content.frontmatter import Document, read_document
from kennisplatform.content.kept import Kept
from kennisplatform.content.markup import parse
from kennisplatform.content.sources import MAX_LEVELS, address_name, walk
from kennisplatform.content.textfile import MAX_BYTES, SYMLINK, Text, fix_link, read_bytes
from kennisplatform.model.findings import Finding, Meant, meant, sentences
from kennisplatform.model.library import Body, Library, Link
from kennisplatform.model.text import has_html, visible

TEMPLATES = {
    "index.md": "home.html",
    "bijdragen.md": "bijdragen.html",
    "open-data.md": "open-data.html",
    "privacy.md": "privacy.html",
}
"""The hand-written pages with a template of their own."""
FOR_DEVELOPERS = "ontwikkeling/"
"""Folder of texts that are no part of the site."""


@dataclass(frozen=True, slots=True)
class Written:
    """A hand-written page."""

    source: str
    """Path below docs/."""
    shown: str
    """Its path as findings name it."""
    titel: str
    omschrijving: str
    """As its file says it, or empty."""
    text: Text
    body: Body

    @property
    def address(self) -> str:
        return _address_of(self.source)


@dataclass(frozen=True, slots=True)
class Docs:
    """What lies in docs/: hand-written pages, and the other files that they may lead to."""

    written: tuple[Written, ...]
    """By address."""
    assets: frozenset[str]
    findings: tuple[Finding, ...]


def read_docs(docs: Path, shown: str, cache: Path | None = None) -> Docs:
    """Read the hand-written pages by the rules of content pages; only code in assets/ and texts for
    developers may lie beside them. `shown` is how findings name the folder, `cache` a folder for
    what need not be read again.
    """
    kept = Kept(cache, docs)
    findings: list[Finding] = []
    written: list[Written] = []
    assets: set[str] = set()
    for file, relative, link, folder in walk(docs, MAX_LEVELS):
        path = visible(f"{shown}/{relative}")
        if link:
            findings.append(Finding(path, 1, *SYMLINK))
        elif relative.startswith(FOR_DEVELOPERS):
            continue
        elif relative.startswith("assets/"):
            assets.add(relative)
        elif file.suffix != ".md" or folder:
            message = f"het bestand {visible(file.name)} hoort hier niet."
            repair = "In docs/ staan alleen .md-bestanden."
            findings.append(Finding(path, 1, "vreemd-bestand", message, repair))
        else:
            page, problems = _read_or_take(file, path, relative, kept)
            written.append(page)
            findings += problems
    kept.save()
    written.sort(key=lambda page: page.address)
    return Docs(tuple(written), frozenset(assets), tuple(findings))


def check_docs(docs: Docs, library: Library, addresses: Iterable[str]) -> list[Finding]:
    """Give all that is wrong in the hand-written pages. A link may lead to any page of the site: of
    a generated one, of which `addresses` has all, the file is its address with index.md.
    """
    made = {f"{address}index.md" for address in (*addresses, *library.broken)}
    images = {i.address for i in library.images}
    anchors = {p.source: {h.anchor for h in p.body.headings} for p in docs.written}
    files = {*anchors, *docs.assets, *made, *images}
    findings = list(docs.findings)
    for page in docs.written:
        findings += _check_name(page, made)
        findings += _check_links(page, anchors, files)
    return findings


def _read_or_take(file: Path, shown: str, source: str, kept: Kept) -> tuple[Written, list[Finding]]:
    raw, _ = read_bytes(file, shown, MAX_BYTES)
    key = kept.key(shown.encode(), source.encode(), raw or b"")
    if value := kept.take(key):
        return pickle.loads(value), []  # sealed by this environment
    document, problems = read_document(file, shown)
    page, more = _read_written(document or Document(shown, {}, {}, "", 1), source)
    findings = problems + (more if document else [])
    if not findings:
        kept.keep(key, pickle.dumps(page))
    return page, findings


def _read_written(document: Document, source: str) -> tuple[Written, list[Finding]]:
    fields, address = document.fields, _address_of(source)
    body, problems = parse(
        document.body,
        document.path,
        document.body_line,
        lambda target: _way_to(target, source, address),
        source=document.text,
    )
    own = next(iter(body.headings), None)  # the page's own title stands in its text
    line = own.line if own else 0
    page = Written(
        source,
        document.path,
        str(fields.get("title") or (own.text if own else Path(source).stem)),
        str(fields.get("description") or ""),
        document.text,
        body,
    )
    findings = list(_check_fields(document, TEMPLATES.get(source, "")))
    return page, findings + [f for f in problems if (f.code, f.line) != ("kop-niveau-1", line)]


def _address_of(source: str) -> str:
    """Give the address of a page by its path in docs/, or in the site as a link has it."""
    path = source.removesuffix(".md") + "/" if source.endswith(".md") else source
    return path[: -len("index/")] if path == "index/" or path.endswith("/index/") else path


def _way_to(target: str, source: str, address: str) -> str:
    """Give the way from the page at an address to what its source names by path."""
    path, sign, anchor = target.partition("#")
    if not path:
        return target
    there = _address_of(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))
    way = posixpath.relpath(there or ".", address or ".")
    return f"{way}/{sign}{anchor}" if there.endswith("/") or not there else f"{way}{sign}{anchor}"


def _check_name(page: Written, made: Collection[str]) -> Iterator[Finding]:
    path, (*folders, name) = page.shown, page.source.removesuffix(".md").split("/")
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


def _check_fields(document: Document, template: str) -> Iterator[Finding]:
    for key, value in document.fields.items():
        line = document.line_of((key,))
        if key not in ("title", "description") and (key, value) != ("template", template):
            yield Finding(
                document.path,
                line,
                "onbekend-veld",
                f"het veld ‘{visible(key)}’ bestaat niet.",
                "Hier mogen title en description.",
            )
        elif not isinstance(value, str) or has_html(value):
            yield Finding(document.path, line, "geen-tekst", f"{key} moet gewone tekst zijn.")


def _check_links(
    page: Written, anchors: Mapping[str, Collection[str]], files: Collection[str]
) -> Iterator[Finding]:
    folder, path, text = posixpath.dirname(page.source), page.shown, page.text
    for link in page.body.links:
        target, _, anchor = link.target.partition("#")
        named = posixpath.normpath(posixpath.join(folder, target)) if target else page.source
        if not target and not anchor:
            message, repair = "deze link heeft geen adres.", "Schrijf het adres tussen de haakjes."
            yield Finding(path, link.line, "link-naar-niets", message, repair)
        elif named not in files:
            yield _no_file(link, path, text, _file_meant(named, anchor, folder, files))
        elif anchor and not anchor.startswith("kp-"):
            known = anchors.get(named, (anchor,))
            if anchor not in known:
                yield _no_anchor(link, path, text, meant(anchor, known))


def _file_meant(named: str, anchor: str, folder: str, files: Collection[str]) -> Meant | None:
    near = meant(named, files)
    if near is None:
        return None
    target = posixpath.relpath(near.value, folder or ".")
    return Meant(f"{target}#{anchor}" if anchor else target, near.certain)


def _no_file(link: Link, path: str, text: Text, likely: Meant | None) -> Finding:
    return Finding(
        path,
        link.line,
        "link-naar-niets",
        f"de link naar {visible(link.target)} wijst naar niets.",
        sentences(
            likely and likely.in_text(),
            "Schrijf het pad van een bestand in docs/, of het adres van een pagina met "
            "index.md: praktijken/index.md.",
        ),
        fix=fix_link(text, link.line, link.target, likely),
    )


def _no_anchor(link: Link, path: str, text: Text, likely: Meant | None) -> Finding:
    return Finding(
        path,
        link.line,
        "anker-ontbreekt",
        f"de link {visible(link.target)} wijst naar een kop die er niet is: "
        f"#{visible(link.anchor)}.",
        sentences(likely and likely.in_text()),
        fix=fix_link(text, link.line, link.target, likely, link.anchor),
    )
