"""What she learns, by her own leaning and her age on the day; from the first day of a course to work that lasted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from aanchal.access import policy
from aanchal.cases import queries as cases
from aanchal.cases.models import Case
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.network import queries as network
from aanchal.network.models import Listing
from aanchal.network.rules import standing
from aanchal.network.terms import Standing
from aanchal.rehab import catalogue, queries, rules
from aanchal.rehab.models import Attendance, Leaning, Learning
from aanchal.rehab.terms import Course, LearningKind, LearningState


@dataclass(frozen=True)
class Work:
    """Where she was placed."""

    employer: Listing | None
    wage_paise: int | None = None


@action
def tell_leaning(*, case: Case, interests: Sequence[str], strengths: Sequence[str], surroundings: str, on: date, by) -> Leaning:
    """What she likes: asked again, the newest answer stands."""
    told = {"interests": list(interests), "strengths": list(strengths), "surroundings": surroundings, "told_on": on}
    if not Leaning.objects.filter(case=case).update(**told):
        insert(Leaning(case=case, place_no=case.place_no, **told))
    found = Leaning.objects.get(case=case)
    trail.write("rehab.leaning.told", about=found)
    return found


@action
def enrol(*, case: Case, kind: str, trade: str = "", agency: Listing | None, on: date, at: datetime, by) -> Learning:
    """Raises NotPossible: a child in skill training, an adult in a bridge course, a gate shut, an agency people are warned of."""
    rules.check_live(case.is_live)
    age = _age(case, on, at)
    rules.check_enrolment(kind, age)
    _check_agency(agency, on)
    if kind == LearningKind.SKILLING:
        _check_trade(trade, age)
        _check_runs(case)
    row = Learning(
        case=case, place_no=case.place_no, kind=kind, trade=trade if kind != LearningKind.SCHOOL else "", agency=agency, age=age,
        enrolled_on=on, moved_on=on, recorded_at=at, recorded_by_id=by.pk,
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise rules.NotPossible("learns_already") from twice
    trail.write("rehab.learning.enrolled", about=row, kind=kind, trade=row.trade)
    return row


@action
def move(*, learning: Learning, to: str, on: date, work: Work | None = None, at: datetime, by) -> Learning:
    """Certified, placed, in work after 3, 6 and 12 months, completed, left. Raises NotPossible."""
    one = Learning.objects.select_for_update(of=("self",)).select_related("case").get(pk=learning.pk)
    rules.check_learning(one.kind, one.state, to, _age(one.case, on, at))
    if on < one.moved_on:
        raise rules.NotPossible("before_last_step")
    if to != LearningState.LEFT and one.kind == LearningKind.SKILLING:
        _check_runs(one.case)
    if to in rules.RETAINED_MONTHS and on < rules.retained_from(one.placed_on, to):
        raise rules.NotPossible("too_early")
    one.state, one.moved_on = LearningState(to), on
    one.kept_months = rules.RETAINED_MONTHS.get(to, one.kept_months)
    if to == LearningState.CERTIFIED:
        one.certified_on = on
    if to == LearningState.PLACED:
        _place(one, work, on)
    one.save(update_fields=["state", "moved_on", "certified_on", "placed_on", "employer", "wage_paise", "kept_months"])
    trail.write("rehab.learning.moved", about=one, to=to)
    return one


@action
def attend(*, learning: Learning, month: date, held: int, present: int, at: datetime, by) -> Attendance:
    """Days of a month; told again, the newest answer stands."""
    month = month.replace(day=1)
    rules.check_attendance(held=held, present=present)
    if not learning.enrolled_on.replace(day=1) <= month <= policy.day_in_india(at):
        raise rules.NotPossible("not_in_course_then")
    told = {"held": held, "present": present, "at": at, "by": by.pk}
    if not Attendance.objects.filter(learning=learning, month=month).update(**told):
        told["by_id"] = told.pop("by")
        insert(Attendance(learning=learning, case_id=learning.case_id, place_no=learning.place_no, month=month, **told))
    found = Attendance.objects.get(learning=learning, month=month)
    trail.write("rehab.attendance.told", about=found, held=held, present=present)
    return found


def _place(one: Learning, work: Work | None, on: date) -> None:
    if work is None or work.employer is None:
        raise rules.NotPossible("employer")
    _check_agency(work.employer, on)
    one.placed_on, one.employer, one.wage_paise = on, work.employer, work.wage_paise


def _age(case: Case, on: date, at: datetime) -> int | None:
    if on > policy.day_in_india(at):
        raise rules.NotPossible("future")
    return cases.age(case, on)


def _check_runs(case: Case) -> None:
    course = queries.rehabilitation(case)
    if course is None or course.course != Course.RUNNING:
        raise rules.NotPossible("not_running")


def _check_trade(trade: str, age: int) -> None:
    known = catalogue.trades().get(trade)
    if known is None:
        raise rules.NotPossible("trade")
    if age < known.min_age:
        raise rules.NotPossible("trade_age")


def _check_agency(agency: Listing | None, on: date) -> None:
    """Nobody is sent to whom the public is warned of, or of whom people complain."""
    if agency is not None and standing(network.known(agency), on) in (Standing.WARNED, Standing.COMPLAINTS):
        raise rules.NotPossible("agency_warned")
