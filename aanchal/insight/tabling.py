"""A table of one's own: indicators by places and periods, people by sex and age. Small numbers only for who may open the lists."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import connection
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core.numbers import grouped
from aanchal.insight import queries, rules, words
from aanchal.insight.measures import MEASURES
from aanchal.insight.models import CELLS, Definition
from aanchal.insight.terms import Age, Breakdown, Sex, Span
from aanchal.places.models import Place
from aanchal.places.queries import within

NOT_TOLD = None
MOST_LINES = 50_000
GROUPS: dict[str, tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]] = {
    Breakdown.NONE: (((), (0, 1, 2, 3, 4, 5)),),
    Breakdown.SEX: (((Sex.FEMALE,), (0, 1)), ((Sex.MALE,), (2, 3)), ((Sex.OTHER,), (4, 5))),
    Breakdown.AGE: (((Age.UNDER_18,), (0, 2, 4)), ((Age.ADULT,), (1, 3, 5))),
    Breakdown.BOTH: tuple(((sex, age), (2 * n + m,)) for n, sex in enumerate(Sex) for m, age in enumerate(Age)),
}
"""The words of a group, and which of the six cells are in it (models.CELLS)."""
WORDS = {**dict(Sex.choices), **dict(Age.choices)}
Value = float | int | None


@dataclass(frozen=True)
class Asked:
    """`level` is empty for the place alone. Months run back from `last`."""

    codes: tuple[str, ...]
    level: str
    last: date
    months: int
    span: str
    breakdown: str

    @property
    def first(self) -> date:
        return rules.month_after(self.last, 1 - self.months)


@dataclass(frozen=True)
class Line:
    """A place, a period, a group of people; a value for each indicator, None where it is not told."""

    place: Place
    period: str
    group: str
    values: Sequence[Value]


@dataclass(frozen=True, eq=False)
class Table:
    """Of one reader: what she may not know is not in it."""

    user: object
    place: Place
    asked: Asked

    @cached_property
    def definitions(self) -> list[Definition]:
        """In the order of their codes; broken down are only those that count people."""
        held = queries.definitions(rules.month_after(self.asked.last))
        found = [one for one in held if one.code in self.asked.codes and one.numerator]
        return [one for one in found if not self.is_broken_down or MEASURES[one.numerator].of_people]

    @property
    def is_broken_down(self) -> bool:
        return self.asked.breakdown != Breakdown.NONE

    @cached_property
    def places(self) -> list[Place]:
        if not self.asked.level or self.asked.level == self.place.level:
            return [self.place]
        found = Place.objects.filter(within(self.place), level=self.asked.level, part_of=None)
        return list(found.select_related("district", "state").order_by("name", "pk"))

    @cached_property
    def periods(self) -> list[tuple[str, list[date]]]:
        """What a period is called, and its computed months, oldest first."""
        found: dict[str, list[date]] = {}
        for month in sorted(one for one in queries.months() if self.asked.first <= one <= self.asked.last):
            found.setdefault(_period(month, self.asked.span), []).append(month)
        return list(found.items())

    @property
    def count(self) -> int:
        return len(self.places) * len(self.periods) * len(GROUPS[self.asked.breakdown])

    def lines(self, places: Sequence[Place] | None = None) -> list[Line]:
        """Of these places, by default of all."""
        places = self.places if places is None else places
        figures, cells = self._figures(places), self._cells(places) if self.is_broken_down else {}
        return [
            Line(place, period, self._group(words_of), [self._value(place, one, months, which, figures, cells) for one in self.definitions])
            for place in places
            for period, months in self.periods
            for words_of, which in GROUPS[self.asked.breakdown]
        ]

    def headings(self) -> list[str]:
        shares = {one.code: ", %" if one.unit == "PERCENT" and not self.is_broken_down else "" for one in self.definitions}
        return [f"{one.title} ({one.code}{shares[one.code]})" for one in self.definitions]

    def is_share(self) -> list[bool]:
        return [one.is_share and not self.is_broken_down for one in self.definitions]

    def _group(self, words_of: Sequence[str]) -> str:
        return ", ".join(str(WORDS[one]) for one in words_of)

    def _is_exact(self, place: Place) -> bool:
        return policy.covers(self.user, Permission.ENTRY_READ, place)

    def _figures(self, places: Sequence[Place]) -> Mapping[tuple[int, str], Mapping[date, tuple[int, int | None]]]:
        found: dict[tuple[int, str], dict[date, tuple[int, int | None]]] = defaultdict(dict)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT f.place_id, d.code, f.month, f.numerator, f.denominator FROM insight_figure f JOIN insight_definition d"
                " ON d.id = f.definition_id WHERE f.place_id = ANY(%s) AND d.code = ANY(%s) AND f.month BETWEEN %s AND %s",
                [[one.pk for one in places], [one.code for one in self.definitions], self.asked.first, self.asked.last],
            )
            for place, code, month, n, of in cursor.fetchall():
                found[place, code][month] = (n, of)
        return found

    def _cells(self, places: Sequence[Place]) -> Mapping[tuple[int, str], Mapping[date, tuple[int, ...]]]:
        found: dict[tuple[int, str], dict[date, tuple[int, ...]]] = defaultdict(dict)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT place_id, measure, month, {', '.join(CELLS)} FROM insight_counted"
                " WHERE place_id = ANY(%s) AND measure = ANY(%s) AND month BETWEEN %s AND %s",
                [[one.pk for one in places], [one.numerator for one in self.definitions], self.asked.first, self.asked.last],
            )
            for place, measure, month, *told in cursor.fetchall():
                found[place, measure][month] = tuple(told)
        return found

    def _value(self, place: Place, one: Definition, months: Sequence[date], which: Sequence[int], figures, cells) -> Value:
        told, exact = figures.get((place.pk, one.code), {}), self._is_exact(place)
        if not exact and any(month not in told for month in months):
            return NOT_TOLD  # a part of the sum is hidden, or is nothing: which of the two, the rest would tell
        if self.is_broken_down:
            return _cell(cells.get((place.pk, one.numerator), {}), months, which, exact=exact)
        if one.is_typical:  # of several months together it would have to be made anew
            return told[months[0]][0] if len(months) == 1 and months[0] in told else NOT_TOLD
        known = [told[month] for month in months if month in told]
        n, of = sum(n for n, _of in known), sum(of or 0 for _n, of in known)
        if not known or (one.denominator and not of):
            return NOT_TOLD
        return 100 * n / of if one.denominator else n


def said(value: Value, *, is_share: bool) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if is_share else grouped(value)


def _cell(told: Mapping[date, tuple[int, ...]], months: Sequence[date], which: Sequence[int], *, exact: bool) -> Value:
    """A group that is small in one month hides that place's groups of the period: sums and differences would tell it."""
    rows = [told[month] for month in months if month in told]
    if not exact and any(0 < cell < rules.LEAST_CASES for row in rows for cell in row):
        return NOT_TOLD
    return sum(row[n] for row in rows for n in which)


def _period(month: date, span: str) -> str:
    if span == Span.QUARTER:
        return words.quarter(rules.quarter_of(month))
    if span == Span.YEAR:
        return words.year(month)
    return words.month(month)


def columns(table: Table) -> list[str]:
    """What stands before the indicators."""
    return [_("Place"), _("Period"), *([_("Who")] if table.is_broken_down else [])]
