"""Every change to a state's pilot, and the offer of roadmaps to villages that were trained."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.activities import papers
from aanchal.activities.models import Training
from aanchal.activities.rules import Refused as NoPaper
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.pilots import queries, rules
from aanchal.pilots.models import Aim, Phase, Pilot, PilotPlace, RoadmapOffer, Strategy
from aanchal.pilots.rules import Refused, Span
from aanchal.pilots.terms import Measure
from aanchal.places.models import Place
from aanchal.selection.models import SelectionRun


@action
def begin(*, state: Place, title: str, starts_on: date, ends_on: date, runs: Sequence[SelectionRun], at: datetime, by) -> Pilot:
    """A pilot in the districts and blocks that were chosen. Raises Refused for a selection that nobody approved."""
    rules.check_span(Span(starts_on, ends_on))
    if starts_on == ends_on:
        raise Refused([("ends_on", "one_day")])
    if Pilot.objects.filter(place=state, title=title.strip(), starts_on=starts_on, ends_on=ends_on, places__run__in=runs).exists():
        raise Refused([("title", "begun_already")])
    row = new(
        Pilot, place=state, place_no=state.place_no, title=title.strip(), starts_on=starts_on, ends_on=ends_on, recorded_by_id=by.pk,
        recorded_at=at,
    )  # fmt: skip
    insert(row)
    for run in runs:
        widen(pilot=row, run=run, by=by)
    trail.write("pilots.pilot.begun", about=row, runs=[str(run.pk) for run in runs])
    return row


@action
def widen(*, pilot: Pilot, run: SelectionRun, by) -> int:
    """The places that an approved selection chose come into the pilot. How many are new."""
    if not queries.approved_runs(pilot.place).filter(pk=run.pk).exists():
        raise Refused([("runs", "not_approved")])
    held = set(pilot.places.values_list("place_id", flat=True))
    chosen = Place.objects.filter(pk__in=[one["id"] for one in run.chosen]).exclude(pk__in=held).order_by("place_no")
    rows = [new(PilotPlace, pilot=pilot, place=one, place_no=one.place_no, run=run) for one in chosen]
    insert(*rows)
    trail.write("pilots.pilot.widened", about=pilot, run=str(run.pk), places=len(rows))
    return len(rows)


@action
def note_taken_out(*, pilot: Pilot, rows: int, by) -> None:
    """The list of pilots went out as a file."""
    trail.write("pilots.list.taken_out", about=pilot, rows=rows)


@action
def set_aim(*, pilot: Pilot, measure: str, words: str, unit: str, number: int, by_on: date, by) -> Aim:
    """A target with its unit. Raises Refused after the pilot's end."""
    if not pilot.starts_on <= by_on <= pilot.ends_on:
        raise Refused([("by_on", "outside_the_pilot")])
    if pilot.aims.filter(measure=measure, words=words.strip(), unit=unit.strip(), by_on=by_on).exists():
        raise Refused([("words", "stands_already")])
    row = new(
        Aim, pilot=pilot, place_no=pilot.place_no, measure=Measure(measure), words=words.strip(), unit=unit.strip(), number=number,
        by_on=by_on,
    )  # fmt: skip
    insert(row)
    trail.write("pilots.aim.set", about=row, measure=measure, number=number)
    return row


@action
def tell_aim(*, aim: Aim, reached: int, at: datetime, by) -> Aim:
    """How far an aim is that nothing here counts. Raises Refused for one that is counted."""
    if aim.measure != Measure.TOLD:
        raise Refused([("", "is_counted")])
    aim.reached, aim.reached_on = reached, day_in_india(at)
    aim.save(update_fields=["reached", "reached_on"])
    trail.write("pilots.aim.told", about=aim, reached=reached)
    return aim


@action
def plan_phase(*, pilot: Pilot, title: str, starts_on: date, ends_on: date, by) -> Phase:
    rules.check_span(Span(starts_on, ends_on), within=Span(pilot.starts_on, pilot.ends_on))
    if pilot.phases.filter(title=title.strip(), starts_on=starts_on, ends_on=ends_on).exists():
        raise Refused([("title", "stands_already")])
    row = new(Phase, pilot=pilot, place_no=pilot.place_no, title=title.strip(), starts_on=starts_on, ends_on=ends_on)
    insert(row)
    trail.write("pilots.phase.planned", about=row)
    return row


@action
def end_phase(*, phase: Phase, at: datetime, by) -> Phase:
    """It is done today. Raises Refused before it began, and the second time."""
    on = day_in_india(at)
    if on < phase.starts_on:
        raise Refused([("", "not_begun")])
    if not Phase.objects.filter(pk=phase.pk, done_on=None).update(done_on=on):
        raise Refused([("", "done_already")])
    phase.done_on = on
    trail.write("pilots.phase.ended", about=phase)
    return phase


@action
def file_strategy(*, pilot: Pilot, file: bytes, at: datetime, by) -> Strategy:
    """The document with its checksum; filed again it stands beside the one before. Raises Refused for what is no paper."""
    try:
        kind = papers.kind_of(file)
    except NoPaper as refused:
        raise Refused(refused.faults) from refused
    row = new(
        Strategy, pilot=pilot, place_no=pilot.place_no, nth=pilot.strategies.count() + 1, file=file, file_kind=kind,
        sha256=sha256(file).hexdigest(), by_id=by.pk, at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([("file", "filed_just_now")]) from twice
    trail.write("pilots.strategy.filed", about=row, sha256=row.sha256)
    return row


@action
def offer_roadmaps(*, training: Training, villages: Iterable[Place], at: datetime, by) -> int:
    """Each village whose Village Organisation was trained is offered its roadmap, once for a training."""
    rows = [
        new(RoadmapOffer, place=one, place_no=one.place_no, training=training, trained_on=training.ends_on, at=at) for one in villages
    ]
    try:
        with transaction.atomic():
            insert(*rows)
    except IntegrityError:
        return 0
    trail.write("pilots.roadmaps.offered", about=training, villages=len(rows))
    return len(rows)
