"""Small counts are hidden, and so much beside them that no sum gives them away (domain.md 5; complementary suppression)."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST_SHOWN = 11
"""A count from 1 to 10 could point at a family."""

Key = TypeVar("Key", bound=Hashable)
Parts = tuple[int, ...]
"""A count, and the counts that could be worked out from it and another shown number (families at risk: those not at risk)."""


def is_small(parts: Parts) -> bool:
    return any(0 < part < LEAST_SHOWN for part in parts)


def hidden(cells: Mapping[Key, Parts], *, whole_is_hidden: bool = False) -> frozenset[Key]:
    """Which parts of a whole to hide, so that neither the whole nor a neighbour gives a small one away.

    What is hidden together never sums to a small count, and one alone is hidden only where the whole is not known either. A whole
    that is hidden hides at least one of its parts, or their sum would tell it.
    """
    closed = {key for key, parts in cells.items() if is_small(parts)}
    if not closed and not whole_is_hidden:
        return frozenset()
    rest = sorted((key for key in cells if key not in closed), key=lambda key: (cells[key][0] == 0, cells[key][0]))
    for key in rest:
        if _hold_together([cells[k] for k in closed], 1 if whole_is_hidden else 2):
            break
        closed.add(key)
    return frozenset(closed)


def _hold_together(closed: list[Parts], least: int) -> bool:
    return len(closed) >= least and not is_small(tuple(map(sum, zip(*closed, strict=True))))
