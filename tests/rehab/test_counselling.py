"""Counsellors, sessions, and notes that two people read."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.rehab import counselling, queries, rules
from aanchal.rehab.models import Counsellor, Session, SessionNote
from tests.factories import DAY, NOON, make_posting
from tests.rehab.builders import NOTES, make_case, make_counsellor, make_listing


@pytest.fixture
def counsellor(staff):
    return make_counsellor(staff.counsellor, staff.supervisor, staff.place)


@pytest.fixture
def session(case, counsellor, staff):
    with acting(staff.counsellor):
        return counselling.hold(case=case, kind="ALONE", on=DAY, minutes=45, notes=NOTES, at=NOON, by=staff.counsellor)


def read(session, user) -> list[str]:
    with acting(user):
        return [words for _note, words in counselling.read(session=session, by=user)]


def test_the_counsellor_and_her_supervisor_read_the_notes(session, staff):
    assert read(session, staff.counsellor) == [NOTES]
    assert read(session, staff.supervisor) == [NOTES]
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="rehab.notes.read").count() == 2


def test_nobody_else_reads_them_whoever_is_assigned(session, staff, case):
    for user in (staff.worker, staff.second, staff.lead, staff.far_supervisor, staff.stranger):
        with acting(user):
            assert not SessionNote.objects.exists()
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM rehab_sessionnote")
                assert cursor.fetchone() == (0,)


def test_those_assigned_see_that_a_session_was_held(session, staff, case):
    with acting(staff.worker):
        assert list(Session.objects.all()) == [session]
    for user in (staff.other, staff.stranger, staff.far_supervisor):
        with acting(user):
            assert not Session.objects.exists()


def test_the_supervisor_advises_the_counsellor_alone(session, staff):
    with acting(staff.supervisor):
        counselling.advise(session=session, notes="Rest a week", at=NOON, by=staff.supervisor)
    assert read(session, staff.counsellor) == [NOTES, "Rest a week"]
    with acting(staff.worker), pytest.raises(rules.NotPossible, match="not_supervisor"):
        counselling.advise(session=session, notes="I too", at=NOON, by=staff.worker)


def test_a_new_supervisor_reads_what_comes_and_not_what_was(session, counsellor, staff, case, india):
    with acting(SYSTEM):
        newcomer = make_posting("counselling_supervisor", india["east"])
    with acting(staff.supervisor):
        counselling.supervise(counsellor=counsellor, supervisor=newcomer, by=staff.supervisor)
    with acting(staff.counsellor):
        later = counselling.hold(case=case, kind="PHONE", on=DAY, minutes=20, notes="later", at=NOON, by=staff.counsellor)
    assert read(later, newcomer) == ["later"]
    assert read(session, newcomer) == []


def test_nobody_writes_herself_into_the_notes_of_another(session, staff, case):
    row = SessionNote(session=session, place_no=case.place_no, counsellor=staff.counsellor, supervisor=staff.worker, kind="NOTES", at=NOON)
    row.by = staff.worker
    row.seal({"notes": "mine"})
    with acting(staff.worker), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        SessionNote.objects.bulk_create([row])


def test_notes_are_never_changed(session, staff):
    with acting(staff.counsellor), transaction.atomic():
        assert SessionNote.objects.update(sealed=None) == 0
    with acting(staff.counsellor), pytest.raises(DatabaseError) as refused, transaction.atomic():
        SessionNote.objects.update(at=NOON)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_who_is_still_learning_counsels_nobody(case, staff):
    make_counsellor(staff.counsellor, staff.supervisor, staff.place, hours=0)
    with acting(staff.counsellor), pytest.raises(rules.NotPossible, match="still_learning"):
        counselling.hold(case=case, kind="ALONE", on=DAY, minutes=45, notes="", at=NOON, by=staff.counsellor)


def test_who_was_not_recruited_counsels_nobody(case, staff):
    with acting(staff.counsellor), pytest.raises(rules.NotPossible, match="no_counsellor"):
        counselling.hold(case=case, kind="ALONE", on=DAY, minutes=45, notes="", at=NOON, by=staff.counsellor)


def test_a_counsellor_takes_no_more_cases_than_her_level_allows(case, counsellor, staff):
    for _ in range(15):
        make_case(staff.place, staff.counsellor)
    with acting(staff.counsellor), pytest.raises(rules.NotPossible, match="case_load"):
        counselling.hold(case=case, kind="ALONE", on=DAY, minutes=45, notes="", at=NOON, by=staff.counsellor)


def test_she_is_placed_with_an_agency_after_her_hours(counsellor, staff, india):
    agency = make_listing(india["east"])
    fresh = make_counsellor(staff.second, staff.supervisor, staff.place, hours=0)
    with acting(staff.supervisor):
        placed = counselling.place_with(counsellor=counsellor, agency=agency, on=DAY, at=NOON, by=staff.supervisor)
        with pytest.raises(rules.NotPossible, match="still_learning"):
            counselling.place_with(counsellor=fresh, agency=agency, on=DAY, at=NOON, by=staff.supervisor)
    assert placed.agency_id == agency.pk


def test_nobody_supervises_herself_nor_is_recruited_twice(counsellor, staff):
    with acting(staff.supervisor):
        for user, kind in ((staff.supervisor, "own_supervisor"), (staff.counsellor, "counsellor_already")):
            with pytest.raises(rules.NotPossible, match=kind):
                counselling.recruit(user=user, place=staff.place, on=DAY, at=NOON, by=staff.supervisor)


def test_a_supervisor_of_elsewhere_sees_no_counsellor(counsellor, staff):
    with acting(staff.far_supervisor):
        assert not Counsellor.objects.exists()
    with acting(staff.counsellor):
        assert queries.level(queries.counsellor_of(staff.counsellor)).key == "COMMUNITY"


def test_no_session_on_a_day_to_come(case, counsellor, staff):
    with acting(staff.counsellor), pytest.raises(rules.NotPossible, match="future"):
        counselling.hold(case=case, kind="ALONE", on=DAY + timedelta(days=1), minutes=45, notes="", at=NOON, by=staff.counsellor)
