"""Who may see a case: assigned by someone who leads it, or for a day in an emergency, reviewed by another."""

from datetime import datetime, timedelta

from django.db import connection

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.permissions import Permission
from aanchal.cases import queries, rules, telling, terms
from aanchal.cases.facts import GlassBroken
from aanchal.cases.models import Assignment, Case, Emergency
from aanchal.cases.rules import NotPossible
from aanchal.core import codes, facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new

HOURS = 24


@action
def assign(*, case: Case, user, capacity: str, why: str, at: datetime, by) -> Assignment:
    """A colleague joins. Raises NotPossible: nobody assigns herself, nor someone who holds no post for cases."""
    needed = Permission.CASE_SUPERVISE if capacity == terms.Capacity.SUPERVISOR else Permission.CASE_WORK
    if not queries.may(by, case, Permission.CASE_WORK, at, *queries.LEADING) or user.pk == by.pk:
        raise NotPossible("assign_self")
    if capacity not in queries.LEADING or not policy.holds(user, needed):
        raise NotPossible("holds_no_post")
    if queries.people_of(case, at).filter(user=user, capacity=capacity).exists():
        raise NotPossible("assigned_already")
    row = new(Assignment, case=case, place_no=case.place_no, user=user, capacity=capacity, since=at, why=why, by=by)
    insert(row)
    trail.write("cases.person.assigned", about=case, user=str(user.pk), capacity=capacity)
    telling.tell([user.pk], about=row.pk, at=at, by=by)
    return row


@action
def unassign(*, assignment: Assignment, at: datetime, by) -> Assignment:
    """Someone no longer sees the case. Raises NotPossible: never without a worker while it is worked on, nor without its supervisor."""
    case = assignment.case
    if not queries.may(by, case, Permission.CASE_WORK, at, *queries.LEADING):
        raise NotPossible("not_assigned")
    others = queries.people_of(case, at).filter(capacity=assignment.capacity).exclude(pk=assignment.pk)
    if assignment.capacity == terms.Capacity.WORKER and case.is_live and not others.exists():
        raise NotPossible("last_worker")
    if assignment.capacity == terms.Capacity.SUPERVISOR and not others.exists():
        raise NotPossible("last_supervisor")
    if not end(Assignment.objects.filter(queries.live(at), pk=assignment.pk), at=at, by=by):
        raise NotPossible("ended_already")
    trail.write("cases.person.unassigned", about=case, user=str(assignment.user_id))
    return assignment


def end(assignments, *, at: datetime, by) -> int:
    """From this moment on they see nothing of it."""
    return assignments.update(until=at, ended_by=None if by is SYSTEM else by)


@action
def break_glass(*, code: str, reason: str, words: str, at: datetime, by) -> Emergency:
    """A supervisor of the place opens a case for a day. Raises NotPossible where there is none of this code that she supervises."""
    found = _of_code(code)
    if found is None:
        raise NotPossible("no_such_case")
    case, place_no = found
    until = at + timedelta(hours=HOURS)
    emergency = new(Emergency, case_id=case, place_no=place_no, user=by, reason=reason, opened_at=at, expires_at=until)
    emergency.seal({"words": words})
    insert(emergency)
    told = {"user": by, "capacity": terms.Capacity.GLASS, "since": at, "until": until, "why": reason, "by": by}
    insert(new(Assignment, case_id=case, place_no=place_no, **told))
    trail.write("cases.emergency.opened", about=emergency, case=str(case), reason=reason)
    facts.announce(GlassBroken(emergency, at, by))
    return emergency


@action
def review(*, emergency: Emergency, verdict: str, at: datetime, by) -> Emergency:
    """Another supervisor says whether it was right; where it was not, it is shut at once. Raises NotPossible."""
    if emergency.user_id == by.pk:
        raise NotPossible("own_emergency")
    emergency = Emergency.objects.select_for_update().get(pk=emergency.pk)
    if emergency.verdict:
        raise NotPossible("ended_already")
    emergency.verdict, emergency.reviewed_by, emergency.reviewed_at = verdict, by, at
    emergency.save(update_fields=["verdict", "reviewed_by", "reviewed_at"])
    trail.write("cases.emergency.reviewed", about=emergency, verdict=verdict)
    if verdict == terms.Verdict.NOT_JUSTIFIED:
        with acting(SYSTEM):  # who reviews need not be assigned to the case
            opened = {"case": emergency.case_id, "user": emergency.user_id, "capacity": terms.Capacity.GLASS}
            end(Assignment.objects.filter(queries.live(at), since=emergency.opened_at, **opened), at=at, by=by)
    telling.tell([emergency.user_id], about=emergency.pk, at=at, by=by)
    return emergency


@action
def read(*, emergencies: list[Emergency], by) -> list[Emergency]:
    """With what was written why; that it was read is on the trail."""
    for one in emergencies:
        trail.write("cases.emergency.read", about=one)
    return emergencies


def _of_code(typed: str) -> tuple | None:
    try:
        code = codes.normalise(typed, length=rules.LENGTH)
    except codes.NotACode:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, place_no FROM cases_of_code(%s)", [code])
        return cursor.fetchone()
