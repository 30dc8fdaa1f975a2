"""Whoever has to act next for her hears of it: the counsellor, the team in danger, who missed a visit, who owes an honorarium."""

from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases.models import Leg
from aanchal.core.models import Trail
from aanchal.core.rows import insert
from aanchal.notices.models import Notice
from aanchal.rehab import erasing, leading, own, queries, returning, rules, tasks
from aanchal.rehab.models import LeaderLink, ResourcePerson, Return
from tests.factories import DAY, NOON
from tests.rehab.builders import GOOD, assign, decide, make_case
from tests.rehab.test_returns import go, mature, prepare

__all__ = ["mature"]


def told(about) -> set:
    with acting(SYSTEM):
        return set(Notice.objects.filter(about=about.pk, topic="URGENT").values_list("user", flat=True))


def test_when_she_says_she_is_ready_the_others_hear_that_it_is_their_turn(case, staff):
    assert told(decide(case, "RESCUED", staff.worker)) == set()
    assert told(decide(case, "HER_WORD", staff.worker)) == {staff.counsellor.pk}


def test_when_a_gate_shuts_what_runs_all_hear_that_it_has_stopped(running, staff):
    assign(running, staff.second, capacity="REFERRED")
    shut = decide(running, "MEDICAL", staff.counsellor, is_open=False, why="RELAPSE", hours=1)
    assert told(shut) == {staff.worker.pk, staff.second.pk}
    assert told(decide(running, "PSYCHOLOGICAL", staff.counsellor, is_open=False, why="RELAPSE", hours=2)) == set()


def test_a_danger_is_told_to_her_team_and_a_calm_visit_is_not(case, staff, mature):
    assign(case, staff.lead, by=staff.worker, capacity="SUPERVISOR")
    back = go(prepare(case, staff, mature), staff)
    with acting(staff.worker):
        first, second, *_later = queries.follow_ups(back)
        more = {"note": "", "at": NOON + timedelta(days=400), "by": staff.worker}
        calm = returning.follow(follow_up=first, how="WELL", signs=[], on=first.due_on, **more)
        alarming = returning.follow(follow_up=second, how="DANGER", signs=[], on=second.due_on, **more)
    assert told(calm) == set()
    assert told(alarming) == {staff.counsellor.pk, staff.lead.pk}


def test_a_visit_nobody_made_is_told_on_the_next_day_and_each_week_again(case, staff, mature):
    back = go(prepare(case, staff, mature), staff)
    with acting(staff.worker):
        first = queries.follow_ups(back)[0]
    due = NOON + (first.due_on - NOON.date())
    found = []
    for days in (0, 1, 2, 8):
        with acting(SYSTEM):
            assert returning.remind(at=due + timedelta(days=days), by=SYSTEM) is None
            found.append(Notice.objects.filter(about=first.pk).count())
    assert found == [0, 2, 2, 4]
    assert told(first) == {staff.worker.pk, staff.counsellor.pk}
    with acting(SYSTEM):
        assert [one.detail for one in Trail.objects.filter(verb="rehab.visit.missed")] == [{"told": 2}] * 2


def test_many_missed_visits_are_told_a_batch_at_a_time(case, staff, mature, monkeypatch):
    monkeypatch.setattr(returning, "A_BATCH", 1)
    go(prepare(case, staff, mature), staff)
    with acting(SYSTEM):
        last = returning.remind(at=NOON + timedelta(days=99), by=SYSTEM)
        assert returning.remind(at=NOON + timedelta(days=99), by=SYSTEM, after=last.pk).pk > last.pk


def test_the_clock_begins_it_every_morning(db):
    tasks.begin_to_remind_of_visits(0)


def test_what_she_asks_to_change_is_told_to_the_others_of_her_team(case, staff):
    with acting(staff.worker):
        asked = own.ask_correction(case=case, words="I am 25", at=NOON, by=staff.worker)
    assert told(asked) == {staff.counsellor.pk}


def test_nobody_is_back_before_she_was_asked_and_the_family_looked_into(case, staff, mature):
    back = prepare(case, staff, mature)
    with pytest.raises(rules.NotPossible, match="before_last_step"):
        go(back, staff, on=DAY - timedelta(days=1))
    assert go(back, staff).returned_on == DAY


def test_the_organisations_of_where_she_comes_from_may_take_her_back(staff, india, mature):
    case = make_case(india["west"], staff.worker)
    with acting(staff.worker):
        assert queries.mature(case, DAY) == []
    with acting(SYSTEM):
        insert(Leg(case=case, place_no=case.place_no, number=1, origin=india["east"], destination=india["west"]))
    with acting(staff.worker):
        assert queries.mature(case, DAY) == [mature]
    back = prepare(case, staff, mature, **GOOD)
    assert go(back, staff).state == "HOME"


def led(case, staff, paise=500_00) -> LeaderLink:
    with acting(staff.worker):
        more = {"called": leading.Called("Planted didi"), "chose_on": DAY, "at": NOON, "by": staff.worker}
        link = leading.choose(case=case, place=staff.place, fields=["DISASTER"], **more)
        leading.engage(person=link.person, field="DISASTER", on=DAY, hours=3, honorarium_paise=paise, at=NOON, by=staff.worker)
    return link


def test_who_withdraws_is_still_paid_and_the_list_says_so(signed_in, case, staff):
    link = led(case, staff)
    client = signed_in(staff.worker)
    assert "Still to be paid" not in client.get("/resource-people/").content.decode()
    client.post(f"/rehabilitation/case/{case.pk}/leading/withdraw/")
    assert f"/resource-people/{link.person_id}/" in client.get("/resource-people/").content.decode()
    page = client.get(f"/resource-people/{link.person_id}/").content.decode()
    assert "Note an engagement" not in page
    with acting(staff.worker):
        done = queries.engagements(link.person).get()
    assert f"/resource-people/done/{done.pk}/pay/" in page
    client.post(f"/resource-people/done/{done.pk}/pay/")
    assert "Still to be paid" not in client.get("/resource-people/").content.decode()
    assert "Still to be paid" not in signed_in(staff.stranger).get("/resource-people/").content.decode()


def test_who_is_erased_stands_in_no_list_of_those_who_help_others_and_no_order_leads_to_her(case, staff):
    link = led(case, staff, paise=0)
    with acting(staff.worker):
        back = returning.plan(case=case, to="ELSEWHERE", at=NOON, by=staff.worker)
        returning.order(back=back, number="CWC/2026/771", on=DAY, at=NOON, by=staff.worker)
        erasing.forget(case=case, at=NOON, by=staff.worker)
        assert not queries.resource_people(staff.worker).exists()
        assert queries.leader_link(case) is None
    with acting(SYSTEM):
        assert Return.objects.get().cwc_order_no == "–"
        assert (ResourcePerson.objects.get().until, LeaderLink.objects.get(pk=link.pk).withdrew_on) == (DAY, DAY)
