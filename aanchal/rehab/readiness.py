"""The gates: opened and shut by people, with the reason; rehabilitation begins when all five are open, and halts when one shuts."""

from datetime import date, datetime

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.cases import telling
from aanchal.cases.models import Case
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.rehab import queries, rules
from aanchal.rehab.models import GateDecision, Rehabilitation
from aanchal.rehab.terms import Course, Gate

LONGEST = 1_000


@action
def decide(*, case: Case, gate: str, is_open: bool, why: str = "", note: str = "", on: date, at: datetime, by) -> GateDecision:
    """Raises NotPossible. A gate that shuts halts what runs, at once."""
    if on > policy.day_in_india(at):
        raise rules.NotPossible("future")
    course = _locked(case, at)
    before = queries.told(queries.decisions(case))
    decided = rules.Decision(gate, is_open, by.pk, at, "" if is_open else why)
    rules.check_decision(decided, before, may_counsel=policy.holds(by, Permission.COUNSEL_RECORD))
    row = GateDecision(case=case, place_no=case.place_no, gate=gate, is_open=is_open, why=decided.why, on=on, at=at, by_id=by.pk)
    if note.strip():
        row.seal({"note": note.strip()[:LONGEST]})
    insert(row)
    trail.write("rehab.gate.decided", about=row, gate=gate, is_open=is_open, why=decided.why)
    is_halted = course.course == Course.RUNNING and bool(rules.shut_gates([*before, decided]))
    if is_halted:
        _move(course, "SHUT", [], at=at)
    if is_halted or (gate == Gate.HER_WORD and is_open):  # a counsellor agrees next; what runs has stopped
        telling.tell_team(case, about=row.pk, at=at, by=by, shared=True)
    return row


@action
def start(*, case: Case, at: datetime, by) -> Rehabilitation:
    """Raises NotPossible with every gate that is shut."""
    course = _locked(case, at)
    if course.started_on is None:
        course.started_on = policy.day_in_india(at)
    return _move(course, "START", queries.told(queries.decisions(case)), at=at)


@action
def finish(*, case: Case, at: datetime, by) -> Rehabilitation:
    return _move(_locked(case, at), "FINISH", [], at=at)


def _move(course: Rehabilitation, event: str, decided: list[rules.Decision], *, at: datetime) -> Rehabilitation:
    course.course = Course(rules.course_after(course.course, event, decided))
    course.changed_at = at
    course.save(update_fields=["course", "started_on", "changed_at"])
    trail.write("rehab.course.moved", about=course, to=course.course)
    return course


def _locked(case: Case, at: datetime) -> Rehabilitation:
    """The row that whoever decides about this case must hold."""
    rules.check_live(case.is_live)
    found = Rehabilitation.objects.select_for_update().filter(case=case).first()
    if found is None:
        found = Rehabilitation(case=case, place_no=case.place_no, changed_at=at)
        insert(found)
    return found
