"""Adds up the scores of a batch by place, in whole numbers, to the same tallies that one place is measured by."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aanchal.risk.batch import Scores
from aanchal.risk.definition import Definition
from aanchal.risk.measures import Tally

ROWS = 1 << 16  # rows counted at a time: working arrays stay in the processor's cache and do not grow with the nation
PLACES = 1 << 8  # places counted at a time, for the same reason: counts of all places would be walked for every chunk of rows

HAS_BIT = np.arange(16)[:, None] >> np.arange(4) & 1  # [pattern of four bits, bit]

ROW = np.dtype([("deprived", "u4"), ("observed", "u1"), ("band", "u1"), ("urgent", "?"), ("place", "u1")])  # place: within its PLACES

Rows = NDArray[np.void]
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RollUp:
    """Counts of households by place code, and from them the measures of every place at once."""

    definition: Definition
    weights: NDArray[np.uint8]  # the observed weights that occur
    observed: Counts  # [place, weight]
    bands: Counts  # [place, band code]
    urgent: Counts  # [place]
    raw: Counts  # [place, indicator]
    censored: Counts  # [place, weight, indicator]

    def above(self, parents: NDArray[Any], parent_count: int) -> "RollUp":
        """The same counts by the places above: `parents` holds, for each place, the code of the one it lies in."""
        columns = (self.observed, self.bands, self.urgent, self.raw, self.censored)
        return RollUp(self.definition, self.weights, *(_added_up(column, parents, parent_count) for column in columns))

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
                for row, weight in enumerate(weights)
                for column, key in enumerate(keys)
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
        return _ratio(self._total, self.households)

    @cached_property
    def intensity(self) -> Floats:
        return _ratio(self._total, self.poor)

    @cached_property
    def contribution(self) -> Floats:
        """[place, indicator]: the share of the place's M0 each indicator accounts for."""
        return _ratio(self._scores, self._total[:, None])

    @cached_property
    def _total(self) -> Floats:
        return sum(self._scores.T, np.zeros(len(self._scores)))

    @cached_property
    def _scores(self) -> Floats:
        """Added in one fixed order, so that a place has the same last digit whichever others it is counted with."""
        scores = np.zeros((len(self.raw), len(self.definition.points_of)))
        for level, weight in enumerate(self.weights.tolist()):
            if weight:
                scores += self.censored[:, level] / weight
        return scores * np.array(list(self.definition.points_of.values()), np.float64)


def roll_up(definition: Definition, scores: Scores, places: NDArray[Any], place_count: int) -> RollUp:
    """Households counted by place; `places` holds each household's place code, from 0 to place_count - 1.

    Linear in the households, in any order; those that come in the order of their places are spared the ordering.
    """
    if len(places) != len(scores.band):
        raise ValueError("as many places as households are needed")
    if len(places) and (places.min() < 0 or places.max() >= place_count):
        raise ValueError(f"place codes run from 0 to {place_count - 1}")
    blocks = (places // PLACES).astype(np.min_scalar_type(place_count // PLACES))
    rows = _rows(scores, places)
    if (blocks[1:] < blocks[:-1]).any():
        order = np.argsort(blocks, kind="stable")  # of numbers this narrow: by radix, in linear time
        rows, blocks = rows.view(np.uint64)[order].view(ROW), blocks[order]
    counting = _Counting(definition, scores, place_count)
    ends = np.searchsorted(blocks, np.arange(1, place_count // PLACES + 1).astype(blocks.dtype)).tolist()
    for block, (start, end) in enumerate(pairwise([0, *ends, len(rows)])):
        for first in range(start, end, ROWS):
            counting.add(block * PLACES, rows[first : min(first + ROWS, end)])
    return counting.rolled_up()


def _rows(scores: Scores, places: NDArray[Any]) -> Rows:
    """What is counted of a household side by side in eight bytes, so that putting it elsewhere touches memory once."""
    rows = np.empty(len(places), ROW)
    rows["deprived"], rows["observed"], rows["band"] = scores.deprived, scores.observed, scores.band
    rows["urgent"], rows["place"] = scores.overrides != 0, places % PLACES
    return rows


class _Counting:
    """Running counts; four indicators at a time are counted as one number from 0 to 15 and told apart afterwards."""

    def __init__(self, definition: Definition, scores: Scores, place_count: int):
        self.definition = definition
        self.weights = np.flatnonzero(np.bincount(scores.observed, minlength=definition.total_points + 1))
        self.level_of = np.zeros(definition.total_points + 1, np.int64)
        self.level_of[self.weights] = np.arange(len(self.weights))
        self.is_poor = np.array([band in definition.poor_bands for band in definition.band_keys])
        levels, indicators = len(self.weights), len(definition.indicators)
        self.observed = np.zeros((place_count, levels), np.int64)
        self.bands = np.zeros((place_count, len(definition.band_keys)), np.int64)
        self.urgent = np.zeros((place_count, 1), np.int64)
        self.raw = np.zeros((place_count, indicators), np.int64)
        self.censored = np.zeros((place_count, levels, indicators), np.int64)

    def add(self, first: int, rows: Rows) -> None:
        """Households of the PLACES places from `first` on."""
        here = slice(first, first + PLACES)
        places = rows["place"].astype(np.int64)
        cells = places * len(self.weights) + self.level_of[rows["observed"]]
        poor = np.flatnonzero(self.is_poor[rows["band"]])
        _count(cells, self.observed[here])
        _count(places * self.bands.shape[1] + rows["band"], self.bands[here])
        _count(places[rows["urgent"]], self.urgent[here])
        _count_bits(rows["deprived"], places, self.raw[here])
        _count_bits(rows["deprived"][poor], cells[poor], self.censored[here])

    def rolled_up(self) -> RollUp:
        weights = self.weights.astype(np.uint8)
        return RollUp(self.definition, weights, self.observed, self.bands, self.urgent[:, 0], self.raw, self.censored)


def _count(cells: NDArray[np.int64], into: Counts) -> None:
    into += np.bincount(cells, minlength=into.size).reshape(into.shape)


def _count_bits(masks: NDArray[Any], cells: NDArray[np.int64], into: Counts) -> None:
    """Add to into[cell, j] the number of rows of that cell whose mask has bit j."""
    sixteenths = cells * 16
    indicators = into.shape[-1]
    for first in range(0, indicators, 4):
        patterns = np.bincount(sixteenths + (masks >> first & 15), minlength=into.size // indicators * 16)
        into[..., first : first + 4] += (patterns.reshape(-1, 16) @ HAS_BIT[:, : indicators - first]).reshape(*into.shape[:-1], -1)


def _added_up(counts: Counts, parents: NDArray[Any], parent_count: int) -> Counts:
    order = np.argsort(parents, kind="stable")
    occupied, starts = np.unique(parents[order], return_index=True)
    added = np.zeros((parent_count, *counts.shape[1:]), np.int64)
    if len(occupied):
        added[occupied] = np.add.reduceat(counts[order], starts, axis=0)
    return added


def _named(keys: list[Any], counts: Counts) -> dict[Any, int]:
    return {key: int(count) for key, count in zip(keys, counts, strict=True) if count}


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> Floats:
    ratio: Floats = np.zeros(np.broadcast(part, whole).shape)
    np.divide(part, whole, where=whole > 0, out=ratio)
    return ratio
