"""Every change to a village's situation, safety map and roadmap."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.villages import rules
from aanchal.villages.facts import SafetyPointRecorded, SituationRecorded
from aanchal.villages.models import Roadmap, RoadmapAction, SafetyPoint, Situation
from aanchal.villages.rules import NotPossible, Refused
from aanchal.villages.terms import ActionState, Doer, DropReason, WithdrawReason


@dataclass(frozen=True)
class PointDetails:
    """What a form tells of a place of help, danger or calamity."""

    kind: str
    type: str
    name: str
    longitude: float
    latitude: float
    note: str = ""


@action
def record_situation(
    *, answers: Mapping[str, Any], place: Place, told_on: date, at: datetime, by, submission_id: UUID | None = None
) -> Situation:
    """What the village told, beside what it told before. Raises Refused naming every answer that cannot be."""
    refuse_place_and_day(place, "told_on", told_on, at)
    row = Situation(
        place=place,
        place_no=place.place_no,
        told_on=told_on,
        recorded_at=at,
        recorded_by=worker(by),
        submission_id=submission_id,
        facts=rules.situation(answers),
    )
    insert(row)
    trail.write("villages.situation.recorded", about=row, answered=sum(fact is not None for fact in row.facts.values()))
    facts.announce(SituationRecorded(situation=row, by=by))
    return row


@action
def record_safety_point(
    *, details: PointDetails, place: Place, told_on: date, at: datetime, by, submission_id: UUID | None = None
) -> SafetyPoint:
    """A point for the map. Raises Refused for what may not stand there: a phone number, a type of another kind."""
    refuse_place_and_day(place, "told_on", told_on, at)
    if faults := rules.faults_of_point(**vars(details)):
        raise Refused(faults)
    point = SafetyPoint(
        **vars(details) | {"name": details.name.strip(), "note": details.note.strip()},
        place=place,
        place_no=place.place_no,
        told_on=told_on,
        recorded_at=at,
        recorded_by=worker(by),
        submission_id=submission_id,
    )
    insert(point)
    trail.write("villages.safety_point.recorded", about=point, kind=point.kind, type=point.type)
    facts.announce(SafetyPointRecorded(point=point, by=by))
    return point


@action
def withdraw_safety_point(*, point: SafetyPoint, reason: WithdrawReason, at: datetime, by) -> SafetyPoint:
    """Off the map, not out of the records."""
    _change(point, {"withdrawn_at": None}, withdrawn_at=at, withdrawn_by=worker(by), withdraw_reason=WithdrawReason(reason))
    trail.write("villages.safety_point.withdrawn", about=point, reason=point.withdraw_reason)
    return point


@action
def restore_safety_point(*, point: SafetyPoint, by) -> SafetyPoint:
    """Back on the map, where it was."""
    _change(point, {"withdrawn_at__isnull": False}, withdrawn_at=None, withdrawn_by=None, withdraw_reason="")
    trail.write("villages.safety_point.restored", about=point)
    return point


@action
def add_roadmap_action(*, roadmap: Roadmap, title: str, who: Doer, due_on: date, by, note: str = "") -> RoadmapAction:
    """An action of the village's own."""
    refuse_words(title=(title, 200))
    refuse_words(is_required=False, note=(note, 300))
    action = RoadmapAction(
        roadmap=roadmap,
        place_id=roadmap.place_id,
        place_no=roadmap.place_no,
        title=title.strip(),
        who=Doer(who),
        due_on=due_on,
        note=note.strip(),
    )
    insert(action)
    trail.write("villages.roadmap_action.added", about=action, who=action.who)
    return action


@action
def complete_roadmap_action(*, action: RoadmapAction, done_on: date, at: datetime, by, note: str = "") -> RoadmapAction:
    _refuse_later("done_on", done_on, at)
    refuse_words(is_required=False, note=(note, 300))
    _move(action, ActionState.DONE, done_on=done_on, done_by=worker(by), note=note.strip() or action.note)
    trail.write("villages.roadmap_action.completed", about=action)
    return action


@action
def drop_roadmap_action(*, action: RoadmapAction, reason: DropReason, by) -> RoadmapAction:
    """The village decides not to do it, and says why."""
    _move(action, ActionState.DROPPED, drop_reason=DropReason(reason))
    trail.write("villages.roadmap_action.dropped", about=action, reason=action.drop_reason)
    return action


@action
def reopen_roadmap_action(*, action: RoadmapAction, by) -> RoadmapAction:
    """To do again, due when it was due."""
    _move(action, ActionState.PLANNED, done_on=None, done_by=None, drop_reason="")
    trail.write("villages.roadmap_action.reopened", about=action)
    return action


def _move(action: RoadmapAction, after: ActionState, **fields) -> None:
    rules.check(action.state, after)
    _change(action, {"state": action.state}, state=after, **fields)


def _change(row: SafetyPoint | RoadmapAction, found: dict, **fields) -> None:
    """Change a row that is still as it was found: of two who press at once, the second is told."""
    if not type(row)._base_manager.filter(pk=row.pk, **found).update(**fields):
        raise NotPossible(f"{row._meta.model_name} is no longer {found}")
    for field, value in fields.items():
        setattr(row, field, value)


def refuse_place_and_day(place: Place, field: str, day: date, at: datetime) -> None:
    if place.level != Level.VILLAGE:
        raise Refused([("place", "not_a_village")])
    _refuse_later(field, day, at)


def _refuse_later(field: str, day: date, at: datetime) -> None:
    if day > day_in_india(at):
        raise Refused([(field, "in_the_future")])


def refuse_words(*, is_required: bool = True, **words: tuple[str, int]) -> None:
    faults = []
    for field, (text, most) in words.items():
        if len(text) > most or (is_required and not text.strip()):
            faults.append((field, "length"))
        if rules.holds_a_number_of_a_person(text):
            faults.append((field, "personal_number"))
    if faults:
        raise Refused(faults)


def worker(by):
    """The user who acts; the installation itself has no row."""
    return by if by.pk else None
