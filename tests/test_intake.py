"""Make drafts of what somebody sent: what is understood, what is told, and that nothing in it can
do harm.
"""

from __future__ import annotations

import io
import re
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import event, given
from hypothesis import strategies as st

import new as command
from building import ROOT, SITE, pages
from concept import Concept
from kennisplatform.content.frontmatter import read_document
from kennisplatform.content.intake.draft import Draft, kind_of, make_draft
from kennisplatform.content.intake.files import MAX_FILE, MAX_TEXT, read_source
from kennisplatform.content.intake.parts import read_form
from kennisplatform.content.intake.rewrite import escape
from kennisplatform.content.load import load_library
from kennisplatform.content.markup import parse
from kennisplatform.content.validation import read_fields
from kennisplatform.content.vocabulary_files import load_vocabulary
from kennisplatform.model.findings import Refused
from kennisplatform.model.head import write_head
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.text import slugify, taken_out
from test_fuzz import BODIES, HARM, WORDS, Reader

VOCABULARY = load_vocabulary(SITE / "vocabulary", "vocabulary")[0]
FILE_OF_FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "nieuwe-praktijk.yml"
FORM = read_form(FILE_OF_FORM)
CASES = Path(__file__).parent / "intake"
KNOWN = {"veld-ontbreekt", "plaats-ontbreekt", "te-veel-opmaak", "bestand-te-groot"}
"""What the check may say of a draft: that something is missing, or that the text is more than a
page holds.
"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
MAILBOX, PHONE, BSN = "jan.jansen@esdorp.example", "06-12345678", "1234.56.782"


def draft_of(data: str | bytes) -> tuple[Draft, str]:
    """Make a draft, and give it with the text of its file."""
    source = read_source(data.encode() if isinstance(data, str) else data)
    collectie = kind_of(source)
    draft = make_draft(source, FORM, collectie, VOCABULARY, {})
    values = {"datum": "2026-03-09", "concept": "ja"} | draft.values
    return draft, Concept(Path(), collectie, VOCABULARY, values, draft.body).text()


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                f"### {q}"
                for q in (
                    "Hoe heet de praktijk?",
                    "Waar is het gebeurd?",
                    "Bij welk aandachtsveld hoort het?",
                    "Wat is er gedaan?",
                    "Waar kunnen wij dit nalezen?",
                    "Hoe ver is het?",
                    "Voordat u verstuurt",
                )
            ]
        ),
        st.sampled_from(
            [
                "Esdorp en Súdermar",
                "buurten aan zet",
                "proef",
                "_No response_",
                "",
                "titel: x",
                "concept: nee",
                "---",
                "## Lessen",
                "Van: a",
                "Aan: b",
                "> aangehaald",
                "Op ma 2 mrt 2026 om 10:00 schreef Jan:",
                "Beste redactie,",
                "Groet, Jan",
                "| gemeente | Esdorp |",
                "|---|---|",
                "https://esdorp.example/a Verslag",
                "http://a.nl",
                "https://a\u2100.nl/b c",
                f"https://a.nl/{'x' * 600}",
                f"mail {MAILBOX} of {PHONE} over {BSN}",
                "**Waar is het gebeurd?**",
                "\ufeff",
                "x" * 3000,
            ]
        ),
        BODIES,
        st.text(max_size=20),
    ),
    max_size=12,
).map("\n".join)


@given(LINES)
def test_any_text_becomes_a_draft_that_can_do_nothing(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "a.md"
    try:
        draft, written = draft_of(text.encode("utf-8", "replace"))
    except Refused:
        event("refused")
        return
    event("with text" if len(draft.body) > 100 else "empty")
    file.write_text(written, encoding="utf-8")
    document, findings = read_document(file, "a.md")
    assert document, [str(f) for f in findings]
    collectie = COLLECTIES["practices"]
    findings += read_fields(document, collectie, VOCABULARY)[1]
    body, unsafe = parse(document.body, "a.md", document.body_line, str)
    assert {f.code for f in (*findings, *unsafe)} <= KNOWN, (
        written,
        [str(f) for f in (*findings, *unsafe)],
    )
    assert document.fields["concept"] == "ja"
    assert written.startswith(f"---\n{write_head(document.fields, collectie.model)}---\n")
    assert not re.search(r"<[a-zA-Z/!?]", written)
    reader = Reader()
    reader.feed(body.html)
    assert reader.harm == []
    for secret in (MAILBOX, PHONE, BSN):
        assert secret not in body.text and secret not in written
    assert all(len(remark.text) < 500 for remark in draft.remarks)


@pytest.mark.parametrize("file", sorted(CASES.glob("*.yml")), ids=lambda f: f.stem)
def test_case(file: Path) -> None:
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    draft, _ = draft_of(case["text"])
    assert draft.values == case["fields"]
    parts = re.split(r"^## (.*)\n", draft.body, flags=re.MULTILINE)[1:]
    assert {
        kop: text.strip("\n")
        for kop, text in zip(parts[::2], parts[1::2], strict=True)
        if text.strip()
    } == case["texts"]
    told = [(remark.line, remark.text) for remark in draft.remarks]
    assert [line for line, _ in told] == [remark["at"] for remark in case["remarks"]], told
    for (_, text), remark in zip(told, case["remarks"], strict=True):
        assert remark["says"] in text


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def element(tag: str, *inner: Any, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name.replace("_", ":")), value)
    made.extend(inner)
    return made


def run(words: str, tag: str = "w:t") -> Any:
    text = element(tag)
    text.text = words
    return element("w:r", text)


def test_a_word_document_becomes_a_draft() -> None:
    """With what people use: styles, lists in lists, a link, a table, tracked changes, a field of a
    form, a picture.
    """
    document = docx.Document()
    document.add_heading("Een tuin voor Esdorp", 0)
    document.add_paragraph("Gemeente: Esdorp")
    document.add_heading("Aanleiding", 1)
    first = document.add_paragraph("De straat was ")
    first.add_run("heel ").bold = True
    first.add_run("kaal").bold = True
    first.add_run(". Zie ")
    link = document.part.relate_to(
        "https://esdorp.example/tuin_(1)", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    first._p.append(element("w:hyperlink", run("de foto’s"), r_id=link))
    first._p.append(element("w:ins", run(" van toen")))
    first._p.append(element("w:del", run("GEHEIM", "w:delText")))
    first.add_run("*.")
    document.add_paragraph("Zand", style="List Bullet")
    document.add_paragraph("Water", style="List Bullet")
    document.add_heading("Hoe wij het deden", 2)
    document.add_paragraph("Graven", style="List Number")
    for words, number, level in (
        ("Met een schop", "1", "0"),
        ("En een emmer", "1", "1"),
        ("Tot het donker was", "7", "0"),
    ):
        own = element("w:numPr", element("w:ilvl", w_val=level), element("w:numId", w_val=number))
        document.add_paragraph(words)._p.get_or_add_pPr().append(own)
    table = document.add_table(2, 2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ("Maand", "Bakken", "mei", "1|2"), strict=True
    ):
        cell.text = words
    document.element.body.insert(
        -1, element("w:sdt", element("w:sdtContent", element("w:p", run("Uit een veld."))))
    )
    document.add_paragraph().add_run().add_picture(io.BytesIO(PIXEL))
    draft, _ = draft_of(saved(document))
    assert draft.values["titel"] == "Een tuin voor Esdorp"
    assert draft.values["gemeente"] == ["Esdorp"]
    assert (
        "\n".join(line for line in draft.body.split("\n") if line)
        == """## Aanleiding
De straat was **heel kaal**. Zie [de foto’s](https://esdorp.example/tuin_%281%29) van toen\\*.
- Zand
- Water
### Hoe wij het deden
1. Graven
- Met een schop
    - En een emmer
1. Tot het donker was
| Maand | Bakken |
| --- | --- |
| mei | 1\\|2 |
Uit een veld.
## Aanpak
## Resultaat
## Lessen
## Meer weten"""
    )
    assert [
        remark.line for remark in draft.remarks if "een afbeelding of tekstvak" in remark.text
    ] == [15]


def test_a_form_in_a_word_table_is_read_as_a_form() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    answers = {
        "Hoe heet de praktijk?": "Een tuin",
        "Waar is het gebeurd?": "Esdorp",
        "Wat is er gedaan?": "Wij groeven.",
    }
    for row, answer in zip(table.rows, answers.items(), strict=True):
        row.cells[0].text, row.cells[1].text = answer
    draft, _ = draft_of(saved(document))
    assert (draft.values["titel"], draft.values["gemeente"]) == ("Een tuin", ["Esdorp"])
    assert "## Aanpak\n\nWij groeven.\n" in draft.body


def message(text: str, **more: Any) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = (
        f"Jan Jansen <{MAILBOX}>",
        "Fwd: Nieuwe bijeenkomst: Wandelen in Esdorp",
    )
    made.set_content(text, **more)
    return made


@pytest.mark.parametrize(
    "more", [{}, {"charset": "iso-8859-15", "cte": "quoted-printable"}, {"cte": "base64"}]
)
def test_a_saved_mail_becomes_a_draft(more: dict[str, str]) -> None:
    mail = message("Wij liepen in Súdermar.\n\nGroet, Jan\n", **more)
    mail.add_alternative("<p>Iets anders.</p>", subtype="html")
    mail.add_attachment(PIXEL, "image", "png", filename="zaal.png")
    draft, written = draft_of(mail.as_bytes())
    assert draft.values["titel"] == "Wandelen in Esdorp"
    assert (
        "## Aanpak\n\nWij liepen in Súdermar.\n" in written
        and "Jan" not in written
        and "Iets anders" not in written
    )
    assert any("zaal.png" in remark.text for remark in draft.remarks)
    assert kind_of(read_source(mail.as_bytes())) is COLLECTIES["events"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("De fierljepper spraken zij ‘oké’.".encode("utf-16"), False),
        ("De fierljepper spraken zij ‘oké’.".encode("utf-16-le"), False),
        ("\ufeffDe fierljepper spraken zij ‘oké’.".encode(), False),
        ("De fierljepper spraken zij ‘oké’.".encode("cp1252"), True),
        ("De fierljepper\r\nspraken zij ‘oké’.".encode(), False),
    ],
)
def test_an_encoding_is_recognised_or_told(data: bytes, told: bool) -> None:
    draft, written = draft_of(data)
    assert "‘oké’" in written and "fierljepper" in written
    assert any("Windows-1252" in remark.text for remark in draft.remarks) == told


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(
                zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED
            )  # of no hour: every worker must collect the same
    return file.getvalue()


def changed(part: str, *pairs: bytes) -> bytes:
    """Give a Word document in a part of which pieces of XML are replaced: old, new, old, new."""
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)
    return packed(parts)


WORD = "word/document.xml"
BESIDE = b"<w:body><w:p><w:r><w:t>Tekst &h; en meer</w:t></w:r></w:p>"
ENTITIES = (
    b'?><!DOCTYPE x [<!ENTITY a "'
    + b"a" * 1000
    + b'">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (sign + 1, b"&%c;" % sign * 50) for sign in range(ord("a"), ord("h"))
    )
    + b"]>"
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "staat geen tekst"),
        (b" \n\t", "staat geen tekst"),
        (b"%PDF-1.7 x", "een pdf"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Word-document"),
        (b"\x89PNG\r\n\x1a\n", "een afbeelding"),
        (b"<!DOCTYPE html><p>x", "een webpagina"),
        (bytes(range(256)) * 9, "geen tekst"),
        (b"\x00" * 500, "geen tekst"),
        (b"x" * (MAX_FILE + 1), "te groot"),
        (b"x" * (MAX_TEXT + 1), "te lang"),
        (b"x\n" * 3000, "te lang"),
        (b"PK\x03\x04 and nothing more", "niet te lezen"),
        (packed({"content.xml": b"x"}), "geen Word-document"),
        (packed({WORD: b"x"}), "niet te lezen"),
        (packed({WORD: b"x" * 6_000_000}), "te groot"),
        (
            packed({WORD: b"x", **{f"word/media/{n}.png": b"\0" * 10_000_000 for n in range(4)}}),
            "te groot",
        ),
        (packed({WORD: b"x", **{str(n): b"" for n in range(1001)}}), "te groot"),
        (
            changed(
                "[Content_Types].xml",
                b"wordprocessingml.document.main+xml",
                b"wordprocessingml.document.macroEnabled.main+xml",
            ),
            "macro",
        ),
        (
            changed(WORD, b"<w:body>", b"<w:body>" + b"<w:x>" * 10_000 + b"</w:x>" * 10_000),
            "niet te lezen",
        ),
        (changed(WORD, b"?>", ENTITIES, b"<w:body>", BESIDE), "niet te lezen"),
        (message("<p>x</p>", subtype="html").as_bytes(), "geen gewone tekst"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n"
            + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 1500,
            "niet te lezen|geen gewone tekst",
        ),
    ],
    ids=lambda value: str(value[:12]),
)
def test_what_cannot_be_read_gets_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_source(data)


def test_an_entity_of_a_document_is_not_followed() -> None:
    lines = read_source(
        changed(
            WORD,
            b"?>",
            b'?><!DOCTYPE x [<!ENTITY h SYSTEM "file:///etc/passwd">]>',
            b"<w:body>",
            BESIDE,
        )
    ).lines
    assert "".join(line.text for line in lines) == "Tekst"


@given(
    st.lists(
        st.sampled_from([*WORDS, *HARM, "1. ", "- ", "# ", "> ", "+", "=", "a", "\n"]), max_size=12
    ).map("".join)
)
def test_a_text_that_is_escaped_is_shown_as_it_is(text: str) -> None:
    """But for what is changed on purpose, and for the lines and spaces that Markdown does not
    keep.
    """
    changed = (
        text.replace("{", "(")
        .replace("}", ")")
        .replace("](", "] (")
        .replace("8<", "8 <")
        .replace("\x00", "\ufffd")
    )
    body, _ = parse(escape(text), "a.md", 1, str)
    shown = "".join("".join(a.text for a in body.paragraphs).split())
    assert shown == taken_out("".join(changed.split()))
    assert body.headings == () and body.addresses == () and body.links == ()


def test_the_questions_of_the_issue_form_are_fields_or_usual_headings() -> None:
    """So that the form and what reads it cannot drift apart; agreements go to no page."""
    parts = [
        part
        for part in yaml.safe_load(FILE_OF_FORM.read_text(encoding="utf-8"))["body"]
        if "id" in part
    ]
    places = {
        *COLLECTIES["practices"].model.model_fields,
        *map(slugify, COLLECTIES["practices"].koppen),
    }
    assert {part["id"] for part in parts if part["type"] != "checkboxes"} <= places
    assert len(FORM.boxes) == 2


def test_gitlab_asks_what_github_asks() -> None:
    text = (ROOT / ".gitlab" / "issue_templates" / "Nieuwe praktijk.md").read_text(encoding="utf-8")
    asked = {slugify(question): id for question, id in FORM.questions.items() if id != "akkoord"}
    assert {
        slugify(question) for question in re.findall(r"^\*\*(.*?)\*\*", text, re.MULTILINE)
    } == set(asked)
    assert tuple(re.findall(r"^- \[ \] (.*)", text, re.MULTILINE)) == FORM.boxes


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return pages(tmp_path / "content", {})


def test_a_reviewer_is_told_what_is_there_what_lacks_and_what_to_look_at(
    content: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """With the line of each; and what she must do next."""
    case = yaml.safe_load(
        (CASES / "names-that-are-not-known-are-told-and-never-guessed.yml").read_text(
            encoding="utf-8"
        )
    )
    Path("issue.md").write_text(case["text"], encoding="utf-8")
    assert (
        command.main(
            ["--from", "issue.md", "Een", "dag", "--content", "content", "--soort", "kijkdag"]
        )
        == 1
    )
    said = capfd.readouterr().out
    for part in (
        "Geschreven: content/practices/een-dag.md",
        "content/practices/een-dag.md:4: fout: het veld ‘aandachtsveld’ ontbreekt.",
        "Ingevuld: titel (2), samenvatting (3), soort (6), gemeente (7).",
        "Ontbreekt: aandachtsveld.",
        "Koppen zonder tekst: Aanleiding (11), Resultaat (17), Lessen (19), Meer weten (21).",
        "issue.md:7: ‘In Esdrop’ is bij gemeente niet herkend",
        "namen van personen",
        "scripts/serve",
        "http://127.0.0.1:8000/praktijken/een-dag/",
    ):
        assert part in said, part
    assert command.main(["--from", "issue.md", "Een", "dag", "--content", "content"]) == 2
    assert "bestaat al" in capfd.readouterr().err


def test_a_text_without_mistakes_is_a_page_that_passes(
    content: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    case = yaml.safe_load(
        (CASES / "a-form-of-github-becomes-a-draft.yml").read_text(encoding="utf-8")
    )
    Path("issue.md").write_text(case["text"], encoding="utf-8")
    assert command.main(["praktijk", "--from", "issue.md", "--content", "content"]) == 0
    library = load_library(content, "content", SITE)
    assert [page.slug for page in library.drafts] == ["een-moestuin-voor-de-hele-straat"]
    assert "Ontbreekt: niets." in capfd.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--from", "er-is-niets.md"), "bestaat niet"),
        (("--from", "content"), "geen bestand"),
        (("--from", "leeg.md"), "staat geen tekst"),
        (("--from", "kort.md"), "Geef ook een titel"),
        (("--from", "kort.md", "Titel", "--gemeente", "Esdrop"), "Bedoeld: ‘Esdorp’?"),
    ],
)
def test_what_cannot_become_a_draft_is_said(
    arguments: tuple[str, ...], says: str, content: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("leeg.md").touch()
    Path("kort.md").write_text("Iets, maar wat?\nNiemand weet het.\n", encoding="utf-8")
    assert command.main([*arguments, "--content", "content"]) == 2
    assert says in (said := capfd.readouterr().err) and said.endswith("Er is niets geschreven.\n")
    assert list(content.glob("practices/*")) == []


@pytest.mark.parametrize(
    ("answer", "sources", "told"),
    [
        (
            "Evaluatie: [hier](https://a.nl/x), blz. 12 en het raadsbesluit",
            [("Evaluatie", "https://a.nl/x"), ("blz. 12 en het raadsbesluit", "")],
            "een eigen bron geworden: ‘blz. 12 en het raadsbesluit’",
        ),
        ("https://a.nl/x Verslag van de proef", [("Verslag van de proef", "https://a.nl/x")], ""),
        (
            "De nota [deel 1](https://a.nl/1) en [deel 2](https://a.nl/2)",
            [("De nota: deel 1", "https://a.nl/1"), ("deel 2", "https://a.nl/2")],
            "",
        ),
        (
            "Raad (zie https://nl.example.org/wiki/Raad_(orgaan)).",
            [("Raad", "https://nl.example.org/wiki/Raad_(orgaan)")],
            "",
        ),
        (f"{'Lang ' * 40}https://a.nl", [(("Lang " * 32).strip(), "https://a.nl")], "ingekort"),
    ],
)
def test_nothing_that_is_said_of_a_source_is_lost(
    answer: str, sources: list[tuple[str, str]], told: str
) -> None:
    draft, _ = draft_of(
        f"### Hoe heet de praktijk?\n\nX\n\n### Waar kunnen wij dit nalezen?\n\n{answer}\n"
    )
    assert [(one["titel"], one.get("url", "")) for one in draft.values["bronnen"]] == sources
    assert told in " ".join(remark.text for remark in draft.remarks)


def test_a_table_without_dashes_stays_a_table_and_braces_are_told() -> None:
    draft, text = draft_of("### Wat is er gedaan?\n\n| a | b |\n| 1 | 2 |\n\nVul {{ naam }} in.\n")
    assert "| a | b |\n| --- | --- |\n| 1 | 2 |" in text
    assert [r for r in draft.remarks if "accolades" in r.text and r.line == 6]


def test_the_hint_of_the_form_itself_is_not_told_as_left_out() -> None:
    form = (ROOT / ".gitlab" / "issue_templates" / "Nieuwe praktijk.md").read_text(encoding="utf-8")
    draft, _ = draft_of(
        form.replace("gebeurd?** (gemeenten, provincie of organisatie)", "gebeurd?**\n\nPolderstad")
    )
    assert not [remark for remark in draft.remarks if "weggelaten" in remark.text]


def test_of_marks_that_a_page_makes_otherwise_the_words_stay() -> None:
    text = 'Term\n: uitleg\n\n!!! note "Let op"\n    pas op\n\nZie[^1] www.a.nl\n\n[^1]: voetnoot\n'
    draft, _ = draft_of(f"### Wat is er gedaan?\n\n{text}")
    for words in ("Term", "uitleg", "Let op", "pas op", "Zie", "voetnoot", "www"):
        assert words in draft.body
