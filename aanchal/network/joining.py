"""Two lines of the directory that are one: joined with both histories kept, kept apart, taken apart again."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.network.models import Change, Ngo, Pair, PoolMember, Stakeholder, Tenure
from aanchal.network.rules import Refused
from aanchal.network.stakeholders import change, locked
from aanchal.network.terms import How, Likeness, RowState
from aanchal.places.queries import holding

FILLED = ("size", "registration_no", "address", "phone", "email", "parent_id", "user_id", "trained_on", "confirmed_on")
"""What the one that stays takes over where it knows nothing itself."""
MOVED = {
    "children": (Stakeholder, "parent"), "ngo": (Ngo, "stakeholder"), "tenures": (Tenure, "holder"), "pools": (PoolMember, "stakeholder"),
}  # fmt: skip


@action
def join(*, stays: Stakeholder, away: Stakeholder, at: datetime, by) -> Pair:
    """What belongs to the other goes over to the one that stays. Raises Refused with what cannot be one."""
    stays, away = (locked(one) for one in (stays, away))
    _check(stays, away)
    moved: dict[str, Any] = {name: _move(model, column, away, stays) for name, (model, column) in MOVED.items()}
    fills = {name: getattr(away, name) for name in FILLED if not getattr(stays, name) and getattr(away, name)}
    fills = {name: value for name, value in fills.items() if value != stays.pk}
    before = {name: str(value) for name, value in fills.items()}
    change(away, How.MERGED, at=at, by=by, told={"standing": RowState.MERGED, "merged_into_id": stays.pk, "is_public": False})
    change(stays, How.MERGED, at=at, by=by, told=fills)
    moved["filled"] = before
    pair = new(Pair, stays=stays, away=away, place_no=_both(stays, away), state=Likeness.SAME, moved=moved, at=at, by_id=by.pk)
    insert(pair)
    trail.write("network.pair.joined", about=pair, stays=str(stays.pk), away=str(away.pk))
    return pair


@action
def keep_apart(*, one: Stakeholder, other: Stakeholder, at: datetime, by) -> Pair:
    """They look alike and are two: nobody is asked again."""
    one, other = sorted((one, other), key=lambda row: row.pk)
    if Pair.objects.filter(stays=one, away=other, state=Likeness.APART).exists():
        raise Refused([("", "apart_already")])
    pair = new(Pair, stays=one, away=other, place_no=_both(one, other), state=Likeness.APART, at=at, by_id=by.pk)
    insert(pair)
    trail.write("network.pair.apart", about=pair)
    return pair


@action
def undo(*, pair: Pair, at: datetime, by) -> Pair:
    """The other stands again, with what came from it; what was written since on the one that stayed remains."""
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    if pair.state != Likeness.SAME:
        raise Refused([("", "decided_already")])
    stays, away = (locked(one) for one in (pair.stays, pair.away))
    for name, (model, column) in MOVED.items():
        model.objects.filter(**{"pk__in": pair.moved[name], column: stays}).update(**{column: away})
    change(away, How.SPLIT, at=at, by=by, told={"standing": RowState.LIVE, "merged_into_id": None})
    still = {name: value for name, value in pair.moved["filled"].items() if str(getattr(stays, name)) == value}
    empty = {name: "" if isinstance(getattr(stays, name), str) else None for name in still}
    change(stays, How.SPLIT, at=at, by=by, told=empty)
    pair.state, pair.undone_at, pair.undone_by_id = Likeness.UNDONE, at, by.pk
    pair.save(update_fields=["state", "undone_at", "undone_by"])
    trail.write("network.pair.undone", about=pair)
    return pair


def histories(row: Stakeholder):
    """What changed a line, and what changed those that were joined with it."""
    return Change.objects.filter(Q(stakeholder=row) | Q(stakeholder__merged_into=row)).select_related("by", "file").order_by("-at", "-pk")


def _both(one: Stakeholder, other: Stakeholder) -> int:
    """Whoever works in one of two places does not take apart what was decided for both."""
    return holding(one.place, other.place).place_no


def _check(stays: Stakeholder, away: Stakeholder) -> None:
    if stays.kind != away.kind or stays.pk == away.pk:
        raise Refused([("", "not_alike")])
    if any(one.standing != RowState.LIVE for one in (stays, away)):
        raise Refused([("", "decided_already")])
    if Ngo.objects.filter(stakeholder__in=[stays, away]).count() == 2:
        raise Refused([("", "both_ngos")])
    if stays.parent_id == away.pk or away.parent_id == stays.pk:
        raise Refused([("", "wrong_parent")])


def _move(model, column: str, away: Stakeholder, stays: Stakeholder) -> list[str]:
    """Ids of what went over. Raises Refused for what is not ours to move, or cannot stand beside what is there."""
    found = [str(pk) for pk in model.objects.filter(**{column: away}).values_list("pk", flat=True)]
    more = {"version": F("version") + 1} if model is Stakeholder else {}
    try:
        with transaction.atomic():
            moved = model.objects.filter(pk__in=found).update(**{column: stays}, **more)
    except IntegrityError as clash:
        raise Refused([("", "both_held" if model is Tenure else "in_pool")]) from clash
    if moved != len(found):
        raise Refused([("", "not_yours")])
    return found
