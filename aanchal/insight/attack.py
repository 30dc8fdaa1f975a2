"""The attacker: from what is published and the sums that everyone knows, how closely can a hidden count be told?

It solves the linear bounds (HiGHS). To be fast it is told more than is published: what stays open even then is safe (docs/adr/0049).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aanchal.insight.cube import Cube

NEAR = 2
"""A count known to within two either way is as good as told (issue 9)."""
REACH = 40.0
"""How far from the truth a shared search looks; beyond it nothing is gained."""
TRIES = 3
GOES_ON = 0.7
"""The shared search is repeated while it leaves fewer than this part of the cells it began with."""
SOLVED, UNBOUNDED = 0, 3
SLACK = 1e-6


@dataclass(frozen=True)
class Report:
    """What the attacker could do. `narrowest`: the least room it left to a hidden cell, as far as it was looked for."""

    cells: int
    hidden: int
    exactly: int
    nearly: int
    narrowest: float
    recovered: tuple[int, ...] = ()
    """Positions in `counts.ravel()`."""

    @property
    def is_safe(self) -> bool:
        return not self.exactly and not self.nearly


class System:
    """The cells of a table, the sums that bind them, and how far each was seen to stray. Nought is never hidden: what is, is 1 or more.

    What was seen stays true while more is hidden, so that the next attack need not look for it again.
    """

    def __init__(self, cube: Cube):
        self.cube = cube
        self.truth = cube.counts.ravel().astype(float)
        self.hidden = np.zeros(self.truth.shape, dtype=bool)
        self.equations = cube.equations().tocsc()
        self.low, self.high = self.truth.copy(), self.truth.copy()
        self._seed = 0

    def hide(self, hidden: np.ndarray) -> None:
        """`hidden[place, time, sex, age]`, with all that was hidden before."""
        if (self.hidden & ~hidden.ravel()).any():
            raise ValueError("what is hidden from the attacker stays hidden")
        self.hidden = hidden.ravel().copy()

    def solve(self, free: np.ndarray, aims: np.ndarray, *, reach: float | None) -> np.ndarray | None:
        """A point that makes the sum of aims x cells least, the cells outside `free` as they are; None when there is no least.

        Raises RuntimeError when the solver gives up: nothing may pass for safe because it was not solved.
        """
        from scipy.optimize import linprog  # a fifth of the time in which any process starts; only the attack solves

        part = self.equations[:, free].tocsr()
        rows = np.flatnonzero(np.diff(part.indptr))
        truth = self.truth[free]
        bounds = np.empty((len(free), 2))
        bounds[:, 0] = 1 if reach is None else np.maximum(1, truth - reach)
        bounds[:, 1] = np.inf if reach is None else truth + reach
        part = part[rows]
        answer = linprog(aims, A_eq=part, b_eq=part @ truth, bounds=bounds, method="highs")
        if answer.status not in (SOLVED, UNBOUNDED):
            raise RuntimeError(f"the bounds of {len(free)} cells were not solved: {answer.message}")
        return answer.x if answer.status == SOLVED else None

    def widen(self, free: np.ndarray) -> None:
        """Search the room of many cells at once."""
        for attempt in range(TRIES):
            left = self._narrow(free)
            if not left.any():
                return
            self._seed += 1
            signs = np.random.default_rng(self._seed).choice([-1.0, 1.0], len(free)) * left
            for way in (signs, -signs, left.astype(float), -left.astype(float))[: 2 if attempt else 4]:
                found = self.solve(free, way, reach=REACH)
                if found is not None:
                    self._see(free, found)

    def bound_each(self, cells: np.ndarray, free: np.ndarray) -> None:
        for cell in cells:
            if self.high[cell] - self.low[cell] <= 2 * NEAR + SLACK:
                self.bound(cell, free)

    def bound(self, cell: int, free: np.ndarray) -> None:
        """The room of one cell, exactly, as far as the cells of `free` let it."""
        aims = (free == cell).astype(float)
        for way in (aims, -aims):
            found = self.solve(free, way, reach=None)
            if found is None:
                self.high[cell] = np.inf
            else:
                self._see(free, found)

    def open_cells(self) -> np.ndarray:
        """Hidden cells that no search has yet left enough room."""
        return np.flatnonzero(self.hidden & (self.high - self.low <= 2 * NEAR + SLACK))

    def _narrow(self, free: np.ndarray) -> np.ndarray:
        return self.high[free] - self.low[free] <= 2 * NEAR + SLACK

    def _see(self, free: np.ndarray, point: np.ndarray) -> None:
        self.low[free] = np.minimum(self.low[free], point)
        self.high[free] = np.maximum(self.high[free], point)


def attack(cube: Cube, hidden: np.ndarray) -> Report:
    """`hidden[place, time, sex, age]` says which counts are not told."""
    system = System(cube)
    system.hide(hidden)
    return report_of(system)


def report_of(system: System, *, most: float = np.inf) -> Report:
    """First by an attacker who is told every other state; what does not stand up to that is judged by what is published alone.

    Of more than `most` cells that no search has opened, none is bounded for itself: all are reported as recovered.
    """
    everything = np.flatnonzero(system.hidden)
    for block in _blocks(system):
        system.widen(block)
    left, before = system.open_cells(), system.hidden.size
    while 0 < len(left) < before * GOES_ON:
        before = len(left)
        system.widen(everything)
        left = system.open_cells()
    if len(left) <= most:
        system.bound_each(left, everything)
        left = system.open_cells()
    room = (system.high - system.low)[everything]
    exactly = left[np.floor(system.high[left] + SLACK) - np.ceil(system.low[left] - SLACK) < 1]
    narrowest = float(room.min()) if len(room) else float("inf")
    return Report(system.hidden.size, len(everything), len(exactly), len(left), narrowest, tuple(int(cell) for cell in left))


def _blocks(system: System) -> Iterator[np.ndarray]:
    """The hidden cells of a state with its districts and the nation, state by state."""
    cube, hidden = system.cube, system.hidden.reshape(system.cube.counts.shape)
    cells = np.arange(hidden.size).reshape(hidden.shape)
    nation = hidden.shape[0] - 1
    for state in range(nation - cube.districts):
        places = [*np.flatnonzero(cube.state_of == state), cube.districts + state, nation]
        yield cells[places][hidden[places]]
