"""A table with all its margins: places in three levels, days and their running totals, sex, age. Plain numbers, no database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

PLACE, TIME, SEX, AGE = range(4)


@dataclass(frozen=True, eq=False)
class Cube:
    """`counts[place, time, sex, age]`: districts, then states, then the nation; the last sex and the last age are all of them.

    Times are the periods in the order of their release; `is_whole` says that the last is the sum of them all, told with the last period.
    """

    counts: np.ndarray
    state_of: np.ndarray
    """Of each district, the number of its state."""
    is_whole: bool

    @property
    def districts(self) -> int:
        return len(self.state_of)

    @property
    def releases(self) -> int:
        return self.counts.shape[TIME] - self.is_whole

    def told_with(self, release: int) -> "Cube":
        """What is told with a release, and all that is bound to it: its own period, or with the last one every period and their sum."""
        if release == self.releases:
            return self
        return Cube(self.counts[:, release - 1 : release], self.state_of, False)

    def sums(self) -> Iterator[tuple[int, int, list[int]]]:
        """(axis, position of a total, positions that add up to it), each for every position on the other axes."""
        places, times, sexes, ages = self.counts.shape
        nation = places - 1
        for state in range(self.districts, nation):
            yield PLACE, state, list(np.flatnonzero(self.state_of == state - self.districts))
        yield PLACE, nation, list(range(self.districts, nation))
        if self.is_whole:
            yield TIME, times - 1, list(range(times - 1))
        yield SEX, sexes - 1, list(range(sexes - 1))
        yield AGE, ages - 1, list(range(ages - 1))

    def equations(self) -> "sparse.csr_matrix":
        """One row a sum: the total less its parts is nought. Columns are the cells in the order of `counts.ravel()`."""
        from scipy import sparse

        cells = np.arange(self.counts.size).reshape(self.counts.shape)
        rows, columns, signs, height = [], [], [], 0
        for axis, total, parts in self.sums():
            lines = np.arange(np.take(cells, 0, axis).size) + height
            height += len(lines)
            for position, sign in ((total, -1), *((part, 1) for part in parts)):
                rows.append(lines)
                columns.append(np.take(cells, position, axis).ravel())
                signs.append(np.full(len(lines), sign))
        told = (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns)))
        return sparse.csr_matrix(told, shape=(height, cells.size), dtype=float)


def with_margins(counts: np.ndarray, state_of: Sequence[int], *, is_whole: bool) -> Cube:
    """From `counts[district, period, sex, age]`, whole numbers, to the table with every sum."""
    numbers = np.asarray(state_of)
    states = np.zeros((int(numbers.max()) + 1, *counts.shape[1:]), dtype=np.int64)
    np.add.at(states, numbers, counts)
    whole = np.concatenate([counts, states, states.sum(0, keepdims=True)]).astype(np.int64)
    for axis in (TIME, SEX, AGE) if is_whole else (SEX, AGE):
        whole = np.concatenate([whole, whole.sum(axis, keepdims=True)], axis=axis)
    return Cube(whole, numbers, is_whole)
