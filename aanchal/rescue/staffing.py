"""Units: opened, staffed, their districts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from aanchal.access.models import User
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.places.models import Place
from aanchal.rescue import queries, rules
from aanchal.rescue.models import Jurisdiction, Member, Unit


@action
def open_unit(*, place: Place, told: Mapping[str, Any], on: date, at: datetime, by) -> Unit:
    """A unit of a district or state, which answers for that place from today. Raises NotPossible."""
    if Unit.objects.filter(place=place, tier=told["tier"], name=told["name"]).exists():
        raise rules.NotPossible("unit_twice")
    unit = Unit(place=place, place_no=place.place_no, opened_at=at, **told)
    insert(unit)
    trail.write("rescue.unit.opened", about=unit, tier=unit.tier)
    add_district(unit=unit, place=place, on=on, by=by)
    return unit


@action
def add_district(*, unit: Unit, place: Place, on: date, by) -> Jurisdiction:
    """The unit answers for a district too. What its officers see follows their postings."""
    if unit.jurisdiction.filter(place=place, until=None).exists():
        raise rules.NotPossible("district_twice")
    district = Jurisdiction(unit=unit, place=place, place_no=unit.place_no, since=on)
    insert(district)
    trail.write("rescue.unit.district", about=unit, district=place.pk)
    return district


@action
def join(*, unit: Unit, user: User, capacity: str, on: date, by) -> Member:
    """Someone serves in the unit. Nobody appoints himself its head. Raises NotPossible."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    head = queries.head_of(unit)
    rules.check_head(capacity=capacity, user=str(user.pk), by=str(by.pk), head=str(head.user_id) if head else None)
    standing = unit.members.filter(user=user, until=None).first()
    if standing and standing.capacity == capacity:
        raise rules.NotPossible("member_already")
    for before in filter(None, (standing, head if capacity == "HEAD" else None)):
        leave(member=before, on=on, by=by)
    member = Member(unit=unit, place_no=unit.place_no, user=user, capacity=capacity, since=on, by_id=by.pk)
    insert(member)
    trail.write("rescue.member.joined", about=member, capacity=capacity, user=user.pk)
    return member


@action
def leave(*, member: Member, on: date, by) -> Member:
    member.until = max(on, member.since)
    member.save(update_fields=["until"])
    trail.write("rescue.member.left", about=member, user=member.user_id)
    return member
