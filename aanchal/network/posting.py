"""Every change to sanctioned posts, who holds them, honoraria, and resource pools."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.network import rules
from aanchal.network.models import Honorarium, PoolMember, Post, Stakeholder, Tenure
from aanchal.network.rules import Held, Refused
from aanchal.network.stakeholders import locked, touch
from aanchal.network.terms import RowState
from aanchal.places.terms import Level

OVERLAPS = {"one_holder_of_a_post": ("since", "post_is_filled"), "one_post_of_a_person": ("holder", "holds_another")}


@action
def sanction(*, place, told: Mapping[str, Any], at: datetime, by) -> Post:
    """A post by its order: vacant from that day."""
    if told["sanctioned_on"] > day_in_india(at):
        raise Refused([("sanctioned_on", "in_the_future")])
    row = new(Post, place=place, place_no=place.place_no, recorded_at=at, recorded_by_id=by.pk, **told)
    insert(row)
    trail.write("network.post.sanctioned", about=row, kind=row.kind)
    return row


@action
def abolish(*, post: Post, on: date, at: datetime, by) -> Post:
    """Raises Refused while someone holds it, and for a day to come: until then it is a post of the list."""
    if on > day_in_india(at):
        raise Refused([("on", "in_the_future")])
    if on < post.sanctioned_on:
        raise Refused([("on", "later_than_it")])
    if any(one.until is None or one.until > on for one in held(post.tenures.all())):
        raise Refused([("on", "in_use")])
    if not Post.objects.filter(pk=post.pk, abolished_on=None).update(abolished_on=on):
        raise Refused([("", "closed_already")])
    trail.write("network.post.abolished", about=post)
    post.refresh_from_db()
    return post


@action
def fill(*, post: Post, holder: Stakeholder, since: date, order_no: str, at: datetime, by, until: date | None = None) -> Tenure:
    """Someone holds it from a day. Raises Refused: of one post and of one person no two tenures share a day."""
    holder = locked(holder)
    if not holder.is_person or holder.standing != RowState.LIVE:
        raise Refused([("holder", "not_a_person")])
    life = Held(post.sanctioned_on, post.abolished_on)
    wanted = Held(since, until)
    rules.check_tenure(wanted, of_post=held(post.tenures.all()), of_person=held(holder.tenures.all()), life=life)
    touch(holder)
    row = new(
        Tenure, post=post, holder=holder, place_no=post.place_no, since=since, until=until, order_no=order_no.strip(), recorded_at=at,
        recorded_by_id=by.pk,
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as clash:  # with a tenure of another place, which this person does not see
        raise Refused([OVERLAPS[clash.__cause__.diag.constraint_name]]) from clash
    trail.write("network.post.filled", about=post, tenure=str(row.pk))
    return row


@action
def vacate(*, tenure: Tenure, until: date, by) -> Tenure:
    """Her last day. The post is vacant from the next, and what is due of that month and not paid yet is due to that day."""
    if until < tenure.since:
        raise Refused([("until", "later_than_it")])
    if not Tenure.objects.filter(pk=tenure.pk, until=None).update(until=until):
        raise Refused([("", "closed_already")])
    trail.write("network.post.vacated", about=tenure.post, tenure=str(tenure.pk))
    tenure.refresh_from_db()
    for row in Honorarium.objects.filter(tenure=tenure, paid_on=None, month=until.replace(day=1)):
        due = rules.due_paise(tenure.post.honorarium_paise, Held(tenure.since, until), row.month, date.max)
        if 0 < due < row.due_paise:
            Honorarium.objects.filter(pk=row.pk, paid_on=None).update(due_paise=due)
            trail.write("network.honorarium.due", about=row, month=row.month, paise=due)
    return tenure


@action
def raise_dues(*, tenures: Iterable[Tenure], month: date, at: datetime, by) -> int:
    """What is due of a month to who held a post with an honorarium, once; how many. Nothing for a month that has not ended."""
    month, today = month.replace(day=1), day_in_india(at)
    tenures = list(tenures)
    known = set(Honorarium.objects.filter(tenure__in=tenures, month=month).values_list("tenure_id", flat=True))
    fresh = []
    for one in tenures:
        due = rules.due_paise(one.post.honorarium_paise, Held(one.since, one.until), month, today)
        if due and one.pk not in known:
            fresh.append(new(Honorarium, tenure=one, place_no=one.place_no, month=month, due_paise=due))
    insert(*fresh)
    for row in fresh:
        trail.write("network.honorarium.due", about=row, month=month, paise=row.due_paise)
    return len(fresh)


@action
def pay(*, honorarium: Honorarium, on: date, reference: str, at: datetime, by) -> Honorarium:
    """By voucher or transfer, once."""
    if on > day_in_india(at):
        raise Refused([("on", "in_the_future")])
    if on < honorarium.month:
        raise Refused([("on", "before_its_month")])
    if not reference.strip():
        raise Refused([("reference", "no_reference")])
    if honorarium.paid_on is None and honorarium.tenure.until is not None and honorarium.tenure.until < honorarium.month:
        raise Refused([("", "not_held_then")])
    told = {"paid_on": on, "reference": reference.strip()[:80], "paid_by": by.pk}
    if not Honorarium.objects.filter(pk=honorarium.pk, paid_on=None).update(**told):
        raise Refused([("", "paid_already")])
    trail.write("network.honorarium.paid", about=honorarium)
    honorarium.refresh_from_db()
    return honorarium


@action
def join_pool(*, place, stakeholder: Stakeholder, topics: list[str], languages: list[str], on: date, by) -> PoolMember:
    """A resource pool is of a state or a district."""
    if place.level not in (Level.STATE, Level.DISTRICT):
        raise Refused([("place", "too_high")])
    stakeholder = locked(stakeholder)
    if PoolMember.objects.filter(place=place, stakeholder=stakeholder, until=None).exists():
        raise Refused([("", "in_pool")])
    touch(stakeholder)
    row = new(
        PoolMember, place=place, place_no=place.place_no, stakeholder=stakeholder, topics=topics, languages=languages, since=on,
        recorded_by_id=by.pk,
    )  # fmt: skip
    insert(row)
    trail.write("network.pool.joined", about=row)
    return row


@action
def leave_pool(*, member: PoolMember, on: date, by) -> PoolMember:
    if not PoolMember.objects.filter(pk=member.pk, until=None).update(until=max(on, member.since)):
        raise Refused([("", "closed_already")])
    trail.write("network.pool.left", about=member)
    member.refresh_from_db()
    return member


def held(tenures: Iterable[Tenure]) -> list[Held]:
    return [Held(one.since, one.until) for one in tenures]
