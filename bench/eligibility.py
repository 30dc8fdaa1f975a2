"""Times every scheme over synthetic households and their members in one batch, against the same predicates written by hand in NumPy."""

import json as codec
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from aanchal.benefits.eligibility import Eligibility, Families, Found
from aanchal.benefits.questions import questions
from aanchal.benefits.scheme import load, shipped_schemes
from aanchal.risk.batch import NOT_KNOWN, column_type
from bench import eligibility_floor

ROOT = Path(__file__).parents[1]
HOUSEHOLDS = 1_000_000
MEMBERS = np.array([1, 2, 3, 4, 5, 6, 7, 8], np.int64)
SHARES = [0.04, 0.1, 0.18, 0.24, 0.2, 0.13, 0.07, 0.04]  # 4.4 members a family
REPEATS = 7
SEED = 20260401
YES = {  # share saying yes; the other questions are rarer
    "ration_card": 0.85, "shg_member": 0.45, "landless": 0.4, "casual_labour_main": 0.45, "kutcha_house": 0.3, "bpl_listed": 0.5,
    "tap_water": 0.6, "latrine": 0.7, "cooking_gas": 0.6, "job_card": 0.6, "health_card": 0.4, "house_site_paper": 0.7, "female": 0.5,
    "at_school": 0.8, "bank_account": 0.7, "labour_card": 0.3, "life_insured": 0.2, "accident_insured": 0.3, "single_headed": 0.14,
}  # fmt: skip
RARE = 0.05
UNANSWERED = 0.05


def main(json: bool) -> None:
    """Prints the figures; the last line is one JSON object."""
    peak = _peak_in_a_child()
    judge, families = Eligibility(schemes()), nation(HOUSEHOLDS)
    assert_equal(judge.of(families), eligibility_floor.judge(families))
    mine, floor = [], []
    for _ in range(REPEATS):
        mine.append(_seconds(judge.of, families))
        floor.append(_seconds(eligibility_floor.judge, families))
    figures = {
        "schemes": len(judge.schemes),
        "persons": families.persons,
        "seconds_1m": round(statistics.median(mine), 4),
        "floor_seconds_1m": round(statistics.median(floor), 4),
        "vs_floor_1m": round(statistics.median([one / other for one, other in zip(mine, floor, strict=True)]), 3),
        "peak_gb": round(peak, 3),
    }
    if not json:
        for name, figure in figures.items():
            print(f"{name:>24} {figure}")
    print(codec.dumps(figures))


def schemes() -> list:
    return [load(code, content) for code, (_since, content) in shipped_schemes().items()]


def nation(households: int) -> Families:
    random = np.random.default_rng(SEED)
    sizes = random.choice(MEMBERS, households, p=SHARES)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    persons = int(sizes.sum())
    told = {of: {} for of in ("household", "person")}
    for key, one in questions().items():
        told[one.of][key] = _column(random, key, one, households if one.of == "household" else persons)
    return Families(told["household"], told["person"], starts)


def assert_equal(one: Found, other: tuple) -> None:
    np.testing.assert_array_equal(one.proposed, other[0])
    np.testing.assert_array_equal(one.to_ask, other[1])


def _column(random: np.random.Generator, key: str, one, count: int) -> np.ndarray:
    kind = column_type(one.fact)
    if key == "age":
        column = random.integers(0, 95, count, kind, endpoint=True)
    elif one.fact.is_number:
        some = random.random(count, np.float32) < 0.5
        column = some * random.integers(0, one.fact.highest, count, kind, endpoint=True)
    else:
        column = (random.random(count, np.float32) < YES.get(key, RARE)).astype(kind)
    column[random.random(count, np.float32) < UNANSWERED] = NOT_KNOWN
    return column


def _seconds(work, families: Families) -> float:
    start = time.perf_counter()
    work(families)
    return time.perf_counter() - start


def _peak_in_a_child() -> float:
    """Started before this process has grown: Linux lets a child's peak begin at its parent's."""
    told = subprocess.run([sys.executable, "-m", "bench.eligibility"], cwd=ROOT, check=True, capture_output=True, text=True)
    return float(told.stdout)


if __name__ == "__main__":
    Eligibility(schemes()).of(nation(HOUSEHOLDS))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
