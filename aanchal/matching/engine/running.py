"""A run over files: reading, searching, weighing up; with its account of time, memory and what was set aside."""

import resource
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aanchal.core.scripts import script_of
from aanchal.matching.engine import files, kernel, matching, reading
from aanchal.matching.engine.columns import COMPARISONS
from aanchal.matching.engine.evaluating import Truth, figures, places, truth
from aanchal.matching.engine.matching import Effort, Pairs, Searcher
from aanchal.matching.engine.model import Model
from aanchal.matching.engine.register import Register, Words

Tell = Callable[[str, int], None]
LARGE = 400_000  # people of a side, from which less effort is spent on each
ADULT, CHILD = 18, 12
FEWEST = 5  # true pairs of a script pair, below which its recall is not told


@dataclass
class People:
    """Both registers as read, and what they were read from."""

    missing: Register
    found: Register
    words: Words
    tables: tuple[pa.Table, pa.Table]
    aside: Counter = field(default_factory=Counter)


@dataclass
class Run:
    people: People
    pairs: Pairs
    searcher: Searcher
    share_found: float
    seconds: dict[str, float]

    @property
    def total_seconds(self) -> float:
        return sum(self.seconds.values())


def read(missing: Path, found: Path, columns: dict, model: Model, *, workers: int, tell: Tell) -> People:
    sides = [files.people(path, side, columns) for path, side in ((missing, "missing"), (found, "found"))]
    tables = sides[0][0], sides[1][0]
    made = reading.build(*tables, model.families, model.called, workers=workers, tell=tell)
    aside: Counter = Counter()
    for name, (_, of_reading), of_register in zip(("missing", "found"), sides, made[:2], strict=True):
        for what, count in (of_reading + of_register.aside).items():
            aside[f"{name}: {what}"] += count
    return People(*made, tables, aside)


def effort_for(people: int) -> Effort:
    return Effort() if people < LARGE else Effort(gathered=200, ranked=30, kept=11)


def run(missing: Path, found: Path, model: Model, columns: dict, *, threads: int = 2, tell: Tell = lambda what, count: None) -> Run:
    """Every found person asks among the missing."""
    clock, seconds = time.perf_counter(), {}

    def lap(name: str) -> None:
        nonlocal clock
        seconds[name], clock = round(time.perf_counter() - clock, 3), time.perf_counter()

    people = read(missing, found, columns, model, workers=threads, tell=tell)
    lap("read")
    searcher = Searcher(model, people.missing, people.words, (people.missing, people.found), tell)
    lap("index")
    pairs = matching.all_pairs(searcher, people.found, effort=effort_for(len(people.found)), threads=threads, tell=tell)
    lap("search")
    share = matching.weigh_up(pairs, model, len(people.missing), len(people.found))
    lap("weigh_up")
    for what, count in searcher.index.crowded.items():
        people.aside[f"not looked at, too many alike: {what}"] += count
    if pairs.cut_short:
        people.aside["not every key looked at, too many alike"] += pairs.cut_short
    return Run(people, pairs, searcher, share, seconds)


def result(run: Run, *, least: float = 0.0) -> pa.Table:
    """The pairs as a table, the most probable first, with the bits of each comparison."""
    order = np.flatnonzero(run.pairs.probability >= least)
    order = order[np.argsort(-run.pairs.probability[order], kind="stable")]
    kept = Pairs(*(part[order] for part in (run.pairs.missing, run.pairs.found, run.pairs.bits, run.pairs.probability)))
    people, model = run.people, run.searcher.model
    levels = matching.levels(kept, people.missing, people.found, people.words)
    made: dict[str, Any] = {
        "missing_id": people.missing.ids.take(pa.array(kept.missing)),
        "found_id": people.found.ids.take(pa.array(kept.found)),
        "probability": kept.probability,
        "bits": kept.bits,
    }
    for number, name in enumerate(COMPARISONS):
        made[f"{name}_level"] = levels[:, number].astype(np.int8)
        made[f"{name}_bits"] = model.weights[number, levels[:, number]].astype(np.float32)
    return pa.table(made)


def evaluated(run: Run, true_pairs: pa.Table, aside: Counter) -> dict[str, Any]:
    """The figures by which a run is judged, and who would be missed. A true pair of people who are in neither file counts as not found."""
    people = run.people
    true = truth(true_pairs, people.missing, people.found)
    unknown = true.pairs - len(true.missing)
    aside = people.aside + aside + Counter({"truth: pair of people who are not in the files": unknown})
    told: dict[str, Any] = figures(run.pairs, true, len(people.missing), len(people.found))
    told |= {"seconds": round(run.total_seconds, 2), "peak_gb": peak_gb(), "phases": run.seconds}
    told |= {"people": [len(people.missing), len(people.found)], "true_pairs": true.pairs, "share_found": run.share_found}
    told["set_aside"] = dict(aside)
    told |= missed(run, true)
    return told


def missed(run: Run, true: Truth) -> dict[str, dict[str, Any]]:
    """Recall among the first ten by script pair, sex and age band: for the missing and the found alike, the lesser."""
    people = run.people
    is_true = true.of(run.pairs, len(people.found))
    sides = []
    for of, count in ((run.pairs.missing, len(people.missing)), (run.pairs.found, len(people.found))):
        hit = is_true & (places(of, run.pairs.probability, count) < 10)
        sides.append(np.isin(_key(true.missing, true.found, people), _key(run.pairs.missing[hit], run.pairs.found[hit], people)))
    scripts = [_scripts(people.tables[0], people.missing.ids, true.missing), _scripts(people.tables[1], people.found.ids, true.found)]
    pairs = np.char.add(np.char.add(scripts[0], "-"), scripts[1])
    numbers = people.missing.numbers[true.missing]
    sexes = np.array(["male", "female", "other"])[numbers[:, kernel.SEX].clip(0, 2)]
    years = (numbers[:, kernel.DAY] - numbers[:, kernel.BIRTH]) / 365.25
    ages = np.where(years < CHILD, "under 12", np.where(years < ADULT, "12 to 17", "18 and over"))
    return {
        "by_script_pair": _recalls(pairs, sides),
        "by_sex": _recalls(sexes, sides),
        "by_age": _recalls(ages, sides),
    }


def _key(missing: np.ndarray, found: np.ndarray, people: People) -> np.ndarray:
    return missing.astype(np.int64) * len(people.found) + found


def _scripts(table: pa.Table, ids: pa.Array, rows: np.ndarray) -> np.ndarray:
    at = pc.index_in(ids.take(pa.array(rows)), table["id"].combine_chunks())
    return np.array([script_of(name or "") for name in table["name"].combine_chunks().take(at).to_pylist()], dtype="U4")


def _recalls(groups: np.ndarray, sides: list[np.ndarray]) -> dict[str, dict[str, Any]]:
    told = {}
    for group in np.unique(groups) if len(groups) else ():
        here = groups == group
        if here.sum() >= FEWEST:
            told[str(group)] = {"pairs": int(here.sum()), "recall_at_10": round(float(min(side[here].mean() for side in sides)), 4)}
    return told


def peak_gb() -> float:
    """The most memory held: of this process, and of the largest reader beside it."""
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round((own + children) / 1e6, 3)
