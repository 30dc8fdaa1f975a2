"""From what villages tell to blocks, districts, states and the nation: sums over intervals of place numbers. Plain numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from aanchal.core.tallies import ADULT, FEMALE, MALE, OTHER, UNDER_18, Part, Tally

SLOTS = {(sex, age): n for n, (sex, age) in enumerate((sex, age) for sex in (FEMALE, MALE, OTHER) for age in (UNDER_18, ADULT))}
THINGS = len(SLOTS)
"""The slot of what is no person."""


@dataclass(frozen=True, eq=False)
class Units:
    """Places counts are kept of. A block in two districts is one unit with two intervals: its own position twice in `unit`."""

    unit: np.ndarray
    first: np.ndarray
    last: np.ndarray
    size: int

    @staticmethod
    def of(intervals: Sequence[tuple[int, int, int]], size: int) -> "Units":
        """From (position of the unit, first number, last number)."""
        table = np.array(intervals, dtype=np.int64).reshape(-1, 3)
        return Units(table[:, 0], table[:, 1], table[:, 2], size)


def rolled(tallies: Iterable[Tally], units: Units) -> np.ndarray:
    """`counts[unit, slot]`: the six groups of persons and the things, of each unit."""
    rows = list(tallies)
    numbers = np.fromiter((row.place_no for row in rows), dtype=np.int64, count=len(rows))
    slots = np.fromiter((SLOTS.get((row.sex, row.age), THINGS) for row in rows), dtype=np.int64, count=len(rows))
    counts = np.fromiter((row.n for row in rows), dtype=np.int64, count=len(rows))
    return summed(numbers, slots, counts, units)


def summed(numbers: np.ndarray, slots: np.ndarray, counts: np.ndarray, units: Units) -> np.ndarray:
    """The same from columns. Every village lies in many units: running sums over villages in order answer for each at once."""
    order = np.argsort(numbers, kind="stable")
    running = np.zeros((len(numbers) + 1, THINGS + 1), dtype=np.int64)
    running[np.arange(1, len(numbers) + 1), slots[order]] = counts[order]
    running = running.cumsum(axis=0)
    first, last = _ends(numbers[order], units)
    told = running[last] - running[first]
    whole = np.zeros((units.size, THINGS + 1), dtype=np.int64)
    np.add.at(whole, units.unit, told)
    return whole


def ratio(parts: Iterable[Part], units: Units, times: int = 1) -> np.ndarray:
    """`value[unit]`: the parts of a unit over their wholes, so many times, to the nearest whole number; nought of nothing."""
    numbers, part, whole = _columns(parts)
    counts = np.zeros((len(numbers), 2), dtype=np.int64)
    counts[:, 0], counts[:, 1] = part, whole
    sums = np.zeros((units.size, 2), dtype=np.int64)
    order = np.argsort(numbers, kind="stable")
    running = np.vstack([np.zeros((1, 2), dtype=np.int64), counts[order].cumsum(axis=0)])
    first, last = _ends(numbers[order], units)
    np.add.at(sums, units.unit, running[last] - running[first])
    over = np.maximum(sums[:, 1], 1)
    return (2 * times * sums[:, 0] + over) // (2 * over)


def median(parts: Iterable[Part], units: Units, times: int = 1) -> np.ndarray:
    """`value[unit]`: the one in the middle; of two in the middle the lower, which somebody really has."""
    numbers, part, _whole = _columns(parts)
    order = np.argsort(numbers, kind="stable")
    found, values = np.zeros(units.size, dtype=np.int64), part[order]
    first, last = _ends(numbers[order], units)
    pieces: dict[int, list[np.ndarray]] = {}
    for unit, begins, ends in zip(units.unit.tolist(), first.tolist(), last.tolist(), strict=True):
        if ends > begins:
            pieces.setdefault(unit, []).append(values[begins:ends])
    for unit, told in pieces.items():
        own = np.concatenate(told)
        found[unit] = times * np.partition(own, (len(own) - 1) // 2)[(len(own) - 1) // 2]
    return found


def _columns(parts: Iterable[Part]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = np.array([tuple(one) for one in parts], dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _ends(numbers: np.ndarray, units: Units) -> tuple[np.ndarray, np.ndarray]:
    return np.searchsorted(numbers, units.first, "left"), np.searchsorted(numbers, units.last, "right")
