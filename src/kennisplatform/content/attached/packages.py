"""Judge the documents that are a package of files (zip): those of Microsoft Office (ECMA-376) and
OpenDocument (ISO 26300).

Each part is read within bounds and judged, and the package is written anew of what was judged: in
the same order, without properties, without what lies between or behind the parts. Only one with a
signature stays as it is.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat

from kennisplatform.content.attached.pictures import without_properties
from kennisplatform.content.attached.verdict import (
    BROKEN,
    MAKERS,
    Unfit,
    Verdict,
    makers,
    may_follow,
    shortened,
)

MOST_PARTS = 2_000
MOST_UNPACKED = 100_000_000
"""Bytes of all parts together."""
MOST_XML = 40_000_000
"""Bytes of the parts that are read tag by tag."""
MAX_RATIO = 200
"""How much larger than its file a document may unpack; text of a spreadsheet takes 30."""
SMALL = 5_000_000
"""Bytes that any document may unpack to."""

_MACROS = Unfit("in het document zitten macro’s.", "Bewaar het zonder macro’s.")
_FILES = Unfit(
    "in het document zit een ander bestand of programma.",
    "Plak een grafiek of tabel erin als afbeelding, en noem een bestand zelf bij documenten.",
)
_LOADS = Unfit(
    "het document haalt iets op van een andere plaats zodra iemand het opent.",
    "Zet dat stuk zelf in het document, of haal de koppeling weg.",
)
_ADDRESS = Unfit(
    "in het document staat een link naar een bestand op een computer of naar een script.",
    "Haal de link weg, of laat haar naar een webadres wijzen.",
)
_LOCKED = Unfit("het document is beveiligd met een wachtwoord.", "Bewaar het zonder wachtwoord.")
_TOO_LARGE = Unfit(
    "het document is uitgepakt te groot.", "Maak het kleiner, of verdeel het over meer documenten."
)
_OTHER_KIND = Unfit(
    "het document is van een andere soort dan zijn naam zegt.",
    "Bewaar het opnieuw, met de soort die bij de naam hoort.",
)

_OFFICE = {
    ".docx": "wordprocessingml.document",
    ".xlsx": "spreadsheetml.sheet",
    ".pptx": "presentationml.presentation",
}
_OPEN = {".odt": "text", ".ods": "spreadsheet", ".odp": "presentation"}
_TYPES = "[Content_Types].xml"
_PROGRAMS = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0",
    b"MZ",
    b"%PDF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"#!",
    b"{\\rtf",
)
"""How files begin that have no place in a document."""
_RELATIONS = {
    "vbaProject": _MACROS,
    "wordVbaData": _MACROS,
    "attachedToolbars": _MACROS,
    "xlMacrosheet": _MACROS,
    "xlIntlMacrosheet": _MACROS,
    "control": _FILES,
    "activeXControlBinary": _FILES,
    "oleObject": _FILES,
    "package": _FILES,
    "aFChunk": _FILES,
    "webextension": _FILES,
    "webextensiontaskpanes": _FILES,
    "attachedTemplate": _LOADS,
    "subDocument": _LOADS,
    "externalLink": _LOADS,
    "externalLinkPath": _LOADS,
    "connections": _LOADS,
    "queryTable": _LOADS,
    "frame": _LOADS,
    "mailMergeSource": _LOADS,
}
"""What a part of Office may not lead to, by the last word of the kind of relationship."""
_FIELD = re.compile(
    r"\0\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON"
    r"|QUOTE\s+\d+)\b",
    re.IGNORECASE,
)
"""Fields of Word that fetch or start something, and the one that can spell such a name."""
_FORMULA = re.compile(
    r"\b(WEBSERVICE|RTD|CALL|REGISTER(\.ID)?|EXEC|DDE|IMAGE|IMPORT\w+)\s*\(|\|\s*'", re.IGNORECASE
)
"""Functions of a spreadsheet that fetch or start something."""
_OUTER = {
    "section-source",
    "table-source",
    "cell-range-source",
    "connection-resource",
    "database-source-sql",
    "database-source-table",
    "database-source-query",
}
_OBJECTS = {"applet", "plugin", "floating-frame", "object-ole"}
_NOT_TEXT = {"tracked-changes", "annotation", "del", "moveFrom"}
"""Elements of which the text is not that of the document."""
_LINES = {"p", "h", "tab", "br", "line-break"}
_PROPERTIES = {
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties coreProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties Properties",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties Properties",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0 document-meta",
}
"""The elements that hold what a document says of itself and its makers."""
_OF_A_DRAWING = (
    re.compile(rb"<!--.*?-->", re.DOTALL),
    re.compile(rb"<(?P<name>(?:\w+:)?metadata)\b[^>]*(?:/>|>.*?</(?P=name)\s*>)", re.DOTALL),
    re.compile(rb"\s(?:sodipodi|inkscape):[\w.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')"),
)
"""Remarks, descriptions, and attributes of a program for drawing: where the file stood."""
_KEPT = {"{http://purl.org/dc/elements/1.1/}title", "{http://purl.org/dc/elements/1.1/}language"}


def judge_package(suffix: str, raw: bytes) -> Verdict:
    """Raises Unfit for a document that is not of this kind, or does more than be read."""
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unfit(
            "het document is beveiligd met een wachtwoord, of van een oude soort.",
            f"Bewaar het opnieuw als {suffix}, zonder wachtwoord.",
        )
    if not raw.startswith(b"PK\x03\x04"):
        raise BROKEN
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            entries = _entries(package)
            _check_kind(suffix, package, entries)
            reading = _Reading(suffix)
            parts = [
                (one.filename, reading.judged(one.filename, package.read(one))) for one in entries
            ]
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        ElementTree.ParseError,
        NotImplementedError,
        UnicodeError,
    ) as error:
        raise BROKEN from error
    signed = any(
        "signature" in name.lower() and name.lower().endswith((".xml", ".sigs"))
        for name, _ in parts
    )
    return Verdict(
        raw if signed else _written(parts),
        shortened("".join(reading.text)),
        tuple(sorted(reading.properties)),
        makers(reading.properties) if signed else (),
        tuple(sorted(reading.people)),
    )


def _entries(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Give the parts in their order, once their names and sizes are known to be sound."""
    entries = [one for one in package.infolist() if not one.is_dir()]
    size, packed = (
        sum(getattr(one, of) for one in entries) for of in ("file_size", "compress_size")
    )
    xml = sum(one.file_size for one in entries if one.filename.lower().endswith((".xml", ".rels")))
    if (
        len(package.infolist()) > MOST_PARTS
        or size > max(SMALL, min(MOST_UNPACKED, MAX_RATIO * packed))
        or xml > MOST_XML
    ):
        raise _TOO_LARGE
    if any(one.flag_bits & 1 for one in entries):
        raise _LOCKED
    names = [one.filename for one in entries]
    if len({name.casefold() for name in names}) < len(names) or not all(map(_is_sound, names)):
        raise Unfit("in het document zit een onderdeel met een naam die niet kan.", BROKEN.repair)
    return entries


def _is_sound(name: str) -> bool:
    return (
        name.isprintable()
        and not re.search(r"[\\:]", name)
        and not {"", ".", ".."} & {*name.split("/")}
    )


def _check_kind(suffix: str, package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    names = {one.filename for one in entries}
    if suffix in _OPEN and "mimetype" in names:
        kind = package.read("mimetype").decode("ascii", "replace").strip()
        if kind != f"application/vnd.oasis.opendocument.{_OPEN[suffix]}":
            raise _OTHER_KIND
    elif suffix in _OFFICE and _TYPES in names:
        types = package.read(_TYPES).decode("utf-8", "replace")
        if re.search("macroenabled", types, re.IGNORECASE):
            raise _MACROS
        if f"{_OFFICE[suffix]}.main+xml" not in types:
            raise _OTHER_KIND
    elif names & {"mimetype", _TYPES}:
        raise _OTHER_KIND
    else:
        raise BROKEN


class _Reading:
    """What is gathered from the parts of one document."""

    def __init__(self, suffix: str) -> None:
        self.suffix = suffix
        self.text: list[str] = []
        self.properties: list[tuple[str, str]] = []
        self.people: set[str] = set()

    def judged(self, name: str, raw: bytes) -> bytes:
        """Give a part as it may be published."""
        if (
            name.lower().startswith(("basic/", "scripts/", "dialogs/"))
            or "vbaproject" in name.lower()
        ):
            raise _MACROS
        if raw.startswith(_PROGRAMS):
            raise _FILES
        start = raw[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
        if not name.lower().endswith(
            (".xml", ".rels", ".vml", ".svg", ".rdf")
        ) and not start.startswith(b"<"):
            clean, said = without_properties(raw)
            self.properties += said
            self.people |= {value for name, value in said if clean == raw and name in MAKERS}
            return clean
        part = _Part(name, self)
        part.read(raw)
        if part.root in _PROPERTIES:
            return self._without_properties(part.root, raw)
        if not part.root.endswith(" svg"):
            return raw
        drawing = self._without_words(raw)
        _Part(name, self).read(drawing)  # as it is published
        return drawing

    def _without_words(self, raw: bytes) -> bytes:
        """Take out of a drawing (SVG) what its maker or a program says of it, which nobody sees."""
        for pattern in _OF_A_DRAWING:
            for found in pattern.finditer(raw):
                for words in re.findall(rb"(?<=>)[^<>]*\w[^<>]*", found[0]):
                    self.properties.append(("metadata", words.decode(errors="replace").strip()))
            raw = pattern.sub(b"", raw)
        return raw

    def _without_properties(self, holder: str, raw: bytes) -> bytes:
        """Keep of the properties only title and language, which help who reads."""
        found = ElementTree.fromstring(raw)
        root = inner = ElementTree.Element(found.tag)
        if holder.endswith("document-meta"):
            office = found.tag.removesuffix("document-meta")
            root.set(f"{office}version", found.get(f"{office}version", "1.3"))
            inner = ElementTree.SubElement(root, f"{office}meta")
        for one in found.iter():
            if one.tag in _KEPT and one.text:
                ElementTree.SubElement(inner, one.tag).text = one.text
            elif one.text and one.text.strip():
                name = one.get("name") or one.tag.rpartition("}")[2]
                self.properties.append((name, one.text.strip()))
        written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        return written


class _Part:
    """One part in XML, read tag by tag."""

    def __init__(self, name: str, reading: _Reading) -> None:
        self.name, self.reading = name, reading
        self.root = ""
        self.open: list[str] = []
        self.hidden = 0
        self.fields: list[str] = []
        self.has_text = (reading.suffix, name) in (
            (".docx", "word/document.xml"),
            (".odt", "content.xml"),
        )

    def read(self, raw: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(raw, True)
        if _FIELD.search("".join(self.fields)):
            raise _LOADS

    def _doctype(self, *_: object) -> None:
        raise BROKEN  # no program that makes these documents writes one

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.root = self.root or name
        self.open.append(local)
        self.hidden += local in _NOT_TEXT
        if self.has_text and local in _LINES:
            self.reading.text.append(" ")
        if local == "fldChar":
            self.fields.append("\0")
        elif local == "Relationship":
            _check_relation(attributes)
        elif local in ("script", "event-listener") or local == "encryption-data":
            raise _LOCKED if local == "encryption-data" else _MACROS
        elif local.startswith("dde") or local in _OUTER:
            raise _LOADS
        elif local in _OBJECTS:
            raise _FILES
        if attributes:
            self._check_attributes(local, attributes)

    def _check_attributes(self, local: str, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            match name.rpartition(" ")[2]:
                case "href" if local == "a" and not may_follow(value):
                    raise _ADDRESS
                case "href" if local != "a" and re.match(r"[\w+.-]+:|/|\\|\.\./", value):
                    raise _LOADS
                case "instr":
                    self.fields.append(f"\0{value}\0")
                case "action" if re.match(r"ppaction://(macro|program|ole)", value, re.IGNORECASE):
                    raise _MACROS
                case "formula" if _FORMULA.search(value):
                    raise _LOADS
                case "name" if local == "cmAuthor":
                    self.reading.people.add(value)
                case "displayName" if local == "person":
                    self.reading.people.add(value)
                case "author" | "userName" if value.strip():
                    self.reading.people.add(value.strip())

    def _end(self, name: str) -> None:
        self.hidden -= self.open.pop() in _NOT_TEXT

    def _data(self, text: str) -> None:
        local = self.open[-1]
        if local == "instrText":
            self.fields.append(text)
        elif local == "f" and _FORMULA.search(text):
            raise _LOADS
        elif local == ("creator" if self.name == "content.xml" else "author"):
            self.reading.people.add(text.strip())
        elif self.has_text and not self.hidden and (self.name == "content.xml" or local == "t"):
            self.reading.text.append(text)


def _check_relation(attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2]
    if kind in _RELATIONS:
        raise _RELATIONS[kind]
    if attributes.get("TargetMode", "").lower() == "external":
        if kind != "hyperlink":
            raise _LOADS
        if not may_follow(attributes.get("Target", "")):
            raise _ADDRESS


def _written(parts: list[tuple[str, bytes]]) -> bytes:
    """Write a package that is the same, byte for byte, for the same parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, raw in parts:
            entry = zipfile.ZipInfo(name)
            # the kind of an OpenDocument is read without unpacking
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            package.writestr(entry, raw)
    return out.getvalue()
