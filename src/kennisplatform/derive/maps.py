"""The map of the Netherlands: where each municipality lies on it, and how large its dot is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from kennisplatform.model.platform import Term
from kennisplatform.model.vocabulary import Gemeente

WIDTH, HEIGHT = 613, 724
"""Size of the drawing in docs/assets/nederland.svg; all lengths here are in its units, 2.3 to a
kilometre.
"""
LARGEST, SMALLEST = 15.0, 3.0
"""Radius of a dot. The nearest two municipalities, Huizen and Blaricum, lie 5.4 apart."""
OVERLAP = 1.4
"""Two radii together, at most, as a part of the distance between their dots: so no dot disappears
under others.
"""
REACH = 20.0
"""Radius around a small dot that a pointer still hits."""


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Dot:
    """The dot of a municipality with pages; its area goes with their number."""

    gemeente: Gemeente
    count: int
    point: Point
    radius: float
    reach: float
    """Radius that a pointer hits: at most half way to the next dot, unless the dot itself is
    larger.
    """


@dataclass(frozen=True, slots=True)
class DotMap:
    dots: tuple[Dot, ...]
    """The largest first: drawn in this order, a small dot lies on top of a large one."""
    by_name: tuple[Dot, ...]
    """The same, in the order the municipalities were given."""
    empty: tuple[Point, ...]
    """Municipalities without pages."""
    provincies: tuple[Term, ...]
    key: tuple[tuple[int, float], ...]
    """Numbers of pages with the radius of their dot, for the key."""


def place(gemeente: Gemeente) -> Point:
    """Project a municipality's point on the drawing.

    The four numbers are a straight line for each axis, fitted to the drawing: so small a country
    needs no more. Every point falls in its own province but that of Vijfheerenlanden, which went
    to another province after the drawing was made (2019).
    """
    return Point(
        round(157.06 * gemeente.lon - 523.9, 1), round(-257.05 * gemeente.lat + 13771.4, 1)
    )


def draw(gemeenten: Iterable[tuple[Gemeente, int]], provincies: tuple[Term, ...]) -> DotMap:
    """Draw the map of municipalities with their numbers of pages."""
    counted = [(g, n, place(g)) for g, n in gemeenten]
    filled = sorted((c for c in counted if c[1]), key=lambda c: (-c[1], c[0].code))
    most = filled[0][1] if filled else 0
    fitting = (
        OVERLAP * _apart(one, other) / (math.sqrt(n) + math.sqrt(m))
        for (_, n, one), (_, m, other) in combinations(filled, 2)
    )
    unit = min([LARGEST / math.sqrt(max(most, 1)), *fitting])

    def radius(pages: int) -> float:
        return round(max(SMALLEST, unit * math.sqrt(pages)), 1)

    dots = tuple(
        Dot(g, n, at, radius(n), round(max(radius(n), min(REACH, _to_nearest(at, filled) / 2)), 1))
        for g, n, at in filled
    )
    by_code = {dot.gemeente.code: dot for dot in dots}
    key = sorted({1, round(most / 2), most} - {0}) if most else []
    return DotMap(
        dots,
        tuple(by_code[g.code] for g, n, _ in counted if n),
        tuple(at for _, n, at in counted if not n),
        provincies,
        tuple((n, radius(n)) for n in key),
    )


def _to_nearest(at: Point, filled: list[tuple[Gemeente, int, Point]]) -> float:
    return min((_apart(at, p) for _, _, p in filled if p is not at), default=math.inf)


def _apart(one: Point, other: Point) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)
