"""A progress report over the pages, by aandachtsveld: built once as plain blocks, written as
Markdown or HTML here and as docx in `word`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from kennisplatform.derive.progress import STATES, Chapter, Fact, chapters
from kennisplatform.model.facets import EVIDENCE, municipalities
from kennisplatform.model.groups import Bron
from kennisplatform.model.library import Page
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import Bijeenkomst
from kennisplatform.model.text import count, date, enumerate_nl, number, sort_key
from kennisplatform.publish.colours import Colours


@dataclass(frozen=True, slots=True)
class Headline:
    level: int
    """1 for a chapter; 1 and 2 are in the table of contents."""
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    text: str
    small: bool = False
    """Whether it only says where and when what follows was."""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the columns get parts of the width in proportion to `widths`."""

    caption: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: bool = False
    """Whether every column but the first holds numbers."""


Block = Headline | Prose | Bullets | Table


@dataclass(frozen=True, slots=True)
class Report:
    titel: str
    subtitle: str
    front: tuple[str, ...]
    """The other lines of the front page."""
    author: str
    colours: Colours
    today: datetime.date
    blocks: tuple[Block, ...]


def make_report(
    platform: Platform,
    colours: Colours,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> Report:
    """Report on the pages whose period may overlap the days from `first` up to and including
    `last`.

    A vague period counts as wide as its words may be meant, one without an end goes on. With either
    day given, a page without any period is left out; the report names those.

    """
    pages, undated = _select(platform.library.pages, first, last)
    found = tuple(chapters(platform, pages))
    intros = {
        t.naam: t.inleiding.split("\n\n")[0].strip() for t in platform.vocabulary.aandachtsvelden
    }
    blocks = [
        *_introduction(found, pages, platform.identity.naam, first, last),
        *(b for c in found for b in _chapter_blocks(c, intros)),
        *_places(pages, platform),
        *_sources(pages, undated),
    ]
    lines = (
        _period_line(first, last),
        f"Stand van {date(platform.today)}",
        f"Gemaakt uit de pagina’s van {platform.identity.naam}",
        *([platform.settings.site_url] if platform.settings.site_url else []),
    )
    return Report(
        f"Voortgang {platform.identity.onderwerp}",
        "Wat is beloofd, wat loopt en wat kwam ervan, per aandachtsveld",
        lines,
        platform.identity.naam,
        colours,
        platform.today,
        tuple(blocks),
    )


def _select(
    pages: Iterable[Page], first: datetime.date | None, last: datetime.date | None
) -> tuple[list[Page], list[Page]]:
    if first is None and last is None:
        return list(pages), []
    chosen, undated = [], []
    for page in pages:
        if (limits := page.velden.grenzen) is None:
            undated.append(page)
        elif limits[0] <= (last or datetime.date.max) and limits[1] >= (first or datetime.date.min):
            chosen.append(page)
    return chosen, undated


def _period_line(first: datetime.date | None, last: datetime.date | None) -> str:
    if first and last:
        return f"Periode: {date(first)} tot en met {date(last)}"
    if first:
        return f"Periode: vanaf {date(first)}"
    return (
        f"Periode: tot en met {date(last)}" if last else "Periode: alles wat op het platform staat"
    )


def _introduction(
    found: Sequence[Chapter],
    pages: Sequence[Page],
    name: str,
    first: datetime.date | None,
    last: datetime.date | None,
) -> Iterator[Block]:
    yield Headline(1, "Inleiding")
    yield Prose(
        "Dit rapport laat zien wat er is beloofd, wat er is gedaan en wat ervan kwam. "
        f"Het beslaat {count(len(pages), 'pagina', 'pagina’s')} van {name}. "
        "Elk aandachtsveld heeft een eigen hoofdstuk: wat is beloofd, wat loopt, wat is klaar, en "
        "met welke cijfers. "
        "Daarna staan de gemeenten die meedoen en de bronnen."
    )
    yield Prose(
        "Alles komt uit de bronnen die op de pagina’s staan. De stand is die van de bron, op het "
        "moment dat die verscheen. "
        "Is een getal in de bron niet precies, dan is het dat hier ook niet: ‘bijna 50’ blijft "
        "‘bijna 50’. Elk getal hoort bij één tijd en één bron. "
        "Tel getallen niet bij elkaar op: dezelfde gemeente of deelnemer kan vaker voorkomen."
    )
    if first or last:
        yield Prose(
            f"{_period_line(first, last)}. Een pagina telt mee als haar eigen periode daar (deels) "
            "in kan vallen. Een vage tijd, zoals ‘najaar 2019’, "
            "telt zo ruim als de woorden kunnen betekenen. Is geen einde bekend, dan loopt de "
            "periode door. "
            "Pagina’s zonder periode staan alleen in de lijst aan het eind."
        )
    yield from _states(found)


def _states(found: Sequence[Chapter]) -> Iterator[Table]:
    names = [
        name
        for name in STATES.values()
        if any(own for c in found for stand, own in c.states if stand == name)
    ]
    if names:
        rows = tuple(
            (
                c.naam,
                *(number(len(own)) for stand, own in c.states if stand in names),
                number(c.count),
            )
            for c in found
        )
        yield Table(
            "Aantal pagina’s per aandachtsveld, naar hoe ver het is",
            ("Aandachtsveld", *names, "Samen"),
            (5, *(2 for _ in names), 2),
            rows,
            True,
        )


def _chapter_blocks(chapter: Chapter, intros: dict[str, str]) -> Iterator[Block]:
    yield Headline(1, chapter.naam)
    if chapter.term:
        yield Prose(intros[chapter.term.naam])
    else:
        yield Prose(
            "Dit hoofdstuk gaat over wat bij alle aandachtsvelden hoort. Het staat niet nog eens "
            "in de andere hoofdstukken."
        )
    if not chapter.count:
        yield Prose("Over dit aandachtsveld staat in deze periode niets op het platform.")
    for name, pages in chapter.states:
        if pages:
            yield Headline(2, name)
        for page in pages:
            yield Headline(3, page.titel)
            if facts := _about(page):
                yield Prose(facts, small=True)
            yield Prose(page.velden.samenvatting)
    if chapter.facts:
        yield Headline(2, "Cijfers")
        yield Table(
            f"Cijfers: {chapter.naam}",
            ("Wat", "Hoeveel", "Wanneer", "Bron"),
            (9, 8, 5, 11),
            tuple(_figure(f) for f in chapter.facts),
        )


def _about(page: Page) -> str:
    fields = page.velden
    when = fields.wanneer if isinstance(fields, Bijeenkomst) else str(fields.periode or "")
    who = enumerate_nl([*fields.gemeente, *fields.provincie]) or enumerate_nl(fields.organisatie)
    evidence = f"bewijs: {EVIDENCE[fields.bewijs]}" if fields.bewijs else ""
    return " · ".join(
        part for part in (fields.soort or page.collectie.enkelvoud, when, who, evidence) if part
    )


def _figure(fact: Fact) -> tuple[str, ...]:
    figure = fact.cijfer
    amount = f"{figure.bedrag} {figure.getoonde_eenheid}".strip()
    return (
        figure.naam,
        f"{amount} (‘{figure.tekst}’)" if figure.tekst else amount,
        figure.moment,
        figure.bron,
    )


def _places(pages: Sequence[Page], platform: Platform) -> Iterator[Block]:
    named: dict[str, list[str]] = {}
    for page in pages:
        for gemeente in municipalities(page.velden, platform.vocabulary):
            named.setdefault(gemeente.code, []).append(page.titel)
    known = sorted(
        (g for g in platform.vocabulary.gemeenten if g.code in named),
        key=lambda g: sort_key(g.naam),
    )
    counted = [
        (
            p.titel,
            str(p.velden.gemeente_aantal)
            if p.velden.gemeente_aantal != "onbekend"
            else "staat niet in de bron",
        )
        for p in pages
        if p.velden.gemeente_aantal
    ]
    yield Headline(1, "Gemeenten die meedoen")
    yield Prose(
        f"De bronnen noemen {count(len(known), 'gemeente', 'gemeenten')} bij naam. Een gemeente "
        "van vroeger staat onder de naam van nu."
        if known
        else "De bronnen noemen geen gemeenten bij naam."
    )
    if known:
        yield Table(
            "Gemeenten bij naam",
            ("Gemeente", "Provincie", "Waaraan zij meedoen"),
            (3, 3, 6),
            tuple((g.naam, g.provincie, "; ".join(named[g.code])) for g in known),
        )
    if counted:
        yield Prose(
            "Soms geeft de bron alleen een aantal, of zelfs dat niet. Om welke gemeenten het "
            "gaat, is dan niet bekend."
        )
        yield Table(
            "Aantallen gemeenten zonder namen",
            ("Waaraan zij meedoen", "Aantal gemeenten"),
            (7, 5),
            tuple(counted),
        )


def _sources(pages: Sequence[Page], undated: Sequence[Page]) -> Iterator[Block]:
    headings: dict[Bron, list[str]] = {}
    for page in pages:
        for source in page.velden.bronnen:
            found = headings.setdefault(source.model_copy(update={"kop": None}), [])
            if source.kop and source.kop not in found:
                found.append(source.kop)
    yield Headline(1, "Bronnen")
    lines = []
    for source, found in sorted(
        headings.items(), key=lambda s: (sort_key(s[0].titel), s[0].url or "")
    ):
        under = f". Daarin: {'; '.join(sorted(found, key=_in_number_order))}" if found else ""
        lines.append(f"{source.titel}{f', {source.url}' if source.url else ''}{under}")
    documents = {
        f"{d.titel}, {d.url or f'document bij {page.titel}'}"
        for page in pages
        for d in page.velden.documenten
    }
    lines += sorted(documents, key=sort_key)
    yield Bullets(tuple(lines)) if lines else Prose("Op deze pagina’s staan geen bronnen.")
    if undated:
        yield Headline(1, "Niet opgenomen: pagina’s zonder periode")
        yield Prose(
            "Van deze pagina’s is niet bekend over welke tijd zij gaan. Kijk zelf of zij in de "
            "gevraagde periode horen."
        )
        yield Bullets(
            tuple(
                sorted(
                    (f"{p.titel} ({p.velden.soort or p.collectie.enkelvoud})" for p in undated),
                    key=sort_key,
                )
            )
        )


def _in_number_order(text: str) -> str:
    """Order footnote 2 before footnote 10."""
    return re.sub(r"\d+", lambda n: n[0].zfill(4), sort_key(text))


def to_markdown(report: Report) -> bytes:
    """Write the report as Markdown with pipe tables."""
    parts = [
        f"# {_escaped(report.titel)}",
        _escaped(report.subtitle),
        "  \n".join(_escaped(line) for line in report.front),
        "## Inhoud",
        "\n".join(
            f"- {_escaped(b.text)}"
            for b in report.blocks
            if isinstance(b, Headline) and b.level == 1
        ),
    ]
    tables = 0
    for block in report.blocks:
        match block:
            case Headline(level=level, text=text):
                parts.append(f"{'#' * (level + 1)} {_escaped(text)}")
            case Prose(text=text, small=small):
                parts.append(f"*{_escaped(text)}*" if small else _escaped(text))
            case Bullets(items=lines):
                parts.append("\n".join(f"- {_escaped(line)}" for line in lines))
            case Table():
                tables += 1
                parts.append(f"Tabel {tables}. {_escaped(block.caption)}")
                rule = ["---", *("---:" if block.numbers else "---" for _ in block.headings[1:])]
                parts.append(
                    "\n".join(
                        f"| {' | '.join(row)} |"
                        for row in (
                            [_escaped(k) for k in block.headings],
                            rule,
                            *([_escaped(cell) for cell in row] for row in block.rows),
                        )
                    )
                )
    return ("\n\n".join(parts) + "\n").encode()


def _escaped(text: str) -> str:
    return re.sub(
        r"^(\d+)([.)])|^([-+#])|([\\`*_\[\]<>|])",
        lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[0]}",
        text,
    )


_STYLE = """
:root { color-scheme: light; }
body {
  margin: 0 auto;
  padding: 2rem 1.25rem 4rem;
  max-width: 46rem;
  color: var(--inkt);
  background: var(--vlak);
}
body {
  font: 1.0625rem/1.6 system-ui, "Segoe UI", Roboto, Arial, sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, h4 { font-family: Georgia, "Source Serif 4", serif; line-height: 1.2; margin: 0; }
header { padding: 15vh 0 3rem; border-bottom: 1px solid var(--lijn); }
header h1 { font-size: 2.75rem; }
header p { margin: .5rem 0 0; }
header .onder { font-size: 1.25rem; margin-bottom: 2rem; }
nav { padding: 1.5rem 0; border-bottom: 1px solid var(--lijn); }
nav ul { list-style: none; padding-left: 0; }
nav ul ul { padding-left: 1.5rem; }
a { color: var(--blauw); }
h2 { font-size: 1.75rem; margin-top: 4rem; color: var(--blauw); }
h3 { font-size: 1.375rem; margin-top: 2.25rem; }
h4 { font-size: 1.0625rem; margin-top: 1.5rem; }
p { margin: .5rem 0 0; } .klein { color: var(--inkt-zacht); font-size: .9375rem; }
.tabel { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; font-size: .9375rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem; }
th, td {
  text-align: left;
  vertical-align: top;
  padding: .375rem .75rem .375rem 0;
  border-bottom: 1px solid var(--lijn);
}
th[scope=row] { font-weight: 400; }
thead th { color: var(--inkt-zacht); }
.getal { text-align: right; font-variant-numeric: tabular-nums; }
@media print {
  header { break-after: page; }
  h2 { break-before: page; margin-top: 0; }
  h2, h3, h4, caption { break-after: avoid; }
  tr { break-inside: avoid; }
}
"""


def to_html(report: Report) -> bytes:
    """Write the report as one HTML file that needs nothing else."""
    page = ElementTree.Element("html", lang="nl")
    head, body = ElementTree.SubElement(page, "head"), ElementTree.SubElement(page, "body")
    ElementTree.SubElement(head, "meta", charset="utf-8")
    ElementTree.SubElement(
        head, "meta", name="viewport", content="width=device-width, initial-scale=1"
    )
    _add(head, "title", report.titel)
    _add(head, "style", report.colours.filled(_STYLE))
    front = ElementTree.SubElement(body, "header")
    _add(front, "h1", report.titel)
    _add(front, "p", report.subtitle, {"class": "onder"})
    for line in report.front:
        _add(front, "p", line)
    contents = ElementTree.SubElement(body, "nav", {"aria-labelledby": "inhoud"})
    _add(contents, "h2", "Inhoud", {"id": "inhoud"})
    chapter = ElementTree.SubElement(contents, "ul")
    main = ElementTree.SubElement(body, "main")
    tables = headings = 0
    for block in report.blocks:
        match block:
            case Headline(level=level, text=text):
                headings += 1
                _add(main, f"h{level + 1}", text, {"id": f"kop-{headings}"})
                if level < 3:
                    last = chapter[-1] if level == 2 else None
                    inner = chapter if last is None else last.find("ul")
                    if inner is None and last is not None:
                        inner = ElementTree.SubElement(last, "ul")
                    assert inner is not None
                    _add(
                        ElementTree.SubElement(inner, "li"), "a", text, {"href": f"#kop-{headings}"}
                    )
            case Prose(text=text, small=small):
                _add(main, "p", text, {"class": "klein"} if small else {})
            case Bullets(items=lines):
                items = ElementTree.SubElement(main, "ul")
                for line in lines:
                    _add(items, "li", line)
            case Table():
                tables += 1
                _html_table(main, block, tables)
    return (
        f"<!doctype html>\n{ElementTree.tostring(page, encoding='unicode', method='html')}\n"
    ).encode()


def _html_table(parent: ElementTree.Element, table: Table, nth: int) -> None:
    name = f"tabel-{nth}"  # a table wider than a phone scrolls by itself, with the keyboard too
    around = ElementTree.SubElement(
        parent, "div", {"class": "tabel", "role": "group", "aria-labelledby": name, "tabindex": "0"}
    )
    element = ElementTree.SubElement(around, "table")
    _add(element, "caption", f"Tabel {nth}. {table.caption}", {"id": name})
    row = ElementTree.SubElement(ElementTree.SubElement(element, "thead"), "tr")
    right = [
        {"class": "getal"} if table.numbers and place else {}
        for place in range(len(table.headings))
    ]
    for name, looks in zip(table.headings, right, strict=True):
        _add(row, "th", name, {"scope": "col"} | looks)
    rows = ElementTree.SubElement(element, "tbody")
    for cells in table.rows:
        row = ElementTree.SubElement(rows, "tr")
        _add(row, "th", cells[0], {"scope": "row"})
        for cell, looks in zip(cells[1:], right[1:], strict=True):
            _add(row, "td", cell, looks)


def _add(
    parent: ElementTree.Element, tag: str, text: str, attributes: dict[str, str] | None = None
) -> None:
    ElementTree.SubElement(parent, tag, attributes or {}).text = text
