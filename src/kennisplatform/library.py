"""All pages and all findings of a content folder: load everything, then check how it hangs together."""
from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kennisplatform.findings import Finding, did_you_mean, errors
from kennisplatform.frontmatter import Document, read_document
from kennisplatform.markup import Body, Link, parse
from kennisplatform.schema import COLLECTIES, Collectie, Velden
from kennisplatform.text import slugify
from kennisplatform.validation import read_fields
from kennisplatform.vocabulary import Vocabulary, load_vocabulary

IMAGES = "afbeeldingen"
IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
NO_PAGES = {"README.md", "zelfscan.yml", ".gitkeep"}
RESERVED = {"pagina", "aandachtsveld", "pijler", "soort", "provincie", "gemeente", "grootteklasse", "doelgroep",
            "status", "bewijs", "jaar"}
"""Names of facets: /praktijken/<facet>/ is not free for a page."""


@dataclass(frozen=True, slots=True)
class Pagina:
    """One content page that passed every check."""

    collectie: Collectie
    slug: str
    bron: str
    """Path of the source file below the content folder: practices/raad-in-beraad.md."""
    velden: Velden
    body: Body

    @property
    def adres(self) -> str:
        """Address below the site's root, without leading slash."""
        return f"{self.collectie.slug}/{self.slug}/"

    @property
    def titel(self) -> str:
        return self.velden.titel


@dataclass(frozen=True)
class Library:
    """What a content folder holds."""

    paginas: tuple[Pagina, ...]
    """Pages without errors, by collection and slug."""
    vocabulary: Vocabulary
    bevindingen: tuple[Finding, ...]
    afbeeldingen: tuple[Path, ...] = ()
    stuk: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    """Findings of the pages that were left out, by the address the page would have had."""

    @cached_property
    def op_slug(self) -> dict[str, Pagina]:
        return {p.slug: p for p in self.paginas}

    @cached_property
    def per_collectie(self) -> dict[str, tuple[Pagina, ...]]:
        return {c: tuple(p for p in self.paginas if p.collectie.map == c) for c in COLLECTIES}


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that claims to be a page, before it is judged."""

    file: Path
    collectie: Collectie
    slug: str
    bron: str
    shown: str


def load_library(content: Path, shown: str, defaults: Path | None = None, drafts: bool = False) -> Library:
    """Read a content folder; `shown` is how findings name it, `defaults` where a missing vocabulary/ is taken from.

    Never stops at a problem: a page with an error is left out and its findings are kept.
    Raises FileNotFoundError when there is no such folder.
    """
    if not content.is_dir():
        raise FileNotFoundError(content)
    folder, shown_folder = content / "vocabulary", f"{shown}/vocabulary"
    if not folder.is_dir() and defaults:
        folder, shown_folder = defaults / "vocabulary", str(defaults / "vocabulary")
    vocabulary, findings = load_vocabulary(folder, shown_folder)
    sources, images, problems = _find_sources(content, shown)
    findings += problems

    candidates: dict[str, tuple[Pagina, Document]] = {}
    broken: dict[str, list[Finding]] = {}
    for source in sources:
        page, document, problems = _read_page(source, vocabulary)
        findings += problems
        if page is not None and document is not None and not errors(problems):
            if drafts or page.velden.concept == "nee":
                candidates[source.slug] = (page, document)
        else:
            broken.setdefault(f"{source.collectie.slug}/{source.slug}/", []).extend(problems)

    index = _Index({s.slug: s for s in sources}, {s.bron: s for s in sources},
                   {slug: page for slug, (page, _) in candidates.items()}, {i.name for i in images},
                   {address.split("/")[1] for address in broken})
    for page, document in list(candidates.values()):
        problems = list(_check_references(page, document, index))
        findings += problems
        if errors(problems):
            broken.setdefault(page.adres, []).extend(problems)
            del candidates[page.slug]
    findings += _check_old_addresses(candidates, sources)
    pages = sorted((page for page, _ in candidates.values()), key=lambda p: (p.collectie.map, p.slug))
    return Library(tuple(pages), vocabulary, tuple(sorted(set(findings))), tuple(images),
                   {address: tuple(sorted(set(found))) for address, found in sorted(broken.items())})


def _find_sources(content: Path, shown: str) -> tuple[list[_Source], list[Path], list[Finding]]:
    sources: dict[str, _Source] = {}
    images: list[Path] = []
    findings: list[Finding] = []

    def refuse(path: str, code: str, message: str, repair: str = "") -> None:
        findings.append(Finding(path, 1, code, message, repair))

    for file in _walk(content):
        relative = file.relative_to(content).as_posix()
        path, top = f"{shown}/{relative}", relative.split("/")[0]
        if file.is_symlink():
            refuse(path, "symbolische-koppeling", "dit is een symbolische koppeling (symlink), geen bestand.", "Zet het bestand zelf hier neer.")
        elif top == "vocabulary" or relative in NO_PAGES or file.name == ".gitkeep":
            continue
        elif top == IMAGES and relative.count("/") == 1 and file.suffix.lower() in IMAGE_SUFFIXES:
            images.append(file)
        elif top not in COLLECTIES or file.suffix != ".md":
            refuse(path, "vreemd-bestand", f"het bestand {file.name} hoort hier niet.",
                   f"In content/ staan alleen .md-bestanden in {', '.join(COLLECTIES)} en png, jpg of webp in {IMAGES}.")
        else:
            stem = file.parent.name if file.name == "index.md" and relative.count("/") == 2 else file.stem
            if relative.count("/") != 1 and stem == file.stem:
                refuse(path, "vreemde-map", f"een map binnen {top} mag niet.", f"Zet het bestand direct in {shown}/{top}/.")
                continue
            source = _Source(file, COLLECTIES[top], stem, relative, path)
            if stem != slugify(stem):
                refuse(path, "bestandsnaam", f"de bestandsnaam ‘{file.name}’ kan geen adres worden.",
                       f"Noem het bestand: {slugify(stem) or 'mijn-pagina'}.md")
            elif stem in RESERVED:
                refuse(path, "bestandsnaam", f"de naam ‘{stem}’ gebruikt de site zelf.", "Kies een andere bestandsnaam.")
            elif stem in sources:
                other = sources[stem]
                for one, two in ((source, other), (other, source)):
                    refuse(one.shown, "zelfde-adres", f"{one.shown} en {two.shown} hebben dezelfde naam, dus hetzelfde adres.",
                           "Geef een van de twee een andere bestandsnaam.")
            else:
                if stem != file.stem:
                    refuse(path, "vreemde-map", f"een map binnen {top} mag niet.", f"Noem het bestand {shown}/{top}/{stem}.md.")
                sources[stem] = source
    return [sources[slug] for slug in sorted(sources)], images, findings


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        else:
            yield entry


def _read_page(source: _Source, vocabulary: Vocabulary) -> tuple[Pagina | None, Document | None, list[Finding]]:
    document, findings = read_document(source.file, source.shown)
    if document is None:
        return None, None, findings
    fields, wrong = read_fields(document, source.collectie, vocabulary)
    body, unsafe = parse(document.body, source.shown, document.body_line, lambda target: site_address(target, source.collectie.map))
    findings = findings + wrong + unsafe
    if fields is None:
        return None, document, findings
    return Pagina(source.collectie, source.slug, source.bron, fields, body), document, findings


def _inside(target: str, folder: str) -> str:
    """Give the path below content/ that a link from a file in `folder` means."""
    return posixpath.normpath(posixpath.join(folder, target))


def site_address(target: str, folder: str) -> str:
    """Turn a link between source files into one between pages, which lie two levels deep."""
    path, _, anchor = target.partition("#")
    if not path or ":" in path:
        return target
    parts = _inside(path, folder).split("/")
    if parts[0] in COLLECTIES and parts[-1].endswith(".md"):
        return f"../../{COLLECTIES[parts[0]].slug}/{parts[-1][:-3]}/" + (f"#{anchor}" if anchor else "")
    return f"../../{'/'.join(parts)}"


@dataclass(frozen=True, slots=True)
class _Index:
    """What references may point at, each look-up a dict or set built once."""

    op_slug: dict[str, _Source]
    op_bron: dict[str, _Source]
    paginas: dict[str, Pagina]
    afbeeldingen: set[str]
    stuk: set[str]


def _check_references(page: Pagina, document: Document, index: _Index) -> Iterator[Finding]:
    for name in ("instrumenten", "gerelateerd"):
        for place, slug in enumerate(getattr(page.velden, name)):
            if problem := _check_slug(name, slug, page, index):
                code, message, repair = problem
                yield Finding(document.path, document.line_of((name, place)), code, f"{name}: {message}", repair)
    for link in page.body.links:
        if problem := _check_link(link, page, index):
            code, message, repair = problem
            yield Finding(document.path, link.regel, code, message, repair)


_Problem = tuple[str, str, str]


def _check_slug(name: str, slug: str, page: Pagina, index: _Index) -> _Problem | None:
    if slug not in index.op_slug:
        allowed = [s for s, source in index.op_slug.items() if name == "gerelateerd" or source.collectie.map == "instruments"]
        return ("onbekende-pagina", f"er is geen pagina ‘{slug}’.",
                f"{did_you_mean(slug, allowed)}  De naam van een pagina is de bestandsnaam zonder .md.".strip())
    if name == "instrumenten" and index.op_slug[slug].collectie.map != "instruments":
        return "geen-instrument", f"‘{slug}’ staat in {index.op_slug[slug].collectie.map}, niet in instruments.", "Zet deze naam bij gerelateerd."
    if slug == page.slug:
        return "verwijst-naar-zichzelf", "een pagina verwijst niet naar zichzelf.", "Haal de naam weg."
    if slug not in index.paginas and slug not in index.stuk:
        return "verwijst-naar-concept", f"‘{slug}’ is nog een concept.", "Haal ‘concept: ja’ daar weg, of verwijs hier nog niet."
    return None


def _check_link(link: Link, page: Pagina, index: _Index) -> _Problem | None:
    path, _, anchor = link.doel.partition("#")
    inside = _inside(path, page.collectie.map) if path else page.bron
    if link.beeld or inside.startswith(f"{IMAGES}/"):
        folder, _, name = inside.rpartition("/")
        if folder == IMAGES and name in index.afbeeldingen:
            return None
        return "beeld-ontbreekt", f"de afbeelding {link.doel} is er niet.", f"Zet het bestand in content/{IMAGES}/ en schrijf ../{IMAGES}/naam.png."
    if inside not in index.op_bron:
        near = did_you_mean(inside.split("/")[-1], [b.split("/")[-1] for b in index.op_bron])
        return ("link-naar-niets", f"de link naar {link.doel} wijst naar niets.",
                f"{near}  Schrijf het pad van een bestand in content/, bijvoorbeeld ../instruments/naam.md.".strip())
    slug = index.op_bron[inside].slug
    if slug not in index.paginas:
        return None if slug in index.stuk else (
            "verwijst-naar-concept", f"de link naar {link.doel} wijst naar een concept.", "Haal ‘concept: ja’ daar weg, of verwijs hier nog niet.")
    anchors = {h.anker for h in index.paginas[slug].body.koppen}
    if anchor and anchor not in anchors:
        return "anker-ontbreekt", f"de link {link.doel} wijst naar een kop die er niet is: #{anchor}.", did_you_mean(anchor, anchors)
    return None


def _check_old_addresses(candidates: dict[str, tuple[Pagina, Document]], sources: list[_Source]) -> list[Finding]:
    claimed = {f"/{s.collectie.slug}/{s.slug}/": s.shown for s in sources}
    findings = []
    for page, document in candidates.values():
        for place, old in enumerate(page.velden.oude_adressen):
            if old in claimed:
                findings.append(Finding(document.path, document.line_of(("oude_adressen", place)), "zelfde-adres",
                                        f"het oude adres {old} is al van {claimed[old]}.", "Haal het hier of daar weg."))
            claimed[old] = document.path
    return findings
