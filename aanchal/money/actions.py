"""Every change to heads, budgets, re-appropriations and utilisation certificates. Bookings are in booking.py."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.core.yaml_files import read_yaml
from aanchal.money import booking, queries, rules
from aanchal.money.models import Budget, BudgetLine, Certificate, CostHead, Procurement, Reappropriation
from aanchal.money.rules import Refused, Slot
from aanchal.money.terms import Standing, VoucherKind
from aanchal.places.models import Place

SHIPPED = Path(__file__).with_name("heads.yaml")
LONGEST_REASON = 300


@dataclass(frozen=True)
class Planned:
    """One line of a plan."""

    slot: Slot
    quarter: int
    quantity: int
    unit_paise: int
    justification: str = ""


@action
def load_heads(*, by) -> int:
    """Each shipped head that the database does not know yet."""
    known = set(CostHead.objects.filter(place=None).values_list("key", "effective_from"))
    told = read_yaml(SHIPPED)
    fresh = [CostHead(**one) for one in told if (one["key"], one["effective_from"]) not in known]
    CostHead.objects.bulk_create(fresh)
    return len(fresh)


@action
def set_norm(*, place: Place, key: str, norm_paise: int, source: str, effective_from: date, by) -> CostHead:
    """A state's own norm of a head from a day on."""
    standing = queries.heads(effective_from, place).get(key)
    if standing is None:
        raise Refused([("effective_from", "before_the_heads")])
    row = CostHead(
        key=key, number=standing.number, place=place, place_no=place.place_no, texts=standing.texts, norm_paise=norm_paise,
        source=source.strip(), effective_from=effective_from,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Refused([("effective_from", "taken")]) from twice
    trail.write("money.norm.set", about=row, head=key, paise=norm_paise)
    return row


@action
def record_procurement(*, place: Place, scope: str, practice: str, source: str, effective_from: date, at: datetime, by) -> Procurement:
    """How services are procured from a day on, with the order that says so."""
    row = new(
        Procurement, place=place, place_no=place.place_no, scope=scope, practice=practice.strip(), source=source.strip(),
        effective_from=effective_from, by_id=by.pk, at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([("effective_from", "taken_day")]) from twice
    trail.write("money.procurement.recorded", about=row, scope=scope)
    return row


@action
def draft_budget(*, place: Place, title: str, starts_on: date, at: datetime, by) -> Budget:
    if (starts_on.month, starts_on.day) != (4, 1):
        raise Refused([("starts_on", "not_a_year")])
    open_ones = Budget.objects.filter(place=place, starts_on=starts_on, standing__in=(Standing.DRAFT, Standing.RETURNED))
    if open_ones.filter(title=title.strip()).exists():
        raise Refused([("title", "drafted_already")])
    row = new(
        Budget, place=place, place_no=place.place_no, title=title.strip(), starts_on=starts_on, standing=Standing.DRAFT, made_by_id=by.pk,
        made_at=at,
    )  # fmt: skip
    insert(row)
    trail.write("money.budget.drafted", about=row)
    return row


@action
def plan(*, budget: Budget, line: Planned, by) -> BudgetLine:
    """What is planned under a head in a quarter; said again it is replaced. Raises Refused where a justification is wanting."""
    locked = booking.locked(budget)
    if not locked.is_open:
        raise Refused([("", "not_a_draft")])
    norm = queries.heads(locked.starts_on, locked.place)[line.slot.head].norm_paise
    said = line.justification.strip()
    if line.quantity and not said and rules.needs_reason(norm, line.unit_paise):
        raise Refused([("justification", "justification_wanted")])
    if line.slot.district is not None and not _is_of_state(line.slot.district, locked):
        raise Refused([("district", "not_of_the_state")])
    if line.quantity * line.unit_paise > rules.MOST_OF_A_LINE:
        raise Refused([("quantity", "out_of_range")])
    told = {
        "quantity": line.quantity, "unit_paise": line.unit_paise, "amount_paise": line.quantity * line.unit_paise,
        "norm_paise": norm, "justification": said,
    }  # fmt: skip
    where = {"budget": locked, "head": line.slot.head, "district_id": line.slot.district, "quarter": line.quarter}
    row = BudgetLine.objects.filter(**where).first()
    if row is None:
        row = new(BudgetLine, place_no=locked.place_no, **where, **told)
        insert(row)
    else:
        BudgetLine.objects.filter(pk=row.pk).update(**told)
        row.refresh_from_db()
    trail.write("money.budget.planned", about=row, head=row.head, quarter=row.quarter, paise=row.amount_paise)
    return row


@action
def submit(*, budget: Budget, at: datetime, by) -> Budget:
    locked = booking.locked(budget)
    rules.check(locked.standing, Standing.SUBMITTED)
    if not any(queries.allotted(locked).values()):
        raise Refused([("", "nothing_planned")])
    locked.standing, locked.submitted_by_id, locked.submitted_at = Standing.SUBMITTED, by.pk, at
    locked.save(update_fields=["standing", "submitted_by", "submitted_at"])
    trail.write("money.budget.submitted", about=locked)
    return locked


@action
def decide(*, budget: Budget, to: str, note: str = "", at: datetime, by) -> Budget:
    """A second person puts it in force or returns it. In force, its heads hold money to commit."""
    locked = booking.locked(budget)
    rules.check(locked.standing, to)
    _not_the_maker(by, locked.made_by_id, locked.submitted_by_id)
    if to == Standing.RETURNED and not note.strip():
        raise Refused([("note", "length")])
    if to == Standing.IN_FORCE and Budget.objects.filter(place=locked.place_id, starts_on=locked.starts_on, standing=to).exists():
        raise Refused([("", "in_force_already")])
    _decided(locked, to, note, at, by)
    if to == Standing.IN_FORCE:
        entries = rules.approved(queries.allotted(locked))
        booking.book(locked, VoucherKind.APPROVAL, entries, on=day_in_india(at), at=at, by=by)
    trail.write(f"money.budget.{to.lower()}", about=locked)
    return locked


@action
def propose_move(*, budget: Budget, giver: Slot, taker: Slot, amount_paise: int, reason: str, at: datetime, by) -> Reappropriation:
    """Re-appropriation is asked for; nothing moves before another approves it."""
    locked = booking.in_force(budget)
    faults = []
    if giver == taker:
        faults.append(("to_head", "same_head"))
    if not 0 < amount_paise <= queries.available(locked, giver):
        faults.append(("amount_paise", "not_free"))
    if not reason.strip() or len(reason) > LONGEST_REASON:
        faults.append(("reason", "length"))
    if not all(one.district is None or _is_of_state(one.district, locked) for one in (giver, taker)):
        faults.append(("to_district", "not_of_the_state"))
    waiting = Reappropriation.objects.filter(
        budget=locked, from_head=giver.head, from_district_id=giver.district, to_head=taker.head, to_district_id=taker.district,
        amount_paise=amount_paise, standing=Standing.SUBMITTED,
    )  # fmt: skip
    if waiting.exists():
        faults.append(("", "proposed_already"))
    booking.refuse(faults)
    row = new(
        Reappropriation, budget=locked, place_no=locked.place_no, from_head=giver.head, from_district_id=giver.district, to_head=taker.head,
        to_district_id=taker.district, amount_paise=amount_paise, reason=reason.strip(), standing=Standing.SUBMITTED, made_by_id=by.pk,
        made_at=at,
    )  # fmt: skip
    insert(row)
    trail.write("money.move.proposed", about=row, paise=amount_paise)
    return row


@action
def decide_move(*, move: Reappropriation, to: str, note: str = "", at: datetime, by) -> Reappropriation:
    locked = booking.in_force(move.budget)
    one = Reappropriation.objects.select_for_update(of=("self",)).get(pk=move.pk)
    if one.standing != Standing.SUBMITTED:
        raise Refused([("", "not_from_here")])
    _not_the_maker(by, one.made_by_id)
    giver, taker = Slot(one.from_head, one.from_district_id), Slot(one.to_head, one.to_district_id)
    if to == Standing.APPROVED and one.amount_paise > queries.available(locked, giver):
        raise Refused([("", "not_free")])
    _decided(one, to, note, at, by)
    if to == Standing.APPROVED:
        entries = rules.moved(one.amount_paise, giver, taker)
        booking.book(locked, VoucherKind.MOVE, entries, move=one, on=day_in_india(at), at=at, by=by)
    trail.write(f"money.move.{to.lower()}", about=one)
    return one


@action
def prepare_certificate(
    *, budget: Budget, number: str, from_on: date, until_on: date, amount_paise: int, at: datetime, by
) -> Certificate:
    """What was used in a period. Raises Refused above the release, above what was spent, or over a certified period."""
    locked = booking.in_force(budget)
    spent = queries.spent_between(locked, from_on, until_on)
    told = {"released": queries.released(locked, until_on), "certified": queries.certified(locked), "spent": sum(spent.values())}
    faults = rules.certificate_faults(amount=amount_paise, **told)
    if until_on < from_on or from_on < locked.starts_on or until_on > rules.last_day(locked.starts_on):
        faults.append(("until_on", "not_in_the_year"))
    if until_on > day_in_india(at):
        faults.append(("until_on", "in_the_future"))
    standing = locked.certificates.exclude(standing=Standing.REFUSED)
    if standing.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
        faults.append(("from_on", "certified_already"))
    if not number.strip() or locked.certificates.filter(number=number.strip()).exists():
        faults.append(("number", "taken_number"))
    booking.refuse(faults)
    row = new(
        Certificate, budget=locked, place_no=locked.place_no, number=number.strip(), from_on=from_on, until_on=until_on,
        amount_paise=amount_paise, told=told | {"heads": spent}, standing=Standing.SUBMITTED, made_by_id=by.pk, made_at=at,
    )  # fmt: skip
    insert(row)
    trail.write("money.certificate.prepared", about=row, paise=amount_paise)
    return row


@action
def sign_certificate(*, certificate: Certificate, to: str, note: str = "", at: datetime, by) -> Certificate:
    """A second person signs it, and its period is locked; or refuses it. What was booked since it was prepared makes it stale."""
    locked = booking.in_force(certificate.budget)
    one = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if one.standing != Standing.SUBMITTED:
        raise Refused([("", "not_from_here")])
    _not_the_maker(by, one.made_by_id)
    if to == Standing.SIGNED and queries.spent_between(locked, one.from_on, one.until_on) != one.told["heads"]:
        raise Refused([("", "stale")])
    _decided(one, to, note, at, by)
    trail.write(f"money.certificate.{to.lower()}", about=one)
    return one


def _decided(row, to: str, note: str, at: datetime, by) -> None:
    row.standing, row.decided_by_id, row.decided_at, row.decide_note = Standing(to), by.pk, at, note.strip()[:300]
    row.save(update_fields=["standing", "decided_by", "decided_at", "decide_note"])


def _not_the_maker(by, *makers) -> None:
    if by.pk is not None and by.pk in makers:
        raise Refused([("", "own_work")])


def _is_of_state(district: int, budget: Budget) -> bool:
    return Place.objects.filter(pk=district, state=budget.place_id, level="DISTRICT").exists()
