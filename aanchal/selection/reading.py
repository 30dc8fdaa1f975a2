"""What the pages show of a run: its order by its own weights or by others, two runs side by side, and what stands against a choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from aanchal.places.terms import Level
from aanchal.selection import rules
from aanchal.selection.models import SelectionRun, local
from aanchal.selection.terms import RankBand

STEP = 100
"""Sliders go from 0 to this."""


@dataclass(frozen=True)
class Row:
    """One place in the order that is shown. `before` is its rank by the run's own weights."""

    key: int
    name: str
    parent: int
    parent_name: str
    rank: int
    before: int
    score: float | None
    low: int
    high: int
    coverage: float
    band: str
    is_robust: bool
    is_chosen: bool

    @property
    def band_label(self) -> str:
        return str(RankBand(self.band).label)

    @property
    def moved(self) -> int:
        """Places up."""
        return self.before - self.rank if self.before and self.rank else 0


@dataclass(frozen=True)
class Order:
    """All places of a run, the first first; those not ranked at the end."""

    rows: Sequence[Row]
    weights: Sequence[float]
    first: int
    ranked: int
    stability: float
    is_own: bool


def order(run: SelectionRun, weights: Sequence[float] | None = None) -> Order:
    """By the run's own weights as they were kept, or drawn anew from its kept percentiles by other weights."""
    told = run.results["places"]
    if weights is None or np.allclose(rules.normal_weights(weights), run.weights):
        return _order(run, told, run.weights, run.results["first"], run.results["stability"], is_own=True)
    columns = np.array([[np.nan if one is None else one for one in row["p"]] for row in told], dtype=np.float64)
    found = rules.rank(columns, weights, seed=run.seed, least_coverage=run.least_coverage, draws=run.draws)
    again = [
        row
        | {"rank": int(found.ranks[n]), "low": int(found.low[n]), "high": int(found.high[n]),
           "score": None if np.isnan(found.scores[n]) else float(found.scores[n]), "coverage": float(found.coverage[n]),
           "before": row["rank"]}
        for n, row in enumerate(told)
    ]  # fmt: skip
    return _order(run, again, rules.normal_weights(weights).tolist(), found.first, found.stability, is_own=False)


def _order(run: SelectionRun, told: Sequence[dict], weights: Sequence[float], first: int, stability: float, *, is_own: bool) -> Order:
    ranked = sum(row["rank"] > 0 for row in told)
    chosen = {one["id"] for one in run.chosen}
    parents = parent_names(run)
    rows = [
        Row(
            key=row["id"], name=local(row["names"], row["name"]), parent=row["parent"], parent_name=parents[row["parent"]],
            rank=row["rank"], before=row.get("before", row["rank"]), score=row["score"], low=row["low"], high=row["high"],
            coverage=row["coverage"], band=rules.band(row["rank"], ranked), is_chosen=row["id"] in chosen,
            is_robust=rules.is_robust(row["rank"], row["high"], first),
        )
        for row in told
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.rank == 0, row.rank, row.name, row.key))
    return Order(rows, weights, first, ranked, stability, is_own)


def parent_names(run: SelectionRun) -> dict[int, str]:
    return {int(key): local(one["names"], one["name"]) for key, one in run.results["parents"].items()}


@dataclass(frozen=True)
class Indicator:
    """An indicator of a run as it is shown: its words, its weight, and where its slider stands."""

    name: str
    title: str
    definition: str
    unit: str
    year: int
    edition: str
    publisher: str
    more_is_worse: bool
    share: float

    @property
    def slider(self) -> int:
        return round(self.share * STEP)


def indicators(run: SelectionRun, weights: Sequence[float]) -> list[Indicator]:
    return [
        Indicator(
            name=f"w_{n}", title=local(one["titles"]), definition=local(one["definitions"]), unit=one["unit"], year=one["year"],
            edition=one["edition"], publisher=one["publisher"], more_is_worse=one["more_is_worse"], share=weight,
        )
        for n, (one, weight) in enumerate(zip(run.indicators, weights, strict=True))
    ]  # fmt: skip


def weights_told(run: SelectionRun, told: Mapping[str, str]) -> list[float] | None:
    """Weights as the sliders send them; None when they send none, or nothing that could weigh."""
    said = [told.get(f"w_{n}", "") for n in range(len(run.indicators))]
    if not all(one.isascii() and one.isdigit() and len(one) <= 3 for one in said):
        return None
    weights = [float(one) for one in said]
    return weights if any(weights) else None


@dataclass(frozen=True)
class Beside:
    """Reported incidents of the places shown first, never part of the score."""

    title: str
    definition: str
    edition: str
    known: int
    spearman: float | None
    of: Mapping[int, float | None]


def beside(run: SelectionRun) -> list[Beside]:
    keys = [row["id"] for row in run.results["places"]]
    return [
        Beside(
            local(one["titles"]), local(one["definitions"]), one["edition"], one["known"], one["spearman"],
            dict(zip(keys, one["values"], strict=True)),
        )
        for one in run.incidents
    ]  # fmt: skip


def sentence(finding: rules.Finding) -> str:
    """What the framework says about a choice, for the person who chooses."""
    said = {
        "nothing_chosen": _("No place is chosen yet."),
        "not_intensive_district": _("The framework selects from among intensive districts; nobody has recorded that this one is."),
        "to_bring_in": _("Known as a district people are trafficked from, not intensive yet: it is to become intensive."),
        "district_not_intensive": _("Its district is neither recorded as intensive nor as one people are trafficked from."),
        "outside_with_cbos": _("Neither a resource nor an intensive block, but its groups are recorded as enough to be fast-tracked."),
        "outside_without_cbos": _("Neither a resource nor an intensive block, and nobody has recorded that its groups are enough."),
        "not_among_first": _("It is not in the first quarter of this ranking."),
        "too_many_districts": _("%(n)s districts of one State are chosen; at most two."),
        "too_many_blocks": _("%(n)s blocks of one district are chosen; at most two."),
    }
    return said[finding.code] % {"n": finding.counted}


@dataclass(frozen=True)
class Pair:
    """A place in two runs; 0 where it is not ranked or not there."""

    name: str
    parent_name: str
    one: int
    other: int

    @property
    def moved(self) -> int:
        return self.one - self.other if self.one and self.other else 0


@dataclass(frozen=True)
class Comparison:
    pairs: Sequence[Pair]
    both: int
    """How many of the first tenth of one are in the first tenth of the other."""
    first: int
    spearman: float | None
    common: int


def compare(one: SelectionRun, other: SelectionRun) -> Comparison:
    """Places that are in the first tenth of either, and how alike the two orders are over the places of both."""
    first, second = ({row["id"]: row for row in run.results["places"]} for run in (one, other))
    top, top_other = (
        {key for key, row in rows.items() if 1 <= row["rank"] <= run.results["first"]} for run, rows in ((one, first), (other, second))
    )
    everyone = {**second, **first}
    parents = {**parent_names(other), **parent_names(one)}
    pairs = [
        Pair(
            local(everyone[key]["names"], everyone[key]["name"]), parents[everyone[key]["parent"]],
            first[key]["rank"] if key in first else 0, second[key]["rank"] if key in second else 0,
        )
        for key in top | top_other
    ]  # fmt: skip
    pairs.sort(key=lambda pair: (not pair.one, pair.one, pair.other, pair.name))
    shared = [key for key in first if key in second]
    correlation, known = rules.spearman([first[key]["score"] for key in shared], [second[key]["score"] for key in shared])
    return Comparison(pairs, len(top & top_other), len(top), None if np.isnan(correlation) else correlation, known)


def level_words(level: str) -> str:
    return _("Districts") if level == Level.DISTRICT else _("Blocks")
