"""Percentile ranks, scores, intervals: small cases worked by hand, and what must hold of all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aanchal.selection import rules

percentiles = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 25), st.integers(1, 4)), elements=st.one_of(st.floats(0, 1), st.just(float("nan")))
)


def test_it_gives_the_worst_the_highest_percentile_and_averages_ties():
    told = rules.percentile_ranks([10, 20, 20, None, 40], more_is_worse=True)
    assert told[[0, 1, 2, 4]].tolist() == [0.125, 0.5, 0.5, 0.875]
    assert np.isnan(told[3])


def test_it_turns_round_when_less_is_worse():
    more, less = (rules.percentile_ranks([1, 2, 3], more_is_worse=which) for which in (True, False))
    assert more.tolist() == less.tolist()[::-1]


def test_it_ranks_by_the_weighted_mean_of_what_is_known():
    told = np.array([[0.9, 0.9, np.nan], [0.8, 0.2, 0.2], [0.1, 0.1, 0.1]])
    found = rules.rank(told, [1, 1, 1], seed=1)
    assert found.scores.tolist() == pytest.approx([0.9, 0.4, 0.1])
    assert found.ranks.tolist() == [1, 2, 3]
    assert found.coverage.tolist() == pytest.approx([2 / 3, 1, 1])


def test_it_does_not_rank_a_place_of_which_too_little_is_known():
    told = np.array([[0.9, np.nan, np.nan], [0.1, 0.2, 0.3]])
    found = rules.rank(told, [1, 1, 1], seed=1)
    assert found.ranks.tolist() == [0, 1]
    assert np.isnan(found.scores[0])
    assert (found.low[0], found.high[0]) == (0, 0)


def test_equal_scores_share_the_better_rank():
    found = rules.rank(np.array([[0.5], [0.5], [0.1]]), [1], seed=1)
    assert found.ranks.tolist() == [1, 1, 3]


def test_an_indicator_of_no_weight_moves_nothing():
    one = np.random.default_rng(5).random((40, 1))
    other = np.random.default_rng(6).random((40, 1))
    alone, beside = rules.rank(one, [1], seed=3), rules.rank(np.hstack([one, other]), [1, 0], seed=3)
    assert alone.ranks.tolist() == beside.ranks.tolist()
    assert (beside.high - beside.low).max() <= 1


def test_the_interval_is_the_same_for_the_same_seed_and_holds_the_rank_where_all_indicators_agree():
    told = np.random.default_rng(2).random((60, 4))
    one, again = (rules.rank(told, [1, 1, 1, 1], seed=9) for _ in range(2))
    assert one.low.tolist() == again.low.tolist()
    agreed = np.repeat(np.linspace(0.01, 0.99, 30)[:, None], 3, axis=1)
    found = rules.rank(agreed, [1, 1, 1], seed=9)
    assert found.low.tolist() == found.ranks.tolist() == found.high.tolist()
    assert found.stability == 1


@given(told=percentiles, seed=st.integers(0, 99))
def test_it_never_leaves_the_bounds(told, seed):
    found = rules.rank(told, [1.0] * told.shape[1], seed=seed, draws=20)
    ranked = found.ranks > 0
    count = int(ranked.sum())
    assert ((found.scores[ranked] >= 0) & (found.scores[ranked] <= 1)).all()
    assert ((found.low[ranked] >= 1) & (found.high[ranked] <= count) & (found.low[ranked] <= found.high[ranked])).all()
    assert sorted(found.ranks[ranked])[:1] == [1][:count]
    assert 0 <= found.stability <= 1


@pytest.mark.parametrize(("rank", "high", "firm"), [(1, 1, True), (64, 128, True), (64, 129, False), (65, 65, False), (0, 0, False)])
def test_a_place_is_firm_when_its_whole_interval_is_in_the_first_fifth(rank, high, firm):
    assert rules.is_robust(rank, high, first=64) == firm


@given(values=st.lists(st.integers(-50, 50), min_size=1, max_size=40))
def test_a_greater_value_never_gets_a_smaller_percentile(values):
    told = rules.percentile_ranks(values, more_is_worse=True)
    for value, other in zip(values, values[1:], strict=False):
        first, second = told[values.index(value)], told[values.index(other)]
        assert (value < other) == (first < second)


@pytest.mark.parametrize("weights", [[-1, 2], [float("nan"), 1], [float("inf"), 1]])
def test_it_refuses_what_is_no_weight(weights):
    with pytest.raises(ValueError, match="weight"):
        rules.normal_weights(weights)


def test_weights_sum_to_one_and_are_equal_when_none_is_given():
    assert rules.normal_weights([2, 6]).tolist() == [0.25, 0.75]
    assert rules.normal_weights([0, 0]).tolist() == [0.5, 0.5]


def test_spearman_counts_only_what_is_known_in_both():
    assert rules.spearman([1, 2, 3, None], [10, 20, 30, 40]) == (pytest.approx(1), 3)
    assert rules.spearman([1, 2, 3], [3, 2, 1])[0] == pytest.approx(-1)
    assert np.isnan(rules.spearman([1, 2], [3, 2])[0])
    assert np.isnan(rules.spearman([1, 2, 3], [5, 5, 5])[0])


@pytest.mark.parametrize(
    ("rank", "of", "band"),
    [(0, 631, "UNKNOWN"), (1, 631, "SEVERE"), (64, 631, "SEVERE"), (65, 631, "AT_RISK"), (158, 631, "AT_RISK"), (159, 631, "VULNERABLE"),
     (316, 631, "VULNERABLE"), (317, 631, "NOT_AT_RISK"), (1, 1, "SEVERE"), (2, 3, "VULNERABLE"), (3, 3, "NOT_AT_RISK")],
)  # fmt: skip
def test_it_bands_by_tenth_quarter_and_half(rank, of, band):
    assert rules.band(rank, of) == band


def test_the_digest_is_of_the_content_alone():
    assert rules.digest({"b": 1, "a": [1.5, None]}) == rules.digest({"a": [1.5, None], "b": 1})
    assert rules.digest([1]) != rules.digest([2])
