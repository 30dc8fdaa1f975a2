"""Rehabilitation counted by place and period, through the database's gate: no row, no id, no name."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.rehab import counselling, counts, leading, learning, queries, readiness, returning
from aanchal.rehab.counts import Tally
from aanchal.rehab.models import Learning
from tests.factories import DAY, NOON
from tests.rehab.builders import GOOD, make_counsellor, make_listing

YEAR = (DAY, DAY + timedelta(days=364))
LATER = NOON + timedelta(days=500)


def told(staff, *, when=YEAR, by=None) -> Tally:
    with acting(by or staff.lead):
        return counts.tally(staff.place, *when)


def test_it_counts_gates_as_last_decided_and_what_began(running, girl, staff):
    with acting(staff.worker):
        on = DAY + timedelta(days=5)
        readiness.decide(case=running, gate="HER_WORD", is_open=False, why="NOT_NOW", on=on, at=LATER, by=staff.worker)
    found = told(staff)
    assert (found.gates_open["RESCUED"], found.gates_shut) == (1, {"HER_WORD": 1})
    assert (found.begun, found.courses) == (1, {"HALTED": 1})
    assert told(staff, when=(DAY - timedelta(days=9), DAY + timedelta(days=1))).gates_shut == {}


def test_it_counts_learning_to_retention(running, girl, staff, india):
    employer, by = make_listing(india["east"]), staff.worker
    with acting(by):
        one = learning.enrol(case=running, kind="SKILLING", trade="welding", agency=None, on=DAY, at=NOON, by=by)
        told_of = {"work": learning.Work(employer, 9_000_00)}
        for to, days, more in (("CERTIFIED", 60, {}), ("PLACED", 70, told_of), ("RETAINED_3", 170, {}), ("RETAINED_6", 260, {})):
            one = learning.move(learning=one, to=to, on=DAY + timedelta(days=days), at=LATER, by=by, **more)
        learning.enrol(case=girl, kind="SCHOOL", trade="", agency=None, on=DAY, at=NOON, by=by)
    found = told(staff)
    assert (found.enrolled, found.certified) == ({"SKILLING": 1, "SCHOOL": 1}, {"SKILLING": 1})
    assert (found.placed, found.retained) == (1, {3: 1, 6: 1})
    assert told(staff, when=(DAY, DAY + timedelta(days=30))).placed == 0
    with acting(by):
        learning.move(learning=one, to="LEFT", on=DAY + timedelta(days=270), at=LATER, by=by)
    assert (told(staff).placed, told(staff).retained) == (1, {3: 1, 6: 1})


def test_it_tells_for_how_many_of_the_placed_the_time_has_passed(running, staff, india):
    by, today = staff.worker, day_in_india(timezone.now())
    employer = make_listing(india["east"])
    with acting(by):
        one = learning.enrol(case=running, kind="SKILLING", trade="welding", agency=None, on=DAY, at=NOON, by=by)
        one = learning.move(learning=one, to="CERTIFIED", on=DAY, at=LATER, by=by)
        learning.move(learning=one, to="PLACED", on=DAY, work=learning.Work(employer, 9_000_00), at=LATER, by=by)
    with acting(SYSTEM):
        for months, due in ((2, {}), (4, {3: 1}), (7, {3: 1, 6: 1}), (13, {3: 1, 6: 1, 12: 1})):
            Learning.objects.update(placed_on=today - timedelta(days=31 * months))
            assert told(staff, when=(today - timedelta(days=500), today)).retention_due == due


def test_it_counts_returns_and_the_visits_due_and_done(case, staff):
    by = staff.worker
    with acting(by):
        back = returning.plan(case=case, to="ELSEWHERE", at=NOON, by=by)
        returning.hear(back=back, wish="YES", is_heard_alone=True, on=DAY, at=NOON, by=by)
        returning.assess(back=back, found=GOOD, community=None, note="", on=DAY, at=NOON, by=by)
        back = returning.go(back=back, on=DAY, at=NOON, by=by)
        first, second, *_rest = queries.follow_ups(back)
        for visit, late, how in ((first, 0, "WELL"), (second, 9, "TROUBLED")):
            on = visit.due_on + timedelta(days=late)
            returning.follow(follow_up=visit, how=how, signs=[], note="", on=on, at=LATER, by=by)
    found = told(staff)
    assert found.returned == {"ELSEWHERE": 1}
    assert (found.follow_ups_in_time, found.follow_ups_late, found.follow_ups_done) == (1, 1, 2)
    assert found.follow_ups_due == found.follow_ups_done + found.follow_ups_waiting
    assert found.watch == {"CALM": 1, "WATCHFUL": 1}


def test_it_counts_counsellors_their_sessions_and_who_leads(running, staff):
    make_counsellor(staff.counsellor, staff.supervisor, staff.place)
    with acting(staff.counsellor):
        counselling.hold(case=running, kind="ALONE", on=DAY, minutes=45, notes="", at=NOON, by=staff.counsellor)
    with acting(staff.worker):
        called = leading.Called("Plantedcalled")
        told_of = {"place": staff.place, "fields": ["MIGRATION"], "chose_on": DAY, "at": NOON, "by": staff.worker}
        link = leading.choose(case=running, called=called, **told_of)
    found = told(staff)
    assert (found.counsellors, found.sessions, found.leaders) == (1, 1, 1)
    with acting(staff.worker):
        leading.withdraw(link=link, at=NOON, by=staff.worker)
    assert told(staff).leaders == 0


def test_counts_are_refused_to_who_may_not_count_there(running, staff, posted):
    for user in (staff.worker, staff.counsellor, staff.stranger, posted("case_supervisor", "west")):
        with pytest.raises(DatabaseError, match="not yours"):
            told(staff, by=user)
    assert counts.tallies([], *YEAR) == {}
