"""The index of families at risk: which indicators hold, the score over what was answered, the band, the overrides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    "Override",
    "Result",
    "assess",
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


def _points(points_of: Mapping[str, int], keys: Iterable[str]) -> int:
    return sum(points_of[key] for key in keys)
