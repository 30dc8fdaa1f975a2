"""Medians and means of a place and of those above it, also of a block that lies in two districts. Plain numbers."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.core.tallies import Part
from aanchal.insight.rolling import Units, median, ratio

UNITS = Units.of([(0, 1, 10), (1, 11, 20), (2, 1, 20), (3, 3, 4), (3, 15, 16)], 4)
"""Two districts, the State, and a block in both."""
few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PARTS = st.lists(st.builds(Part, st.integers(1, 20), st.integers(0, 400), st.integers(1, 9)), max_size=60)


def inside(unit: int, parts: list[Part]) -> list[Part]:
    ends = [(first, last) for one, first, last in zip(UNITS.unit, UNITS.first, UNITS.last, strict=True) if one == unit]
    return [part for part in parts if any(first <= part.place_no <= last for first, last in ends)]


@few
@given(PARTS)
def test_a_median_is_the_one_in_the_middle_of_each_place(parts):
    found = median(parts, UNITS)
    for unit in range(4):
        own = sorted(part.part for part in inside(unit, parts))
        assert found[unit] == (own[(len(own) - 1) // 2] if own else 0)


@few
@given(PARTS)
def test_a_mean_is_all_parts_over_all_wholes_to_the_nearest(parts):
    found = ratio(parts, UNITS, 100)
    for unit in range(4):
        own = inside(unit, parts)
        whole = sum(part.whole for part in own)
        assert abs(found[unit] - (100 * sum(part.part for part in own) / whole if whole else 0)) <= 0.5


def test_of_nothing_there_is_nought():
    assert not np.any(median([], UNITS))
    assert not np.any(ratio([], UNITS))
