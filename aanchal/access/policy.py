"""One rule, said three times: `can` for one record, `visible` for a list, and the database's policies (core.wall, access/sql).

tests/access/test_policy.py holds them equal over every role x permission x place.
"""

import re
from datetime import date, datetime
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from aanchal.access.permissions import Permission
from aanchal.places.models import Place
from aanchal.places.queries import NOWHERE
from aanchal.places.rules import Interval
from aanchal.places.terms import Level

RANGE = re.compile(r"\[(\d+),(\d+)\)")
INDIA = ZoneInfo("Asia/Kolkata")


def scope(user, permission: Permission) -> tuple[Interval, ...]:
    """The intervals of places where the user may do this today."""
    return _scopes(user).get(permission, ())


def can(user, permission: Permission, record) -> bool:
    """`record` is anything with a `place_no`: a row of a person, or a place."""
    return any(record.place_no in interval for interval in scope(user, permission))


def covers(user, permission: Permission, place: Place) -> bool:
    """The whole of the place lies inside what the user may reach."""
    return any(i.first <= place.place_no and place.last_no <= i.last for i in scope(user, permission))


def visible(user, permission: Permission, records: QuerySet) -> QuerySet:
    here = (Q(place_no__gte=i.first, place_no__lte=i.last) for i in scope(user, permission))
    return records.filter(reduce(or_, here, NOWHERE))


def holds(user, permission: Permission) -> bool:
    """Somewhere, whatever the place: enough to show a link, never to show a record."""
    return bool(scope(user, permission))


def _scopes(user) -> dict[str, tuple[Interval, ...]]:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return {}
    if not hasattr(user, "_scopes"):
        found: dict[str, list[Interval]] = {}
        for posting in current_postings(user, on=day_in_india(timezone.now())):
            for part in _parts(posting.place):
                for permission in posting.held.permissions:
                    found.setdefault(permission, []).append(part.interval)
        user._scopes = {permission: tuple(intervals) for permission, intervals in found.items()}
    return user._scopes


def scopes_told(by_database: dict[str, str]) -> dict[str, tuple[Interval, ...]]:
    """Scopes as the database answers them (`acting_open`): text of a multirange for each permission."""
    return {
        permission: tuple(Interval(int(first), int(after) - 1) for first, after in RANGE.findall(ranges))
        for permission, ranges in by_database.items()
    }


def current_postings(user, *, on: date) -> list:
    """The postings held on a day, with their places."""
    held = user.postings.filter(Q(until=None) | Q(until__gte=on), since__lte=on)
    return list(held.select_related("place").order_by("since", "pk"))


def needs_second_factor(user) -> bool:
    """Whether a post held today reaches so far that a password alone opens nothing."""
    return any(posting.held.needs_second_factor for posting in current_postings(user, on=day_in_india(timezone.now())))


def former_postings(user, *, on: date) -> list:
    """The postings that ended before a day, the last one first."""
    return list(user.postings.filter(until__lt=on).select_related("place").order_by("-until", "-pk"))


def reaches(posting, place: Place) -> bool:
    """Whether a place lies in that of a posting, held or ended."""
    return any(place.place_no in part.interval for part in _parts(posting.place))


def _parts(place: Place) -> list[Place]:
    """A place, with its parts in other districts when it is one of the few blocks that span them."""
    return [place, *place.parts.all()] if place.level == Level.BLOCK else [place]


def day_in_india(at: datetime) -> date:
    """The day it is in India at an instant: the day by which postings and deadlines count."""
    return timezone.localdate(at, timezone=INDIA)
