"""Judge the images that editors send by what is in them, and make them ready for the site.

What an image becomes follows from its bytes alone, so a process does that work once for each, and
within limits: what cannot be made for the site is told by the check.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

from kennisplatform.content.attached.pictures import MARKER
from kennisplatform.content.limited import TooHeavy, Unfinished, within_limits
from kennisplatform.content.textfile import read_bytes
from kennisplatform.model.findings import Finding
from kennisplatform.model.library import MAX_SIDE, SHOWN_AS, SiteImage

MANY = "MPO"
"""What some cameras make: more JPEGs in one file, of which the first is the photograph."""
PHONES = "HEIF"
"""What telephones make."""
IMAGE_FORMATS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".webp": "WEBP",
    ".heic": PHONES,
}
IMAGE_KINDS = "png, jpg, webp of heic"
MAX_IMAGE = 10_000_000
MAX_PIXELS = 25_000_000
"""Of a photograph as a telephone makes it (5,712 by 4,284)."""
MAX_PIXELS_OF_WEBP = 16_000_000
"""Its decoder holds four copies, of four bytes a pixel."""
MAX_LENGTH = 20_000
"""Pixels of a side: each row takes memory of its own."""
MAX_SCANS = 50
"""Times that a JPEG goes over all its pixels, each of which takes time; programs write up to 20."""
SAVING: dict[str, dict[str, Any]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "WEBP": {"quality": 85, "method": 4},
}
_SCAN, _END = b"\xda", b"\xd9"


@dataclass(frozen=True, slots=True)
class _Refusal:
    message: str
    repair: str


_AGAIN = "sla haar opnieuw op in een tekenprogramma."
_Made = tuple[int, int, bytes]
"""Width and height in pixels, and the file as the site shows it."""
_done: dict[tuple[bytes, str], _Made | _Refusal] = {}
"""By the hash of the bytes, which are not kept."""


def read_image(file: Path, shown: str) -> tuple[SiteImage | None, list[Finding]]:
    """Make an image ready for the site, or say why it cannot be: it is not whole, too large, or
    not of the kind its name says.
    """
    small = (
        f"Maak de afbeelding kleiner, hoogstens {MAX_PIXELS // 1_000_000} miljoen beeldpunten: "
        + (f"{MAX_SIDE} breed is genoeg.")
    )
    raw, findings = read_bytes(file, shown, MAX_IMAGE, small)
    if raw is None:
        return None, findings
    made = _once(raw, file.suffix)
    if isinstance(made, _Refusal):
        return None, [Finding(shown, 1, "beeld-onbruikbaar", made.message, made.repair)]
    return SiteImage(file, *made), []


def _once(raw: bytes, suffix: str) -> _Made | _Refusal:
    key = hashlib.sha256(raw).digest(), suffix
    if key not in _done:
        try:
            _done[key] = within_limits(partial(_make, suffix=suffix), raw)
        except TooHeavy:
            _done[key] = _Refusal(
                "de afbeelding vraagt te veel tijd of geheugen.", "Maak haar kleiner, of " + _AGAIN
            )
        except Unfinished:
            _done[key] = _Refusal(
                f"de afbeelding is stuk, of is geen {IMAGE_KINDS}.", _AGAIN.capitalize()
            )
    return _done[key]


def _make(raw: bytes, suffix: str) -> _Made | _Refusal:
    """Judge an image by its head before it is decoded, and make it: upright, not larger than
    MAX_SIDE, without metadata (place, time, camera, comments).
    """
    Image.MAX_IMAGE_PIXELS = None  # its size is judged here, in words
    kinds = sorted({*IMAGE_FORMATS.values()} - {PHONES})
    if raw[4:8] == b"ftyp":
        from pillow_heif import HeifImagePlugin, options  # noqa: F401  # seldom needed

        options.DECODE_THREADS = 1  # each takes memory of its own
        kinds = [PHONES]
    with Image.open(BytesIO(raw), formats=kinds) as image:
        if refusal := _refused(image, raw, IMAGE_FORMATS[suffix]):
            return refusal
        upright = _upright(image)
    # a new image knows nothing of the old one but its colours
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    out = BytesIO()
    kind = IMAGE_FORMATS[SHOWN_AS.get(suffix, suffix)]
    clean.save(out, kind, **SAVING[kind])
    return clean.width, clean.height, out.getvalue()


def _refused(image: Image.Image, raw: bytes, kind: str) -> _Refusal | None:
    """Judge by what a decoder need not be asked for."""
    theirs = "JPEG" if image.format == MANY else str(image.format)
    if theirs != kind:
        suffix = next(suffix for suffix, other in IMAGE_FORMATS.items() if other == theirs)
        return _Refusal(
            f"dit is geen {_named(kind)}, maar een {_named(theirs)}.",
            f"Geef het bestand de uitgang die erbij hoort: {suffix}",
        )
    most = MAX_PIXELS_OF_WEBP if kind == "WEBP" else MAX_PIXELS
    if image.width * image.height > most or max(image.size) > MAX_LENGTH:
        return _Refusal(
            f"de afbeelding is te groot: {image.width} bij {image.height} beeldpunten. Samen mogen "
            f"het er {most // 1_000_000} miljoen zijn, en langs een kant {MAX_LENGTH}.",
            f"Maak haar kleiner: {MAX_SIDE} breed is genoeg.",
        )
    if kind == "JPEG" and (scans := _scans(raw)) > MAX_SCANS:
        return _Refusal(
            f"de afbeelding is in {scans} lagen opgeslagen, en {MAX_SCANS} mag.",
            _AGAIN.capitalize(),
        )
    if kind in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        return _Refusal("de afbeelding beweegt.", "Gebruik een stilstaand beeld.")
    return None


def _named(kind: str) -> str:
    return "HEIC" if kind == PHONES else kind


def _scans(raw: bytes) -> int:
    """Count how often a JPEG goes over its pixels: walk from marker to marker, as a decoder."""
    scans, place = 0, 2
    while (mark := MARKER.search(raw, place)) and mark[1] != _END:
        scans += mark[1] == _SCAN
        place = mark.end() + int.from_bytes(raw[mark.end() : mark.end() + 2])
    return scans


def _upright(image: Image.Image) -> Image.Image:
    opaque = image.format in ("JPEG", MANY)
    if opaque:
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # decodes a large photograph small at once
    mode = "RGBA" if not opaque and image.has_transparency_data else "RGB"
    plain = _in_8_bits(image)
    if plain.mode not in ("L", "LA", "RGB", "RGBA", "CMYK") or "transparency" in plain.info:
        plain = plain.convert(mode)  # colours of a palette cannot be mixed
    plain.thumbnail((MAX_SIDE, MAX_SIDE))  # before all that takes a copy
    return _in_srgb(ImageOps.exif_transpose(plain), mode)


def _in_8_bits(image: Image.Image) -> Image.Image:
    """Keep the tones of a grey scan of 16 bits, of which Pillow would keep the darkest 256 only."""
    if not image.mode.startswith("I"):
        return image
    eight: Image.Image = image.convert("I").point(lambda tone: tone * (255 / 65535) + 0.5)
    return eight.convert("L")


def _in_srgb(image: Image.Image, mode: str) -> Image.Image:
    """Give the colours as a screen takes them when nothing is said; a profile that cannot be read
    says nothing either.
    """
    if (profile := image.info.get("icc_profile")) and image.mode != "LA":
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            plain = ImageCms.profileToProfile(image, theirs, ours, outputMode=mode)
            assert isinstance(plain, Image.Image)  # it gives None only when it works in place
            return plain
        except (ImageCms.PyCMSError, OSError):
            pass
    return image if image.mode == mode else image.convert(mode)
