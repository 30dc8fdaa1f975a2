"""Disputed answers: raised by a family or its worker, settled by the next visit, taken back by who raised them."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.people.models import Household
from aanchal.risk import queries, rules
from aanchal.risk.models import Appeal, Survey
from aanchal.risk.rules import NotPossible, Refused
from aanchal.risk.terms import AppealState, Disputer
from aanchal.villages.rules import holds_a_number_of_a_person

LONGEST_WHY = 500


@action
def dispute(*, household: Household, indicator: str, disputed_by: Disputer, why: str, on: date, at: datetime, by) -> Appeal:
    """An answer of the family is not as it is: it becomes a visit to make. Raises Refused."""
    current = queries.current(household)
    survey, _told, _disputed = queries.facts_of(household)
    if current is None or survey is None:
        raise Refused([("indicator", "not_surveyed")])
    _refuse(current.definition_id, indicator, why, on, at)
    appeal = Appeal(
        household=household, place_no=household.place_no, definition_id=current.definition_id, indicator=indicator, survey=survey,
        disputed_by=Disputer(disputed_by), why=why.strip(), raised_on=on, raised_by=by if by.pk else None, raised_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert(appeal)
    except IntegrityError as twice:
        raise Refused([("indicator", "disputed_already")]) from twice
    trail.write("risk.appeal.raised", about=appeal, disputed_by=appeal.disputed_by)
    return appeal


@action
def withdraw(*, appeal: Appeal, at: datetime, by) -> Appeal:
    """The family or the worker takes it back: there is nothing to ask again."""
    _close(appeal, AppealState.WITHDRAWN, at=at, by=by)
    trail.write("risk.appeal.withdrawn", about=appeal)
    return appeal


@action
def settle(*, household: Household, survey: Survey, at: datetime, by) -> list[Appeal]:
    """The family was visited again: each answer disputed before is found to stand or to have changed."""
    found = Appeal.objects.filter(household=household, state=AppealState.OPEN, raised_on__lte=survey.told_on).exclude(survey=survey)
    settled = list(found.select_related("survey"))
    for appeal in settled:
        disputed = next(one for one in queries.definition(appeal.definition_id).indicators if one.key == appeal.indicator)
        _close(appeal, AppealState(rules.outcome(disputed, appeal.survey.facts, survey.facts)), settled_by=survey, at=at, by=by)
        trail.write("risk.appeal.settled", about=appeal, outcome=appeal.state)
    return settled


def _refuse(version: str, indicator: str, why: str, on: date, at: datetime) -> None:
    faults = []
    if indicator not in queries.definition(version).points_of:
        faults.append(("indicator", "not_of_the_index"))
    if not why.strip() or len(why) > LONGEST_WHY:
        faults.append(("why", "length"))
    if holds_a_number_of_a_person(why):
        faults.append(("why", "personal_number"))
    if on > day_in_india(at):
        faults.append(("on", "in_the_future"))
    if faults:
        raise Refused(faults)


def _close(appeal: Appeal, after: AppealState, *, at: datetime, by, settled_by: Survey | None = None) -> None:
    """Of two who close it at once, the second is told."""
    rules.check("appeal", appeal.state, after)
    fields = {"state": after, "settled_by": settled_by, "closed_at": at, "closed_by": by if by.pk else None}
    if not Appeal.objects.filter(pk=appeal.pk, state=appeal.state).update(**fields):
        raise NotPossible("appeal: closed meanwhile")
    for field, value in fields.items():
        setattr(appeal, field, value)
