"""A village adopts its roadmap; the adoption is corrected by a new line, or struck out with a reason (docs/adr/0019)."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, When

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.places.models import Place
from aanchal.villages import rules
from aanchal.villages.actions import refuse_place_and_day, refuse_words, worker
from aanchal.villages.defaults import default_actions
from aanchal.villages.models import Roadmap, RoadmapAction
from aanchal.villages.rules import NotPossible, Refused
from aanchal.villages.terms import ActionState


class AlreadyAdopted(Exception):
    """The village has its roadmap: actions are added to it, it is not adopted twice."""


@action
def adopt_roadmap(*, place: Place, adopted_on: date, meeting: str, village_organisation: str, at: datetime, by) -> Roadmap:
    """The Village Organisation takes the framework's actions as its roadmap, each due some days after its meeting."""
    told = {"adopted_on": adopted_on, "meeting": meeting, "village_organisation": village_organisation}
    try:
        with transaction.atomic():
            roadmap = _adopted(place, told, None, at, by)
    except IntegrityError as twice:
        raise AlreadyAdopted from twice
    planned = [_planned(roadmap, default, adopted_on) for default in default_actions()]
    insert(*planned)
    trail.write("villages.roadmap.adopted", about=roadmap, actions=len(planned))
    return roadmap


@action
def correct_roadmap(
    *, roadmap: Roadmap, adopted_on: date, meeting: str, village_organisation: str, why: str, at: datetime, by
) -> Roadmap:
    """Its actions go over to the new line; those of the framework that are still to do move with the day of the meeting."""
    _end(roadmap, why, at, by)
    told = {"adopted_on": adopted_on, "meeting": meeting, "village_organisation": village_organisation}
    row = _adopted(roadmap.place, told, roadmap, at, by)
    moves = Case(When(~Q(source=""), state=ActionState.PLANNED, then=F("due_on") + (adopted_on - roadmap.adopted_on)), default=F("due_on"))
    RoadmapAction._base_manager.filter(roadmap=roadmap).update(roadmap=row, due_on=moves)
    trail.write("villages.roadmap.corrected", about=row, corrects=str(roadmap.pk))
    return row


@action
def strike_roadmap(*, roadmap: Roadmap, why: str, at: datetime, by) -> Roadmap:
    """It was never adopted here: the village may adopt its roadmap. Raises Refused while an action of it is done."""
    if roadmap.actions.filter(state=ActionState.DONE).exists():
        raise Refused([("why", "actions_done")])
    _end(roadmap, why, at, by)
    trail.write("villages.roadmap.struck", about=roadmap)
    return roadmap


def _adopted(place: Place, told: dict, corrects: Roadmap | None, at: datetime, by) -> Roadmap:
    refuse_place_and_day(place, "adopted_on", told["adopted_on"], at)
    if told["adopted_on"] < day_in_india(at) - rules.ADOPTED_WITHIN:
        raise Refused([("adopted_on", "too_long_ago")])
    refuse_words(meeting=(told["meeting"], 120), village_organisation=(told["village_organisation"], 120))
    told = {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
    row = Roadmap(place=place, place_no=place.place_no, corrects=corrects, recorded_at=at, recorded_by=worker(by), **told)
    insert(row)
    return row


def _end(roadmap: Roadmap, why: str, at: datetime, by) -> None:
    """Raises NotPossible where somebody else was first."""
    refuse_words(why=(why, 200))
    if not roadmap.end(why, at=at, by=by):
        raise NotPossible("the roadmap no longer stands")


def _planned(roadmap: Roadmap, default, adopted_on: date) -> RoadmapAction:
    return RoadmapAction(
        roadmap=roadmap,
        place_id=roadmap.place_id,
        place_no=roadmap.place_no,
        title=default.title,
        titles=dict(default.titles),
        who=default.who,
        source=default.source,
        due_on=adopted_on + timedelta(days=default.days),
    )
