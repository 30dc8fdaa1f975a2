"""Difference in differences: it finds a change that is there, says no more than chance allows, and nothing where blocks are few."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanchal.insight import effects
from aanchal.insight.effects import Candidate, difference, matched, verdict

TRIALS = 120


def made(change: float, sets: int, seed: int, beside: int = 3) -> list[tuple[float, list[float]]]:
    """Blocks that all moved by about five points, each set in its own way; those of the pilot by `change` more."""
    rng = np.random.default_rng(seed)
    found = []
    for common in rng.normal(5, 2, sets):
        own, *others = common + rng.normal(0, 3, beside + 1)
        found.append((own + change, others))
    return found


def test_it_finds_the_change_that_was_put_in_and_its_interval_holds_it():
    told = [difference(made(8, 5, seed)) for seed in range(TRIALS)]
    assert abs(np.mean([one.estimate for one in told]) - 8) < 0.5
    assert sum(one.low <= 8 <= one.high for one in told) >= 0.92 * TRIALS
    assert sum(one.is_beyond_chance for one in told) > 0.9 * TRIALS


def test_where_nothing_changed_it_seldom_says_so():
    told = [difference(made(0, 5, 1000 + seed)) for seed in range(TRIALS)]
    assert sum(one.is_beyond_chance for one in told) <= 0.09 * TRIALS


def test_a_pilot_of_many_blocks_is_drawn_by_lot_and_the_same_way_twice():
    told = difference(made(8, 9, 1))
    assert told == difference(made(8, 9, 1))
    assert told.low < 8 < told.high
    assert told.blocks == 36


@pytest.mark.parametrize(("sets", "beside"), [(1, 3), (2, 3), (3, 1), (4, 1)])
def test_too_few_blocks_have_no_interval(sets, beside):
    """Two sets of four blocks could have fallen in sixteen ways: what is clearest happens by chance once in sixteen."""
    told = difference(made(80, sets, 3, beside))
    assert told.is_few
    assert not told.is_beyond_chance
    assert verdict(told, told, "MORE") == effects.FEW


def test_of_one_pilot_block_no_difference_is_told():
    assert difference(made(8, 1, 3)).estimate is None
    assert difference([]).blocks == 0


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(-40, 40), st.integers(3, 5))
def test_the_interval_holds_just_what_the_test_does_not_refuse(seed, change, sets):
    """Take a change away from the pilot's blocks: inside the interval what is left may be chance, outside it is not."""
    told = made(change, sets, seed)
    found = difference(told)
    for end, inward in ((found.low, 1), (found.high, -1)):
        for step, is_held in ((inward * 1e-3, True), (-inward * 1e-3, False)):
            left = difference([(own - end - step, others) for own, others in told])
            assert (left.chance > effects.CHANCE) == is_held


def test_a_change_common_to_all_blocks_is_no_difference():
    assert difference([(5.0, [5.0, 5.0, 5.0])] * 4).estimate == 0


@pytest.mark.parametrize(
    ("estimate", "low", "high", "drift", "better", "said"),
    [
        (8.0, 2.0, 12.0, 0.0, "MORE", effects.BETTER),
        (8.0, 2.0, 12.0, 0.0, "LESS", effects.WORSE),
        (-8.0, -12.0, -2.0, 0.0, "LESS", effects.BETTER),
        (-8.0, -12.0, -2.0, 0.0, "MORE", effects.WORSE),
        (8.0, 2.0, 12.0, 0.0, "NEITHER", effects.OTHER),
        (8.0, -2.0, 12.0, 0.0, "MORE", effects.ALIKE),
        (8.0, 2.0, 12.0, 4.0, "MORE", effects.APART),
        (8.0, None, None, 0.0, "MORE", effects.FEW),
    ],
)
def test_it_says_what_may_be_said(estimate, low, high, drift, better, said):
    found = effects.Difference(5, 20, estimate, low, high, 0.01)
    before = replace(found, estimate=drift, low=drift - 1, high=drift + 1)
    assert verdict(found, before, better) == said


def test_each_pilot_block_has_the_nearest_and_its_first_before_any_has_its_second():
    pilot = [Candidate(1, 9.0), Candidate(2, 8.0)]
    others = [Candidate(11, 8.6), Candidate(12, 7.9), Candidate(13, 5.0)]
    assert matched(pilot, others) == {1: (11, 13), 2: (12,)}
    assert matched(pilot, others[:1]) == {1: (11,)}
    assert matched(pilot, []) == {}


def test_over_few_cases_a_block_has_no_change():
    assert effects.change((5, 10), (9, 10), 11) is None
    assert effects.change((10, 20), (15, 20), 11) == 25


def test_a_set_without_its_pilot_block_or_without_any_beside_is_left_out():
    changes = {1: 10.0, 2: None, 3: 8.0, 11: 1.0, 12: 2.0, 13: None}
    assert effects.of_blocks({1: (11, 12), 2: (12,), 3: (13,)}, changes).sets == 1
