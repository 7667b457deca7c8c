"""The map of the Netherlands: where each municipality lies on it, and how large its dot is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from statistics import mean

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
CITIES = 30
"""The cities that may have a name."""
EMPTY = 1.7
"""Radius of a municipality without pages."""
NAME_WIDTH, NAME_HEIGHT = 8.0, 18.0
"""Room for a letter of a name, and for its line."""


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
class Label:
    """A name on the map, in the middle of its point."""

    naam: str
    point: Point
    provincie: bool


@dataclass(frozen=True, slots=True)
class DotMap:
    dots: tuple[Dot, ...]
    """The largest first: drawn in this order, a small dot lies on top of a large one."""
    by_name: tuple[Dot, ...]
    """The same, in the order the municipalities were given."""
    empty: tuple[Dot, ...]
    """Municipalities without pages."""
    labels: tuple[Label, ...]
    """Provinces and the largest cities that have room for their name."""
    provincies: tuple[Term, ...]
    key: tuple[tuple[int, float], ...]
    """Numbers of pages with the radius of their dot, for the key."""


def place(gemeente: Gemeente) -> Point:
    """Project a municipality's point on the drawing.

    The four numbers are a straight line for each axis: so small a country needs no more. The
    drawing was made by the same line, so every point falls in its own province.
    """
    return Point(round(157.06 * gemeente.lon - 523.9, 1), round(-257.05 * gemeente.lat + 13769, 1))


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

    def dot(g: Gemeente, n: int, at: Point) -> Dot:
        size = radius(n) if n else EMPTY
        reach = max(size, min(REACH, _to_nearest(at, counted) / 2))
        return Dot(g, n, at, size, round(reach, 1))

    dots = tuple(dot(*one) for one in filled)
    by_code = {dot.gemeente.code: dot for dot in dots}
    key = sorted({1, round(most / 2), most} - {0}) if most else []
    return DotMap(
        dots,
        tuple(by_code[g.code] for g, n, _ in counted if n),
        tuple(dot(*one) for one in counted if not one[1]),
        tuple(_labels([(g, at, radius(n) if n else EMPTY) for g, n, at in counted])),
        provincies,
        tuple((n, radius(n)) for n in key),
    )


def _labels(gemeenten: list[tuple[Gemeente, Point, float]]) -> Iterator[Label]:
    """Name each province in the middle of its municipalities, then cities above their dots, by
    their inhabitants, as long as no name comes over another.
    """
    by_province: dict[str, list[Point]] = {}
    for gemeente, at, _ in gemeenten:
        by_province.setdefault(gemeente.provincie, []).append(at)
    named = [
        Label(name, Point(round(mean(p.x for p in at), 1), round(mean(p.y for p in at), 1)), True)
        for name, at in by_province.items()
    ]
    cities = sorted(gemeenten, key=lambda one: (-one[0].inwoners, one[0].code))
    for gemeente, at, radius in cities[:CITIES]:
        label = Label(gemeente.naam, Point(at.x, round(at.y - radius - 7, 1)), False)
        if not any(_touches(label, other) for other in named):
            named.append(label)
    yield from named


def _touches(one: Label, other: Label) -> bool:
    room = (len(one.naam) + len(other.naam)) / 2 * NAME_WIDTH
    return (
        abs(one.point.x - other.point.x) < room and abs(one.point.y - other.point.y) < NAME_HEIGHT
    )


def _to_nearest(at: Point, filled: list[tuple[Gemeente, int, Point]]) -> float:
    return min((_apart(at, p) for _, _, p in filled if p is not at), default=math.inf)


def _apart(one: Point, other: Point) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)
