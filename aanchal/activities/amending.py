"""Corrections of the campaign: what was noted wrong is written anew beside the old line, or struck out with a reason (docs/adr/0019)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from aanchal.activities import campaigning
from aanchal.activities.models import CampaignEvent, Question, Recall
from aanchal.activities.rules import Refused
from aanchal.core import trail
from aanchal.core.action import action


@action
def correct_event(*, event: CampaignEvent, told: Mapping[str, Any], why: str, at: datetime, by) -> CampaignEvent:
    """The event as it was; what was asked and remembered goes over to it. Raises Refused where this or a later event cannot be so."""
    _end(event, why, at, by)
    row = campaigning.record_event(place=event.place, told=told, corrects=event, at=at, by=by)
    recalls = list(event.recalls.all())
    if any(one.on < row.on or one.asked > row.came for one in recalls):
        raise Refused([("", "remembered_does_not_fit")])
    event.recalls.update(event=row)
    event.questions.update(event=row)
    campaigning.check_standing(place_id=event.place_id)
    trail.write("activities.event.corrected", about=row, corrects=str(event.pk))
    return row


@action
def strike_event(*, event: CampaignEvent, why: str, at: datetime, by) -> CampaignEvent:
    """It was noted twice or never held: it counts no more, nor does what was asked and remembered there."""
    _end(event, why, at, by)
    for row in (*event.questions.all(), *event.recalls.all()):
        _end(row, why, at, by)
    campaigning.check_standing(place_id=event.place_id)
    trail.write("activities.event.struck", about=event)
    return event


@action
def correct_recall(*, recall: Recall, on: date, message: str, asked: int, remembered: int, why: str, at: datetime, by) -> Recall:
    _end(recall, why, at, by)
    told = {"on": on, "message": message, "asked": asked, "remembered": remembered}
    return campaigning.check_recall(event=recall.event, corrects=recall, at=at, by=by, **told)


@action
def correct_question(*, question: Question, topic: str, words: str, times: int, why: str, at: datetime, by) -> Question:
    _end(question, why, at, by)
    return campaigning.note_question(event=question.event, topic=topic, words=words, times=times, corrects=question, by=by)


@action
def strike(*, line: Question | Recall, why: str, at: datetime, by) -> Question | Recall:
    _end(line, why, at, by)
    trail.write(f"activities.{line._meta.model_name}.struck", about=line)
    return line


def _end(line: CampaignEvent | Question | Recall, why: str, at: datetime, by) -> None:
    if not why.strip():
        raise Refused([("why", "length")])
    if not line.end(why, at=at, by=by):
        raise Refused([("", "ended_already")])
