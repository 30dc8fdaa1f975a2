"""A state's own version of a scheme, and its own norms of a fund: from a day on, beside the nation's, which stay."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.benefits import queries
from aanchal.benefits.facts import SchemeChanged
from aanchal.benefits.models import FundNorm, SchemeVersion
from aanchal.benefits.rules import Refused
from aanchal.benefits.scheme import load
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.places.models import Place
from aanchal.places.terms import Level


@action
def write_version(*, code: str, state: Place, content: Mapping[str, Any], effective_from: date, at: datetime, by) -> SchemeVersion:
    """Raises Refused for a day that is over or taken, SchemeError naming everything that is wrong with the scheme."""
    load(code, content)
    faults = []
    if state.level != Level.STATE:
        faults.append(("", "not_a_state"))
    if effective_from < day_in_india(at):
        faults.append(("effective_from", "in_the_past"))
    if faults:
        raise Refused(faults)
    try:
        with transaction.atomic():
            written = SchemeVersion.objects.create(
                version=f"{code}-{effective_from.isoformat()}-{state.lgd_code}", code=code, effective_from=effective_from, place=state,
                place_no=state.place_no, content=dict(content), edited_by_id=by.pk, edited_at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Refused([("effective_from", "taken")]) from twice
    trail.write("benefits.scheme.written", about=written, code=code)
    queries.forget()
    facts.announce(SchemeChanged(scheme=written, at=at, by=by))
    return written


@action
def write_norm(*, kind: str, state: Place, told: Mapping[str, Any], effective_from: date, at: datetime, by) -> FundNorm:
    """How a state lends a fund from a day on: loans that were asked for before keep what held then. Raises Refused."""
    faults = []
    if state.level != Level.STATE:
        faults.append(("", "not_a_state"))
    if effective_from < day_in_india(at):
        faults.append(("effective_from", "in_the_past"))
    if told["largest_paise"] <= 0 or told["per_member_paise"] < 0:
        faults.append(("largest_paise", "out_of_range"))
    if not told["source"].strip():
        faults.append(("source", "length"))
    if faults:
        raise Refused(faults)
    try:
        with transaction.atomic():
            written = FundNorm.objects.create(
                kind=kind, place=state, place_no=state.place_no, effective_from=effective_from, set_by_id=by.pk, set_at=at, **told
            )
    except IntegrityError as twice:
        raise Refused([("effective_from", "taken")]) from twice
    trail.write("benefits.norm.written", about=state, kind=kind, effective_from=effective_from)
    return written
