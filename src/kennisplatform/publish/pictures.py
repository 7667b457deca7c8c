"""The picture that comes along when somebody shares a page: one for each aandachtsveld and each
collection, and one for all that is neither.
"""

from __future__ import annotations

import cmath
import io
import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import cycle, pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from kennisplatform.model.facets import FACETS
from kennisplatform.model.platform import Platform
from kennisplatform.model.schema import COLLECTIES
from kennisplatform.model.site import SiteFile
from kennisplatform.publish.colours import Colours

SIZE = _WIDTH, _HEIGHT = 1200, 630
"""Pixels, as those who show a shared page ask for (the Open Graph protocol names no size)."""
FONT = "assets/fonts/source-serif-4-latin-wght-normal.woff2"
ICON = "assets/icoon.svg"
"""Below docs/."""
_EDGE, _FINER, _TINTS = 80, 4, 7
_NUMBER = r"([-+]?(?:\d*\.\d+|\d+))[\s,]*"
_COMMAND = re.compile(r"([a-zA-Z])([^a-zA-Z]*)")
_FLAG = r"([01])[\s,]*"
_ARC = re.compile(_NUMBER * 3 + _FLAG * 2 + _NUMBER * 2)
_TAKES = {"H": 1, "V": 1, "S": 4, "Q": 4, "C": 6}
"""Numbers that a command of a path takes, where it is not two."""


def picture_of(address: str, platform: Platform) -> str:
    """Give the address of the picture of a page: that of its aandachtsveld when it has but one,
    else that of its collection, else that of the site.
    """
    folder, slug, *_ = f"{address}/".split("/")
    page = platform.library.by_slug.get(slug)
    if page and page.address == address:
        fields = platform.terms_of(page, FACETS["aandachtsveld"])
        folder = fields[0].slug if len(fields) == 1 else folder
    elif folder == FACETS["aandachtsveld"].map:
        folder = slug
    elif folder not in {c.slug for c in COLLECTIES.values()}:
        folder = ""
    return f"assets/deel/{folder or 'site'}.png"


def picture_files(
    platform: Platform, colours: Colours, docs: Path, icon: Callable[[str], str]
) -> Iterator[SiteFile]:
    """Draw every picture; `icon` gives the SVG of an icon by its name. None when the site has no
    address, which a shared page cannot do without.
    """
    if not platform.settings.site_url:
        return
    own, brand = (docs / ICON).read_text(encoding="utf-8"), platform.identity.kort
    tints = cycle(range(1, _TINTS + 1))
    wanted = [
        *(
            (t.slug, t.naam, icon(t.icoon) if t.icoon else own, f"tint-{n}")
            for n, t in zip(tints, platform.terms["aandachtsveld"], strict=False)
        ),
        *((c.slug, c.naam, own, "papier") for c in COLLECTIES.values()),
        ("site", platform.identity.naam, own, "papier"),
    ]
    for slug, name, drawing, ground in wanted:
        tones = tuple(colours.light[tone] for tone in (ground, "merk", "inkt", "blauw"))
        yield SiteFile(f"assets/deel/{slug}.png", _draw(name, brand, drawing, tones, docs / FONT))


@cache
def _draw(name: str, brand: str, icon: str, tones: tuple[str, ...], font: Path) -> bytes:
    """Draw one, as PNG; the tones are those of the ground, the edge, the letters and the icon."""
    ground, edge, ink, blue = tones
    picture = Image.new("RGB", SIZE, ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, _WIDTH, 15), edge)
    mask = icon_mask(icon, 144)
    picture.paste(Image.new("RGB", mask.size, blue), (_EDGE, 72), mask)
    lines, letters = _fitting(name, font)
    pen.multiline_text((_EDGE, 244), "\n".join(lines), ink, letters, spacing=12)
    pen.text((_EDGE, _HEIGHT - 90), brand, ink, _letters(font, 36))
    made = io.BytesIO()
    few = picture.quantize(64, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(made, "PNG", optimize=True)
    return made.getvalue()


def _letters(font: Path, size: int) -> ImageFont.FreeTypeFont:
    letters = ImageFont.truetype(str(font), size, layout_engine=ImageFont.Layout.BASIC)
    letters.set_variation_by_axes([600])  # type: ignore[no-untyped-call]
    return letters


def _fitting(name: str, font: Path) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """Break a name into lines, in the largest letters with which it fits."""
    for size in range(88, 24, -8):
        letters, lines = _letters(font, size), [""]
        for word in name.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and letters.getlength(longer) > _WIDTH - 2 * _EDGE:
                lines.append(word)
            else:
                lines[-1] = longer
        if len(lines) * size <= 200 and all(letters.getlength(x) <= _WIDTH - _EDGE for x in lines):
            break
    return lines, letters


def icon_mask(svg: str, size: int) -> Image.Image:
    """Give what an icon covers, so many pixels wide and high. What two outlines have in common is
    open, as in icons of one path.
    """
    side = float(re.findall(r'viewBox="0 0 ([\d.]+)', svg)[0])
    scale = size * _FINER / side
    whole = Image.new("1", (size * _FINER,) * 2)
    for outline in (line for path in re.findall(r' d="([^"]+)"', svg) for line in _outlines(path)):
        if len(outline) > 2:  # less than a triangle covers nothing
            part = Image.new("1", whole.size)
            ImageDraw.Draw(part).polygon([(p.real * scale, p.imag * scale) for p in outline], 1)
            whole = ImageChops.logical_xor(whole, part)
    return whole.convert("L").reduce(_FINER)


def _outlines(path: str) -> list[list[complex]]:
    """Give the outlines of a path of SVG, with straight lines for curves, as points x + yi."""
    outlines: list[list[complex]] = []
    at = start = control = 0j
    for name, text in _COMMAND.findall(path):
        kind = name.upper()
        if kind == "Z":
            at = control = start
            outlines.append([at])
        for numbers in _arguments(kind, text):
            origin = at if name.islower() else 0j
            if kind == "M":
                at = start = control = origin + complex(*numbers)
                outlines.append([at])
                kind = "L"  # what follows are lines
                continue
            line, control = _drawn(kind, numbers, at, origin, control)
            outlines[-1] += line
            at = line[-1]
    return outlines


def _arguments(kind: str, text: str) -> Iterator[list[float]]:
    if kind == "A":
        yield from ([float(n) for n in found] for found in _ARC.findall(text))
        return
    numbers = [float(n) for n in re.findall(_NUMBER, text)]
    takes = _TAKES.get(kind, 2)
    yield from (numbers[n : n + takes] for n in range(0, len(numbers), takes))


def _drawn(
    kind: str, numbers: Sequence[float], at: complex, origin: complex, control: complex
) -> tuple[list[complex], complex]:
    """Give the points of one command of a path, and the control point that a smooth curve after it
    goes on from.
    """
    if kind == "A":
        end = origin + complex(*numbers[5:])
        return _arc(at, end, numbers), end
    if kind in "HV":
        to = numbers[0] + (origin.real if kind == "H" else origin.imag)
        end = complex(to, at.imag) if kind == "H" else complex(at.real, to)
        return [end], end
    points = [origin + complex(*numbers[n : n + 2]) for n in range(0, len(numbers), 2)]
    if kind in "ST":
        points.insert(0, 2 * at - control)
    if kind in "QT":
        return _curve(at, *points), points[0]
    return (_curve(at, *points), points[1]) if kind in "CS" else (points, points[-1])


def _curve(*points: complex) -> list[complex]:
    """Give a Bézier curve of any degree, by De Casteljau's algorithm."""
    found = []
    for step in range(1, 17):
        part, left = step / 16, list(points)
        while len(left) > 1:
            left = [a + (b - a) * part for a, b in pairwise(left)]
        found += left
    return found


def _arc(begin: complex, end: complex, numbers: Sequence[float]) -> list[complex]:
    """Give an arc of an ellipse: on the circle that it is when its radii are made one (SVG 2,
    appendix B.2).
    """
    wide, high, turned, large, sweep = numbers[:5]
    turn = cmath.rect(1, math.radians(turned))

    def unit(p: complex) -> complex:
        p /= turn
        return complex(p.real / wide, p.imag / high)

    one, other = unit(begin), unit(end)
    half = (other - one) / 2
    if abs(half) > 1:  # radii too small to reach
        wide, high = wide * abs(half), high * abs(half)
        one, other, half = one / abs(half), other / abs(half), half / abs(half)
    away = math.sqrt(max(0.0, 1 - abs(half) ** 2)) * half / abs(half)
    centre = (one + other) / 2 + away * (-1j if large == sweep else 1j)
    angle = cmath.phase((other - centre) / (one - centre))
    angle += math.tau * ((sweep == 1 and angle < 0) - (sweep == 0 and angle > 0))
    on_circle = (
        centre + (one - centre) * cmath.rect(1, angle * step / 16) for step in range(1, 17)
    )
    return [complex(p.real * wide, p.imag * high) * turn for p in on_circle]
