"""All that came to her, in one list by her case: benefits, help of others, courses. No honorarium: leading others is in no list of hers."""

from dataclasses import dataclass
from datetime import date

from aanchal.benefits import queries as benefits
from aanchal.benefits.terms import State
from aanchal.cases.models import Case
from aanchal.rehab import catalogue
from aanchal.rehab.models import OwnBenefit


@dataclass(frozen=True)
class Line:
    """What came, on which day, from whom, of what value in paise."""

    on: date
    what: str
    source: str
    paise: int | None = None


def title_of(one: OwnBenefit, language: str) -> str:
    return benefits.scheme(one.scheme_id).title[language]


def ledger(case: Case, language: str) -> list[Line]:
    """The newest first."""
    delivered = case.own_benefits.filter(state__in=[State.DELIVERED, State.LAPSED]).order_by("pk")
    lines = [Line(one.moved_on, title_of(one, language), str(State.DELIVERED.label), one.amount_paise) for one in delivered]
    lines += [Line(one.on, one.get_support_display(), one.get_party_display()) for one in case.services.order_by("pk")]
    lines += [
        Line(one.enrolled_on, _course(one, language), one.agency.name if one.agency else "")
        for one in case.learnings.select_related("agency").order_by("pk")
    ]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def _course(one, language: str) -> str:
    trade = catalogue.trades().get(one.trade)
    return f"{one.get_kind_display()}: {trade.texts[language]}" if trade else one.get_kind_display()
