"""The batch gives every family what the rules give it, and every place what its families add up to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.risk import batch, rollup
from aanchal.risk.batch import Batch, column_type, columns_of
from aanchal.risk.measures import measure, tally
from aanchal.risk.rules import assess
from tests.risk.builders import HOUSEHOLD, VILLAGE, a_few, any_definition, facts_of

BAD = {"breadwinner_lost": True, "livelihood_lost": True, "wage_advance": True, "girl_out_of_school": True, "member_missing": True,
       "child_working": True, "child_marriage": True, "agent_approach": True, "landless": True, "casual_labour_main": True}


def scored(definition, families):
    return Batch(definition).score(columns_of(definition, families))


def check_rows(definition, families):
    scores = scored(definition, families)
    assert [batch.result(definition, scores, row) for row in range(len(families))] == [
        assess(definition, facts) for facts in families]


@pytest.mark.parametrize("definition", [HOUSEHOLD, VILLAGE], ids=lambda definition: definition.version)
@a_few
@given(data=st.data())
def test_it_equals_the_rules_row_by_row_for_any_facts(definition, data):
    check_rows(definition, data.draw(st.lists(facts_of(definition), max_size=20)))


@a_few
@given(definition=any_definition(), data=st.data())
def test_it_equals_the_rules_for_any_definition(definition, data):
    check_rows(definition, data.draw(st.lists(facts_of(definition), min_size=1, max_size=10)))


@a_few
@given(definition=any_definition(), data=st.data())
def test_it_gives_the_same_across_the_edges_of_its_chunks(definition, data):
    families = data.draw(st.lists(facts_of(definition), min_size=5, max_size=10))
    places = np.array([data.draw(st.integers(0, 2)) for _ in families])
    whole = scored(definition, families)
    counted = rollup.roll_up(definition, whole, places, 3)
    with pytest.MonkeyPatch.context() as smaller:
        smaller.setattr(batch, "CHUNK", 3)
        smaller.setattr(rollup, "ROWS", 2)
        in_parts = scored(definition, families)
        counted_in_parts = rollup.roll_up(definition, in_parts, places, 3)
    for name, column in vars(whole).items():
        np.testing.assert_array_equal(getattr(in_parts, name), column)
    assert [counted.tally(place) for place in range(3)] == [counted_in_parts.tally(place) for place in range(3)]


@pytest.mark.parametrize("definition", [HOUSEHOLD, VILLAGE], ids=lambda definition: definition.version)
@a_few
@given(data=st.data())
def test_it_rolls_up_to_the_exact_tally_of_each_place(definition, data):
    families = data.draw(st.lists(facts_of(definition), max_size=12))
    places = [data.draw(st.integers(0, 2)) for _ in families]
    rolled = rollup.roll_up(definition, scored(definition, families), np.array(places, np.int32), 4)
    for place in range(4):
        results = [assess(definition, facts) for facts, home in zip(families, places, strict=True) if home == place]
        check_place(definition, rolled, place, tally(definition, results))


@pytest.mark.parametrize("place_count", [255, 256, 257, 70_000])
def test_it_counts_the_same_in_any_order_and_in_any_number_of_places(place_count):
    rng = np.random.default_rng(place_count)
    families = [{"livelihood_lost": True, "debt_months": int(n)} for n in range(40)] + [BAD] * 20 + [{}] * 5
    scores = scored(HOUSEHOLD, families).part(rng.integers(0, len(families), 80_000))
    places = rng.integers(0, place_count, 80_000, np.int32)
    rolled, order = rollup.roll_up(HOUSEHOLD, scores, places, place_count), np.argsort(places, kind="stable")
    check_same(rolled, rollup.roll_up(HOUSEHOLD, scores.part(order), places[order], place_count))
    np.testing.assert_array_equal(rolled.households, np.bincount(places, minlength=place_count))
    for place in (0, place_count // 2, place_count - 1):
        here = np.flatnonzero(places == place)
        results = [batch.result(HOUSEHOLD, scores, int(row)) for row in here]
        assert rolled.tally(place) == tally(HOUSEHOLD, results)


def test_it_adds_up_to_the_places_above():
    rng = np.random.default_rng(7)
    scores = scored(HOUSEHOLD, [BAD, {}, {"livelihood_lost": True}]).part(rng.integers(0, 3, 500))
    places, parents = rng.integers(0, 20, 500), np.array([3, 0, 0, 3, 2] * 4)
    above = rollup.roll_up(HOUSEHOLD, scores, places, 20).above(parents, 5)
    check_same(above, rollup.roll_up(HOUSEHOLD, scores, parents[places], 5))
    assert rollup.roll_up(HOUSEHOLD, scores.part(slice(0)), places[:0], 0).above(parents[:0], 2).households.tolist() == [0, 0]


def check_same(one, other):
    for name in ("weights", "observed", "bands", "urgent", "raw", "censored"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def check_place(definition, rolled, place, expected):
    exact = measure(definition, expected)
    assert rolled.tally(place) == expected
    assert rolled.households[place] == exact.households
    assert rolled.poor[place] == exact.poor
    assert rolled.headcount[place] == pytest.approx(float(exact.headcount))
    assert rolled.intensity[place] == pytest.approx(float(exact.intensity))
    assert rolled.m0[place] == pytest.approx(float(exact.m0))
    assert list(rolled.contribution[place]) == pytest.approx(list(map(float, exact.contribution.values())))


def test_it_stores_each_fact_as_narrow_as_it_can_be():
    kinds = {fact.key: column_type(fact) for fact in HOUSEHOLD.facts}
    assert kinds.pop("mgnregs_days") == np.int16
    assert set(kinds.values()) == {np.dtype(np.int8)}


def test_it_refuses_a_fact_out_of_its_range():
    with pytest.raises(ValueError, match="'food_short_months' runs from 0 to 12"):
        columns_of(HOUSEHOLD, [{"food_short_months": 13}])


def test_it_refuses_missing_columns():
    columns = columns_of(HOUSEHOLD, [{}])
    del columns["landless"], columns["ration_card"]
    with pytest.raises(ValueError, match="no column for the facts landless, ration_card"):
        Batch(HOUSEHOLD).score(columns)


def test_it_refuses_columns_of_the_wrong_type():
    columns = columns_of(HOUSEHOLD, [{}])
    columns["landless"] = columns["landless"].astype(np.int64)
    with pytest.raises(ValueError, match="columns of the wrong type: landless"):
        Batch(HOUSEHOLD).score(columns)


def test_it_refuses_columns_of_different_lengths():
    columns = columns_of(HOUSEHOLD, [{}, {}])
    columns["landless"] = columns["landless"][:1]
    with pytest.raises(ValueError, match="columns of different lengths"):
        Batch(HOUSEHOLD).score(columns)


@pytest.mark.parametrize(("places", "problem"), [
    ([0], "as many places as households"), ([0, 3], "place codes run from 0 to 2"), ([0, -1], "place codes run")])
def test_it_refuses_places_that_do_not_fit(places, problem):
    with pytest.raises(ValueError, match=problem):
        rollup.roll_up(HOUSEHOLD, scored(HOUSEHOLD, [{}, {}]), np.array(places), 3)
