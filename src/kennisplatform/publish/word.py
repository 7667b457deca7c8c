"""Write a report as a Word document (docx): real styles and headings, a filled table of contents,
numbered captions and pages.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from kennisplatform.publish.colours import Colours
from kennisplatform.publish.report import Bullets, Headline, Prose, Report, Table

BODY, HEADINGS = "Calibri", "Georgia"
PAGE_WIDTH, MARGIN = Mm(210), Mm(25)
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN


def to_docx(report: Report) -> bytes:
    """Write the report; the same report gives the same bytes."""
    document = docx.Document()
    _set_properties(document, report)
    _set_styles(document, report.colours)
    _set_page(document, report)
    _front_page(document, report)
    _contents(document, [b for b in report.blocks if isinstance(b, Headline)])
    tables = headings = 0
    for block in report.blocks:
        match block:
            case Headline(level=level, text=text):
                headings += 1
                _bookmark(document.add_heading(text, level), headings)
            case Prose(text=text, small=small):
                document.add_paragraph(text, style="Subtitle 2" if small else "Normal")
            case Bullets(items=lines):
                for line in lines:
                    document.add_paragraph(line, style="List Bullet")
            case Table():
                tables += 1
                _add_word_table(document, block, tables, report.colours)
    raw = io.BytesIO()
    document.save(raw)
    return _without_clock(raw, report.today)


def _set_properties(document: Document, report: Report) -> None:
    moment = datetime.datetime.combine(report.today, datetime.time())
    properties = document.core_properties
    properties.title, properties.subject, properties.language = (
        report.titel,
        report.subtitle,
        "nl-NL",
    )
    properties.author = properties.last_modified_by = report.author
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = moment
    properties.revision = 1


def _rgb(colours: Colours, name: str) -> RGBColor:
    return RGBColor.from_string(colours.hex(name))


def _set_styles(document: Document, colours: Colours) -> None:
    ink, soft, blue = (_rgb(colours, name) for name in ("inkt", "inkt-zacht", "blauw"))
    styles: Any = document.styles
    lang = styles.element.find(f".//{qn('w:lang')}")
    for name in list(lang.attrib):
        del lang.attrib[name]
    lang.set(qn("w:val"), "nl-NL")
    for name in ("toc 1", "toc 2", "Subtitle 2"):
        styles.add_style(
            name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc")
        ).base_style = styles["Normal"]
    looks: tuple[tuple[str, str, float, RGBColor, float, float], ...] = (
        ("Normal", BODY, 11, ink, 0, 6),
        ("Title", HEADINGS, 32, blue, 170, 12),
        ("Subtitle", BODY, 15, ink, 0, 36),
        ("Heading 1", HEADINGS, 22, blue, 0, 12),
        ("Heading 2", HEADINGS, 15, ink, 18, 6),
        ("Heading 3", BODY, 11.5, ink, 12, 0),
        ("Caption", BODY, 10, ink, 12, 4),
        ("Subtitle 2", BODY, 10, soft, 0, 2),
        ("TOC Heading", HEADINGS, 22, blue, 0, 12),
        ("toc 1", BODY, 11, ink, 5, 0),
        ("toc 2", BODY, 10, soft, 0, 0),
    )
    for name, font, size, colour, before, after in looks:
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), colour
        style.font.italic = False
        fonts = style.element.rPr.rFonts
        for key in [k for k in fonts.attrib if "Theme" in k]:  # a font of the theme would win
            del fonts.attrib[key]
        for drawn in (
            *style.element.rPr.findall(qn("w:spacing")),
            *style.element.iter(qn("w:pBdr")),
        ):  # wide letters, a line below
            drawn.getparent().remove(drawn)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
    styles["Heading 1"].paragraph_format.page_break_before = True
    styles["Subtitle 2"].paragraph_format.keep_with_next = styles[
        "Caption"
    ].paragraph_format.keep_with_next = True
    styles["toc 2"].paragraph_format.left_indent = Mm(6)
    for name in ("toc 1", "toc 2"):  # where the numbers of pages come
        styles[name].paragraph_format.tab_stops.add_tab_stop(
            TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )


def _set_page(document: Document, report: Report) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.different_first_page_header_footer = True
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.text = report.titel
    footer.add_run("Bladzijde ")
    _add_field(footer, "PAGE", "2")
    footer.add_run(" van ")
    _add_field(footer, "NUMPAGES", "2")
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    soft = _rgb(report.colours, "inkt-zacht")
    for run in (*header.runs, *footer.runs):
        run.font.size, run.font.color.rgb = (
            Pt(9),
            soft,
        )


def _front_page(document: Document, report: Report) -> None:
    document.add_paragraph(report.titel, style="Title")
    document.add_paragraph(report.subtitle, style="Subtitle")
    for line in report.front:
        document.add_paragraph(line)


def _contents(document: Document, headings: list[Headline]) -> None:
    """Add a TOC field with its entries filled in as links.

    The numbers of their pages are known only to the program that lays the pages out, so it is asked
    to update all fields on opening.
    """
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.find(qn("w:compat")).addprevious(update)
    document.add_paragraph("Inhoud", style="TOC Heading").paragraph_format.page_break_before = True
    listed = [(place, h) for place, h in enumerate(headings, 1) if h.level < 3]
    for index, (place, heading) in enumerate(listed):
        paragraph = document.add_paragraph(style=f"toc {heading.level}")
        if index == 0:
            _mark(paragraph, "begin")
            _instruction(paragraph, r'TOC \o "1-2" \h \z \u')
            _mark(paragraph, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"_Toc{place}")
        link.append(paragraph.add_run(heading.text)._r)
        paragraph._p.append(link)
        if index == len(listed) - 1:
            _mark(paragraph, "end")


def _bookmark(heading: Paragraph, place: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:name"), f"_Toc{place}")
    for mark in (start, end):
        mark.set(qn("w:id"), str(place))
    heading.runs[0]._r.addprevious(start)
    heading._p.append(end)


def _add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    _mark(paragraph, "begin")
    _instruction(paragraph, instruction)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _mark(paragraph: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph: Paragraph, text: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {text} "
    paragraph.add_run()._r.append(instruction)


def _add_word_table(document: Document, table: Table, nth: int, colours: Colours) -> None:
    caption = document.add_paragraph("Tabel ", style="Caption")
    _add_field(caption, r"SEQ Tabel \* ARABIC", str(nth))
    caption.add_run(f". {table.caption}")
    made = document.add_table(len(table.rows) + 1, len(table.headings), style="Table Grid")
    made.autofit = False
    fill = colours.hex("blauw-vlak")
    widths = [int(TEXT_WIDTH * part / sum(table.widths)) for part in table.widths]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for place, (row, texts) in enumerate(
        zip(made.rows, (table.headings, *table.rows), strict=True)
    ):
        _keep(row._tr, "w:cantSplit")
        if place == 0:
            _keep(row._tr, "w:tblHeader")
        for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[index]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            run = paragraph.add_run(text)
            run.font.size, run.font.bold = Pt(10), place == 0
            if table.numbers and index:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if place == 0:
                shade = OxmlElement("w:shd")
                for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
                    shade.set(qn(key), value)
                cell._tc.get_or_add_tcPr().append(shade)
    _borders(made._tbl.tblPr, colours.hex("lijn"))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _keep(row: Any, tag: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(tag))


def _borders(properties: Any, colour: str) -> None:
    """Draw only the lines between rows."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if side in ("top", "bottom", "insideH") else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), colour)
        borders.append(line)
    properties.append(borders)


def _without_clock(raw: io.BytesIO, day: datetime.date) -> bytes:
    """Pack again with the reference day as the time of every part: python-docx takes the
    clock's.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(
                zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0)),
                given.read(name),
                zipfile.ZIP_DEFLATED,
            )
    return packed.getvalue()
