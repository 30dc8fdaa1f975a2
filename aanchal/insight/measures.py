"""What is counted each month by place, and where: every measure is a function of another app's `counts`, nothing else of theirs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from aanchal.access.permissions import Permission
from aanchal.activities import counts as activities
from aanchal.benefits import counts as benefits
from aanchal.cases import counts as cases
from aanchal.core.tallies import Part, Tally, of_rows
from aanchal.inbox import counts as inbox
from aanchal.insight import rules
from aanchal.insight.rolling import median, ratio
from aanchal.matching import counts as matching
from aanchal.money import counts as money
from aanchal.network import counts as network
from aanchal.people import counts as people
from aanchal.registers import counts as registers
from aanchal.rehab import counts as rehab
from aanchal.rescue import counts as rescue
from aanchal.risk import counts as risk
from aanchal.selection import counts as selection
from aanchal.tracking import counts as tracking
from aanchal.villages import counts as villages

A_YEAR, A_QUARTER, A_MONTH, TWO_YEARS = timedelta(days=365), timedelta(days=90), timedelta(days=30), timedelta(days=730)
Count = Callable[[date, date], Iterable[Tally]]
Rows = Callable[[date, date], QuerySet]
May = Sequence[Permission]
READS_FAMILIES: May = (Permission.RISK_READ,)
KNOWS_REASONS: May = (Permission.RISK_READ, Permission.RISK_REASONS, Permission.ENTITLEMENT_READ)


@dataclass(frozen=True)
class Opens:
    """A list elsewhere that has exactly these rows: its address, what narrows it, who may open it."""

    name: str
    permission: Permission
    args: tuple[str, ...] = ()
    narrows: Mapping[str, str] = field(default_factory=dict)
    by_days: bool = False
    """The list can be narrowed to the days of a month."""


@dataclass(frozen=True)
class Lines:
    """The rows themselves, for who holds all of `may` there. A row is told by its place, its day and `said`: never by a name."""

    rows: Rows
    may: May
    page: str = ""
    """The page of one row; none where it has none of its own."""
    of: str = "pk"
    """What that page is asked with."""
    on: str = ""
    said: str = ""
    weight: str = ""
    """As how many a row counts; empty: as one."""
    kind: str = ""
    """By what the rows fall into kinds: a scheme, a form, a trade. Never by what a family believes or was born into."""


@dataclass(frozen=True)
class Typical:
    """What is typical of many, not how many: made from `parts` by `how`, told only where `of` counts enough of them."""

    parts: Callable[[date, date], Iterable[Part]]
    of: str
    how: Callable[..., Any]
    times: int = 1


@dataclass(frozen=True)
class Measure:
    count: Count | None = None
    is_stock: bool = False
    """As it stands when it is counted: only of the month that runs or has just ended."""
    is_long: bool = False
    """Looks back further than its month, so that months of it do not add up."""
    of_people: bool = False
    """By sex and age: fit for a public table."""
    opens: Opens | None = None
    lines: Lines | None = None
    shut: str = ""
    """Why nobody is shown a list (words.SHUT)."""
    typical: Typical | None = None

    @property
    def adds_up(self) -> bool:
        """Months of it may be added to a quarter or a year."""
        return not (self.is_stock or self.is_long or self.typical)

    def tallies(self, first: date, last: date) -> Iterable[Tally]:
        if self.count is not None:
            return self.count(first, last)
        assert self.lines is not None, "a measure counts its rows, or says how"
        return of_rows(self.lines.rows(first, last), self.lines.weight)


MEASURES: dict[str, Measure] = {}
"""Apps above this one bring their own (config.apps)."""


def register(measures: Mapping[str, Measure]) -> None:
    MEASURES.update(measures)


def _year(day: date) -> date:
    """The first day of the financial year."""
    return date(rules.year_of(day), rules.FIRST_MONTH, 1)


def _of(rows: Rows, may: May | Permission, page: str = "", *, is_stock: bool = False, is_long: bool = False, **more: str) -> Measure:
    return Measure(is_stock=is_stock, is_long=is_long, lines=Lines(rows, (may,) if isinstance(may, Permission) else may, page, **more))


def _shut(rows: Rows, why: str = "CASES", *, is_stock: bool = False, is_long: bool = False) -> Measure:
    return Measure(count=lambda first, last: of_rows(rows(first, last)), is_stock=is_stock, is_long=is_long, shut=why)


def _typical(parts: Callable[[date, date], Iterable[Part]], of: str, how=ratio, times: int = 1, *, is_stock: bool = False) -> Measure:
    return Measure(is_stock=is_stock, typical=Typical(parts, of, how, times))


def _register(name: str, **narrows: str) -> Measure:
    opens = Opens("registers:list", Permission.ENTRY_READ, (name.lower(),), narrows, by_days=True)
    return Measure(lambda first, last: registers.people(registers.answered(name, first, last, **narrows)), of_people=True, opens=opens)


def _register_lines(rows: Rows) -> Measure:
    lines = Lines(rows, (Permission.ENTRY_READ,), "registers:detail", on="happened_on")
    return Measure(lambda first, last: registers.people(rows(first, last)), of_people=True, lines=lines)


def _journeys(rows: Rows) -> Measure:
    lines = Lines(rows, (Permission.JOURNEY_READ,), "tracking:journey", on="departed_on")
    return Measure(lambda first, last: tracking.people(rows(first, last)), is_stock=True, of_people=True, lines=lines)


def _listed_families(rows: Rows, **narrows: str) -> Measure:
    opens = Opens("families", Permission.RISK_READ, (), narrows)
    return Measure(lambda first, last: of_rows(rows(first, last)), is_stock=True, opens=opens)


def _families(rows: Rows, may: May = KNOWS_REASONS) -> Measure:
    return _of(rows, may, "family", is_stock=True, of="household_id", on="assessed_on", said="household")


def _villages(rows: Rows, permission: Permission = Permission.COUNT_READ, *, is_stock: bool = True) -> Measure:
    return _of(rows, permission, "place", is_stock=is_stock, is_long=True, said="local_name")


def _demands(weight: str) -> Measure:
    """What was asked of the plans within a year, as they stand: the panchayat answers months after it was asked."""
    return _of(
        lambda first, last: villages.demands(last - A_YEAR, last, taken=weight == "taken"), READS_FAMILIES, "villages:demands",
        is_stock=True, of="place_id", on="given_on", weight=weight, kind="kind",
    )  # fmt: skip


def _entitlements(rows: Rows, *, is_stock: bool = False, on: str = "applied_on") -> Measure:
    return _of(
        rows, (Permission.ENTITLEMENT_READ, Permission.RISK_REASONS), "entitlement", is_stock=is_stock, on=on, said="code", kind="scheme"
    )


register(
    {
        "migrations": _register("MIGRATION"),
        "migrations_verified": _register("MIGRATION", employer_verified="yes"),
        "migrations_before": _register_lines(lambda first, last: registers.recorded_before("MIGRATION", first, last)),
        "marriages": _register("MARRIAGE"),
        "marriages_verified": _register("MARRIAGE", groom_address_verified="yes"),
        "missing": _register("MISSING"),
        "missing_fir": _register_lines(lambda first, last: registers.with_answer("MISSING", first, last, "fir_on")),
        "missing_traced": _register_lines(lambda first, last: registers.with_answer("MISSING", first, last, "traced_on")),
        "left": _register("LEFT"),
        "left_unknown": _register("LEFT", contact_known="no"),
        "families": _of(
            lambda first, last: risk.families(), Permission.HOUSEHOLD_READ, "family", is_stock=True, on="visited_on", said="shown_code"
        ),
        "families_assessed": _families(lambda first, last: risk.assessed(last - A_YEAR), READS_FAMILIES),
        "families_surveyed": _listed_families(lambda first, last: risk.surveyed(), band="KNOWN"),
        "families_at_risk": _listed_families(lambda first, last: risk.at_risk(), band="RISK"),
        "families_by_points": _families(lambda first, last: risk.at_risk_by_points(), READS_FAMILIES),
        "risk_depth": _typical(lambda first, last: risk.depth(), "families_by_points", times=100, is_stock=True),
        "risk_adjusted": _typical(lambda first, last: risk.adjusted(), "families_surveyed", times=100, is_stock=True),
        "girls_out": _of(
            lambda first, last: people.girls_out_of_school(last),
            (Permission.HOUSEHOLD_READ, Permission.RISK_READ),
            "family",
            is_stock=True,
            of="household_id",
        ),
        "girls_back": _of(
            lambda first, last: people.girls_out_of_school(last, back=True),
            (Permission.HOUSEHOLD_READ, Permission.RISK_READ),
            "family",
            is_stock=True,
            of="household_id",
        ),
        "villages": _villages(lambda first, last: villages.villages()),
        "villages_situation": _villages(
            lambda first, last: villages.situations(last - A_YEAR, last), Permission.VILLAGE_READ, is_stock=False
        ),
        "villages_map": _villages(lambda first, last: villages.maps(last), Permission.VILLAGE_READ),
        "villages_directory": _villages(lambda first, last: network.villages_with_directory(), Permission.STAKEHOLDER_READ),
        "villages_trained": _villages(lambda first, last: activities.villages_trained(last), Permission.ACTIVITY_READ),
        "demands": _demands("families"),
        "demands_taken": _demands("taken"),
        "actions_due": _of(villages.actions_due, Permission.VILLAGE_READ, on="due_on", said="local_title"),
        "actions_done": _of(
            lambda first, last: villages.actions_due(first, last, done=True), Permission.VILLAGE_READ, on="due_on", said="local_title"
        ),
        "submissions": _of(inbox.submissions, Permission.SUBMISSION_REVIEW, on="received_at", said="form_id", kind="form_id"),
        "submissions_good": _of(
            lambda first, last: inbox.submissions(first, last, good=True),
            Permission.SUBMISSION_REVIEW,
            on="received_at",
            said="form_id",
            kind="form_id",
        ),
        "away": _journeys(lambda first, last: tracking.away()),
        "in_touch": _journeys(lambda first, last: tracking.in_touch(last)),
        "contact_lost": _of(tracking.lost, Permission.JOURNEY_READ, "tracking:alert", on="raised_at"),
        "contact_lost_handed_up": _of(
            lambda first, last: tracking.lost(first, last, handed_up=True), Permission.JOURNEY_READ, "tracking:alert", on="raised_at"
        ),
        "child_marriages": _of(tracking.child_marriages, Permission.JOURNEY_READ, "tracking:alert", on="raised_at"),
        "child_marriages_stopped": _of(
            lambda first, last: tracking.child_marriages(first, last, stopped=True),
            Permission.JOURNEY_READ,
            "tracking:alert",
            on="raised_at",
        ),
        "children_with_fir": _of(
            tracking.children_with_fir, (Permission.JOURNEY_READ, Permission.ENTRY_READ), "tracking:search", on="reported_at"
        ),
        "days_to_fir": _typical(tracking.days_to_fir, "children_with_fir", median),
        "missing_long": _of(
            lambda first, last: tracking.missing_long(last), Permission.JOURNEY_READ, "tracking:search", is_stock=True, on="reported_at"
        ),
        "missing_long_with_unit": _of(
            lambda first, last: tracking.missing_long(last, with_unit=True),
            Permission.JOURNEY_READ,
            "tracking:search",
            is_stock=True,
            on="reported_at",
        ),
        "pairs": _of(matching.pairs, Permission.MATCH_REVIEW, "matching:pair", on="searched_at"),
        "pairs_reviewed": _of(
            lambda first, last: matching.pairs(first, last, reviewed=True), Permission.MATCH_REVIEW, "matching:pair", on="searched_at"
        ),
        "applied": _entitlements(benefits.applied),
        "sanctioned": _entitlements(lambda first, last: benefits.applied(first, last, sanctioned=True)),
        "waiting": _entitlements(lambda first, last: benefits.waiting(), is_stock=True),
        "overdue": _entitlements(lambda first, last: benefits.waiting(last), is_stock=True),
        "delivered": _entitlements(benefits.delivered, on="moved_on"),
        "days_to_deliver": _typical(benefits.days_to_deliver, "delivered", median),
        "at_risk_in_group": _families(lambda first, last: benefits.at_risk_families(in_group=True)),
        "at_risk_lacking": _families(lambda first, last: benefits.at_risk_families(lacking=True)),
        "at_risk_eligible": _families(lambda first, last: benefits.at_risk_families(eligible=True)),
        "at_risk_with_papers": _families(lambda first, last: benefits.with_papers()),
        "at_risk_with_money": _families(lambda first, last: benefits.with_money(), (*KNOWS_REASONS, Permission.FUND_READ)),
        "loans": _of(lambda first, last: benefits.loans(), Permission.FUND_READ, "loan", is_stock=True, on="released_on", kind="fund"),
        "loans_overdue": _typical(lambda first, last: benefits.principal_overdue(last), "loans", times=100, is_stock=True),
        "adults_at_risk": _of(lambda first, last: benefits.adults_at_risk(last), KNOWS_REASONS, "family", is_stock=True, of="household_id"),
        "adults_insured": _of(
            lambda first, last: benefits.adults_at_risk(last, insured=True), KNOWS_REASONS, "family", is_stock=True, of="household_id"
        ),
        "work_told": _families(lambda first, last: benefits.days_of_work_told()),
        "work_days": _typical(lambda first, last: benefits.days_of_work(), "work_told", is_stock=True),
        "trainees": _of(
            lambda first, last: benefits.trainees(),
            Permission.ENTITLEMENT_READ,
            "plan",
            is_stock=True,
            of="household_id",
            on="enrolled_on",
            kind="programme",
        ),
        "trainees_placed": _of(
            lambda first, last: benefits.trainees(placed=True),
            Permission.ENTITLEMENT_READ,
            "plan",
            is_stock=True,
            of="household_id",
            on="placed_on",
            kind="programme",
        ),
        "forces": _of(
            lambda first, last: activities.forces(last),
            Permission.ACTIVITY_READ,
            "activities:task-force",
            on="constituted_on",
            said="title",
            is_long=True,
            kind="place__level",
        ),
        "forces_met": _of(
            lambda first, last: activities.forces(last, met_since=last - A_QUARTER),
            Permission.ACTIVITY_READ,
            "activities:task-force",
            on="constituted_on",
            said="title",
            is_long=True,
            kind="place__level",
        ),
        "reached": Measure(
            activities.reached,
            of_people=True,
            lines=Lines(
                activities.events, (Permission.ACTIVITY_READ,), "activities:event", on="on", said="title", weight="people", kind="method"
            ),
        ),
        "trained": _of(activities.trained, Permission.ACTIVITY_READ, "activities:training", of="training_id", said="training"),
        "officers_trained": _of(
            lambda first, last: activities.officers_trained(last),
            Permission.ACTIVITY_READ,
            "activities:participant",
            said="post",
            is_long=True,
            kind="rank",
        ),
        "points_due": _of(
            activities.points_due, Permission.ACTIVITY_READ, "activities:meeting", of="meeting_id", on="due_on", said="decision"
        ),
        "points_closed": _of(
            lambda first, last: activities.points_due(first, last, closed=True),
            Permission.ACTIVITY_READ,
            "activities:meeting",
            of="meeting_id",
            on="due_on",
            said="decision",
        ),
        "listings": _of(
            lambda first, last: network.listings(last),
            Permission.DIRECTORY_RECORD,
            "network:listing",
            on="recorded_at",
            said="name",
            is_long=True,
            kind="kind",
        ),
        "listings_verified": _of(
            lambda first, last: network.listings(last, verified=True),
            Permission.DIRECTORY_RECORD,
            "network:listing",
            on="visited_on",
            said="name",
            is_long=True,
            kind="kind",
        ),
        "enquiries": _of(
            network.enquiries, Permission.CENTRE_WORK, "network:centre", of="centre_id", on="on", said="get_topic_display", kind="asker"
        ),
        "enquiries_answered": _of(
            lambda first, last: network.enquiries(first, last, answered=True),
            Permission.CENTRE_WORK,
            "network:centre",
            of="centre_id",
            on="on",
            said="get_topic_display",
            kind="asker",
        ),
        "posts": _of(
            lambda first, last: network.posts(last),
            Permission.STAKEHOLDER_READ,
            "network:post",
            on="sanctioned_on",
            said="title",
            is_long=True,
            kind="kind",
        ),
        "posts_filled": _of(
            lambda first, last: network.posts(last, filled=True),
            Permission.STAKEHOLDER_READ,
            "network:post",
            on="sanctioned_on",
            said="title",
            is_long=True,
            kind="kind",
        ),
        "operations": _of(rescue.operations, Permission.RESCUE_READ, "rescue:operation", on="ended_at"),
        "rescued": Measure(
            rescue.rescued_people,
            of_people=True,
            lines=Lines(rescue.rescued, (Permission.RESCUE_READ,), "rescue:person", on="rescued_on", said="shown_code"),
        ),
        "firs": _of(rescue.firs, Permission.RESCUE_READ, "rescue:fir", on="registered_on"),
        "children_rescued": _of(rescue.children, Permission.RESCUE_READ, "rescue:person", on="rescued_on", said="shown_code"),
        "children_before_committee": _of(
            lambda first, last: rescue.children(first, last, before_committee=True),
            Permission.RESCUE_READ,
            "rescue:person",
            on="rescued_on",
            said="shown_code",
        ),
        "rescued_in_two_years": _of(
            lambda first, last: rescue.rescued(last - TWO_YEARS, last),
            Permission.RESCUE_READ,
            "rescue:person",
            on="rescued_on",
            said="shown_code",
            is_long=True,
        ),
        "compensated": _of(
            lambda first, last: rescue.compensated(last - TWO_YEARS, last),
            Permission.RESCUE_READ,
            "rescue:person",
            on="rescued_on",
            said="shown_code",
            is_long=True,
        ),
        "bonded": _of(
            lambda first, last: rescue.bonded(last - A_YEAR, last),
            Permission.RESCUE_READ,
            "rescue:person",
            on="rescued_on",
            said="shown_code",
            is_long=True,
        ),
        "bonded_released": _of(
            lambda first, last: rescue.bonded(last - A_YEAR, last, released=True),
            Permission.RESCUE_READ,
            "rescue:person",
            on="rescued_on",
            said="shown_code",
            is_long=True,
        ),
        "unit_posts": _of(
            lambda first, last: rescue.unit_posts(), Permission.RESCUE_READ, "rescue:unit", is_stock=True, said="name", weight="posts_told"
        ),
        "unit_posts_filled": _of(
            lambda first, last: rescue.unit_posts(filled=True),
            Permission.RESCUE_READ,
            "rescue:unit",
            is_stock=True,
            said="name",
            weight="posts_told",
        ),
        "cases": Measure(cases.opened, of_people=True, shut="CASES"),
        "cases_worked_on": _shut(lambda first, last: cases.working(), is_stock=True),
        "cases_of_children": _shut(lambda first, last: cases.working(children=True), is_stock=True),
        "cases_closed": _shut(lambda first, last: cases.closed(last - TWO_YEARS, last), is_long=True),
        "cases_reopened": _shut(lambda first, last: cases.closed(last - TWO_YEARS, last, reopened=True), is_long=True),
        "cases_on_a_way": _shut(cases.taken_to_another_district),
        "cases_counselled": _shut(lambda first, last: rehab.counselled(last - A_MONTH, last), is_stock=True),
        "children_in_bridge": _shut(lambda first, last: rehab.in_bridge_course(), is_stock=True),
        "repatriated": _shut(rehab.repatriated),
        "skilling": _shut(lambda first, last: rehab.enrolled(last - A_QUARTER, last), is_long=True),
        "skilling_ready": _shut(lambda first, last: rehab.enrolled(last - A_QUARTER, last, ready=True), is_long=True),
        "skilled": _shut(lambda first, last: rehab.in_skilling(), is_stock=True),
        "skilled_unconventional": _shut(lambda first, last: rehab.in_skilling(unconventional=True), is_stock=True),
        "leaders": _shut(lambda first, last: rehab.leaders(), is_stock=True),
        "leaders_active": _shut(lambda first, last: rehab.leaders(active_since=last - A_QUARTER, until=last), is_stock=True),
        "blocks": _villages(lambda first, last: selection.blocks()),
        "blocks_chosen": _villages(lambda first, last: selection.chosen_blocks(last), Permission.SELECTION_READ, is_stock=False),
        "budget": _of(
            lambda first, last: money.approved(_year(last)),
            Permission.MONEY_READ,
            "money:budget",
            is_stock=True,
            said="title",
            weight="thousands",
        ),
        "budget_spent": _of(
            lambda first, last: money.spent(_year(last), last),
            Permission.MONEY_READ,
            "money:budget",
            is_stock=True,
            said="title",
            weight="thousands",
        ),
    }
)
