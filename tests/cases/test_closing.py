from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases import actions, assigning, deciding, retention, rules, terms
from aanchal.cases.models import Case, CaseIdentity, CaseTask, Mark, Proposal
from aanchal.cases.rules import NotPossible
from aanchal.core.envelope import CannotOpen
from tests.cases.builders import open_case, someone


@pytest.fixture
def case(staff):
    return open_case(staff, identity=someone())


def ask(case, by, kind="CLOSE", outcome="FAMILY", at=None):
    with acting(by):
        return deciding.propose(case=case, kind=kind, outcome=outcome, words="so it is", at=at or timezone.now(), by=by)


def decide(proposal, by, approve=True, at=None):
    with acting(by):
        return deciding.decide(proposal=proposal, approve=approve, at=at or timezone.now(), by=by)


def test_it_is_closed_by_the_supervisor_who_did_not_ask(staff, case):
    proposal = ask(case, staff.worker)
    with pytest.raises(NotPossible, match="own_proposal"):
        decide(proposal, staff.worker)
    case = decide(proposal, staff.supervisor)
    assert (case.state, case.outcome) == ("CLOSED", "FAMILY")
    assert [step.happening for step in _steps(case)] == ["OPEN", "CLOSE"]


def test_a_supervisor_does_not_check_what_she_made(staff, case):
    with pytest.raises(NotPossible, match="own_proposal"):
        decide(ask(case, staff.supervisor), staff.supervisor)


def test_a_worker_does_not_decide_what_another_asked(staff, case):
    with acting(staff.supervisor):
        assigning.assign(case=case, user=staff.other, capacity="WORKER", why="", at=timezone.now(), by=staff.supervisor)
    with pytest.raises(NotPossible, match="not_supervisor"):
        decide(ask(case, staff.worker), staff.other)


def test_it_refuses_closing_with_open_tasks_when_asked_and_when_decided(staff, case):
    def task():
        with acting(staff.worker):
            told = {"words": "call", "due_on": case.opened_on, "at": timezone.now(), "by": staff.worker}
            return actions.set_task(case=case, who=staff.worker, **told)

    first = task()
    with pytest.raises(NotPossible, match="open_tasks"):
        ask(case, staff.worker)
    with acting(staff.worker):
        actions.end_task(task=first, state="DONE", at=timezone.now(), by=staff.worker)
        with pytest.raises(NotPossible, match="ended_already"):
            actions.end_task(task=first, state="DROPPED", at=timezone.now(), by=staff.worker)
    proposal = ask(case, staff.worker)
    task()
    with pytest.raises(NotPossible, match="open_tasks"):
        decide(proposal, staff.supervisor)
    with acting(SYSTEM):
        assert Case.objects.get().state == "ACTIVE"


def test_it_is_returned_asked_again_closed_and_reopened(staff, case):
    decide(ask(case, staff.worker), staff.supervisor, approve=False)
    case = decide(ask(case, staff.worker), staff.supervisor)
    told = {"seen": "HOME", "danger": "NONE", "words": "", "on": case.opened_on, "at": timezone.now()}
    with acting(staff.worker), pytest.raises(NotPossible, match="not_live"):
        actions.record_visit(case=case, by=staff.worker, **told)
    case = decide(ask(case, staff.worker, kind="REOPEN", outcome=""), staff.supervisor)
    assert (case.state, case.outcome, case.closed_on) == ("ACTIVE", "", None)


def test_one_thing_waits_at_a_time_and_an_outcome_is_told(staff, case):
    with pytest.raises(NotPossible, match="no_outcome"):
        ask(case, staff.worker, outcome="")
    ask(case, staff.worker)
    with pytest.raises(NotPossible, match="proposal_waits"):
        ask(case, staff.worker)


def test_a_childs_record_is_sealed_and_only_the_supervisor_is_left(staff):
    child = open_case(staff, is_child=True, years=14)
    child = decide(ask(child, staff.worker), staff.supervisor)
    sealed = decide(ask(child, staff.worker, kind="SEAL", outcome=""), staff.supervisor)
    assert sealed.state == "SEALED"
    with acting(staff.worker):
        assert not Case.objects.exists()
    with acting(staff.supervisor):
        assert Case.objects.exists()


def test_an_adults_record_is_not_sealed(staff, case):
    case = decide(ask(case, staff.worker), staff.supervisor)
    with pytest.raises(NotPossible, match="not_a_child"):
        ask(case, staff.worker, kind="SEAL", outcome="")


def test_it_is_erased_after_its_time_and_not_a_day_before(staff, case):
    case = decide(ask(case, staff.worker), staff.supervisor)
    last = retention.kept_until(case)
    assert last > case.closed_on
    noon = timezone.now()
    with pytest.raises(NotPossible, match="kept_longer"):
        ask(case, staff.worker, kind="ERASE", outcome="", at=noon + (last - case.closed_on))
    after = noon + (last - case.closed_on) + timedelta(days=1)
    with acting(SYSTEM):
        sealed, wrapped = (bytes(value) for value in CaseIdentity.objects.values_list("sealed", "wrapped_key").get())
    erased = decide(ask(case, staff.worker, kind="ERASE", outcome="", at=after), staff.supervisor, at=after)
    assert erased.state == "ERASED"
    with acting(SYSTEM):
        kept = CaseIdentity.objects.get()
        assert kept.told() == {}
        assert kept.erased_at
        assert Proposal.objects.exclude(Q(sealed=None)).count() == 0
        kept.sealed, kept.wrapped_key = sealed, b""
        with pytest.raises(CannotOpen, match="destroyed"):
            kept.told()
        assert wrapped


def test_nobody_finds_an_erased_case_by_name(staff):
    who = someone("Gone Woman")
    case = decide(ask(open_case(staff, identity=who), staff.worker), staff.supervisor)
    with acting(SYSTEM):
        before = bytes(Mark.objects.get(kind="NAME").mark)
    at = timezone.now() + timedelta(days=366 * 8)
    decide(ask(case, staff.worker, kind="ERASE", outcome="", at=at), staff.supervisor, at=at)
    with acting(SYSTEM):
        assert bytes(Mark.objects.get(kind="NAME").mark) != before


def _steps(case):
    with acting(SYSTEM):
        return list(case.steps.order_by("at", "pk"))


def test_the_table_names_every_state_and_happening():
    assert set(rules.CASE) == set(terms.State)
    named = {happening for following in rules.CASE.values() for happening in following}
    assert named | {"OPEN"} == set(terms.Happening)
    assert {after for following in rules.CASE.values() for after in following.values()} <= set(terms.State)
    assert set(rules.NEEDS_APPROVAL) == set(terms.ProposalKind)
    assert set(rules.REFERRAL) == set(terms.ReferralState)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(sorted(set(terms.Happening) - {"OPEN"})), max_size=30))
def test_whatever_happens_it_stays_in_the_table_and_what_is_erased_is_final(happenings):
    state, was_erased = "ACTIVE", False
    for happening in happenings:
        try:
            state = rules.after(state, happening)
        except NotPossible:
            assert happening not in rules.CASE[state]
        assert not (was_erased and state != "ERASED")
        was_erased = was_erased or state == "ERASED"
        assert state in terms.State


@given(st.sampled_from(sorted(rules.CASE)), st.sampled_from(sorted(terms.Happening)))
def test_only_a_closed_case_is_sealed_or_erased(state, happening):
    if happening in ("SEAL", "ERASE") and state in rules.LIVE:
        with pytest.raises(NotPossible):
            rules.after(state, happening)


@given(st.dates(min_value=timezone.datetime(2016, 1, 1).date(), max_value=timezone.datetime(2090, 1, 1).date()), st.integers(0, 240))
def test_the_last_day_lies_whole_months_later(closed_on, months):
    last = rules.kept_until(closed_on, months)
    assert (last.year - closed_on.year) * 12 + last.month - closed_on.month == months
    assert last.day <= closed_on.day


def test_it_counts_no_task_of_another_case(staff, case):
    other = open_case(staff)
    with acting(staff.worker):
        told = {"words": "call", "due_on": case.opened_on, "at": timezone.now(), "by": staff.worker}
        actions.set_task(case=other, who=staff.worker, **told)
    assert ask(case, staff.worker)
    with acting(SYSTEM):
        assert CaseTask.objects.count() == 1
