"""Visits made without a network: applied in the order of the phone, whatever the order they come in, and never dropped."""

from datetime import timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.field import order, tasks
from aanchal.field.models import EntityStep
from aanchal.inbox.models import Submission
from aanchal.people.models import Conflict, Household
from aanchal.risk.models import Survey
from tests.factories import make_posting
from tests.field import phone
from tests.field.browser import sign_in
from tests.field.test_follow_up import sent, visit

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)
LATE = order.PATIENCE + timedelta(hours=1)
HEADING = "Visits applied without the one before them"


@pytest.fixture
def family(send, village, kept):
    assert send("household_survey", phone.survey(village)).status_code == 201
    return kept(Household.objects.all())[0]


@pytest.fixture
def offline(client, token, village, family):
    """A function that sends one visit of a run; each says how many months it heard of."""
    one = uuid4()

    def offline(base, *, trunk=1, branch=one, **more):
        answers = visit(village, family, now={"food_short_months": str(base)}, **more)
        assert sent(client, token, answers, base=str(base), trunk=str(trunk), branch=str(branch)).status_code == 201

    return offline


def settle(after=SOON) -> int:
    with acting(SYSTEM):
        return tasks.release_in_order(at=timezone.now() + after)


def told(kept) -> list[int]:
    return [survey.facts["food_short_months"] for survey in kept(Survey.objects.order_by("pk"))]


def conflicts(kept) -> list[int]:
    """The months that wait for a person: what was told without anybody knowing what the worker had before her."""
    found = kept(Conflict.objects.filter(field="food_short_months").select_related("other"))
    return sorted(one.other.after for one in found)


def states(kept) -> list[str]:
    return sorted(one.status for one in kept(Submission.objects.filter(form_id="follow_up")))


@pytest.mark.parametrize("arriving", list(permutations((1, 2, 3))))
def test_a_run_is_applied_in_its_order_whatever_order_it_comes_in(offline, kept, arriving):
    for base in arriving:
        offline(base)
        settle()
    assert told(kept) == [5, 1, 2, 3]
    assert states(kept) == ["APPLIED"] * 3
    assert [step.is_forced for step in kept(EntityStep.objects.all())] == [False] * 3


def test_what_came_too_early_waits_and_says_why(offline, kept):
    offline(2)
    [submission] = kept(Submission.objects.filter(form_id="follow_up"))
    assert (submission.status, [one["kind"] for one in submission.faults]) == ("FLAGGED", ["OUT_OF_ORDER"])
    assert settle() == 0
    assert told(kept) == [5]


def test_after_a_week_it_is_applied_and_a_person_is_asked_to_look(offline, kept):
    offline(3)
    assert settle(LATE) == 1
    assert told(kept) == [5, 5]
    assert conflicts(kept) == [3]
    [step] = kept(order.unsettled())
    assert step.base == 3


def test_what_follows_a_forced_one_is_in_order_again(offline, kept):
    offline(4)
    offline(3)
    assert settle(LATE) == 2
    assert told(kept) == [5, 5, 5]
    assert conflicts(kept) == [3, 4]
    assert [(step.base, step.is_forced) for step in kept(EntityStep.objects.order_by("base"))] == [(3, True), (4, False)]


def test_the_one_that_was_missed_is_still_taken_when_it_comes_at_last(offline, kept):
    offline(2)
    settle(LATE)
    offline(1)
    assert told(kept) == [5, 5, 5]
    assert conflicts(kept) == [1, 2]


def test_two_runs_do_not_wait_for_each_other(offline, kept):
    offline(2)
    offline(1, branch=uuid4())
    assert settle() == 0
    assert told(kept) == [5, 1]


def test_a_reviewer_may_decide_not_to_wait(offline, kept, desk):
    offline(2)
    [submission] = kept(Submission.objects.filter(form_id="follow_up"))
    assert desk.post(f"/review/{submission.pk}/accept/", {"note": "she reset her phone"}).status_code == 302
    assert told(kept) == [5, 5]
    assert conflicts(kept) == [2]
    assert kept(order.unsettled()) == []


NO_ORDER = ({"base": "x"}, {"base": "2", "trunk": "", "branch": ""}, {"base": "2", "trunk": "1", "branch": "no id"})


@pytest.mark.parametrize("numbers", NO_ORDER)
def test_numbers_that_say_nothing_hold_nothing_back(client, token, village, family, kept, numbers):
    assert sent(client, token, visit(village, family), **numbers).status_code == 201
    assert states(kept) == ["APPLIED"]
    assert kept(EntityStep.objects.all()) == []


def test_one_that_cannot_be_applied_goes_to_a_person_and_holds_up_nobody(offline, kept, monkeypatch):
    from aanchal.field import routing

    offline(2)
    offline(2, branch=uuid4())
    record, calls = routing.risk.record_follow_up, []

    def breaks_once(**given):
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError
        return record(**given)

    monkeypatch.setattr(routing.risk, "record_follow_up", breaks_once)
    assert settle(LATE) == 1
    assert states(kept) == ["APPLIED", "FLAGGED"]
    [waiting] = kept(Submission.objects.filter(form_id="follow_up", status="FLAGGED"))
    assert [one["kind"] for one in waiting.faults] == ["CANNOT_APPLY"]


def test_the_officer_sees_a_forced_visit_and_says_she_looked(offline, kept, desk, family, officer):
    offline(2)
    settle(LATE)
    [step] = kept(order.unsettled())
    page = desk.get("/review/").content.decode()
    assert HEADING in page
    assert family.shown_code in page
    assert desk.post(f"/review/visits/{step.pk}/settle/").status_code == 302
    assert kept(order.unsettled()) == []
    assert kept(EntityStep.objects.all())[0].seen_by_id == officer.pk
    assert HEADING not in desk.get("/review/").content.decode()


def test_a_stranger_neither_sees_nor_settles_it(client, offline, kept, india):
    offline(2)
    settle(LATE)
    [step] = kept(order.unsettled())
    with acting(SYSTEM):
        elsewhere = make_posting("block_officer", india["west block"])
    theirs = sign_in(client, elsewhere)
    assert HEADING not in theirs.get("/review/").content.decode()
    assert theirs.post(f"/review/visits/{step.pk}/settle/").status_code == 404
    with acting(elsewhere):
        assert not EntityStep.objects.exists()
        assert EntityStep.objects.filter(pk=step.pk).update(seen_at=timezone.now()) == 0
    assert len(kept(order.unsettled())) == 1
