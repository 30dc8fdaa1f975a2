"""Every change to a fund: what comes in, what a meeting sanctions, what is released and repaid, and its reversal."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum

from aanchal.access.policy import day_in_india
from aanchal.benefits import money, norms, queries, rules
from aanchal.benefits.models import Cbo, Fund, Line, Loan, Voucher
from aanchal.benefits.rules import NotPossible, Refused
from aanchal.benefits.terms import Account, LoanState, VoucherKind
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.people.models import Household, Person
from aanchal.villages.rules import holds_a_number_of_a_person

ASK_AGAIN_ABOVE = 1_000_000_00
"""Paise that come at once: above it nobody books by a nought too many."""


@dataclass(frozen=True)
class Meeting:
    """Where it was decided: how many were there, and what was said; no name."""

    met_on: date
    present: int
    minutes: str


@action
def open_fund(*, cbo: Cbo, kind: str, on: date, at: datetime, by) -> Fund:
    if cbo.kind not in norms.in_force(kind, on, cbo).kept_by:
        raise Refused([("cbo", "not_kept_by_these")])
    if on > day_in_india(at):
        raise Refused([("on", "in_the_future")])
    row = new(Fund, cbo=cbo, kind=kind, place_no=cbo.place_no, opened_on=on)
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([("kind", "opened_already")]) from twice
    trail.write("benefits.fund.opened", about=row, kind=kind)
    return row


@action
def receive(*, fund: Fund, amount_paise: int, on: date, note: str = "", is_sure: bool = False, at: datetime, by) -> Voucher:
    """Money comes for the fund. Raises Refused, also for very much of which nobody said that the noughts are right."""
    locked = _locked(fund)
    faults = _faults(amount_paise=amount_paise, on=on, since=locked.opened_on, note=note, at=at)
    if locked.cbo.closed_on:
        faults.append(("on", "closed_organisation"))
    if amount_paise > ASK_AGAIN_ABOVE and not is_sure:
        faults.append(("amount_paise", "very_much"))
    _refuse(faults)
    booked = _book(locked, VoucherKind.RECEIPT, money.received(amount_paise), on=on, note=note, at=at, by=by)
    trail.write("benefits.voucher.received", about=booked, paise=amount_paise)
    return booked


@action
def request(
    *, fund: Fund, household: Household, person: Person | None = None, amount_paise: int, months: int, purpose: str, is_grant: bool,
    on: date, at: datetime, by,
) -> Loan:
    """A family asks. Raises Refused where the norms of the fund say no."""
    norm = norms.in_force(fund.kind, on, fund)
    faults = _faults(amount_paise=amount_paise, on=on, since=fund.opened_on, note=purpose, at=at)
    if not purpose.strip():
        faults.append(("purpose", "length"))
    if amount_paise > norm.largest_paise:
        faults.append(("amount_paise", "more_than_the_norm"))
    if not 1 <= months <= norm.months:
        faults.append(("months", "out_of_range"))
    if is_grant and not norm.may_grant:
        faults.append(("is_grant", "not_given_as_grant"))
    if fund.cbo.closed_on:
        faults.append(("code", "closed_organisation"))
    if not queries.serves(fund, household):
        faults.append(("code", "not_of_its_villages"))
    _refuse(faults)
    row = new(
        Loan, fund=fund, household=household, person=person, place_no=household.place_no, is_grant=is_grant, purpose=purpose.strip()[:200],
        asked_paise=amount_paise, asked_on=on, months=months, interest_bp=0 if is_grant else norm.interest_bp, norms=norm.version,
        recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    insert(row)
    trail.write("benefits.loan.requested", about=row, paise=amount_paise)
    return row


@action
def decide(*, loan: Loan, to: str, meeting: Meeting, amount_paise: int | None = None, at: datetime, by) -> Loan:
    """A meeting sanctions, all or less than was asked, or refuses."""
    one = _locked_loan(loan)
    rules.check("loan", one.state, to)
    faults = []
    if meeting.met_on > day_in_india(at):
        faults.append(("met_on", "in_the_future"))
    if meeting.met_on < one.asked_on:
        faults.append(("met_on", "before_the_last_step"))
    if meeting.present < 1:
        faults.append(("present", "out_of_range"))
    if not meeting.minutes.strip() or len(meeting.minutes) > 500:
        faults.append(("minutes", "length"))
    if holds_a_number_of_a_person(meeting.minutes):
        faults.append(("minutes", "personal_number"))
    if to == LoanState.SANCTIONED and not amount_paise:
        faults.append(("amount_paise", "out_of_range"))
    if amount_paise and amount_paise > one.asked_paise:
        faults.append(("amount_paise", "more_than_asked"))
    _refuse(faults)
    one.state, one.met_on, one.present, one.minutes = LoanState(to), meeting.met_on, meeting.present, meeting.minutes.strip()
    one.sanctioned_paise = amount_paise if to == LoanState.SANCTIONED else None
    one.save(update_fields=["state", "met_on", "present", "minutes", "sanctioned_paise"])
    trail.write(f"benefits.loan.{to.lower()}", about=one)
    return one


@action
def withdraw(*, loan: Loan, at: datetime, by) -> Loan:
    """The family does not need it any more."""
    one = _locked_loan(loan)
    rules.check("loan", one.state, LoanState.WITHDRAWN)
    one.state = LoanState.WITHDRAWN
    one.save(update_fields=["state"])
    trail.write("benefits.loan.withdrawn", about=one)
    return one


@action
def release(*, loan: Loan, on: date, at: datetime, by) -> Voucher:
    """What was sanctioned is paid out. Raises Refused where the bank does not hold so much."""
    fund = _locked(loan.fund)
    one = _locked_loan(loan)
    rules.check("loan", one.state, LoanState.RELEASED)
    faults = _faults(amount_paise=one.sanctioned_paise, on=on, since=one.met_on, note="", at=at)
    if one.sanctioned_paise > queries.balances(fund)[Account.BANK]:
        faults.append(("", "bank_too_low"))
    _refuse(faults)
    lines = money.released(one.sanctioned_paise, is_grant=one.is_grant)
    booked = _book(fund, VoucherKind.RELEASE, lines, loan=one, on=on, at=at, by=by)
    one.state, one.released_on = LoanState.RELEASED, on
    one.save(update_fields=["state", "released_on"])
    trail.write("benefits.loan.released", about=one, paise=one.sanctioned_paise)
    return booked


@action
def repay(*, loan: Loan, amount_paise: int, on: date, at: datetime, by) -> Voucher:
    """Interest that is due first, then principal. Raises Refused for more than is owed."""
    fund = _locked(loan.fund)
    one = _locked_loan(loan)
    if one.state != LoanState.RELEASED:
        raise NotPossible(f"loan: {one.state} -> a repayment")
    still = queries.owed(one, on)
    faults = _faults(amount_paise=amount_paise, on=on, since=_last_day(one), note="", at=at)
    if amount_paise > still.total:
        faults.append(("amount_paise", "more_than_owed"))
    _refuse(faults)
    booked = _book(fund, VoucherKind.REPAYMENT, money.repaid(amount_paise, still), loan=one, on=on, at=at, by=by)
    trail.write("benefits.loan.repaid", about=one, paise=amount_paise)
    _settle(one)
    return booked


@action
def reverse(*, voucher: Voucher, note: str, on: date, at: datetime, by) -> Voucher:
    """A booking that was wrong is turned round, once, the last one of its loan first; both stay in the ledger."""
    fund = _locked(voucher.fund)
    loan = _locked_loan(voucher.loan) if voucher.loan else None
    lines = money.reversed_({one.account: one.amount_paise for one in voucher.lines.all()})
    faults = _faults(amount_paise=1, on=on, since=voucher.on, note=note, at=at)
    if not note.strip():
        faults.append(("note", "length"))
    if voucher.kind == VoucherKind.REVERSAL or Voucher.objects.filter(reverses=voucher).exists():
        faults.append(("", "already_reversed"))
    elif loan and _last_standing(loan) != voucher:
        faults.append(("", "not_the_last"))
    elif lines.get(Account.BANK, 0) + queries.balances(fund)[Account.BANK] < 0:
        faults.append(("", "bank_too_low"))
    _refuse(faults)
    booked = _book(fund, VoucherKind.REVERSAL, lines, loan=loan, on=on, note=note, reverses=voucher, at=at, by=by)
    trail.write("benefits.voucher.reversed", about=voucher)
    if loan:
        _turn_back(loan, voucher)
    return booked


def _book(
    fund: Fund, kind: str, lines: money.Lines, *, loan: Loan | None = None, on: date, note: str = "", reverses: Voucher | None = None,
    at: datetime, by,
) -> Voucher:
    told = {"fund": fund, "place_no": fund.place_no, "loan": loan}
    voucher = new(Voucher, **told, kind=kind, on=on, reverses=reverses, note=note.strip()[:200], by_id=by.pk, at=at)
    insert(voucher)
    Line.objects.bulk_create([Line(voucher=voucher, **told, account=account, amount_paise=paise) for account, paise in lines.items()])
    return voucher


def _faults(*, amount_paise: int | None, on: date, since: date | None, note: str, at: datetime) -> list[tuple[str, str]]:
    found = []
    if not amount_paise or amount_paise <= 0:
        found.append(("amount_paise", "out_of_range"))
    if on > day_in_india(at):
        found.append(("on", "in_the_future"))
    elif since and on < since:
        found.append(("on", "before_the_last_step"))
    if holds_a_number_of_a_person(note):
        found.append(("note", "personal_number"))
    return found


def _refuse(faults: list[tuple[str, str]]) -> None:
    if faults:
        raise Refused(faults)


def _locked(fund: Fund) -> Fund:
    """One booking of a fund after the other. Raises NotPossible where it is not this person's to keep."""
    found = Fund.objects.select_for_update(of=("self",)).filter(pk=fund.pk).first()
    if found is None:
        raise NotPossible("not there")
    return found


def _locked_loan(loan: Loan) -> Loan:
    found = Loan.objects.select_for_update(of=("self",)).filter(pk=loan.pk).first()
    if found is None:
        raise NotPossible("not there")
    return found


def _settle(loan: Loan) -> None:
    """Nothing of the principal is out any more."""
    if loan.state == LoanState.RELEASED and not (loan.lines.filter(account=Account.LOANS).aggregate(total=Sum("amount_paise"))["total"]):
        rules.check("loan", loan.state, LoanState.REPAID)
        loan.state = LoanState.REPAID
        loan.save(update_fields=["state"])


def _turn_back(loan: Loan, voucher: Voucher) -> None:
    """Back to where the loan stood before the booking."""
    if voucher.kind == VoucherKind.RELEASE:
        loan.state, loan.released_on = LoanState.SANCTIONED, None
    else:
        loan.state = LoanState.RELEASED
    loan.save(update_fields=["state", "released_on"])


def _standing(loan: Loan):
    return loan.vouchers.filter(reverses=None, reversal=None).order_by("pk")


def _last_standing(loan: Loan) -> Voucher | None:
    return _standing(loan).last()


def _last_day(loan: Loan) -> date | None:
    last = _last_standing(loan)
    return last.on if last else None
