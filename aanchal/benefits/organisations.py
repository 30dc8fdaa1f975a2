"""Groups, village organisations and federations entered by hand, corrected and closed; the SHG database of LokOS stays the main way."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, QuerySet

from aanchal.access.policy import day_in_india
from aanchal.benefits import queries
from aanchal.benefits.facts import Delivered
from aanchal.benefits.models import Cbo, Fund, GroupMember, Loan
from aanchal.benefits.rules import Refused
from aanchal.benefits.terms import CboEnd, CboKind, LoanState
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers.queries import inside
from aanchal.villages.rules import holds_a_number_of_a_person

ABOVE: Mapping[str, str] = {CboKind.SHG: CboKind.VO, CboKind.VO: CboKind.CLF}
"""To which kind an organisation of a kind may belong."""
PLACED: Mapping[str, tuple[str, ...]] = {
    CboKind.SHG: (Level.VILLAGE,), CboKind.VO: (Level.VILLAGE,), CboKind.CLF: (Level.VILLAGE, Level.PANCHAYAT, Level.BLOCK),
}  # fmt: skip
LONGEST_NAME, LONGEST_ID = 120, 30
MONEY_OUT = (LoanState.REQUESTED, LoanState.SANCTIONED, LoanState.RELEASED)


@action
def enter(*, kind: str, place: Place, name: str, lokos_id: str, parent: Cbo | None, at: datetime, by) -> Cbo:
    """Raises Refused."""
    row = new(Cbo, kind=CboKind(kind), place=place, place_no=place.place_no)
    faults = [] if place.level in PLACED[kind] else [("place", "village_wanted")]
    _write(row, name, lokos_id, parent, faults)
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as taken:
        raise Refused([("lokos_id", "lokos_taken")]) from taken
    trail.write("benefits.cbo.entered", about=row, kind=kind)
    return row


@action
def correct(*, cbo: Cbo, name: str, lokos_id: str, parent: Cbo | None, at: datetime, by) -> Cbo:
    """Its name, its LokOS id, and to which it belongs. Raises Refused."""
    row = _locked(cbo)
    _write(row, name, lokos_id, parent, [])
    try:
        with transaction.atomic():
            row.save(update_fields=["name", "lokos_id", "parent"])
    except IntegrityError as taken:
        raise Refused([("lokos_id", "lokos_taken")]) from taken
    trail.write("benefits.cbo.corrected", about=row)
    return row


@action
def close(*, cbo: Cbo, reason: str, on: date, at: datetime, by) -> Cbo:
    """It is no more: its members are in no group from that day, and their families are assessed again. Raises Refused."""
    row = _locked(cbo)
    funds = list(Fund.objects.filter(cbo=row))
    members = GroupMember.objects.filter(cbo=row, left_on=None)
    faults = []
    if on > day_in_india(at):
        faults.append(("on", "in_the_future"))
    if members.filter(joined_on__gt=on).exists():
        faults.append(("on", "before_they_joined"))
    if Cbo.objects.filter(parent=row, closed_on=None).exists():
        faults.append(("reason", "others_belong"))
    if any(any(balance.values()) for balance in queries.balances_of(funds).values()):
        faults.append(("reason", "money_left"))
    if Loan.objects.filter(fund__in=funds, is_grant=False, state__in=MONEY_OUT).exists():
        faults.append(("reason", "money_left"))
    if reason == CboEnd.MISTAKE and (funds or members.exists()):
        faults.append(("reason", "no_mistake"))
    if faults:
        raise Refused(list(dict.fromkeys(faults)))
    row.closed_on = on
    if reason == CboEnd.MISTAKE:
        row.lokos_id = ""
    row.save(update_fields=["closed_on", "lokos_id"])
    trail.write("benefits.cbo.closed", about=row, reason=reason)
    _let_go(members, on=on, at=at, by=by)
    return row


@action
def reopen(*, cbo: Cbo, at: datetime, by) -> Cbo:
    """Closed too early. Its members join again, or come with the SHG database."""
    row = Cbo.objects.select_for_update(of=("self",)).get(pk=cbo.pk)
    if row.closed_on:
        row.closed_on = None
        row.save(update_fields=["closed_on"])
        trail.write("benefits.cbo.reopened", about=row)
    return row


def listed(place: Place, kind: str = "") -> QuerySet[Cbo]:
    """Of a place, those that are open first; of each how many are in it now."""
    found = Cbo.objects.filter(inside(place), **({"kind": kind} if kind else {})).select_related("place", "parent")
    now_in = Count("members", filter=Q(members__left_on=None))
    return found.annotate(members_now=now_in).order_by(F("closed_on").asc(nulls_first=True), "kind", "name", "pk")


def may_be_above(kind: str, place: Place, *, but: Cbo | None = None) -> list[Cbo]:
    """To which an organisation of this kind may belong: open ones of its block."""
    if kind not in ABOVE:
        return []
    found = Cbo.objects.filter(inside(block_of(place)), kind=ABOVE[kind], closed_on=None)
    return list((found.exclude(pk=but.pk) if but else found).order_by("name", "pk"))


def block_of(place: Place) -> Place:
    block = place if place.level == Level.BLOCK else place.block or place
    return block.part_of or block


def _write(row: Cbo, name: str, lokos_id: str, parent: Cbo | None, faults: list[tuple[str, str]]) -> None:
    name, lokos_id = " ".join(name.split()), lokos_id.strip()
    if not name or len(name) > LONGEST_NAME:
        faults.append(("name", "length"))
    if holds_a_number_of_a_person(name):
        faults.append(("name", "personal_number"))
    if len(lokos_id) > LONGEST_ID:
        faults.append(("lokos_id", "length"))
    if parent and parent.pk not in {one.pk for one in may_be_above(row.kind, row.place, but=row)}:
        faults.append(("parent", "not_above"))
    same = Cbo.objects.filter(kind=row.kind, place=row.place, name__iexact=name, closed_on=None).exclude(pk=row.pk)
    if same.exists():
        faults.append(("name", "entered_already"))
    if faults:
        raise Refused(faults)
    row.name, row.lokos_id, row.parent = name, lokos_id, parent


def _locked(cbo: Cbo) -> Cbo:
    """Raises Refused where it was closed meanwhile."""
    row = Cbo.objects.select_for_update(of=("self",)).select_related("place").get(pk=cbo.pk)
    if row.closed_on:
        raise Refused([("", "closed")])
    return row


def _let_go(members: QuerySet[GroupMember], *, on: date, at: datetime, by) -> None:
    left = list(members.select_related("household"))
    members.update(left_on=on)
    families = {one.household_id: one.household for one in left if one.household}
    still = set(GroupMember.objects.filter(household__in=families, left_on=None).values_list("household", flat=True))
    for pk, household in families.items():
        if pk not in still:
            facts.announce(Delivered(household=household, told={"shg_member": False}, on=on, at=at, by=by))
