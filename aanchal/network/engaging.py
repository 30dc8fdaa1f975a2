"""Every change to the file of an NGO: what it states, due diligence, engagements, blacklisting by two."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.network import rules
from aanchal.network.models import Blacklisting, Deliverable, Diligence, Engagement, Ngo, Stakeholder
from aanchal.network.rules import Refused
from aanchal.network.stakeholders import locked, touch
from aanchal.network.terms import Item, ListState, RowState

OF_NGOS = ("NGO", "RESOURCE_ORG", "HOME")
"""Kinds that may be engaged: an NGO, a resource organisation, a home that an NGO runs."""


@action
def open_file(*, stakeholder: Stakeholder, told: Mapping[str, Any], by) -> Ngo:
    """What it states of its registration. Raises Refused for what is no NGO."""
    stakeholder = locked(stakeholder)
    if stakeholder.kind not in OF_NGOS or stakeholder.standing != RowState.LIVE:
        raise Refused([("", "not_an_ngo")])
    if Ngo.objects.filter(stakeholder=stakeholder).exists():
        raise Refused([("", "kept_already")])
    touch(stakeholder)
    row = new(Ngo, stakeholder=stakeholder, place_no=stakeholder.place_no, **told)
    insert(row)
    trail.write("network.ngo.opened", about=row)
    return row


@action
def restate(*, ngo: Ngo, told: Mapping[str, Any], by) -> Ngo:
    for name, value in told.items():
        setattr(ngo, name, value)
    ngo.save(update_fields=[*told])
    trail.write("network.ngo.restated", about=ngo, changed=sorted(told))
    return ngo


@action
def note_item(*, ngo: Ngo, item: str, is_good: bool, note: str, on: date, at: datetime, by) -> Diligence:
    """One item of due diligence, found good or not. What was noted before stays."""
    if on > day_in_india(at):
        raise Refused([("on", "in_the_future")])
    if not is_good and not note.strip():
        raise Refused([("note", "empty")])
    row = new(Diligence, ngo=ngo, place_no=ngo.place_no, item=item, is_good=is_good, note=note.strip(), on=on, at=at, by_id=by.pk)
    insert(row)
    trail.write("network.ngo.diligence", about=ngo, item=item, is_good=is_good)
    return row


@action
def engage(*, ngo: Ngo, place, told: Mapping[str, Any], at: datetime, by) -> Engagement:
    """Raises Refused with every reason at once: blacklisted, without due diligence, registration that ends before."""
    rules.check_engaged(candidate(ngo, told["starts_on"], told["ends_on"]), told["starts_on"], told["ends_on"], Item.values)
    same = {name: told[name] for name in ("area", "title", "starts_on", "ends_on")}
    if Engagement.objects.filter(ngo=ngo, place=place, ended_on=None, flagged_on=None, **same).exists():
        raise Refused([("title", "twice")])
    row = new(Engagement, ngo=ngo, place=place, place_no=place.place_no, recorded_at=at, recorded_by_id=by.pk, **told)
    insert(row)
    trail.write("network.engagement.begun", about=row, ngo=str(ngo.pk), area=row.area)
    return row


@action
def end_engagement(*, engagement: Engagement, why: str, on: date, by) -> Engagement:
    if not why.strip():
        raise Refused([("why", "empty")])
    if not Engagement.objects.filter(pk=engagement.pk, ended_on=None).update(ended_on=on, why_ended=why.strip()[:300]):
        raise Refused([("", "closed_already")])
    trail.write("network.engagement.ended", about=engagement)
    engagement.refresh_from_db()
    return engagement


@action
def expect(*, engagement: Engagement, title: str, due_on: date, by) -> Deliverable:
    if engagement.ended_on is not None:
        raise Refused([("", "over")])
    if due_on < engagement.starts_on:
        raise Refused([("due_on", "later_than_it")])
    if engagement.deliverables.filter(title=title.strip(), due_on=due_on).exists():
        raise Refused([("title", "twice")])
    row = new(Deliverable, engagement=engagement, place_no=engagement.place_no, title=title.strip(), due_on=due_on)
    insert(row)
    trail.write("network.deliverable.expected", about=row)
    return row


@action
def deliver(*, deliverable: Deliverable, on: date, at: datetime, by) -> Deliverable:
    if on > day_in_india(at):
        raise Refused([("on", "in_the_future")])
    if not Deliverable.objects.filter(pk=deliverable.pk, delivered_on=None).update(delivered_on=on):
        raise Refused([("", "twice")])
    trail.write("network.deliverable.delivered", about=deliverable)
    deliverable.refresh_from_db()
    return deliverable


@action
def rate(*, deliverable: Deliverable, rating: int, remark: str, by) -> Deliverable:
    """Of one to five, after it was delivered, once."""
    if deliverable.delivered_on is None:
        raise Refused([("rating", "not_delivered")])
    told = {"rating": rating, "remark": remark.strip()[:300], "rated_by": by.pk}
    if not Deliverable.objects.filter(pk=deliverable.pk, rating=None).update(**told):
        raise Refused([("rating", "twice")])
    trail.write("network.deliverable.rated", about=deliverable, rating=rating)
    deliverable.refresh_from_db()
    return deliverable


@action
def propose_blacklisting(*, ngo: Ngo, reasons: str, from_on: date, until_on: date | None, at: datetime, by) -> Blacklisting:
    """One proposes, with reasons; until another decides nothing is changed."""
    if until_on is not None and until_on < from_on:
        raise Refused([("until_on", "ends_before_it_begins")])
    if ngo.blacklistings.filter(state__in=[ListState.PROPOSED, ListState.IN_FORCE, ListState.LIFT_PROPOSED]).exists():
        raise Refused([("", "already_listed")])
    row = new(
        Blacklisting, ngo=ngo, place_no=ngo.place_no, reasons=reasons.strip(), from_on=from_on, until_on=until_on, proposed_at=at,
        proposed_by_id=by.pk,
    )  # fmt: skip
    insert(row)
    trail.write("network.blacklisting.proposed", about=row, ngo=str(ngo.pk))
    return row


@action
def propose_lifting(*, blacklisting: Blacklisting, reasons: str, at: datetime, by) -> Blacklisting:
    told = {"lift_reasons": reasons.strip(), "lift_proposed_by": by.pk, "lift_decided_by": None, "lift_decided_at": None}
    _step(blacklisting, ListState.IN_FORCE, ListState.LIFT_PROPOSED, **told)
    trail.write("network.blacklisting.lifting_proposed", about=blacklisting)
    return blacklisting


@action
def decide(*, blacklisting: Blacklisting, is_agreed: bool, at: datetime, by) -> Blacklisting:
    """By another than who proposed it. In force, every engagement that runs is flagged."""
    lifting = blacklisting.state == ListState.LIFT_PROPOSED
    proposer = blacklisting.lift_proposed_by_id if lifting else blacklisting.proposed_by_id
    if proposer == by.pk:
        raise Refused([("", "own_proposal")])
    if lifting:
        after = ListState.LIFTED if is_agreed else ListState.IN_FORCE
        _step(blacklisting, ListState.LIFT_PROPOSED, after, lift_decided_by=by.pk, lift_decided_at=at)
    else:
        after = ListState.IN_FORCE if is_agreed else ListState.REFUSED
        _step(blacklisting, ListState.PROPOSED, after, decided_by=by.pk, decided_at=at)
        if is_agreed:
            running = Engagement.objects.filter(ngo=blacklisting.ngo_id, ended_on=None, ends_on__gte=blacklisting.from_on)
            running.update(flagged_on=day_in_india(at))
    trail.write("network.blacklisting.decided", about=blacklisting, state=str(after))
    return blacklisting


def candidate(ngo: Ngo, since: date, until: date) -> rules.Candidate:
    """An NGO as it stands before an engagement of these days."""
    newest = ngo.diligence.order_by("item", "-on", "-at").distinct("item")
    good = frozenset(one.item for one in newest if one.is_good)
    return rules.Candidate(valid_until=ngo.valid_until, good=good, is_barred=is_barred(ngo, since, until))


def is_barred(ngo: Ngo, since: date, until: date) -> bool:
    """Blacklisted on a day of these, under any of its lines in the directory, whoever keeps them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT network_barred(%s, %s, %s)", [ngo.pk, since, until])
        return cursor.fetchone()[0]


def _step(blacklisting: Blacklisting, before: str, after: str, **told: Any) -> None:
    if not Blacklisting.objects.filter(pk=blacklisting.pk, state=before).update(state=after, **told):
        raise Refused([("", "decided_already")])
    blacklisting.refresh_from_db()
