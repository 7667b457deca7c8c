"""Give a page another name, with all that refers to it; its old address leads on to the new one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kennisplatform.content.copies import LINE_END, MOST_ROUNDS, Copies, Find, Mended, applied
from kennisplatform.content.fixes import in_form
from kennisplatform.content.frontmatter import Document, read_document
from kennisplatform.content.references import address_of
from kennisplatform.content.sources import (
    PAGE_KINDS,
    address_name,
    find_sources,
    released,
    trouble_with,
)
from kennisplatform.model.findings import Finding, Meant, Refused, errors, meant
from kennisplatform.model.head import write_value
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import visible

OLD = "oude_adressen"


@dataclass(frozen=True, slots=True)
class Renamed:
    """What renaming a page changes."""

    files: list[Mended]
    """Each file with what is written in it, the page by its new name first."""
    leads_on: str
    """The address from which the site leads on, or empty."""
    left: list[Finding]
    """Errors that were not there and have no certain repair."""


def find_page(content: Path, shown: str, typed: str) -> str:
    """Give the path below the content folder of the page that is meant, by its path or its name;
    raises Refused when there is none.
    """
    root, file = content.resolve(), Path(typed)
    if file.is_file() and file.resolve().is_relative_to(root):
        if file.suffix.lower() in PAGE_KINDS:
            return file.resolve().relative_to(root).as_posix()
        raise Refused(f"{typed} is geen pagina.")
    pages = {source.slug: source.path for source in find_sources(content, shown).sources}
    name = typed.rstrip("/").rpartition("/")[2].removesuffix(".md")
    if name not in pages:
        likely = meant(name, pages)
        raise Refused(
            f"Er is geen pagina ‘{visible(name)}’.{f' {likely.in_text()}' if likely else ''}"
        )
    return pages[name]


def new_path(content: Path, shown: str, page: str, typed: str) -> str:
    """Give the path below the content folder that a page gets by a new name, or by a path to its
    new folder; raises Refused when it cannot have it.
    """
    folder, _, name = typed.removeprefix("./").rpartition("/")
    top = folder.rpartition("/")[2] or page.split("/")[0]
    name = name.removesuffix(".md")
    if top not in COLLECTIES:
        raise Refused(
            f"‘{visible(top)}’ is geen map met pagina’s. Zet er een voor: "
            f"{', '.join(f'{one}/{visible(name)}' for one in COLLECTIES)}."
        )
    if name != (good := address_name(name)) or not name:
        likely = f" {Meant(good).in_text()}" if good else ""
        raise Refused(
            f"‘{visible(name)}’ kan geen adres worden: gebruik kleine letters, cijfers en "
            f"streepjes.{likely}"
        )
    path = f"{top}/{name}.md"
    if path == page:
        raise Refused(f"De pagina heet al ‘{name}’.")
    if trouble := trouble_with(name, content, shown, content / page):
        raise Refused(f"{trouble} Kies een andere naam.")
    return path


def rename(
    folders: Mapping[str, Path], pages: str, old: str, new: str, find: Find, room: Path
) -> Renamed:
    """Work out what is written when a page gets another path below the folder that `pages` names;
    see `mend`. Nothing is written but copies. Raises Refused for a page that cannot be read, and so
    not be given its old address.
    """
    copies = Copies(folders, room)
    document, wrong = read_document(copies.folders[pages] / old, f"{pages}/{old}")
    had = address_of(old)
    if had and (document is None or errors(wrong)):
        told = "\n".join(map(str, errors(wrong)))
        raise Refused(f"{told}\nZo kan de pagina niet worden gelezen. Herstel dat eerst.")
    known = {_told(finding, f"{pages}/{old}") for finding in find(copies.folders)}
    page = copies.move(f"{pages}/{old}", f"{pages}/{new}")
    if had and document:
        typed = page.before.decode("utf-8")
        text = _leading_on(document, typed, had, address_of(new))
        copies.put(page.shown, text)
        again, _ = read_document(copies.folders[pages] / new, page.shown)
        if again and in_form(document, typed, old.split("/")[0]) is None:  # it keeps its form
            copies.put(page.shown, in_form(again, text, new.split("/")[0]) or text)
    for _ in range(MOST_ROUNDS):
        found = [f for f in find(copies.folders) if _told(f, page.shown) not in known]
        if not copies.repair(found):
            break
    if had and document and _was_never_there(document, folders[pages], had):
        line = re.compile(rf"^{re.escape(_line([had]))}({LINE_END.pattern})", re.MULTILINE)
        page.after = line.sub("", page.after.decode("utf-8"), count=1).encode("utf-8")
        had = ""
    return Renamed([*copies.mended.values()], had, errors(found))


def _told(finding: Finding, page: str) -> tuple[str, str, str]:
    """Give what a finding says of a page, whatever its name is, or of another file."""
    return "" if finding.path == page else finding.path, finding.code, finding.message


def _line(addresses: list[str]) -> str:
    return f"{OLD}: {write_value(addresses)}"


def _leading_on(document: Document, typed: str, old: str, new: str) -> str:
    """Give the text of a page that leads on from its old address, and not from its new one."""
    given = document.fields.get(OLD) or []
    if not isinstance(given, list):
        return typed
    addresses = [*(one for one in given if one not in (old, new)), old]
    if addresses == given:
        return typed
    place = (OLD,)
    if place in document.names:
        start, end, after = document.names[place].start, document.values[place].end, ""
    else:
        start = end = document.head.end
        after = "\n"
    fix = document.text.fix(start, end, f"{_line(addresses)}{after}", certain=True)
    return applied(typed, [fix] if fix else [])[0]


def _was_never_there(document: Document, content: Path, address: str) -> bool:
    """Tell whether a page never had its address on the site: a draft, which the last release does
    not have either.
    """
    return document.fields.get("concept") == "ja" and address not in released(content)
