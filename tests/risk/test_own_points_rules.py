"""A village's own points: within the state's limit, the same total, the default untouched."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.risk import rules
from aanchal.risk.rules import Refused
from tests.risk.builders import HOUSEHOLD, facts_of, many

DEFAULT = dict(HOUSEHOLD.points_of)


@st.composite
def own_points(draw):
    """Points a village may sign: one up, another down, within the limit."""
    points = dict(DEFAULT)
    for up, down in draw(st.lists(st.tuples(st.sampled_from(sorted(points)), st.sampled_from(sorted(points))), max_size=20)):
        points[up] += 1
        points[down] -= 1
        if rules.faults_of_points(HOUSEHOLD, points):
            points[up] -= 1
            points[down] += 1
    return points


@many
@given(own_points())
def test_adjusted_points_keep_the_total_and_stay_in_the_limits(points):
    own = rules.adjusted(HOUSEHOLD, points)
    assert sum(own.points_of.values()) == HOUSEHOLD.total_points == sum(one.points for one in own.dimensions)
    assert all(abs(own.points_of[key] - DEFAULT[key]) <= HOUSEHOLD.village_limit for key in DEFAULT)


@many
@given(st.dictionaries(st.sampled_from(sorted(DEFAULT)), st.integers(-3, 3)))
def test_whatever_is_refused_is_outside_and_whatever_is_not_is_inside(changes):
    points = {key: default + changes.get(key, 0) for key, default in DEFAULT.items()}
    is_inside = sum(changes.values()) == 0 and all(abs(n) <= HOUSEHOLD.village_limit for n in changes.values())
    assert (rules.faults_of_points(HOUSEHOLD, points) == []) is is_inside


@many
@given(own_points(), facts_of(HOUSEHOLD))
def test_own_points_weigh_the_same_answers(points, facts):
    """As if the village's index were assessed itself; the state's result is what it was without it."""
    own, result = rules.adjusted(HOUSEHOLD, points), rules.assess(HOUSEHOLD, facts)
    alone = rules.assess(own, facts)
    score = rules.score_of(own, result.deprived, result.unknown)
    assert (score.points, score.observed_points, score.band) == (alone.points, alone.observed_points, alone.band)
    assert (alone.deprived, alone.unknown, alone.overrides) == (result.deprived, result.unknown, result.overrides)
    assert rules.score_of(HOUSEHOLD, result.deprived, result.unknown) == rules.Score(result.points, result.observed_points, result.band)


@many
@given(own_points(), facts_of(HOUSEHOLD), st.sampled_from(sorted(DEFAULT)))
def test_one_more_deprivation_never_lowers_the_band(points, facts, key):
    own, result = rules.adjusted(HOUSEHOLD, points), rules.assess(HOUSEHOLD, facts)
    if key in result.unknown:
        return
    before = rules.score_of(own, result.deprived, result.unknown)
    after = rules.score_of(own, {*result.deprived, key}, result.unknown)
    assert own.band_keys.index(after.band) >= own.band_keys.index(before.band)


def test_it_refuses_every_point_where_the_state_allows_none():
    closed = replace(HOUSEHOLD, village_limit=0)
    assert rules.adjusted(closed, DEFAULT).points_of == DEFAULT
    with pytest.raises(Refused):
        rules.adjusted(closed, DEFAULT | {"B1": 5, "B2": 3})


def test_it_refuses_other_indicators():
    with pytest.raises(Refused, match="not_these_indicators"):
        rules.adjusted(HOUSEHOLD, {"B1": 60})


DRAFT = {
    ("DRAFT", "SUBMITTED"), ("DRAFT", "WITHDRAWN"), ("SUBMITTED", "APPROVED"), ("SUBMITTED", "DRAFT"), ("SUBMITTED", "WITHDRAWN"),
}  # fmt: skip
APPEAL = {("OPEN", "UPHELD"), ("OPEN", "CHANGED"), ("OPEN", "WITHDRAWN")}


@pytest.mark.parametrize(("kind", "allowed"), [("draft", DRAFT), ("appeal", APPEAL)])
def test_it_allows_these_steps_and_no_other(kind, allowed):
    states = rules.TRANSITIONS[kind]
    for before in states:
        for after in states:
            if (before, after) in allowed:
                rules.check(kind, before, after)
            else:
                with pytest.raises(rules.NotPossible):
                    rules.check(kind, before, after)


@pytest.mark.parametrize(
    ("told", "again", "outcome"),
    [
        (True, True, "UPHELD"), (True, False, "CHANGED"), (True, None, "CHANGED"), (False, True, "CHANGED"), (False, False, "UPHELD"),
        (None, None, "UPHELD"),
    ],
)  # fmt: skip
def test_a_visit_settles_a_disputed_answer(told, again, outcome):
    indicator = next(one for one in HOUSEHOLD.indicators if one.key == "G3")
    assert rules.outcome(indicator, {"child_working": told}, {"child_working": again}) == outcome


def with_points(**points):
    return replace(HOUSEHOLD, indicators=tuple(replace(one, points=points.get(one.key, one.points)) for one in HOUSEHOLD.indicators))


@pytest.mark.parametrize(
    ("proposed", "because"),
    [
        (HOUSEHOLD, ()),
        (with_points(B1=10, F1=1, F3=1), ("B1",)),
        (replace(HOUSEHOLD, bands=tuple(replace(one, starts_at=one.starts_at // 2) for one in HOUSEHOLD.bands)), (rules.LINES,)),
    ],
)
def test_it_names_the_indicators_that_moved_a_family(proposed, because):
    calm = {fact.key: 0 for fact in HOUSEHOLD.facts} | {"shg_member": True, "ration_card": True}
    facts = calm | {"breadwinner_lost": True, "livelihood_lost": True}
    then, now = rules.assess(HOUSEHOLD, facts), rules.assess(proposed, facts)
    assert rules.responsible(HOUSEHOLD, proposed, then, now) == because
    assert bool(because) is (then.band != now.band)
