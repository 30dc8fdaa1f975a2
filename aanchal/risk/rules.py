"""The index of families at risk: which indicators hold, the score over what was answered, the band, the overrides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from aanchal.risk.answers import facts_of_survey, facts_of_village
from aanchal.risk.conditions import Facts
from aanchal.risk.definition import UNKNOWN, Definition, Indicator, Override, in_language
from aanchal.risk.loading import DefinitionError, load, with_parameters

__all__ = [
    "UNKNOWN",
    "VERSION",
    "Definition",
    "DefinitionError",
    "Indicator",
    "NotPossible",
    "Override",
    "Refused",
    "Result",
    "Score",
    "adjusted",
    "assess",
    "check",
    "faults_of_points",
    "outcome",
    "responsible",
    "score_of",
    "facts_of_survey",
    "facts_of_village",
    "in_language",
    "load",
    "visit_order",
    "with_parameters",
]

VERSION = "2026-1"


@dataclass(frozen=True)
class Result:
    points: int
    observed_points: int
    deprived: tuple[str, ...]
    unknown: tuple[str, ...]
    band: str
    is_complete: bool
    overrides: tuple[str, ...]

    @property
    def score(self) -> Fraction | None:
        """The share of the answered points that is deprived; None where nothing was answered."""
        return Fraction(self.points, self.observed_points) if self.observed_points else None


def assess(definition: Definition, facts: Facts) -> Result:
    """Score what was answered; what was not is neither counted against a family nor filled in."""
    truths = {indicator.key: indicator.deprived.truth(facts) for indicator in definition.indicators}
    deprived = tuple(key for key, truth in truths.items() if truth)
    unknown = tuple(key for key, truth in truths.items() if truth is None)
    points = _points(definition.points_of, deprived)
    observed = definition.total_points - _points(definition.points_of, unknown)
    return Result(
        points=points,
        observed_points=observed,
        deprived=deprived,
        unknown=unknown,
        band=definition.band(points, observed),
        is_complete=definition.is_complete(observed),
        overrides=tuple(override.key for override in definition.overrides if override.raised.truth(facts)),
    )


def visit_order(definition: Definition, result: Result, *, days_since_visit: int | None) -> tuple[int, Fraction, int]:
    """Sort key of "Visit first": any override, then the higher score, then the longer unvisited; never is longest.

    Where too little was answered, only what is certain counts: the points held of all points.
    """
    waited = 10**6 if days_since_visit is None else days_since_visit
    certain = Fraction(result.points, result.observed_points if result.is_complete else definition.total_points)
    return (0 if result.overrides else 1, -certain, -waited)


@dataclass(frozen=True)
class Score:
    points: int
    observed_points: int
    band: str


def score_of(definition: Definition, deprived: Iterable[str], unknown: Iterable[str]) -> Score:
    """The same answers weighed by other points: what a village's own index says beside the state's."""
    points = _points(definition.points_of, deprived)
    observed = definition.total_points - _points(definition.points_of, unknown)
    return Score(points, observed, definition.band(points, observed))


def faults_of_points(definition: Definition, points: Mapping[str, int]) -> list[tuple[str, str]]:
    """Why a village may not weigh its indicators so, as (indicator, code); empty when it may."""
    if points.keys() != definition.points_of.keys():
        return [("", "not_these_indicators")]
    limit = definition.village_limit
    faults = [
        (key, "beyond_the_limit") for key, default in definition.points_of.items() if abs(points[key] - default) > limit or points[key] < 1
    ]
    if sum(points.values()) != definition.total_points:
        faults.append(("", "total"))
    return faults


def adjusted(definition: Definition, points: Mapping[str, int]) -> Definition:
    """The state's index with a village's own points: same questions, bands, overrides and total. Raises Refused."""
    if faults := faults_of_points(definition, points):
        raise Refused(faults)
    indicators = tuple(replace(one, points=points[one.key]) for one in definition.indicators)
    sums = {one.key: sum(i.points for i in indicators if i.dimension == one.key) for one in definition.dimensions}
    dimensions = tuple(replace(one, points=sums[one.key]) for one in definition.dimensions)
    return replace(definition, indicators=indicators, dimensions=dimensions)


LINES = "bands"
"""Responsible where no indicator is: the lines between the bands lie elsewhere."""


def responsible(before: Definition, after: Definition, then: Result, now: Result) -> tuple[str, ...]:
    """The indicators that moved a family from one band to another: judged otherwise, or held and weighed otherwise."""
    if then.band == now.band:
        return ()
    found = []
    for key in dict.fromkeys([*before.points_of, *after.points_of]):
        is_judged_otherwise = _judged(key, then, before) != _judged(key, now, after)
        if is_judged_otherwise or (key in now.deprived and before.points_of[key] != after.points_of[key]):
            found.append(key)
    return tuple(found) or (LINES,)


DRAFT_TRANSITIONS = {
    "DRAFT": {"SUBMITTED", "WITHDRAWN"},
    "SUBMITTED": {"APPROVED", "DRAFT", "WITHDRAWN"},
    "APPROVED": set(),
    "WITHDRAWN": set(),
}
"""A draft of an index: returned, it is a draft again; approved, it is a version and stays."""
APPEAL_TRANSITIONS = {"OPEN": {"UPHELD", "CHANGED", "WITHDRAWN"}, "UPHELD": set(), "CHANGED": set(), "WITHDRAWN": set()}
"""A disputed answer: only a new visit settles it, or who disputed it takes it back. Another dispute is another appeal."""
TRANSITIONS = {"draft": DRAFT_TRANSITIONS, "appeal": APPEAL_TRANSITIONS}


class Refused(ValueError):
    """What was told cannot be so; `faults` are (field, code) pairs."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


class NotPossible(Exception):
    """A record in this state cannot go to that one."""


def check(kind: str, before: str, after: str) -> None:
    if after not in TRANSITIONS[kind][before]:
        raise NotPossible(f"{kind}: {before} -> {after}")


def outcome(indicator: Indicator, disputed: Facts, told_again: Facts) -> str:
    """How a new visit settles a disputed answer: it stands, or it was changed."""
    return "UPHELD" if indicator.deprived.truth(disputed) == indicator.deprived.truth(told_again) else "CHANGED"


def _judged(key: str, result: Result, definition: Definition) -> bool | None:
    if key not in definition.points_of or key in result.unknown:
        return None
    return key in result.deprived


def _points(points_of: Mapping[str, int], keys: Iterable[str]) -> int:
    return sum(points_of[key] for key in keys)
