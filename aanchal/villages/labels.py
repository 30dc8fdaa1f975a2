"""Finds room for names on a map: none over another, and over as few houses as can be."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


class Name(NamedTuple):
    """Words that want to stand near a spot, outside a rim of `reach` across and `rise` down."""

    words: str
    x: float
    y: float
    reach: float
    rise: float
    size: float


class Placed(NamedTuple):
    x: float
    baseline: float


def around(x: float, y: float, half_width: float, half_height: float) -> Box:
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)


def width_of(words: str, size: float) -> float:
    """An estimate: marks that sit on a letter take no room, Indic letters take more than Latin ones."""
    letters = [c for c in words if not unicodedata.category(c).startswith("M")]
    return size * sum(0.6 if ord(c) < 0x900 else 0.8 for c in letters)


@dataclass
class Room:
    """What is taken on the sheet: `taken` may not be covered, `houses` should not be."""

    sheet: Box
    taken: list[Box] = field(default_factory=list)
    houses: Sequence[Box] = ()

    def find(self, name: Name, covers: int) -> Placed | None:
        """The freest place beside the name's spot, or nothing where it would hide a name or more houses than allowed."""
        free = [(self._hidden_by(box), order, box) for order, box in enumerate(_candidates(name)) if self._fits(box)]
        if not free:
            return None
        hidden, _order, best = min(free)
        if hidden > covers:
            return None
        self.taken.append(best)
        return Placed((best.left + best.right) / 2, best.bottom - name.size * 0.28)

    def _hidden_by(self, box: Box) -> int:
        return sum(box.touches(house) for house in self.houses)

    def _fits(self, box: Box) -> bool:
        inside = box.left >= self.sheet.left and box.right <= self.sheet.right
        inside = inside and box.top >= self.sheet.top and box.bottom <= self.sheet.bottom
        return inside and not any(box.touches(other) for other in self.taken)


def _candidates(name: Name) -> list[Box]:
    half, tall = width_of(name.words, name.size) / 2, name.size * 0.62
    aside, above = name.reach + half + 2, name.rise + tall
    spots = [
        (0, above), (0, -above), (aside, 0), (-aside, 0),
        (half * 0.7, above), (-half * 0.7, above), (half * 0.7, -above), (-half * 0.7, -above),
        (0, above + tall), (0, -above - tall),
    ]  # fmt: skip
    return [around(name.x + dx, name.y + dy, half, tall) for dx, dy in spots]
