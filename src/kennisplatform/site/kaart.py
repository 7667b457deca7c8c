"""The map of the Netherlands, with what there is by municipality and province: its page, and where
each dot and name lies on the drawing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations
from statistics import mean

from kennisplatform.model.facets import FACETS
from kennisplatform.model.platform import Platform, Term
from kennisplatform.model.vocabulary import Gemeente
from kennisplatform.site.pages import HOME, Content, Reference, SitePage

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
NAME_WIDTH, NAME_HEIGHT = 7.5, 18.0
"""Room for a letter of a name, and for its line."""
LARGER = 1.35
"""By what the names of provinces are larger, on a phone."""
GRID, MOST_PLACES = 10, 40
"""Between the places where the name of a province may lie, and how many of the best are looked at
closely.
"""
PROVINCE_ROOM = 30.0
"""How far from the middle of its municipalities that name may lie anyway."""


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

    @property
    def width(self) -> float:
        return len(self.naam) * NAME_WIDTH * (LARGER if self.provincie else 1)

    @property
    def height(self) -> float:
        return NAME_HEIGHT * (LARGER if self.provincie else 1)


@dataclass(frozen=True, slots=True)
class DotMap:
    dots: tuple[Dot, ...]
    """The largest first: drawn in this order, a small dot lies on top of a large one."""
    by_name: tuple[Dot, ...]
    """The same, in the order the municipalities were given."""
    empty: tuple[Dot, ...]
    """Municipalities without pages."""
    labels: tuple[Label, ...]
    """Provinces, and the largest cities that have room for their name."""
    provincies: tuple[Term, ...]
    key: tuple[tuple[int, float], ...]
    """Numbers of pages with the radius of their dot, for the key."""


@dataclass(frozen=True)
class Kaartblad(Content):
    numbers: tuple[tuple[Gemeente, int], ...]
    """Municipalities with their numbers of pages."""
    provincies: tuple[Term, ...]
    velden: Mapping[str, Mapping[str, int]]
    """Numbers of pages by slug of the municipality, for each aandachtsveld it has any of."""

    @cached_property
    def drawing(self) -> DotMap:
        """The map, drawn when it is shown: finding a place for each name takes long."""
        return draw(self.numbers, self.provincies)

    def references(self) -> Iterator[Reference]:
        municipality = FACETS["gemeente"]
        for dot in self.drawing.by_name:
            yield municipality.meervoud, dot.gemeente.naam, municipality.address(dot.gemeente.slug)


def map_page(platform: Platform) -> Iterator[SitePage]:
    yield SitePage(
        "kaart/",
        "kaart.html",
        "Kaart",
        "Van welke gemeenten en provincies staat er iets op dit platform?",
        (HOME,),
        partial(_map, platform),
    )


def _map(platform: Platform) -> Kaartblad:
    fields = FACETS["aandachtsveld"]
    velden = {
        g.slug: Counter(t.slug for p in pages for t in platform.terms_of(p, fields))
        for g in platform.vocabulary.gemeenten
        if (pages := platform.pages_of("gemeente", g.slug))
    }
    numbers = tuple(
        (g, len(platform.pages_of("gemeente", g.slug))) for g in platform.vocabulary.gemeenten
    )
    return Kaartblad(numbers, platform.terms["provincie"], velden)


def place(gemeente: Gemeente) -> Point:
    """Project a municipality's point on the drawing.

    The four numbers are a straight line for each axis: so small a country needs no more. The
    drawing was made by the same line, so every point falls in its own province.
    """
    return Point(round(157.06 * gemeente.lon - 523.9, 1), round(-257.05 * gemeente.lat + 13769, 1))


def draw(gemeenten: Iterable[tuple[Gemeente, int]], provincies: tuple[Term, ...]) -> DotMap:
    """Draw the map of municipalities with their numbers of pages."""
    counted = [(g, n, place(g)) for g, n in gemeenten]
    points = [at for _, _, at in counted]
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
        reach = max(size, min(REACH, _to(at, points) / 2))
        return Dot(g, n, at, size, round(reach, 1))

    dots = tuple(dot(*one) for one in filled)
    by_code = {dot.gemeente.code: dot for dot in dots}
    key = sorted({1, round(most / 2), most} - {0}) if most else []
    return DotMap(
        dots,
        tuple(by_code[g.code] for g, n, _ in counted if n),
        tuple(dot(*one) for one in counted if not one[1]),
        tuple(_labels([(g, at) for g, _, at in counted], dots)),
        provincies,
        tuple((n, radius(n)) for n in key),
    )


def _labels(gemeenten: list[tuple[Gemeente, Point]], dots: tuple[Dot, ...]) -> Iterator[Label]:
    """Name each province, then cities by their inhabitants, beside their dots. A name lies where no
    other does; of a city also where no dot does, else it has none.
    """
    by_province: dict[str, list[Point]] = {}
    for gemeente, at in gemeenten:
        by_province.setdefault(gemeente.provincie, []).append(at)
    named: list[Label] = []
    for name in sorted(by_province, key=lambda name: (len(by_province[name]), name)):
        named.append(_of_province(name, by_province, named, dots))
    radius = {dot.gemeente.code: dot.radius for dot in dots}
    for gemeente, at in sorted(gemeenten, key=lambda one: (-one[0].inwoners, one[0].code))[:CITIES]:
        here = radius.get(gemeente.code, EMPTY)
        named += [
            label
            for label in _beside(gemeente.naam, at, here)
            if label.width / 2 < label.point.x < WIDTH - label.width / 2
            and not any(_touches(label, other) for other in named)
            and not _covered(label, dots)
        ][:1]
    yield from named


def _of_province(
    name: str, by_province: dict[str, list[Point]], named: list[Label], dots: tuple[Dot, ...]
) -> Label:
    """Name a province where no other name and the fewest dots are in the way, near the middle of
    its municipalities; if it can be, where the nearest municipality of both its ends is its own.
    """
    own = by_province[name]
    others = [p for other, points in by_province.items() if other != name for p in points]
    middle = Label(name, Point(mean(p.x for p in own), mean(p.y for p in own)), True)
    half = middle.width / 2
    x, y = middle.point.x, middle.point.y
    xs, ys = [x - PROVINCE_ROOM, x + PROVINCE_ROOM], [y - PROVINCE_ROOM, y + PROVINCE_ROOM]
    xs += [p.x for p in own]
    ys += [p.y for p in own]
    grid = (
        Label(name, Point(x, y), True)
        for x in range(int(max(min(xs), half)), int(min(max(xs), WIDTH - half)) + 1, GRID)
        for y in range(int(min(ys)), int(max(ys)) + 1, GRID)
    )
    places = [label for label in grid if not any(_touches(label, other) for other in named)]
    places.sort(key=lambda label: (_covered(label, dots), _apart(label.point, middle.point)))

    def outside(label: Label) -> bool:
        ends = (Point(label.point.x + beside, label.point.y) for beside in (-half, half))
        return any(_to(end, others) < _to(end, own) for end in ends)

    return min(places[:MOST_PLACES], key=outside, default=middle)


def _beside(name: str, at: Point, radius: float) -> Iterator[Label]:
    """Give the places for a name around a dot, the best first."""
    up = radius + NAME_HEIGHT / 2 - 2
    aside = radius + len(name) * NAME_WIDTH / 2
    slant = aside - radius / 2
    around = ((0, -up), (0, up), (aside, 0), (-aside, 0))
    corners = ((slant, -up), (slant, up), (-slant, -up), (-slant, up))
    for x, y in (*around, *corners):
        yield Label(name, Point(round(at.x + x, 1), round(at.y + y, 1)), False)


def _touches(one: Label, other: Label) -> bool:
    return (
        abs(one.point.x - other.point.x) < (one.width + other.width) / 2
        and abs(one.point.y - other.point.y) < (one.height + other.height) / 2
    )


def _covered(label: Label, dots: Iterable[Dot]) -> int:
    """Count the dots that a name lies on."""
    x, y = label.point.x, label.point.y
    beside, above = label.width / 2, label.height / 2 - 3
    return sum(
        abs(x - dot.point.x) - beside < dot.radius and abs(y - dot.point.y) - above < dot.radius
        for dot in dots
    )


def _to(at: Point, points: list[Point]) -> float:
    """Give how far the nearest of other points is."""
    return min((_apart(at, p) for p in points if p is not at), default=math.inf)


def _apart(one: Point, other: Point) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)
