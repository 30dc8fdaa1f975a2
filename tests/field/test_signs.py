"""The sums behind a second look: enough cases, wide enough limits, and nothing where nothing differs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.field import signs

counts = st.integers(0, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(st.dictionaries(st.integers(), counts, max_size=12))
def test_a_worker_is_compared_only_with_enough_surveys_and_enough_others(counted):
    found = signs.beside_the_others(counted)
    assert all(one.of >= signs.LEAST_SURVEYS for one in found.values())
    assert not found or len(found) >= signs.LEAST_WORKERS
    assert set(signs.outside(found)) <= set(signs.outside(found, low=True)) <= set(found)


def test_workers_who_are_alike_are_never_outside():
    assert signs.outside(signs.beside_the_others({n: (20 + n % 2, 100) for n in range(10)}), low=True) == {}


def test_the_one_who_differs_is_outside_and_the_others_are_not():
    counted = {n: (20 + n % 3, 100) for n in range(10)} | {"fast": (80, 100)}
    assert set(signs.outside(signs.beside_the_others(counted), low=True)) == {"fast"}


def test_the_limits_widen_where_all_differ():
    spread = {n: (10 * n, 100) for n in range(1, 10)}
    assert signs.outside(signs.beside_the_others(spread), low=True) == {}


def test_too_seldom_is_found_only_where_it_is_asked_for():
    counted = {n: (60 + n % 3, 100) for n in range(10)} | {"none": (2, 100)}
    compared = signs.beside_the_others(counted)
    assert set(signs.outside(compared, low=True)) == {"none"}
    assert signs.outside(compared) == {}


@pytest.mark.parametrize(
    ("ages", "index"), [(list(range(23, 63)) * 5, 100), ([25, 30, 40] * 20, 500), ([21, 63, 70] * 50, None), ([25] * 49, None)]
)
def test_whipples_index_is_a_hundred_without_preference_and_five_hundred_with_nothing_else(ages, index):
    assert signs.whipple(*signs.digits(ages)) == index


def test_a_visit_is_fast_under_a_third_of_the_usual_time():
    usual = signs.usual([600] * 20)
    assert [signs.is_fast(seconds, usual) for seconds in (None, 0, 199, 200, 600)] == [False, True, True, False, False]
    assert signs.usual([600] * 19) is None
    assert not signs.is_fast(1, None)


@pytest.mark.parametrize(("fast", "timed", "expected"), [(2, 4, False), (3, 30, True), (3, 31, False), (40, 100, True)])
def test_a_few_fast_visits_are_no_finding(fast, timed, expected):
    assert signs.are_too_many_fast(fast, timed) is expected


@pytest.mark.parametrize(("told", "expected"), [([None, 1, 1, 1, 1], False), ([None, None, 1, 1, 1], True), ([], False), ([1], False)])
def test_a_survey_is_open_from_more_than_a_fifth(told, expected):
    assert signs.is_unanswered(told) is expected


def test_surveys_that_say_the_same_are_found_in_every_copy():
    assert signs.repeated({1: "a", 2: "b", 3: "a", 4: "c", 5: "a"}) == {1, 3, 5}


def test_a_share_is_exact():
    assert signs.Beside(1, 3, Fraction(1, 2), 0.0).share == Fraction(1, 3)
