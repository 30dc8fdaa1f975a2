"""The model: one JSON with what a match needs to be weighed, the same for the engine, for DuckDB and for Spark."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aanchal.matching.engine.columns import COMPARISONS, FREQUENT, LEVELS, Column
from aanchal.matching.engine.files import CannotRead
from aanchal.matching.engine.register import Register

SHIPPED = Path(__file__).parent.parent / "model" / "matching-1.json"
TABLES = (Column.GIVEN, Column.GIVEN_KEY, Column.REST, Column.REST_KEY, Column.FATHER, Column.FATHER_KEY, Column.MOTHER, Column.MOTHER_KEY)
USUAL_SIZE = 2_000  # people a small register is thought to be larger by, shared as in the model's own data
MOST_BITS = 7.0


@dataclass(frozen=True)
class Model:
    told: dict[str, Any]
    weights: np.ndarray  # bits, comparison x level
    rare: np.ndarray  # how far rarity counts, by frequency table
    share: np.ndarray  # of two people at random, how often they share the value of a table

    @property
    def version(self) -> str:
        return self.told["version"]

    @property
    def families(self) -> frozenset[str]:
        return frozenset(self.told["families"])

    @property
    def called(self) -> frozenset[str]:
        return frozenset(self.told["called"])

    def calibrated(self, logits: np.ndarray) -> np.ndarray:
        """Probability from log odds, by the line learnt on pairs that were held back."""
        slope, shift = self.told["calibration"]["slope"], self.told["calibration"]["shift"]
        return 1 / (1 + np.exp(-np.clip(slope * logits + shift, -40, 40)))

    def rarity(self, sides: tuple[Register, ...], words: int) -> np.ndarray:
        """For each table and word, the bits by which to share it says more than to share an average word."""
        table = np.zeros((FREQUENT, words), np.float32)
        for number, column in enumerate(TABLES):
            counts = np.zeros(words)
            for side in sides:
                counts += np.bincount(side.numbers[:, column], minlength=words)
            counts[0] = 0
            expected = self.share[number]
            frequency = (counts + USUAL_SIZE * expected) / (counts.sum() + USUAL_SIZE)
            table[number] = np.clip(np.log2(expected / frequency), -MOST_BITS, MOST_BITS)
        return table


def load(path: Path = SHIPPED) -> Model:
    try:
        return of(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, LookupError, TypeError) as problem:
        raise CannotRead(f"{path}: this is no model that `match train` wrote.") from problem


def of(told: dict[str, Any]) -> Model:
    weights = np.zeros((len(COMPARISONS), LEVELS))
    for number, name in enumerate(COMPARISONS):
        for level in told["comparisons"][name]["levels"]:
            weights[number, level["level"]] = level["bits"]
    return Model(told, weights, np.array(told["rare"]), np.array(told["share"]))
