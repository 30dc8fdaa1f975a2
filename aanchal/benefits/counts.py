"""What has come to the families of a place and what has not, by scheme: no names, no ids. Read through the database's own gate."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.benefits import money
from aanchal.benefits.models import Entitlement, GroupMember, Loan, Proposed, Service, Told, Training
from aanchal.benefits.models import Line as Booked
from aanchal.benefits.terms import Account, LoanState, State
from aanchal.core.tallies import Part
from aanchal.people.models import Membership
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.risk.models import Assessment
from aanchal.risk.pooling import is_few
from aanchal.risk.terms import AT_RISK_BANDS

ROUNDED_TO = 10
WIDE = (Level.NATION, Level.STATE, Level.DISTRICT, Level.BLOCK)
RISK, SHG = "RISK", "SHG"
"""The database of vulnerable women and children; families with a member in the SHG database. Kept apart, as the Framework asks."""
WHAT = ("received", "waiting", "refused", "lacking", "to_ask")


@dataclass(frozen=True)
class Line:
    """One scheme. What is None is hidden."""

    code: str
    counts: Mapping[str, int | None]


@dataclass(frozen=True)
class Cohort:
    families: int | None
    looked: int | None
    lines: Sequence[Line]
    is_exact: bool


def may_ask(user, place: Place) -> bool:
    """Who may only count asks of a block and wider, so that no village's figure is the difference of two."""
    return policy.covers(user, Permission.COUNT_READ, place) and (is_exact(user, place) or place.level in WIDE)


def is_exact(user, place: Place) -> bool:
    """Who may open the lists themselves."""
    return policy.covers(user, Permission.RISK_READ, place) and policy.covers(user, Permission.ENTITLEMENT_READ, place)


def cohort(user, place: Place, which: str) -> Cohort:
    families, looked, counted = _counted(place, which)
    exact = is_exact(user, place)
    codes = sorted({code for code, _ in counted})
    lines = [Line(code, {what: _told(counted[code, what], families, exact) for what in WHAT}) for code in codes]
    whole = [_told(count, None, exact) for count in (families, looked)]
    return Cohort(*whole, lines if exact or not is_few(families) else [], exact)


def _counted(place: Place, which: str) -> tuple[int, int, Counter]:
    families, looked, counted = 0, 0, Counter()
    with connection.cursor() as cursor:
        for part in (place, *place.parts.all()):
            cursor.execute("SELECT benefits_cohort(%s, %s, %s)", [part.place_no, part.last_no, which])
            told = cursor.fetchone()[0]
            told = json.loads(told) if isinstance(told, str) else told
            families, looked = families + told["families"], looked + told["looked"]
            for code, what, count in told["schemes"]:
                counted[code, what] += count
    return families, looked, counted


def _told(count: int, of: int | None, exact: bool) -> int | None:
    """Neither a few families nor all but a few; rounded, so that two answers set beside each other tell of no family."""
    if exact:
        return count
    if is_few(count) or (of is not None and is_few(of - count)):
        return None
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


PAPERS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "ration": ("survey", "ration_card", ("NFSA_PHH", "NFSA_AAY")),
    "job": ("told", "job_card", ("MGNREGS",)),
    "health": ("told", "health_card", ("PMJAY",)),
    "bank": ("member", "bank_account", ("PMJDY",)),
}
"""The four papers a family begins with: the answer that tells of it, and the schemes by which it came. A bank account is a member's."""
INSURANCE = ("PMJJBY", "PMSBY")
INSURED_FROM, INSURED_BELOW = 18, 71
"""Whom these two insure (schemes/national.yaml)."""


def applied(first: date, last: date, *, sanctioned: bool = False) -> QuerySet[Entitlement]:
    """Applications made between two days; of them those sanctioned or delivered by now."""
    made = Entitlement.objects.filter(applied_on__gte=first, applied_on__lte=last)
    return made.filter(state__in=(State.SANCTIONED, State.DELIVERED)) if sanctioned else made


def waiting(overdue_on: date | None = None) -> QuerySet[Entitlement]:
    """Applications without an answer as it stands now; or only those whose days allowed were over on a day."""
    waits = Entitlement.objects.filter(state__in=(State.APPLIED, State.COMPLAINED))
    return waits.filter(due_on__lt=overdue_on) if overdue_on else waits


def delivered(first: date, last: date) -> QuerySet[Entitlement]:
    """Applications on which the benefit came between two days, for the first time: what was renewed since moved on."""
    return Entitlement.objects.filter(state=State.DELIVERED, moved_on__gte=first, moved_on__lte=last)


def days_to_deliver(first: date, last: date) -> Iterator[Part]:
    """Of each of them, days from the application."""
    for place_no, applied_on, moved_on in delivered(first, last).order_by().values_list("place_no", "applied_on", "moved_on"):
        yield Part(place_no, (moved_on - applied_on).days)


def at_risk_families(*, in_group: bool = False, lacking: bool = False, eligible: bool = False) -> QuerySet[Assessment]:
    """Families at risk as they stand now: with a member in an SHG; found to lack a scheme; found to lack or having received one."""
    families = Assessment.objects.filter(Q(band__in=AT_RISK_BANDS) | Q(is_urgent=True), is_current=True, household__merged_into=None)
    if in_group:
        families = families.filter(Exists(GroupMember.objects.filter(household=OuterRef("household"), left_on=None, cbo__kind="SHG")))
    wants = Exists(Proposed.objects.filter(household=OuterRef("household"), lacking__len__gt=0))
    if lacking:
        families = families.filter(wants)
    if eligible:
        got = Entitlement.objects.filter(household=OuterRef("household"), state=State.DELIVERED, is_private=False)
        families = families.filter(wants | Exists(got))
    return families


def with_papers() -> QuerySet[Assessment]:
    """Families at risk of whom it is known that they have all four papers, as they told last or as these came."""
    families = at_risk_families()
    for where, fact, codes in PAPERS.values():
        came = Service.objects.filter(household=OuterRef("household"), code__in=codes).exclude(entitlement__state=State.LAPSED)
        families = families.filter(Q(Exists(came)) | _said(where, fact))
    return families


def _said(where: str, fact: str) -> Q:
    if where == "survey":
        return Q(survey__facts__contains={fact: True}) | Q(survey__facts__contains={fact: 1})
    of_whom = {"person": OuterRef("person")} if where == "member" else {"person": None}
    newest = Told.objects.filter(household=OuterRef("household"), **of_whom).order_by("-pk").values("pk")[:1]
    told = Told.objects.filter(household=OuterRef("household"), person__isnull=where != "member", pk=Subquery(newest))
    return Q(Exists(told.filter(Q(answers__contains={fact: True}) | Q(answers__contains={fact: 1}))))


def with_money() -> QuerySet[Assessment]:
    """Families at risk to whom a fund of their organisation released a loan or a grant."""
    released = Loan.objects.filter(household=OuterRef("household"), state__in=(LoanState.RELEASED, LoanState.REPAID))
    return at_risk_families().filter(Exists(released))


def loans() -> QuerySet[Loan]:
    """Loans that are being paid back, as they stand now."""
    return Loan.objects.filter(state=LoanState.RELEASED, is_grant=False)


def principal_overdue(on: date) -> Iterator[Part]:
    """Of each loan, paise of the principal that should have come by a day and has not, of what is still out."""
    booked = Booked.objects.filter(loan__in=loans(), account=Account.LOANS).order_by().values_list("loan")
    out = dict(booked.annotate(n=Sum("amount_paise")))
    for one in loans().order_by():
        instalments = money.schedule(one.sanctioned_paise, one.months, one.interest_bp, one.released_on)
        left = int(out.get(one.pk, 0))
        later = sum(each.principal for each in instalments if each.due_on > on)
        yield Part(one.place_no, max(left - later, 0), left)


def adults_at_risk(on: date, *, insured: bool = False) -> QuerySet[Membership]:
    """Members of families at risk of the age these insurances take; of them those whose insurance holds."""
    age = Func(F("person__born_on"), F("person__years"), F("person__told_on"), Value(on), function="age_on", output_field=IntegerField())
    people = Membership.objects.filter(until=None, household__in=at_risk_families().values("household")).annotate(age=age)
    people = people.filter(age__gte=INSURED_FROM, age__lt=INSURED_BELOW)
    if insured:
        holds = Q(holds_until=None) | Q(holds_until__gte=on)
        policies = Entitlement.objects.filter(holds, person=OuterRef("person"), code__in=INSURANCE, state=State.DELIVERED)
        people = people.filter(Exists(policies))
    return people


def days_of_work_told() -> QuerySet[Assessment]:
    """Families at risk that told how many days of MGNREGS work they got in the twelve months before the visit."""
    days = Cast(KeyTextTransform("mgnregs_days", "survey__facts"), IntegerField())
    return at_risk_families().annotate(work_days=days).filter(work_days__isnull=False)


def days_of_work() -> Iterator[Part]:
    for place_no, days, n in days_of_work_told().order_by().values_list("place_no").annotate(days=Sum("work_days"), n=Count("pk")):
        yield Part(place_no, days, n)


def trainees(*, placed: bool = False) -> QuerySet[Training]:
    """People ever enrolled in a training of skills, as they stand now; of them those who came to work and have not left it."""
    return Training.objects.filter(placed_on__isnull=False).exclude(state="LEFT") if placed else Training.objects.all()
