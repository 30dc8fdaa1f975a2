"""People of the training records who may be one: found for who records for both, said to be the same or two, taken back."""

from collections import defaultdict
from datetime import datetime
from itertools import combinations

from django.db.models import Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.activities import rules
from aanchal.activities.models import Participant, Sameness
from aanchal.activities.rules import Refused
from aanchal.activities.terms import OFFICERS
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.likeness import name_key
from aanchal.core.rows import insert, new
from aanchal.places.queries import holding

RECORDED = Permission.ACTIVITY_RECORD
MOST_OF_A_NAME = 20
"""Compared with each other: of a name that more people have, the first."""


def alike(user) -> list[tuple[Participant, Participant]]:
    """Pairs whom the user records for and nobody has decided yet."""
    people = policy.visible(user, RECORDED, Participant.objects.filter(same_as=None)).select_related("place").order_by("pk")
    named: dict[tuple[str, str], list[Participant]] = defaultdict(list)
    for one in people:
        named[name_key(one.name), one.sex].append(one)
    decided = {frozenset(pair) for pair in policy.visible(user, RECORDED, _standing()).values_list("stays", "away")}
    pairs = [pair for group in named.values() for pair in combinations(group[:MOST_OF_A_NAME], 2)]
    return [
        (one, other) for one, other in pairs
        if frozenset((one.pk, other.pk)) not in decided and rules.may_be_one(_told(one), _told(other))
    ]  # fmt: skip


def joined(user) -> QuerySet[Sameness]:
    seen = policy.visible(user, RECORDED, _standing().filter(is_same=True))
    return seen.select_related("stays__place", "away__place", "by").order_by("-at", "-pk")


def _standing() -> QuerySet[Sameness]:
    return Sameness.objects.filter(undone_at=None)


def _told(one: Participant) -> rules.Entered:
    return rules.Entered(
        place=one.place_id, audience=one.audience, is_officer=one.audience in OFFICERS, post=one.post.casefold(), rank=one.rank,
        office_no=one.office_no.casefold(), user=one.user_id,
    )  # fmt: skip


@action
def say_same(*, stays: Participant, away: Participant, at: datetime, by) -> Sameness:
    """One person from now on, counted once. Her records stay where they are. Raises Refused for what was decided before."""
    stays, away = _locked(stays, away)
    if stays.user_id and away.user_id:
        raise Refused([("", "two_users")])
    moved = [str(pk) for pk in away.others.values_list("pk", flat=True)]
    row = _said(stays, away, at, by, is_same=True, moved=moved)
    if away.others.update(same_as=stays) != len(moved) or not Participant.objects.filter(pk=away.pk).update(same_as=stays):
        raise Refused([("", "not_yours")])
    trail.write("activities.participant.same", about=row, stays=str(stays.pk), away=str(away.pk))
    return row


@action
def say_two(*, one: Participant, other: Participant, at: datetime, by) -> Sameness:
    """They look alike and are two: nobody is asked again."""
    stays, away = _locked(one, other)
    row = _said(stays, away, at, by, is_same=False)
    trail.write("activities.participant.two", about=row)
    return row


@action
def take_back(*, said: Sameness, at: datetime, by) -> Sameness:
    if not _standing().filter(pk=said.pk, is_same=True).update(undone_at=at, undone_by=by.pk):
        raise Refused([("", "decided_already")])
    Participant.objects.filter(pk=said.away_id, same_as=said.stays_id).update(same_as=None)
    Participant.objects.filter(pk__in=said.moved, same_as=said.stays_id).update(same_as=said.away_id)
    trail.write("activities.participant.apart", about=said)
    return said


def _locked(one: Participant, other: Participant) -> tuple[Participant, Participant]:
    """Both as they stand now. Raises Refused unless each stands for herself and nothing was said of the two."""
    found = Participant.objects.select_for_update(of=("self",)).select_related("place").order_by("pk").in_bulk([one.pk, other.pk])
    said = _standing().filter(Q(stays=one, away=other) | Q(stays=other, away=one))
    if len(found) != 2 or any(row.same_as_id for row in found.values()) or said.exists():
        raise Refused([("", "decided_already")])
    return found[one.pk], found[other.pk]


def _said(stays: Participant, away: Participant, at: datetime, by, **told) -> Sameness:
    row = new(Sameness, stays=stays, away=away, place_no=holding(stays.place, away.place).place_no, at=at, by_id=by.pk, **told)
    insert(row)
    return row
