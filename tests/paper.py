"""What a page is on paper: printed on A4 by Chromium, and read back from its PDF."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from playwright.sync_api import Page
from pypdf import PageObject, PdfReader
from pypdf.generic import DecodedStreamObject, NameObject

MARGIN = "10mm"
BETWEEN_MARGINS = 718
"""Pixels of a sheet."""
STEPS = re.compile(rb"> Tj\n[-\d.]+ 0 Td <")
LINES = re.compile(rb"^(?:[-\d. ]+ )?(?:re|[clmhfnS]|W\*?)\n", re.MULTILINE)
"""How Chromium writes the step from a sign to the next on its line, and what it draws."""
SHOWN = """() => {
    const shown = [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility()
        && !e.closest('.alleen-voorlezen') && e.getBoundingClientRect().height);
    const of = (selector) => shown.filter(e => e.matches(selector));
    const cut = (e) => getComputedStyle(e).overflowX !== 'visible'
        && e.scrollWidth > e.clientWidth + 1
        || e.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
    // Chromium keeps no heading with what it stands in a line of, or with columns that may be cut.
    const loose = (e) => {
        const next = e.nextElementSibling && getComputedStyle(e.nextElementSibling);
        const columns = next && (next.columnCount !== 'auto' || next.columnWidth !== 'auto');
        return getComputedStyle(e).display === 'inline' && !e.closest('summary')
            || columns && next.breakInside !== 'avoid';
    };
    return {
        loose: of('main :is(h2, h3, h4)').filter(loose).map(e => e.textContent),
        headings: of('h2, h3, h4').map(e => e.textContent),
        addresses: of('main a[rel~=noopener][href^="https:"]:not(.adres)').map(e => e.href),
        cells: of('th, td, th *, td *').flatMap(e => [...e.childNodes])
            .filter(n => n.nodeType === 3).map(n => n.textContent),
        controls: of('button, select, .knop, .vink, nav, [role=search]').map(e => e.outerHTML),
        turned: shown.filter(e => getComputedStyle(e).breakBefore === 'page')
            .map(e => e.textContent),
        cut: of('main *').filter(cut).map(e => `${e.tagName} ${e.className}`),
    };
}"""


def check_paper(page: Page) -> None:
    """Hold that a page loses nothing on paper, tells where links lead, and fills its sheets."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": BETWEEN_MARGINS, "height": 900})
    shown: dict[str, list[str]] = page.evaluate(SHOWN)
    wrong = shown["controls"] + shown["cut"] + shown["loose"]
    assert wrong == [], wrong
    margins = dict.fromkeys(("top", "right", "bottom", "left"), MARGIN)
    printed = PdfReader(BytesIO(page.pdf(format="A4", margin=margins)))  # type: ignore[arg-type]
    text, sheets = "", []
    for sheet in printed.pages:
        words, lines = _read(sheet)
        text += words
        sheets.append(lines)
    told = shown["addresses"] + shown["cells"]
    lost = [words for words in told if _squeezed(words) not in text]
    assert lost == [], lost
    headings = {_squeezed(heading) for heading in shown["headings"]}
    turned = tuple(_squeezed(text)[:10].lower() for text in shown["turned"])
    for number, ((*above, (lowest, last)), following) in enumerate(pairwise(sheets), 1):
        full = lowest < 0.5 or (following[0][1].lower().startswith(turned) and len(above) > 2)
        assert last not in headings, f"sheet {number} ends in its heading {last}"
        assert full, f"sheet {number} ends at {lowest:.0%} with {last}: {above}"
    assert len(sheets) == 1 or len(sheets[-1]) > 1, f"the last sheet has only {sheets[-1]}"


def _read(sheet: PageObject) -> tuple[str, list[tuple[float, str]]]:
    """Give all signs of a sheet, and its lines from above, each with its share of the height from
    below.
    """
    pieces: list[tuple[float, float, str]] = []

    def note(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            x, y = (tm[4] * cm[i] + tm[5] * cm[i + 2] + cm[i + 4] for i in (0, 1))
            pieces.append((round(-y), x, text))

    # Without those the same is read in a quarter of the time.
    written = DecodedStreamObject()
    if (content := sheet.get_contents()) is not None:
        written.set_data(LINES.sub(b"", STEPS.sub(b"", content.get_data())))
        sheet[NameObject("/Contents")] = written
    words = _squeezed(sheet.extract_text(visitor_text=note))
    height = float(sheet.mediabox.height)
    return words, [
        (-y / height, _squeezed("".join(text for _, _, text in line)))
        for y, line in groupby(sorted(pieces, key=itemgetter(0)), key=itemgetter(0))
    ]


def _squeezed(text: str) -> str:
    """Give the signs that a text has in a PDF too: no spaces, and no pictures."""
    signs = unicodedata.normalize("NFKC", text)
    return "".join(c for c in signs if not c.isspace() and unicodedata.category(c) != "So")
