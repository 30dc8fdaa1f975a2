"""What a run found of what is true."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aanchal.matching.engine.matching import Pairs
from aanchal.matching.engine.register import Register


@dataclass(frozen=True)
class Truth:
    """True pairs as rows of the registers; those of people who were set aside count as not found."""

    missing: np.ndarray
    found: np.ndarray
    pairs: int

    def of(self, pairs: Pairs, found: int) -> np.ndarray:
        """Which of the pairs are true."""
        known = np.sort(self.missing.astype(np.int64) * found + self.found)
        asked = pairs.missing.astype(np.int64) * found + pairs.found
        if not len(known):
            return np.zeros(len(asked), bool)
        return known[np.searchsorted(known, asked).clip(max=len(known) - 1)] == asked


def truth(table: pa.Table, missing: Register, found: Register) -> Truth:
    mine = pc.index_in(pc.cast(table["mid"], pa.string()), missing.ids)
    theirs = pc.index_in(pc.cast(table["fid"], pa.string()), found.ids)
    both = pc.and_(pc.is_valid(mine), pc.is_valid(theirs))
    return Truth(mine.filter(both).to_numpy(), theirs.filter(both).to_numpy(), len(table))


def places(of: np.ndarray, probability: np.ndarray, people: int) -> np.ndarray:
    """The place, from 0, of each pair among the pairs of the same person."""
    order = np.lexsort((-probability, of))
    sorted_ = of[order]
    starts = np.searchsorted(sorted_, np.arange(people))
    place = np.empty(len(of), np.int64)
    place[order] = np.arange(len(of)) - starts[sorted_]
    return place


def figures(pairs: Pairs, true: Truth, missing: int, found: int) -> dict[str, float]:
    """recall among the first 10 and 1 (for the missing and for the found; the lesser is quoted), best F1, F1 one to one, calibration."""
    is_true = true.of(pairs, found)
    by_missing, by_found = places(pairs.missing, pairs.probability, missing), places(pairs.found, pairs.probability, found)
    out: dict[str, float] = {}
    for most in (10, 1):
        sides = {"missing": by_missing, "found": by_found}
        each = {
            f"recall_at_{most}_of_{side}": float((is_true & (place < most)).sum() / max(1, true.pairs)) for side, place in sides.items()
        }
        out[f"recall_at_{most}"] = min(each.values())
        out |= each
    order = np.argsort(-pairs.probability, kind="stable")
    out |= _best_f1("best", is_true[order], pairs.probability[order], true.pairs)
    single = order[_one_to_one(pairs.missing[order], pairs.found[order], missing, found)]
    out |= _best_f1("one_to_one", is_true[single], pairs.probability[single], true.pairs)
    out["calibration_error"] = calibration_error(pairs.probability, is_true)
    return out


def _best_f1(name: str, is_true: np.ndarray, probability: np.ndarray, pairs: int) -> dict[str, float]:
    if not len(is_true) or not pairs:
        return {f"{name}_f1": 0.0, f"{name}_precision": 0.0, f"{name}_recall": 0.0, f"{name}_threshold": 1.0}
    right = np.cumsum(is_true)
    count = np.arange(1, len(is_true) + 1)
    f1 = 2 * right / (count + pairs)
    at = int(f1.argmax())
    return {
        f"{name}_f1": float(f1[at]),
        f"{name}_precision": float(right[at] / count[at]),
        f"{name}_recall": float(right[at] / pairs),
        f"{name}_threshold": float(probability[at]),
    }


def _one_to_one(missing: np.ndarray, found: np.ndarray, count_missing: int, count_found: int) -> np.ndarray:
    """The best pair first; no one twice."""
    is_taken_m, is_taken_f = np.zeros(count_missing, bool), np.zeros(count_found, bool)
    kept = []
    for at, (m, f) in enumerate(zip(missing.tolist(), found.tolist(), strict=True)):
        if not is_taken_m[m] and not is_taken_f[f]:
            is_taken_m[m] = is_taken_f[f] = True
            kept.append(at)
    return np.array(kept, np.int64)


def calibration_error(probability: np.ndarray, is_true: np.ndarray, bins: int = 10, least: float = 0.01) -> float:
    """Of the pairs said with at least 1 in 100: by tenths of probability, how far what was said lies from what is so, weighed by pairs."""
    said, so = probability[probability >= least], is_true[probability >= least]
    if not len(said):
        return 0.0
    at = np.minimum((said * bins).astype(int), bins - 1)
    counts = np.bincount(at, minlength=bins)
    apart = np.abs(np.bincount(at, said, bins) - np.bincount(at, so, bins))
    return float(apart.sum() / counts.sum())
