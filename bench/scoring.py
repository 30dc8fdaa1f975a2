"""Times the index over synthetic households, added up from village to state, against the same arithmetic written by hand in NumPy."""

import json as codec
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from aanchal.risk.batch import NOT_KNOWN, Batch, Scores, column_type
from aanchal.risk.definition import Definition
from aanchal.risk.rollup import RollUp, roll_up
from aanchal.risk.rules import load
from bench import scoring_floor, updating

ROOT = Path(__file__).parents[1]
HOUSEHOLDS = 1_000_000
TEN_TIMES = 10 * HOUSEHOLDS
HOUSEHOLDS_IN_A_VILLAGE = 250
IN_EACH = (100, 5, 8)  # villages in a block, blocks in a district, districts in a state
REPEATS = {HOUSEHOLDS: 9, TEN_TIMES: 5}
SEED = 20260401
YES = {  # share of households saying yes; the rest of the yes-or-no facts are rarer
    "ration_card": 0.85,
    "shg_member": 0.45,
    "landless": 0.4,
    "casual_labour_main": 0.45,
    "livelihood_lost": 0.25,
    "distress_migration": 0.15,
    "single_headed": 0.14,
    "unverified_migrant": 0.12,
    "substance_harm": 0.18,
}
RARE = 0.05
UNANSWERED = 0.03


@dataclass(frozen=True)
class Nation:
    """Synthetic households as columns, and the village of each: a code from 0 to one less than `villages`."""

    columns: dict[str, np.ndarray]
    places: np.ndarray
    villages: int


def main(json: bool) -> None:
    """Prints the figures; the last line is one JSON object. The households lie in no order, the worst for adding up by place."""
    peaks = {count: _peak_in_a_child(count) for count in REPEATS}
    one, ten = (_timed(households(count), repeats) for count, repeats in REPEATS.items())
    by_place = _seconds_by_place(households(TEN_TIMES))
    figures = {
        **_figures("1m", one, peaks[HOUSEHOLDS]),
        **_figures("10m", ten, peaks[TEN_TIMES]),
        "growth_10m": round(_median(ten[0]) / 10 / _median(one[0]), 3),
        "floor_growth_10m": round(_median(ten[1]) / 10 / _median(one[1]), 3),
        "seconds_10m_by_place": round(by_place, 4),
        **updating.figures(definition(), households),
    }
    if not json:
        for name, figure in figures.items():
            print(f"{name:>24} {figure}")
    print(codec.dumps(figures))


def definition() -> Definition:
    path = ROOT / "aanchal/risk/definitions/household-1.yaml"
    return load(yaml.safe_load(path.read_text(encoding="utf-8")))


def households(count: int) -> Nation:
    random = np.random.default_rng(SEED)
    columns = {}
    for fact in definition().facts:
        kind = column_type(fact)
        if fact.is_number:
            some = random.random(count, np.float32) < 0.5
            column = some * random.integers(0, fact.highest, count, kind, endpoint=True)
        else:
            column = (random.random(count, np.float32) < YES.get(fact.key, RARE)).astype(kind)
        column[random.random(count, np.float32) < UNANSWERED] = NOT_KNOWN
        columns[fact.key] = column
    villages = -(-count // HOUSEHOLDS_IN_A_VILLAGE)
    return Nation(columns, random.integers(0, villages, count, np.int32), villages)


def ours(batch: Batch, nation: Nation) -> tuple[Scores, list[RollUp], list[tuple]]:
    """Scores; counts of villages, blocks, districts and states; H, M0 and contributions of each."""
    scores = batch.score(nation.columns)
    levels = [roll_up(batch.definition, scores, nation.places, nation.villages)]
    for in_each in IN_EACH:
        parents = np.arange(len(levels[-1].urgent)) // in_each
        levels.append(levels[-1].above(parents, int(parents[-1]) + 1))
    return scores, levels, [(level.headcount, level.m0, level.contribution) for level in levels]


def by_hand(nation: Nation) -> tuple[tuple, list[dict], list[dict]]:
    scores = scoring_floor.score(nation.columns)
    levels = [scoring_floor.roll_up(scores, nation.places, nation.villages)]
    for in_each in IN_EACH:
        levels.append(scoring_floor.above(levels[-1], in_each))
    return scores, levels, [scoring_floor.measures(level) for level in levels]


def assert_equal(one, other) -> None:
    scores, levels, measured = one
    columns, counted, by_level = other
    in_order = (scores.points, scores.observed, scores.band, scores.deprived, scores.unknown, scores.overrides)
    for column, theirs in zip(in_order, columns, strict=True):
        np.testing.assert_array_equal(column, theirs)
    for level, counts in zip(levels, counted, strict=True):
        _assert_same_counts(level, counts)
    for (headcount, m0, contribution), theirs in zip(measured, by_level, strict=True):
        np.testing.assert_array_equal(headcount, theirs["headcount"])
        np.testing.assert_allclose(m0, theirs["m0"], rtol=1e-12)
        np.testing.assert_allclose(contribution, theirs["contribution"], rtol=1e-12)


def _assert_same_counts(level: RollUp, counts: dict) -> None:
    weights = level.weights // scoring_floor.POINTS
    for name in ("bands", "urgent", "raw"):
        np.testing.assert_array_equal(getattr(level, name), counts[name])
    for name in ("observed", "censored"):
        np.testing.assert_array_equal(getattr(level, name), counts[name][:, weights])


def _figures(name: str, timed: tuple[list[float], list[float]], peak: float) -> dict:
    mine, floor = timed
    return {
        f"seconds_{name}": round(_median(mine), 4),
        f"peak_gb_{name}": round(peak, 3),
        f"vs_floor_{name}": round(_median([one / other for one, other in zip(mine, floor, strict=True)]), 3),
    }


def _median(seconds: list[float]) -> float:
    return statistics.median(seconds)


def _timed(nation: Nation, repeats: int) -> tuple[list[float], list[float]]:
    """Seconds of each of ours and of the floor's runs, in turn, after one unmeasured and compared run of both."""
    batch = Batch(definition())
    assert_equal(ours(batch, nation), by_hand(nation))
    mine, floor = [], []
    for _ in range(repeats):
        mine.append(_seconds(ours, batch, nation))
        floor.append(_seconds(by_hand, nation))
    return mine, floor


def _seconds_by_place(nation: Nation) -> float:
    """The same households in the order of their villages, as a register keeps them."""
    batch, ordered = Batch(definition()), Nation(nation.columns, np.sort(nation.places), nation.villages)
    return _median([_seconds(ours, batch, ordered) for _ in range(3)])


def _seconds(work, *given) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def _peak_in_a_child(count: int) -> float:
    """Started before this process has grown: Linux lets a child's peak begin at its parent's."""
    told = subprocess.run([sys.executable, "-m", "bench.scoring", str(count)], cwd=ROOT, check=True, capture_output=True, text=True)
    return float(told.stdout)


def _print_own_peak(count: int) -> None:
    ours(Batch(definition()), households(count))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)


if __name__ == "__main__":
    _print_own_peak(int(sys.argv[1]))
