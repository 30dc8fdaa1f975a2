"""Every change to the meetings with nodal officers: States are called, and answer for what was decided until a meeting closes it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from aanchal.access.policy import day_in_india
from aanchal.activities import actions, queries
from aanchal.activities.actions import Notice
from aanchal.activities.facts import StatesInvited
from aanchal.activities.models import ActionPoint, FollowUp, Invitation, Meeting
from aanchal.activities.rules import Refused
from aanchal.activities.terms import Body, MeetingKind, PointState, State
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.facts import announce
from aanchal.core.rows import insert, new
from aanchal.places.models import Place

LONGEST_OFFICE = 120


@action
def convene(*, place: Place, notice: Notice, invited: Mapping[Place, str], at: datetime, by) -> Meeting:
    """State -> its nodal office, empty when the directory names none. Each State's nodal officers are told."""
    if not invited:
        raise Refused([("states", "nobody_invited")])
    if notice.on < day_in_india(at):
        raise Refused([("on", "day_to_come")])
    meeting = actions.call(place=place, notice=replace(notice, kind=MeetingKind.NODAL), at=at, by=by)
    insert(*(
        new(Invitation, meeting=meeting, place_no=meeting.place_no, of_state=state, state_no=state.place_no, office=office[:LONGEST_OFFICE])
        for state, office in invited.items()
    ))  # fmt: skip
    told = queries.nodal_officers(invited, day_in_india(at))
    announce(StatesInvited(meeting=meeting, users=told, at=at, by=by))
    trail.write("activities.states.invited", about=meeting, states=len(invited), told=len(told))
    return meeting


@action
def hold(*, meeting: Meeting, states: Iterable[Place], others: Iterable[str] = (), at: datetime, by) -> Meeting:
    """Which of the States that were called were represented, and which other offices came."""
    came = {place.pk for place in states}
    called = list(meeting.invitations.select_related("of_state").order_by("of_state__name"))
    if came - {one.of_state_id for one in called}:
        raise Refused([("states", "not_invited")])
    of = {_seat(one): one.of_state for one in called}
    present = [(_seat(one), Body.POLICE, one.of_state_id in came) for one in called]
    present += [(office, Body.OTHER, True) for office in dict.fromkeys(others) if office not in of]
    return actions.hold(meeting=meeting, present=present, states=of, at=at, by=by)


@action
def decide(*, meeting: Meeting, decision: str, due_on: date, states: Iterable[Place], at: datetime, by) -> list[ActionPoint]:
    """An action point for each State that acts. Raises Refused for a State that was not called."""
    called = {one.of_state_id: one for one in meeting.invitations.select_related("of_state")}
    asked = list(states)
    if not asked:
        raise Refused([("states", "nobody_acts")])
    if any(place.pk not in called for place in asked):
        raise Refused([("states", "not_invited")])
    told = {"meeting": meeting, "decision": decision, "due_on": due_on, "at": at, "by": by}
    return [actions.decide(office=_seat(called[place.pk]), state=place, **told) for place in asked]


@action
def answer(*, point: ActionPoint, words: str, at: datetime, by) -> FollowUp:
    """The State says what it has done. The point stays open until a meeting closes it."""
    return _follow(point, "activities.point.answered", words=words, at=at, by=by)


@action
def carry(*, point: ActionPoint, meeting: Meeting, words: str, due_on: date, at: datetime, by) -> FollowUp:
    """A later meeting finds it is not done, and gives it a new day."""
    _check_later(point, meeting)
    if due_on < day_in_india(at):
        raise Refused([("due_on", "day_to_come")])
    row = _follow(point, "activities.point.carried", words=words, due_on=due_on, meeting=meeting, at=at, by=by)
    ActionPoint.objects.filter(pk=point.pk).update(due_on=due_on)
    return row


@action
def close(*, point: ActionPoint, meeting: Meeting, to: str, evidence: str, at: datetime, by) -> ActionPoint:
    """At a later meeting, on whose day it is closed."""
    _check_later(point, meeting)
    return actions.close(point=point, to=to, evidence=evidence, on=meeting.on, meeting=meeting, at=at, by=by)


def _follow(point: ActionPoint, verb: str, **told) -> FollowUp:
    one = ActionPoint.objects.select_for_update(of=("self",), no_key=True).filter(pk=point.pk).first() if "due_on" in told else point
    if one is None or one.state_no is None or one.state != PointState.OPEN:
        raise Refused([("", "closed_already")])
    if not told["words"].strip():
        raise Refused([("words", "length")])
    by, words = told.pop("by"), told.pop("words").strip()
    row = new(FollowUp, point=one, place_no=one.place_no, state_no=one.state_no, words=words, by_id=by.pk, **told)
    insert(row)
    trail.write(verb, about=row)
    return row


def _check_later(point: ActionPoint, meeting: Meeting) -> None:
    if meeting.state != State.HELD:
        raise Refused([("meeting", "not_noted_as_held")])
    if meeting.kind != MeetingKind.NODAL or meeting.pk == point.meeting_id or meeting.on <= point.meeting.on:
        raise Refused([("meeting", "not_a_later_meeting")])


def _seat(one: Invitation) -> str:
    """As it stands in the list of who was there: the State first, so that no two are the same."""
    return f"{one.of_state.name}: {one.office}"[:LONGEST_OFFICE] if one.office else one.of_state.name

