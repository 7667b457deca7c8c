"""Judge a pdf object by object, and write it anew without its properties.

What is judged is what is written: a part that nothing in the document leads to is not copied. Only
a document with a signature stays as it is, for a signature holds for its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)
from pypdf.xmp import XmpInformation

from kennisplatform.content.attached.pictures import without_properties
from kennisplatform.content.attached.verdict import (
    BROKEN,
    MAX_FOUND,
    Unfit,
    Verdict,
    makers,
    may_follow,
    shortened,
)

MAX_PAGES = 50
"""Of which the text is read."""
MAX_DRAWN = 2_000_000
"""Bytes of what draws those pages, for each takes time; a page with more than is left is a map or a
drawing, and its few words are left."""
_ANEW = "Maak de pdf opnieuw, met ‘Afdrukken naar pdf’ of ‘Exporteren als pdf’."
_SCRIPT = Unfit(
    "in de pdf zit een script, en dat mag niet.",
    _ANEW,
)
_ACTION = Unfit(
    "de pdf start zelf iets: een programma, een ander bestand of het versturen van gegevens.",
    _ANEW,
)
_FILE = Unfit(
    "in de pdf zitten andere bestanden.",
    "Haal de bijlagen eruit en noem elk bestand zelf bij documenten.",
)
_MEDIA = Unfit(
    "in de pdf zit film, geluid of een 3D-beeld.",
    "Haal het eruit, en verwijs ernaar met een link.",
)
_OUTSIDE = Unfit(
    "de pdf haalt iets op uit een ander bestand.",
    _ANEW,
)
_ENCRYPTED = Unfit(
    "de pdf is beveiligd, met een wachtwoord of tegen kopiëren.",
    "Bewaar de pdf zonder beveiliging.",
)
_ACTIONS = {
    "/JavaScript": _SCRIPT,
    "/Rendition": _MEDIA,
    "/Movie": _MEDIA,
    "/Sound": _MEDIA,
    "/RichMediaExecute": _MEDIA,
    **dict.fromkeys(("/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"), _ACTION),
}
_SUBTYPES = {
    "/FileAttachment": _FILE,
    **dict.fromkeys(("/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"), _MEDIA),
}
_KEYS = {
    "/JS": _SCRIPT,
    "/JavaScript": _SCRIPT,
    "/XFA": _SCRIPT,
    "/EF": _FILE,
    "/EmbeddedFiles": _FILE,
    "/Collection": _FILE,
}
_IN_BYTES = {
    b"/JavaScript": _SCRIPT,
    b"/Launch": _ACTION,
    b"/SubmitForm": _ACTION,
    b"/EmbeddedFile": _FILE,
}
"""What is looked for in the bytes of a signed pdf, which reach the reader as they are."""
_PHOTOGRAPHS = ("/DCTDecode", ["/DCTDecode"], "/JPXDecode", ["/JPXDecode"])
_ABOUT = ("/Metadata", "/PieceInfo", "/LastModified")
"""What programs write of themselves and their users beside any part of a document."""
_XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


for _prefix, _name in _XMP.items():
    ElementTree.register_namespace(_prefix, _name)


def judge_pdf(raw: bytes) -> Verdict:
    """Raises Unfit for a document that does more than be read."""
    if not raw.startswith(b"%PDF-"):
        raise BROKEN
    reader = PdfReader(BytesIO(raw))
    if reader.is_encrypted:
        raise _ENCRYPTED
    signed = b"/ByteRange" in raw
    title, properties = _properties(reader)
    writer = PdfWriter(clone_from=reader)
    properties += tuple(_of_pictures(writer))
    clean = raw if signed else _rewritten(reader, writer, title)
    if signed:
        _judge_bytes(raw)
    shown = reader if signed else PdfReader(BytesIO(clean))
    people = _judge_objects(shown)
    return Verdict(
        clean,
        _text(shown),
        properties,
        makers(properties) if signed else (),
        tuple(sorted(people)),
        tuple(_lacks(shown, title)),
    )


def _properties(reader: PdfReader) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give the title, and all else that a document says of itself and its makers."""
    found = {key[1:]: str(value) for key, value in (reader.metadata or {}).items()}
    title = found.pop("Title", "")
    if xmp := _xmp_of(reader):
        title = title or next(iter((xmp.dc_title or {}).values()), "")
        for name, values in (("creator", xmp.dc_creator), ("publisher", xmp.dc_publisher)):
            found |= {name: ", ".join(map(str, values or ()))}
    return title.strip(), tuple(sorted((n, value) for n, value in found.items() if value.strip()))


def _xmp_of(reader: PdfReader) -> XmpInformation | None:
    try:
        return reader.xmp_metadata
    except Exception:  # what cannot be read says nothing, and is not written again
        return None


def _of_pictures(writer: PdfWriter) -> Iterator[tuple[str, str]]:
    """Take out of the photographs what stands beside them, and give that."""
    for part in _dictionaries(writer._objects):
        filters = _value(part, "/Filter")
        if isinstance(part, StreamObject) and filters in _PHOTOGRAPHS:
            part._data, said = without_properties(part._data)
            yield from said


def _rewritten(reader: PdfReader, writer: PdfWriter, title: str) -> bytes:
    xmp = _xmp_of(reader)
    universal = xmp is not None and _XMP["pdfuaid"].encode() in xmp.stream.get_data()
    writer.pdf_header = reader.pdf_header
    writer.metadata = {"/Title": title} if title else None
    for part in _dictionaries(writer._objects):
        for key in _ABOUT:
            part.pop(NameObject(key), None)
        if _is_remark(part):
            part.pop(NameObject("/T"), None)  # who wrote a remark
    if universal:
        stream = StreamObject()
        stream.set_data(_xmp(title))
        stream.update({
            NameObject("/Type"): NameObject("/Metadata"),
            NameObject("/Subtype"): NameObject("/XML"),
        })  # fmt: skip
        writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    writer.compress_identical_objects(remove_duplicates=False)  # what nothing leads to any more
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _xmp(title: str) -> bytes:
    """Write what a document of PDF/UA must say of itself, and no more."""
    rdf, dc, ua = (f"{{{name}}}" for name in _XMP.values())
    root = ElementTree.Element(f"{rdf}RDF")
    about = ElementTree.SubElement(root, f"{rdf}Description", {f"{rdf}about": ""})
    ElementTree.SubElement(about, f"{ua}part").text = "1"
    words = ElementTree.SubElement(ElementTree.SubElement(about, f"{dc}title"), f"{rdf}Alt")
    default = {"{http://www.w3.org/XML/1998/namespace}lang": "x-default"}
    ElementTree.SubElement(words, f"{rdf}li", default).text = title
    written: bytes = ElementTree.tostring(root, encoding="utf-8")
    return written


def _judge_bytes(raw: bytes) -> None:
    plain = re.sub(rb"#([0-9a-fA-F]{2})", lambda found: bytes.fromhex(found[1].decode()), raw)
    for name, unfit in _IN_BYTES.items():
        if name in raw or name in plain:
            raise unfit


def _judge_objects(reader: PdfReader) -> set[str]:
    """Look at every object there is; give who wrote a remark."""
    known = {(number, generation) for generation, of in reader.xref.items() for number in of}
    known |= {(number, 0) for number in reader.xref_objStm}
    people = set()
    for part in _dictionaries(
        reader.get_object(IndirectObject(*place, reader)) for place in sorted(known)
    ):
        _judge_dictionary(part)
        if _is_remark(part) and (name := part.get("/T")):
            people.add(str(name.get_object()))
    return people


def _is_remark(part: DictionaryObject) -> bool:
    return "/Rect" in part and _value(part, "/Subtype") not in ("/Widget", "/Link")


def _value(part: DictionaryObject, key: str) -> Any:
    """Give what a dictionary has under a key, also where it refers to it; None when that is not
    there.
    """
    value = part.get(key)
    return None if value is None else value.get_object()


def _dictionaries(objects: Any) -> Iterator[DictionaryObject]:
    """Give every dictionary in objects, without following what refers to another object."""
    for whole in objects:
        yield from _within(whole)


def _within(whole: Any) -> Iterator[DictionaryObject]:
    waiting = [whole]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [value for value in one.values() if not isinstance(value, IndirectObject)]
        elif isinstance(one, ArrayObject):
            waiting += [value for value in one if not isinstance(value, IndirectObject)]


def _judge_dictionary(part: DictionaryObject) -> None:
    for key, unfit in _KEYS.items():
        if key in part:
            raise unfit
    for key, kinds in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES)):
        value = _value(part, key)
        if isinstance(value, NameObject) and value in kinds:
            raise kinds[value]
    if _value(part, "/Type") == "/EmbeddedFile":
        raise _FILE
    if isinstance(part, StreamObject) and "/F" in part:
        raise _OUTSIDE
    address = _value(part, "/URI")
    if isinstance(address, TextStringObject | bytes) and not may_follow(
        address.decode("latin-1") if isinstance(address, bytes) else address
    ):
        raise _ACTION


def _text(reader: PdfReader) -> str:
    found, size, left = [], 0, MAX_DRAWN
    for page in reader.pages[:MAX_PAGES]:
        try:
            drawn = page.get_contents()
            drawing = 0 if drawn is None else len(drawn.get_data())
            words = page.extract_text() if 0 < drawing <= left else ""
            left -= drawing if drawing <= left else 0
        except Exception:  # a font that pypdf cannot read makes no document wrong
            continue
        found.append(words)
        size += len(words)
        if size > MAX_FOUND:
            break
    return shortened(" ".join(found))


def _lacks(reader: PdfReader, title: str) -> Iterator[str]:
    root = reader.root_object
    marks = _value(root, "/MarkInfo")
    tagged = isinstance(marks, DictionaryObject) and bool(_value(marks, "/Marked"))
    if not (tagged and "/StructTreeRoot" in root):
        yield "labels (tags)"
    if not title:
        yield "een titel"
    if not str(_value(root, "/Lang") or "").strip():
        yield "de taal"
