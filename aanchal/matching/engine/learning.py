"""A model learnt from two registers and the pairs that people agreed on."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from aanchal.matching import names
from aanchal.matching.engine import files, matching, model, reading, splink_model, tuning
from aanchal.matching.engine.columns import COMPARISONS, FREQUENT, LEVELS
from aanchal.matching.engine.evaluating import Truth, calibration_error, truth
from aanchal.matching.engine.register import Register, Words

LEAST_M, LEAST_U = 1e-3, 1e-6  # what was never seen among the pairs learnt from may still happen
STANDS_LAST = 0.6
ENOUGH = 2e-4  # of the people of a register: a name rarer than that is no family name or calling name that we know of
FEWEST = 40  # agreed pairs
Tell = Callable[[str, int], None]


def families(*tables: pa.Table) -> frozenset[str]:
    """Folded words that stand last more often than first in names of two words or more."""
    seen, last = Counter(), Counter()
    people = 0
    for table in tables:
        people += len(table)
        for text in (*table["name"].to_pylist(), *table["father"].to_pylist()):
            found = names.words(text) if text else []
            for at, word in enumerate(found):
                seen[word.fold] += 1
                last[word.fold] += at > 0 and at == len(found) - 1
    least = max(5, people * ENOUGH)
    return frozenset(word for word, count in seen.items() if count >= least and last[word] / count >= STANDS_LAST and len(word) > 1)


def called(*tables: pa.Table) -> frozenset[str]:
    """Folded words that many children are called at home."""
    seen: Counter = Counter()
    for table in tables:
        seen.update(names.words(text)[0].fold for text in table["alias"].to_pylist() if text and names.words(text))
    return frozenset(word for word, count in seen.items() if count >= max(5, sum(map(len, tables)) * ENOUGH))


@dataclass
class _Lesson:
    """What a model is learnt from."""

    missing: Register
    found: Register
    words: Words
    true: Truth


def learn(missing: Path, found: Path, pairs: Path, columns: dict, *, today: date | None = None) -> dict[str, Any]:
    """A model as its JSON says it. Splink counts how often each level of agreement occurs; the weights are then tuned on half of the people

    and the probabilities set right on the other half.
    """
    tables = [files.people(path, side, columns)[0] for path, side in ((missing, "missing"), (found, "found"))]
    known = {"families": sorted(families(*tables)), "called": sorted(called(tables[0]))}
    made = reading.build(*tables, frozenset(known["families"]), frozenset(known["called"]))
    lesson = _Lesson(*made, truth(files.pairs(pairs)[0], made[0], made[1]))
    if len(lesson.true.found) < FEWEST:
        raise files.CannotRead(f"{pairs}: {len(lesson.true.found)} agreed pairs of people of the two files; at least {FEWEST} are needed.")
    m, u = splink_model.learnt(lesson.missing, lesson.found, lesson.words, lesson.true)
    told = known | _first(lesson, m, u)
    _tune(told, lesson)
    return told | {"learnt_on": (today or date.today()).isoformat(), "data": _data(lesson)}


def _first(lesson: _Lesson, m: np.ndarray, u: np.ndarray) -> dict[str, Any]:
    """The model as Fellegi and Sunter have it."""
    comparisons = {}
    for number, name in enumerate(COMPARISONS):
        seen = [level for level in range(1, LEVELS) if m[number, level] > 0 or u[number, level] > 0]
        comparisons[name] = {"levels": [_level(level, m[number, level], u[number, level]) for level in seen]}
    return {
        "version": "1",
        "comparisons": comparisons,
        "rare": [1.0] * FREQUENT,
        "share": _shares_alike(lesson),
        "share_found": len(lesson.true.found) / max(1, len(lesson.found)),
        "offset": 0.0,
        "calibration": {"slope": 1.0, "shift": 0.0},
    }


def _level(level: int, m: float, u: float) -> dict[str, Any]:
    bits = float(np.log2(max(m, LEAST_M) / max(u, LEAST_U)))
    return {"level": level, "m": round(float(m), 7), "u": round(float(u), 9), "learnt_bits": round(bits, 4), "bits": round(bits, 4)}


def _shares_alike(lesson: _Lesson) -> list[float]:
    """For each frequency table, how often two people at random share the value."""
    shares = []
    for column in model.TABLES:
        counts = [
            np.bincount(side.numbers[:, column], minlength=len(lesson.words))[1:].astype(float) for side in (lesson.missing, lesson.found)
        ]
        shares.append(float((counts[0] / max(1, counts[0].sum())) @ (counts[1] / max(1, counts[1].sum()))))
    return shares


def _tune(told: dict[str, Any], lesson: _Lesson) -> None:
    """Sets the weights, the offset and the calibration of `told`."""
    pairs, searcher = _searched(told, lesson)
    is_true = lesson.true.of(pairs, len(lesson.found))
    learns = pairs.found % 2 == 0
    mine = matching.Pairs(*(part[learns] for part in (pairs.missing, pairs.found, pairs.bits, pairs.probability)))
    levels = matching.levels(mine, lesson.missing, lesson.found, lesson.words)
    rarity = tuning.shared_rarity(levels, mine, lesson.missing, searcher.rarity)
    people = (len(lesson.found) + 1) // 2
    examples = tuning.Examples(levels, rarity, mine.found // 2, is_true[learns], people)
    weights, rare, nobody = tuning.tuned(searcher.model, examples, len(lesson.missing))
    for number, name in enumerate(COMPARISONS):
        for level in told["comparisons"][name]["levels"]:
            level["bits"] = round(float(weights[number, level["level"]]), 4)
    share = told["share_found"]
    told["rare"] = [round(float(value), 4) for value in rare]
    told["offset"] = round(float(np.log2(len(lesson.missing) * (1 - share) / share) - nobody), 4)
    _calibrate(told, lesson)


def _searched(told: dict[str, Any], lesson: _Lesson) -> tuple[matching.Pairs, matching.Searcher]:
    made = model.of(told)
    searcher = matching.Searcher(made, lesson.missing, lesson.words, (lesson.missing, lesson.found))
    pairs = matching.all_pairs(searcher, lesson.found, effort=matching.Effort(), threads=2, tell=lambda what, count: None)
    matching.weigh_up(pairs, made, len(lesson.missing), len(lesson.found))
    return pairs, searcher


def _calibrate(told: dict[str, Any], lesson: _Lesson) -> None:
    """One line through the log odds, fitted on the half that the weights were not tuned on."""
    pairs, _ = _searched(told, lesson)
    held_back = pairs.found % 2 == 1
    said, is_true = np.clip(pairs.probability[held_back], 1e-9, 1 - 1e-9), lesson.true.of(pairs, len(lesson.found))[held_back]
    line = _line(np.log(said / (1 - said)), is_true)
    told["calibration"] = {"slope": round(line[0], 4), "shift": round(line[1], 4)}
    after = model.of(told).calibrated(np.log(said / (1 - said)))
    told["calibration_error"] = {"before": round(calibration_error(said, is_true), 4), "after": round(calibration_error(after, is_true), 4)}


def _line(logits: np.ndarray, is_true: np.ndarray) -> tuple[float, float]:
    """Logistic regression of one feature, by Newton's steps."""
    at = np.array([1.0, 0.0])
    features = np.stack([np.clip(logits, -16, 16), np.ones(len(logits))])
    for _ in range(25):
        said = 1 / (1 + np.exp(-np.clip(at @ features, -40, 40)))
        curve = (features * (said * (1 - said))) @ features.T + 1e-3 * np.eye(2)
        at = at - np.linalg.solve(curve, features @ (said - is_true))
    return float(at[0]), float(at[1])


def _data(lesson: _Lesson) -> dict[str, int]:
    return {"missing": len(lesson.missing), "found": len(lesson.found), "true_pairs": len(lesson.true.found)}
