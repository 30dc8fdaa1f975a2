"""Counts of register lines by place and days: no ids, no names, and small ones hidden from who may not read the lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection, models
from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, When

from aanchal.core.tallies import Tally, of_people
from aanchal.places.models import Place
from aanchal.registers.models import Entry


@dataclass(frozen=True)
class Count:
    """Lines of one register and one sex; None where a small count is hidden."""

    register: str
    sex: str
    lines: int | None
    open_lines: int | None
    under_18: int | None


def of_place(place: Place, *, since: date | None = None, until: date | None = None) -> list[Count]:
    """What the acting person may know of a place; nothing where they may not see its counts. A block in two districts is two ranges."""
    found = []
    with connection.cursor() as cursor:
        for part in (place, *place.parts.all()):
            cursor.execute("SELECT * FROM registers_counts(%s, %s, %s, %s) ORDER BY 1, 2", [part.place_no, part.last_no, since, until])
            found += [Count(*row) for row in cursor.fetchall()]
    return found


def total(counts: list[Count], register: str, measure: str = "lines") -> int | None:
    """The sum over the sexes of one register; None when a part of it is hidden."""
    parts = [getattr(count, measure) for count in counts if count.register == register]
    return None if None in parts else sum(parts)


def lines(register: str, first: date, last: date, only: Q | None = None) -> QuerySet[Entry]:
    """Standing lines that happened between two days; `only` narrows them."""
    return Entry.objects.filter(only or Q(), register=register, stands=True, happened_on__gte=first, happened_on__lte=last)


def people(rows: QuerySet[Entry]) -> Iterator[Tally]:
    """By village, sex and age on the day, for who may read them all."""
    told = (F("person__born_on"), F("person__years"), F("person__told_on"), F("happened_on"))
    aged = rows.annotate(age=Func(*told, function="age_on", output_field=IntegerField()))
    counted = aged.annotate(is_child=Case(When(age__lt=18, then=True), default=False))
    return of_people(counted.order_by().values_list("place_no", "person__sex", "is_child").annotate(n=models.Count("pk")))


def recorded_before(register: str, first: date, last: date) -> QuerySet[Entry]:
    """Those written down on the day or before it."""
    return lines(register, first, last, Q(recorded_at__date__lte=F("happened_on")))


def answered(register: str, first: date, last: date, **answers: str) -> QuerySet[Entry]:
    """Those with an answer, as the list of the register narrows by it."""
    return lines(register, first, last, Q(**{f"details__{key}": value for key, value in answers.items()}))


def with_answer(register: str, first: date, last: date, key: str) -> QuerySet[Entry]:
    """Those of whom something was told at all: the day of the FIR, the day she was found."""
    return lines(register, first, last, Q(details__has_key=key) & ~Q(**{f"details__{key}": None}))
