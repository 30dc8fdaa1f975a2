"""Sums over intervals, attention and its uncertainty, months and quarters."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanchal.core.tallies import Tally
from aanchal.insight import rules
from aanchal.insight.rolling import THINGS, Units, rolled
from aanchal.insight.rules import Rate, reasons


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 99), st.sampled_from(["FEMALE", "MALE", "OTHER"]), st.booleans(), st.integers(1, 9)), max_size=40))
def test_a_unit_has_what_its_villages_have(told):
    tallies = [Tally(place, sex, "UNDER_18" if child else "ADULT", n) for place, sex, child, n in told]
    units = Units.of([(0, 0, 99), (1, 10, 19), (2, 0, 4), (2, 90, 99)], 3)
    found = rolled(tallies, units).sum(axis=1)
    assert found.tolist() == [
        sum(n for *_, n in told), sum(n for place, *_, n in told if 10 <= place <= 19),
        sum(n for place, *_, n in told if place <= 4 or place >= 90),
    ]  # fmt: skip


def test_persons_and_things_are_kept_apart():
    found = rolled([Tally(5, "FEMALE", "UNDER_18", 2), Tally(5, "", "", 7)], Units.of([(0, 0, 9)], 1))
    assert found[0, 0] == 2
    assert found[0, THINGS] == 7
    assert np.count_nonzero(found) == 2


@pytest.mark.parametrize(
    ("rate", "peer", "found"),
    [
        (Rate("A", 300, 1000, True), 0.5, ["A:WORSE"]),
        (Rate("A", 6, 20, True), 0.5, []),  # as far off, but twenty cases may be chance
        (Rate("A", 0, 10, True), 0.9, []),  # over fewer than eleven nothing is said
        (Rate("A", 700, 1000, True), 0.5, []),
        (Rate("A", 700, 1000, False), 0.5, ["A:WORSE"]),
        (Rate("A", 500, 1000, True, target=60), 0.5, ["A:TARGET"]),
        (Rate("A", 500, 1000, False, target=60), 0.5, []),
        (Rate("A", 500, 1000, True, past=(80.0, 70.0, 60.0)), 0.5, ["A:FALLING"]),
        (Rate("A", 500, 1000, True, past=(80.0, 70.0)), 0.5, []),
        (Rate("A", 500, 1000, True, past=(80.0, 70.0, 75.0)), 0.5, []),
        (Rate("A", 300, 1000, True, past=(80.0, 70.0, 60.0), target=60), 0.5, ["A:WORSE", "A:TARGET", "A:FALLING"]),
    ],
)
def test_a_place_needs_attention_for_a_reason_beyond_chance(rate, peer, found):
    assert reasons([rate], {"A": peer}) == found


def test_silence_weighs_most():
    assert rules.weight([], is_silent=True) > rules.weight(["A:WORSE", "A:FALLING"], is_silent=False)


@pytest.mark.parametrize(
    ("day", "quarter", "year"),
    [
        (date(2026, 4, 30), date(2026, 4, 1), 2026), (date(2026, 9, 1), date(2026, 7, 1), 2026),
        (date(2026, 12, 31), date(2026, 10, 1), 2026), (date(2027, 3, 31), date(2027, 1, 1), 2026),
    ],
)  # fmt: skip
def test_quarters_are_those_of_the_financial_year(day, quarter, year):
    assert rules.quarter_of(day) == quarter
    assert rules.year_of(day) == year


def test_months_run_on_over_the_year():
    assert rules.month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert rules.month_after(date(2026, 1, 1), -2) == date(2025, 11, 1)
