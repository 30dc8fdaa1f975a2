"""A calendar year of the States' accepted returns, as the United Nations ask for it in the questionnaire of their Global Report.

Counts from 1 to 10 are left out, and others beside them where a sum would tell them: this goes abroad.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from aanchal.nodal import queries, rules
from aanchal.nodal.models import Figure
from aanchal.nodal.terms import Asked, PeriodKind

HEADS: dict[str, tuple[tuple[str, ...], str]] = {
    Asked.OFFENCES: (("cases_143", "cases_144", "cases_itpa", "cases_bonded", "cases_child_labour", "cases_other"), "cases_total"),
    Asked.PERSONS: (("persons_arrested", "persons_chargesheeted", "persons_convicted"), ""),
    Asked.VICTIMS: (
        ("victims_girls", "victims_boys", "victims_other_children", "victims_women", "victims_men", "victims_other_adults"),
        "victims_total",
    ),
    Asked.CITIZENSHIP: (("nationality_indian", "nationality_nepali", "nationality_bangladeshi", "nationality_other"), "rescued_total"),
    Asked.FORMS: (
        (
            "purpose_labour", "purpose_sexual", "purpose_servitude", "purpose_marriage", "purpose_petty_crime", "purpose_pornography",
            "purpose_begging", "purpose_organs", "purpose_other",
        ),
        "rescued_total",
    ),
}  # fmt: skip
"""Question -> the heads that answer it, and their sum where one stands in the returns."""


@dataclass(frozen=True)
class Row:
    """`value` is None where it is not told: from 1 to 10, or beside such a one; `is_known` is False where no State told of it."""

    asked: Asked
    head: str
    title: str
    value: int | None
    is_known: bool


@dataclass(frozen=True)
class Answers:
    year: int
    rows: Sequence[Row]
    states: int
    returns: int

    @property
    def told(self) -> int:
        return sum(row.value is not None for row in self.rows)


def years() -> list[int]:
    """Calendar years of which a return was accepted, the newest first."""
    return sorted({day.year for day in _figures().values_list("of__call__starts_on", flat=True).distinct()}, reverse=True)


def of(year: int) -> Answers:
    """Of returns of single months, as other sums of the nation."""
    figures = _figures().filter(of__call__starts_on__year=year)
    sums = {head: int(total) for head, total in figures.values_list("head__key").annotate(total=Sum("value"))}
    titles, rows = dict(queries.series_keys()), []
    for asked, (parts, whole) in HEADS.items():
        shown = _shown({head: sums[head] for head in parts if head in sums}, {whole: sums[whole]} if whole in sums else {})
        rows += [
            Row(asked, head, titles.get(head, head), shown.get(head), head in sums) for head in ((*parts, whole) if whole else parts)
        ]
    states = figures.aggregate(states=Count("place_no", distinct=True), returns=Count("of", distinct=True))
    return Answers(year, rows, states["states"], states["returns"])


def last_year(day: date) -> int:
    """The last calendar year that is over."""
    return day.year - 1


def _shown(parts: dict[str, int], whole: dict[str, int]) -> dict[str, int]:
    hidden = rules.hidden_parts(parts) if whole else set()
    return {head: n for head, n in (parts | whole).items() if head not in hidden and (n == 0 or n >= rules.LEAST)}


def _figures() -> QuerySet[Figure]:
    return Figure.objects.filter(district=None, of__standing__in=rules.COUNTED, of__call__period=PeriodKind.MONTH).order_by()
