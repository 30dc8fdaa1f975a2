"""Reads of journeys, alerts and searches."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Case, F, Func, IntegerField, Prefetch, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import SYSTEM
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.people.models import Household, Membership
from aanchal.places.models import Place
from aanchal.registers.models import Entry
from aanchal.registers.queries import inside
from aanchal.registers.terms import Register
from aanchal.tracking import rules
from aanchal.tracking.models import LIVE, OPEN, Alert, AlertStep, CheckIn, Deadline, Journey, Search, StatutoryClock
from aanchal.tracking.terms import AlertKind, AlertState, Happening, JourneyState, SearchState

MINE = "MINE"
"""Of alerts: at a step whose post the reader holds. What the number on her first page counts."""
WITH = ("person", "household", "place", "destination", "entry")
_DEADLINES = Prefetch("deadlines", Deadline.objects.select_related("clock").order_by("began_at", "due_at", "pk"))


def open_journey(person: UUID, kind: str) -> Journey | None:
    return Journey.objects.filter(OPEN, person_id=person, kind=kind).first()


def journey(pk: UUID) -> Journey | None:
    return Journey.objects.filter(pk=pk).select_related(*WITH, "listing").first()


def journey_of(entry: UUID) -> Journey | None:
    return Journey.objects.filter(entry_id=entry).first()


def journey_of_line(pk: UUID) -> Journey | None:
    """Of a line of a register, or of the one that corrects it since: what a phone chose may have been corrected meanwhile."""
    line: UUID | None = pk
    while line:
        if found := journey_of(line):
            return found
        line = Entry.objects.filter(corrects=line).values_list("pk", flat=True).first()
    return None


def journeys_of_family(household: Household) -> list[Journey]:
    """Who of a family is away now."""
    return list(Journey.objects.filter(OPEN, household=household).order_by("departed_on", "pk"))


def line(pk: UUID) -> Entry | None:
    return Entry.objects.filter(pk=pk).select_related("person", "household", "place", "corrects").first()


def journeys(user, place: Place | None = None) -> QuerySet[Journey]:
    """Who is away, whose check-in is due the longest first."""
    found = policy.visible(user, Permission.JOURNEY_READ, Journey.objects.filter(OPEN))
    if place:
        found = found.filter(inside(place))
    return found.select_related(*WITH).order_by("due_on", "pk")


def due(user, on: date, place: Place | None = None) -> QuerySet[Journey]:
    """Whom to call by a day."""
    return journeys(user, place).filter(due_on__lte=on, departed_on__lte=on)


def check_ins(journey: Journey) -> list[CheckIn]:
    return list(journey.check_ins.select_related("by").order_by("-on", "-at", "-pk"))


def live_alert(subject: UUID, kind: str) -> Alert | None:
    return Alert.objects.filter(LIVE, subject=subject, kind=kind).first()


def live_alerts_of(subject: UUID) -> QuerySet[Alert]:
    return Alert.objects.filter(LIVE, subject=subject)


def followed_for(subject: UUID) -> QuerySet[Alert]:
    """The live alerts of a matter, and those that took one of it in."""
    return Alert.objects.filter(LIVE).filter(Q(subject=subject) | Q(merged__subject=subject)).select_related("place").distinct()


def alert(pk: UUID) -> Alert | None:
    return Alert.objects.filter(pk=pk).select_related(
        "person", "place", "journey__household", "search__entry__household", "merged_into", "closed_by"
    ).first()


def alerts(user, *, kind: str = "", steps: Iterable[str] | None = None, place: Place | None = None) -> QuerySet[Alert]:
    """What waits, the latest past its time first, then what is due soonest; what was put off last."""
    found = policy.visible(user, Permission.JOURNEY_READ, Alert.objects.filter(LIVE))
    if place:
        found = found.filter(inside(place))
    if kind:
        found = found.filter(kind=kind)
    if steps is not None:
        found = found.filter(step__in=steps)
    asleep = Case(When(state=AlertState.SNOOZED, then=Value(1)), default=Value(0), output_field=IntegerField())
    return found.select_related("person", "place", "journey__household", "search__entry__household").order_by(
        asleep, F("step_due_at").asc(nulls_first=True), "raised_at", "pk"
    )


def waiting(user, place: Place, on: date, roles: Iterable[str]) -> dict[str, int]:
    """Of a place in one question: check-ins due, live alerts, those at a step of a role that the user holds, people searched for."""
    here = inside(place)
    live = alerts(user).filter(here)
    counted = {
        "due": due(user, on).filter(here),
        "alerts": live,
        "mine": alerts(user, steps=steps_of_roles(roles), place=place),
        "missing": searches(user).filter(here),
    }
    [row] = Place.objects.filter(pk=place.pk).values_list(*(_count(found) for found in counted.values()))
    return dict(zip(counted, row, strict=True))


def _count(found: QuerySet) -> Subquery:
    bare = found.order_by().select_related(None)
    return Subquery(bare.annotate(n=Func(F("pk"), function="COUNT", output_field=IntegerField())).values("n"))


def steps_of(user) -> set[str]:
    """The steps whose post a user holds."""
    return steps_of_roles(posting.role for posting in policy.current_postings(user, on=_today()))


def steps_of_roles(roles: Iterable[str]) -> set[str]:
    held = set(roles)
    return {step for step, role in rules.ROLE_OF.items() if role in held}


def may_answer(user, alert: Alert, *, on: date) -> bool:
    """Who holds the step where it stands, or one above, at its place; and the installation itself."""
    if user is SYSTEM:
        return True
    held = (posting.role for posting in policy.current_postings(user, on=on) if policy.reaches(posting, alert.place))
    return rules.is_above(alert.step, steps_of_roles(held))


def is_of_child(alert: Alert) -> bool:
    """It, or one that it took in, is about a child."""
    return alert.is_child or alert.merged.filter(is_child=True).exists()


def was_put_off(alert: Alert) -> bool:
    """On the step where it stands, if that one has a time at all."""
    put_off = alert.steps.filter(happening=Happening.SNOOZED, step=alert.step, at__gte=alert.step_since)
    return rules.step_ends(alert.kind, alert.step, is_child=alert.is_child, at=alert.step_since) is not None and put_off.exists()


def line_behind(alert: Alert) -> UUID | None:
    """The line of a register that an alert is about; of a marriage nearby, which opens no journey, the newest that stands."""
    if behind := alert.journey or alert.search:
        return behind.entry_id
    if alert.kind != AlertKind.MARRIAGE:
        return None
    lines = Entry.objects.filter(person_id=alert.person_id, register=Register.MARRIAGE, stands=True)
    return lines.order_by("-happened_on", "-pk").values_list("pk", flat=True).first()


def history(alert: Alert) -> list[AlertStep]:
    return list(alert.steps.select_related("by").order_by("at", "pk"))


def names_of_workers(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Workers, not persons of the village."""
    return dict(User.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def alerts_near(alert: Alert) -> list[Alert]:
    """Other live alerts of the same person or of the same family: what it may be joined with."""
    family = Membership.objects.filter(person=alert.person_id, until=None).values("household")
    near = Membership.objects.filter(household__in=family, until=None).values("person")
    found = Alert.objects.filter(LIVE, Q(person=alert.person_id) | Q(person__in=near)).exclude(pk=alert.pk)
    return list(found.select_related("person", "place", "journey__household", "search__entry__household").order_by("raised_at", "pk"))


def are_near(one: Alert, other: Alert) -> bool:
    return one.person_id == other.person_id or any(near.pk == other.pk for near in alerts_near(one))


def taken_in(alert: Alert) -> list[Alert]:
    """What was joined with it, each with what it is about."""
    return list(alert.merged.select_for_update(of=("self",)).select_related("place", "journey", "search").order_by("pk"))


def is_settled(alert: Alert) -> bool:
    """What an alert is about is over, whoever said so."""
    if alert.journey:
        return not alert.journey.is_open or (alert.kind == AlertKind.MISSED_CHECK_IN and alert.journey.state != JourneyState.SILENT)
    if alert.kind == AlertKind.DEADLINE:
        return Deadline.objects.filter(pk=alert.subject, stopped_at__isnull=False).exists()
    return alert.search is not None and SearchState(alert.search.state) not in rules.LOOKED_FOR


def are_reported_missing(alert: Alert) -> bool:
    """Who it is about, and all whom it took in."""
    people = {alert.person_id, *alert.merged.values_list("person", flat=True)}
    return all(is_reported_missing(person) for person in people)


def journeys_behind(alert: Alert, outcome: str) -> list[Journey]:
    """The open journeys of an alert, and of those it took in that this outcome answers."""
    answered = Q(merged_into=alert.pk, kind__in=[kind for kind in rules.OUTCOMES if rules.answers(kind, outcome)])
    ids = Alert.objects.filter(Q(pk=alert.pk) | answered, journey__isnull=False).values("journey")
    return list(Journey.objects.filter(OPEN, pk__in=ids).select_for_update().order_by("pk"))


def alerts_of(journey: Journey) -> list[Alert]:
    """With all that happened to them."""
    steps = Prefetch("steps", AlertStep.objects.select_related("by").order_by("at", "pk"))
    return list(journey.alerts.select_related("closed_by").prefetch_related(steps).order_by("-raised_at", "-pk"))


def is_reported_missing(person: UUID) -> bool:
    return Entry.objects.filter(person_id=person, register=Register.MISSING, stands=True, is_open=True).exists()


def search(pk: UUID) -> Search | None:
    found = Search.objects.filter(pk=pk).select_related("person", "place", "entry__household")
    return found.prefetch_related(_DEADLINES).first()


def search_of(entry: UUID) -> Search | None:
    return Search.objects.filter(entry_id=entry).first()


def searches(user, place: Place | None = None) -> QuerySet[Search]:
    found = policy.visible(user, Permission.JOURNEY_READ, Search.objects.exclude(state="CLOSED"))
    if place:
        found = found.filter(inside(place))
    return found.select_related("person", "place", "entry__household").prefetch_related(_DEADLINES).order_by("reported_at", "pk")


def clocks(on: date) -> list[StatutoryClock]:
    """Each statutory clock as it holds on a day."""
    found = StatutoryClock.objects.filter(effective_from__lte=on).order_by("key", "-effective_from", "-pk").distinct("key")
    return sorted(found, key=lambda one: one.pk)


def clock_versions(key: str) -> list[StatutoryClock]:
    return list(StatutoryClock.objects.filter(key=key).select_related("set_by").order_by("-effective_from", "-pk"))


def _today() -> date:
    return policy.day_in_india(timezone.now())
