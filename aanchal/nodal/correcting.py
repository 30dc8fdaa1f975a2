"""What was typed wrongly in the scheme, put right: a new line that names the first one, and another person who says so (docs/adr/0019)."""

from datetime import datetime
from typing import Any

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.nodal import scheme, standings
from aanchal.nodal.models import Release, Sanction, Use
from aanchal.nodal.rules import Refused
from aanchal.nodal.scheme import Certified, Order
from aanchal.nodal.terms import LineStanding, UseStanding


@action
def correct_sanction(*, line: Sanction, order: Order, tier: str, why: str, at: datetime, by) -> Sanction:
    return _propose(line, order, {"tier": tier}, why, at, by)


@action
def correct_release(*, line: Release, order: Order, amount_paise: int, why: str, at: datetime, by) -> Release:
    """Raises Refused below what is certified of it."""
    scheme.locked(line.first_pk)
    claimed = standings.claimed(line.first_pk)
    if amount_paise < claimed:
        raise Refused([("amount_paise", "below_certified")], **standings.amounts(claimed=claimed))
    return _propose(line, order, {"amount_paise": amount_paise}, why, at, by)


@action
def decide(*, line: Sanction | Release, stands: bool, at: datetime, by) -> Sanction | Release:
    """By another than who proposed it. When it stands, the line before it ceases to (in the database, with it)."""
    if isinstance(line, Release):
        scheme.locked(line.first_pk)
    if line.line != LineStanding.PROPOSED:
        raise Refused([("", "decided_already")])
    if by.pk is not None and by.pk == line.by_id:
        raise Refused([("", "own_work")])
    if stands:
        _check_twice(line)
        if isinstance(line, Release) and line.amount_paise < (claimed := standings.claimed(line.first_pk)):
            raise Refused([("", "below_certified")], **standings.amounts(claimed=claimed))
    to = LineStanding.STANDS if stands else LineStanding.REFUSED
    told = {"line": to, "decided_by": by.pk, "decided_at": at}
    if not type(line).objects.filter(pk=line.pk, line=LineStanding.PROPOSED).update(**told):
        raise Refused([("", "decided_already")])
    line.refresh_from_db()
    trail.write("nodal.order.decided", about=line, to=to.value)
    return line


@action
def correct_use(*, use: Use, told: Certified, why: str, at: datetime, by) -> Use:
    """Of a certificate that was accepted: the State submits it anew, and who accepts the new one ends the old."""
    one = scheme.locked(use.release_id)
    first = use.corrects_id or use.pk
    if use.standing != UseStanding.ACCEPTED:
        raise Refused([("", "not_accepted")])
    if Use.objects.filter(corrects=first, standing=UseStanding.SUBMITTED).exists():
        raise Refused([("", "correction_waits")])
    if (use.number, use.amount_paise, use.until_on) == (told.number.strip(), told.amount_paise, told.until_on):
        raise Refused([("", "same_line")])
    _check_why(why)
    scheme.check_certified(one, told, but=first, at=at)
    row = new(
        Use, release_id=use.release_id, place_no=use.place_no, number=told.number.strip(), amount_paise=told.amount_paise,
        until_on=told.until_on, words=why.strip(), standing=UseStanding.SUBMITTED, submitted_by_id=by.pk, submitted_at=at,
        corrects_id=first,
    )  # fmt: skip
    insert(row)
    trail.write("nodal.certificate.corrected", about=row, paise=row.amount_paise)
    return row


def _propose(line: Any, order: Order, own: dict, why: str, at: datetime, by) -> Any:
    """A line that waits for a second person. Raises Refused for what changes nothing, and while another correction waits."""
    scheme.check_order(order, at)
    if line.line != LineStanding.STANDS:
        raise Refused([("", "not_the_last_line")])
    if type(line).objects.filter(corrects=line.first_pk, line=LineStanding.PROPOSED).exists():
        raise Refused([("", "correction_waits")])
    told = vars(order) | {"order_no": order.order_no.strip()} | own
    if all(getattr(line, name) == value for name, value in told.items()):
        raise Refused([("", "same_line")])
    _check_why(why)
    row = new(
        type(line), place=line.place, place_no=line.place_no, corrects_id=line.first_pk, why=why.strip(), line=LineStanding.PROPOSED,
        by_id=by.pk, at=at, **told,
    )  # fmt: skip
    _check_twice(row)
    insert(row)
    trail.write("nodal.order.corrected", about=row, corrects=str(line.first_pk))
    return row


def _check_twice(row: Sanction | Release) -> None:
    of_tier = {"tier": row.tier} if isinstance(row, Sanction) else {}
    others = type(row).objects.filter(place=row.place_id, order_no=row.order_no, line=LineStanding.STANDS, **of_tier)
    if others.exclude(pk=row.first_pk).exclude(corrects=row.first_pk).exists():
        raise Refused([("order_no", "order_twice")])


def _check_why(why: str) -> None:
    if not why.strip():
        raise Refused([("why", "length")])
