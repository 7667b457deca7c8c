"""Judge the images that editors send by what is in them, and make them ready for the site.

What an image becomes follows from its bytes alone, so a process does that work once for each.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image, ImageCms, ImageOps

from kennisplatform.content.textfile import read_bytes
from kennisplatform.model.findings import Finding
from kennisplatform.model.library import MAX_SIDE, SiteImage

MANY = "MPO"
"""What some cameras make: more JPEGs in one file, of which the first is the photograph."""
IMAGE_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
MAX_IMAGE = 10_000_000
MAX_PIXELS = 16_000_000
"""Of a photograph as a telephone makes it. Decoding takes four bytes a pixel, up to four times
(WebP with transparency).
"""
SAVING: dict[str, dict[str, Any]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "WEBP": {"quality": 85, "method": 4},
}

T = TypeVar("T")


def read_image(file: Path, shown: str) -> tuple[SiteImage | None, list[Finding]]:
    """Decode an image once to know that it is whole, and of the kind its name says."""
    raw, findings = read_bytes(file, shown, MAX_IMAGE)
    if raw is None:
        return None, findings
    found = _judge(raw, IMAGE_FORMATS[file.suffix])
    if isinstance(found, _Refusal):
        return None, [Finding(shown, 1, "beeld-onbruikbaar", found.message, found.repair)]
    return SiteImage(file, *found), []


def encode(beeld: SiteImage) -> bytes:
    """Make the bytes the site shows: upright, not larger than MAX_SIDE, without metadata (place,
    time, camera, comments).
    """
    return _encode(beeld.file.read_bytes(), IMAGE_FORMATS[beeld.file.suffix])


def _once_for_each(work: Callable[[bytes, str], T]) -> Callable[[bytes, str], T]:
    """Remember the result by the hash of the bytes, which are not kept."""
    done: dict[tuple[bytes, str], T] = {}

    @wraps(work)
    def look_up(raw: bytes, kind: str) -> T:
        key = hashlib.sha256(raw).digest(), kind
        if key not in done:
            done[key] = work(raw, kind)
        return done[key]

    return look_up


@dataclass(frozen=True, slots=True)
class _Refusal:
    message: str
    repair: str


@_once_for_each
def _judge(raw: bytes, kind: str) -> tuple[int, int] | _Refusal:
    """Give width and height in pixels as the site shows it, or why it cannot."""
    try:
        with _opened(raw) as image:
            if image.format not in (kind, MANY if kind == "JPEG" else kind):
                return _Refusal(
                    f"dit is geen {kind}, maar een {image.format}.",
                    "Geef het bestand de uitgang die erbij hoort.",
                )
            if image.width * image.height > MAX_PIXELS:
                return _Refusal(
                    f"de afbeelding is te groot: {image.width} bij {image.height} beeldpunten, en "
                    f"samen mogen het er {MAX_PIXELS // 1_000_000} miljoen zijn.",
                    f"Maak haar kleiner: {MAX_SIDE} breed is genoeg.",
                )
            if image.format != MANY and getattr(image, "n_frames", 1) > 1:
                return _Refusal("de afbeelding beweegt.", "Gebruik een stilstaand beeld.")
            return _upright(image).size
    except Exception:  # decoders raise whatever they like on bytes that are made to break them
        return _Refusal(
            "de afbeelding is stuk, of is geen png, jpg of webp.",
            "Sla haar opnieuw op in een tekenprogramma.",
        )


@_once_for_each
def _encode(raw: bytes, kind: str) -> bytes:
    with _opened(raw) as image:
        upright = _upright(image)
    clean = Image.new(
        upright.mode, upright.size
    )  # a new image knows nothing of the old one but its colours
    clean.paste(upright)
    out = BytesIO()
    clean.save(out, kind, **SAVING[kind])
    return out.getvalue()


@contextmanager
def _opened(raw: bytes) -> Iterator[Image.Image]:
    """Read the header only; one that promises more pixels than Pillow thinks wise is an error, not
    a warning.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(raw), formats=sorted(set(IMAGE_FORMATS.values()))) as image:
            yield image


def _upright(image: Image.Image) -> Image.Image:
    if image.format in ("JPEG", MANY):
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # decodes a large photograph small at once
    mode = "RGBA" if image.format not in ("JPEG", MANY) and image.has_transparency_data else "RGB"
    plain = _in_srgb(_in_8_bits(image), mode)
    plain.thumbnail((MAX_SIDE, MAX_SIDE))  # before turning it, which takes a copy
    return ImageOps.exif_transpose(plain)


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
    if (profile := image.info.get("icc_profile")) and image.mode in ("RGB", "CMYK", "L"):
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            plain = ImageCms.profileToProfile(image, theirs, ours, outputMode="RGB")
            assert isinstance(plain, Image.Image)  # it gives None only when it works in place
            return plain
        except (ImageCms.PyCMSError, OSError):
            pass
    return image if image.mode == mode else image.convert(mode)
