"""The Alkire-Foster measures (2011) of a place, exactly: H, A, M0, headcounts, contributions, decomposition."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from aanchal.risk.definition import Definition
from aanchal.risk.rules import Result

Key = TypeVar("Key")


@dataclass(frozen=True)
class Group:
    """Households alike in what is deprived and what is unknown: one row of GROUP BY deprived, unknown, has_override."""

    deprived: Iterable[str]
    unknown: Iterable[str]
    has_override: bool = False
    households: int = 1


@dataclass(frozen=True)
class Tally:
    """Counts of households, enough for every measure, that add up over places.

    Each field is one grouped count in SQL over assessments of one version:
    observed  GROUP BY observed_points;   bands  GROUP BY band;   urgent  WHERE it has an override;
    raw       GROUP BY indicator over unnest(deprived);
    censored  GROUP BY indicator, observed_points over unnest(deprived), WHERE band is a poor one.
    """

    version: str
    observed: Mapping[int, int] = field(default_factory=dict)
    bands: Mapping[str, int] = field(default_factory=dict)
    urgent: int = 0
    raw: Mapping[str, int] = field(default_factory=dict)
    censored: Mapping[tuple[str, int], int] = field(default_factory=dict)

    @property
    def households(self) -> int:
        return sum(self.observed.values())

    def __add__(self, other: "Tally") -> "Tally":
        if self.version != other.version:
            raise ValueError(f"tallies of {self.version} and {other.version} cannot be added")
        return Tally(
            self.version,
            _added(self.observed, other.observed),
            _added(self.bands, other.bands),
            self.urgent + other.urgent,
            _added(self.raw, other.raw),
            _added(self.censored, other.censored),
        )

    def __sub__(self, part: "Tally") -> "Tally":
        """What is left of a whole without a part of it."""
        return self + Tally(
            part.version,
            _negative(part.observed),
            _negative(part.bands),
            -part.urgent,
            _negative(part.raw),
            _negative(part.censored),
        )


@dataclass(frozen=True)
class Measures:
    households: int
    incomplete: int
    poor: int
    headcount: Fraction
    intensity: Fraction
    m0: Fraction
    raw_headcount: Mapping[str, Fraction]
    censored_headcount: Mapping[str, Fraction]
    contribution: Mapping[str, Fraction]
    contribution_of_dimension: Mapping[str, Fraction]


def tally_of_groups(definition: Definition, groups: Iterable[Group]) -> Tally:
    observed, bands, raw = Counter[int](), Counter[str](), Counter[str]()
    censored = Counter[tuple[str, int]]()
    urgent = 0
    points_of = definition.points_of
    for group in groups:
        deprived = tuple(group.deprived)
        weight = definition.total_points - sum(points_of[key] for key in group.unknown)
        band = definition.band(sum(points_of[key] for key in deprived), weight)
        observed[weight] += group.households
        bands[band] += group.households
        urgent += group.households if group.has_override else 0
        raw.update(dict.fromkeys(deprived, group.households))
        if band in definition.poor_bands:
            censored.update({(key, weight): group.households for key in deprived})
    return Tally(definition.version, observed, bands, urgent, raw, censored)


def tally(definition: Definition, results: Iterable[Result]) -> Tally:
    return tally_of_groups(definition, (Group(result.deprived, result.unknown, bool(result.overrides)) for result in results))


def measure(definition: Definition, counted: Tally) -> Measures:
    """Every measure of a tally; a place without households has none of its families poor."""
    if counted.version != definition.version:
        raise ValueError(f"a tally of {counted.version} cannot be measured by {definition.version}")
    households = counted.households
    poor = sum(counted.bands.get(band, 0) for band in definition.poor_bands)
    scores = _summed_scores(definition, counted)
    total = sum(scores.values(), Fraction(0))
    contribution = {key: total and score / total for key, score in scores.items()}
    return Measures(
        households=households,
        incomplete=sum(n for weight, n in counted.observed.items() if not definition.is_complete(weight)),
        poor=poor,
        headcount=_share(poor, households),
        intensity=total / poor if poor else Fraction(0),
        m0=total / households if households else Fraction(0),
        raw_headcount={key: _share(counted.raw.get(key, 0), households) for key in scores},
        censored_headcount={key: _share(_censored(counted, key), households) for key in scores},
        contribution=contribution,
        contribution_of_dimension=_by_dimension(definition, contribution),
    )


def decomposition(definition: Definition, tallies: Mapping[str, Tally]) -> Mapping[str, Fraction]:
    """What each subgroup adds to the M0 of them all; the parts sum to it exactly."""
    everyone = sum(counted.households for counted in tallies.values())
    return {name: _share(counted.households, everyone) * measure(definition, counted).m0 for name, counted in tallies.items()}


def _summed_scores(definition: Definition, counted: Tally) -> dict[str, Fraction]:
    """What each indicator adds to the sum of the poor's scores, each family's over its own observed weight."""
    scores = dict.fromkeys(definition.points_of, Fraction(0))
    for (key, weight), households in counted.censored.items():
        scores[key] += Fraction(definition.points_of[key] * households, weight)
    return scores


def _by_dimension(definition: Definition, contribution: Mapping[str, Fraction]) -> dict[str, Fraction]:
    shares = {dimension.key: Fraction(0) for dimension in definition.dimensions}
    for indicator in definition.indicators:
        shares[indicator.dimension] += contribution[indicator.key]
    return shares


def _censored(counted: Tally, key: str) -> int:
    return sum(households for (indicator, _weight), households in counted.censored.items() if indicator == key)


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


def _added(one: Mapping[Key, int], other: Mapping[Key, int]) -> dict[Key, int]:
    total = Counter(one)
    total.update(other)
    return dict(total)


def _negative(counted: Mapping[Key, int]) -> dict[Key, int]:
    return {key: -count for key, count in counted.items()}
