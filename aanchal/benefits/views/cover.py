"""What the page of an application shows of an insurance."""

from datetime import timedelta

from aanchal.benefits import insurance, queries, reading, rules
from aanchal.benefits.insurance_forms import ClaimForm, PremiumForm, SettleClaimForm
from aanchal.benefits.models import Claim, Entitlement
from aanchal.benefits.terms import ClaimState
from aanchal.risk.views.asked import today

MARKS = {"SETTLED": "good", "REFUSED": "bad", "CLAIMED": "warn"}


def of(one: Entitlement, *, may: bool, premium=None, claim=None, settle=None) -> dict | None:
    """None for what is no insurance. The forms are those that were refused, or new ones."""
    if not insurance.is_insurance(one):
        return None
    on, until = today(), one.holds_until
    is_standing = one.state == "DELIVERED" and not insurance.paid_at_death(one)
    is_held = is_standing and (until is None or until > on)
    last_day = rules.last_day_to_pay(until, queries.scheme(one.scheme_id).grace) if until else None
    new = {"on": on, "holds_until": max(until or on, on) + timedelta(days=365)}
    return {
        "until": until,
        "is_held": is_held,
        "is_standing": is_standing,
        "is_paid_at_death": insurance.paid_at_death(one),
        "last_day": last_day,
        "is_in_grace": bool(last_day) and is_standing and not is_held and on <= last_day,
        "is_due": bool(until) and is_held and until <= on + timedelta(days=rules.RENEWAL_DAYS),
        "premiums": one.premiums.select_related("recorded_by").order_by("-on", "-pk"),
        "claims": [_claim(each, settle) for each in one.claims.order_by("-claimed_on", "-pk")],
        "premium": (premium or PremiumForm(initial=new, auto_id="premium_%s")) if may and is_standing else None,
        "claim": (claim or ClaimForm(initial={"claimed_on": on}, auto_id="claim_%s")) if may else None,
        "may": may,
    }


def steps_of(claim: Claim) -> list[tuple[str, str]]:
    return [(step, str(ClaimState(step).label)) for step in ClaimState.values if step in rules.CLAIM_TRANSITIONS[claim.state]]


def _claim(one: Claim, settle) -> dict:
    steps = steps_of(one)
    form = SettleClaimForm(steps, initial={"on": today()}, auto_id=f"c{str(one.pk)[-6:]}_%s") if steps else None
    is_told = settle is not None and form is not None
    return {
        "one": one, "cause": one.get_cause_display(), "state": one.get_state_display(), "mark": MARKS.get(one.state, "info"),
        "reason": reading.reason(one.reason), "form": settle if is_told else form, "is_open": is_told,
    }  # fmt: skip
