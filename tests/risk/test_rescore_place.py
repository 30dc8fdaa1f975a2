"""Assessing a place again: what the facts or a new version say otherwise, and nothing else."""

from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.config import cli
from aanchal.config.commands import score_command
from aanchal.risk import actions, totals
from aanchal.risk.models import Assessment, Grounds, Survey, TotalChange
from tests.factories import DAY, NOON, make_household

pytestmark = pytest.mark.django_db
WORSE = {"breadwinner_lost": True, "livelihood_lost": True, "debt_months": 24, "wage_advance": True, "food_short_months": 6}


@pytest.fixture
def families(india):
    """Three families of a village and one of the next, assessed."""
    made = [make_household(india[name]) for name in ["east village 1"] * 3 + ["east village 2"]]
    with acting(SYSTEM):
        for household in made:
            Survey.objects.create(household=household, place_no=household.place_no, facts={"debt_months": 0}, told_on=DAY)
            actions.assess_household(household=household, on=DAY, at=NOON, by=SYSTEM)
    return made


def told_again(household, facts):
    """A later survey that nothing has read yet."""
    Survey.objects.create(household=household, place_no=household.place_no, facts=facts, told_on=DAY + timedelta(days=1))


def rescore(place, **more):
    with acting(SYSTEM):
        return actions.rescore_place(place=place, **({"most": 100, "on": DAY, "at": NOON, "by": SYSTEM} | more))


def test_it_writes_nothing_where_nothing_changed(families, india):
    done = rescore(india["east village 1"])
    assert (done.seen, done.changed, done.moved) == (3, 0, {})
    with acting(SYSTEM):
        assert Assessment.objects.count() == 4


def test_it_writes_what_the_facts_say_now_and_keeps_what_was(families, india):
    with acting(SYSTEM):
        told_again(families[0], WORSE)
    done = rescore(india["east village 1"])
    assert (done.seen, done.changed) == (3, 1)
    assert sum(done.moved.values()) == 1
    with acting(SYSTEM):
        before, after = Assessment.objects.filter(household=families[0]).order_by("pk")
        assert (before.is_current, after.is_current) == (False, True)
        assert "B1" in Grounds.objects.get(assessment=after).deprived
    assert rescore(india["east village 1"]).changed == 0


def test_a_trial_writes_nothing(families, india):
    with acting(SYSTEM):
        told_again(families[0], WORSE)
    assert rescore(india["east village 1"], is_trial=True).changed == 1
    with acting(SYSTEM):
        assert Assessment.objects.count() == 4


def test_it_goes_on_after_a_family(families, india):
    first = rescore(india["east block"], most=3)
    second = rescore(india["east block"], most=3, after=first.last)
    assert (first.seen, second.seen) == (3, 1)
    assert rescore(india["east block"], most=3, after=second.last).last is None


def test_a_family_never_assessed_is_assessed(india):
    make_household(india["east village 1"])
    assert rescore(india["east village 1"]).changed == 1


def test_it_agrees_with_assessing_one_family(families, india):
    with acting(SYSTEM):
        told_again(families[1], WORSE | {"member_missing": True})
    rescore(india["east village 1"])
    with acting(SYSTEM):
        in_a_batch = Assessment.objects.get(household=families[1], is_current=True)
        alone = actions.assess_household(household=families[1], on=DAY, at=NOON, by=SYSTEM)
        same = ("points", "observed", "band", "is_complete", "is_urgent", "needs", "survey_id", "definition_id")
        assert [getattr(in_a_batch, name) for name in same] == [getattr(alone, name) for name in same]


def test_the_command_tells_who_moves_where(families, india, capsys, monkeypatch):
    monkeypatch.setattr(score_command, "A_BATCH", 2)
    with acting(SYSTEM):
        told_again(families[0], WORSE)
    assert score_command._score(india["east block"], is_trial=True) == 0
    assert "4 families, 1 would be assessed anew" in capsys.readouterr().out
    assert score_command._score(india["east block"], is_trial=False) == 0
    assert "4 families, 1 assessed anew" in capsys.readouterr().out


def test_the_command_begins_the_totals_anew(families, monkeypatch, capsys):
    monkeypatch.setattr(cli, "ready", lambda: None)
    assert cli.main(["score", "--recount"]) == 0
    assert "0 figures of 0 places differed" in capsys.readouterr().out
    with acting(SYSTEM):
        assert not TotalChange.objects.exists()
        assert totals.checked().figures == 0
