"""What has come to the families of a place and what has not, by scheme: no names, no ids. Read through the database's own gate."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.benefits.models import Entitlement, GroupMember, Proposed, Training
from aanchal.benefits.terms import State
from aanchal.core.tallies import Tally, of_things
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


def applied(first: date, last: date, *, sanctioned: bool = False) -> Iterator[Tally]:
    """Applications made between two days, by village; of them those sanctioned or delivered by now."""
    made = Entitlement.objects.filter(applied_on__gte=first, applied_on__lte=last)
    made = made.filter(state__in=(State.SANCTIONED, State.DELIVERED)) if sanctioned else made
    return of_things(made.order_by().values_list("place_no").annotate(n=Count("pk")))


def waiting(overdue_on: date | None = None) -> Iterator[Tally]:
    """Applications without an answer as it stands now; or only those whose days allowed were over on a day."""
    waits = Entitlement.objects.filter(state__in=(State.APPLIED, State.COMPLAINED))
    waits = waits.filter(due_on__lt=overdue_on) if overdue_on else waits
    return of_things(waits.order_by().values_list("place_no").annotate(n=Count("pk")))


def at_risk_families(*, in_group: bool = False, lacking: bool = False, eligible: bool = False) -> Iterator[Tally]:
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
    return of_things(families.order_by().values_list("place_no").annotate(n=Count("pk")))


def trainees(*, placed: bool = False) -> Iterator[Tally]:
    """People ever enrolled in a training of skills, as they stand now; of them those who came to work and have not left it."""
    people = Training.objects.filter(placed_on__isnull=False).exclude(state="LEFT") if placed else Training.objects.all()
    return of_things(people.order_by().values_list("place_no").annotate(n=Count("pk")))
