"""Schemes she applies for in her own right, by her case alone; and all that came to her in one list."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from aanchal.access import policy
from aanchal.benefits import queries as benefits
from aanchal.benefits import rules as steps
from aanchal.benefits.terms import Proof, Reason, State
from aanchal.cases.models import Case
from aanchal.cases.terms import ConsentPurpose
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.rehab import queries, rules
from aanchal.rehab.models import OwnBenefit


@dataclass(frozen=True)
class Came:
    """What came of an application: the state it goes to, the day, and what has to be said with it."""

    to: str
    on: date
    reason: str = ""
    proof: str = ""
    amount_paise: int | None = None


@action
def apply(*, case: Case, code: str, on: date, at: datetime, by) -> OwnBenefit:
    """With her consent to be helped. Raises NotPossible: no consent, no such scheme, applied for already."""
    rules.check_live(case.is_live)
    scheme = benefits.in_force(code, on, case.place)
    if on > policy.day_in_india(at):
        raise rules.NotPossible("future")
    if not any(one.purpose == ConsentPurpose.SUPPORT for one in queries.live_consents(case, policy.day_in_india(at))):
        raise rules.NotPossible("support_consent")
    if scheme is None:
        raise rules.NotPossible("scheme")
    row = OwnBenefit(
        case=case, place_no=case.place_no, scheme_id=scheme.version, code=scheme.code, applied_on=on, moved_on=on,
        due_on=steps.due_on(on, scheme.days), recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise rules.NotPossible("applied_already") from twice
    trail.write("rehab.benefit.applied", about=row, code=row.code)
    return row


@action
def move(*, benefit: OwnBenefit, came: Came, at: datetime, by) -> OwnBenefit:
    """One step further. Raises NotPossible for a step that does not follow, or without what has to be said with it."""
    one = OwnBenefit.objects.select_for_update(of=("self",)).get(pk=benefit.pk)
    _check(one, came, policy.day_in_india(at))
    one.state, one.moved_on = State(came.to), came.on
    if came.to in (State.REFUSED, State.UPHELD):
        one.reason = Reason(came.reason)
    if came.to == State.DELIVERED:
        one.proof = Proof(came.proof)
    if came.to in (State.SANCTIONED, State.DELIVERED) and came.amount_paise:
        one.amount_paise = came.amount_paise
    try:
        with transaction.atomic():
            one.save(update_fields=["state", "moved_on", "reason", "proof", "amount_paise"])
    except IntegrityError as twice:
        raise rules.NotPossible("applied_already") from twice
    trail.write("rehab.benefit.moved", about=one, to=came.to)
    return one


def _check(one: OwnBenefit, came: Came, today: date) -> None:
    if came.to not in steps.ENTITLEMENT_TRANSITIONS[one.state]:
        raise rules.NotPossible("over")
    if came.on > today:
        raise rules.NotPossible("future")
    if came.on < one.moved_on:
        raise rules.NotPossible("before_last_step")
    if came.to in (State.REFUSED, State.UPHELD) and not came.reason:
        raise rules.NotPossible("benefit_reason")
    if came.to == State.DELIVERED and not came.proof:
        raise rules.NotPossible("benefit_proof")
