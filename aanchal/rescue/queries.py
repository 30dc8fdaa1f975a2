"""Reads of units, leads, operations, who was rescued, cases in court and evidence."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Model, Prefetch, Q, QuerySet

from aanchal.access import policy
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.rescue import rules
from aanchal.rescue.models import (
    Accused,
    Custody,
    Deadline,
    Evidence,
    Fir,
    FirSection,
    Hearing,
    Lead,
    LeadSource,
    Member,
    Operation,
    Rescued,
    Sop,
    StepMark,
    Unit,
)  # fmt: skip
from aanchal.tracking.models import LIVE, Alert, StatutoryClock
from aanchal.tracking.queries import clocks
from aanchal.tracking.terms import Step


def seen(user, records: QuerySet) -> QuerySet:
    return policy.visible(user, Permission.RESCUE_READ, records)


def units(user) -> QuerySet[Unit]:
    return seen(user, Unit.objects.select_related("place")).order_by("name", "pk")


def unit(pk: UUID) -> Unit | None:
    return Unit.objects.filter(pk=pk).select_related("place").first()


def unit_of(user) -> Unit | None:
    """Where a user serves; without a post in one, the first unit of the user's own places."""
    found = units(user)
    return found.filter(members__user=user.pk, members__until=None).first() or found.first()


def members(unit: Unit) -> list[Member]:
    return list(unit.members.filter(until=None).select_related("user").order_by("since", "pk"))


def officers(unit: Unit, user) -> list[User]:
    """Who may lead an operation or take a piece of evidence: the members, and who asks."""
    found = {one.user_id: one.user for one in members(unit)}
    return list((found | {user.pk: user}).values())


def head_of(unit: Unit) -> Member | None:
    return unit.members.filter(until=None, capacity="HEAD").first()


def leads(user) -> QuerySet[Lead]:
    """What came in, the newest first."""
    return seen(user, Lead.objects.select_related("place", "unit")).order_by("-received_at", "pk")


def lead(pk: UUID) -> Lead | None:
    return Lead.objects.filter(pk=pk).select_related("place", "unit", "alert", "recorded_by").first()


def lead_of_alert(alert: UUID) -> Lead | None:
    return Lead.objects.filter(alert=alert).first()


def source_of(lead: Lead) -> LeadSource | None:
    """None too for who may not know it: the database keeps the row from them."""
    return LeadSource.objects.filter(lead=lead.pk).first()


def handed_up(user) -> QuerySet[Alert]:
    """Alerts of villages that wait at the AHTU and of which no lead was written."""
    found = policy.visible(user, Permission.LEAD_RECORD, Alert.objects.filter(LIVE, step=Step.AHTU))
    taken = Lead.objects.filter(alert__isnull=False).values("alert")
    return found.exclude(pk__in=taken).select_related("place").order_by("raised_at", "pk")


def sop_on(matter: str, on: date) -> Sop | None:
    return Sop.objects.filter(matter=matter, effective_from__lte=on).order_by("-effective_from", "-version").first()


def operations(user) -> QuerySet[Operation]:
    return seen(user, Operation.objects.select_related("place", "unit", "lead", "sop")).order_by("-planned_for", "pk")


def operation(pk: UUID) -> Operation | None:
    found = Operation.objects.filter(pk=pk).select_related("place", "unit", "lead", "sop", "led_by")
    return found.first()


def marks(operation: Operation) -> list[StepMark]:
    """The oldest first."""
    return list(operation.marks.select_related("by").order_by("told_at", "pk"))


def standing(marks: Iterable[StepMark]) -> dict[str, StepMark]:
    """The newest mark of each step."""
    return {one.key: one for one in marks}


def rescued(pk: UUID) -> Rescued | None:
    return Rescued.objects.filter(pk=pk).select_related("place", "home", "operation").first()


def rescued_of(operation: Operation) -> list[Rescued]:
    running = Prefetch("deadlines", Deadline.objects.select_related("clock").order_by("due_at", "pk"))
    return list(operation.rescued.select_related("home").prefetch_related("care", running).order_by("rescued_at", "pk"))


def rescued_people(user) -> QuerySet[Rescued]:
    return seen(user, Rescued.objects.select_related("place", "home", "operation")).order_by("-rescued_on", "pk")


def accused_of(*, operation: Operation | None = None, fir: Fir | None = None) -> list[Accused]:
    return list(Accused.objects.filter(_of(operation, fir)).order_by("number", "pk"))


def firs(user) -> QuerySet[Fir]:
    """Cases, those in court and with a hearing first."""
    awaited = Prefetch("hearings", Hearing.objects.filter(held="AWAITED").order_by("on"), to_attr="awaited")
    running = Prefetch("sections", FirSection.objects.filter(dropped_on=None).order_by("code"), to_attr="standing")
    late = Prefetch("deadlines", Deadline.objects.filter(stopped_at=None).select_related("clock").order_by("due_at"), to_attr="running")
    found = seen(user, Fir.objects.select_related("place", "operation")).prefetch_related(awaited, running, late)
    return found.order_by("-registered_on", "pk")


def fir(pk: UUID) -> Fir | None:
    return Fir.objects.filter(pk=pk).select_related("place", "unit", "operation", "recorded_by").first()


def firs_of_rescue(user, rescued: Rescued) -> list[Fir]:
    """The FIRs of the operation that freed her, with all a court asks for; of those who may read them."""
    found = seen(user, Fir.objects.filter(operation=rescued.operation_id, operation__isnull=False).select_related("place"))
    return list(found.prefetch_related("sections", "steps", "hearings").order_by("registered_on", "pk"))


def same_fir(place, station: str, number: str, year: int) -> Fir | None:
    return Fir.objects.filter(place=place, station_key=rules.station_key(station), number=rules.plain_number(number), year=year).first()


def sections(fir: Fir) -> list[FirSection]:
    return list(fir.sections.filter(dropped_on=None).order_by("added_on", "code"))


def hearing(pk: UUID) -> Hearing | None:
    return Hearing.objects.filter(pk=pk).select_related("fir").first()


def evidence(pk: UUID) -> Evidence | None:
    return Evidence.objects.filter(pk=pk).select_related("unit", "operation", "fir", "recorded_by").first()


def evidence_of(*, operation: Operation | None = None, fir: Fir | None = None) -> list[Evidence]:
    chain = Prefetch("custody", Custody.objects.select_related("taker_user").order_by("nth"))
    return list(Evidence.objects.filter(_of(operation, fir)).prefetch_related(chain).order_by("number", "pk"))


def chain(evidence: Evidence) -> list[Custody]:
    return list(evidence.custody.select_related("taker_user", "by").order_by("nth"))


def running_clocks(user, *, until: datetime) -> QuerySet[Deadline]:
    """Clocks of the law that are late or end before a moment, what is due first on top."""
    found = seen(user, Deadline.objects.filter(stopped_at=None, due_at__lte=until))
    return found.select_related("clock", "rescued", "fir").order_by("due_at", "pk")


def just_late(at: datetime) -> QuerySet[Deadline]:
    """Clocks that are over and of which nobody was told yet; nobody else takes them meanwhile."""
    found = Deadline.objects.filter(stopped_at=None, passed_at=None, due_at__lte=at)
    return found.select_for_update(skip_locked=True).order_by("due_at", "pk")


def serving_at(place_no: int) -> list[UUID]:
    return list(Member.objects.filter(place_no=place_no, until=None).values_list("user_id", flat=True).distinct())


def waiting(user, *, at: datetime) -> dict[str, int]:
    """For the first page: open leads and operations, clocks of the law that are late."""
    clocks = running_clocks(user, until=at)
    return {
        "leads": leads(user).filter(state__in=("RECEIVED", "CHECKED")).count(),
        "operations": operations(user).filter(state__in=rules.OPERATION_OPEN).count(),
        "clocks": clocks.count(),
    }


def clocks_on(on: date) -> dict[str, StatutoryClock]:
    return {one.key: one for one in clocks(on)}


def next_number(model: type[Model], *, operation: Operation | None, fir: Fir | None) -> int:
    """The next number of an accused or a piece of evidence: unique in its operation and in its FIR."""
    found = model._default_manager.filter(_of(operation, fir)).aggregate(most=Max("number"))
    return (found["most"] or 0) + 1


def _of(operation: Operation | None, fir: Fir | None) -> Q:
    """What belongs to an operation, to an FIR, or to either of the two."""
    wanted = Q(pk=None)
    if operation:
        wanted |= Q(operation=operation)
    if fir:
        wanted |= Q(fir=fir)
    return wanted
