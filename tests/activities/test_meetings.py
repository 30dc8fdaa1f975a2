"""A task force from its order to an action point that is closed."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import Error
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.activities import actions, campaigning, counts, queries, rules
from aanchal.activities.models import ActionPoint, Attendance, CampaignEvent, Corrigendum, Meeting, Minutes
from aanchal.activities.rules import Refused
from aanchal.notices.models import Notice
from tests.activities.builders import DAY, NOW, make_force, make_meeting
from tests.factories import make_posting

PDF = b"%PDF-1.7 minutes"


def refused(code):
    return pytest.raises(Refused, match=code)


def decide(meeting, by, **more):
    with acting(by):
        told = {"decision": "Poster at each bus stand", "office": "Transport", "due_on": DAY + timedelta(days=20)} | more
        return actions.decide(meeting=meeting, at=NOW, by=by, **told)


@pytest.mark.parametrize(
    ("body", "since", "until", "sits"),
    [
        ("SRLM", DAY, None, True), ("SRLM", DAY, DAY, True), ("SRLM", DAY + timedelta(days=1), None, False),
        ("SRLM", date(2026, 1, 1), DAY - timedelta(days=1), False), ("POLICE", date(2026, 1, 1), None, False),
    ],
)  # fmt: skip
def test_it_knows_whether_the_mission_sits_in_it(body, since, until, sits):
    assert rules.is_represented("SRLM", [rules.Tenure(body, since, until)], DAY) is sits


def test_who_left_represents_nobody(force, officer):
    with acting(officer):
        assert queries.has_srlm(force, DAY)
        actions.leave(member=force.members.get(body="SRLM"), on=DAY, by=officer)
        assert not queries.has_srlm(force, DAY + timedelta(days=1))


def test_it_refuses_the_same_office_a_second_chair_and_a_day_before_the_order(force, officer):
    told = {"force": force, "at": NOW, "by": officer}
    with acting(officer):
        for office, is_chair, since, code in (
            ("Office of SRLM", False, DAY, "member_already"), ("Collector", True, DAY, "member_already"),
            ("Collector", False, date(2026, 3, 31), "before_the_order"),
        ):  # fmt: skip
            with refused(code):
                actions.join(office=office, body="OTHER", is_chair=is_chair, since=since, **told)


def test_minutes_before_the_meeting_was_held_are_refused_by_the_action_and_by_the_database(force, officer):
    ahead = make_meeting(force, officer, on=DAY + timedelta(days=30), held=False)
    with acting(officer):
        with refused("not_held_yet"):
            actions.minute(meeting=ahead, words="Agreed.", at=NOW, by=officer)
        with refused("not_held_yet"):
            actions.hold(meeting=ahead, present=[("x", "SRLM", True)], at=NOW, by=officer)
        with pytest.raises(Error), transaction.atomic():
            Minutes.objects.create(meeting=ahead, place_no=ahead.place_no, nth=1, words="x", at=NOW)
    past = make_meeting(force, officer, held=False)
    with acting(officer), refused("not_noted_as_held"):
        actions.minute(meeting=past, words="Agreed.", at=NOW, by=officer)


def test_a_cancelled_meeting_has_no_minutes_and_is_not_held(force, officer):
    one = make_meeting(force, officer, held=False)
    with acting(officer):
        actions.cancel(meeting=one, by=officer)
        with refused("cancelled"):
            actions.minute(meeting=one, words="x", at=NOW, by=officer)
        with refused("not_planned"):
            actions.hold(meeting=one, present=[("x", "SRLM", True)], at=NOW, by=officer)


def test_attendance_says_who_was_there_and_who_was_not(meeting):
    with acting(SYSTEM):
        assert dict(Attendance.objects.values_list("office", "was_there")) == {"Office of SRLM": True, "Office of POLICE": False}


def test_a_corrigendum_stands_beside_the_minutes_and_neither_changes(meeting, officer):
    with acting(officer):
        actions.minute(meeting=meeting, words="Three posters.", at=NOW, by=officer)
        actions.minute(meeting=meeting, words="Four posters.", file=PDF, at=NOW, by=officer)
        assert list(meeting.minutes.values_list("nth", "words")) == [(1, "Three posters."), (2, "Four posters.")]
    with acting(SYSTEM), pytest.raises(Error), transaction.atomic():
        Minutes.objects.update(words="Five")


@pytest.mark.parametrize(("told", "code"), [({"file": b"<html>"}, "not_a_paper"), ({"words": " "}, "length")])
def test_minutes_are_words_or_a_paper(meeting, officer, told, code):
    with acting(officer), refused(code):
        actions.minute(meeting=meeting, at=NOW, by=officer, **told)


def test_a_decision_is_followed_until_it_is_closed_with_what_shows_it(meeting, officer):
    point = decide(meeting, officer)
    with acting(officer):
        assert list(queries.points(officer)) == [point]
        told = {"point": point, "to": "DONE", "on": DAY, "at": NOW, "by": officer}
        with refused("length"):
            actions.close(**told | {"evidence": " "})
        with refused("before_the_meeting"):
            actions.close(**told | {"on": meeting.on - timedelta(days=1)}, evidence="Photo in the file")
        actions.close(**told, evidence="Photo in the file")
        with refused("closed_already"):
            actions.close(**told, evidence="Again")
        assert not queries.points(officer).exists()


def test_who_was_given_it_closes_it_herself_and_nobody_else_who_only_reads_it(india, meeting, officer, enter):
    with acting(SYSTEM):
        owner, other = (make_posting("district_manager", india["east"]) for _ in range(2))
    point = decide(meeting, officer, owner=owner)
    address, told = f"/activities/points/{point.pk}/", {"to": "DONE", "evidence": "Photos", "on": DAY}
    client = enter(other)
    assert (client.get(address).status_code, client.post(address, told).status_code) == (200, 404)
    for who, change in ((other, {"state": "DONE", "evidence": "x", "closed_on": DAY, "closed_by": other}), (owner, {"decision": "Other"})):
        with acting(who), suppress(Error), transaction.atomic():
            assert ActionPoint.objects.filter(pk=point.pk).update(**change) == 0
    client = enter(owner)
    assert "Close it" in client.get(address).content.decode()
    assert client.post(address, told).status_code == 302
    with acting(officer):
        closed = ActionPoint.objects.get()
        assert (closed.state, closed.closed_by, closed.decision) == ("DONE", owner, point.decision)


def test_it_refuses_an_owner_who_could_not_see_it_and_a_day_before_the_meeting(meeting, officer, stranger):
    with refused("does_not_see_it"):
        decide(meeting, officer, owner=stranger)
    with refused("before_the_meeting"):
        decide(meeting, officer, due_on=DAY - timedelta(days=1))


@pytest.mark.parametrize(("late", "told"), [(-4, False), (-3, True), (-2, False), (0, True), (1, False), (7, True), (8, False), (14, True)])
def test_it_reminds_before_the_day_on_it_and_each_week_after(late, told):
    assert rules.is_day_to_remind(DAY, DAY + timedelta(days=late)) is told


def test_who_acts_is_told_in_aanchal(meeting, officer, district_officer):
    today = day_in_india(timezone.now())
    decide(meeting, officer, owner=district_officer, due_on=today)
    decide(meeting, officer, due_on=today)
    with acting(SYSTEM):
        assert actions.remind(at=timezone.now(), by=SYSTEM) == 1
        assert list(Notice.objects.values_list("user", "topic")) == [(district_officer.pk, "POINTS")]


def test_a_campaign_event_counts_who_came_by_sex_and_age(india, officer):
    told = {"on": DAY, "method": "PLAY", "title": "Street play", "language": "Hindi", "women": 30, "girls": 20, "men": 9, "boys": 4}
    with acting(officer):
        event = campaigning.record_event(place=india["east"], told=told, at=NOW, by=officer)
        assert event.reach == 63
        with refused("nobody_came"):
            nobody = dict.fromkeys(("women", "girls", "men", "boys"), 0)
            campaigning.record_event(place=india["east"], told=told | nobody, at=NOW, by=officer)
        assert counts.outcomes(india["state"], DAY, DAY) == {"workshops": 0, "meetings": 0, "trained": 0, "reached": 63}
        assert CampaignEvent.objects.count() == 1


def test_a_stranger_of_the_next_district_sees_and_changes_nothing(meeting, stranger):
    with acting(stranger), connection.cursor() as cursor:
        for table in ("taskforce", "member", "meeting", "attendance"):
            cursor.execute(f"SELECT count(*) FROM activities_{table}")
            assert cursor.fetchone() == (0,)
        assert Meeting.objects.filter(pk=meeting.pk).update(state="CANCELLED") == 0
    with acting(stranger), pytest.raises(Error), transaction.atomic():
        make_force(meeting.place, stranger)


def test_a_later_order_stands_beside_the_first_and_stays(force, officer, stranger, enter):
    page = f"/activities/task-forces/{force.pk}/"
    client, told = enter(officer), {"what": "order", "order_no": "G.O. 9", "on": "2026-05-01", "words": "The labour officer joins."}
    assert "before the task force was constituted" in client.post(page, told | {"on": "2026-03-01"}).content.decode()
    paper = SimpleUploadedFile("order.pdf", b"%PDF-1.7 order")
    assert client.post(page, told | {"file": paper}).status_code == 302
    assert "The labour officer joins." in client.get(page).content.decode()
    with acting(officer):
        one = force.corrigenda.get()
    assert client.get(f"/activities/corrigenda/{one.pk}/").content.startswith(b"%PDF")
    with acting(officer), pytest.raises(Error), transaction.atomic():
        connection.cursor().execute("UPDATE activities_corrigendum SET words = 'x'")
    assert enter(stranger).get(f"/activities/corrigenda/{one.pk}/").status_code == 404
    with acting(stranger):
        assert not Corrigendum.objects.exists()


def test_a_task_force_a_meeting_and_a_decision_sent_twice_stand_once(india, officer):
    force = make_force(india["east"], officer, bodies=())
    with refused("stands_already"):
        make_force(india["east"], officer, bodies=())
    make_meeting(force, officer, held=False)
    with refused("stands_already"):
        make_meeting(force, officer, held=False)
    held = make_meeting(force, officer, on=DAY - timedelta(days=1))
    with acting(officer):
        told = {"meeting": held, "decision": "Poster", "office": "Transport", "due_on": DAY, "at": NOW, "by": officer}
        actions.decide(**told)
        with refused("stands_already"):
            actions.decide(**told)
