"""Times the index over a million synthetic households against the same arithmetic written by hand in NumPy."""

import json as codec
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import yaml

from aanchal.risk.batch import NOT_KNOWN, Batch, column_type
from aanchal.risk.definition import Definition
from aanchal.risk.rollup import roll_up
from aanchal.risk.rules import load
from bench import scoring_floor

ROOT = Path(__file__).parents[1]
HOUSEHOLDS = 1_000_000
HOUSEHOLDS_IN_A_VILLAGE = 250
REPEATS = 9
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


def main(json: bool) -> None:
    """Prints the figures; the last line is one JSON object."""
    peak = _peak_in_a_child()
    ours, floor = _timed()
    figures = {
        "seconds_1m": round(statistics.median(ours), 4),
        "peak_gb_1m": round(peak, 3),
        "vs_floor_1m": round(statistics.median(one / other for one, other in zip(ours, floor, strict=True)), 3),
    }
    if not json:
        print(
            f"a million households scored, added up by village: median of {REPEATS} runs {figures['seconds_1m']} s "
            f"(fastest {min(ours):.4f}, slowest {max(ours):.4f})"
        )
        print(f"by hand in NumPy: median {statistics.median(floor):.4f} s (fastest {min(floor):.4f})")
        print(f"peak memory of a process doing only this: {figures['peak_gb_1m']} GB")
    print(codec.dumps(figures))


def definition() -> Definition:
    path = ROOT / "aanchal/risk/definitions/household-1.yaml"
    return load(yaml.safe_load(path.read_text(encoding="utf-8")))


def households(count: int) -> tuple[dict[str, np.ndarray], np.ndarray, int]:
    """Synthetic facts as columns, the village code of each household in no order, and the number of villages."""
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
    return columns, random.integers(0, villages, count, np.int32), villages


def _timed() -> tuple[list[float], list[float]]:
    """Seconds of each of ours and of the floor's runs, in turn, after one unmeasured and compared run of both."""
    columns, places, villages = households(HOUSEHOLDS)
    batch = Batch(definition())
    _assert_equal(_ours(batch, columns, places, villages), _by_hand(columns, places, villages))
    ours, floor = [], []
    for _ in range(REPEATS):
        ours.append(_seconds(_ours, batch, columns, places, villages))
        floor.append(_seconds(_by_hand, columns, places, villages))
    return ours, floor


def _ours(batch, columns, places, villages):
    scores = batch.score(columns)
    rolled = roll_up(batch.definition, scores, places, villages)
    return scores, rolled, (rolled.headcount, rolled.m0, rolled.contribution)


def _by_hand(columns, places, villages):
    scores = scoring_floor.score(columns)
    return scores, scoring_floor.roll_up(scores, places, villages)


def _assert_equal(ours, by_hand) -> None:
    scores, rolled, (headcount, m0, contribution) = ours
    columns, counts = by_hand
    in_order = (scores.points, scores.observed, scores.band, scores.deprived, scores.unknown, scores.overrides)
    levels = rolled.weights // scoring_floor.POINTS
    pairs = [
        *zip(in_order, columns, strict=True),
        (rolled.observed, counts["observed"][:, levels]),
        (rolled.bands, counts["bands"]),
        (rolled.urgent, counts["urgent"]),
        (rolled.raw, counts["raw"]),
        (rolled.censored, counts["censored"][:, levels]),
        (headcount, counts["headcount"]),
    ]
    for one, other in pairs:
        np.testing.assert_array_equal(one, other)
    np.testing.assert_allclose(m0, counts["m0"], rtol=1e-12)
    np.testing.assert_allclose(contribution, counts["contribution"], rtol=1e-12)


def _seconds(work, *given) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def _peak_in_a_child() -> float:
    """Started before this process has grown: Linux lets a child's peak begin at its parent's."""
    child = subprocess.run([sys.executable, "-m", "bench.scoring", "--peak"], cwd=ROOT, check=True, capture_output=True, text=True)
    return float(child.stdout)


def _print_own_peak() -> None:
    columns, places, villages = households(HOUSEHOLDS)
    _ours(Batch(definition()), columns, places, villages)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)


if __name__ == "__main__":
    _print_own_peak() if "--peak" in sys.argv else main("--json" in sys.argv)
