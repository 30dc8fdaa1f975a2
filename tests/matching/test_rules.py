"""Who may decide what, and what follows."""

from datetime import date
from itertools import product

import pytest

from aanchal.matching import rules, terms
from aanchal.matching.rules import NotPossible, Standing


def test_the_second_who_says_the_same_is_someone_else():
    assert rules.after("SAID_SAME", "SAME", by="two", first="one") == Standing.CONFIRMED
    with pytest.raises(NotPossible, match="second_person"):
        rules.after("SAID_SAME", "SAME", by="one", first="one")


@pytest.mark.parametrize(("standing", "answer"), list(product(("REJECTED", "CONFIRMED", "CLOSED"), terms.Answer.values)))
def test_what_was_decided_stays_decided(standing, answer):
    with pytest.raises(NotPossible):
        rules.after(standing, answer, by="one", first=None)


def test_what_was_rejected_waits_again_only_while_both_are_looked_for():
    rules.may_look_again("REJECTED", is_looked_for=True)
    with pytest.raises(NotPossible, match="closed"):
        rules.may_look_again("REJECTED", is_looked_for=False)


@pytest.mark.parametrize("standing", sorted(set(Standing) - {"REJECTED"}))
def test_only_what_was_rejected_is_looked_at_again(standing):
    with pytest.raises(NotPossible, match="decided"):
        rules.may_look_again(standing, is_looked_for=True)


@pytest.mark.parametrize("standing", rules.WAITING)
def test_anyone_may_say_different_or_unsure(standing):
    assert rules.after(standing, "DIFFERENT", by="one", first="one") == Standing.REJECTED
    assert rules.after(standing, "UNSURE", by="one", first="one") == Standing.UNSURE


def test_the_states_are_those_of_the_table():
    assert set(Standing) == set(terms.Standing.values)


def test_a_child_comes_first_and_the_first_week_most():
    assert rules.urgency(age=12, days_since=2) > rules.urgency(age=12, days_since=40) > rules.urgency(age=30, days_since=40)
    assert rules.urgency(age=None, days_since=400) == 1


def test_the_family_of_a_dead_is_visited_and_not_called():
    assert {one.kind for one in rules.follow_ups(kind="BODY", age=12)} == {"VISIT_FAMILY", "TELL_POLICE"}


def test_a_child_is_told_to_the_welfare_committee():
    assert "TELL_CWC" in {one.kind for one in rules.follow_ups(kind="RESCUED", age=17)}
    assert "TELL_CWC" not in {one.kind for one in rules.follow_ups(kind="RESCUED", age=18)}


def test_someone_only_seen_is_still_looked_for():
    assert rules.closing("SIGHTED", date(2026, 1, 2)) == {"missing_status": "SIGHTED"}
    assert rules.closing("RESCUED", date(2026, 1, 2)) == {"missing_status": "TRACED", "traced_on": "2026-01-02"}


def test_undoing_gives_back_the_answers_of_before():
    assert rules.reopening({"missing_status": "FIR_REGISTERED"}) == {"missing_status": "FIR_REGISTERED", "traced_on": ""}


def test_the_line_of_the_queue_names_what_says_most():
    assert rules.largest({"given": 7.0, "sex": 0.3, "birth": -2.0, "father": 5.0}) == ["given", "father", "birth"]
