"""A meeting with the nodal officers: called, held, minuted, answered by the States, closed at the next one."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import actions, coordinating, queries
from aanchal.activities.actions import Notice
from aanchal.activities.models import ActionPoint, FollowUp, Invitation, Meeting, Minutes
from aanchal.activities.rules import Refused
from aanchal.core import paper as core_paper
from aanchal.nodal import reminding
from aanchal.notices.models import Notice as Told
from aanchal.places.models import Place
from tests.nodal.builders import NOW
from tests.paper_reading import text_of

DAY = NOW.date()
NOTICE = Notice("NODAL", "First meeting", DAY, time(11), "North Block", "Units that do not work")
LATER = NOW + timedelta(days=90)


def refused(code):
    return pytest.raises(Refused, match=f": {code}$")


def convene(cast, states, *, at=NOW, **told):
    with acting(cast["cell"]):
        nation = Place.objects.get(level="NATION")
        notice = replace(NOTICE, **({"on": at.date()} | told))
        return coordinating.convene(place=nation, notice=notice, invited=dict.fromkeys(states, "IGP, CID"), at=at, by=cast["cell"])


def held(cast, meeting, states, *, at=NOW):
    with acting(cast["cell"]):
        return coordinating.hold(meeting=meeting, states=states, others=["NCRB"], at=at, by=cast["cell"])


@pytest.fixture
def both(india):
    return [india["state"], india["far state"]]


@pytest.fixture
def meeting(cast, both):
    """Both States were called; only the first came."""
    return held(cast, convene(cast, both), both[:1])


@pytest.fixture
def point(cast, meeting, both):
    with acting(cast["cell"]):
        told = {"decision": "Notify every unit", "due_on": DAY + timedelta(days=30), "states": both}
        mine, _theirs = coordinating.decide(meeting=meeting, at=NOW, by=cast["cell"], **told)
        return mine


def answer(point, by, words="Notified by G.O. 12", at=NOW):
    with acting(by):
        return coordinating.answer(point=point, words=words, at=at, by=by)


def test_each_nodal_officer_is_told_and_nobody_else(cast, both):
    meeting = convene(cast, both)
    assert {one.user_id for one in Told.objects.filter(topic="MEET", about=meeting.pk)} == {cast["officer"].pk, cast["far_officer"].pk}
    with refused("nobody_invited"):
        convene(cast, [])
    with refused("day_to_come"), acting(cast["cell"]):
        told = {"place": meeting.place, "notice": replace(NOTICE, on=DAY - timedelta(days=1)), "invited": {both[0]: ""}}
        coordinating.convene(at=NOW, by=cast["cell"], **told)
    with refused("of_the_nation"), acting(SYSTEM):
        actions.call(place=both[0], notice=NOTICE, at=NOW, by=SYSTEM)


def test_it_knows_which_state_was_not_represented(cast, meeting, both):
    with acting(cast["cell"]):
        told = [(one.office, one.of_state_id, one.was_there) for one in queries.seats(cast["cell"], meeting)]
    assert told[0] == (f"{both[1].name}: IGP, CID", both[1].pk, False)
    assert set(told[1:]) == {(f"{both[0].name}: IGP, CID", both[0].pk, True), ("NCRB", None, True)}
    other = convene(cast, both[:1], title="Of one State")
    with refused("not_invited"):
        held(cast, other, both[1:])


def test_a_point_is_answered_by_its_state_carried_on_and_closed_at_the_next_meeting(cast, meeting, point, both):
    with refused("length"):
        answer(point, cast["officer"], " ")
    answer(point, cast["officer"])
    following = convene(cast, both, at=LATER, title="Second meeting")
    told = {"point": point, "at": LATER, "by": cast["cell"]}
    with acting(cast["cell"]):
        with refused("not_noted_as_held"):
            coordinating.close(meeting=following, to="DONE", evidence="G.O. 12", **told)
        with refused("not_a_later_meeting"):
            coordinating.close(meeting=meeting, to="DONE", evidence="G.O. 12", **told)
    following = held(cast, following, both, at=LATER)
    with acting(cast["cell"]):
        coordinating.carry(meeting=following, words="Two are missing", due_on=LATER.date() + timedelta(days=30), **told)
        assert queries.points_of_states(cast["cell"]).get(pk=point.pk).is_answered is False
        assert list(queries.later_meetings(point)) == [following]
    third = LATER + timedelta(days=60)
    last = held(cast, convene(cast, both, at=third, title="Third meeting"), both, at=third)
    answer(point, cast["officer"], "All notified", at=third)
    with acting(cast["cell"]):
        closed = coordinating.close(point=point, meeting=last, to="DONE", evidence="G.O. 14", at=third, by=cast["cell"])
    assert (closed.state, closed.closed_in_id, closed.closed_on) == ("DONE", last.pk, last.on)
    with acting(cast["officer"]):
        assert [bool(one.due_on) for one in FollowUp.objects.order_by("at", "pk")] == [False, True, False]
    with refused("closed_already"):
        answer(closed, cast["officer"])


def test_the_clock_reminds_a_state_until_it_has_answered(cast, point):
    def told(days):
        with acting(SYSTEM):
            return actions.remind(at=datetime.combine(point.due_on, time(6), NOW.tzinfo) + timedelta(days=days), by=SYSTEM)

    assert [told(days) for days in (-4, -3, 0)] == [0, 2, 2]
    answer(point, cast["officer"])
    assert told(7) == 1


def test_the_clock_reminds_who_is_called_a_week_and_a_day_before_and_no_more(cast, both):
    first = convene(cast, both[:1], on=LATER.date())

    def told(days):
        at = datetime.combine(LATER.date(), time(6), NOW.tzinfo) + timedelta(days=days)
        with acting(SYSTEM):
            return reminding.remind_of_meetings(at=at, by=SYSTEM)

    assert [told(days) for days in (-8, -7, -7, -3, -1, 0, 1)] == [0, 1, 0, 0, 1, 0, 0]
    mine = Told.objects.filter(topic="MEET", about=first.pk).order_by("at")
    assert [(one.user_id, (one.on - LATER.date()).days) for one in mine] == [(cast["officer"].pk, days) for days in (-90, -7, -1)]


def test_who_was_called_this_week_is_reminded_the_day_before_only_and_a_meeting_called_off_not_at_all(cast, both):
    soon = convene(cast, both, on=DAY + timedelta(days=4))
    with acting(SYSTEM):
        assert [reminding.remind_of_meetings(at=NOW + timedelta(days=n), by=SYSTEM) for n in (0, 1, 3)] == [0, 0, 1]
    assert Told.objects.filter(topic="MEET", about=soon.pk, user=cast["far_officer"]).count() == 2
    off = convene(cast, both, on=LATER.date())
    with acting(cast["cell"]):
        actions.cancel(meeting=off, by=cast["cell"])
    with acting(SYSTEM):
        assert reminding.remind_of_meetings(at=LATER, by=SYSTEM) == 0


def test_a_state_sees_the_meeting_and_its_minutes_and_of_the_rest_its_own(cast, meeting, point, both, signed_in):
    with acting(cast["cell"]):
        actions.minute(meeting=meeting, words="Units were discussed.", at=NOW, by=cast["cell"])
        actions.minute(meeting=meeting, words="Twelve units, not ten.", at=NOW, by=cast["cell"])
        theirs = ActionPoint.objects.get(of_state=both[1])
    client = signed_in(cast["officer"])
    page = client.get(f"/nodal/meetings/{meeting.pk}/").content.decode()
    assert "Twelve units, not ten." in page
    assert "IGP, CID" in page
    assert both[1].name not in page
    paper = client.get(f"/nodal/meetings/{meeting.pk}/print/").content.decode()
    assert "Corrigendum" in paper
    assert both[1].name not in paper
    if core_paper.are_here():
        file = text_of(client.get(f"/nodal/meetings/{meeting.pk}/print/?as=pdf").content)
        assert ("Corrigendum" in file, both[1].name in file) == (True, False)
    assert client.get(f"/nodal/meetings/points/{point.pk}/").status_code == 200
    assert client.get(f"/nodal/meetings/points/{theirs.pk}/").status_code == 404
    assert client.post(f"/nodal/meetings/points/{theirs.pk}/", {"what": "answer", "words": "x"}).status_code == 404
    assert client.post(f"/nodal/meetings/{meeting.pk}/", {"what": "cancel"}).status_code == 404
    only = convene(cast, both[1:], title="Not for us")
    assert client.get(f"/nodal/meetings/{only.pk}/").status_code == 404
    assert "Not for us" not in client.get("/nodal/meetings/").content.decode()
    for who in ("mis", "crp"):
        assert signed_in(cast[who]).get(f"/nodal/meetings/{meeting.pk}/").status_code == 404
    with acting(cast["officer"]), connection.cursor() as cursor:
        assert not Meeting.objects.filter(pk=only.pk).exists()
        assert set(Invitation.objects.values_list("of_state", flat=True)) == {both[0].pk}
        assert set(ActionPoint.objects.values_list("of_state", flat=True)) == {both[0].pk}
        cursor.execute("UPDATE activities_actionpoint SET state = 'DONE', evidence = 'x', closed_on = now() WHERE id = %s", [point.pk])
        assert cursor.rowcount == 0
    for by, changes in ((cast["mis"], {}), (cast["far_officer"], {}), (cast["officer"], {"due_on": DAY, "meeting": meeting})):
        with pytest.raises(DatabaseError), acting(by), transaction.atomic():
            FollowUp.objects.create(
                point_id=point.pk, place_no=point.place_no, state_no=point.state_no, words="x", by=by, at=NOW, **changes
            )  # fmt: skip
    with acting(cast["mis"]):
        assert not Minutes.objects.exists()


def test_from_the_notice_to_the_answer_through_the_pages(cast, india, both, signed_in):
    client, today = signed_in(cast["cell"]), date.today()
    notice = {"title": "Quarterly", "on": today.isoformat(), "starts_at": "11:00", "venue": "North Block", "agenda": "Units"}
    assert "at least one" not in client.get("/nodal/meetings/").content.decode()
    assert client.post("/nodal/meetings/", notice).status_code == 422
    at = client.post("/nodal/meetings/", notice | {"states": [str(place.pk) for place in both]}).headers["Location"]
    assert "Nobody is named" in client.get(at).content.decode()
    assert client.post(at, {"what": "point", "decision": "Too early"}).status_code == 404
    wrong = client.post("/nodal/meetings/", notice | {"states": [str(both[1].pk)], "title": "By mistake"}).headers["Location"]
    assert client.post(wrong, {"what": "cancel"}).status_code == 302
    assert "Cancelled" in client.get(wrong).content.decode()
    assert client.post(at, {"what": "held", "states": [str(both[0].pk)], "others": "NCRB\n\nUNODC"}).status_code == 302
    assert "Not represented" in client.get(at).content.decode()
    asked = {"what": "point", "decision": "Notify every unit", "due_on": today.isoformat()}
    assert client.post(at, asked).status_code == 422
    assert client.post(at, asked | {"states": [str(both[0].pk)]}).status_code == 302
    assert client.post(at, {"what": "minutes", "words": "Units were discussed."}).status_code == 302
    with acting(SYSTEM):
        point = ActionPoint.objects.get()
    client = signed_in(cast["officer"])
    assert "Notify every unit" in client.get("/nodal/meetings/").content.decode()
    assert "1 action point" in client.get("/").content.decode()
    assert client.post("/nodal/meetings/", notice).status_code == 404
    page = f"/nodal/meetings/points/{point.pk}/"
    assert client.post(page, {"what": "answer", "words": ""}).status_code == 422
    assert client.post(page, {"what": "answer", "words": "Notified by G.O. 12"}).status_code == 302
    assert client.post(page, {"what": "close", "to": "DONE"}).status_code == 404
    assert "Answered" in signed_in(cast["cell"]).get("/nodal/meetings/").content.decode()
