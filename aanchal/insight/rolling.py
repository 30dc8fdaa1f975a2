"""From what villages tell to blocks, districts, states and the nation: sums over intervals of place numbers. Plain numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from aanchal.core.tallies import ADULT, FEMALE, MALE, OTHER, UNDER_18, Tally

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
    told = running[np.searchsorted(numbers[order], units.last, "right")] - running[np.searchsorted(numbers[order], units.first, "left")]
    whole = np.zeros((units.size, THINGS + 1), dtype=np.int64)
    np.add.at(whole, units.unit, told)
    return whole
