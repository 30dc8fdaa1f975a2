"""An insurance after it came: premiums that renew it, and what is claimed of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.benefits import actions, queries, rules
from aanchal.benefits.facts import Delivered
from aanchal.benefits.models import Claim, Entitlement, Premium, Service
from aanchal.benefits.rules import NotPossible, Refused
from aanchal.benefits.terms import Cause, ClaimState, Reason, Source, State
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new

LONGEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Settlement:
    """What the insurance answered: paid, with the amount, or refused, with the reason; or the family took the claim back."""

    to: str
    on: date
    settled_paise: int | None = None
    reason: str = ""


def is_insurance(one: Entitlement) -> bool:
    """It came, and it is a cover that runs out, or one on which something may be claimed."""
    return one.state in (State.DELIVERED, State.LAPSED) and queries.scheme(one.scheme_id).kind == "INSURANCE"


def paid_at_death(one: Entitlement) -> bool:
    """Nobody asks the family of who died for the next premium."""
    return one.person_id is not None and one.claims.filter(cause=Cause.DEATH, state=ClaimState.SETTLED).exists()


@action
def pay_premium(*, entitlement: Entitlement, amount_paise: int, on: date, holds_until: date, at: datetime, by) -> Premium:
    """The cover holds on, without a new application. Raises Refused, and NotPossible for what is no insurance or was applied for anew."""
    one = _locked(entitlement)
    if one.state != State.DELIVERED or paid_at_death(one):
        raise NotPossible("run out")
    faults = []
    if on > day_in_india(at):
        faults.append(("on", "in_the_future"))
    if on < one.moved_on:
        faults.append(("on", "before_the_last_step"))
    if holds_until <= max(on, one.holds_until or on) or holds_until > on + LONGEST:
        faults.append(("holds_until", "not_longer"))
    if one.holds_until and on > rules.last_day_to_pay(one.holds_until, queries.scheme(one.scheme_id).grace):
        faults.append(("on", "grace_over"))
    if amount_paise < 0:
        faults.append(("amount_paise", "out_of_range"))
    if faults:
        raise Refused(faults)
    row = new(
        Premium, entitlement=one, place_no=one.place_no, amount_paise=amount_paise, on=on, holds_until=holds_until, recorded_by_id=by.pk,
        recorded_at=at,
    )  # fmt: skip
    insert(row)
    one.holds_until = holds_until
    one.save(update_fields=["holds_until"])
    trail.write("benefits.premium.paid", about=one, until=holds_until)
    actions.propose(households=[one.household], at=at)
    return row


@action
def claim(
    *, entitlement: Entitlement, cause: str, happened_on: date, claimed_on: date, asked_paise: int | None, at: datetime, by
) -> Claim:
    """Something happened while the cover held. Raises Refused."""
    one = _locked(entitlement)
    faults = []
    if claimed_on > day_in_india(at):
        faults.append(("claimed_on", "in_the_future"))
    if claimed_on < happened_on:
        faults.append(("claimed_on", "before_it_happened"))
    if not _held_on(one, happened_on):
        faults.append(("happened_on", "not_covered"))
    if asked_paise is not None and asked_paise <= 0:
        faults.append(("asked_paise", "out_of_range"))
    if faults:
        raise Refused(faults)
    row = new(
        Claim, entitlement=one, place_no=one.place_no, cause=cause, happened_on=happened_on, claimed_on=claimed_on, moved_on=claimed_on,
        asked_paise=asked_paise, recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([("cause", "claimed_already")]) from twice
    trail.write("benefits.claim.made", about=row, cause=cause)
    return row


@action
def move_claim(*, claim: Claim, told: Settlement, at: datetime, by) -> Claim:
    """Paid, refused with the reason, taken back, or made again after a refusal. Raises Refused and NotPossible."""
    one = Claim.objects.select_for_update(of=("self",)).select_related("entitlement__household").filter(pk=claim.pk).first()
    if one is None:
        raise NotPossible("not there")
    rules.check("claim", one.state, told.to)
    if faults := list(_faults(one, told, day_in_india(at))):
        raise Refused(faults)
    one.state, one.moved_on = ClaimState(told.to), told.on
    one.settled_paise = told.settled_paise if told.to == ClaimState.SETTLED else None
    one.reason = told.reason if told.to == ClaimState.REFUSED else ""
    one.save(update_fields=["state", "moved_on", "settled_paise", "reason"])
    trail.write(f"benefits.claim.{told.to.lower()}", about=one)
    if told.to == ClaimState.SETTLED:
        _keep_in_ledger(one, at=at, by=by)
    return one


def _faults(one: Claim, told: Settlement, today: date):
    if told.on > today:
        yield "on", "in_the_future"
    if told.on < one.moved_on:
        yield "on", "before_the_last_step"
    if told.to == ClaimState.SETTLED and (told.settled_paise or 0) <= 0:
        yield "settled_paise", "out_of_range"
    if told.to == ClaimState.REFUSED and told.reason not in Reason.values:
        yield "reason", "reason_wanted"


def _keep_in_ledger(one: Claim, *, at: datetime, by) -> None:
    cover, scheme = one.entitlement, queries.scheme(one.entitlement.scheme_id)
    insert(
        new(
            Service, household=cover.household, person_id=cover.person_id, place_no=cover.place_no, code=cover.code,
            title=dict(scheme.title), is_private=cover.is_private, on=one.moved_on, value_paise=one.settled_paise, source=Source.CLAIM,
            entitlement=None, recorded_by_id=by.pk, recorded_at=at,
        )  # fmt: skip
    )
    facts.announce(Delivered(household=cover.household, told={}, on=one.moved_on, at=at, by=by))


def _held_on(one: Entitlement, day: date) -> bool:
    """From the day it came; until it ran out, where it runs out; not between its end and a premium paid late."""
    came_on, premiums = one.service.on, list(one.premiums.order_by("on", "holds_until").values_list("on", "holds_until"))
    first = rules.holds_until(came_on, queries.scheme(one.scheme_id).renews) if premiums or not one.holds_until else one.holds_until
    return rules.held(came_on, first, premiums, day)


def _locked(entitlement: Entitlement) -> Entitlement:
    found = Entitlement.objects.select_for_update(of=("self",)).select_related("household", "service").filter(pk=entitlement.pk).first()
    if found is None or not is_insurance(found):
        raise NotPossible("no insurance")
    return found
