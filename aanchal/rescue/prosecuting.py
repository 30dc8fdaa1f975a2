"""The accused, FIRs with their sections, and the case in court: every change to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.rescue import clocks, law, queries, rules
from aanchal.rescue.models import Accused, Fir, FirSection, FirStep, Hearing, Operation, Unit
from aanchal.rescue.terms import AccusedState, Stage

TEXTS = ("name", "father", "address", "phone", "remarks")
LONGEST = 1_000


@dataclass(frozen=True)
class FirDetails:
    """As it stands in the register of the station."""

    station: str
    number: str
    registered_on: date
    offence_on: date | None = None
    is_zero: bool = False
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccusedDetails:
    role: str
    sex: str
    texts: Mapping[str, str] = field(default_factory=dict)


@action
def register_fir(*, unit: Unit, details: FirDetails, at: datetime, by, operation: Operation | None = None) -> Fir:
    """An FIR with its sections. The accused and the evidence of its operation belong to it too. Raises NotPossible."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    number, today, year = rules.plain_number(details.number), day_in_india(at), details.registered_on.year
    rules.check_fir(number=details.number, registered_on=details.registered_on, offence_on=details.offence_on, today=today)
    if queries.same_fir(unit.place_id, details.station, number, year):
        raise rules.NotPossible("second_fir")
    if not details.sections:
        raise rules.NotPossible("section")
    fir = Fir(
        unit=unit, operation=operation, place=unit.place, place_no=unit.place_no, station=" ".join(details.station.split()),
        station_key=rules.station_key(details.station), number=number, year=year, registered_on=details.registered_on,
        offence_on=details.offence_on, is_zero=details.is_zero, changed_at=at, recorded_at=at, recorded_by_id=by.pk,
    )  # fmt: skip
    insert(fir)
    trail.write("rescue.fir.registered", about=fir, sections=list(details.sections))
    for code in details.sections:
        add_section(fir=fir, code=code, on=details.registered_on, by=by)
    if operation:
        _take_over(fir, operation)
    clocks.follow_fir(fir=fir, at=at, by=by)
    return fir


@action
def add_section(*, fir: Fir, code: str, on: date, by) -> FirSection:
    """Another section of law, as far as it held on the day of the offence. Raises NotPossible."""
    rules.check_section(law.section(code), fir.offence_on or fir.registered_on)
    if fir.sections.filter(code=code, dropped_on=None).exists():
        raise rules.NotPossible("section_twice")
    section = FirSection(fir=fir, place_no=fir.place_no, code=code, added_on=on, by_id=by.pk)
    insert(section)
    trail.write("rescue.section.added", about=fir, code=code)
    return section


@action
def drop_section(*, section: FirSection, on: date, by) -> FirSection:
    """No longer charged. One section at least stays. Raises NotPossible."""
    if len(queries.sections(section.fir)) < 2:
        raise rules.NotPossible("last_section")
    section.dropped_on = on
    section.save(update_fields=["dropped_on"])
    trail.write("rescue.section.dropped", about=section.fir, code=section.code)
    return section


@action
def go_on(*, fir: Fir, stage: str, on: date, number: str, court: str, court_number: str = "", at: datetime, by) -> Fir:
    """Charge sheet, cognizance, charges, trial, judgment, appeal. Raises NotPossible."""
    fir = Fir.objects.select_for_update(of=("self",)).get(pk=fir.pk)
    last = fir.steps.order_by("-on", "-at").first()
    rules.check_stage(fir.stage, stage, on=on, since=last.on if last else fir.registered_on, today=day_in_india(at))
    if stage == Stage.CHARGE_SHEETED and not number.strip():
        raise rules.NotPossible("sheet_number")
    insert(FirStep(fir=fir, place_no=fir.place_no, stage=stage, on=on, number=number.strip(), at=at, by_id=by.pk))
    fir.stage, fir.changed_at = stage, at
    fir.court, fir.court_number = court.strip() or fir.court, court_number.strip() or fir.court_number
    fir.save(update_fields=["stage", "changed_at", "court", "court_number"])
    trail.write("rescue.fir.moved", about=fir, stage=stage)
    clocks.follow_fir(fir=fir, at=at, by=by)
    return fir


@action
def set_hearing(*, fir: Fir, on: date, purpose: str, at: datetime, by) -> Hearing:
    """A day in court, past or to come. Raises NotPossible: before the charge sheet a court hears only remand and bail."""
    fir = Fir.objects.select_for_update(of=("self",)).get(pk=fir.pk)
    rules.check_hearing(fir.stage, purpose, on=on, registered_on=fir.registered_on)
    if fir.hearings.filter(on=on).exists():
        raise rules.NotPossible("hearing_twice")
    hearing = Hearing(fir=fir, place_no=fir.place_no, on=on, purpose=purpose, recorded_at=at, by_id=by.pk)
    insert(hearing)
    trail.write("rescue.hearing.set", about=fir, purpose=purpose, on=on)
    return hearing


@action
def note_hearing(*, hearing: Hearing, held: str, witnesses: int, at: datetime, by) -> Hearing:
    """What became of it. Raises NotPossible."""
    rules.check_held(held, hearing.on, day_in_india(at))
    hearing.held, hearing.witnesses = held, witnesses
    hearing.save(update_fields=["held", "witnesses"])
    trail.write("rescue.hearing.noted", about=hearing.fir, held=held, witnesses=witnesses)
    return hearing


@action
def record_accused(
    *, details: AccusedDetails, on: date, at: datetime, by, operation: Operation | None = None, fir: Fir | None = None
) -> Accused:
    """Someone accused of an operation or an FIR, by a number; the names are sealed."""
    fir = fir or (operation.firs.order_by("recorded_at").first() if operation else None)
    operation = operation or (fir.operation if fir else None)
    accused = Accused(
        operation=operation, fir=fir, place_no=(operation or fir).place_no, role=details.role, sex=details.sex, changed_on=on,
        number=queries.next_number(Accused, operation=operation, fir=fir), recorded_at=at, recorded_by_id=by.pk,
    )  # fmt: skip
    accused.seal({key: details.texts[key].strip()[:LONGEST] for key in TEXTS if details.texts.get(key, "").strip()})
    insert(accused)
    trail.write("rescue.accused.recorded", about=accused, role=accused.role)
    return accused


@action
def move_accused(*, accused: Accused, state: str, on: date, at: datetime, by) -> Accused:
    """Arrested, bailed, absconding, convicted. Raises NotPossible."""
    accused = Accused.objects.select_for_update(of=("self",)).select_related("fir").get(pk=accused.pk)
    rules.check_accused(
        accused.state, state, stage=accused.fir.stage if accused.fir else None, on=on, since=accused.changed_on, today=day_in_india(at)
    )
    accused.state, accused.changed_on = state, on
    if state == AccusedState.ARRESTED and accused.arrested_on is None:
        accused.arrested_on = on
    accused.save(update_fields=["state", "changed_on", "arrested_on"])
    trail.write("rescue.accused.moved", about=accused, state=state)
    if accused.fir:
        clocks.follow_fir(fir=accused.fir, at=at, by=by)
    return accused


@action
def open_accused(*, accused: Iterable[Accused], by) -> dict[UUID, dict[str, str]]:
    """The names, for someone whose task it is. Each reading is on the trail."""
    opened = {}
    for one in accused:
        trail.write("rescue.accused.opened", about=one)
        opened[one.pk] = one.told()
    return opened


@action
def take_out(*, firs: Iterable[Fir], by) -> int:
    """On paper for a court, alone or with a case. Each is on the trail."""
    firs = list(firs)
    for one in firs:
        trail.write("rescue.fir.taken_out", about=one)
    return len(firs)


def _take_over(fir: Fir, operation: Operation) -> None:
    """What has no FIR yet of its operation belongs to this one, the first."""
    operation.accused.filter(fir=None).update(fir=fir)
