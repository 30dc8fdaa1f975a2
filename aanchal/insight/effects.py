"""What changed in the pilot's blocks beyond those beside them: difference in differences, with what chance alone can do. Plain numbers.

Months of a block are taken together before and after (Bertrand, Duflo, Mullainathan 2004, doi 10.1162/003355304772839588): what stands
month after month is not counted as news. A pilot block and the blocks beside it are one set; had the pilot fallen on another of the set,
the difference would be another one, and those are compared (Rosenbaum 2002, permutation within matched sets). The interval holds every
change that this test does not refuse. No distribution is assumed, and where the blocks are too few no interval exists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

VERSION = 1
BESIDE = 3
"""So many blocks are set beside one of the pilot, where there are as many."""
CHANCE = 0.05
ALL_OF_THEM = 20_000
DRAWN = 9_999
SEED = 20_250_401
LEAST_TOLD = 2
"""Of one pilot block alone no difference is told: it would tell that block's own counts."""
FEW, APART, BETTER, WORSE, OTHER, ALIKE = "FEW", "APART", "BETTER", "WORSE", "OTHER", "ALIKE"


@dataclass(frozen=True)
class Candidate:
    """A block and its score in the selection, or its rank where it has no score."""

    key: int
    score: float


@dataclass(frozen=True)
class Difference:
    """In points of a hundred, or in the unit of a typical value. `low` and `high` are None where the blocks are too few for an interval."""

    sets: int
    blocks: int
    estimate: float | None
    low: float | None
    high: float | None
    chance: float | None
    """How often chance alone would give as much or more, between 0 and 1."""

    @property
    def is_few(self) -> bool:
        return self.low is None

    @property
    def is_beyond_chance(self) -> bool:
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def matched(pilot: Sequence[Candidate], others: Sequence[Candidate]) -> dict[int, tuple[int, ...]]:
    """Pilot block -> those beside it, the nearest in score. None stands beside two; each has its first before any its second."""
    free, found = set(others), {one.key: () for one in sorted(pilot, key=_neediest)}
    for _ in range(BESIDE):
        for one in sorted(pilot, key=_neediest):
            if free:
                near = min(free, key=lambda other: (abs(other.score - one.score), other.key))
                free.remove(near)
                found[one.key] = (*found[one.key], near.key)
    return {key: beside for key, beside in found.items() if beside}


def difference(sets: Sequence[tuple[float, Sequence[float]]]) -> Difference:
    """From (change of the pilot block, changes of those beside it), each in points of a hundred."""
    sizes = [1 + len(beside) for _, beside in sets]
    if len(sets) < LEAST_TOLD:
        return Difference(len(sets), sum(sizes), None, None, None, None)
    table = _table(sets, sizes)
    drawn = _draws(sizes)
    told = np.take_along_axis(table[None, :, :], drawn[:, :, None], axis=2)[:, :, 0].mean(axis=1)
    slope = np.where(drawn == 0, 1.0, -1 / (np.array(sizes) - 1)).mean(axis=1)
    estimate = float(told[0])
    chance = float((np.abs(told) >= abs(estimate) - 1e-9).mean())
    # Were the true change t, each draw would tell told - slope * t: how far t may go before fewer than CHANCE of the draws tell as much.
    above, below = _reach(told - slope * estimate, slope), _reach(told - slope * estimate, -slope)
    if not np.isfinite(above) or not np.isfinite(below):
        return Difference(len(sets), sum(sizes), estimate, None, None, chance)
    return Difference(len(sets), sum(sizes), estimate, estimate - below, estimate + above, chance)


def verdict(found: Difference, before: Difference, better: str) -> str:
    """What may be said of it. `before` is the same difference within the time before the pilot: it should be none."""
    if found.is_few:
        return FEW
    if not found.is_beyond_chance:
        return ALIKE
    if before.is_beyond_chance:
        return APART
    if better == "NEITHER":
        return OTHER
    return BETTER if (found.estimate > 0) == (better == "MORE") else WORSE


def change(before: tuple[int, int], after: tuple[int, int], least: int, times: int = 100) -> float | None:
    """In points of a hundred, or so many `times`, from (n, of) before and after; None over fewer than `least`."""
    if before[1] < least or after[1] < least:
        return None
    return times * after[0] / after[1] - times * before[0] / before[1]


def of_blocks(sets: Mapping[int, Sequence[int]], changes: Mapping[int, float | None]) -> Difference:
    """The difference of those blocks whose change is known; a pilot block with none beside it is left out."""
    known = []
    for pilot, beside in sets.items():
        told = [one for key in beside if (one := changes.get(key)) is not None]
        own = changes.get(pilot)
        if own is not None and told:
            known.append((own, told))
    return difference(known)


def _neediest(one: Candidate) -> tuple[float, int]:
    return -one.score, one.key


def _table(sets: Sequence[tuple[float, Sequence[float]]], sizes: Sequence[int]) -> np.ndarray:
    """`table[set, which]`: the difference of the set, had the pilot fallen on that block of it. Numbers past a set's size are not drawn."""
    table = np.zeros((len(sets), max(sizes)))
    for row, (own, beside) in enumerate(sets):
        values = np.array([own, *beside])
        table[row, : len(values)] = values - (values.sum() - values) / (len(values) - 1)
    return table


def _draws(sizes: Sequence[int]) -> np.ndarray:
    """`drawn[draw, set]`: on which block of each set the pilot falls; the first draw is what happened. All of them, or many by lot."""
    if prod(sizes) <= ALL_OF_THEM:
        return np.array(list(product(*(range(size) for size in sizes))))
    drawn = np.random.default_rng(SEED).integers(0, sizes, (DRAWN, len(sizes)))
    return np.vstack([np.zeros((1, len(sizes)), dtype=np.int64), drawn])


def _reach(at: np.ndarray, slope: np.ndarray) -> float:
    """The largest step t for which more than CHANCE of the draws tell |at - slope t| >= t; infinite where no step is too large."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.where(np.isclose(slope, -1), np.where(at >= -1e-9, np.inf, -np.inf), at / (1 + slope))
        other = np.where(np.isclose(slope, 1), np.where(at <= 1e-9, np.inf, -np.inf), -at / (1 - slope))
    steps = np.sort(np.maximum(one, other))[::-1]
    return float(steps[int(CHANCE * len(steps))])
