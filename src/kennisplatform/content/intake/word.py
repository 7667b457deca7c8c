"""Read a Word document (docx) as lines of Markdown: headings, lists, tables, bold, italic and
links.

Its XML is walked here, and not by python-docx, which opens it: that passes over what somebody
inserted with tracked changes, and over the fields of a form. What was deleted is not read, nor are
comments.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from kennisplatform.content.intake.rewrite import Line, Remark, escape
from kennisplatform.model.findings import Refused

MAX_UNPACKED = 30_000_000
"""Bytes of all parts of a document together, pictures included."""
MAX_PART = 5_000_000
"""Bytes of the part with the text: marks of Word are most of it."""
MAX_PARTS = 1_000
DEEPEST_ITEM = 3

_DELETED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr")}
_AS_TEXT = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_PICTURES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}

Piece = tuple[str, str, str]
"""Words, their mark (**, * or nothing) and the address of the link they are."""


def read_word(data: bytes) -> tuple[list[Line], list[Remark]]:
    """Give the text by paragraph; raises Refused when this is no sound document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            # zipfile reads no more of a part than is said here.
            if (
                len(parts) > MAX_PARTS
                or sum(part.file_size for part in parts) > MAX_UNPACKED
                or any(
                    part.file_size > MAX_PART
                    for part in parts
                    if part.filename.endswith((".xml", ".rels"))
                )
            ):
                raise Refused(
                    "Dit Word-document is te groot. Kopieer alleen de tekst naar een nieuw "
                    "document."
                )
            if "word/document.xml" not in package.namelist():
                raise Refused(
                    "Dit is geen Word-document. Bewaar de tekst als .docx, of plak haar in een "
                    "tekstbestand."
                )
        document = docx.Document(io.BytesIO(data))
        reader = _WordReader(document)
        reader.read(document.element.body)
    except Refused:
        raise
    except (
        Exception
    ) as error:  # whatever a damaged or hostile file may do to the packages that open it
        raise Refused(
            "Dit Word-document is niet te lezen, of er zitten macro’s in. Bewaar het opnieuw als "
            ".docx, of plak de tekst in een "
            "tekstbestand."
        ) from error
    return reader.lines, reader.remarks


@dataclass
class _WordReader:
    document: Any
    lines: list[Line] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    number: int = 0
    """Of the paragraph."""

    def read(self, element: Any) -> None:
        for child in element.iterchildren():
            if child.tag == qn("w:p"):
                self.number += 1
                self._write(self._paragraph(child))
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag not in _DELETED:
                self.read(child)  # a form's field, or a paragraph that somebody inserted

    def _write(self, text: str) -> None:
        """Write a paragraph, after an empty line unless both are in a list."""
        follows = self.lines and _is_item(text) and _is_item(self.lines[-1].text)
        self.lines += [
            Line(self.number, line) for line in ([] if follows else [""]) + text.split("\n")
        ]

    def _paragraph(self, paragraph: Any) -> str:
        text = self._words(paragraph)
        if not text:
            return ""
        style = self._styles.get(paragraph.style, "")
        if (
            level := 1
            if style == "title"
            else int(found[1])
            if (found := re.fullmatch(r"heading (\d)", style))
            else 0
        ):
            return f"{'#' * min(level, 6)} {' '.join(text.split())}"
        if numbering := self._numbering(paragraph, style):
            ordered, level = numbering
            return f"{'    ' * level}{'1.' if ordered else '-'} {' '.join(text.split())}"
        return text

    @cached_property
    def _styles(self) -> dict[str, str]:
        """Give the names of the styles, which are English whatever the language of Word."""
        return {
            style.styleId: str(style.name_val or "").lower()
            for style in self.document.styles.element.style_lst
        }

    def _numbering(self, paragraph: Any, style: str) -> tuple[bool, int] | None:
        """Tell whether a paragraph is in a list: if that is numbered, and its level from 0."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if own is None:
            return (
                ("number" in style, 0)
                if style.startswith("list ") and style != "list paragraph"
                else None
            )
        number, level = _attribute(own, "w:numId"), _attribute(own, "w:ilvl") or "0"
        return (
            ((number, level) in self._ordered, min(int(level), DEEPEST_ITEM))
            if number not in ("", "0")
            else None
        )

    @cached_property
    def _ordered(self) -> set[tuple[str, str]]:
        """Give the lists that are numbered, by number and level."""
        part = next(
            (
                relation.target_part.element
                for relation in self.document.part.rels.values()
                if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external
            ),
            None,
        )
        if part is None:
            return set()
        kinds = {
            (kind.get(qn("w:abstractNumId")), level.get(qn("w:ilvl")))
            for kind in part.iterchildren(qn("w:abstractNum"))
            for level in kind.iterchildren(qn("w:lvl"))
            if _attribute(level, "w:numFmt") not in ("", "bullet", "none")
        }
        made = {
            number.get(qn("w:numId")): _attribute(number, "w:abstractNumId")
            for number in part.iterchildren(qn("w:num"))
        }
        return {
            (number, level) for number, kind in made.items() for of, level in kinds if of == kind
        }

    def _words(self, element: Any) -> str:
        """Give the words of a paragraph, marked; runs that are marked alike are one."""
        text = ""
        for (mark, address), pieces in groupby(self._pieces(element, ""), itemgetter(1, 2)):
            words = "".join(piece[0] for piece in pieces)
            if bare := words.strip():
                before, after = (
                    words[: len(words) - len(words.lstrip())],
                    words[len(words.rstrip()) :],
                )
                shown = f"{mark}{escape(bare)}{mark}"
                words = (
                    f"{before}[{shown}]({address}){after}" if address else f"{before}{shown}{after}"
                )
            text += words
        return text.strip()

    def _pieces(self, element: Any, address: str) -> Iterator[Piece]:
        for child in element.iterchildren():
            if child.tag == qn("w:r"):
                mark = "**" if _is_on(child, "w:b") else "*" if _is_on(child, "w:i") else ""
                if words := "".join(self._of_run(child)):
                    yield words, mark, address
            elif child.tag == qn("w:hyperlink"):
                yield from self._pieces(child, self._address(child.get(qn("r:id"))))
            elif child.tag not in _DELETED:
                yield from self._pieces(child, address)

    def _of_run(self, run: Any) -> Iterator[str]:
        for child in run.iterchildren():
            if child.tag == qn("w:t"):
                yield child.text or ""
            elif child.tag in _PICTURES:
                self.remarks.append(
                    Remark(
                        self.number,
                        "een afbeelding of tekstvak is weggelaten. Hoort het op de site, neem het "
                        "dan zelf over.",
                    )
                )
            elif child.tag == qn("w:footnoteReference"):
                self.remarks.append(
                    Remark(
                        self.number,
                        "een voetnoot is weggelaten. Is het een bron, zet haar dan bij bronnen.",
                    )
                )
            else:
                yield _AS_TEXT.get(child.tag, "")

    def _address(self, name: str | None) -> str:
        relation = self.document.part.rels.get(name)
        address = relation.target_ref if relation is not None and relation.is_external else ""
        return re.sub(r"[\s<>()|]", lambda found: f"%{ord(found[0]):02X}", address)

    def _table(self, table: Any) -> None:
        """Write a table with as many cells in every row; its first row is the heading."""
        rows = []
        for row in table.iterchildren(qn("w:tr")):
            self.number += 1
            cells = [
                " ".join(" ".join(self._words(p).split()) for p in cell.iter(qn("w:p"))).strip()
                for cell in row.iterchildren(qn("w:tc"))
            ]
            rows.append((self.number, cells))
        columns = max((len(cells) for _, cells in rows), default=0)
        self.lines.append(Line(self.number, ""))
        for place, (number, cells) in enumerate(rows):
            self.lines.append(
                Line(number, f"| {' | '.join(cells + [''] * (columns - len(cells)))} |")
            )
            if place == 0:
                self.lines.append(Line(number, f"|{' --- |' * columns}"))


def _attribute(element: Any, name: str) -> str:
    """Give the value that a child says, or nothing."""
    found = element.find(qn(name))
    return "" if found is None else str(found.get(qn("w:val"), ""))


def _is_item(text: str) -> bool:
    return re.match(r" *(-|1\.) ", text) is not None


def _is_on(run: Any, name: str) -> bool:
    """Tell whether a run has a mark; it may also say that it has not, against its style."""
    found = run.find(f"{qn('w:rPr')}/{qn(name)}")
    return found is not None and found.get(qn("w:val"), "1") not in ("0", "false", "off")
