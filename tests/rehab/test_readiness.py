"""The gates of a case: who decided, when, why shut; it begins, halts and begins again."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.rehab import queries, readiness, rules
from aanchal.rehab.models import GateDecision, Rehabilitation
from aanchal.rehab.terms import Gate
from tests.factories import DAY, NOON
from tests.rehab.builders import decide, make_case, open_gates

ANY_ORDER = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def course(case) -> str:
    with acting(SYSTEM):
        found = queries.rehabilitation(case)
        return found.course if found else "WAITING"


def test_it_begins_when_she_is_ready_and_a_counsellor_agrees(case, staff):
    open_gates(case, staff.worker, staff.counsellor)
    with acting(staff.worker):
        readiness.start(case=case, at=NOON, by=staff.worker)
        assert [one.by_id for one in queries.decisions(case)][-1] == staff.counsellor.pk
    assert course(case) == "RUNNING"


def test_it_does_not_begin_before_and_says_which_gates_are_shut(case, staff):
    decide(case, Gate.RESCUED, staff.worker)
    with acting(staff.worker), pytest.raises(rules.NotPossible) as refused:
        readiness.start(case=case, at=NOON, by=staff.worker)
    assert refused.value.args == ("gates", "MEDICAL", "PSYCHOLOGICAL", "HER_WORD", "COUNSELLOR")
    assert course(case) == "WAITING"


def test_a_gate_that_shuts_halts_it_and_can_be_opened_again(running, staff):
    decide(running, Gate.MEDICAL, staff.worker, is_open=False, why="RELAPSE", hours=1)
    assert course(running) == "HALTED"
    decide(running, Gate.MEDICAL, staff.worker, hours=2)
    assert course(running) == "HALTED"
    with acting(staff.worker):
        readiness.start(case=running, at=NOON + timedelta(hours=3), by=staff.worker)
    assert course(running) == "RUNNING"


def test_every_decision_is_kept(running, staff):
    decide(running, Gate.HER_WORD, staff.worker, is_open=False, why="NOT_NOW", hours=1)
    with acting(staff.worker):
        told = [(one.gate, one.is_open) for one in queries.decisions(running)]
    assert told == [*((gate, True) for gate in Gate), ("HER_WORD", False)]


def test_a_worker_cannot_agree_as_the_counsellor(case, staff):
    decide(case, Gate.HER_WORD, staff.counsellor)
    with pytest.raises(rules.NotPossible, match="counsellor_only"):
        decide(case, Gate.COUNSELLOR, staff.worker, hours=1)
    with pytest.raises(rules.NotPossible, match="same_person"):
        decide(case, Gate.COUNSELLOR, staff.counsellor, hours=1)


def test_a_day_that_has_not_come_is_refused(case, staff):
    with acting(staff.worker), pytest.raises(rules.NotPossible, match="future"):
        readiness.decide(case=case, gate=Gate.RESCUED, is_open=True, on=DAY + timedelta(days=1), at=NOON, by=staff.worker)


def test_each_decision_is_on_the_trail_without_words(case, staff):
    decide(case, Gate.RESCUED, staff.worker, note="At the station of Plantedtown")
    with acting(SYSTEM):
        [line] = Trail.objects.filter(verb="rehab.gate.decided")
        assert "Planted" not in str(line.detail)
        assert GateDecision.objects.get().told() == {"note": "At the station of Plantedtown"}


def test_who_is_not_assigned_sees_nothing_of_it(running, staff):
    for user in (staff.other, staff.stranger, staff.lead, staff.officer):
        with acting(user):
            assert not Rehabilitation.objects.exists()
            assert not GateDecision.objects.exists()


class Back(Exception):
    pass


@ANY_ORDER
@given(events=st.lists(st.tuples(st.sampled_from([*Gate, "START", "FINISH"]), st.booleans(), st.booleans()), max_size=16))
def test_it_never_runs_with_a_gate_shut(staff, events):
    case = make_case(staff.place, staff.worker, staff.counsellor)
    with pytest.raises(Back), acting(SYSTEM):  # noqa: PT012 - the whole example is taken back
        for nth, event in enumerate(events):
            one(case, staff, event, nth)
            found = queries.rehabilitation(case)
            if found is not None and found.course == "RUNNING":
                assert all(gate.is_open for gate in queries.standing(case).values())
        raise Back


def one(case, staff, event, nth) -> None:
    what, is_open, by_counsellor = event
    at, user = NOON + timedelta(hours=nth), staff.counsellor if by_counsellor else staff.worker
    with acting(user):
        try:
            if what == "START":
                readiness.start(case=case, at=at, by=user)
            elif what == "FINISH":
                readiness.finish(case=case, at=at, by=user)
            else:
                readiness.decide(case=case, gate=what, is_open=is_open, why="NOT_NOW", on=DAY, at=at, by=user)
        except rules.NotPossible:
            return
