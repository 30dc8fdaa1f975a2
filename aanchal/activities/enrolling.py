"""Every change to courses that others give, and to who is enrolled in them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.activities import rules
from aanchal.activities.models import Course, Enrolment, Participant
from aanchal.activities.rules import Refused
from aanchal.activities.terms import EnrolmentState
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.places.models import Place

ONCE = {
    "enrolled_once": ("", "enrolled_already"), "course_seats": ("", "no_seat"), "course_session_once": ("session", "course_already"),
    "course_certificate_once": ("certificate_no", "certificate_already"),
}  # fmt: skip
"""What the database refuses, and what it is called."""


@action
def offer(*, place: Place, told: Mapping[str, Any], at: datetime, by) -> Course:
    """A session of an outside course, for people of a place. Raises Refused."""
    if told["ends_on"] < told["starts_on"]:
        raise Refused([("ends_on", "ends_before_it_begins")])
    row = new(Course, place=place, place_no=place.place_no, last_no=place.last_no, recorded_by_id=by.pk, recorded_at=at, **told)
    _written(lambda: insert(row))
    trail.write("activities.course.entered", about=row, code=row.code)
    return row


@action
def enrol(*, course: Course, participant: Participant, on: date, at: datetime, by) -> Enrolment:
    """Someone who stands in the training records already. Raises Refused."""
    rules.check_enrolled(on, day_in_india(at), course.ends_on)
    who = {"participant": participant, "place_no": participant.place_no}
    row = new(Enrolment, course=course, enrolled_on=on, recorded_by_id=by.pk, recorded_at=at, **who)
    _written(lambda: insert(row))
    trail.write("activities.enrolment.made", about=row, course=str(course.pk))
    return row


@action
def complete(*, enrolment: Enrolment, on: date, result: str, certificate_no: str, at: datetime, by) -> Enrolment:
    """With the provider's result, and the number of its certificate where it gave one. Raises Refused."""
    if not result.strip():
        raise Refused([("result", "length")])
    told = {"state": EnrolmentState.COMPLETED, "ended_on": on, "result": result.strip()[:40], "certificate_no": certificate_no.strip()}
    return _ended(enrolment, told, "activities.enrolment.completed", at)


@action
def drop(*, enrolment: Enrolment, on: date, why: str, at: datetime, by) -> Enrolment:
    told = {"state": EnrolmentState.DROPPED, "ended_on": on, "why_dropped": why}
    return _ended(enrolment, told, "activities.enrolment.dropped", at)


@action
def note_taken_out(*, course: Course, rows: int, by) -> None:
    """The list of a course went out as a file."""
    trail.write("activities.course.taken_out", about=course, rows=rows)


def _ended(enrolment: Enrolment, told: dict[str, Any], verb: str, at: datetime) -> Enrolment:
    rules.check_ended(told["ended_on"], day_in_india(at), enrolment.enrolled_on)
    ended = Enrolment.objects.filter(pk=enrolment.pk, state=EnrolmentState.ENROLLED)
    if not _written(lambda: ended.update(**told)):
        raise Refused([("", "already_ended")])
    enrolment.refresh_from_db()
    trail.write(verb, about=enrolment)
    return enrolment


def _written(change) -> Any:
    """The answer of a change, or Refused with the word for what the database refused."""
    try:
        with transaction.atomic():
            return change()
    except IntegrityError as refused:
        broken = getattr(refused.__cause__, "diag", None)
        if broken is None or broken.constraint_name not in ONCE:
            raise
        raise Refused([ONCE[broken.constraint_name]]) from refused
