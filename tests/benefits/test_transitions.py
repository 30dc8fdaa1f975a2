"""What may follow what: tables that say everything, walked at random."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.benefits import rules
from aanchal.benefits.rules import STANDING, TRANSITIONS, WAITING, NotPossible
from aanchal.benefits.terms import ClaimState, LoanState, PlanState, State, TrainingState

TERMS = {"entitlement": State, "loan": LoanState, "training": TrainingState, "livelihood": PlanState, "claim": ClaimState}


@pytest.mark.parametrize("kind", TRANSITIONS)
def test_every_state_has_its_row_and_every_step_leads_to_a_state(kind):
    table, known = TRANSITIONS[kind], set(TERMS[kind].values)
    assert table.keys() == known
    assert set().union(*table.values()) <= known


@pytest.mark.parametrize("kind", TRANSITIONS)
def test_a_step_that_is_not_in_the_table_is_refused(kind):
    for before, allowed in TRANSITIONS[kind].items():
        for after in TERMS[kind].values:
            if after in allowed:
                rules.check(kind, before, after)
            else:
                with pytest.raises(NotPossible):
                    rules.check(kind, before, after)


def test_what_waits_can_always_go_on_and_what_was_delivered_is_never_delivered_again():
    table = TRANSITIONS["entitlement"]
    assert all(table[state] for state in WAITING)
    assert "DELIVERED" not in table["DELIVERED"]
    assert reachable(table, "DELIVERED") == {"DELIVERED", "LAPSED"}


def test_a_refusal_has_a_way_on():
    assert "DELIVERED" in reachable(TRANSITIONS["entitlement"], "REFUSED")


@given(st.lists(st.sampled_from(State.values), max_size=30))
def test_no_order_of_steps_delivers_twice_or_waits_when_it_is_over(steps):
    state, delivered = "APPLIED", 0
    for step in steps:
        if step in TRANSITIONS["entitlement"][state]:
            state, delivered = step, delivered + (step == "DELIVERED")
    assert delivered <= 1
    assert (state in STANDING) == (state in WAITING or state == "DELIVERED")


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 730), st.integers(0, 2_000))
def test_it_is_late_from_the_day_after_the_last_one_allowed(applied, days, later):
    told = rules.waiting(applied, rules.due_on(applied, days), applied + timedelta(days=later))
    assert told.days == later
    assert told.late == max(0, later - days)
    assert told.is_late == (later > days)


def reachable(table, state):
    found, left = set(), [state]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += table[one]
    return found
