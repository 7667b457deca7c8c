"""Take out of the pictures in a document what a camera or a program wrote beside the picture: the
place, the time, the camera, its owner. No pixel is touched.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from itertools import chain
from typing import Literal

from PIL import ExifTags, Image

Order = Literal["little", "big"]
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
_UNREAD = "wat een camera bij een beeld schreef"
_OF_A_TIFF = {
    *(254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281),
    *(282, 283, 284, 285, 286, 287, 288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319),
    *(320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339, 340, 341, 342, 347, 512, 513, 514),
    *(515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34675),
}
"""Fields of a TIFF that say how it looks (TIFF 6.0; its supplement 2; 34675: ICC.1)."""
_LISTS = {330, 34665, 34853, 40965}
"""Fields that lead to a list of their own: of a smaller picture, of a camera, of a place."""
_ENTRY = ((0, 2), (2, 2), (8, 4))
"""Where tag, type and place of a field stand in its entry, with their bytes."""
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of a value of each type of a TIFF."""
_JP2 = b"\0\0\0\x0cjP  \r\n\x87\n"
_BESIDE_JP2 = {b"xml ", b"uuid", b"jp2i", b"uinf"}
"""Boxes of a JPEG 2000 that no decoder needs (ITU-T T.800, I.6 and I.7)."""
_J2K, _J2K_DRAWS, _J2K_REMARK = b"\xff\x4f\xff\x51", b"\xff\x90", b"\xff\x64"
_BESIDE = (_EXIF, b"<x:xmpmeta", b"http://ns.adobe.com/xap/")
"""What a program wrote beside a picture, of whatever kind."""


def without_properties(raw: bytes) -> tuple[bytes, Properties]:
    """Give a picture as it was, and what stood beside it; whatever else a part of a document is,
    stays as it is, and says of itself that something may stand beside it.
    """
    if raw.startswith(b"\xff\xd8\xff"):
        return _jpeg(raw)
    if raw.startswith(_PNG):
        return _png(raw)
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return _webp(raw)
    if raw.startswith((b"II*\0", b"MM\0*")):
        return _tiff(raw), _said(raw)
    if raw.startswith(_JP2):
        return _jp2(raw), []
    if raw.startswith(_J2K):
        return _codestream(raw), []
    return raw, [("Artist", _UNREAD)] if any(mark in raw for mark in _BESIDE) else []


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


def _tiff(raw: bytes) -> bytes:
    """Take every other field out of the lists of a TIFF, and wipe its value where it stands."""
    out = bytearray(raw)
    order: Order = "little" if raw.startswith(b"II") else "big"
    waiting, seen = [(_number(out, 4, 4, order), _OF_A_TIFF)], set[int]()
    while waiting:
        place, may_stay = waiting.pop()
        if place in seen or not 0 < place <= len(out) - 6:
            continue
        seen.add(place)
        behind = place + 2 + 12 * _number(out, place, 2, order)
        kept = list[bytes]()
        for at in range(place + 2, behind, 12):
            tag, kind, start = (_number(out, at + by, size, order) for by, size in _ENTRY)
            if tag in may_stay:
                kept.append(bytes(out[at : at + 12]))
            elif tag in _LISTS:
                waiting.append((start, set()))
            elif (size := _SIZES.get(kind, 1) * _number(out, at + 4, 4, order)) > 4:
                out[start : start + size] = bytes(len(out[start : start + size]))
        after = bytes(out[behind : behind + 4])
        fresh = len(kept).to_bytes(2, order) + b"".join(kept) + after
        out[place : behind + 4] = fresh.ljust(len(out[place : behind + 4]), b"\0")
        waiting.append((int.from_bytes(after, order), may_stay))
    return bytes(out)


def _number(raw: bytearray, start: int, size: int, order: Order) -> int:
    return int.from_bytes(raw[start : start + size], order)


def _jp2(raw: bytes) -> bytes:
    kept, place = list[bytes](), 0
    while place + 8 <= len(raw):
        size, kind, head = int.from_bytes(raw[place : place + 4]), raw[place + 4 : place + 8], 8
        if size == 1:
            size, head = int.from_bytes(raw[place + 8 : place + 16]), 16
        end = place + max(size, head) if size else len(raw)
        part = raw[place + head : end]
        if kind == b"jp2c":
            drawn = _codestream(part)
            kept += [(len(drawn) + 8).to_bytes(4), kind, drawn]
        elif kind not in _BESIDE_JP2:
            kept.append(raw[place:end])
        place = end
    return b"".join(kept)


def _codestream(raw: bytes) -> bytes:
    """Take the remarks out of what stands before the first piece that draws (ITU-T T.800, A.9)."""
    kept, place = [raw[:2]], 2
    while place + 4 <= len(raw) and raw[place : place + 2] != _J2K_DRAWS:
        end = place + 2 + max(int.from_bytes(raw[place + 2 : place + 4]), 2)
        if raw[place : place + 2] != _J2K_REMARK:
            kept.append(raw[place:end])
        place = end
    return b"".join((*kept, raw[place:]))


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
