"""The names on the lists that phones carry: each that leaves is on the trail, and none goes to who sends from many villages.

A family that took its consent back is still to be found and helped: by its code. No name of it leaves the office any more.
"""

from collections.abc import Iterable
from uuid import UUID

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.people import actions as people
from aanchal.people import queries as known
from aanchal.people.models import Person
from aanchal.places.models import Place
from aanchal.places.terms import Level

MOST_FAMILIES = 1_000
"""On one phone, of each list."""
MOST_NAMED_VILLAGES = 10
REASON = "follow-up list on a phone"


def are_named(user) -> bool:
    """Who sends from many villages gets codes alone: a lost phone of a block would hold the names of thousands."""
    villages = policy.visible(user, Permission.HOUSEHOLD_RECORD, Place.objects.filter(level=Level.VILLAGE))
    return villages[: MOST_NAMED_VILLAGES + 1].count() <= MOST_NAMED_VILLAGES


def names(user, persons: Iterable[UUID], *, is_read: bool) -> dict[UUID, str]:
    if not are_named(user):
        return {}
    wanted = [Person(pk=pk) for pk in agreed(persons)]
    opened = people.open_names(people=wanted, reason=REASON, by=user) if is_read else known.names_of(one.pk for one in wanted)
    return {pk: names.name for pk, names in opened.items()}


def agreed(persons: Iterable[UUID]) -> list[UUID]:
    """Those whose family has not taken its consent back."""
    asked = list(persons)
    gone = known.people_without_consent(asked)
    return [pk for pk in asked if pk not in gone]
