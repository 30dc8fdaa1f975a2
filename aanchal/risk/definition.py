"""What an index definition consists of, as data that cannot change once loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from aanchal.risk.conditions import Condition

LANGUAGES = ("en", "hi", "te")
UNKNOWN = "UNKNOWN"

Text = Mapping[str, str]


def in_language(text: Text, language: str) -> str:
    """The text in a language, or in English where a state's language has not been written yet."""
    return text.get(language) or text["en"]


@dataclass(frozen=True)
class Fact:
    key: str
    is_number: bool
    highest: int
    is_private: bool


@dataclass(frozen=True)
class Parameter:
    key: str
    value: Fraction
    unit: str
    source: str


@dataclass(frozen=True)
class Band:
    key: str
    starts_at: int
    title: Text


@dataclass(frozen=True)
class Dimension:
    key: str
    points: int
    title: Text
    help: Text | None = None
    """What a leader of the village can do about it, without knowing why."""


@dataclass(frozen=True)
class Indicator:
    key: str
    dimension: str
    points: int
    deprived: Condition
    source: str
    reason: Text
    is_private: bool
    helps: tuple[str, ...] = ()
    """Services that would help where it holds."""


@dataclass(frozen=True)
class Service:
    """A kind of entitlement or help, as families and workers call it."""

    key: str
    title: Text


@dataclass(frozen=True)
class Override:
    key: str
    raised: Condition
    source: str
    reason: Text
    task: Text
    is_private: bool


@dataclass(frozen=True)
class Definition:
    key: str
    version: str
    effective_from: date
    title: Text
    total_points: int
    complete_share: Fraction
    poor_from: str
    parameters: tuple[Parameter, ...]
    facts: tuple[Fact, ...]
    dimensions: tuple[Dimension, ...]
    bands: tuple[Band, ...]
    indicators: tuple[Indicator, ...]
    overrides: tuple[Override, ...]
    services: tuple[Service, ...] = ()
    village_limit: int = 0
    """By how many points a village may raise or lower each indicator; 0 where it may not."""

    @cached_property
    def band_keys(self) -> tuple[str, ...]:
        """Every band a result can have, the lowest first; a band's place here is its code in a batch."""
        return (UNKNOWN, *(band.key for band in self.bands))

    @cached_property
    def poor_bands(self) -> frozenset[str]:
        return frozenset(self.band_keys[self.band_keys.index(self.poor_from) :])

    @cached_property
    def points_of(self) -> Mapping[str, int]:
        return {indicator.key: indicator.points for indicator in self.indicators}

    def band(self, points: int, observed: int) -> str:
        """The band of a score over the observed weight, exact on the boundary: points / observed >= start / total."""
        if observed == 0:
            return UNKNOWN
        return max(
            (band for band in self.bands if points * self.total_points >= band.starts_at * observed),
            key=lambda band: band.starts_at,
        ).key

    def is_complete(self, observed: int) -> bool:
        return observed * self.complete_share.denominator >= self.total_points * self.complete_share.numerator
