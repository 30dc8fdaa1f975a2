"""Every change to task forces, meetings and what they decided. Trainings are in training.py, the campaign in campaigning.py."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from types import MappingProxyType

from django.db import IntegrityError, transaction

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.activities import papers, queries, rules
from aanchal.activities.facts import PointsDue
from aanchal.activities.models import ActionPoint, Attendance, CalendarFeed, Corrigendum, Meeting, Member, Minutes, TaskForce
from aanchal.activities.rules import Refused
from aanchal.activities.terms import MeetingKind, PointState, State
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.facts import announce
from aanchal.core.rows import insert, new
from aanchal.places.models import Place
from aanchal.places.terms import Level

NO_STATES: Mapping[str, Place] = MappingProxyType({})


@dataclass(frozen=True)
class Notice:
    """What calls a meeting."""

    kind: str
    title: str
    on: date
    starts_at: time
    venue: str
    agenda: str


@action
def constitute(*, place: Place, title: str, order_no: str, on: date, at: datetime, by) -> TaskForce:
    _not_later(on, at)
    if TaskForce.objects.filter(place=place, title=title.strip(), order_no=order_no.strip(), constituted_on=on).exists():
        raise Refused([("title", "stands_already")])
    row = new(
        TaskForce, place=place, place_no=place.place_no, title=title.strip(), order_no=order_no.strip(), constituted_on=on,
        recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    insert(row)
    trail.write("activities.task_force.constituted", about=row)
    return row


@action
def correct_order(*, force: TaskForce, order_no: str, on: date, words: str, file: bytes | None = None, at: datetime, by) -> Corrigendum:
    """A corrigendum of the order stands beside it. Raises Refused before the order, and for what says nothing."""
    one = TaskForce.objects.select_for_update(of=("self",)).get(pk=force.pk)
    _not_later(on, at)
    if on < one.constituted_on:
        raise Refused([("on", "before_the_order")])
    if not words.strip():
        raise Refused([("words", "length")])
    kind = papers.kind_of(file)
    row = new(
        Corrigendum, task_force=one, place_no=one.place_no, nth=one.corrigenda.count() + 1, order_no=order_no.strip(), on=on,
        words=words.strip(), file=file, file_kind=kind, by_id=by.pk, at=at,
    )  # fmt: skip
    insert(row)
    trail.write("activities.order.corrected", about=row, nth=row.nth)
    return row


@action
def join(*, force: TaskForce, office: str, body: str, is_chair: bool, since: date, at: datetime, by) -> Member:
    if since < force.constituted_on:
        raise Refused([("since", "before_the_order")])
    row = new(Member, task_force=force, place_no=force.place_no, office=office.strip(), body=body, is_chair=is_chair, since=since)
    _once(row, "office", "member_already")
    trail.write("activities.member.joined", about=row, body=body)
    return row


@action
def leave(*, member: Member, on: date, by) -> Member:
    if member.until:
        return member
    member.until = max(on, member.since)
    member.save(update_fields=["until"])
    trail.write("activities.member.left", about=member)
    return member


@action
def call(*, place: Place, notice: Notice, force: TaskForce | None = None, at: datetime, by) -> Meeting:
    """By a notice with an agenda; a past day is told afterwards, with what was the agenda."""
    if notice.kind == MeetingKind.TASK_FORCE and force is None:
        raise Refused([("kind", "of_which_force")])
    if notice.kind == MeetingKind.NODAL and place.level != Level.NATION:
        raise Refused([("kind", "of_the_nation")])
    if Meeting.objects.filter(place=place, task_force=force, state=State.PLANNED, **vars(notice)).exists():
        raise Refused([("title", "stands_already")])
    row = new(
        Meeting, task_force=force, place=place, place_no=place.place_no, recorded_by_id=by.pk, recorded_at=at, **vars(notice)
    )  # fmt: skip
    insert(row)
    trail.write("activities.meeting.called", about=row, kind=row.kind)
    return row


@action
def cancel(*, meeting: Meeting, by) -> Meeting:
    _move(meeting, State.CANCELLED)
    trail.write("activities.meeting.cancelled", about=meeting)
    return meeting


@action
def hold(
    *, meeting: Meeting, present: Iterable[tuple[str, str, bool]], states: Mapping[str, Place] = NO_STATES, at: datetime, by
) -> Meeting:
    """It was held: (office, body, was there) of each who was called or came. Raises Refused before its day.

    `states` says which of the offices are of which State.
    """
    rules.check_held(meeting.on, day_in_india(at))
    told = list(present)
    if not any(there for _office, _body, there in told):
        raise Refused([("", "nobody_came")])
    _move(meeting, State.HELD)
    insert(
        *(
            new(
                Attendance, meeting=meeting, place_no=meeting.place_no, office=office, body=body, was_there=there,
                of_state=states.get(office), state_no=states[office].place_no if office in states else None,
            )
            for office, body, there in told
        )
    )
    trail.write("activities.meeting.held", about=meeting, present=sum(there for _office, _body, there in told))
    return meeting


@action
def minute(*, meeting: Meeting, words: str = "", file: bytes | None = None, at: datetime, by) -> Minutes:
    """Minutes; said again, a corrigendum that stands beside them. Raises Refused before the meeting was held."""
    one = _locked(meeting)
    rules.check_minutes(one.state, one.on, day_in_india(at))
    kind = papers.kind_of(file)
    if not words.strip() and file is None:
        raise Refused([("words", "length")])
    nth = one.minutes.count() + 1
    row = new(
        Minutes, meeting=one, place_no=one.place_no, nth=nth, words=words.strip(), file=file, file_kind=kind, by_id=by.pk, at=at
    )  # fmt: skip
    insert(row)
    trail.write("activities.meeting.minuted", about=one, nth=nth)
    return row


@action
def decide(
    *, meeting: Meeting, decision: str, office: str, due_on: date, owner=None, state: Place | None = None, at: datetime, by
) -> ActionPoint:
    """A decision becomes an action point. Raises Refused for an owner who could not see it."""
    if meeting.state != State.HELD:
        raise Refused([("", "not_noted_as_held")])
    if due_on < meeting.on:
        raise Refused([("due_on", "before_the_meeting")])
    if owner is not None and not policy.can(owner, Permission.ACTIVITY_READ, meeting):
        raise Refused([("owner", "does_not_see_it")])
    same = {"decision": decision.strip(), "office": office.strip(), "due_on": due_on, "owner": owner, "of_state": state}
    if meeting.points.filter(**same).exists():
        raise Refused([("decision", "stands_already")])
    row = new(
        ActionPoint, meeting=meeting, place_no=meeting.place_no, decision=decision.strip(), office=office.strip(), owner=owner,
        due_on=due_on, of_state=state, state_no=state.place_no if state else None,
    )  # fmt: skip
    insert(row)
    trail.write("activities.point.decided", about=row, due=due_on)
    return row


@action
def close(*, point: ActionPoint, to: str, evidence: str, on: date, meeting: Meeting | None = None, at: datetime, by) -> ActionPoint:
    """Done or dropped, with what shows it; in a later meeting, when it was one that closed it."""
    _not_later(on, at)
    if on < point.meeting.on:
        raise Refused([("on", "before_the_meeting")])
    if not evidence.strip():
        raise Refused([("evidence", "length")])
    told = {"state": to, "evidence": evidence.strip(), "closed_on": on, "closed_by": by.pk, "closed_in": meeting}
    if to == PointState.OPEN or not ActionPoint.objects.filter(pk=point.pk, state=PointState.OPEN).update(**told):
        raise Refused([("", "closed_already")])
    trail.write("activities.point.closed", about=point, state=to)
    point.refresh_from_db()
    return point


@action
def remind(*, at: datetime, by) -> int:
    """Announces for whom a decision waits today. How many they are."""
    on = day_in_india(at)
    found = tuple(sorted({*queries.owners(queries.waiting_points(), on), *queries.nodal_officers(queries.states_to_remind(on), on)}))
    if found:
        announce(PointsDue(owners=found, at=at, by=by))
    return len(found)


@action
def open_feed(*, at: datetime, by) -> str:
    """A new secret address for one's calendar; the one before ends. The token is told once."""
    end_feed(at=at, by=by)
    token = secrets.token_urlsafe(32)
    row = new(CalendarFeed, user=by, token_hash=sha256(token.encode()).digest(), made_at=at)
    insert(row)
    trail.write("activities.feed.opened", about=row)
    return token


@action
def end_feed(*, at: datetime, by) -> int:
    return CalendarFeed.objects.filter(user=by, revoked_at=None).update(revoked_at=at)


def _locked(meeting: Meeting) -> Meeting:
    found = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
    if found is None:
        raise Refused([("", "not_there")])
    return found


def _move(meeting: Meeting, to: str) -> None:
    if not Meeting.objects.filter(pk=meeting.pk, state=State.PLANNED).update(state=to):
        raise Refused([("", "not_planned")])
    meeting.state = State(to)


def _not_later(on: date, at: datetime) -> None:
    if on > day_in_india(at):
        raise Refused([("on", "in_the_future")])


def _once(row, field: str, code: str) -> None:
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([(field, code)]) from twice
