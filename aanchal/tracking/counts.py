"""Who is away and whether we keep touch, in numbers: no names, no ids."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from aanchal.core.tallies import Tally, of_people, of_things
from aanchal.tracking.models import OPEN, Alert, AlertStep, Journey
from aanchal.tracking.terms import AlertKind, Happening

DAYS_TO_HAND_UP = timedelta(days=2)


def away() -> Iterator[Tally]:
    """Migrants who are away, as it stands now."""
    return _people(Journey.objects.filter(OPEN))


def in_touch(on: date) -> Iterator[Tally]:
    """Of them those whose next call is not overdue."""
    return _people(Journey.objects.filter(OPEN, state="IN_TOUCH", due_on__gte=on))


def _people(rows: QuerySet[Journey]) -> Iterator[Tally]:
    return of_people(rows.order_by().values_list("place_no", "person__sex", "is_child").annotate(n=Count("pk")))


def lost(first: date, last: date, *, handed_up: bool = False) -> Iterator[Tally]:
    """Missed check-ins that nobody settled within 48 hours, these ending between two days; of them those moved up within the 48 hours."""
    begins, ends = first - DAYS_TO_HAND_UP, last - DAYS_TO_HAND_UP
    alerts = Alert.objects.filter(kind=AlertKind.MISSED_CHECK_IN, merged_into=None, raised_at__date__gte=begins, raised_at__date__lte=ends)
    alerts = alerts.filter(Q(closed_at=None) | Q(closed_at__gt=F("raised_at") + DAYS_TO_HAND_UP))
    if handed_up:
        moved = AlertStep.objects.filter(alert=OuterRef("pk"), happening__in=(Happening.ESCALATED, Happening.HANDED_UP))
        alerts = alerts.filter(Exists(moved.filter(at__lte=OuterRef("raised_at") + DAYS_TO_HAND_UP)))
    return of_things(alerts.order_by().values_list("place_no").annotate(n=Count("pk")))
