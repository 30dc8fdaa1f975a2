"""Each indicator of the household index alone: what makes it hold, what clears it, what leaves it unknown."""

import pytest

from aanchal.risk.rules import assess
from tests.risk.builders import HOUSEHOLD

YES, NO, UNKNOWN = True, False, None
ONE_FACT = {
    "B1": "breadwinner_lost", "B2": "livelihood_lost", "F1": "substance_harm", "F2": "violence_disclosed",
    "G1": "girl_out_of_school", "G2": "child_marriage", "G3": "child_working", "M1": "unverified_migrant",
    "M3": "agent_approach",
}
EITHER = {
    "F3": ("single_headed", "parent_absent"), "M2": ("distress_migration", "survivor_returned"),
}
OR_TABLE = [
    (YES, YES, YES), (YES, NO, YES), (YES, UNKNOWN, YES), (NO, YES, YES), (NO, NO, NO), (NO, UNKNOWN, UNKNOWN),
    (UNKNOWN, YES, YES), (UNKNOWN, NO, UNKNOWN), (UNKNOWN, UNKNOWN, UNKNOWN),
]
AND_TABLE = [
    (YES, YES, YES), (YES, NO, NO), (YES, UNKNOWN, UNKNOWN), (NO, YES, NO), (NO, NO, NO), (NO, UNKNOWN, NO),
    (UNKNOWN, YES, UNKNOWN), (UNKNOWN, NO, NO), (UNKNOWN, UNKNOWN, UNKNOWN),
]
DEBT = {YES: 7, NO: 6, UNKNOWN: None}
HUNGER = {YES: 1, NO: 0, UNKNOWN: None}
IDLE = {YES: 0, NO: 1, UNKNOWN: None}
TURNED = {YES: False, NO: True, UNKNOWN: None}


def truth(key, facts):
    """Whether an indicator holds; every other one is left unknown, so its points are all that was observed."""
    result = assess(HOUSEHOLD, facts)
    if key in result.unknown:
        assert key not in result.deprived
        return UNKNOWN
    return key in result.deprived


@pytest.mark.parametrize("value", [YES, NO, UNKNOWN])
@pytest.mark.parametrize(("key", "fact"), ONE_FACT.items())
def test_it_follows_its_one_fact(key, fact, value):
    assert truth(key, {fact: value}) is value


@pytest.mark.parametrize(("one", "other", "expected"), OR_TABLE)
@pytest.mark.parametrize(("key", "facts"), EITHER.items())
def test_it_holds_if_either_fact_does(key, facts, one, other, expected):
    assert truth(key, dict(zip(facts, (one, other), strict=True))) is expected


@pytest.mark.parametrize(("one", "other", "expected"), OR_TABLE)
def test_it_takes_debt_over_six_months_or_a_wage_advance_for_b3(one, other, expected):
    assert truth("B3", {"debt_months": DEBT[one], "wage_advance": other}) is expected


@pytest.mark.parametrize(("one", "other", "expected"), OR_TABLE)
def test_it_takes_a_hungry_month_or_no_ration_card_for_l2(one, other, expected):
    assert truth("L2", {"food_short_months": HUNGER[one], "ration_card": TURNED[other]}) is expected


@pytest.mark.parametrize(("one", "other", "expected"), AND_TABLE)
def test_it_takes_landless_and_casual_labour_for_l1(one, other, expected):
    assert truth("L1", {"landless": one, "casual_labour_main": other}) is expected


@pytest.mark.parametrize(("one", "other", "expected"), AND_TABLE)
def test_it_takes_no_shg_member_and_no_mgnregs_day_for_l3(one, other, expected):
    assert truth("L3", {"shg_member": TURNED[one], "mgnregs_days": IDLE[other]}) is expected


def test_it_leaves_no_indicator_out_of_these_tables():
    assert {*ONE_FACT, *EITHER, "B3", "L1", "L2", "L3"} == {indicator.key for indicator in HOUSEHOLD.indicators}


@pytest.mark.parametrize("key", [indicator.key for indicator in HOUSEHOLD.indicators])
def test_it_gives_every_indicator_four_points(key):
    assert HOUSEHOLD.points_of[key] == 4


def test_it_gives_every_dimension_three_indicators_and_twelve_points():
    by_dimension = {dimension.key: 0 for dimension in HOUSEHOLD.dimensions}
    for indicator in HOUSEHOLD.indicators:
        by_dimension[indicator.dimension] += indicator.points
    assert by_dimension == {"shock": 12, "livelihood": 12, "care": 12, "children": 12, "mobility": 12}
