"""The progress report as a civil servant gets it: in Word, on paper, as Markdown and as HTML."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from playwright.sync_api import Browser

from building import EPOCH, SITE, pages, platform_of, printed
from kennisplatform.cli import main
from looking import axe, listening, tab, too_wide

CHAPTERS = [
    "Inleiding",
    "Alle aandachtsvelden samen",
    "Buurten aan zet",
    "Jong en oud samen",
    "Heldere besluiten",
    "Samen voor groen",
    "Digitaal meepraten",
    "Gemeenten die meedoen",
    "Bronnen",
]


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def report(*arguments: str | Path, cwd: Path) -> Done:
    """Run the command in a folder, on a set day."""
    stdout, stderr = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(stdout), redirect_stderr(stderr):
        patch.chdir(cwd)
        patch.delenv("SITE_URL", raising=False)
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        status = main(["report", *map(str, arguments)])
    return Done(status, stdout.getvalue(), stderr.getvalue())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report in every form; the first one without saying where."""
    folder = tmp_path_factory.mktemp("report")
    for arguments in ((), ("--output", "rapport.md"), ("--output", "rapport.html")):
        done = report("--content", SITE, *arguments, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def word(made: Path) -> Path:
    return made / "voortgang-dorpskracht-2026-06-01.docx"


@pytest.fixture(scope="module")
def document(word: Path) -> docx.document.Document:
    return docx.Document(str(word))


def style_of(paragraph: Paragraph) -> str:
    assert paragraph.style
    return str(paragraph.style.name)


def headings(document: docx.document.Document, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if style_of(p) == f"Heading {level}"]


def test_the_word_document_has_real_styles_and_a_chapter_for_every_aandachtsveld(
    document: docx.document.Document,
) -> None:
    assert headings(document, 1) == CHAPTERS
    assert set(headings(document, 2)) == {
        "Beloofd",
        "Loopt",
        "Klaar",
        "Gestopt",
        "Stand niet bekend",
        "Cijfers",
    }
    assert set(headings(document, 3)) == {p.titel for p in platform_of(SITE).library.pages}
    used = {style_of(p) for p in document.paragraphs}
    assert {"Title", "Subtitle", "TOC Heading", "toc 1", "toc 2", "Caption", "List Bullet"} <= used
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "nl-NL"
    cells = {
        "".join(t.text for t in cell.iter(qn("w:t"))) for cell in document.element.iter(qn("w:tc"))
    }
    assert {"bijna 180 mensen", "Duinrecht", "circa 60 kramen"} <= cells


def test_the_table_of_contents_is_a_field_with_its_entries(
    document: docx.document.Document,
) -> None:
    fields = [e.text.strip() for e in document.element.iter(qn("w:instrText"))]
    assert fields[0] == r'TOC \o "1-2" \h \z \u'
    listed = [p for p in document.paragraphs if style_of(p) in ("toc 1", "toc 2")]
    levels = {"Heading 1": "toc 1", "Heading 2": "toc 2"}
    assert [(style_of(p), p.text) for p in listed] == [
        (levels[style_of(p)], p.text) for p in document.paragraphs if style_of(p) in levels
    ]
    marks = {
        e.get(qn("w:name")): e.getparent() for e in document.element.iter(qn("w:bookmarkStart"))
    }
    for entry in listed:
        (link,) = entry._p.findall(qn("w:hyperlink"))
        target = marks[link.get(qn("w:anchor"))]
        assert "".join(t.text for t in target.iter(qn("w:t"))) == entry.text
    kinds = [e.get(qn("w:fldCharType")) for e in document.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)


def test_word_is_asked_for_the_numbers_of_pages(document: docx.document.Document) -> None:
    names = [child.tag for child in document.settings.element]
    assert names.index(qn("w:updateFields")) + 1 == names.index(qn("w:compat")), (
        "the place that the schema gives it"
    )


def test_every_table_has_a_numbered_caption_and_a_heading_that_comes_back(
    document: docx.document.Document,
) -> None:
    captions = [p for p in document.paragraphs if style_of(p) == "Caption"]
    assert len(captions) == len(document.tables) > 5
    for place, caption in enumerate(captions, 1):
        assert caption.text.startswith(f"Tabel {place}. ")
        assert [e.text.strip() for e in caption._p.iter(qn("w:instrText"))] == [
            r"SEQ Tabel \* ARABIC"
        ]
        assert caption._p.getnext().tag == qn("w:tbl")
    for table in document.tables:
        properties = table.rows[0]._tr.trPr
        assert properties is not None and properties.find(qn("w:tblHeader")) is not None
    footer = document.sections[0].footer.paragraphs[0]._p
    assert [e.text.strip() for e in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_the_word_document_tells_of_nobody_and_of_no_clock(word: Path) -> None:
    properties = docx.Document(str(word)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == (
        "Buurtwijzer Waterland",
    ) * 2 + ("",)
    assert (
        properties.created
        == properties.modified
        == datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
    )
    with zipfile.ZipFile(word) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 6, 1, 0, 0, 0)}
        assert parts.testzip() is None


def test_libreoffice_makes_pages_of_it(word: Path, tmp_path: Path) -> None:
    paper = printed(word, tmp_path)
    assert "Voortgang dorpskracht" in paper[0] and "Stand van 1 juni 2026" in paper[0]
    assert [name for name in CHAPTERS if name not in paper[1]] == [], "the table of contents"
    text = " ".join(paper[2:])
    assert [name for name in CHAPTERS if name not in text] == []
    assert "bijna 180 mensen" in text
    assert f"Bladzijde {len(paper)} van {len(paper)}" in paper[-1]


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.links: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, ""))
        for name, value in attrs:
            if name in ("href", "src", "id"):
                (self.ids if name == "id" else self.links).add(str(value))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][1] == "":
            self.found[-1] = (self.found[-1][0], data)


def test_all_forms_say_the_same(made: Path, document: docx.document.Document) -> None:
    outline = Outline()
    outline.feed((made / "rapport.html").read_text(encoding="utf-8"))
    markdown = (made / "rapport.md").read_text(encoding="utf-8")
    lines = markdown.split("\n")
    for level in (1, 2, 3):
        expected = headings(document, level)
        assert [
            text for tag, text in outline.found if tag == f"h{level + 1}" and text != "Inhoud"
        ] == expected
        mark = "#" * (level + 1) + " "
        assert [
            line.removeprefix(mark).replace("\\", "")
            for line in lines
            if line.startswith(mark) and line != "## Inhoud"
        ] == expected
    captions = [p.text for p in document.paragraphs if style_of(p) == "Caption"]
    assert [text for tag, text in outline.found if tag == "caption"] == captions
    assert [line for line in lines if line.startswith("Tabel ")] == captions
    rows = sum(len(t.rows) for t in document.tables)
    assert sum(tag == "tr" for tag, _ in outline.found) == rows
    assert sum(line.startswith("| ") for line in lines) == rows + len(captions)
    assert {link for link in outline.links if not link.startswith("#")} == set()
    assert {link[1:] for link in outline.links} <= outline.ids


def test_the_html_report_fits_a_phone_and_looks_right_to_axe(made: Path, browser: Browser) -> None:
    asked: list[str] = []
    with tab(browser) as page, listening(page, request=lambda request: asked.append(request.url)):
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto((made / "rapport.html").as_uri())
        assert axe(page) == []
        assert too_wide(page, 390) == []
        assert len(asked) == 1


PAGES = {
    "in-de-zomer": "periode: {van: zomer 2019}",
    "loopt-door": "periode: {van: 2017-03}",
    "net-ervoor": "periode: {van: 2018, tot: 2018}",
    "misschien": "periode: {van: najaar 2018, tot: begin 2019}",
    "erna": "periode: {van: 2020}",
    "zonder": "status: lopend",
    "raar-<b>|*teken*": "periode: {van: 2019}",
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    texts = {}
    for place, (title, fields) in enumerate(PAGES.items()):
        title = title.replace("<b>", "< b")
        text = (
            f"---\ntitel: '{title}'\nsamenvatting: Kort.\naandachtsveld: [Buurten aan "
            f"zet]\ndatum: 2026-03-09\n{fields}\n---\n"
        )
        texts[f"instruments/pagina-{place}.md"] = text
    return pages(tmp_path / "content", texts)


def test_a_period_chooses_what_may_fall_in_it_and_names_what_has_no_time(
    content: Path, tmp_path: Path
) -> None:
    done = report(
        "--content",
        content,
        "--from",
        "2019-01-01",
        "--to",
        "2019-12-31",
        "--output",
        "r.docx",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    document = docx.Document(str(tmp_path / "r.docx"))
    assert sorted(headings(document, 3)) == [
        "in-de-zomer",
        "loopt-door",
        "misschien",
        "raar-< b|*teken*",
    ]
    assert headings(document, 1)[-1] == "Niet opgenomen: pagina’s zonder periode"
    assert [p.text for p in document.paragraphs if style_of(p) == "List Bullet"] == [
        "zonder (instrument)"
    ]
    assert "Periode: 1 januari 2019 tot en met 31 december 2019" in [
        p.text for p in document.paragraphs
    ]
    assert (
        report(
            "--content", content, "--to", "2018-06-30", "--output", "r.md", cwd=tmp_path
        ).returncode
        == 0
    )
    assert re.findall(
        r"^#### (.*)$", (tmp_path / "r.md").read_text(encoding="utf-8"), re.MULTILINE
    ) == ["loopt-door", "net-ervoor"]


def test_signs_stay_signs_in_markdown_and_html(content: Path, tmp_path: Path) -> None:
    for name, shown in (("r.md", r"raar-\< b\|\*teken\*"), ("r.html", "raar-&lt; b|*teken*")):
        assert report("--content", content, "--output", name, cwd=tmp_path).returncode == 0
        assert shown in (tmp_path / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--output", "rapport.pdf"], ".docx, .md of .html"),
        (["--from", "1 januari"], "‘1 januari’ is geen datum"),
        (["--to", "2019-02-30"], "is geen datum"),
        (["--from", "2020-01-01", "--to", "2019-01-01"], "voordat zij begint"),
        (["--output", "er-is-geen/map.md"], "bestaat niet"),
        (["--content", "er-is-niets"], "bestaat niet"),
        (["--output", "/proc/rapport.docx"], "kan niet worden geschreven"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_ends_with_2_and_writes_nothing(
    arguments: list[str], says: str, tmp_path: Path
) -> None:
    done = report("--content", SITE, *arguments, cwd=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert says in done.stderr and "Traceback" not in done.stderr


def test_content_with_errors_makes_no_report(content: Path, tmp_path: Path) -> None:
    (content / "instruments" / "leeg.md").write_text("", encoding="utf-8")
    done = report("--content", content, cwd=tmp_path)
    assert done.returncode == 1
    assert "leeg.md:1: fout: " in done.stdout
    assert not list(tmp_path.glob("*.docx"))


def test_content_without_pages_makes_a_report_too(tmp_path: Path) -> None:
    pages(tmp_path / "content", {})
    assert report("--content", "content", "--output", "r.docx", cwd=tmp_path).returncode == 0
    assert headings(docx.Document(str(tmp_path / "r.docx")), 1)[0] == "Inleiding"
