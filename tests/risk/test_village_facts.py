"""What the village situation form says of a village, in whole numbers that keep every line exact."""

from decimal import Decimal

import pytest

from aanchal.risk.rules import assess, facts_of_village
from tests.risk.builders import VILLAGE

COUNTS = ["migrant_households_pct", "no_contact_pct", "calamity_years", "casual_labour_pct", "mgnregs_days_per_card",
          "child_marriages_12m", "female_literacy_pct"]
DISTANCES = {"secondary_school_km": "secondary_school_m", "police_km": "police_m", "road_km": "road_m",
             "health_km": "health_m"}


def test_it_gives_every_fact_of_the_index_and_no_other():
    assert facts_of_village({}).keys() == {fact.key for fact in VILLAGE.facts}


def test_it_knows_nothing_of_a_village_that_answered_nothing():
    assert set(facts_of_village({}).values()) == {None}


@pytest.mark.parametrize("question", COUNTS)
def test_it_reads_counts(question):
    assert [facts_of_village({question: answer})[question] for answer in ("12", 0, "", None)] == [12, 0, None, None]


@pytest.mark.parametrize("question", ["agents_recruiting", "harmful_practice", "safe_transport"])
def test_it_reads_yes_and_no(question):
    found = [facts_of_village({question: answer})[question] for answer in ("yes", "no", "dont_know")]
    assert found == [True, False, None]


@pytest.mark.parametrize(("kilometres", "metres"), [
    ("5", 5000), ("5.0", 5000), ("5.0001", 5001), (5.2, 5200), (Decimal("0.4"), 400), ("", None), ("far", None)])
@pytest.mark.parametrize(("question", "fact"), DISTANCES.items())
def test_it_keeps_a_distance_beyond_a_line_beyond_it(question, fact, kilometres, metres):
    assert facts_of_village({question: kilometres})[fact] == metres


@pytest.mark.parametrize(("girls", "boys", "is_low"), [
    (9231, 10_000, True), (9232, 10_000, False), (92_319, 100_000, True), (92_320, 100_000, False), (0, 10, True),
    (12, 13, True), (13, 14, False)])
def test_it_compares_the_sex_ratio_exactly(girls, boys, is_low):
    result = assess(VILLAGE, facts_of_village({"girls_0_6": girls, "boys_0_6": boys}))
    assert ("V7" in result.deprived) is is_low


@pytest.mark.parametrize("counted", [{"girls_0_6": 5}, {"boys_0_6": 5}, {"girls_0_6": 5, "boys_0_6": 0}])
def test_it_knows_no_sex_ratio_without_both_counts(counted):
    assert facts_of_village(counted)["girls_per_10000_boys"] is None
