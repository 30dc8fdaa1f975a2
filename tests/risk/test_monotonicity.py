"""More hardship never lowers a band, and an answer that is wanting is never held against a family."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.risk.rules import assess
from tests.risk.builders import HOUSEHOLD, VILLAGE, a_few, any_definition, facts_of, many

WORST = {fact.key: fact.highest for fact in HOUSEHOLD.facts} | {"ration_card": 0, "shg_member": 0, "mgnregs_days": 0}
WORST_VILLAGE = {fact.key: fact.highest for fact in VILLAGE.facts} | {
    "mgnregs_days_per_card": 0, "girls_per_10000_boys": 0, "female_literacy_pct": 0, "safe_transport": 0}
BOTH = pytest.mark.parametrize(("definition", "worst"), [(HOUSEHOLD, WORST), (VILLAGE, WORST_VILLAGE)])


def rank(definition, result):
    return definition.band_keys.index(result.band)


@BOTH
@many
@given(data=st.data())
def test_it_never_lowers_the_band_for_one_more_hardship(definition, worst, data):
    facts = data.draw(facts_of(definition))
    key = data.draw(st.sampled_from(sorted(worst)))
    before, after = assess(definition, facts), assess(definition, facts | {key: worst[key]})
    assert rank(definition, after) >= rank(definition, before)
    assert set(after.deprived) >= set(before.deprived)


@many
@given(points=st.integers(0, 60), observed=st.integers(1, 60), more=st.integers(1, 60), is_new=st.booleans())
def test_it_never_lowers_the_band_for_more_points(points, observed, more, is_new):
    points = min(points, observed)
    observed_after = min(60, observed + more) if is_new else observed
    points_after = points + (observed_after - observed) if is_new else min(observed, points + more)
    keys = HOUSEHOLD.band_keys
    assert keys.index(HOUSEHOLD.band(points_after, observed_after)) >= keys.index(HOUSEHOLD.band(points, observed))


@a_few
@given(definition=any_definition(), data=st.data())
def test_it_counts_nothing_that_was_not_answered(definition, data):
    facts = data.draw(facts_of(definition))
    silenced = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    told = assess(definition, facts)
    less = assess(definition, facts | dict.fromkeys(silenced))
    assert set(less.deprived) <= set(told.deprived)
    assert set(told.unknown) <= set(less.unknown)
    assert set(less.overrides) <= set(told.overrides)


@a_few
@given(definition=any_definition(), data=st.data())
def test_it_counts_every_indicator_once(definition, data):
    result = assess(definition, data.draw(facts_of(definition)))
    assert set(result.deprived).isdisjoint(result.unknown)
    points = definition.points_of
    assert result.points == sum(points[key] for key in result.deprived)
    assert result.observed_points == definition.total_points - sum(points[key] for key in result.unknown)
