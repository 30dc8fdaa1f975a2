"""One person asked for among those of the other side."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aanchal.matching.engine import matching, nearby, running
from aanchal.matching.engine.columns import COMPARISONS, FREQUENT
from aanchal.matching.engine.matching import Effort, Pairs, Searcher
from aanchal.matching.engine.model import Model
from aanchal.matching.engine.register import Register, Words, part_of
from aanchal.matching.engine.tuning import shared_rarity

SHOWN = 10


def one(missing: Path, found: Path, wanted: str | None, model: Model, columns: dict) -> dict[str, Any] | None:
    """The best for the person with this id, looked for on both sides of two files; None if she is on neither."""
    people = running.read(missing, found, columns, model, workers=2, tell=lambda what, count: None)
    for asked, held, is_found in ((people.missing, people.found, False), (people.found, people.missing, True)):
        at = pc.index(asked.ids, pa.scalar(wanted or "", pa.string())).as_py()
        if at >= 0:
            searcher = Searcher(model, held, people.words, (people.missing, people.found))
            most = max(len(asked), len(held))
            return {"asked": wanted, "best": best(searcher, part_of(asked, at, at + 1), asked_is_found=is_found, people=most)}
    return None


def best(searcher: Searcher, asked: Register, *, asked_is_found: bool, people: int) -> list[dict[str, Any]]:
    """The people held who fit the one asked for, the most probable first: id, probability, and what each comparison says in bits."""
    rows, _, _ = searcher.best(asked, asked_are_found=asked_is_found, effort=Effort(kept=SHOWN))
    kept = rows[0] >= 0
    lost = nearby.losses(searcher.model, asked.numbers[0], [searcher.counted], asked_is_found=asked_is_found)
    probability, told = weighed(searcher, rows[0][kept], asked, lost, asked_is_found=asked_is_found, people=people)
    found = [
        {"id": searcher.held.ids[int(row)].as_py(), "probability": float(probability[at]), **told[at]}
        for at, row in enumerate(rows[0][kept])
    ]
    return sorted(found, key=lambda one: -one["probability"])


def weighed(
    searcher: Searcher, held: np.ndarray, asked: Register, lost: nearby.Losses, *, asked_is_found: bool, people: int
) -> tuple[np.ndarray, list[dict[str, Any]]]:
    """The probability of each of those held, and its waterfall: both by what agreement of place says among those held."""
    asking = np.zeros(len(held), np.int32)
    pairs = Pairs(*((held, asking) if asked_is_found else (asking, held)), np.zeros(len(held)), np.zeros(len(held)))
    sides = (searcher.held, asked) if asked_is_found else (asked, searcher.held)
    told = waterfall(pairs, searcher.model, searcher.rarity, sides, searcher.words)
    for at, one in enumerate(told):
        one["bits"] = nearby.lessened(one["bits"], one["levels"], lost)
        pairs.bits[at] = sum(one["bits"].values())
    return alone(pairs.bits, searcher.model, people), told


def alone(bits: np.ndarray, model: Model, people: int) -> np.ndarray:
    """The probability of each of one person's candidates, one of whom or none she is. `people`: of the larger side."""
    share = model.told["share_found"]
    odds = np.exp2(np.minimum(bits + model.told["offset"], 60)) * share / (1 - share) / max(1, people)
    told = np.clip(odds / (1 + odds.sum()), 1e-9, 1 - 1e-9)
    return model.calibrated(np.log(told / (1 - told)))


def waterfall(pairs: Pairs, model: Model, rarity: np.ndarray, sides: tuple[Register, Register], words: Words) -> list[dict[str, Any]]:
    """What each comparison adds, rarity of the shared name included; it sums to the bits of the pair."""
    levels = matching.levels(pairs, *sides, words)
    shared = shared_rarity(levels, pairs, sides[0], rarity) * model.rare
    told = []
    for row, mine in enumerate(levels):
        bits = {name: float(model.weights[number, mine[number]]) for number, name in enumerate(COMPARISONS) if mine[number]}
        for table in range(FREQUENT):
            if shared[row, table]:
                bits[COMPARISONS[table // 2]] += float(shared[row, table])
        told.append({"levels": {name: int(mine[number]) for number, name in enumerate(COMPARISONS) if mine[number]}, "bits": bits})
    return told
