"""Scores a nation's households as NumPy columns, compiled from the same definition that scores one family."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any as Anything

import numpy as np
from numpy.typing import NDArray

from aanchal.risk.conditions import All, Any, AtLeast, Below, Condition, Facts, Is, Not
from aanchal.risk.definition import Definition, Fact
from aanchal.risk.rules import Result

NOT_KNOWN = -1
CHUNK = 65_536  # rows whose columns and working arrays stay in the processor's cache

Column = NDArray[np.signedinteger[Anything]]
Columns = Mapping[str, Column]
Bools = NDArray[np.bool_]
Truths = tuple[Bools, Bools]  # is true; could be true once the unknown is known
Weights = list[tuple[int, list[int]]]


@dataclass(frozen=True)
class Scores:
    """One row a household: points of each kind, the band's code, and bits in the definition's own order."""

    points: NDArray[np.uint8]
    observed: NDArray[np.uint8]
    band: NDArray[np.uint8]
    deprived: NDArray[np.unsignedinteger[Anything]]
    unknown: NDArray[np.unsignedinteger[Anything]]
    overrides: NDArray[np.unsignedinteger[Anything]]

    @classmethod
    def empty(cls, definition: Definition, households: int) -> "Scores":
        indicators, overrides = _mask_type(len(definition.indicators)), _mask_type(len(definition.overrides))
        kinds = (np.uint8, np.uint8, np.uint8, indicators, indicators, overrides)
        return cls(*(np.empty(households, kind) for kind in kinds))

    def part(self, rows: slice | NDArray[np.intp]) -> "Scores":
        return Scores(*(column[rows] for column in vars(self).values()))


class Batch:
    """A definition made ready to score columns: nothing in here knows a rule of its own."""

    def __init__(self, definition: Definition):
        self.definition = definition
        self._deprived = [_compiled(indicator.deprived) for indicator in definition.indicators]
        self._raised = [_compiled(override.raised) for override in definition.overrides]
        self._weights = _by_points(definition)
        self._bands = _band_table(definition)

    def score(self, columns: Columns) -> Scores:
        households = self._checked(columns)
        scores = Scores.empty(self.definition, households)
        for start in range(0, households, CHUNK):
            rows = slice(start, start + CHUNK)
            self._score({fact.key: columns[fact.key][rows] for fact in self.definition.facts}, scores.part(rows))
        return scores

    def _score(self, columns: Columns, scores: Scores) -> None:
        truths = [deprived(columns) for deprived in self._deprived]
        are_true = [is_true for is_true, _ in truths]
        are_unknown = [could_be ^ is_true for is_true, could_be in truths]
        total = self.definition.total_points
        _weighed(are_true, self._weights, out=scores.points)
        _weighed(are_unknown, self._weights, out=scores.observed)
        np.subtract(np.uint8(total), scores.observed, out=scores.observed)
        place_in_table = np.multiply(scores.observed, total + 1, dtype=np.uint16)
        np.add(place_in_table, scores.points, out=place_in_table)
        np.take(self._bands, place_in_table, out=scores.band, mode="clip")
        _packed(are_true, out=scores.deprived)
        _packed(are_unknown, out=scores.unknown)
        _packed([raised(columns)[0] for raised in self._raised], out=scores.overrides)

    def _checked(self, columns: Columns) -> int:
        missing = [fact.key for fact in self.definition.facts if fact.key not in columns]
        if missing:
            raise ValueError(f"no column for the facts {', '.join(missing)}")
        wrong = [fact.key for fact in self.definition.facts if columns[fact.key].dtype != column_type(fact)]
        if wrong:
            raise ValueError(f"columns of the wrong type: {', '.join(wrong)}")
        lengths = {len(columns[fact.key]) for fact in self.definition.facts}
        if len(lengths) != 1:
            raise ValueError("columns of different lengths")
        return lengths.pop()


def column_type(fact: Fact) -> np.dtype[np.signedinteger[Anything]]:
    """The narrowest whole number that holds a fact and NOT_KNOWN."""
    return np.min_scalar_type(-fact.highest - 1)


def columns_of(definition: Definition, families: Iterable[Facts]) -> dict[str, Column]:
    """Columns from facts by family, None becoming NOT_KNOWN; a fact out of its range is refused by name."""
    rows = list(families)
    columns: dict[str, Column] = {}
    for fact in definition.facts:
        values = [row.get(fact.key) for row in rows]
        if any(value is not None and not 0 <= value <= fact.highest for value in values):
            raise ValueError(f"'{fact.key}' runs from 0 to {fact.highest}")
        known = (NOT_KNOWN if value is None else value for value in values)
        columns[fact.key] = np.fromiter(known, column_type(fact), len(values))
    return columns


def holds(condition: Condition, columns: Columns) -> Bools:
    """Where a condition is certainly true."""
    return _compiled(condition)(columns)[0]


def truths(condition: Condition, columns: Columns) -> Truths:
    """Where a condition is certainly true, and where it could be once the unknown is known."""
    return _compiled(condition)(columns)


def result(definition: Definition, scores: Scores, row: int) -> Result:
    """One household's row, said as the rules say it."""
    observed = int(scores.observed[row])
    indicators = [indicator.key for indicator in definition.indicators]
    return Result(
        points=int(scores.points[row]),
        observed_points=observed,
        deprived=_keys_of(indicators, int(scores.deprived[row])),
        unknown=_keys_of(indicators, int(scores.unknown[row])),
        band=definition.band_keys[scores.band[row]],
        is_complete=definition.is_complete(observed),
        overrides=_keys_of([override.key for override in definition.overrides], int(scores.overrides[row])),
    )


def _compiled(condition: Condition) -> Callable[[Columns], Truths]:
    if isinstance(condition, Not):
        return _negated(_compiled(condition.part))
    if isinstance(condition, All | Any):
        join = np.logical_and if isinstance(condition, All) else np.logical_or
        return _joined(join, [_compiled(part) for part in condition.parts])
    return _compared(condition)


def _compared(condition: Is | AtLeast | Below) -> Callable[[Columns], Truths]:
    """Seen without its sign, NOT_KNOWN is the highest number of all: one comparison each for "is" and "could be"."""
    name = condition.fact
    if isinstance(condition, Is):
        return partial(_is_value, name, condition.value)
    return partial(_at_least if isinstance(condition, AtLeast) else _below, name, condition.bound)


def _is_value(name: str, value: int, columns: Columns) -> Truths:
    is_true: Bools = columns[name] == value
    return is_true, is_true | (columns[name] < 0)


def _at_least(name: str, bound: int, columns: Columns) -> Truths:
    return columns[name] >= bound, _unsigned(columns[name]) >= bound


def _below(name: str, bound: int, columns: Columns) -> Truths:
    return _unsigned(columns[name]) < bound, columns[name] < bound


def _negated(part: Callable[[Columns], Truths]) -> Callable[[Columns], Truths]:
    def negated(columns: Columns) -> Truths:
        is_true, could_be = part(columns)
        return ~could_be, ~is_true

    return negated


def _joined(join: np.ufunc, parts: list[Callable[[Columns], Truths]]) -> Callable[[Columns], Truths]:
    def joined(columns: Columns) -> Truths:
        is_true, could_be = parts[0](columns)
        for part in parts[1:]:
            also_true, also_could_be = part(columns)
            is_true, could_be = join(is_true, also_true), join(could_be, also_could_be)
        return is_true, could_be

    return joined


def _unsigned(column: Column) -> NDArray[np.unsignedinteger[Anything]]:
    return column.view(f"u{column.itemsize}")


def _by_points(definition: Definition) -> Weights:
    """Indicators of equal points are counted together and multiplied once."""
    positions: dict[int, list[int]] = {}
    for position, indicator in enumerate(definition.indicators):
        positions.setdefault(indicator.points, []).append(position)
    return list(positions.items())


def _weighed(held: list[Bools], weights: Weights, *, out: NDArray[np.uint8]) -> None:
    out[...] = 0
    for points, positions in weights:
        count = held[positions[0]].astype(np.uint8)
        for position in positions[1:]:
            np.add(count, held[position].view(np.uint8), out=count)
        np.multiply(count, np.uint8(points), out=count)
        np.add(out, count, out=out)


def _packed(held: list[Bools], *, out: NDArray[np.unsignedinteger[Anything]]) -> None:
    """Bit j of each row says whether held[j] holds; worked a byte at a time, eight bits in one lane."""
    octets = out.view(np.uint8).reshape(len(out), out.itemsize)
    for number in range(out.itemsize):
        octet = np.zeros(len(out), np.uint8)
        for bit, column in enumerate(held[8 * number : 8 * number + 8]):
            np.bitwise_or(octet, np.left_shift(column.view(np.uint8), np.uint8(bit)), out=octet)
        octets[:, number] = octet


def _band_table(definition: Definition) -> NDArray[np.uint8]:
    """The band's code for every observed weight and points, asked of the definition itself, so exact."""
    codes = {key: code for code, key in enumerate(definition.band_keys)}
    every = range(definition.total_points + 1)
    return np.array([codes[definition.band(points, observed)] for observed in every for points in every], np.uint8)


def _mask_type(bits: int) -> type[np.unsignedinteger[Anything]]:
    return np.uint8 if bits <= 8 else np.uint16 if bits <= 16 else np.uint32


def _keys_of(keys: list[str], mask: int) -> tuple[str, ...]:
    return tuple(key for bit, key in enumerate(keys) if mask >> bit & 1)
