"""What a visit tells, recorded by whoever went."""

from uuid import uuid4

from aanchal.access.acting import acting
from aanchal.core.models import Trail
from aanchal.people import actions
from aanchal.people.actions import HouseholdDetails
from tests.factories import DAY, NOON, SYSTEM, member


def survey(*members, **more) -> HouseholdDetails:
    return HouseholdDetails(id=more.pop("pk", None) or uuid4(), members=members or (member(guardian=f"Ramesh {uuid4()}"),), **more)


def record(village, by, details, *, on=DAY, at=NOON):
    with acting(by):
        return actions.record_household(details=details, place=village, visited_on=on, at=at, by=by)


def trail_of(record) -> list[tuple]:
    """(what, who) of each line about a record."""
    with acting(SYSTEM):
        return [(line.verb, line.actor) for line in Trail.objects.filter(about_id=str(record.pk)).order_by("at", "seq")]
