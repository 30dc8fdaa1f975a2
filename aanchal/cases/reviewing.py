"""That an emergency access was opened, and that its review is due, is told to the supervisors of the place who can review it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from aanchal.access import queries as access
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.cases.models import Emergency
from aanchal.cases.terms import Reviewers
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.places.models import Place
from aanchal.places.terms import Level

A_BATCH = 500


@action
def ask(*, emergency: Emergency, at: datetime, by) -> int:
    """At once. The notice has no name, no code and no reason. How many were told."""
    return _tell(emergency, at=at, by=by)


@action
def remind(*, at: datetime, by, after: UUID | None = None) -> Emergency | None:
    """Its day is over and nobody has reviewed it: each day again. The last of a full batch, from which to go on; None at the end."""
    due = list(_due(at, after)[:A_BATCH])
    for one in due:
        trail.write("cases.review.due", about=one, told=_tell(one, at=at, by=by))
    return due[-1] if len(due) == A_BATCH else None


def _due(at: datetime, after: UUID | None) -> Iterable[Emergency]:
    waiting = Emergency.objects.filter(verdict="", expires_at__lte=at).order_by("pk")
    return waiting.filter(pk__gt=after) if after else waiting


def reviewers(emergency: Emergency, *, on: date) -> tuple[Reviewers, set[UUID]]:
    """The supervisors of the place but her; where she is alone, those of the State (`cases_reviews` in the database says the same)."""
    others = access.holding(Permission.CASE_SUPERVISE, emergency.place_no, on=on) - {emergency.user_id}
    if others:
        return Reviewers.OF_THE_PLACE, others
    around = {"place_no__lte": emergency.place_no, "last_no__gte": emergency.place_no}
    state = Place.objects.filter(level=Level.STATE, **around).first()
    held = access.holding_within(Permission.CASE_SUPERVISE, state.place_no, state.last_no, on=on) if state else set()
    beyond = held - {emergency.user_id}
    return (Reviewers.OF_THE_STATE if beyond else Reviewers.NOBODY), beyond


def _tell(emergency: Emergency, *, at: datetime, by) -> int:
    _, may = reviewers(emergency, on=day_in_india(at))
    return notices.tell(users=may, topic=Topic.URGENT, about=emergency.pk, at=at, by=by)
