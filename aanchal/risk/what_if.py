"""What would be if the index weighed otherwise, or help reached further: computed over columns of families, nothing is written.

Alkire and Foster (2011) for H, A and M0; leakage and under-coverage as Cornia and Stewart (1993), "Two errors of targeting", count them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from aanchal.risk.batch import Bools, Column, holds
from aanchal.risk.conditions import facts_read
from aanchal.risk.definition import Definition

ANY_OVERRIDE = "ANY_OVERRIDE"
LISTED_NOW = "LISTED_NOW"
HIGHEST_POINTS = 60

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Entitlement:
    """Help that a family has or lacks, as a fact of the survey: the value that says it is lacking, and the one that says it came."""

    fact: str
    lacking: int
    given: int


ENTITLEMENTS = (
    Entitlement("ration_card", lacking=0, given=1),  # National Food Security Act 2013
    Entitlement("shg_member", lacking=0, given=1),  # NRLM: every poor family in a self-help group
    Entitlement("mgnregs_days", lacking=0, given=100),  # MGNREG Act 2005 s.3(1): a hundred days
    Entitlement("girl_out_of_school", lacking=1, given=0),  # Right to Education Act 2009; KGBV
    Entitlement("child_working", lacking=1, given=0),  # Child and Adolescent Labour Act 1986
    Entitlement("unverified_migrant", lacking=1, given=0),  # Framework, Tracking: the migration register
)


@dataclass(frozen=True)
class Scenario:
    """What is supposed. `points` by indicator; `starts` by band, in points of the index as it stands; per cent reached by indicator
    (`eased`: it ends for so many of those it holds for) and by entitlement (`reached`: so many of those without get it)."""

    points: Mapping[str, int] = field(default_factory=dict)
    starts: Mapping[str, int] = field(default_factory=dict)
    eased: Mapping[str, int] = field(default_factory=dict)
    reached: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Families:
    """One row a family, in no order that tells anything; `luck` decides whom help reaches first, the same at every asking."""

    places: Numbers
    categories: NDArray[np.str_]
    deprived: Bools  # [family, indicator]
    unknown: Bools  # [family, indicator]
    overrides: Bools  # [family, override]
    luck: NDArray[np.uint64]
    facts: Mapping[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True)
class Reading:
    """Every family by one set of weights: its points, what was answered of it, its band's code, and whether it is on the list."""

    points: Numbers
    observed: Numbers
    band: Numbers
    listed: Bools


@dataclass(frozen=True)
class Figures:
    families: int
    listed: int
    total: Fraction
    """Sum of the shares of the families that are listed."""

    @property
    def headcount(self) -> Fraction:
        return _share(self.listed, self.families)

    @property
    def intensity(self) -> Fraction:
        return self.total / self.listed if self.listed else Fraction(0)

    @property
    def m0(self) -> Fraction:
        return self.total / self.families if self.families else Fraction(0)


@dataclass(frozen=True)
class Aim:
    """How a list meets a target: who is on it beside the target, and who of the target is missed."""

    target: int
    listed: int
    beside: int
    missed: int

    @property
    def leakage(self) -> Fraction:
        return _share(self.beside, self.listed)

    @property
    def under_coverage(self) -> Fraction:
        return _share(self.missed, self.target)


@dataclass(frozen=True)
class Answer:
    before: Reading
    after: Reading

    @property
    def entered(self) -> Bools:
        return self.after.listed & ~self.before.listed

    @property
    def left(self) -> Bools:
        return self.before.listed & ~self.after.listed


def answer(definition: Definition, families: Families, scenario: Scenario) -> Answer:
    before = read(definition, families.deprived, families.unknown)
    supposed = changed(definition, scenario)
    if supposed is definition and not any(scenario.eased.values()) and not any(scenario.reached.values()):
        return Answer(before, before)
    return Answer(before, read(supposed, helped(definition, families, scenario), families.unknown))


def changed(definition: Definition, scenario: Scenario) -> Definition:
    """The index with other points and cutoffs. A cutoff stays the same share of the whole, whatever the points add up to."""
    points = {**definition.points_of, **scenario.points}
    starts = {band.key: scenario.starts.get(band.key, band.starts_at) for band in definition.bands}
    if points == definition.points_of and all(starts[band.key] == band.starts_at for band in definition.bands):
        return definition
    _check(points, list(starts.values()), definition.total_points)
    total = sum(points.values())
    scale, whole = (1, 1) if total == definition.total_points else (definition.total_points, total)
    points = {key: held * scale for key, held in points.items()}
    dimensions = {one.dimension: 0 for one in definition.indicators}
    for one in definition.indicators:
        dimensions[one.dimension] += points[one.key]
    return replace(
        definition,
        version=f"{definition.version}?",
        total_points=total * scale,
        indicators=tuple(replace(one, points=points[one.key]) for one in definition.indicators),
        dimensions=tuple(replace(one, points=dimensions.get(one.key, 0)) for one in definition.dimensions),
        bands=tuple(replace(one, starts_at=starts[one.key] * whole) for one in definition.bands),
    )


def helped(definition: Definition, families: Families, scenario: Scenario) -> Bools:
    """What would still hold once help had come: entitlements change the answer, so that a second reason keeps an indicator standing."""
    deprived = families.deprived.copy()
    facts, reached = dict(families.facts), {}
    for one in ENTITLEMENTS:
        percent = scenario.reached.get(one.fact, 0)
        if percent and one.fact in facts:
            reached[one.fact] = (facts[one.fact] == one.lacking) & _lucky(families.luck, one.fact, percent)
            facts[one.fact] = np.where(reached[one.fact], facts[one.fact].dtype.type(one.given), facts[one.fact])
    for column, indicator in enumerate(definition.indicators):
        touching = [reached[fact] for fact in facts_read(indicator.deprived) if fact in reached]
        if touching:
            deprived[:, column] &= holds(indicator.deprived, facts) | ~np.logical_or.reduce(touching)
        if percent := scenario.eased.get(indicator.key, 0):
            deprived[:, column] &= ~_lucky(families.luck, indicator.key, percent)
    return deprived


def read(definition: Definition, deprived: Bools, unknown: Bools) -> Reading:
    """Exact on the boundary, like `Definition.band`: whole numbers are compared, nothing is divided."""
    weights = np.array(list(definition.points_of.values()), np.int64)
    points = _weighed(deprived, weights)
    observed = definition.total_points - _weighed(unknown, weights)
    band = np.zeros(len(points), np.int64)
    for one in definition.bands:
        band += points * definition.total_points >= one.starts_at * observed
    band[observed == 0] = 0
    is_poor = np.array([key in definition.poor_bands for key in definition.band_keys])
    return Reading(points, observed, band, is_poor[band])


def figures(reading: Reading, rows: Bools | slice = slice(None)) -> Figures:
    listed = reading.listed[rows]
    observed, points = reading.observed[rows][listed], reading.points[rows][listed]
    sums = {int(weight): int(points[observed == weight].sum()) for weight in np.unique(observed)}
    total = sum((Fraction(points, weight) for weight, points in sums.items()), Fraction(0))
    return Figures(families=len(listed), listed=int(listed.sum()), total=total)


def targeted(definition: Definition, families: Families, before: Reading, key: str) -> Bools:
    """The families of a target: those with any override, those on the list now, those of a band, or those of one fact."""
    if key == ANY_OVERRIDE:
        return np.asarray(families.overrides.any(axis=1))
    if key == LISTED_NOW:
        return before.listed
    if key in definition.band_keys:
        return np.asarray(before.band == definition.band_keys.index(key))
    overrides = [one.key for one in definition.overrides]
    if key in overrides:
        return np.asarray(families.overrides[:, overrides.index(key)])
    return np.asarray(families.deprived[:, list(definition.points_of).index(key)])


def aim(listed: Bools, target: Bools) -> Aim:
    return Aim(int(target.sum()), int(listed.sum()), int((listed & ~target).sum()), int((target & ~listed).sum()))


def _check(points: Mapping[str, int], starts: list[int], total: int) -> None:
    if not any(points.values()) or any(not 0 <= held <= HIGHEST_POINTS for held in points.values()):
        raise ValueError("points")
    if starts[0] != 0 or starts != sorted(set(starts)) or starts[-1] > total:
        raise ValueError("starts")


def _weighed(held: Bools, weights: Numbers) -> Numbers:
    """Column by column: a product of truths and whole numbers is not something NumPy does fast."""
    total = np.zeros(len(held), np.int64)
    for column, weight in enumerate(weights):
        total += np.where(held[:, column], weight, 0)
    return total


def _lucky(luck: NDArray[np.uint64], lever: str, percent: int) -> Bools:
    """So many of a hundred, for each kind of help others; raising the share only adds families. The mixer is that of SplitMix64
    (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014)."""
    mixed = luck ^ np.uint64(crc32(lever.encode()) * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    lucky: Bools = (mixed ^ (mixed >> np.uint64(31))) % np.uint64(100) < np.uint64(percent)
    return lucky


def _share(part: Any, whole: Any) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)
