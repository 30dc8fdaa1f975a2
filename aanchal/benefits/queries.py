"""Reads of schemes, of what is known of families for them, of what they applied for and received."""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet, Sum

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.benefits import answers, money
from aanchal.benefits.models import Cbo, Entitlement, Fund, Line, Loan, SchemeVersion, Service, Told
from aanchal.benefits.money import Instalment, Owed
from aanchal.benefits.questions import questions
from aanchal.benefits.rules import STANDING, WAITING, has_lapsed
from aanchal.benefits.scheme import Scheme, load, shipped_schemes
from aanchal.benefits.terms import Account, LoanState, Source
from aanchal.people.models import Household, Membership, Person
from aanchal.places.models import Place
from aanchal.registers.queries import inside
from aanchal.risk import queries as risk

KEPT_SECONDS = 60
PAID_OUT = (LoanState.RELEASED, LoanState.REPAID)


@dataclass(frozen=True)
class Member:
    person: Person
    answers: dict[str, int | None]


@dataclass(frozen=True)
class Family:
    """What the rules of schemes read of a family. `received`: (code, person or None) of the ledger; `standing`: of its applications."""

    household: Household
    answers: dict[str, int | None]
    survey: dict[str, int | None]
    members: Sequence[Member]
    received: frozenset[tuple[str, UUID | None]] = frozenset()
    lapsed: frozenset[tuple[str, UUID | None]] = frozenset()
    """Came and ran out: to be renewed."""
    entitlements: dict[tuple[str, UUID | None], Entitlement] = field(default_factory=dict)


def schemes_in_force(on: date, place=None, *, at_once: bool = False) -> tuple[Scheme, ...]:
    """Each scheme by its version that holds on a day where `place` (anything with a place_no) lies: the state's own before the nation's.

    The list of versions is read again once a minute, or `at_once`.
    """
    found: dict[str, str] = {}
    for code, since, version, first, last in _all_versions() if at_once else _versions(_minute()):
        is_here = first is None or (place is not None and first <= place.place_no <= last)
        if is_here and (since <= on or code not in found):
            found[code] = version
    return tuple(scheme(version) for version in found.values())


def in_force(code: str, on: date, place=None, *, at_once: bool = False) -> Scheme | None:
    return next((one for one in schemes_in_force(on, place, at_once=at_once) if one.code == code), None)


def places_with_something_new(on: date) -> set[int]:
    """States of whose own versions one begins to hold on a day, or began the day before."""
    days = (on - timedelta(days=1), on)
    return set(SchemeVersion.objects.filter(effective_from__in=days, place__isnull=False).values_list("place", flat=True))


@lru_cache(maxsize=2_000)
def scheme(version: str) -> Scheme:
    found = SchemeVersion.objects.get(version=version)
    return load(found.code, found.content, version=version)


def forget() -> None:
    """After a version was written, so that this process knows at once."""
    _versions.cache_clear()
    scheme.cache_clear()


def versions_of(code: str) -> QuerySet[SchemeVersion]:
    """The newest first, of every place."""
    return SchemeVersion.objects.filter(code=code).select_related("place", "edited_by").order_by("-effective_from", "place_no")


def _minute() -> int:
    return int(time.monotonic()) // KEPT_SECONDS


@lru_cache(maxsize=2)
def _versions(_minute: int) -> list[tuple]:
    return _all_versions()


def _all_versions() -> list[tuple]:
    """The nation's before the states', the older before the newer: the last that fits holds."""
    rows = SchemeVersion.objects.values_list("code", "effective_from", "version", "place__place_no", "place__last_no")
    return sorted(rows, key=lambda row: (_order().get(row[0], len(_order())), row[0], row[3] is not None, row[1], row[2]))


@lru_cache(maxsize=1)
def _order() -> dict[str, int]:
    return {code: n for n, code in enumerate(shipped_schemes())}


def family(household: Household, on: date) -> Family:
    return families([household], on)[0]


def families(households: Iterable[Household], on: date) -> list[Family]:
    """What is known of many families, in a handful of questions; needs who may know the reasons."""
    found = list(households)
    pks = [one.pk for one in found]
    surveys = risk.facts_of_many(found)
    visited = {one.pk: one.visited_on for one in found}
    told = {(row.household_id, row.person_id): _still_holding(row, visited[row.household_id]) for row in _newest_told(pks)}
    members = defaultdict(list)
    for row in Membership.objects.filter(household__in=pks, until=None).select_related("person").order_by("since", "pk"):
        told_of_her = answers.of_person(row.person, told.get((row.household_id, row.person_id), {}), on)
        members[row.household_id].append(Member(row.person, told_of_her))
    (received, lapsed), standing = _received(pks, on), _standing(pks)
    return [
        Family(
            household=one,
            answers=answers.of_household(one, surveys[one.pk][1], told.get((one.pk, None), {})),
            survey=surveys[one.pk][1],
            members=members[one.pk],
            received=frozenset(received[one.pk] - lapsed[one.pk]),
            lapsed=frozenset(lapsed[one.pk]),
            entitlements=standing[one.pk],
        )
        for one in found
    ]


def told_by(household: Household, person: Person | None) -> dict[str, int | None]:
    newest = Told.objects.filter(household=household, person=person).order_by("-pk").first()
    return dict(newest.answers) if newest else {}


def ledger(household: Household) -> QuerySet[Service]:
    return household.services.select_related("person", "entitlement").order_by("-on", "-pk")


def waiting(place: Place) -> QuerySet[Entitlement]:
    """Who waits longest first, wherever somebody has to act."""
    found = Entitlement.objects.filter(inside(place), state__in=WAITING)
    return found.select_related("household", "place", "scheme", "person").order_by("applied_on", "pk")


def all_of(place: Place) -> QuerySet[Entitlement]:
    found = Entitlement.objects.filter(inside(place))
    return found.select_related("household", "place", "scheme", "person").order_by("applied_on", "pk")


def balances(fund: Fund) -> dict[str, int]:
    """In paise, by account; together they are zero."""
    return balances_of([fund])[fund.pk]


def balances_of(funds: Iterable[Fund]) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = {one.pk: dict.fromkeys(Account.values, 0) for one in funds}
    rows = Line.objects.filter(fund__in=list(found)).values_list("fund", "account").annotate(total=Sum("amount_paise")).order_by()
    for fund, account, total in rows:
        found[fund][account] = int(total)
    return found


def schedule(loan: Loan) -> tuple[Instalment, ...]:
    if loan.state not in PAID_OUT or loan.is_grant or loan.sanctioned_paise is None or loan.released_on is None:
        return ()
    return money.schedule(loan.sanctioned_paise, loan.months, loan.interest_bp, loan.released_on)


def owed(loan: Loan, on: date) -> Owed:
    return owed_of([loan], on)[loan.pk]


def owed_of(loans: Iterable[Loan], on: date) -> dict[UUID, Owed]:
    kept = list(loans)
    rows = Line.objects.filter(loan__in=kept).values_list("loan", "account").annotate(total=Sum("amount_paise")).order_by()
    paid = {(loan, account): int(total) for loan, account, total in rows}
    return {one.pk: _owed(one, paid.get((one.pk, Account.LOANS), 0), paid.get((one.pk, Account.INTEREST), 0), on) for one in kept}


def _owed(loan: Loan, out: int, interest: int, on: date) -> Owed:
    instalments = schedule(loan)
    return money.owed(instalments, (loan.sanctioned_paise or 0) - out, -interest, on) if instalments else Owed(0, 0, 0, None)


def funds(user, place: Place) -> QuerySet[Fund]:
    """Those kept in a place, and those of the federation that the place's organisations belong to."""
    kept = policy.visible(user, Permission.FUND_READ, Fund.objects.filter(inside(place)))
    above = Fund.objects.filter(cbo__in=cbos_above(place))
    return (kept | above).select_related("cbo", "cbo__place").order_by("cbo__kind", "cbo__name", "kind")


def cbos_above(place) -> list[UUID]:
    """The organisations to which those of a place belong: the CLF of its VO, the VO of its groups."""
    parents = Cbo.objects.filter(inside(place)).values_list("parent", "parent__parent")
    return list({pk for row in parents for pk in row if pk})


def is_above(user, fund: Fund) -> bool:
    """Whether an organisation below the fund's lies where the user reads funds: she asks it for a family, and reads no other's loan."""
    return policy.visible(user, Permission.FUND_READ, _below(fund.cbo)).exists()


def serves(fund: Fund, household: Household) -> bool:
    """Whether the family lives where the fund's organisation is, or one that belongs to it."""
    kept_at = Cbo.objects.filter(pk=fund.cbo_id) | _below(fund.cbo)
    return kept_at.filter(place__place_no__lte=household.place_no, place__last_no__gte=household.place_no).exists()


def _below(cbo: Cbo) -> QuerySet[Cbo]:
    return Cbo.objects.filter(parent=cbo) | Cbo.objects.filter(parent__parent=cbo)


def _newest_told(pks: list[UUID]) -> QuerySet[Told]:
    return Told.objects.filter(household__in=pks).order_by("household", "person", "-pk").distinct("household", "person")


def _still_holding(row: Told, visited_on: date) -> dict[str, int | None]:
    """What help changed of what a survey asks holds until the next visit: that one saw for itself."""
    is_later = row.told_on >= visited_on
    return {key: value for key, value in row.answers.items() if is_later or questions()[key].is_asked}


def _received(pks: list[UUID], on: date) -> tuple[dict[UUID, set], dict[UUID, set]]:
    """By family: what came and still holds, and what ran out."""
    holds: dict[UUID, set] = defaultdict(set)
    ended: dict[UUID, set] = defaultdict(set)
    rows = Service.objects.filter(household__in=pks).exclude(entitlement__state="LAPSED").exclude(source=Source.CLAIM)
    told = rows.values_list("household", "code", "person", "on", "entitlement__scheme", "entitlement__holds_until")
    for household, code, person, came_on, version, until in told:
        renews = scheme(version).renews if version else None
        (ended if has_lapsed(came_on, renews, on, until) else holds)[household].add((code, person))
    return holds, ended


def _standing(pks: list[UUID]) -> dict[UUID, dict]:
    """The newest application for each scheme and person; one that stands before one that ended."""
    found: dict[UUID, dict] = defaultdict(dict)
    rows = Entitlement.objects.filter(household__in=pks).select_related("scheme").order_by("pk")
    for one in sorted(rows, key=lambda one: one.state in STANDING):
        found[one.household_id][one.code, one.person_id] = one
    return found
