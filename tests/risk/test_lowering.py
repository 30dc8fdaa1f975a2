"""What would lower a band: exactly the reasons whose end lowers it."""

from hypothesis import given

from aanchal.risk.lowering import lowering, without
from aanchal.risk.rules import assess, load
from tests.risk.builders import HOUSEHOLD, any_definition, facts_of, indicator, many, toy
from tests.risk.world import AT_RISK, CALM, SEVERE, UNANSWERED, VULNERABLE


def keys(found):
    return {one.key for one, _ in found.alone}


def test_it_names_every_reason_at_the_edge_of_a_band():
    found = lowering(HOUSEHOLD, CALM | AT_RISK)
    assert keys(found) == {"B1", "B2", "B3", "L1", "L2"}
    assert {band for _, band in found.alone} == {"VULNERABLE"}
    assert found.together == 0


def test_it_says_how_many_must_end_where_one_is_not_enough():
    found = lowering(HOUSEHOLD, CALM | SEVERE)
    assert found.alone == ()
    assert found.together == 2


def test_it_names_nothing_for_a_family_that_is_calm_or_unknown():
    for facts in (CALM, UNANSWERED, CALM | {"breadwinner_lost": True}):
        found = lowering(HOUSEHOLD, facts)
        assert (found.alone, found.together) == ((), 0)


def test_it_names_the_heavier_reason_alone():
    index = load(toy(indicators=[indicator(key, points=30 if key == "A" else 10) for key in "ABCD"]))
    assert keys(lowering(index, {"a": True, "b": True, "c": False, "d": False})) == {"A"}


def test_it_lowers_nothing_that_would_still_hold():
    found = lowering(HOUSEHOLD, CALM | VULNERABLE | {"wage_advance": True, "debt_months": 50})
    assert keys(found) == {"B1", "B2", "B3"}


@many
@given(facts_of(HOUSEHOLD))
def test_it_names_those_and_only_those_whose_end_lowers_the_band(facts):
    now, found = assess(HOUSEHOLD, facts), lowering(HOUSEHOLD, facts)
    rank = HOUSEHOLD.band_keys.index
    for one in HOUSEHOLD.indicators:
        if one.key in now.deprived:
            then = assess(HOUSEHOLD, without(one.deprived, facts))
            assert one.key not in then.deprived
            assert (one.key in keys(found)) is (rank(then.band) < rank(now.band))


@many
@given(any_definition().flatmap(lambda index: facts_of(index).map(lambda facts: (index, facts))))
def test_it_never_names_what_does_not_hold(told):
    index, facts = told
    now, found = assess(index, facts), lowering(index, facts)
    rank = index.band_keys.index
    assert keys(found) <= set(now.deprived)
    assert all(rank(band) < rank(now.band) for _, band in found.alone)
