"""From longitude and latitude to the paper of one village's map."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import NamedTuple

METRES_PER_DEGREE = 111_320.0
SMALLEST_METRES = 240.0


class Point(NamedTuple):
    lon: float
    lat: float


class Spot(NamedTuple):
    x: float
    y: float


@dataclass(frozen=True)
class Projection:
    """A flat map, north up: exact enough for a village, where the earth bends by less than a footstep."""

    west: float
    north: float
    units_per_metre: float
    metres_east: float
    margin: Spot
    width: float
    height: float

    @classmethod
    def around(cls, points: Iterable[Point], *, width: float, margin: float, heights: tuple[float, float]) -> "Projection":
        found = list(points) or [Point(0, 0)]
        west, east = min(p.lon for p in found), max(p.lon for p in found)
        south, north = min(p.lat for p in found), max(p.lat for p in found)
        metres_east = METRES_PER_DEGREE * cos(radians((south + north) / 2))
        across = max((east - west) * metres_east, SMALLEST_METRES)
        down = max((north - south) * METRES_PER_DEGREE, SMALLEST_METRES / 2)
        scale = min((width - 2 * margin) / across, (heights[1] - 2 * margin) / down)
        height = min(max(down * scale + 2 * margin, heights[0]), heights[1])
        left = (width - (east - west) * metres_east * scale) / 2
        top = (height - (north - south) * METRES_PER_DEGREE * scale) / 2
        return cls(west, north, scale, metres_east, Spot(left, top), width, height)

    def place(self, point: Point) -> Spot:
        x = (point.lon - self.west) * self.metres_east * self.units_per_metre + self.margin.x
        y = (self.north - point.lat) * METRES_PER_DEGREE * self.units_per_metre + self.margin.y
        return Spot(x, y)

    def scale_bar(self) -> tuple[int, float]:
        """The longest round number of metres that fits in a quarter of the width, and its length on paper."""
        room = self.width / 4 / self.units_per_metre
        metres = max((m for m in (10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if m <= room), default=10)
        return metres, metres * self.units_per_metre


def hull(spots: Iterable[Spot]) -> list[Spot]:
    """The outline around all spots (Andrew's monotone chain)."""
    ordered = sorted(set(spots))
    if len(ordered) < 3:
        return ordered
    return _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]


def _chain(ordered: list[Spot]) -> list[Spot]:
    chain: list[Spot] = []
    for spot in ordered:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], spot) <= 0:
            chain.pop()
        chain.append(spot)
    return chain


def _turn(a: Spot, b: Spot, c: Spot) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def spread(spots: list[Spot], apart: float, rounds: int = 10) -> list[Spot]:
    """Moves marks that lie upon each other aside; positions were shifted before they came, so nothing true is lost."""
    moved = list(spots)
    for _ in range(rounds):
        cells: dict[tuple[int, int], list[int]] = {}
        for i, spot in enumerate(moved):
            cells.setdefault((int(spot.x // apart), int(spot.y // apart)), []).append(i)
        if not any([_part(moved, i, j, apart) for i, j in _neighbours(cells)]):
            break
    return moved


def _neighbours(cells: dict[tuple[int, int], list[int]]) -> list[tuple[int, int]]:
    near = [(0, 0), (1, 0), (0, 1), (1, 1), (-1, 1)]
    return [
        (i, j)
        for (column, row), members in cells.items()
        for dx, dy in near
        for i in members
        for j in cells.get((column + dx, row + dy), ())
        if (dx, dy) != (0, 0) or i < j
    ]


def _part(spots: list[Spot], i: int, j: int, apart: float) -> bool:
    a, b = spots[i], spots[j]
    dx, dy = b.x - a.x, b.y - a.y
    distance = hypot(dx, dy)
    if distance >= apart - 0.01:
        return False
    if distance < 0.01:
        # The same spot: leave along directions that differ by the golden angle, so no two pairs choose alike.
        dx, dy, distance = cos(2.4 * j), cos(2.4 * j + 1.57), 1.0
        push = apart / 2
    else:
        push = (apart - distance) / 2
    spots[i] = Spot(a.x - dx / distance * push, a.y - dy / distance * push)
    spots[j] = Spot(b.x + dx / distance * push, b.y + dy / distance * push)
    return True
