"""Which counts of a table are not told: the small ones, and so many beside them that no sum gives them away, over places and time."""

import numpy as np

from aanchal.insight.attack import NEAR, Report, System, report_of
from aanchal.insight.cube import AGE, PLACE, SEX, TIME, Cube

LEAST = 11
"""The threshold of CTDC's own release (shared domain.md 1.3)."""
ROOM = 6 * NEAR
"""More than the attacker must be denied: sums that meet take room from one another."""
ROUNDS = 40
FEW = 25
"""So many doubtful cells are bounded one by one, a second each in a nation's year; of more, all are guarded as if they were told."""


class CannotProtect(Exception):
    """Some count would be told by what was already published; nothing of this release may go out."""

    def __init__(self, report: Report):
        super().__init__(f"{len(report.recovered)} hidden counts could be told to within {NEAR}")
        self.report = report


def protect(cube: Cube, told: np.ndarray | None = None) -> tuple[np.ndarray, Report]:
    """What to hide in a table whose earlier releases hid `told`, and the attacker's report. Raises CannotProtect.

    The same table gives the same answer. What an earlier release told cannot be hidden any more, nor the other way round.
    """
    hidden, frozen = small(cube.counts), np.zeros(cube.counts.shape, dtype=bool)
    if told is not None:
        frozen[:, : told.shape[TIME]] = True
        hidden[:, : told.shape[TIME]] = told
    price, system = _price(cube, frozen), System(cube)
    for _ in range(ROUNDS):
        _close(cube, hidden, price)
        system.hide(hidden)
        report = report_of(system, most=FEW)
        if report.is_safe:
            return hidden, report
        if not _add(cube, hidden, price, np.array(report.recovered)):
            break
    raise CannotProtect(report_of(system))


def series(cube: Cube) -> tuple[np.ndarray, list[Report]]:
    """All releases of a table, one after another; the last knows what the ones before it told."""
    told: list[np.ndarray] = []
    reports: list[Report] = []
    for release in range(1, cube.releases + 1):
        is_last = release == cube.releases
        hidden, report = protect(cube.told_with(release), np.concatenate(told, axis=TIME) if told and is_last else None)
        reports.append(report)
        told = [hidden] if is_last else [*told, hidden]
    return told[0], reports


def small(counts: np.ndarray) -> np.ndarray:
    return (counts > 0) & (counts < LEAST)


def _price(cube: Cube, frozen: np.ndarray) -> np.ndarray:
    """What it costs to hide a cell: its count, and far more where it is a total. Nought is never hidden."""
    price = cube.counts.astype(float) + 1
    price[cube.districts :] *= 30
    price[-1] *= 30
    if cube.is_whole:
        price[:, -1] *= 6
    price[:, :, -1] *= 6
    price[:, :, :, -1] *= 6
    return np.where((cube.counts == 0) | frozen, np.inf, price)


def _close(cube: Cube, hidden: np.ndarray, price: np.ndarray) -> None:
    """Until in every sum the hidden parts leave one another room."""
    changed = True
    while changed:
        changed = False
        for axis, total, parts in cube.sums():
            line = [*parts, total]
            shut = np.take(hidden, line, axis)
            counts = np.take(cube.counts, line, axis)
            part, whole = np.delete(shut, -1, axis), np.take(shut, -1, axis)
            room = (np.delete(counts, -1, axis) * part).sum(axis) - part.sum(axis)
            weak = np.where(whole, ~part.any(axis), part.any(axis) & ((part.sum(axis) < 2) | (room < ROOM)))
            changed |= _hide(hidden, price, axis, line, weak)


def _hide(hidden: np.ndarray, price: np.ndarray, axis: int, line: list[int], weak: np.ndarray) -> bool:
    """One more cell, the cheapest, in each weak sum. False when there was none to hide."""
    costs = np.where(np.take(hidden, line, axis), np.inf, np.take(price, line, axis))
    cheapest = costs.argmin(axis)
    weak = weak & np.isfinite(costs.min(axis))
    if not weak.any():
        return False
    others = list(np.nonzero(weak))
    others.insert(axis, np.asarray(line)[cheapest[weak]])
    hidden[tuple(others)] = True
    return True


def _add(cube: Cube, hidden: np.ndarray, price: np.ndarray, recovered: np.ndarray) -> bool:
    """One more cell in each sum of a cell that was recovered, or of its neighbours; False when no sum has any left."""
    found = np.zeros(hidden.size, dtype=bool)
    found[recovered] = True
    found, reached = found.reshape(hidden.shape), 0
    sums = sorted(cube.sums(), key=lambda one: (AGE, SEX, TIME, PLACE).index(one[0]))
    while found.sum() > reached:
        reached, added = found.sum(), False
        for axis, total, parts in sums:
            line = [*parts, total]
            added |= _hide(hidden, price, axis, line, np.take(found, line, axis).any(axis))
        if added:
            return True
        _spread(found, hidden, sums)
    return False


def _spread(found: np.ndarray, hidden: np.ndarray, sums: list[tuple[int, int, list[int]]]) -> None:
    """To the hidden neighbours in each sum: where a sum has no more to hide, one beside it may."""
    for axis, total, parts in sums:
        line = [*parts, total]
        touched = np.expand_dims(np.take(found, line, axis).any(axis), axis)
        index = [slice(None)] * 4
        index[axis] = line
        found[tuple(index)] |= touched & np.take(hidden, line, axis)
