"""Each indicator of the village context index alone, on both sides of its line and unknown."""

import pytest

from aanchal.risk.rules import DefinitionError, assess, load, with_parameters
from tests.risk.builders import VILLAGE, shipped

FAR_OR_UNSAFE = [
    ({"secondary_school_m": 5001}, True), ({"secondary_school_m": 5000}, None),
    ({"secondary_school_m": 5000, "safe_transport": True}, False), ({"safe_transport": False}, True),
    ({"secondary_school_m": 5001, "safe_transport": True}, True), ({"safe_transport": True}, None), ({}, None),
]
FAR = [
    ({"police_m": 10_001}, True), ({"road_m": 10_001}, True), ({"health_m": 10_001}, True),
    ({"police_m": 10_000, "road_m": 10_000, "health_m": 10_000}, False), ({"police_m": 10_000}, None), ({}, None),
]
LINES = {  # indicator: fact, value that just holds, value that just does not
    "V1": ("migrant_households_pct", 20, 19), "V2": ("agents_recruiting", True, False), "V3": ("no_contact_pct", 10, 9),
    "V4": ("calamity_years", 1, 0), "V5": ("casual_labour_pct", 50, 49), "V6": ("mgnregs_days_per_card", 29, 30),
    "V7": ("girls_per_10000_boys", 9231, 9232), "V8": ("child_marriages_12m", 1, 0),
    "V9": ("harmful_practice", True, False), "V10": ("female_literacy_pct", 57, 58),
}


def truth(key, facts, definition=VILLAGE):
    result = assess(definition, facts)
    return None if key in result.unknown else key in result.deprived


@pytest.mark.parametrize("key", LINES)
def test_it_holds_from_its_line_on_and_not_before(key):
    fact, holding, clear = LINES[key]
    assert [truth(key, {fact: value}) for value in (holding, clear, None)] == [True, False, None]


@pytest.mark.parametrize(("facts", "expected"), FAR_OR_UNSAFE)
def test_it_asks_for_a_near_school_and_a_safe_way_there(facts, expected):
    assert truth("V11", facts) is expected


@pytest.mark.parametrize(("facts", "expected"), FAR)
def test_it_asks_for_police_road_and_health_within_ten_kilometres(facts, expected):
    assert truth("V12", facts) is expected


def test_it_leaves_no_indicator_out_of_these_tables():
    assert {*LINES, "V11", "V12"} == {indicator.key for indicator in VILLAGE.indicators}


def test_it_gives_every_indicator_five_points():
    assert set(VILLAGE.points_of.values()) == {5}


def test_it_cites_the_source_of_every_reference_value():
    assert all(parameter.source and parameter.unit for parameter in VILLAGE.parameters)


def test_it_lets_a_state_put_its_own_reference_value():
    national = shipped("village-1")
    own = load(with_parameters(national, {"rural_female_literacy": 46.4}, version="village-1-bh", source="State"))
    assert truth("V10", {"female_literacy_pct": 50}) is True
    assert truth("V10", {"female_literacy_pct": 50}, own) is False
    assert own.version == "village-1-bh"
    assert national == shipped("village-1")


def test_it_refuses_a_reference_value_the_definition_does_not_have():
    with pytest.raises(DefinitionError, match="unknown parameter 'rainfall'"):
        with_parameters(shipped("village-1"), {"rainfall": 1}, version="x", source="State")
