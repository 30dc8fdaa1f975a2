from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Posting
from aanchal.cases import actions, assigning, queries
from aanchal.cases.models import Assignment, Case, CaseIdentity, Emergency, Mark
from aanchal.cases.rules import NotPossible
from aanchal.core.models import Trail
from aanchal.core.rows import insert
from tests.cases.builders import open_case, someone

TABLES = ("case", "caseidentity", "mark", "assignment", "step")


def seen(user) -> dict[str, int]:
    """What someone sees in raw SQL as the application role."""
    with acting(user), connection.cursor() as cursor:
        counts = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM cases_{table}")
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.fixture
def case(staff):
    return open_case(staff, identity=someone(), firs=("112/2026",))


def test_it_is_open_to_who_opened_it_and_her_supervisor(staff, case):
    assert seen(staff.worker) == {"case": 1, "caseidentity": 1, "mark": 3, "assignment": 2, "step": 1}
    assert seen(staff.supervisor)["case"] == 1


def test_it_is_absent_for_everyone_else_of_the_same_place_and_every_other(staff, case, crp, officer, stranger):
    for user in (staff.other, staff.second, staff.cwc, staff.officer, staff.far, crp, officer, stranger):
        assert set(seen(user).values()) == {0}


def test_it_closes_with_the_end_of_an_assignment(staff, case):
    with acting(staff.supervisor):
        assigning.assign(case=case, user=staff.other, capacity="WORKER", why="goes on leave", at=timezone.now(), by=staff.supervisor)
        row = Assignment.objects.get(user=staff.worker)
        assigning.unassign(assignment=row, at=timezone.now(), by=staff.supervisor)
    assert seen(staff.worker)["case"] == 0
    assert seen(staff.other)["case"] == 1


def test_it_closes_with_the_end_of_the_posting(staff, case):
    with acting(SYSTEM):
        Posting.objects.filter(user=staff.worker).update(until="2025-01-01")
    assert seen(staff.worker)["case"] == 0


def test_it_is_never_left_without_a_worker(staff, case):
    with acting(staff.supervisor), pytest.raises(NotPossible, match="last_worker"):
        assigning.unassign(assignment=Assignment.objects.get(user=staff.worker), at=timezone.now(), by=staff.supervisor)


def test_it_refuses_whoever_assigns_herself_in_the_action_and_in_the_database(staff, case):
    with acting(staff.worker), pytest.raises(NotPossible, match="assign_self"):
        assigning.assign(case=case, user=staff.worker, capacity="SUPERVISOR", why="", at=timezone.now(), by=staff.worker)
    for user, by, capacity in (
        (staff.other, staff.other, "WORKER"),
        (staff.other, staff.worker, "WORKER"),
        (staff.second, staff.second, "GLASS"),
        (staff.far, staff.far, "GLASS"),
    ):
        told = {"user": user, "by": by, "capacity": capacity, "since": timezone.now(), "why": "", "place_no": case.place_no}
        told["until"] = timezone.now() + timedelta(days=3) if capacity == "GLASS" else None
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), acting(user):
            insert(Assignment(case=case, **told))
        assert seen(user)["case"] == 0


def test_it_refuses_who_lengthens_an_emergency_or_turns_a_row_to_another_case(staff, case):
    with acting(staff.second):
        assigning.break_glass(code=case.code, reason="DANGER", words="", at=timezone.now(), by=staff.second)
    far_future = timezone.now() + timedelta(days=30)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(staff.second):
        Assignment.objects.filter(user=staff.second).update(until=far_future)
    other = open_case(staff, by=staff.other)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(staff.other):
        Assignment.objects.filter(case=other, user=staff.other).update(case=case)


def test_it_opens_in_an_emergency_for_a_day_and_another_reviews_it(staff, case):
    now = timezone.now()
    with acting(staff.second):
        emergency = assigning.break_glass(code=case.shown_code.lower(), reason="DANGER", words="He is at the gate", at=now, by=staff.second)
    assert seen(staff.second)["caseidentity"] == 1
    with acting(staff.second):
        assert queries.case(staff.second, case.pk, now + timedelta(hours=25)) is None
        assert queries.emergencies(staff.second).count() == 0
        with pytest.raises(NotPossible, match="own_emergency"):
            assigning.review(emergency=emergency, verdict="JUSTIFIED", at=now, by=staff.second)
    with acting(staff.supervisor):
        assert queries.emergencies(staff.supervisor).count() == 1
        assigning.review(emergency=emergency, verdict="NOT_JUSTIFIED", at=now, by=staff.supervisor)
    with acting(SYSTEM):
        assert Emergency.objects.get().verdict == "NOT_JUSTIFIED"
        assert set(Trail.objects.filter(verb__startswith="cases.emergency").values_list("verb", flat=True)) == {
            "cases.emergency.opened",
            "cases.emergency.reviewed",
        }


def test_an_emergency_changes_nothing(staff, case):
    with acting(staff.second):
        assigning.break_glass(code=case.code, reason="DANGER", words="", at=timezone.now(), by=staff.second)
        assert Case.objects.filter(pk=case.pk).update(pseudonym="x") == 0


def test_an_emergency_is_answered_alike_far_away_and_for_no_case(staff, case):
    for user, code in ((staff.far, case.code), (staff.second, "00000000"), (staff.second, "not a code"), (staff.worker, case.code)):
        with acting(user), pytest.raises(NotPossible, match="no_such_case"):
            assigning.break_glass(code=code, reason="DANGER", words="", at=timezone.now(), by=user)


def test_it_writes_each_reading_of_her_name_on_the_trail(staff, case):
    with acting(staff.supervisor):
        assert actions.open_identity(case=case, reason="COURT", by=staff.supervisor)["guardian_name"] == "Planted Ram"
    with acting(SYSTEM):
        line = Trail.objects.get(verb="cases.identity.opened")
        assert (line.actor, line.detail) == (staff.supervisor.pk, {"reason": "COURT"})
        assert not Trail.objects.filter(detail__icontains="Planted").exists()
        assert b"Planted" not in bytes(CaseIdentity.objects.get().sealed)


def test_it_refuses_a_second_identity_of_the_same_person_whoever_asks(staff, case):
    again = someone("Same Woman")
    open_case(staff, identity=again)
    with pytest.raises(NotPossible, match="second_identity"):
        open_case(staff, by=staff.other, identity=again)
    with acting(SYSTEM):
        assert Mark.objects.filter(kind="NAME").count() == 2


def test_it_refuses_a_pseudonym_that_is_her_name(staff):
    with pytest.raises(NotPossible, match="own_name"):
        open_case(staff, identity=someone("Sunita Devi"), pseudonym="sunita")
