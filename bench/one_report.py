"""python -m bench.one_report FOLDER COUNT: milliseconds of the search for one missing person among those found."""

import json
import sys
import time
from pathlib import Path

import numpy as np

from aanchal.matching.engine import asking, files, model, running
from aanchal.matching.engine.matching import Searcher
from aanchal.matching.engine.register import part_of

WARM = 20


def run(folder: Path, count: int) -> dict:
    made = model.load()
    sides = folder / "missing.parquet", folder / "found.parquet"
    people = running.read(*sides, files.mapping(None), made, workers=2, tell=lambda what, done: None)
    searcher = Searcher(made, people.found, people.words, (people.missing, people.found))
    rows = np.random.default_rng(7).integers(0, len(people.missing), count + WARM)
    taken = []
    for row in rows:
        began = time.perf_counter()
        asking.best(searcher, part_of(people.missing, row, row + 1), asked_is_found=False, people=len(people.missing))
        taken.append(1000 * (time.perf_counter() - began))
    p50, p95, p99 = (round(float(value), 2) for value in np.percentile(taken[WARM:], (50, 95, 99)))
    return {"p50": p50, "p95": p95, "p99": p99, "held": len(people.found)}


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))))
