"""Ranking places by secondary indicators, and what the framework asks of a choice. Pure: NumPy, no Django, no clock."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

DRAWS = 500
CONCENTRATION = 7.5
"""Of the Dirichlet draws, for each indicator: five equal weights of 20 % lie between 10 % and 32 % in nine draws of ten (domain 3.5)."""
LEAST_COVERAGE = 0.6
"""A place is ranked when the indicators known of it carry at least this share of the weight."""
INTERVAL = (5.0, 95.0)
FEWEST, MOST = 1, 2
"""Districts a State, and blocks a chosen district ("at least 1-2 districts", "one or two blocks in identified districts")."""


@dataclass(frozen=True)
class Ranking:
    """Row by row of the places given; nan and 0 where a place is not ranked. Rank 1 is the place in greatest need."""

    percentiles: Floats
    scores: Floats
    coverage: Floats
    ranks: Whole
    low: Whole
    high: Whole
    first: int
    """How many are the first tenth."""
    stability: float
    """Of the first tenth, the share that stay among the first fifth over their whole interval."""


def percentile_ranks(values: Sequence[float | None], *, more_is_worse: bool) -> Floats:
    """Between 0 and 1, the worst nearest 1; equal values share the mean of their ranks; nan stays nan."""
    told = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    known = np.isfinite(told)
    result = np.full(len(told), np.nan)
    if known.any():
        result[known] = (mean_ranks(told[known] if more_is_worse else -told[known]) - 0.5) / known.sum()
    return result


def mean_ranks(values: Floats) -> Floats:
    """1 for the smallest; ties averaged."""
    _unique, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], dtype=np.float64)


def normal_weights(weights: Sequence[float]) -> Floats:
    """Summing to 1; equal when none was given."""
    told = np.array(weights, dtype=np.float64)
    if not np.isfinite(told).all() or (told < 0).any():
        raise ValueError("a weight is no number of nought or more")
    return told / told.sum() if told.sum() > 0 else np.full(len(told), 1 / len(told))


def rank(
    percentiles: Floats, weights: Sequence[float], *, seed: int, least_coverage: float = LEAST_COVERAGE, draws: int = DRAWS
) -> Ranking:
    """Weighted mean of what is known of each place, its rank, and how far the rank moves when the weights are drawn anew."""
    chosen = normal_weights(weights)
    known = np.isfinite(percentiles)
    filled = np.where(known, percentiles, 0.0)
    coverage = known @ chosen
    ranked = coverage >= least_coverage - 1e-9
    scores = np.where(ranked, _means(filled, known, chosen[:, None])[:, 0], np.nan)
    ranks = np.zeros(len(scores), dtype=np.int64)
    ranks[ranked] = _places(scores[ranked])
    drawn = _drawn(filled[ranked], known[ranked], chosen, seed, draws)
    return _ranking(percentiles, scores, coverage, ranks, ranked, drawn)


def _ranking(percentiles: Floats, scores: Floats, coverage: Floats, ranks: Whole, ranked: NDArray[np.bool_], drawn: Whole) -> Ranking:
    first = _at_least_one(int(ranked.sum()), 10)
    low, high = np.zeros_like(ranks), np.zeros_like(ranks)
    if ranked.any():
        low[ranked], high[ranked] = np.rint(np.percentile(drawn, INTERVAL, axis=1)).astype(np.int64)
    top = (ranks > 0) & (ranks <= first)
    return Ranking(percentiles, scores, coverage, ranks, low, high, first, float((high[top] <= 2 * first).mean()) if top.any() else 0.0)


def _drawn(filled: Floats, known: NDArray[np.bool_], weights: Floats, seed: int, draws: int) -> Whole:
    """Ranks under each draw of weights around the chosen ones; an indicator of no weight stays out."""
    shape = np.maximum(weights * CONCENTRATION * np.count_nonzero(weights), 1e-6)
    others = np.random.default_rng(seed).dirichlet(shape, draws).T
    scores = _means(filled, known, others)
    order = np.argsort(-scores, axis=0, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, len(order) + 1)[:, None].repeat(draws, axis=1), axis=0)
    return ranks.astype(np.int64)


def _means(filled: Floats, known: NDArray[np.bool_], weights: Floats) -> Floats:
    """A place of which only indicators of almost no weight are known would divide by nought: it comes last."""
    weight = known @ weights
    return np.asarray(np.divide(filled @ weights, weight, out=np.full(weight.shape, -1.0), where=weight > 1e-12))


def _places(scores: Floats) -> Whole:
    """1 for the highest; equal scores share the better rank."""
    rounded = np.round(scores, 12)
    return np.asarray(1 + len(rounded) - np.searchsorted(np.sort(rounded), rounded, side="right"), dtype=np.int64)


def _at_least_one(number: int, part: int) -> int:
    return max(1, -(-number // part))


def spearman(one: Sequence[float | None], other: Sequence[float | None]) -> tuple[float, int]:
    """Rank correlation over the places known in both, and how many those are. nan below three."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None and np.isfinite(a) and np.isfinite(b)]
    if len(pairs) < 3:
        return float("nan"), len(pairs)
    first, second = (mean_ranks(np.array(column, dtype=np.float64)) for column in zip(*pairs, strict=True))
    if first.std() == 0 or second.std() == 0:
        return float("nan"), len(pairs)
    return float(np.corrcoef(first, second)[0, 1]), len(pairs)


def band(rank: int, of: int) -> str:
    """Names of `terms.RankBand`."""
    if rank < 1:
        return "UNKNOWN"
    for name, part in (("SEVERE", 10), ("AT_RISK", 4), ("VULNERABLE", 2)):
        if rank <= _at_least_one(of, part):
            return name
    return "NOT_AT_RISK"


def is_robust(rank: int, high: int, first: int) -> bool:
    """Among the first tenth, and over its whole interval among the first fifth."""
    return 1 <= rank <= first and high <= 2 * first


def digest(content: object) -> str:
    """Of the inputs a run was made from: the same inputs give the same digest, on any machine."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


AMONG_FIRST = frozenset({"SEVERE", "AT_RISK"})
"""The first quarter: a place chosen from below it needs a written reason."""


@dataclass(frozen=True)
class Candidate:
    """A chosen place: its parent (the State of a district, the district of a block) and what is known to hold of it."""

    key: int
    parent: int
    standings: frozenset[str] = field(default_factory=frozenset)
    parent_standings: frozenset[str] = field(default_factory=frozenset)
    band: str = "UNKNOWN"


@dataclass(frozen=True)
class Finding:
    """Something the framework says about a choice. A grave one stops it; another asks for a written reason."""

    code: str
    key: int
    is_grave: bool
    counted: int = 0


def findings(level: str, chosen: Sequence[Candidate]) -> list[Finding]:
    """What stands against a choice, by the framework's "Selection of blocks for AHT pilot"."""
    if not chosen:
        return [Finding("nothing_chosen", 0, True)]
    crowded = Counter(one.parent for one in chosen)
    found = [Finding(f"too_many_{level.lower()}s", parent, True, counted) for parent, counted in crowded.items() if counted > MOST]
    check = _of_district if level == "DISTRICT" else _of_block
    found += [finding for one in chosen for finding in check(one)]
    return found + [Finding("not_among_first", one.key, False) for one in chosen if one.band not in AMONG_FIRST]


def _of_district(one: Candidate) -> Iterable[Finding]:
    """Intensive districts; one that is known to feed trafficking "need to be brought within the intensive block strategy"."""
    if "INTENSIVE_DISTRICT" not in one.standings:
        yield Finding("to_bring_in" if "FEEDER_DISTRICT" in one.standings else "not_intensive_district", one.key,
                      is_grave="FEEDER_DISTRICT" not in one.standings)  # fmt: skip


def _of_block(one: Candidate) -> Iterable[Finding]:
    """Resource or intensive blocks are "desirable"; outside them, "adequate well performing SHGs or federated structures"."""
    if not one.parent_standings & {"INTENSIVE_DISTRICT", "FEEDER_DISTRICT"}:
        yield Finding("district_not_intensive", one.key, True)
    if not one.standings & {"INTENSIVE_BLOCK", "RESOURCE_BLOCK"}:
        enough = "ADEQUATE_CBOS" in one.standings
        yield Finding("outside_with_cbos" if enough else "outside_without_cbos", one.key, not enough)


TRANSITIONS: Mapping[str, frozenset[str]] = {
    "DRAFT": frozenset({"SUBMITTED"}),
    "SUBMITTED": frozenset({"APPROVED", "RETURNED"}),
    "APPROVED": frozenset(),
    "RETURNED": frozenset(),
}
"""DRAFT -> SUBMITTED by one person, then APPROVED or RETURNED by another. What was submitted never changes again."""


def may_become(now: str, wanted: str) -> bool:
    return wanted in TRANSITIONS[now]
