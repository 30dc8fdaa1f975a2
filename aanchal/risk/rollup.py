"""Adds up the scores of a batch by place, in whole numbers, to the same tallies that one place is measured by."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aanchal.risk.batch import Scores
from aanchal.risk.definition import Definition
from aanchal.risk.measures import Tally

ROWS = 1 << 20  # rows counted at a time, so that working arrays do not grow with the nation

HAS_BIT = np.arange(16)[:, None] >> np.arange(4) & 1  # [pattern of four bits, bit]

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RollUp:
    """Counts of households by place code, and from them the measures of every place at once."""

    definition: Definition
    weights: NDArray[np.uint8]  # the observed weights that occur
    observed: Counts            # [place, weight]
    bands: Counts               # [place, band code]
    urgent: Counts              # [place]
    raw: Counts                 # [place, indicator]
    censored: Counts            # [place, weight, indicator]

    def tally(self, place: int) -> Tally:
        """The exact tally of one place."""
        keys = list(self.definition.points_of)
        weights = [int(weight) for weight in self.weights]
        return Tally(
            version=self.definition.version,
            observed=_named(weights, self.observed[place]),
            bands=_named(list(self.definition.band_keys), self.bands[place]),
            urgent=int(self.urgent[place]),
            raw=_named(keys, self.raw[place]),
            censored={
                (key, weight): int(self.censored[place, row, column])
                for row, weight in enumerate(weights) for column, key in enumerate(keys)
                if self.censored[place, row, column]
            },
        )

    @cached_property
    def households(self) -> Counts:
        return np.asarray(self.observed.sum(axis=1))

    @cached_property
    def poor(self) -> Counts:
        codes = [self.definition.band_keys.index(band) for band in self.definition.poor_bands]
        return np.asarray(self.bands[:, codes].sum(axis=1))

    @cached_property
    def headcount(self) -> Floats:
        return _ratio(self.poor, self.households)

    @cached_property
    def m0(self) -> Floats:
        return _ratio(self._scores.sum(axis=1), self.households)

    @cached_property
    def intensity(self) -> Floats:
        return _ratio(self._scores.sum(axis=1), self.poor)

    @cached_property
    def contribution(self) -> Floats:
        """[place, indicator]: the share of the place's M0 each indicator accounts for."""
        return _ratio(self._scores, self._scores.sum(axis=1)[:, None])

    @cached_property
    def _scores(self) -> Floats:
        points = np.array(list(self.definition.points_of.values()), np.float64)
        share = np.divide(1.0, self.weights, where=self.weights > 0, out=np.zeros(len(self.weights)))
        return np.asarray(np.einsum("pwj,w->pj", self.censored, share) * points)


def roll_up(definition: Definition, scores: Scores, places: NDArray[Any], place_count: int) -> RollUp:
    """Households counted by place; `places` holds each household's place code, from 0 to place_count - 1."""
    if len(places) != len(scores.band):
        raise ValueError("as many places as households are needed")
    if len(places) and (places.min() < 0 or places.max() >= place_count):
        raise ValueError(f"place codes run from 0 to {place_count - 1}")
    counting = _Counting(definition, scores, place_count)
    for start in range(0, len(places), ROWS):
        rows = slice(start, start + ROWS)
        counting.add(scores.part(rows), places[rows].astype(np.int64))
    return counting.rolled_up()


class _Counting:
    """Running counts; four indicators at a time are counted as one number from 0 to 15 and told apart afterwards."""

    def __init__(self, definition: Definition, scores: Scores, place_count: int):
        self.definition = definition
        self.place_count = place_count
        self.weights = np.flatnonzero(np.bincount(scores.observed, minlength=definition.total_points + 1))
        self.level_of = np.zeros(definition.total_points + 1, np.int64)
        self.level_of[self.weights] = np.arange(len(self.weights))
        self.is_poor = np.array([band in definition.poor_bands for band in definition.band_keys])
        levels, indicators = len(self.weights), len(definition.indicators)
        self.observed = np.zeros((place_count, levels), np.int64)
        self.bands = np.zeros((place_count, len(definition.band_keys)), np.int64)
        self.urgent = np.zeros(place_count, np.int64)
        self.raw = np.zeros((place_count, indicators), np.int64)
        self.censored = np.zeros((place_count * levels, indicators), np.int64)

    def add(self, scores: Scores, places: NDArray[np.int64]) -> None:
        cells = places * len(self.weights) + self.level_of[scores.observed]
        poor = np.flatnonzero(self.is_poor[scores.band])
        self.observed += _counted(cells, self.observed.shape)
        self.bands += _counted(places * self.bands.shape[1] + scores.band, self.bands.shape)
        self.urgent += _counted(places[scores.overrides != 0], self.urgent.shape)
        _count_bits(scores.deprived, places, self.raw)
        _count_bits(scores.deprived[poor], cells[poor], self.censored)

    def rolled_up(self) -> RollUp:
        shape = (self.place_count, len(self.weights), len(self.definition.indicators))
        return RollUp(
            self.definition, self.weights.astype(np.uint8), self.observed, self.bands, self.urgent, self.raw,
            self.censored.reshape(shape))


def _counted(cells: NDArray[np.int64], shape: tuple[int, ...]) -> Counts:
    return np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)


def _count_bits(masks: NDArray[Any], cells: NDArray[np.int64], into: Counts) -> None:
    """Add to into[cell, j] the number of rows of that cell whose mask has bit j."""
    sixteenths = cells * 16
    for first in range(0, into.shape[1], 4):
        patterns = (masks >> first) & 15
        counts = _counted(sixteenths + patterns, (len(into), 16))
        into[:, first:first + 4] += counts @ HAS_BIT[:, :into.shape[1] - first]


def _named(keys: list[Any], counts: Counts) -> dict[Any, int]:
    return {key: int(count) for key, count in zip(keys, counts, strict=True) if count}


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> Floats:
    ratio: Floats = np.zeros(np.broadcast(part, whole).shape)
    np.divide(part, whole, where=whole > 0, out=ratio)
    return ratio
