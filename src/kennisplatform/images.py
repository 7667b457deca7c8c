"""Judge the images that editors send by what is in them, and make them ready for the site."""
from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from kennisplatform.findings import Finding
from kennisplatform.textfile import read_bytes

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
MAX_BYTES = 10_000_000
MAX_PIXELS = 16_000_000
"""Of a photograph as a telephone makes it. Decoding takes four bytes a pixel, up to four times (WebP with transparency)."""
MAX_SIDE = 1_600
"""Pixels of the longest side on the site: twice the width of the text, for sharp screens."""
SAVING: dict[str, dict[str, Any]] = {"PNG": {"optimize": True}, "JPEG": {"quality": 85, "optimize": True, "progressive": True},
                                     "WEBP": {"quality": 85, "method": 4}}


@dataclass(frozen=True, slots=True)
class Beeld:
    """An image that passed; `breedte` and `hoogte` are pixels as the site shows it."""

    bestand: Path
    breedte: int
    hoogte: int


def read_image(file: Path, shown: str) -> tuple[Beeld | None, list[Finding]]:
    """Decode an image once to know that it is whole, and of the kind its name says."""
    raw, findings = read_bytes(file, shown, MAX_BYTES)
    if raw is None:
        return None, findings

    def refuse(message: str, repair: str) -> tuple[None, list[Finding]]:
        return None, [Finding(shown, 1, "beeld-onbruikbaar", message, repair)]

    kind = FORMATS[file.suffix]
    try:
        with _opened(raw) as image:
            if image.format != kind:
                return refuse(f"dit is geen {kind}, maar een {image.format}.", "Geef het bestand de uitgang die erbij hoort.")
            if image.width * image.height > MAX_PIXELS:
                return refuse(f"de afbeelding is te groot: {image.width} bij {image.height} beeldpunten.", f"Maak haar kleiner: {MAX_SIDE} breed is genoeg.")
            if getattr(image, "n_frames", 1) > 1:
                return refuse("de afbeelding beweegt.", "Gebruik een stilstaand beeld.")
            upright = _upright(image)
    except Exception:  # decoders raise whatever they like on bytes that are made to break them
        return refuse("de afbeelding is stuk, of is geen png, jpg of webp.", "Sla haar opnieuw op in een tekenprogramma.")
    return Beeld(file, upright.width, upright.height), []


def encode(beeld: Beeld) -> bytes:
    """Make the bytes the site shows: upright, not larger than MAX_SIDE, without metadata (place, time, camera, comments)."""
    kind = FORMATS[beeld.bestand.suffix]
    with _opened(beeld.bestand.read_bytes()) as image:
        upright = _upright(image)
    clean = Image.new(upright.mode, upright.size)  # a new image knows nothing of the old one but its colours
    clean.paste(upright)
    out = BytesIO()
    clean.save(out, kind, **SAVING[kind])
    return out.getvalue()


@contextmanager
def _opened(raw: bytes) -> Iterator[Image.Image]:
    """Read the header only; one that promises more pixels than Pillow thinks wise is an error, not a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(raw), formats=sorted(set(FORMATS.values()))) as image:
            yield image


def _upright(image: Image.Image) -> Image.Image:
    if image.format == "JPEG":
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # decodes a large photograph small at once
    mode = "RGBA" if image.format != "JPEG" and image.has_transparency_data else "RGB"
    plain = image if image.mode == mode else image.convert(mode)
    plain.thumbnail((MAX_SIDE, MAX_SIDE))  # before turning it, which takes a copy
    return ImageOps.exif_transpose(plain)
