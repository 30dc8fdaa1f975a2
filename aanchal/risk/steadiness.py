"""How far a band rests on the choice of the weights: drawn again and again, how often does a family keep its band?

The weights are drawn from a Dirichlet distribution around those of the index. What a group of its shares adds up to, within a larger group,
has a Beta distribution (its aggregation property): so a family's score under drawn weights depends on its points and on what was answered,
not on which indicators these are. A table of both is enough, without any reason. tests/risk/test_steadiness.py draws the long way too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from aanchal.risk.definition import UNKNOWN, Definition

DRAWS = 1_000
SEED = 2026
SPREAD = 0.25
"""A weight drawn is typically a quarter more or less than the weight of the index."""
STEADY = 0.8
"""A family keeps its band in eight of ten draws, or it is near a line."""


@dataclass(frozen=True)
class Steadiness:
    """Of the families of a place whose band is known: the mean share of draws in which they keep it, and how many are near a line.

    `near` is None where it is not told, for it could point at a family.
    """

    families: int
    survival: float
    near: int | None


def concentration(indicators: int, spread: float) -> float:
    """Of the Dirichlet distribution under which the mean weight of so many indicators varies by this share of itself."""
    return (indicators - 1) / spread**2 - 1


def survival(definition: Definition, points: int, observed: int, *, spread: float = SPREAD, draws: int = DRAWS) -> float:
    """The share of draws in which a family with these points keeps its band."""
    return _survival(_shape(definition), points, observed, spread, draws)


def is_near(definition: Definition, points: int, observed: int) -> bool:
    """One answer more or less would put a family on the list or take it off, or its band does not hold in eight of ten draws."""
    if definition.band(points, observed) == UNKNOWN:
        return False
    return _is_one_answer_away(definition, points, observed) or survival(definition, points, observed) < STEADY


def steadiness(definition: Definition, scores: Mapping[tuple[int, int], int]) -> Steadiness:
    """`scores`: how many families have which points of how many answered."""
    known = {(points, observed): families for (points, observed), families in scores.items() if observed}
    families = sum(known.values())
    kept = sum(survival(definition, *score) * count for score, count in known.items())
    near = sum(count for score, count in known.items() if is_near(definition, *score))
    return Steadiness(families, kept / families if families else 1.0, near)


def dirichlet(definition: Definition, *, spread: float, draws: int, seed: int = SEED) -> NDArray[np.float64]:
    """Weights drawn around those of the index, a row a draw: what `survival` says shortly, said at length."""
    points = np.array(list(definition.points_of.values()), np.float64)
    if not spread:
        return np.tile(points, (draws, 1))
    return np.random.default_rng(seed).dirichlet(points / points.sum() * concentration(len(points), spread), draws)


def _is_one_answer_away(definition: Definition, points: int, observed: int) -> bool:
    heaviest = max(definition.points_of.values())
    band = definition.band(points, observed)
    if band in definition.poor_bands:
        return definition.band(max(points - heaviest, 0), observed) not in definition.poor_bands
    return definition.band(min(points + heaviest, observed), observed) in definition.poor_bands


Shape = tuple[int, int, tuple[int, ...]]


def _shape(definition: Definition) -> Shape:
    """Of a definition, all that a survival depends on."""
    return len(definition.indicators), definition.total_points, tuple(band.starts_at for band in definition.bands)


@lru_cache(maxsize=20_000)
def _survival(shape: Shape, points: int, observed: int, spread: float, draws: int) -> float:
    indicators, total, starts = shape
    if observed == 0 or points in (0, observed) or not spread:
        return 1.0
    strength = concentration(indicators, spread) / total
    generator = np.random.default_rng((SEED, points, observed))
    score = generator.beta(points * strength, (observed - points) * strength, draws)
    kept = sum(score * total >= start for start in starts) == sum(points * total >= start * observed for start in starts)
    return float(np.mean(kept))
