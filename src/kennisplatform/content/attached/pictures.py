"""Take out of the pictures in a document what a camera or a program wrote beside the picture: the
place, the time, the camera, its owner. No pixel is touched.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from itertools import chain

from PIL import ExifTags, Image

Properties = list[tuple[str, str]]

MARKER = re.compile(rb"\xff([^\x00\x01\xff\xd0-\xd7])")
"""What begins a part of a JPEG with its length; the others have none (ITU-T T.81, B.1.1)."""
_END = 0xD9
_OF_PROGRAMS = {*range(0xE1, 0xF0), 0xFE}
"""Parts of a JPEG that no decoder needs (APP1 to APP15, COM), but for colours."""
_COLOURS = ((0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_PNG = b"\x89PNG\r\n\x1a\n"
_OF_PNG = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB"),
    *(b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT", b"cICP"),
}
"""Parts of a PNG that say how it looks (W3C, PNG Specification, 11)."""
_EXIF = b"Exif\0\0"
_PLACE = "een plaats (GPS)"


def without_properties(raw: bytes) -> tuple[bytes, Properties]:
    """Give a picture as it was, and what stood beside it; whatever else a part of a document is,
    stays as it is.
    """
    if raw.startswith(b"\xff\xd8\xff"):
        return _jpeg(raw)
    if raw.startswith(_PNG):
        return _png(raw)
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return _webp(raw)
    if raw.startswith((b"II*\0", b"MM\0*")):  # of a TIFF they are part of its structure
        return raw, _said(raw)
    return raw, []


def _jpeg(raw: bytes) -> tuple[bytes, Properties]:
    """Keep the parts that draw; what lies behind the end is another picture."""
    kept, said, place = [raw[:2]], Properties(), 2
    while found := MARKER.search(raw, place):
        kind, start, length = found[1][0], found.start(), 0
        kept.append(raw[place:start])  # what was drawn by the part before
        if kind == _END:
            kept.append(raw[start : found.end()])
            return b"".join(kept), said
        length = int.from_bytes(raw[found.end() : found.end() + 2])
        place = found.end() + max(length, 2)
        part = raw[found.end() + 2 : place]
        colours = any(kind == other and part.startswith(begin) for other, begin in _COLOURS)
        if kind not in _OF_PROGRAMS or colours:
            kept.append(raw[start:place])
        elif part.startswith(_EXIF):
            said += _said(part[len(_EXIF) :])
            kept.append(_turned(part))
    return b"".join((*kept, raw[place:])), said


def _turned(exif: bytes) -> bytes:
    """Write what says which side of a photograph is up, and nothing else."""
    up = _tags(exif[len(_EXIF) :]).get(ExifTags.Base.Orientation)
    if not isinstance(up, int) or not 1 < up <= 8:
        return b""
    only = Image.Exif()
    only[ExifTags.Base.Orientation] = up
    written = only.tobytes()
    return b"\xff\xe1" + (len(written) + 2).to_bytes(2) + written


def _png(raw: bytes) -> tuple[bytes, Properties]:
    kept, said, place = [_PNG], Properties(), len(_PNG)
    while place + 8 <= len(raw):
        end = place + 12 + int.from_bytes(raw[place : place + 4])
        kind, part = raw[place + 4 : place + 8], raw[place + 8 : end - 4]
        if kind in _OF_PNG:
            kept.append(raw[place:end])
        elif kind == b"eXIf":
            said += _said(part)
        elif kind == b"tEXt":
            name, _, value = part.partition(b"\0")
            said.append((name.decode("latin-1"), value.decode("latin-1")))
        if kind == b"IEND":
            break
        place = end
    return b"".join(kept), said


def _webp(raw: bytes) -> tuple[bytes, Properties]:
    kept, said, place = list[bytes](), Properties(), 12
    while place + 8 <= len(raw):
        size = int.from_bytes(raw[place + 4 : place + 8], "little")
        kind, end = raw[place : place + 4], place + 8 + size + size % 2
        part = raw[place + 8 : place + 8 + size]
        if kind == b"EXIF":
            said += _said(part.removeprefix(_EXIF))
        elif kind == b"VP8X" and part:
            # the bits that say that EXIF (8) and XMP (4) follow
            kept.append(raw[place : place + 8] + bytes([part[0] & ~0x0C]) + raw[place + 9 : end])
        elif kind != b"XMP ":
            kept.append(raw[place:end])
        place = end
    whole = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(whole).to_bytes(4, "little") + whole, said


def _tags(tiff: bytes) -> Image.Exif:
    tags = Image.Exif()
    try:
        with warnings.catch_warnings(action="ignore"):
            tags.load(_EXIF + tiff)
    except Exception:  # what cannot be read says nothing, and is not written again
        return Image.Exif()
    return tags


def _said(tiff: bytes) -> Properties:
    """Give the names and the texts of what a camera wrote, in the structure of a TIFF."""
    return list(_texts(_tags(tiff)))


def _texts(tags: Image.Exif) -> Iterator[tuple[str, str]]:
    try:
        inner = tags.get_ifd(ExifTags.IFD.Exif)
        place = tags.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # as above
        inner, place = {}, {}
    for tag, value in chain(tags.items(), inner.items()):
        name = ExifTags.TAGS.get(tag, "")
        if isinstance(value, bytes) and name.startswith("XP"):
            value = value.decode("utf-16-le", "replace")
        if name and isinstance(value, str) and (text := value.strip("\0 ")):
            yield name, text
    if place:
        yield "GPS", _PLACE
