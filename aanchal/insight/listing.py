"""The rows that a number counts, for who may open them; for others, why not. No row says a name."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, prefetch_related_objects
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.functional import Promise

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.insight import queries, rules
from aanchal.insight.measures import Lines, Measure, Opens
from aanchal.places.models import Place

NOT_YOURS, NOT_KEPT, TYPICAL = "NOT_YOURS", "NOT_KEPT", "TYPICAL"
"""Codes of words.SHUT, beside those that a measure brings."""


@dataclass(frozen=True)
class Line:
    """A row as it is shown: where, when, what it is called, its page."""

    place: Place | None
    on: date | None
    said: str | Promise
    counts: int
    url: str


def days(month: date) -> tuple[date, date]:
    """The first and the last day of a month that were counted by now."""
    return month, min(rules.month_after(month) - timedelta(days=1), day_in_india(timezone.now()))


def is_now(month: date) -> bool:
    return rules.month_of(day_in_india(timezone.now())) == month


def is_elsewhere(user, opens: Opens | None, place: Place, month: date) -> bool:
    """A list of these rows stands in another app, and this reader may open all of it."""
    return opens is not None and (opens.by_days or is_now(month)) and policy.covers(user, opens.permission, place)


def why_shut(user, measure: Measure, place: Place, month: date) -> str:
    """Empty where the list opens."""
    if measure.typical:
        return TYPICAL
    if measure.shut:
        return measure.shut
    may = measure.lines.may if measure.lines else (measure.opens.permission,) if measure.opens else ()
    if not all(policy.covers(user, permission, place) for permission in may):
        return NOT_YOURS
    return NOT_KEPT if measure.lines is None or (measure.is_stock and not is_now(month)) else ""


def rows(user, lines: Lines, place: Place, month: date) -> QuerySet:
    """All that the number counts here: whoever sees this list may see each of them."""
    here = (Q(place_no__gte=part.first, place_no__lte=part.last) for part in queries.intervals(place))
    found = lines.rows(*days(month)).filter(reduce(or_, here))
    for permission in lines.may:
        found = policy.visible(user, permission, found)
    return found.order_by("place_no", *([lines.on] if lines.on else []), "pk")


def total(lines: Lines, found: QuerySet) -> int:
    return sum(found.order_by().values_list(lines.weight, flat=True)) if lines.weight else found.count()


def kinds(lines: Lines, found: QuerySet) -> list[tuple[str, int]]:
    """(kind, how many) of all these rows, the most first; none where they are of one kind."""
    if not lines.kind:
        return []
    counts = found.order_by().values_list(lines.kind).annotate(n=Sum(lines.weight) if lines.weight else Count("pk"))
    told = {kind: n for kind, n in counts if n}
    labels, summed = _labels(found.model, lines.kind, told), Counter[str]()
    for kind, n in told.items():
        summed[labels[kind]] += n
    return sorted(summed.items(), key=lambda one: (-one[1], one[0])) if len(summed) > 1 else []


def _labels(model, path: str, told: Iterable[Any]) -> dict[Any, str]:
    """What a choice is called, or a row that a foreign key names."""
    *through, name = path.split("__")
    for one in through:
        model = model._meta.get_field(one).related_model
    field = model._meta.get_field(name)
    if field.is_relation:
        rows = field.related_model.objects.in_bulk(list(told))
        return {key: str(_title(rows.get(key))) for key in told}
    return {key: str(dict(field.flatchoices).get(key, key) or "–") for key in told}


def _title(row: Any) -> str:
    return getattr(row, "local_title", None) or getattr(row, "title", None) or str(row or "–")


def shown(user, lines: Lines, page: Iterable[Any]) -> Sequence[Line]:
    told = list(page)
    if told and lines.said in {one.name for one in told[0]._meta.concrete_fields if one.is_relation}:
        prefetch_related_objects(told, lines.said)
    numbers = {one.place_no for one in told}
    places = {one.place_no: one for one in Place.objects.filter(place_no__in=numbers)}
    return [
        Line(
            place=places.get(one.place_no), on=_day(getattr(one, lines.on)) if lines.on else None, said=_said(one, lines),
            counts=getattr(one, lines.weight) if lines.weight else 1,
            url=_page_of(user, lines, one),
        )
        for one in told
    ]  # fmt: skip


def _page_of(user, lines: Lines, one: Any) -> str:
    """Empty where the row has none, or the reader may see the row and not open its page."""
    if not (lines.page and getattr(one, lines.of)):
        return ""
    url = reverse(lines.page, args=[getattr(one, lines.of)])
    needs = getattr(resolve(url).func, "requires", None)
    return "" if isinstance(needs, Permission) and not policy.can(user, needs, one) else url


def _day(value: date | datetime | None) -> date | None:
    return day_in_india(value) if isinstance(value, datetime) else value


def _said(one: Any, lines: Lines) -> str | Promise:
    value = getattr(one, lines.said) if lines.said else ""
    return value() if callable(value) else value if isinstance(value, str | Promise) else getattr(value, "title", None) or str(value)
