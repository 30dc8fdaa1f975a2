"""Operations and who was rescued: every change to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.codes import household_code
from aanchal.core.rows import insert
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.rescue import clocks, informing, queries, rules
from aanchal.rescue.facts import AgeProved, PersonRescued
from aanchal.rescue.models import CareStep, Lead, Operation, Rescued, StepMark
from aanchal.rescue.terms import Event, Exploitation, LeadState, OperationState

TEXTS = ("name", "father", "mother", "village", "address", "marks", "remarks")
LONGEST = 2_000
MOMENT = {Event.START: "started_at", Event.LEAVE: "left_at"}


@dataclass(frozen=True)
class RescuedDetails:
    """What is known of someone rescued on the spot. `texts` by TEXTS name her: they are sealed."""

    at: datetime
    sex: str
    years: int | None
    age_basis: str
    looks_under_18: bool = False
    exploitation: str = Exploitation.UNKNOWN
    nationality: str = "IN"
    home: Any = None
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CareDetails:
    """What was done for her, when, with the number of the order and the money."""

    care: str
    at: datetime
    journey_hours: int = 0
    number: str = ""
    amount_paise: int | None = None


@action
def plan(*, lead: Lead, planned_for: date, led_by, words: str, at: datetime, by) -> Operation:
    """An operation on a lead, by the checklist that holds on this day. Raises NotPossible: no rescue without information received."""
    today = day_in_india(at)
    if planned_for < today:
        raise rules.NotPossible("past")
    sop = queries.sop_on(lead.matter, today)
    if sop is None:
        raise rules.NotPossible("no_sop")
    if Operation.objects.filter(lead=lead).exists():
        raise rules.NotPossible("operation_of_lead")
    informing.follow_operation(lead=lead, state=LeadState.IN_OPERATION, at=at, by=by)
    operation = Operation(
        unit=lead.unit, lead=lead, place=lead.place, place_no=lead.place_no, sop=sop, planned_for=planned_for, led_by=led_by,
        planned_at=at, planned_by_id=by.pk,
    )  # fmt: skip
    if words.strip():
        operation.seal({"words": words.strip()[:LONGEST]})
    insert(operation)
    trail.write("rescue.operation.planned", about=operation, matter=lead.matter, version=sop.version)
    if led_by:
        notices.tell(users={led_by.pk} - {by.pk}, topic=Topic.URGENT, about=operation.pk, at=at, by=by)
    return operation


@action
def go_on(*, operation: Operation, event: str, at: datetime, by) -> Operation:
    """Started, left the spot, finished, reopened, called off, planned again. Raises NotPossible while its checklist is not done."""
    operation = Operation.objects.select_for_update(of=("self",)).select_related("sop", "lead").get(pk=operation.pk)
    after = rules.operation_after(operation.state, event)
    marks = {key: one.mark for key, one in queries.standing(queries.marks(operation)).items()}
    rules.check_checklist(event, operation.sop.checklist, marks)
    operation.state = after
    if name := MOMENT.get(Event(event)):
        setattr(operation, name, at)
    operation.ended_at = at if after in (OperationState.DONE, OperationState.CALLED_OFF) else None
    operation.save(update_fields=["state", "started_at", "left_at", "ended_at"])
    lead_after = {Event.CALL_OFF: LeadState.CHECKED, Event.PLAN_AGAIN: LeadState.IN_OPERATION}.get(Event(event))
    if lead_after:
        informing.follow_operation(lead=operation.lead, state=lead_after, at=at, by=by)
    trail.write(f"rescue.operation.{event.lower()}", about=operation, state=after)
    return operation


@action
def mark(*, operation: Operation, key: str, mark: str, note: str, done_at: datetime, at: datetime, by) -> StepMark:
    """A step of the checklist: done, with its evidence; not possible, with the reason; or taken back. Raises NotPossible."""
    operation = Operation.objects.select_for_update(of=("self",)).select_related("sop").get(pk=operation.pk)
    step = next((one for one in operation.sop.checklist if one.key == key), None)
    standing = queries.standing(queries.marks(operation)).get(key)
    rules.check_mark(step, mark, standing.mark if standing else None, note, operation.state)
    if done_at > at:
        raise rules.NotPossible("future")
    row = StepMark(operation=operation, place_no=operation.place_no, key=key, mark=mark, at=done_at, told_at=at, by_id=by.pk)
    if note.strip():
        row.seal({"note": note.strip()[:LONGEST]})
    insert(row)
    trail.write("rescue.step.marked", about=operation, step=key, mark=mark)
    return row


@action
def open_words(*, operation: Operation, by) -> tuple[str, dict[UUID, str]]:
    """The plan and the notes of the checklist: they may name people. The reading is on the trail."""
    trail.write("rescue.operation.read", about=operation)
    notes = {one.pk: note for one in queries.marks(operation) if (note := one.told().get("note"))}
    return operation.told().get("words", ""), notes


@action
def record_rescued(*, details: RescuedDetails, place, at: datetime, by, operation: Operation | None = None) -> Rescued:
    """Someone is free: known by a code. Clocks of the law begin, and she is looked for among the missing. Raises NotPossible."""
    running = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk) if operation else None
    rules.check_rescue(
        at=details.at, now=at, state=running.state if running else None, planned_at=running.planned_at if running else None
    )
    if running and running.started_at and details.at < running.started_at:  # "started" was pressed later, at a desk: her hour is the law's
        running.started_at = details.at
        running.save(update_fields=["started_at"])
    place = running.place if running else place
    rescued = Rescued(
        place=place, place_no=place.place_no, operation=running, home=details.home, nationality=details.nationality, sex=details.sex,
        years=details.years, age_basis=details.age_basis, exploitation=details.exploitation, rescued_on=day_in_india(details.at),
        rescued_at=details.at, recorded_at=at, recorded_by_id=by.pk,
        is_child=rules.is_child(years=details.years, basis=details.age_basis, looks_under_18=details.looks_under_18),
    )  # fmt: skip
    rescued.code = household_code(rescued.pk)
    rescued.seal({key: details.texts[key].strip()[:LONGEST] for key in TEXTS if details.texts.get(key, "").strip()})
    insert(rescued)
    trail.write("rescue.person.rescued", about=rescued, is_child=rescued.is_child)
    clocks.follow_rescued(rescued=rescued, at=at, by=by)
    facts.announce(PersonRescued(rescued=rescued, by=by))
    return rescued


@action
def link_found(*, rescued: Rescued, found: UUID, by) -> None:
    """She is this found person of the search for the missing."""
    rescued.found_id = found
    rescued.save(update_fields=["found_id"])


@action
def prove_age(*, rescued: Rescued, years: int, basis: str, at: datetime, by) -> Rescued:
    """What a paper, a test or the Committee says of her age on the day of the rescue. The law's clocks follow. Raises NotPossible."""
    if basis not in rules.PROVES_AGE:
        raise rules.NotPossible("proof")
    rescued = Rescued.objects.select_for_update(of=("self",)).get(pk=rescued.pk)
    rescued.years, rescued.age_basis = years, basis
    rescued.is_child = rules.is_child(years=years, basis=basis, looks_under_18=False)
    rescued.save(update_fields=["years", "age_basis", "is_child"])
    trail.write("rescue.person.age", about=rescued, basis=basis, is_child=rescued.is_child)
    clocks.follow_rescued(rescued=rescued, at=at, by=by)
    facts.announce(AgeProved(rescued=rescued, at=at, by=by))
    return rescued


@action
def record_care(*, rescued: Rescued, details: CareDetails, at: datetime, by) -> CareStep:
    """Produced, seen by a doctor, certified, applied, awarded, paid. Raises NotPossible."""
    rescued = Rescued.objects.select_for_update(of=("self",)).get(pk=rescued.pk)
    rules.check_care(at=details.at, now=at, rescued_at=rescued.rescued_at, journey_hours=details.journey_hours)
    if rescued.care.filter(care=details.care).exists():
        raise rules.NotPossible("care_twice")
    step = CareStep(
        rescued=rescued, place_no=rescued.place_no, care=details.care, at=details.at, journey_hours=details.journey_hours,
        number=details.number.strip(), amount_paise=details.amount_paise, told_at=at, by_id=by.pk,
    )  # fmt: skip
    insert(step)
    trail.write("rescue.care.recorded", about=rescued, care=details.care)
    clocks.follow_rescued(rescued=rescued, at=at, by=by)
    return step


@action
def open_names(*, people: Iterable[Rescued], reason: str, by) -> dict[UUID, dict[str, str]]:
    """Who she is, for someone whose task it is. Each reading is on the trail."""
    opened = {}
    for one in people:
        trail.write("rescue.person.opened", about=one, reason=reason)
        opened[one.pk] = one.told()
    return opened
