"""Every change to one line of the directory, by hand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.likeness import name_key
from aanchal.core.rows import insert, new
from aanchal.network import rules
from aanchal.network.models import Change, Stakeholder
from aanchal.network.rules import Refused
from aanchal.network.terms import PEOPLE, PUBLIC_KINDS, How, RowState


@dataclass(frozen=True)
class Details:
    """What is known of an organisation or of a person by her work."""

    kind: str
    name: str
    parent: Stakeholder | None = None
    size: int | None = None
    registration_no: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    is_public: bool = False
    user: User | None = None
    trained_on: date | None = None


@action
def record(*, place, details: Details, at: datetime, by) -> Stakeholder:
    """It enters the directory, confirmed today by who enters it."""
    _check(details, day_in_india(at))
    row = new(
        Stakeholder, place=place, place_no=place.place_no, **_columns(details), confirmed_on=day_in_india(at), confirmed_by_id=by.pk,
        recorded_at=at, recorded_by_id=by.pk,
    )  # fmt: skip
    insert(row)
    trail.write("network.stakeholder.recorded", about=row, kind=row.kind)
    return row


@action
def correct(*, row: Stakeholder, details: Details, at: datetime, by) -> Stakeholder:
    """A person stays a person, an NGO with its file stays an NGO."""
    row = locked(row)
    _check(details, day_in_india(at))
    if (details.kind in PEOPLE) != row.is_person or (details.kind != row.kind and hasattr(row, "ngo")):
        raise Refused([("kind", "not_alike")])
    if details.parent is not None and details.parent.pk == row.pk:
        raise Refused([("parent", "wrong_parent")])
    if change(row, How.CORRECTED, at=at, by=by, told=_columns(details)):
        trail.write("network.stakeholder.corrected", about=row)
    return row


@action
def confirm(*, row: Stakeholder, at: datetime, by) -> Stakeholder:
    """Somebody asked there and it is as it stands."""
    row = locked(row)
    change(row, How.CONFIRMED, at=at, by=by, told={"confirmed_on": day_in_india(at), "confirmed_by_id": by.pk})
    trail.write("network.stakeholder.confirmed", about=row)
    return row


@action
def close(*, row: Stakeholder, at: datetime, by) -> Stakeholder:
    """It is no more. Raises Refused while others belong to it."""
    row = locked(row)
    if row.standing != RowState.LIVE:
        raise Refused([("", "closed_already")])
    if row.children.filter(standing=RowState.LIVE).exists():
        raise Refused([("", "has_children")])
    if row.tenures.filter(until=None).exists():
        raise Refused([("", "in_use")])
    change(row, How.CLOSED, at=at, by=by, told={"standing": RowState.CLOSED, "is_public": False})
    trail.write("network.stakeholder.closed", about=row)
    return row


@action
def reopen(*, row: Stakeholder, at: datetime, by) -> Stakeholder:
    row = locked(row)
    if row.standing != RowState.CLOSED:
        raise Refused([("", "moved_on")])
    change(row, How.REOPENED, at=at, by=by, told={"standing": RowState.LIVE})
    trail.write("network.stakeholder.reopened", about=row)
    return row


@action
def note_trained(*, users: Collection, on: date, at: datetime, by) -> int:
    """Who signs in and passed a training is shown as trained on the board of posts; how many lines that changed."""
    changed = 0
    for row in Stakeholder.objects.select_for_update().filter(user__in=users, standing=RowState.LIVE).order_by("pk"):
        if row.trained_on is None or row.trained_on < on:
            change(row, How.TRAINED, at=at, by=by, told={"trained_on": on})
            trail.write("network.stakeholder.trained", about=row)
            changed += 1
    return changed


@action
def note_export(*, place, rows: int, kind: str, by) -> None:
    """A list went out as a file: how many lines, of which place."""
    trail.write("network.directory.exported", about=place, rows=rows, kind=kind)


def locked(row: Stakeholder) -> Stakeholder:
    """The row as it stands now, ours until the end."""
    return Stakeholder.objects.select_for_update(of=("self",)).get(pk=row.pk)


def touch(row: Stakeholder) -> None:
    """Something depends on it from now on: a file that made it is not taken back over that. Raises Refused where it is not ours."""
    row.version += 1
    if not Stakeholder.objects.filter(pk=row.pk, version=row.version - 1).update(version=row.version):
        raise Refused([("", "not_yours")])


def change(row: Stakeholder, how: str, *, at: datetime, by, told: dict[str, Any]) -> bool:
    """Writes what differs, and what it was before. Whether anything did."""
    before = {name: getattr(row, name) for name, value in told.items() if getattr(row, name) != value}
    if not before:
        return False
    for name in before:
        setattr(row, name, told[name])
    row.version += 1
    row.save(update_fields=[*before, "version"])
    plain = {name: str(value) if value is not None and not isinstance(value, str | int | bool) else value for name, value in before.items()}
    insert(
        new(Change, stakeholder=row, place_no=row.place_no, version=row.version, how=how, before=plain, at=at, by_id=by.pk)
    )  # fmt: skip
    return True


def _check(details: Details, today: date) -> None:
    faults = []
    if not details.name.strip():
        faults.append(("name", "empty"))
    if details.is_public and details.kind not in PUBLIC_KINDS:
        faults.append(("is_public", "not_public"))
    if details.user is not None and details.kind not in PEOPLE:
        faults.append(("username", "not_a_worker"))
    if details.parent is not None and not rules.parent_fits(details.kind, details.parent.kind):
        faults.append(("parent", "wrong_parent"))
    if details.trained_on is not None and details.trained_on > today:
        faults.append(("trained_on", "in_the_future"))
    if faults:
        raise Refused(faults)


def _columns(details: Details) -> dict[str, Any]:
    told = dict(vars(details))
    parent, user = told.pop("parent"), told.pop("user")
    name = details.name.strip()
    return told | {
        "name": name,
        "name_key": name_key(name),
        "parent_id": parent.pk if parent else None,
        "user_id": user.pk if user else None,
    }
