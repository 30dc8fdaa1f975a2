"""What is counted each month by place, and where: every measure is a function of another app's `counts`, nothing else of theirs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from aanchal.access.permissions import Permission
from aanchal.activities import counts as activities
from aanchal.benefits import counts as benefits
from aanchal.cases import counts as cases
from aanchal.core.tallies import Tally
from aanchal.inbox import counts as inbox
from aanchal.insight import rules
from aanchal.money import counts as money
from aanchal.network import counts as network
from aanchal.registers import counts as registers
from aanchal.rehab import counts as rehab
from aanchal.rescue import counts as rescue
from aanchal.risk import counts as risk
from aanchal.selection import counts as selection
from aanchal.tracking import counts as tracking
from aanchal.villages import counts as villages

A_YEAR, A_QUARTER, A_MONTH, TWO_YEARS = timedelta(days=365), timedelta(days=90), timedelta(days=30), timedelta(days=730)
Count = Callable[[date, date], Iterable[Tally]]


@dataclass(frozen=True)
class Opens:
    """The list that a measure counts: its address, what narrows it, who may open it."""

    name: str
    permission: Permission
    args: tuple[str, ...] = ()
    narrows: Mapping[str, str] = field(default_factory=dict)
    by_days: bool = False
    """The list can be narrowed to the days of a month."""


@dataclass(frozen=True)
class Measure:
    count: Count
    is_stock: bool = False
    """As it stands when it is counted: only of the month that runs or has just ended."""
    of_people: bool = False
    """By sex and age: fit for a public table."""
    opens: Opens | None = None


def _year(day: date) -> date:
    """The first day of the financial year."""
    return date(rules.year_of(day), rules.FIRST_MONTH, 1)


def _lines(register: str, **narrows: str) -> Measure:
    opens = Opens("registers:list", Permission.ENTRY_READ, (register.lower(),), narrows, by_days=True)
    return Measure(lambda first, last: registers.answered(register, first, last, **narrows), of_people=True, opens=opens)


def _told(register: str, key: str) -> Measure:
    return Measure(lambda first, last: registers.with_answer(register, first, last, key), of_people=True)


def _families(count: Callable[[date, date], Iterable[Tally]], **narrows: str) -> Measure:
    return Measure(count, is_stock=True, opens=Opens("families", Permission.RISK_READ, (), narrows))


MEASURES: dict[str, Measure] = {
    "migrations": _lines("MIGRATION"),
    "migrations_verified": _lines("MIGRATION", employer_verified="yes"),
    "migrations_before": Measure(lambda first, last: registers.recorded_before("MIGRATION", first, last), of_people=True),
    "marriages": _lines("MARRIAGE"),
    "marriages_verified": _lines("MARRIAGE", groom_address_verified="yes"),
    "missing": _lines("MISSING"),
    "missing_fir": _told("MISSING", "fir_on"),
    "missing_traced": _told("MISSING", "traced_on"),
    "left": _lines("LEFT"),
    "left_unknown": _lines("LEFT", contact_known="no"),
    "families": Measure(lambda first, last: risk.families(), is_stock=True),
    "families_assessed": Measure(lambda first, last: risk.assessed(last - A_YEAR), is_stock=True),
    "families_surveyed": _families(lambda first, last: risk.surveyed(), band="KNOWN"),
    "families_at_risk": _families(lambda first, last: risk.at_risk(), band="RISK"),
    "villages": Measure(lambda first, last: villages.villages(), is_stock=True),
    "villages_situation": Measure(lambda first, last: villages.situations(last - A_YEAR, last)),
    "villages_map": Measure(lambda first, last: villages.maps(last), is_stock=True),
    "actions_due": Measure(lambda first, last: villages.actions_due(first, last)),
    "actions_done": Measure(lambda first, last: villages.actions_due(first, last, done=True)),
    "submissions": Measure(lambda first, last: inbox.submissions(first, last)),
    "submissions_good": Measure(lambda first, last: inbox.submissions(first, last, good=True)),
    "away": Measure(lambda first, last: tracking.away(), is_stock=True, of_people=True),
    "in_touch": Measure(lambda first, last: tracking.in_touch(last), is_stock=True, of_people=True),
    "applied": Measure(lambda first, last: benefits.applied(first, last)),
    "sanctioned": Measure(lambda first, last: benefits.applied(first, last, sanctioned=True)),
    "waiting": Measure(lambda first, last: benefits.waiting(), is_stock=True),
    "overdue": Measure(lambda first, last: benefits.waiting(last), is_stock=True),
    "forces": Measure(lambda first, last: activities.forces(last)),
    "forces_met": Measure(lambda first, last: activities.forces(last, met_since=last - A_QUARTER)),
    "reached": Measure(activities.reached, of_people=True),
    "trained": Measure(activities.trained),
    "listings": Measure(lambda first, last: network.listings(last)),
    "listings_verified": Measure(lambda first, last: network.listings(last, verified=True)),
    "operations": Measure(rescue.operations),
    "rescued": Measure(rescue.rescued, of_people=True),
    "firs": Measure(rescue.firs),
    "cases": Measure(cases.opened, of_people=True),
    "blocks": Measure(lambda first, last: selection.blocks(), is_stock=True),
    "blocks_chosen": Measure(lambda first, last: selection.chosen_blocks(last)),
    "contact_lost": Measure(tracking.lost),
    "contact_lost_handed_up": Measure(lambda first, last: tracking.lost(first, last, handed_up=True)),
    "enquiries": Measure(network.enquiries),
    "enquiries_answered": Measure(lambda first, last: network.enquiries(first, last, answered=True)),
    "at_risk_in_group": Measure(lambda first, last: benefits.at_risk_families(in_group=True), is_stock=True),
    "at_risk_lacking": Measure(lambda first, last: benefits.at_risk_families(lacking=True), is_stock=True),
    "at_risk_eligible": Measure(lambda first, last: benefits.at_risk_families(eligible=True), is_stock=True),
    "trainees": Measure(lambda first, last: benefits.trainees(), is_stock=True),
    "trainees_placed": Measure(lambda first, last: benefits.trainees(placed=True), is_stock=True),
    "children_rescued": Measure(rescue.children),
    "children_before_committee": Measure(lambda first, last: rescue.children(first, last, before_committee=True)),
    "cases_worked_on": Measure(lambda first, last: cases.working(), is_stock=True),
    "cases_of_children": Measure(lambda first, last: cases.working(children=True), is_stock=True),
    "cases_closed": Measure(lambda first, last: cases.closed(last - TWO_YEARS, last)),
    "cases_reopened": Measure(lambda first, last: cases.closed(last - TWO_YEARS, last, reopened=True)),
    "cases_counselled": Measure(lambda first, last: rehab.counselled(last - A_MONTH, last), is_stock=True),
    "children_in_bridge": Measure(lambda first, last: rehab.in_bridge_course(), is_stock=True),
    "repatriated": Measure(rehab.repatriated),
    "posts": Measure(lambda first, last: network.posts(last)),
    "posts_filled": Measure(lambda first, last: network.posts(last, filled=True)),
    "budget": Measure(lambda first, last: money.approved(_year(last)), is_stock=True),
    "budget_spent": Measure(lambda first, last: money.spent(_year(last), last)),
}
