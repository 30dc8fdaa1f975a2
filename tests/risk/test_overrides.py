"""Safeguarding overrides stand outside the score and are raised only by what is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.risk.rules import assess
from tests.risk.builders import HOUSEHOLD, facts_of, many

KEYS = ("member_missing", "contact_lost", "marriage_imminent", "violence_disclosed", "survivor_returned", "threatened")
UNSCORED = ("member_missing", "contact_lost", "marriage_imminent", "threatened")
CALM = {fact.key: 0 for fact in HOUSEHOLD.facts} | {"ration_card": True, "shg_member": True, "mgnregs_days": 40}


def test_it_knows_the_six_safeguarding_overrides():
    assert tuple(override.key for override in HOUSEHOLD.overrides) == KEYS


@pytest.mark.parametrize(("value", "raised"), [(True, True), (False, False), (None, False)])
@pytest.mark.parametrize("key", KEYS)
def test_it_raises_each_only_on_a_known_yes(key, value, raised):
    assert (key in assess(HOUSEHOLD, CALM | {key: value}).overrides) is raised


@pytest.mark.parametrize("key", UNSCORED)
def test_it_adds_no_points(key):
    result = assess(HOUSEHOLD, CALM | {key: True})
    assert (result.points, result.observed_points, result.band) == (0, 60, "NOT_AT_RISK")
    assert result.overrides == (key,)


@many
@given(facts=facts_of(HOUSEHOLD), key=st.sampled_from(UNSCORED))
def test_it_never_moves_the_score_by_an_override_of_its_own(facts, key):
    one, other = (assess(HOUSEHOLD, facts | {key: value}) for value in (True, None))
    assert (one.points, one.observed_points, one.band) == (other.points, other.observed_points, other.band)


def test_it_gives_every_override_a_task():
    assert all(override.task[language] for override in HOUSEHOLD.overrides for language in ("en", "hi", "te"))
