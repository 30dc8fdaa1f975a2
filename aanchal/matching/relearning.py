"""Weights learnt anew from what two people confirmed and what was rejected, beside the old ones on the same pairs. Plain Python."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

FEWEST = 40  # decided pairs; and a tenth of them of either kind
BELIEF = 200  # how many pairs the old model's shares are worth
MOST_CHANGE = 3.0  # bits by which one learning may move a weight
SURE = 0.999


@dataclass(frozen=True)
class Decided:
    """A pair that people decided about."""

    levels: Mapping[str, int]
    is_same: bool


class TooFew(Exception):
    """There is not enough to learn from."""


def learnt(told: Mapping[str, Any], pairs: Sequence[Decided], version: str, on: str) -> tuple[dict[str, Any], dict[str, dict[str, float]]]:
    """The new model and the figures: weights are learnt on the pairs of even place and judged on the others, then learnt on all."""
    same = sum(pair.is_same for pair in pairs)
    if len(pairs) < FEWEST or min(same, len(pairs) - same) < FEWEST // 10:
        raise TooFew
    trial, held_back = _weighed(told, pairs[::2]), pairs[1::2]
    judged = {"before": judge(told, held_back), "after": judge(trial, held_back)}
    figures = {name: {side: round(judged[side][name], 4) for side in judged} for name in judged["before"]}
    made = _weighed(told, pairs)
    return made | {"version": version, "learnt_on": on, "learnt_from_decisions": len(pairs)}, figures


def judge(told: Mapping[str, Any], pairs: Sequence[Decided]) -> dict[str, float]:
    """How well same and different are told apart: the share of (same, different) couples in the right order, and the surprise, in bits."""
    bits = _bits(told)
    scored = [(sum(bits.get((name, level), 0.0) for name, level in pair.levels.items()), pair.is_same) for pair in pairs]
    yes, no = [value for value, is_same in scored if is_same], [value for value, is_same in scored if not is_same]
    couples = [(one > other) + 0.5 * (one == other) for one in yes for other in no]
    middle = _middle(yes, no)
    surprise = [-math.log2(_chance(value - middle if is_same else middle - value)) for value, is_same in scored]
    return {
        "told_apart": sum(couples) / max(1, len(couples)),
        "surprise": sum(surprise) / max(1, len(surprise)),
        "pairs": float(len(pairs)),
    }


def _weighed(told: Mapping[str, Any], pairs: Sequence[Decided]) -> dict[str, Any]:
    """m from those found the same, as if BELIEF pairs had come before; the tuned bits move as far as m does."""
    made = deepcopy(dict(told))
    same = [pair for pair in pairs if pair.is_same]
    for name, comparison in made["comparisons"].items():
        counts = Counter(pair.levels[name] for pair in same if pair.levels.get(name))
        whole = sum(counts.values()) + BELIEF
        for level in comparison["levels"]:
            before = max(level["m"], 1e-3)
            level["m"] = round((counts[level["level"]] + BELIEF * level["m"]) / whole, 7)
            change = math.log2(max(level["m"], 1e-3) / before)
            level["bits"] = round(level["bits"] + max(-MOST_CHANGE, min(MOST_CHANGE, change)), 4)
    return made


def _bits(told: Mapping[str, Any]) -> dict[tuple[str, int], float]:
    return {(name, level["level"]): level["bits"] for name, one in told["comparisons"].items() for level in one["levels"]}


def _middle(yes: Sequence[float], no: Sequence[float]) -> float:
    return (sum(yes) / max(1, len(yes)) + sum(no) / max(1, len(no))) / 2


def _chance(bits: float) -> float:
    return min(SURE, max(1 - SURE, 1 / (1 + 2 ** -max(-40.0, min(40.0, bits)))))
