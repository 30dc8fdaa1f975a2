"""The weights of a model, tuned so that the right person comes first among those who also fit: a conditional logit, held to its start."""

from dataclasses import dataclass

import numpy as np

from aanchal.matching.engine.columns import COMPARISONS, FREQUENT, LEVELS
from aanchal.matching.engine.matching import Pairs
from aanchal.matching.engine.model import TABLES, Model
from aanchal.matching.engine.register import Register

ROUNDS = 250
STEP = 0.05
HELD_TO_START = 2.0  # how many pairs' worth of belief in the weights learnt by Splink
LN2 = float(np.log(2))
OF_COMPARISON = (0, 0, 1, 1, 2, 2, 3, 3)
OF_LEVEL = (1, 2) * 4


@dataclass
class Examples:
    """Candidates of people asked about: levels, rarity of what agrees, whose candidate it is, and whether it is the true one."""

    levels: np.ndarray
    rarity: np.ndarray
    asked: np.ndarray
    is_true: np.ndarray
    people: int


def shared_rarity(levels: np.ndarray, pairs: Pairs, missing: Register, table: np.ndarray) -> np.ndarray:
    """For each pair and frequency table, the rarity of the value shared, 0 where none is."""
    out = np.zeros((len(pairs), FREQUENT), np.float32)
    for number, column in enumerate(TABLES):
        agrees = levels[:, OF_COMPARISON[number]] == OF_LEVEL[number]
        out[agrees, number] = table[number, missing.numbers[pairs.missing[agrees], column]]
    return out


def tuned(model: Model, examples: Examples, held: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Weights, how far rarity counts, and the bits of "none of these"."""
    start = np.concatenate([model.weights.ravel(), model.rare, [float(np.log2(held / model.told["share_found"]))]])
    place = examples.levels + np.arange(len(COMPARISONS)) * LEVELS
    is_seen = np.zeros(len(start), bool)
    is_seen[np.unique(place)] = True
    is_seen[: len(COMPARISONS) * LEVELS : LEVELS] = False  # "not known" says nothing
    is_seen[len(COMPARISONS) * LEVELS :] = True
    at, moment, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, ROUNDS + 1):
        slope = _slope(at, examples, place) + HELD_TO_START * (at - start) / examples.people
        slope[~is_seen] = 0
        moment, square = 0.9 * moment + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        pace = STEP * (1 if step < ROUNDS * 0.6 else 0.2)
        at = at - pace * (moment / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    weights = at[: len(COMPARISONS) * LEVELS].reshape(len(COMPARISONS), LEVELS)
    return weights, at[-1 - FREQUENT : -1], float(at[-1])


def _slope(at: np.ndarray, examples: Examples, place: np.ndarray) -> np.ndarray:
    """Of the mean surprise, by parameter."""
    rare, nobody = at[-1 - FREQUENT : -1], at[-1]
    score = at[place].sum(axis=1) + examples.rarity @ rare - nobody
    odds = np.exp2(np.minimum(score, 60))
    total = 1 + np.bincount(examples.asked, odds, examples.people)
    apart = (odds / total[examples.asked] - examples.is_true) * LN2 / examples.people
    slope = np.zeros_like(at)
    size = len(COMPARISONS) * LEVELS
    slope[:size] = np.bincount(place.ravel(), np.repeat(apart, place.shape[1]), size)
    slope[size:-1] = apart @ examples.rarity
    slope[-1] = -apart.sum()
    return slope
