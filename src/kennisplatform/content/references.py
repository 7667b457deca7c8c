"""What refers to something: links, names of other pages, and addresses that pages had before. Does
it lead anywhere?
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePath

from kennisplatform.content.frontmatter import Document
from kennisplatform.content.sources import (
    MAX_ADDRESSES,
    RESERVED,
    Found,
    Source,
    as_field,
    how_to_attach,
    image_name,
    is_document,
)
from kennisplatform.content.textfile import fix_link, read_bytes
from kennisplatform.model.addresses import https_meant, is_https
from kennisplatform.model.findings import Finding, Meant, meant, now_named, sentences
from kennisplatform.model.library import (
    DOCUMENTS,
    IMAGES,
    Body,
    Link,
    Page,
    Value,
    shown_address,
)
from kennisplatform.model.schema import COLLECTIES, PAGES_IN, Velden
from kennisplatform.model.text import shorten, slugify, visible

NOT_YET = "Haal ‘concept: ja’ daar weg, of verwijs hier nog niet."
TO_COME = "Komt die pagina nog? Maak haar dan eerst, met scripts/new."


@dataclass(frozen=True)
class Reading:
    """A file that could be split: its body is checked too when its fields are wrong."""

    source: Source
    document: Document
    body: Body
    velden: Velden | None
    key: str
    """Names what the file says."""
    values: tuple[Value, ...]
    """What the page has of each facet, by its fields."""

    @property
    def old_addresses(self) -> list[str]:
        """Give the addresses from which the page leads on, also when something in it is wrong."""
        given = self.document.fields.get("oude_adressen")
        return [old for old in given if isinstance(old, str)] if isinstance(given, list) else []

    @cached_property
    def page(self) -> Page | None:
        if self.velden is None:
            return None
        lines = {
            str(place[0]): line for place, line in self.document.lines.items() if len(place) == 1
        }
        source = self.source
        return Page(
            source.collectie,
            source.slug,
            source.path,
            self.velden,
            self.body,
            lines,
            self.key,
            self.values,
        )


def names_of_pages(sources: Iterable[Source], read: Iterable[Reading]) -> dict[str, str]:
    """Give the name of each page, by every name that it has or had, and by its old addresses."""
    had = {
        name: draft.source.slug
        for draft in read
        for old in draft.old_addresses
        if is_of_a_page(old)
        for name in (old, old.split("/")[2])
    }
    return had | {source.slug: source.slug for source in sources}


@cache
def inside(target: str, folder: str) -> str:
    """Give the path below content/ that a link from a file in `folder` means."""
    return posixpath.normpath(posixpath.join(folder, target))


def site_address(target: str, folder: str, documents: Mapping[str, str]) -> str:
    """Turn a link between source files into one between pages, which lie two levels deep;
    `documents` has the address of each document by the name of its file.
    """
    path, _, anchor = target.partition("#")
    if not path or ":" in path:
        return target
    parts = inside(path, folder).split("/")
    if parts[0] in COLLECTIES and parts[-1].endswith(".md"):
        return f"../../{COLLECTIES[parts[0]].slug}/{parts[-1][:-3]}/" + (
            f"#{anchor}" if anchor else ""
        )
    if parts[0] == DOCUMENTS and parts[-1] in documents:
        return f"../../{documents[parts[-1]]}"
    whole = "/".join(parts)
    return f"../../{shown_address(whole) if parts[0] == IMAGES else whole}"


@dataclass(frozen=True, slots=True)
class Targets:
    """What references may point at, each look-up a dict or set built once."""

    by_slug: dict[str, Source]
    by_path: dict[str, Source]
    names: Mapping[str, str]
    """The name of each page, by every name that it has or had, and by its old addresses."""
    bodies: dict[str, Body]
    drafts: set[str]
    images: set[str]
    refused: Collection[str]
    """Images that are told about already, by the name they have and the one they should have."""
    documents: Collection[str]
    """Names of files, also of those that are refused: that is told already."""
    misplaced: Collection[str]
    """Paths of documents that lie elsewhere."""
    nameless: Collection[str]
    """Paths of pages that are told to have another name or folder."""

    @classmethod
    def of(
        cls, found: Found, read: Iterable[Reading], drafts: set[str], names: Mapping[str, str]
    ) -> Targets:
        told = [PurePath(f.path) for f in found.findings]
        told = [path for path in told if path.parent.name == IMAGES]
        return cls(
            {s.slug: s for s in found.sources},
            {s.path: s for s in found.sources},
            names,
            {d.source.slug: d.body for d in read},
            drafts,
            {i.file.name for i in found.images},
            {name for f in told for name in (f.name, f"{slugify(f.stem)}{f.suffix.lower()}")},
            found.documents,
            found.misplaced,
            found.nameless,
        )


def check_references(draft: Reading, known: Targets) -> Iterator[Finding]:
    path, document = draft.source.shown, draft.document
    for name in PAGES_IN:
        given = document.fields.get(name)
        for place, slug in enumerate(given if isinstance(given, list) else ()):
            if (
                isinstance(slug, str)
                and slug == slugify(slug)
                and (problem := _check_slug(name, slug, draft.source, known))
            ):
                code, message, likely, repair = problem
                fix = document.fix((name, place), likely)
                yield Finding(
                    path,
                    document.line_of((name, place)),
                    code,
                    f"{name}: {message}",
                    sentences(fix or likely, repair),
                    fix=fix,
                )
    yield from _check_credits(draft)
    yield from _check_documents(draft, known)
    named = {d.bestand for d in draft.velden.documenten} if draft.velden else None
    for link in draft.body.links:
        if problem := _check_link(link, draft.source, known, named):
            code, message, likely, repair = problem
            yield Finding(
                path,
                link.line,
                code,
                message,
                sentences(likely and likely.in_text(), repair),
                fix=fix_link(
                    document.text,
                    link.line,
                    link.target,
                    likely,
                    link.anchor if code == "anker-ontbreekt" else "",
                ),
            )


def _check_credits(draft: Reading) -> Iterator[Finding]:
    """Find each image of which a page says who made it, and that its text does not show."""
    document = draft.document
    credited = draft.velden.afbeeldingen if draft.velden else ()
    if not credited:
        return
    shown = {link.target.rpartition("/")[2] for link in draft.body.links if link.image}
    for number, about in enumerate(credited):
        if about.file not in shown:
            place = ("afbeeldingen", number, "beeld")
            fix = document.fix(place, _file_meant(about.file, shown))
            yield Finding(
                draft.source.shown,
                document.line_of(place),
                "beeld-ontbreekt",
                f"afbeeldingen: ‘{visible(about.beeld)}’ staat niet in de tekst van deze pagina.",
                sentences(fix, "Schrijf de naam van een afbeelding uit de tekst."),
                fix=fix,
            )


def _check_documents(draft: Reading, known: Targets) -> Iterator[Finding]:
    """Find each document that a page names and that is not there."""
    document = draft.document
    given = document.fields.get("documenten")
    for number in range(len(given) if isinstance(given, list) else 0):
        place = ("documenten", number, "bestand")
        typed = document.at(place)
        name = typed.rpartition("/")[2] if isinstance(typed, str) else ""
        if not name or name in known.documents:
            continue
        if is_https(typed):
            if not document.at((*place[:-1], "url")):
                yield Finding(
                    document.path,
                    document.line_of(place),
                    "bestand-of-url",
                    f"documenten: ‘{shorten(typed, 80)}’ is een adres, en hoort bij url.",
                    "Schrijf url in plaats van bestand.",
                    fix=document.fix_name(place, Meant("url", certain=True)),
                )
            continue
        elsewhere = any(path.endswith(f"/{name}") for path in known.misplaced)
        stems = {one.rpartition(".")[0]: one for one in known.documents}
        likely = Meant(stems[name]) if name in stems else _file_meant(name, known.documents)
        fix = document.fix(place, None if elsewhere else likely)
        where = "ligt elders" if elsewhere else "is er niet"
        yield Finding(
            document.path,
            document.line_of(place),
            "document-ontbreekt",
            f"documenten: het bestand ‘{visible(name)}’ {where}.",
            sentences(fix, f"Zet het in content/{DOCUMENTS}/, of noem het adres bij url."),
            fix=fix,
        )


_Problem = tuple[str, str, Meant | None, str]


def _check_slug(name: str, slug: str, source: Source, known: Targets) -> _Problem | None:
    only = PAGES_IN[name]
    if any(slugify(PurePath(path).stem) == slug for path in known.nameless):
        return None
    if slug not in known.by_slug:
        allowed = {
            old: now
            for old, now in known.names.items()
            if only in ("", known.by_slug[now].collectie.map)
        }
        likely = now_named(slug, allowed)
        return (
            "onbekende-pagina",
            f"er is geen pagina ‘{slug}’.",
            likely,
            sentences(
                "De naam van een pagina is de bestandsnaam zonder .md.", "" if likely else TO_COME
            ),
        )
    if only not in ("", folder := known.by_slug[slug].collectie.map):
        return (
            "geen-instrument",
            f"‘{slug}’ staat in {folder}, niet in {only}.",
            None,
            "Zet deze naam bij gerelateerd.",
        )
    if slug == source.slug:
        return (
            "verwijst-naar-zichzelf",
            "een pagina verwijst niet naar zichzelf.",
            None,
            "Haal de naam weg.",
        )
    if slug in known.drafts and source.slug not in known.drafts:
        return (
            "verwijst-naar-concept",
            f"‘{slug}’ is nog een concept.",
            None,
            NOT_YET,
        )
    return None


def _check_link(
    link: Link, source: Source, known: Targets, named: Collection[str | None] | None
) -> _Problem | None:
    """Say what is wrong with a link; `named` are the documents that its page names, None when that
    cannot be read.
    """
    path, _, anchor = link.target.partition("#")
    target = inside(path, source.collectie.map) if path else source.path
    if target in known.by_path and (path or anchor) and not link.image:  # as nearly every link
        return _check_page(link, anchor, known.by_path[target].slug, source, known)
    if is_document(target):
        return _check_document(link, target, known, named)
    if link.image or target.startswith(f"{IMAGES}/"):
        return _check_image(link, target, known)
    if not path and not anchor:
        return (
            "link-naar-niets",
            "deze link heeft geen adres.",
            None,
            "Schrijf het adres tussen de haakjes: https://… of het pad van een bestand.",
        )
    if target in known.nameless:
        return None
    message = f"de link naar {visible(link.target)} wijst naar niets."
    if elsewhere := _address_meant(link.target):
        return "link-naar-niets", message, elsewhere, ""
    likely = _path_meant(path, anchor, source, known)
    to_come = not likely and path.endswith(".md") and target.split("/")[0] in COLLECTIES
    return (
        "link-naar-niets",
        message,
        likely,
        sentences(
            "Schrijf het pad van een bestand in content/, bijvoorbeeld ../instruments/naam.md.",
            TO_COME if to_come else "",
        ),
    )


def _check_page(
    link: Link, anchor: str, slug: str, source: Source, known: Targets
) -> _Problem | None:
    """Say what is wrong with a link to a page that is there."""
    if slug in known.drafts and source.slug not in known.drafts:
        return (
            "verwijst-naar-concept",
            f"de link naar {visible(link.target)} wijst naar een concept.",
            None,
            NOT_YET,
        )
    return _check_anchor(link, anchor, known.bodies[slug]) if slug in known.bodies else None


def _check_document(
    link: Link, target: str, known: Targets, named: Collection[str | None] | None
) -> _Problem | None:
    folder, _, name = target.rpartition("/")
    if folder == DOCUMENTS and name in known.documents:
        if named is None or name in named:
            return None
        message = f"{name} staat niet bij documenten."
        return "document-niet-genoemd", message, None, f"Zet in de kop: {as_field(name)}"
    if elsewhere := _address_meant(link.target):
        message = f"de link naar {visible(link.target)} wijst naar niets."
        return "link-naar-niets", message, elsewhere, ""
    likely = _file_meant(name, known.documents)
    there = target in known.misplaced
    return (
        "document-ontbreekt",
        f"het document {visible(name)} {'kan hier niet staan' if there else 'is er niet'}.",
        likely and Meant(f"../{DOCUMENTS}/{likely.value}", likely.certain),
        "" if likely else how_to_attach(name, in_text=True),
    )


def _check_image(link: Link, target: str, known: Targets) -> _Problem | None:
    folder, _, name = target.rpartition("/")
    if folder == IMAGES and name in known.images:
        return None
    if folder == IMAGES and name in known.refused:
        message = f"de afbeelding {visible(link.target)} is zo niet te gebruiken."
        return "beeld-ontbreekt", message, None, "Lees wat bij dat bestand staat."
    name = name.rpartition("\\")[2]
    likely, good = _image_meant(name, known), image_name(name)
    return (
        "beeld-ontbreekt",
        f"de afbeelding {visible(link.target)} is er niet.",
        likely,
        ""
        if likely
        else f"Zet het bestand als content/{IMAGES}/{good}, en schrijf ../{IMAGES}/{good}.",
    )


def _check_anchor(link: Link, anchor: str, body: Body) -> _Problem | None:
    if not anchor or anchor in (anchors := body.anchors):
        return None
    repair = "Schrijf achter de # een kop van die pagina, met streepjes voor de spaties."
    if re.fullmatch(r"_(?:ftn|edn)(?:ref)?\d+|fn(?:ref)?:?\d+", anchor):
        repair = "Schrijf voor een noot [^1], en onderaan [^1]: met de tekst."
    elif re.match(r"_Toc\d|heading=h\.", anchor):
        repair = "Haal de link weg: de site maakt zelf een lijst van de koppen."
    return (
        "anker-ontbreekt",
        f"de link {visible(link.target)} wijst naar een kop die er niet is: #{visible(anchor)}.",
        meant(anchor, anchors),
        repair,
    )


def _path_meant(path: str, anchor: str, source: Source, known: Targets) -> Meant | None:
    """Give the path of the page that a link names: by its address, without .md, in another folder
    or with capitals; else of the nearest name.
    """
    *folders, name = path.rstrip("/").split("/")
    old = address_of(inside(path, source.collectie.map))
    likely = now_named(
        old if old in known.names else slugify(name.removesuffix(".md")), known.names
    )
    if likely is None:
        return None
    target = posixpath.relpath(known.by_slug[likely.value].path, source.collectie.map)
    # A page of a municipality or an organisation may have the same name.
    own = {"", ".", "..", "content", *COLLECTIES, *(c.slug for c in COLLECTIES.values())}
    return Meant(
        f"{target}#{anchor}" if anchor else target,
        certain=likely.certain and own.issuperset(folders),
    )


def _image_meant(name: str, known: Targets) -> Meant | None:
    """Give the path of an image that a link names in another folder, or with capitals."""
    likely = _file_meant(name, known.images)
    return Meant(f"../{IMAGES}/{likely.value}", likely.certain) if likely else None


def _file_meant(name: str, known: Iterable[str]) -> Meant | None:
    """Give the file that is meant by a name; that both are of one kind makes none nearer."""
    likely = meant(name, known)
    stems = [PurePath(one).stem for one in (name, likely.value)] if likely else []
    return likely if likely and (likely.certain or meant(stems[0], stems[1:])) else None


def _address_meant(typed: str) -> Meant | None:
    """Give what someone typed without what makes it an address: www.gemeente.nl,
    griffie@gemeente.nl.
    """
    if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", typed):
        return Meant(f"mailto:{typed}", certain=True)
    return https_meant(typed) if re.match(r"www\.|https?:?/", typed, re.IGNORECASE) else None


def check_old_addresses(drafts: list[Reading], sources: list[Source]) -> list[Finding]:
    claimed = {f"/{s.address}": s.shown for s in sources}
    findings = []
    for draft in drafts:
        for place, old in enumerate(draft.velden.oude_adressen if draft.velden else ()):
            line = draft.document.line_of(("oude_adressen", place))
            if old in claimed:
                findings.append(
                    Finding(
                        draft.source.shown,
                        line,
                        "zelfde-adres",
                        f"het oude adres {old} is al van {claimed[old]}.",
                        "Haal het hier of daar weg.",
                    )
                )
            claimed[old] = draft.source.shown
    return findings


def check_keywords(drafts: Iterable[Reading]) -> Iterator[Finding]:
    """Find each keyword with the address of another that says something else: 18+ and 18-."""
    first: dict[str, tuple[str, str]] = {}
    for draft in drafts:
        for place, name in enumerate(draft.velden.trefwoorden if draft.velden else ()):
            said, elsewhere = first.setdefault(slugify(name), (name, draft.source.shown))
            if said != name and _with_its_signs(said) != _with_its_signs(name):
                yield Finding(
                    draft.source.shown,
                    draft.document.line_of(("trefwoorden", place)),
                    "zelfde-adres",
                    f"trefwoord ‘{visible(name)}’ krijgt hetzelfde adres als ‘{visible(said)}’ "
                    f"in {elsewhere}.",
                    "Schrijf in woorden wat het teken zegt, of gebruik hetzelfde trefwoord.",
                )


def _with_its_signs(name: str) -> str:
    """Give a keyword without capitals, accents and what only parts its words."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return re.sub(r"(?<=\w)[\s_.,'’‘:/–-]+(?=\w)", "-", plain.strip(" .'’‘\""))


def check_addresses(file: Path, shown: str, leading: set[str]) -> Iterator[Finding]:
    """Find each address that the last release gave to a page of editors and that leads nowhere any
    more; before the first release there is no list of them.
    """
    if not file.is_file():
        return
    raw, findings = read_bytes(file, shown, MAX_ADDRESSES)
    yield from findings
    for number, address in enumerate((raw or b"").decode(errors="replace").splitlines(), 1):
        if is_of_a_page(address) and address not in leading:
            yield Finding(
                shown,
                number,
                "adres-verdwenen",
                f"het adres {address} van de vorige versie bestaat niet meer.",
                "Zet in de pagina die ervoor in de plaats komt (achteraan, als het veld er al "
                f"staat): oude_adressen: [{address}]",
            )


def address_of(path: str) -> str:
    """Give the address of a page by its path below the content folder, or nothing when its name or
    its folder cannot give one.
    """
    folder, _, name = path.removesuffix(".md").partition("/")
    address = f"/{COLLECTIES[folder].slug}/{name}/" if folder in COLLECTIES else ""
    return address if is_of_a_page(address) else ""


def is_of_a_page(address: str) -> bool:
    """Tell whether only a content page can have this address."""
    folders = "|".join(collectie.slug for collectie in COLLECTIES.values())
    found = re.fullmatch(rf"/(?:{folders})/([a-z0-9-]+)/", address)
    return found is not None and found[1] not in RESERVED
