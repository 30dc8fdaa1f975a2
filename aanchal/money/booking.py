"""Every booking of the ledger: release, commitment, expenditure, advances, reversal. One booking of a budget waits for the other."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.money import queries, rules
from aanchal.money.models import Advance, Budget, Commitment, Line, Voucher
from aanchal.money.rules import Entry, Refused, Slot
from aanchal.money.terms import Account, Standing, VoucherKind

OF_COMMITMENT, OF_ADVANCE = (Account.COMMITTED, Account.SPENT, Account.AVAILABLE), (Account.ADVANCES,)
BY_DECISION = (VoucherKind.APPROVAL, VoucherKind.MOVE, VoucherKind.REVERSAL)
"""Turned round only by another decision."""


@action
def release(*, budget: Budget, amount_paise: int, number: str, on: date, at: datetime, by) -> Voucher:
    """Money comes to the state under a sanction order."""
    one = in_force(budget)
    refuse(_faults(one, amount_paise=amount_paise, number=number, on=on, at=at))
    _not_twice(one, VoucherKind.RELEASE, amount_paise, number=number.strip(), on=on)
    booked = book(one, VoucherKind.RELEASE, rules.released(amount_paise), number=number, on=on, at=at, by=by)
    trail.write("money.voucher.release", about=booked, paise=amount_paise)
    return booked


@action
def commit(*, budget: Budget, slot: Slot, number: str, purpose: str, amount_paise: int, on: date, at: datetime, by) -> Commitment:
    """Promised before it is spent. Raises Refused beyond what the head has free."""
    one = in_force(budget)
    faults = _faults(one, amount_paise=amount_paise, number=number, on=on, at=at)
    if amount_paise > queries.available(one, slot):
        faults.append(("amount_paise", "beyond_the_head"))
    if not purpose.strip():
        faults.append(("purpose", "length"))
    refuse(faults)
    same = {"head": slot.head, "district": slot.district, "number": number.strip(), "purpose": purpose.strip(), "on": on}
    _not_twice(one, VoucherKind.COMMITMENT, amount_paise, **{f"commitment__{key}": said for key, said in same.items()})
    row = new(
        Commitment, budget=one, place_no=one.place_no, head=slot.head, district_id=slot.district, number=number.strip(),
        purpose=purpose.strip(), amount_paise=amount_paise, on=on, by_id=by.pk,
    )  # fmt: skip
    insert(row)
    book(one, VoucherKind.COMMITMENT, rules.committed(amount_paise, slot), commitment=row, on=on, at=at, by=by)
    trail.write("money.commitment.made", about=row, head=row.head, paise=amount_paise)
    return row


@action
def cancel(*, commitment: Commitment, on: date, at: datetime, by) -> Voucher:
    """What is left of a commitment is free again. Not while an advance of it is out."""
    one = in_force(commitment.budget)
    left = queries.left_of_commitment(commitment)
    faults = _faults(one, amount_paise=left, number="-", on=on, at=at, since=commitment.on)
    if any(queries.left_of_advance(advance) for advance in commitment.advances.all()):
        faults.append(("", "advance_out"))
    refuse(faults)
    entries = rules.turned(rules.committed(left, _slot(commitment)))
    booked = book(one, VoucherKind.CANCELLED, entries, commitment=commitment, on=on, at=at, by=by)
    trail.write("money.commitment.cancelled", about=commitment, paise=left)
    return booked


@action
def spend(*, commitment: Commitment, amount_paise: int, number: str, on: date, note: str = "", at: datetime, by) -> Voucher:
    """A bill is paid against a commitment. Raises Refused beyond the commitment or the bank."""
    one = in_force(commitment.budget)
    faults = _faults(one, amount_paise=amount_paise, number=number, on=on, at=at, since=commitment.on)
    if amount_paise > queries.left_of_commitment(commitment) - _out(commitment):
        faults.append(("amount_paise", "beyond_the_commitment"))
    if amount_paise > queries.balances(one)[Account.BANK]:
        faults.append(("amount_paise", "bank_too_low"))
    refuse(faults)
    told = {"commitment": commitment, "number": number, "note": note, "on": on, "at": at, "by": by}
    booked = book(one, VoucherKind.EXPENSE, rules.spent(amount_paise, _slot(commitment)), **told)
    trail.write("money.voucher.expense", about=booked, paise=amount_paise)
    return booked


@action
def advance(*, commitment: Commitment, given_to: str, amount_paise: int, on: date, at: datetime, by) -> Advance:
    """Money before the bills, within a commitment."""
    one = in_force(commitment.budget)
    faults = _faults(one, amount_paise=amount_paise, number="-", on=on, at=at, since=commitment.on)
    if amount_paise > queries.left_of_commitment(commitment) - _out(commitment):
        faults.append(("amount_paise", "beyond_the_commitment"))
    if amount_paise > queries.balances(one)[Account.BANK]:
        faults.append(("amount_paise", "bank_too_low"))
    if not given_to.strip():
        faults.append(("given_to", "length"))
    refuse(faults)
    _not_twice(one, VoucherKind.ADVANCE, amount_paise, commitment=commitment, advance__given_to=given_to.strip(), on=on)
    row = new(
        Advance, commitment=commitment, budget=one, place_no=one.place_no, given_to=given_to.strip(), amount_paise=amount_paise, on=on,
        by_id=by.pk,
    )  # fmt: skip
    insert(row)
    book(one, VoucherKind.ADVANCE, rules.advanced(amount_paise), commitment=commitment, advance=row, on=on, at=at, by=by)
    trail.write("money.advance.given", about=row, paise=amount_paise)
    return row


@action
def settle(*, advance: Advance, amount_paise: int, number: str, on: date, note: str = "", at: datetime, by) -> Voucher:
    """Bills come for an advance: only now it is spent."""
    one = in_force(advance.budget)
    faults = _faults(one, amount_paise=amount_paise, number=number, on=on, at=at, since=advance.on)
    if amount_paise > queries.left_of_advance(advance):
        faults.append(("amount_paise", "beyond_the_advance"))
    refuse(faults)
    entries = rules.spent(amount_paise, _slot(advance.commitment), source=Account.ADVANCES)
    told = {"commitment": advance.commitment, "advance": advance, "number": number, "note": note, "on": on, "at": at, "by": by}
    booked = book(one, VoucherKind.SETTLEMENT, entries, **told)
    trail.write("money.advance.settled", about=advance, paise=amount_paise)
    return booked


@action
def give_back(*, advance: Advance, amount_paise: int, on: date, at: datetime, by) -> Voucher:
    """What an advance did not need comes back to the bank."""
    one = in_force(advance.budget)
    faults = _faults(one, amount_paise=amount_paise, number="-", on=on, at=at, since=advance.on)
    if amount_paise > queries.left_of_advance(advance):
        faults.append(("amount_paise", "beyond_the_advance"))
    refuse(faults)
    _not_twice(one, VoucherKind.REFUND, amount_paise, advance=advance, on=on)
    entries = rules.turned(rules.advanced(amount_paise))
    booked = book(one, VoucherKind.REFUND, entries, commitment=advance.commitment, advance=advance, on=on, at=at, by=by)
    trail.write("money.advance.given_back", about=advance, paise=amount_paise)
    return booked


@action
def reverse(*, voucher: Voucher, note: str, at: datetime, by) -> Voucher:
    """A wrong booking is turned round, once, today; both stay. Raises Refused where it would leave less than nothing."""
    one, on = in_force(voucher.budget), day_in_india(at)
    faults = [] if note.strip() else [("note", "length")]
    if voucher.kind in BY_DECISION or Voucher.objects.filter(reverses=voucher).exists():
        faults.append(("", "not_reversible"))
    refuse(faults)
    told = {"commitment": voucher.commitment, "advance": voucher.advance, "reverses": voucher, "note": note, "on": on, "at": at, "by": by}
    try:
        with transaction.atomic():
            booked = book(one, VoucherKind.REVERSAL, rules.turned(line.entry for line in voucher.lines.all()), **told)
    except IntegrityError as less:
        raise Refused([("", "something_rests_on_it")]) from less
    trail.write("money.voucher.reversed", about=voucher)
    return booked


def book(
    budget: Budget, kind: str, entries: list[Entry], *, on: date, at: datetime, by, number: str = "", note: str = "",
    commitment: Commitment | None = None, advance: Advance | None = None, move=None, reverses: Voucher | None = None,
) -> Voucher:
    """Writes a voucher with its lines; the database holds that they add up and that nothing falls below zero (sql/ledger.sql)."""
    voucher = new(
        Voucher, budget=budget, place_no=budget.place_no, kind=kind, number=number.strip(), on=on, note=note.strip()[:200],
        commitment=commitment, advance=advance, move=move, reverses=reverses, by_id=by.pk, at=at,
    )  # fmt: skip
    insert(voucher)
    Line.objects.bulk_create(
        Line(
            voucher=voucher, budget=budget, place_no=budget.place_no, account=one.account, head=one.head, district_id=one.district,
            commitment=commitment if one.account in OF_COMMITMENT else None, advance=advance if one.account in OF_ADVANCE else None,
            amount_paise=one.paise,
        )
        for one in entries
    )  # fmt: skip
    return voucher


def locked(budget: Budget) -> Budget:
    """Raises Refused where it is not this person's to keep."""
    found = Budget.objects.select_for_update(of=("self",)).select_related("place").filter(pk=budget.pk).first()
    if found is None:
        raise Refused([("", "not_there")])
    return found


def in_force(budget: Budget) -> Budget:
    found = locked(budget)
    if found.standing != Standing.IN_FORCE:
        raise Refused([("", "not_in_force")])
    return found


def refuse(faults: list[tuple[str, str]]) -> None:
    if faults:
        raise Refused(faults)


def _faults(
    budget: Budget, *, amount_paise: int, number: str, on: date, at: datetime, since: date | None = None
) -> list[tuple[str, str]]:
    found = []
    if amount_paise <= 0:
        found.append(("amount_paise", "out_of_range"))
    if not number.strip():
        found.append(("number", "length"))
    elif Voucher.objects.filter(budget=budget, number=number.strip(), kind__in=("EXPENSE", "SETTLEMENT")).exists():
        found.append(("number", "taken_number"))
    if on > day_in_india(at):
        found.append(("on", "in_the_future"))
    elif not budget.starts_on <= on <= rules.last_day(budget.starts_on):
        found.append(("on", "not_in_the_year"))
    elif since and on < since:
        found.append(("on", "before_the_last_step"))
    elif budget.certificates.filter(standing=Standing.SIGNED, from_on__lte=on, until_on__gte=on).exists():
        found.append(("on", "period_locked"))
    return found


def _not_twice(budget: Budget, kind: str, amount_paise: int, **same) -> None:
    """A form that was sent twice says the same of the same day; what was reversed or cancelled may be booked anew."""
    before = Voucher.objects.filter(budget=budget, kind=kind, reversal=None, lines__amount_paise=amount_paise, **same)
    cancelled = Voucher.objects.filter(budget=budget, kind=VoucherKind.CANCELLED, reversal=None).values("commitment")
    if before.exclude(kind=VoucherKind.COMMITMENT, commitment__in=cancelled).exists():
        raise Refused([("", "booked_already")])


def _slot(commitment: Commitment) -> Slot:
    return Slot(commitment.head, commitment.district_id)


def _out(commitment: Commitment) -> int:
    """Advances of it that are not settled: their part of the commitment is spoken for."""
    return sum(queries.left_of_advance(one) for one in commitment.advances.all())
