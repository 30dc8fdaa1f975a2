"""An emergency access is told to the supervisors who can review it: at once, and each day after its day is over."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Posting
from aanchal.cases import assigning, reviewing, tasks
from aanchal.cases.models import Emergency
from aanchal.notices import queries as notices
from aanchal.notices.models import Notice
from tests.cases.builders import open_case, someone
from tests.factories import make_posting

ENDED = {"since": date(2019, 1, 1), "until": date(2020, 1, 1)}


@pytest.fixture
def emergency(staff):
    case = open_case(staff, identity=someone("Planted Sunita"), pseudonym="Kaveri")
    with acting(staff.second):
        return assigning.break_glass(code=case.code, reason="DANGER", words="Plantedwords", at=timezone.now(), by=staff.second)


def told() -> dict:
    """User -> what she was told of an emergency, and of which."""
    with acting(SYSTEM):
        of_emergencies = Notice.objects.filter(about__in=Emergency.objects.values("pk"))
        return {one.user_id: (one.topic, one.about) for one in of_emergencies}


def test_it_tells_the_supervisors_of_the_place_at_once_and_nobody_else(staff, emergency):
    assert told() == {staff.supervisor.pk: ("URGENT", emergency.pk)}


def test_it_says_no_name_no_code_and_no_reason(staff, emergency, signed_in):
    with acting(SYSTEM):
        code = emergency.case.shown_code
    said = signed_in(staff.supervisor).get("/notices/").content.decode()
    assert "Something urgent waits for you" in said
    assert not any(word in said for word in ("Planted", "Kaveri", code, "danger"))


def test_it_reminds_each_day_until_another_has_reviewed_it(staff, emergency):
    with acting(SYSTEM):
        Notice.objects.update(seen_at=timezone.now())
        for days, waiting in ((0, 0), (1, 1), (1, 1), (2, 2)):
            reviewing.remind(at=emergency.expires_at + timedelta(days=days, hours=-1 if not days else 1), by=SYSTEM)
            assert notices.unseen(staff.supervisor).count() == waiting, days
    with acting(staff.supervisor):
        assigning.review(emergency=emergency, verdict="JUSTIFIED", at=timezone.now(), by=staff.supervisor)
    with acting(SYSTEM):
        reviewing.remind(at=emergency.expires_at + timedelta(days=9), by=SYSTEM)
        assert notices.unseen(staff.supervisor).count() == 2


def test_many_are_told_a_batch_at_a_time(staff, emergency, monkeypatch):
    monkeypatch.setattr(reviewing, "A_BATCH", 1)
    at = emergency.expires_at + timedelta(hours=1)
    with acting(SYSTEM):
        last = reviewing.remind(at=at, by=SYSTEM)
        assert last == emergency
        assert reviewing.remind(at=at, by=SYSTEM, after=last.pk) is None


def test_the_clock_begins_it_every_morning(db):
    tasks.begin_to_remind(0)


@pytest.fixture
def alone(staff, india):
    """An emergency of the only supervisor of the west; the nearest others serve in the east of the same State."""
    with acting(SYSTEM):
        worker, lone = make_posting("case_worker", india["west"]), make_posting("case_supervisor", india["west"])
    far_staff = SimpleNamespace(worker=worker, supervisor=lone, place=india["west"])
    case = open_case(far_staff, identity=someone("Planted Kamla"))
    with acting(lone):
        return assigning.break_glass(code=case.code, reason="DANGER", words="Plantedwords", at=timezone.now(), by=lone)


def test_where_nobody_else_supervises_those_of_the_state_are_told_and_review(staff, alone, signed_in):
    assert told().keys() == {staff.supervisor.pk, staff.second.pk}
    client = signed_in(staff.supervisor)
    assert "Plantedwords" in client.get("/cases/emergency/reviews/").content.decode()
    assert client.get(f"/cases/{alone.case_id}/").status_code == 404
    assert client.post(f"/cases/emergency/{alone.pk}/review/", {"verdict": "JUSTIFIED"}).status_code == 302
    with acting(SYSTEM):
        alone.refresh_from_db()
        assert alone.reviewed_by == staff.supervisor


def test_another_state_neither_sees_nor_reviews_it(staff, alone, signed_in):
    assert signed_in(staff.far).post(f"/cases/emergency/{alone.pk}/review/", {"verdict": "JUSTIFIED"}).status_code == 404
    with acting(staff.far):
        assert not Emergency.objects.exists()
        assert not Emergency.objects.filter(pk=alone.pk).update(verdict="JUSTIFIED", reviewed_by=staff.far, reviewed_at=timezone.now())
    with acting(staff.worker):
        assert not Emergency.objects.exists()


def test_a_second_supervisor_of_the_place_shuts_it_to_the_others(staff, alone, india):
    with acting(SYSTEM):
        second = make_posting("case_supervisor", india["west"])
    with acting(staff.supervisor):
        assert not Emergency.objects.exists()
    with acting(second):
        assert Emergency.objects.get() == alone


def test_who_opens_it_reads_who_reviews_it(staff, signed_in, india):
    case = open_case(staff)
    asked = {"code": case.shown_code, "reason": "DANGER", "words": "at the gate"}
    assert "Another supervisor reviews it" in signed_in(staff.second).post("/cases/emergency/", asked, follow=True).content.decode()
    with acting(SYSTEM):
        worker, lone = make_posting("case_worker", india["west"]), make_posting("case_supervisor", india["west"])
    here = open_case(SimpleNamespace(worker=worker, supervisor=lone, place=india["west"]))
    said = signed_in(lone).post("/cases/emergency/", asked | {"code": here.shown_code}, follow=True).content.decode()
    assert "You are the only supervisor here" in said
    with acting(SYSTEM):
        Posting.objects.filter(role="case_supervisor").exclude(user=staff.far).exclude(user=lone).update(**ENDED)
    other = open_case(SimpleNamespace(worker=worker, supervisor=lone, place=india["west"]))
    said = signed_in(lone).post("/cases/emergency/", asked | {"code": other.shown_code}, follow=True).content.decode()
    assert "Nobody else supervises cases in the State" in said


@pytest.mark.parametrize(("verdict", "answered"), [("JUSTIFIED", 200), ("NOT_JUSTIFIED", 404)])
def test_what_was_not_right_is_shut_at_once_and_who_opened_it_is_told(staff, emergency, signed_in, verdict, answered):
    assert signed_in(staff.second).get(f"/cases/{emergency.case_id}/").status_code == 200
    signed_in(staff.supervisor).post(f"/cases/emergency/{emergency.pk}/review/", {"verdict": verdict})
    assert signed_in(staff.second).get(f"/cases/{emergency.case_id}/").status_code == answered
    assert told().keys() == {staff.supervisor.pk, staff.second.pk}
