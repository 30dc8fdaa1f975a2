"""How little agreement of place says where most people held are of that place (ADR 0063).

The weights are those of a nation: that two people are of one district says much there, and nothing in the register of that district.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from aanchal.matching.engine.columns import Column
from aanchal.matching.engine.model import Model
from aanchal.matching.engine.register import Register

# A comparison, its levels, the column of the missing and the column of the found that agree there.
NEAR = (
    ("place", (1,), Column.BLOCK, Column.BLOCK),
    ("place", (2, 3), Column.DISTRICT, Column.DISTRICT),
    ("place", (4, 5), Column.STATE, Column.STATE),
    ("village", (1,), Column.VILLAGE, Column.VILLAGE),
    ("village", (2,), Column.VILLAGE_KEY, Column.VILLAGE_KEY),
    ("found_at", (1,), Column.DISTRICT, Column.AT_DISTRICT),
    ("found_at", (2,), Column.STATE, Column.AT_STATE),
)
FEW = 10
"""People a register is thought to be larger by, of places shared as in the nation: one person alone does not make a place common."""
Counts = Mapping[Column, Mapping[int, int]]
Losses = dict[tuple[str, int], float]


def counted(held: Register) -> Counts:
    """How many of those held are of each place, and under 0 how many of any."""
    told = {}
    for column in sorted({column for *_, mine, theirs in NEAR for column in (mine, theirs)}):
        values, counts = np.unique(held.numbers[:, column], return_counts=True)
        of_each = {int(value): int(count) for value, count in zip(values, counts, strict=True) if value}
        told[column] = of_each | {0: sum(of_each.values())}
    return told


def losses(model: Model, asked: np.ndarray, held: Iterable[Counts], *, asked_is_found: bool) -> Losses:
    """Bits that a comparison and level say less than the model has it, for who is asked about among all those held."""
    parts = list(held)
    told: Losses = {}
    for comparison, levels, of_missing, of_found in NEAR:
        own, theirs = (of_found, of_missing) if asked_is_found else (of_missing, of_found)
        value = int(asked[own])
        expected = sum(one["u"] for one in model.told["comparisons"][comparison]["levels"] if one["level"] <= levels[-1])
        if not value or not expected:
            continue
        same, known = (sum(part[theirs].get(which, 0) for part in parts) for which in (value, 0))
        share = (same + FEW * expected) / (known + FEW)
        if share > expected:
            told |= dict.fromkeys(((comparison, level) for level in levels), float(np.log2(share / expected)))
    return told


def lessened(bits: dict[str, float], levels: dict[str, int], lost: Losses) -> dict[str, float]:
    """The waterfall with what agreement of place says here: less than in the nation, never against."""
    return {name: max(min(said, 0.0), said - lost.get((name, levels[name]), 0.0)) for name, said in bits.items()}
