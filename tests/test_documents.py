"""Hold what happens to a document on its way to the site: judged by what is in it, without the
names of its makers, offered under a name that follows from its content, and found by its text.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Page, expect
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from building import SITE, pages, platform_of
from conftest import host_headers
from kennisplatform.content.attached.files import judge, read_attached
from kennisplatform.content.attached.packages import MOST_PARTS
from kennisplatform.content.attached.pictures import without_properties
from kennisplatform.content.attached.verdict import MAX_FOUND, Unfit, Verdict
from kennisplatform.content.load import load_library
from kennisplatform.model.library import DOCUMENT_KINDS, SiteDocument
from kennisplatform.site.site import site_pages
from test_search_browser import RESULT, ask

DOCUMENTS = SITE / "documenten"
MAKER = "Mientje Verzonnen"


def sound(suffix: str, raw: bytes) -> Verdict:
    found = judge(suffix, raw)
    assert isinstance(found, Verdict), found
    return found


def refused(suffix: str, raw: bytes) -> str:
    found = judge(suffix, raw)
    assert isinstance(found, Unfit)
    assert found.repair
    return found.message


def example(suffix: str) -> Path:
    (file,) = DOCUMENTS.glob(f"*{suffix}")
    return file


def taken(file: Path) -> SiteDocument:
    found, findings = read_attached(file, file.name)
    assert findings == []
    assert found
    return found


# What passes


@pytest.mark.parametrize("suffix", DOCUMENT_KINDS)
def test_a_document_keeps_its_content_and_loses_its_makers(suffix: str) -> None:
    raw = example(suffix).read_bytes()
    found = sound(suffix, raw)
    assert found.clean == sound(suffix, raw).clean
    again = sound(suffix, found.clean)
    assert (again.text, again.lacks) == (found.text, found.lacks)
    assert not {value for _, value in again.properties} & {MAKER}
    assert bool(found.text) == (suffix in (".pdf", ".docx", ".odt"))
    if suffix != ".csv":
        assert MAKER in {value for _, value in found.properties}
        assert found.left == ()


def test_a_pdf_for_everybody_stays_one() -> None:
    found = sound(".pdf", example(".pdf").read_bytes())
    reader = PdfReader(BytesIO(found.clean))
    assert found.lacks == ()
    assert reader.metadata == {"/Title": "Draaiboek voor een tuinavond"}
    assert {"/StructTreeRoot", "/MarkInfo", "/Lang", "/Metadata"} <= reader.root_object.keys()
    assert reader.xmp_metadata
    assert b"http://www.aiim.org/pdfua/ns/id/" in reader.xmp_metadata.stream.get_data()
    assert MAKER.encode() not in found.clean


def test_an_office_document_keeps_every_part() -> None:
    raw = example(".docx").read_bytes()
    clean = BytesIO(sound(".docx", raw).clean)
    with zipfile.ZipFile(BytesIO(raw)) as before, zipfile.ZipFile(clean) as after:
        assert after.namelist() == before.namelist()
        changed = {n for n in after.namelist() if after.read(n) != before.read(n)}
    assert changed == {"docProps/core.xml", "docProps/app.xml"}
    opened = docx.Document(clean)
    assert [p.text for p in opened.paragraphs][:1] == ["Formulier voor een buurtplan"]


def test_only_the_first_words_of_a_document_are_kept() -> None:
    document = docx.Document()
    document.add_paragraph("woord " * 30_000)
    out = BytesIO()
    document.save(out)
    assert len(sound(".docx", out.getvalue()).text) == MAX_FOUND


def test_a_name_follows_from_the_content(tmp_path: Path) -> None:
    one, other = tmp_path / "lijst.csv", tmp_path / "los" / "lijst.csv"
    other.parent.mkdir()
    one.write_bytes(b"a;b\n1;2\n")
    other.write_bytes(b"a;b\n1;3\n")
    first, second = taken(one), taken(other)
    assert first.address != second.address
    assert first.address.startswith("documenten/lijst-")
    other.write_bytes(one.read_bytes())
    assert taken(other).address == first.address
    assert taken(other).file == other
    assert (first.kind, first.media_type, first.worded_size) == ("csv", "text/csv", "1 kB")


# Pictures within


def photograph(kind: str, **saving: Any) -> bytes:
    """Make a picture that says who took it, where, and which side is up."""
    about = Image.Exif()
    about[ExifTags.Base.Artist] = MAKER
    about[ExifTags.Base.Orientation] = 6
    about.get_ifd(ExifTags.IFD.GPSInfo)[1] = "N"
    out = BytesIO()
    picture = Image.linear_gradient("L").convert("RGB")
    words = PngInfo()
    words.add_text("Author", MAKER)
    own: dict[str, dict[str, Any]] = {
        "PNG": {"pnginfo": words},
        "JPEG": {"comment": MAKER},
        "TIFF": {"software": MAKER},
    }
    picture.save(out, kind, exif=about.tobytes(), **own.get(kind, {}), **saving)
    return out.getvalue()


PICTURES = {
    "jpeg": lambda: photograph("JPEG"),
    "jpeg in layers": lambda: photograph("JPEG", progressive=True),
    "two in one": lambda: photograph("JPEG") + photograph("JPEG"),
    "png": lambda: photograph("PNG"),
    "webp": lambda: photograph("WEBP", xmp=MAKER.encode()),
    "tiff": lambda: photograph("TIFF"),
}


def with_picture(suffix: str, picture: bytes) -> bytes:
    """Put a picture in a sound document, as a part of it."""
    out = BytesIO(example(suffix).read_bytes())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("media/foto", picture)
    return out.getvalue()


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("suffix", [".docx", ".odp"])
def test_a_picture_in_a_document_says_no_more_than_it_shows(name: str, suffix: str) -> None:
    picture = PICTURES[name]()
    found = sound(suffix, with_picture(suffix, picture))
    assert {MAKER, "een plaats (GPS)"} <= {value for _, value in found.properties}
    assert found.people == ()
    with zipfile.ZipFile(BytesIO(found.clean)) as package:
        clean = package.read("media/foto")
    assert MAKER.encode() not in clean
    with Image.open(BytesIO(picture)) as before, Image.open(BytesIO(clean)) as after:
        assert after.tobytes() == before.tobytes()
        told = after.getexif()
        assert not told.get_ifd(ExifTags.IFD.GPSInfo)
        assert after.format != "JPEG" or dict(told) == {ExifTags.Base.Orientation: 6}
    assert without_properties(clean) == (clean, [])


def in_a_document(picture: bytes) -> tuple[bytes, Verdict]:
    found = sound(".docx", with_picture(".docx", picture))
    with zipfile.ZipFile(BytesIO(found.clean)) as package:
        return package.read("media/foto"), found


@pytest.mark.parametrize("boxes", [True, False])
def test_a_jpeg_2000_says_no_more_than_it_shows(boxes: bool) -> None:
    out = BytesIO()
    picture = Image.linear_gradient("L")
    picture.save(out, "JPEG2000", comment=MAKER, no_jp2=not boxes)
    words = MAKER.encode()
    box = (len(words) + 8).to_bytes(4) + b"xml " + words if boxes else b""
    clean, _ = in_a_document(out.getvalue() + box)
    assert words in out.getvalue() and words not in clean
    with Image.open(out) as before, Image.open(BytesIO(clean)) as after:
        assert after.tobytes() == before.tobytes()


def test_a_drawing_says_no_more_than_it_shows() -> None:
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    line = '><title>Een streep</title><path d="M0 0h9"/></svg>'
    drawn = (
        f"<!-- {MAKER} -->{head} inkscape:export-filename='/home/{MAKER}/a.png'><metadata "
        f'id="m"><dc:creator>{MAKER}</dc:creator></metadata{line}'
    )
    clean, found = in_a_document(drawn.encode())
    assert clean.decode() == head + line
    assert ("metadata", MAKER) in found.properties


def test_a_picture_of_another_kind_is_told_when_something_stands_beside_it() -> None:
    raw = b"\0\0\0\x1cftypavif....Exif\0\0..."
    clean, found = in_a_document(raw)
    assert (clean, found.people) == (raw, ("wat een camera bij een beeld schreef",))


def test_a_photograph_in_a_pdf_says_no_more_than_it_shows() -> None:
    picture = photograph("JPEG")

    def add(writer: PdfWriter) -> None:
        stream = EncodedStreamObject()
        stream._data = picture
        stream.update(named(Subtype="/Image", Filter="/DCTDecode"))
        writer.pages[0][NameObject("/Thumb")] = writer._add_object(stream)

    found = sound(".pdf", pdf(add))
    assert ("Artist", MAKER) in found.properties
    assert MAKER.encode() not in found.clean
    assert without_properties(picture)[0] in found.clean


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_is_cut_off_stops_nothing(name: str) -> None:
    whole = PICTURES[name]()
    for end in range(0, len(whole), 97):
        without_properties(whole[:end])


# A pdf that does more than be read


def pdf(change: Callable[[PdfWriter], object] = lambda writer: None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def named(**values: object) -> DictionaryObject:
    """Make a dictionary; text with a slash before it is a name."""
    made = DictionaryObject()
    for key, value in values.items():
        if isinstance(value, str):
            value = NameObject(value) if value.startswith("/") else TextStringObject(value)
        made[NameObject(f"/{key}")] = value
    return made


def opens(**action: object) -> bytes:
    """A pdf that does something when it is opened."""
    return pdf(
        lambda writer: writer.root_object.update(
            {NameObject("/OpenAction"): writer._add_object(named(**action))}
        )
    )


def annotated(**values: object) -> bytes:
    corners = ArrayObject(map(FloatObject, (0, 0, 10, 10)))

    def add(writer: PdfWriter) -> None:
        remark = writer._add_object(named(Type="/Annot", Rect=corners, **values))
        writer.pages[0][NameObject("/Annots")] = ArrayObject([remark])

    return pdf(add)


def outside(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream[NameObject("/F")] = TextStringObject("//server/geheim")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


def hidden_name(writer: PdfWriter) -> None:
    """The kind of an action may be an object of its own."""
    kind = writer._add_object(NameObject("/Launch"))
    writer.root_object[NameObject("/OpenAction")] = named(S=kind, F="cmd.exe")


BAD_PDFS: dict[str, tuple[Callable[[], bytes], str]] = {
    "script at opening": (lambda: opens(S="/JavaScript", JS="app.alert(1)"), "script"),
    "script by name": (
        lambda: pdf(
            lambda w: w.root_object.update(
                {NameObject("/Names"): named(JavaScript=named(Names=ArrayObject()))}
            )
        ),
        "script",
    ),
    "form of a script": (
        lambda: pdf(lambda w: w.root_object.update({NameObject("/AcroForm"): named(XFA="<xdp/>")})),
        "script",
    ),
    "a program": (lambda: opens(S="/Launch", F="cmd.exe"), "start zelf iets"),
    "a program, hidden": (lambda: pdf(hidden_name), "start zelf iets"),
    "another document": (lambda: opens(S="/GoToR", F="//server/x.pdf"), "start zelf iets"),
    "a form that is sent": (lambda: opens(S="/SubmitForm", F="https://x.example"), "start zelf"),
    "a link to a file": (
        lambda: annotated(Subtype="/Link", A=named(S="/URI", URI="file:///etc/passwd")),
        "start zelf iets",
    ),
    "a link that is a script": (
        lambda: annotated(Subtype="/Link", A=named(S="/URI", URI="java\nscript:alert(1)")),
        "start zelf iets",
    ),
    "a file within": (lambda: pdf(lambda w: w.add_attachment("a.exe", b"MZ")), "andere bestanden"),
    "a film": (lambda: annotated(Subtype="/RichMedia"), "film"),
    "from elsewhere": (lambda: pdf(outside), "haalt iets op"),
    "a password": (lambda: pdf(lambda w: w.encrypt("geheim", algorithm="RC4-128")), "beveiligd"),
    "no copying": (
        lambda: pdf(lambda w: w.encrypt("", "eigenaar", algorithm="RC4-128")),
        "beveiligd",
    ),
}


@pytest.mark.parametrize("name", BAD_PDFS)
def test_a_pdf_that_does_more_than_be_read_is_refused(name: str) -> None:
    make, says = BAD_PDFS[name]
    assert says in refused(".pdf", make())


def test_a_link_to_a_site_may_stay() -> None:
    link = annotated(Subtype="/Link", A=named(S="/URI", URI="https://dorpen.example/a"))
    left = PdfReader(BytesIO(sound(".pdf", link).clean)).pages[0].annotations or ArrayObject()
    assert [one.get_object()["/A"]["/URI"] for one in left] == ["https://dorpen.example/a"]


def test_what_nothing_in_a_pdf_leads_to_is_left_behind() -> None:
    lost = b"9 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj\n"
    raw = pdf().replace(b"1 0 obj", lost + b"1 0 obj", 1)
    assert b"cmd.exe" not in sound(".pdf", raw).clean


def signed(writer: PdfWriter) -> None:
    writer.metadata = {"/Author": MAKER}
    bytes_of = ArrayObject(map(NumberObject, (0, 1, 2, 3)))
    writer.root_object[NameObject("/AcroForm")] = named(
        Fields=ArrayObject([writer._add_object(named(Type="/Sig", ByteRange=bytes_of))])
    )


def test_a_signed_pdf_stays_as_it_is_and_its_maker_is_told() -> None:
    raw = pdf(signed)
    found = sound(".pdf", raw)
    assert (found.clean, found.left) == (raw, (MAKER,))
    hidden = raw.replace(b"1 0 obj", b"%<</S/L#61unch>>\n1 0 obj", 1)
    assert "start zelf iets" in refused(".pdf", hidden)


def test_who_wrote_a_remark_in_a_pdf_is_not_told_to_visitors() -> None:
    found = sound(".pdf", annotated(Subtype="/Text", T=MAKER, Contents="Klopt dit?"))
    remarks = PdfReader(BytesIO(found.clean)).pages[0].annotations or ArrayObject()
    assert [one.get_object()["/Contents"] for one in remarks] == ["Klopt dit?"]
    assert [one for one in remarks if "/T" in one.get_object()] == []


# A package with more in it than a document


def repacked(
    suffix: str, parts: dict[str, bytes | None], old: bytes = b"", new: bytes = b""
) -> bytes:
    """Change or add parts of the example, or words in all of them."""
    out = BytesIO()
    with zipfile.ZipFile(example(suffix)) as before, zipfile.ZipFile(out, "w") as after:
        for name in dict.fromkeys((*before.namelist(), *parts)):
            raw = parts[name] if name in parts else before.read(name)
            if raw is not None:
                after.writestr(name, raw.replace(old, new) if old else raw, zipfile.ZIP_DEFLATED)
    return out.getvalue()


RELATION = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/%s" Target="%s" TargetMode="%s"/></Relationships>'
)
WORDS = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def related(kind: bytes, target: bytes, suffix: str = ".docx", mode: bytes = b"External") -> bytes:
    return repacked(suffix, {"word/_rels/extra.xml.rels": RELATION % (kind, target, mode)})


def field(*pieces: bytes) -> bytes:
    runs = b"".join(b"<w:r><w:instrText>%s</w:instrText></w:r>" % piece for piece in pieces)
    begin = b'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return repacked(".docx", {"word/extra.xml": b"<w:p %s>%s%s</w:p>" % (WORDS, begin, runs)})


def in_text(suffix: str, xml: bytes) -> bytes:
    """Put a piece into the text of an OpenDocument."""
    with zipfile.ZipFile(example(suffix)) as package:
        content = package.read("content.xml")
    end = {".odt": b"</office:text>", ".ods": b"</office:spreadsheet>"}[suffix]
    spaces = (
        b'xmlns:xlink="http://www.w3.org/1999/xlink" '
        b'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
        b'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    )
    return repacked(suffix, {"content.xml": content.replace(end, xml.replace(b"NS", spaces) + end)})


def twice(name: str) -> bytes:
    out = BytesIO(example(".docx").read_bytes())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, b"<a/>")
    return out.getvalue()


BAD_PACKAGES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "macros": (".docx", lambda: repacked(".docx", {"word/vbaProject.bin": b"x"}), "macro"),
    "a kind with macros": (
        ".docx",
        lambda: repacked(
            ".docx", {}, b"wordprocessingml.document.main+xml", b"word.macroEnabled.main+xml"
        ),
        "macro",
    ),
    "a template from elsewhere": (
        ".docx",
        lambda: related(b"attachedTemplate", b"https://elders.example/a.dotm"),
        "haalt iets op",
    ),
    "an image from elsewhere": (
        ".docx",
        lambda: related(b"image", b"https://elders.example/a.png"),
        "haalt iets op",
    ),
    "a page of html": (".docx", lambda: related(b"aFChunk", b"a.html", mode=b"Internal"), "ander"),
    "a control": (".docx", lambda: related(b"control", b"a.xml", mode=b"Internal"), "ander"),
    "a link to a script": (".docx", lambda: related(b"hyperlink", b"javascript:x"), "een link"),
    "a link to a share": (".docx", lambda: related(b"hyperlink", b"\\\\server\\x"), "een link"),
    "an object": (".docx", lambda: repacked(".docx", {"a.bin": b"\xd0\xcf\x11\xe0"}), "ander"),
    "a zip in a zip": (".docx", lambda: repacked(".docx", {"a.xml": b"PK\x03\x04"}), "ander"),
    "a field in pieces": (".docx", lambda: field(b" D", b"DEAUTO c:\\\\cmd.exe "), "haalt iets op"),
    "a field that spells": (".docx", lambda: field(b" QUOTE 68 68 69 "), "haalt iets op"),
    "an entity": (
        ".docx",
        lambda: repacked(".docx", {"a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "stuk",
    ),
    "a way out": (".docx", lambda: repacked(".docx", {"../../a.xml": b"<a/>"}), "een naam"),
    "a way out of Windows": (
        ".docx",
        lambda: repacked(".docx", {"..\\a.xml": b"<a/>"}),
        "een naam",
    ),
    "a part twice": (".docx", lambda: twice("WORD/document.xml"), "een naam"),
    "endless zeros": (".docx", lambda: repacked(".docx", {"a.bin": bytes(60_000_000)}), "te groot"),
    "endless parts": (
        ".docx",
        lambda: repacked(".docx", {f"{n}.xml": b"<a/>" for n in range(MOST_PARTS + 1)}),
        "te groot",
    ),
    "a fetching formula": (
        ".xlsx",
        lambda: repacked(".xlsx", {"a.xml": b"<c><f>1+WEBSERVICE(A1)</f></c>"}),
        "haalt iets op",
    ),
    "another workbook": (
        ".xlsx",
        lambda: related(b"externalLinkPath", b"b.xlsx", ".xlsx"),
        "haalt iets op",
    ),
    "a button with a macro": (
        ".pptx",
        lambda: repacked(".pptx", {"a.xml": b'<a action="ppaction://macro?name=b"/>'}),
        "macro",
    ),
    "a document by another name": (".xlsx", lambda: example(".docx").read_bytes(), "andere soort"),
    "a text as a table": (".ods", lambda: example(".odt").read_bytes(), "andere soort"),
    "an old or locked document": (".docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1", "wachtwoord"),
    "Basic": (".odt", lambda: repacked(".odt", {"Basic/script-lc.xml": b"<a/>"}), "macro"),
    "what happens at a click": (
        ".odt",
        lambda: in_text(".odt", b'<script:event-listener NS xlink:href="macro:a"/>'),
        "macro",
    ),
    "an image of elsewhere": (
        ".odt",
        lambda: in_text(".odt", b'<draw:image NS xlink:href="https://elders.example/a.png"/>'),
        "haalt iets op",
    ),
    "an object of elsewhere": (
        ".odt",
        lambda: in_text(".odt", b'<draw:object-ole NS xlink:href="./a"/>'),
        "ander bestand",
    ),
    "a link of a script": (
        ".odt",
        lambda: in_text(".odt", b'<text:a NS xlink:href="vnd.sun.star.script:a"/>'),
        "een link",
    ),
    "a password": (
        ".odt",
        lambda: repacked(".odt", {"META-INF/manifest.xml": b"<a><encryption-data/></a>"}),
        "wachtwoord",
    ),
    "a formula that asks": (
        ".ods",
        lambda: in_text(".ods", b"""<table:a table:formula="of:=DDE(&quot;x&quot;)"/>"""),
        "haalt iets op",
    ),
}


@pytest.mark.parametrize("name", BAD_PACKAGES)
def test_a_package_with_more_in_it_than_a_document_is_refused(name: str) -> None:
    suffix, make, says = BAD_PACKAGES[name]
    assert says in refused(suffix, make())


def test_a_link_that_has_the_word_of_a_field_may_stay() -> None:
    assert sound(".docx", field(b' HYPERLINK "https://dorpen.example/link" '))


def test_who_wrote_remarks_is_told() -> None:
    remark = b'<w:comment %s w:author="Mientje Verzonnen"/>' % WORDS
    assert sound(".docx", repacked(".docx", {"word/comments.xml": remark})).people == (MAKER,)


def test_a_signed_package_stays_as_it_is() -> None:
    raw = repacked(".odt", {"META-INF/documentsignatures.xml": b"<a/>"})
    found = sound(".odt", raw)
    assert (found.clean, found.left) == (raw, (MAKER,))


# What is too heavy or broken


def nested(deep: int) -> bytes:
    body = b"[" * deep + b"]" * deep
    return pdf().replace(b"/Type /Catalog", b"/Type /Catalog /A " + body)


def cut(suffix: str) -> bytes:
    raw = example(suffix).read_bytes()
    return raw[: len(raw) // 2]


def heavy_pages(writer: PdfWriter) -> None:
    """A map, a page with more words than can be read beside it, and a page of one line."""
    for drawn in (
        b"0 0 m 9 9 l S\n" * 140_000,
        b"BT /F 1 Tf (a) Tj ET\n" * 9_000,
        b"BT /F 1 Tf (raad) Tj ET",
    ):
        page = (
            writer.pages[0] if "/Contents" not in writer.pages[0] else writer.add_blank_page(9, 9)
        )
        text, font = (
            DecodedStreamObject(),
            named(Type="/Font", Subtype="/Type1", BaseFont="/Courier"),
        )
        text.set_data(drawn)
        page[NameObject("/Resources")] = named(Font=named(F=font))
        page[NameObject("/Contents")] = writer._add_object(text.flate_encode())


def test_a_pdf_that_takes_long_to_read_is_taken_with_fewer_words() -> None:
    assert sound(".pdf", pdf(heavy_pages)).text == "raad"


HEAVY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "brackets": (".pdf", lambda: nested(200_000)),
    "half a pdf": (".pdf", lambda: b"%PDF-1.7\n" + b"\x00" * 1_000),
    "half a package": (".docx", lambda: cut(".docx")),
    "tags": (
        ".docx",
        lambda: repacked(".docx", {"word/a.xml": b"<a>" * 3_000_000}),
    ),
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_is_too_heavy_or_broken_is_one_finding(name: str, tmp_path: Path) -> None:
    suffix, make = HEAVY[name]
    file = tmp_path / f"zwaar{suffix}"
    file.write_bytes(make())
    found, findings = read_attached(file, "a")
    assert found is None
    assert [(f.path, f.line, f.code) for f in findings] == [("a", 1, "document-onbruikbaar")]


# On the site


def test_only_what_a_page_of_the_site_names_is_given(tmp_path: Path) -> None:
    page = """---
titel: Een pagina
samenvatting: Kort.
aandachtsveld: [Buurten aan zet]
datum: 2026-03-09
documenten: [{titel: Lijst, bestand: %s.csv}]
---
"""
    content = pages(
        tmp_path / "content",
        {
            "instruments/af.md": page % "af",
            "instruments/nog-niet.md": (page % "geheim").replace("datum", "concept: ja\ndatum"),
            **{f"documenten/{name}.csv": f"a;{name}\n" for name in ("af", "geheim", "los")},
        },
    )
    library = load_library(content, "content", SITE)
    assert library.findings == ()
    assert [d.file.stem for d in library.documents] == ["af", "geheim", "los"]
    assert library.downloads.keys() == {"af.csv"}
    assert load_library(content, "content", SITE, drafts=True).downloads.keys() == {
        "af.csv",
        "geheim.csv",
    }


def test_every_kind_is_downloaded_under_its_own_name(page: Page, server: str, site: Path) -> None:
    rules = (site / "_headers").read_text(encoding="utf-8")
    found = {}
    for place in ("praktijken/moestuin-achter-de-kerk", "praktijken/een-euro-per-bewoner",
                  "instrumenten/tuin-op-papier", "kennisbank/wegwijzer-dorpsbudget",
                  "agenda/avond-over-gewone-taal"):  # fmt: skip
        page.goto(f"{server}/{place}/")
        for link in page.locator(".documenten a[download]").all():
            with page.expect_download() as started:
                link.click()
            name = started.value.suggested_filename
            address = (link.get_attribute("href") or "").removeprefix("../..")
            found[Path(name).suffix] = name, link.inner_text()
            assert link.get_attribute("type") == DOCUMENT_KINDS[Path(name).suffix]
            assert started.value.path().read_bytes() == taken(DOCUMENTS / name).ready.read_bytes()
            sent = host_headers(rules, address)
            assert sent["Content-Disposition"] == "attachment"
            assert sent["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
            assert sent["Cache-Control"].endswith("immutable")
    assert found.keys() == DOCUMENT_KINDS.keys()
    assert found[".pdf"][0] == "draaiboek-tuinavond.pdf"
    assert found[".pdf"][1] == "Draaiboek voor een tuinavond (pdf, 19 kB)"


def test_a_link_in_the_text_leads_to_the_document(page: Page, server: str) -> None:
    page.goto(f"{server}/praktijken/moestuin-achter-de-kerk/")
    with page.expect_download() as started:
        page.locator(".proza").get_by_role("link", name="draaiboek").click()
    assert started.value.suggested_filename.startswith("draaiboek-tuinavond")


@pytest.mark.parametrize(
    ("word", "slug", "title"),
    [
        ("pruimenboom", "moestuin-achter-de-kerk", "Draaiboek voor een tuinavond"),
        ("klinkerpad", "tuin-op-papier", "Formulier voor een buurtplan"),
        ("sluiswachterswoning", "wegwijzer-dorpsbudget", "Verslag van een rondgang"),
    ],
)
def test_a_page_is_found_by_its_documents_and_that_is_said(
    word: str, slug: str, title: str, page: Page, server: str
) -> None:
    assert ask(page, server, word) == [slug]
    expect(page.locator(f"{RESULT} .kaart__waarom")).to_contain_text("document")
    expect(page.locator(f"{RESULT} .kaart__waarom")).to_contain_text(f"‘{title}’")


def test_the_stage_and_the_open_data_name_the_documents_of_a_page() -> None:
    page = next(
        page
        for page in site_pages(platform_of(SITE))
        if page.address == "praktijken/moestuin-achter-de-kerk/"
    )
    file = taken(example(".pdf"))
    staged = "\n".join(page.content.markdown(lambda _: ""))
    assert f"- [Draaiboek voor een tuinavond (pdf, 19 kB)](../../{file.address})" in staged
    assert "- [Hoe lang een tuin blijft](https://groenekring.example/tuinen.pdf)" in staged
    assert page.content.data()["downloads"] == [
        {
            "titel": "Draaiboek voor een tuinavond",
            "adres": file.address,
            "mediatype": "application/pdf",
            "bytes": file.size,
        }
    ]


def test_a_feed_names_the_documents_of_a_page(below: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(below / "feeds" / "alles.xml")
    files = [one for one in feed.iter(f"{atom}link") if one.get("rel") == "enclosure"]
    assert len(files) == len(list(DOCUMENTS.iterdir()))
    for one in files:
        address = (one.get("href") or "").rpartition("/kennisplatform/")[2]
        assert (below / address).stat().st_size == int(one.get("length") or 0)
        assert one.get("type") == DOCUMENT_KINDS[Path(address).suffix]
