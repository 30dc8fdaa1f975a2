"""The law's clocks as data: what ships with the program, and what the nation changes from a day on."""

from datetime import date
from pathlib import Path

from aanchal.access import policy
from aanchal.access.acting import SYSTEM
from aanchal.access.permissions import Permission
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.yaml_files import read_yaml
from aanchal.places.queries import nation
from aanchal.tracking import queries, rules
from aanchal.tracking.models import StatutoryClock

SHIPPED = Path(__file__).with_name("statutory.yaml")
FROM_THE_BEGINNING = date(2013, 5, 10)


@action
def load(*, by, shipped: Path = SHIPPED) -> int:
    """Each shipped clock that the database does not know yet."""
    known = set(StatutoryClock.objects.values_list("key", flat=True))
    fresh = [
        StatutoryClock(effective_from=FROM_THE_BEGINNING, **({"child_only": False, "adult_only": False} | told))
        for told in read_yaml(shipped)
        if told["key"] not in known
    ]
    StatutoryClock.objects.bulk_create(fresh)
    return len(fresh)


@action
def change(*, clock: StatutoryClock, hours: int, law: str, source: str, mark: str, effective_from: date, by) -> StatutoryClock:
    """Another time or a better source, from a day after the newest version's. Clocks that run already keep the time they began with.

    They hold in every state: only who may change them for the whole nation. Raises NotPossible.
    """
    if not may_change(by):
        raise rules.NotPossible("nation")
    if effective_from <= queries.clock_versions(clock.key)[0].effective_from:
        raise rules.NotPossible("clock_day")
    told = {name: getattr(clock, name) for name in ("key", "starts", "stops", "child_only", "adult_only", "texts")}
    changed = StatutoryClock.objects.create(
        hours=hours, law=law, source=source, mark=mark, effective_from=effective_from, set_by_id=by.pk, **told
    )
    trail.write("tracking.clock.changed", about=changed, key=clock.key, hours=hours, mark=mark, effective_from=effective_from)
    return changed


def may_change(user) -> bool:
    return user is SYSTEM or policy.covers(user, Permission.CLOCK_EDIT, nation())
