"""What a family lives by: trainings from the enrolment to the work that lasted, and plans of another livelihood."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.benefits import rules
from aanchal.benefits.models import LivelihoodPlan, Training
from aanchal.benefits.rules import RETAINED_AFTER, NotPossible, Refused
from aanchal.benefits.terms import PlanState, Programme, TrainingState
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.people.models import Household, Person
from aanchal.people.terms import Sex
from aanchal.villages.rules import holds_a_number_of_a_person


@action
def enrol(*, household: Household, person: Person | None, programme: str, trade: str, on: date, at: datetime, by) -> Training:
    """Raises Refused: enrolled there already, a day that has not come."""
    faults = _faults_of_words("trade", trade, 80)
    if on > day_in_india(at):
        faults.append(("on", "in_the_future"))
    if person is None:
        faults.append(("person", "not_of_the_family"))
    elif programme == Programme.MKSP and person.sex == Sex.MALE:
        faults.append(("person", "women_only"))
    if faults:
        raise Refused(faults)
    row = new(
        Training, household=household, person=person, place_no=household.place_no, programme=programme, trade=trade.strip(),
        enrolled_on=on, moved_on=on, recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([("programme", "in_this_programme")]) from twice
    trail.write("benefits.training.enrolled", about=row, programme=programme)
    return row


@action
def move_training(*, training: Training, to: str, on: date, at: datetime, by) -> Training:
    """Certified, placed, in work after 3, 6 and 12 months, or left. Raises NotPossible and Refused."""
    one = Training.objects.select_for_update().filter(pk=training.pk).first()
    if one is None:
        raise NotPossible("not there")
    rules.check("training", one.state, to)
    faults = []
    if on > day_in_india(at):
        faults.append(("on", "in_the_future"))
    if on < one.moved_on:
        faults.append(("on", "before_the_last_step"))
    if to in RETAINED_AFTER and one.placed_on and (on - one.placed_on).days < RETAINED_AFTER[to]:
        faults.append(("on", "too_early"))
    if faults:
        raise Refused(faults)
    one.state, one.moved_on = TrainingState(to), on
    if to == TrainingState.CERTIFIED:
        one.certified_on = on
    if to == TrainingState.PLACED:
        one.placed_on = on
    one.save(update_fields=["state", "moved_on", "certified_on", "placed_on"])
    trail.write("benefits.training.moved", about=one, to=to)
    return one


@action
def plan_livelihood(*, household: Household, activity: str, cost_paise: int, on: date, at: datetime, by) -> LivelihoodPlan:
    faults = _faults_of_words("activity", activity, 120)
    if on > day_in_india(at):
        faults.append(("on", "in_the_future"))
    if cost_paise < 0:
        faults.append(("cost_paise", "out_of_range"))
    if faults:
        raise Refused(faults)
    row = new(
        LivelihoodPlan, household=household, place_no=household.place_no, activity=activity.strip(), cost_paise=cost_paise,
        planned_on=on, moved_on=on, recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    insert(row)
    trail.write("benefits.plan.kept", about=row)
    return row


@action
def move_plan(*, plan: LivelihoodPlan, to: str, on: date, at: datetime, by) -> LivelihoodPlan:
    """Begun, earning, stopped. Raises NotPossible and Refused."""
    one = LivelihoodPlan.objects.select_for_update().filter(pk=plan.pk).first()
    if one is None:
        raise NotPossible("not there")
    rules.check("livelihood", one.state, to)
    if on > day_in_india(at):
        raise Refused([("on", "in_the_future")])
    if on < one.moved_on:
        raise Refused([("on", "before_the_last_step")])
    one.state, one.moved_on = PlanState(to), on
    one.save(update_fields=["state", "moved_on"])
    trail.write("benefits.plan.moved", about=one, to=to)
    return one


def _faults_of_words(field: str, text: str, longest: int) -> list[tuple[str, str]]:
    found = []
    if not text.strip() or len(text) > longest:
        found.append((field, "length"))
    if holds_a_number_of_a_person(text):
        found.append((field, "personal_number"))
    return found
