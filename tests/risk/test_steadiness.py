"""How far a band rests on the weights: said shortly from points and answers, and drawn the long way to hold it to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.risk.steadiness import SPREAD, dirichlet, is_near, steadiness, survival
from tests.risk.builders import HOUSEHOLD, a_few, any_definition

scores = st.integers(0, 60).flatmap(lambda observed: st.tuples(st.integers(0, observed), st.just(observed)))


@a_few
@given(any_definition(), st.data())
def test_every_band_survives_where_no_weight_is_changed(definition, data):
    observed = data.draw(st.integers(0, definition.total_points))
    assert survival(definition, data.draw(st.integers(0, observed)), observed, spread=0) == 1


@a_few
@given(scores)
def test_a_survival_is_a_share_and_the_same_at_every_asking(score):
    found = survival(HOUSEHOLD, *score)
    assert 0 <= found <= 1
    assert found == survival(HOUSEHOLD, *score)


@pytest.mark.parametrize(("held", "answered"), [(2, 15), (3, 15), (4, 15), (5, 15), (6, 15), (7, 15), (8, 15), (4, 12), (3, 8), (9, 14)])
def test_it_agrees_with_weights_drawn_one_by_one(held, answered):
    weights = dirichlet(HOUSEHOLD, spread=SPREAD, draws=4000)
    share = weights[:, :held].sum(axis=1) / weights[:, :answered].sum(axis=1)
    starts = [band.starts_at for band in HOUSEHOLD.bands]
    then = sum(share * 60 >= start for start in starts)
    now = sum(held * 60 >= start * answered for start in starts)
    assert survival(HOUSEHOLD, held * 4, answered * 4, draws=4000) == pytest.approx(np.mean(then == now), abs=0.035)


def test_a_weight_is_typically_a_quarter_more_or_less():
    weights = dirichlet(HOUSEHOLD, spread=SPREAD, draws=4000)
    assert weights.std(axis=0) / weights.mean(axis=0) == pytest.approx(np.full(15, SPREAD), abs=0.03)


@pytest.mark.parametrize(
    ("points", "near"), [(0, False), (4, False), (8, False), (12, True), (16, True), (20, True), (24, False), (36, False), (60, False)]
)
def test_near_the_line_is_one_answer_from_the_list_or_a_band_that_does_not_hold(points, near):
    assert is_near(HOUSEHOLD, points, 60) is near


def test_a_family_of_whom_nothing_is_known_is_near_no_line():
    assert not is_near(HOUSEHOLD, 0, 0)


@a_few
@given(st.dictionaries(scores, st.integers(1, 50), max_size=8))
def test_a_place_is_as_steady_as_its_families(counted):
    found = steadiness(HOUSEHOLD, counted)
    known = {score: families for score, families in counted.items() if score[1]}
    assert found.families == sum(known.values())
    assert found.near == sum(families for score, families in known.items() if is_near(HOUSEHOLD, *score))
    assert found.survival == pytest.approx(
        sum(survival(HOUSEHOLD, *score) * families for score, families in known.items()) / found.families if known else 1)  # fmt: skip
