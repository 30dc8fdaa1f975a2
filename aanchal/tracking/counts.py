"""Who is away and whether we keep touch, in numbers: no names, no ids."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from aanchal.access.policy import day_in_india
from aanchal.core.tallies import Part, Tally, of_people
from aanchal.tracking.models import OPEN, Alert, AlertStep, Journey, Search
from aanchal.tracking.terms import AlertKind, Happening, Outcome, SearchOutcome, SearchState

DAYS_TO_HAND_UP = timedelta(days=2)
FOUR_MONTHS = timedelta(days=120)
"""After so long without a trace the AHTU looks (statutory.yaml, ahtu-4-months)."""


def away() -> QuerySet[Journey]:
    """Migrants who are away, as it stands now."""
    return Journey.objects.filter(OPEN)


def in_touch(on: date) -> QuerySet[Journey]:
    """Of them those whose next call is not overdue."""
    return away().filter(state="IN_TOUCH", due_on__gte=on)


def people(rows: QuerySet[Journey]) -> Iterator[Tally]:
    return of_people(rows.order_by().values_list("place_no", "person__sex", "is_child").annotate(n=Count("pk")))


def lost(first: date, last: date, *, handed_up: bool = False) -> QuerySet[Alert]:
    """Missed check-ins that nobody settled within 48 hours, these ending between two days; of them those moved up within the 48 hours."""
    begins, ends = first - DAYS_TO_HAND_UP, last - DAYS_TO_HAND_UP
    alerts = Alert.objects.filter(kind=AlertKind.MISSED_CHECK_IN, merged_into=None, raised_at__date__gte=begins, raised_at__date__lte=ends)
    alerts = alerts.filter(Q(closed_at=None) | Q(closed_at__gt=F("raised_at") + DAYS_TO_HAND_UP)).exclude(outcome=Outcome.MISTAKE)
    if handed_up:
        moved = AlertStep.objects.filter(alert=OuterRef("pk"), happening__in=(Happening.ESCALATED, Happening.HANDED_UP))
        alerts = alerts.filter(Exists(moved.filter(at__lte=OuterRef("raised_at") + DAYS_TO_HAND_UP)))
    return alerts


def child_marriages(first: date, last: date, *, stopped: bool = False) -> QuerySet[Alert]:
    """Alerts about the marriage of a child, raised between two days and settled since; of them those where it was stopped in time."""
    found = Alert.objects.filter(
        kind=AlertKind.MARRIAGE, is_child=True, merged_into=None, raised_at__date__gte=first, raised_at__date__lte=last
    ).exclude(outcome__in=(Outcome.VERIFIED, Outcome.NOT_SO, Outcome.MISTAKE))  # fmt: skip
    return found.filter(outcome=Outcome.PREVENTED) if stopped else found


def missing_long(on: date, *, with_unit: bool = False) -> QuerySet[Search]:
    """Children reported missing more than four months before a day and still looked for; of them those whose case is with the AHTU."""
    found = Search.objects.filter(is_child=True, closed_at=None, reported_at__date__lt=on - FOUR_MONTHS)
    found = found.exclude(state__in=(SearchState.TRACED, SearchState.RESTORED, SearchState.CLOSED))
    return found.filter(state=SearchState.WITH_AHTU) if with_unit else found


def children_with_fir(first: date, last: date) -> QuerySet[Search]:
    """Children reported missing whose FIR is of a day between two days."""
    days = {"entry__details__fir_on__gte": first.isoformat(), "entry__details__fir_on__lte": last.isoformat()}
    return Search.objects.filter(is_child=True, **days).exclude(outcome=SearchOutcome.MISTAKE)


def days_to_fir(first: date, last: date) -> Iterator[Part]:
    """Of each of them, days from the report in the village to the FIR; none where the police had it before."""
    for place_no, reported_at, fir_on in children_with_fir(first, last).order_by().values_list(
        "place_no", "reported_at", "entry__details__fir_on"
    ):
        yield Part(place_no, max((date.fromisoformat(fir_on) - day_in_india(reported_at)).days, 0))
