"""The due-work pass: what the clock does to a million journeys, in four statements over partial indexes (docs/adr/0031).

Run twice at one moment, the second finds nothing. Each statement takes a bounded number, so that no transaction grows long; whoever
calls goes on while there is more.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.places.queries import nation
from aanchal.tracking import clock_sql, rules
from aanchal.tracking.terms import AlertKind

A_BATCH = 100_000


@dataclass(frozen=True)
class Pass:
    """What one pass did."""

    climbed: int
    missed: int
    passed: int
    woken: int
    told: int

    @property
    def is_idle(self) -> bool:
        return not (self.climbed or self.missed or self.passed or self.woken)

    @property
    def is_more(self) -> bool:
        """A statement took all it may: more may wait."""
        return max(self.climbed, self.missed, self.passed, self.woken) == A_BATCH


@action
def run(*, at: datetime, by) -> Pass:
    """Missed check-ins and passed deadlines become alerts, snoozed ones wake, what nobody answered climbs one step.

    What climbs comes first, so that one pass moves no alert twice.
    """
    told = _told(at)
    climbed, missed, passed, woken = (_done(one, told) for one in (clock_sql.CLIMBED, clock_sql.MISSED, clock_sql.PASSED, clock_sql.WOKEN))
    users = climbed[1] | missed[1] | passed[1] | woken[1]
    done = Pass(climbed[0], missed[0], passed[0], woken[0], notices.tell(users=users, topic=Topic.ALERTS, at=at, by=by))
    if not done.is_idle:
        trail.write("tracking.clock.passed", about=nation(), climbed=done.climbed, missed=done.missed, passed=done.passed, woken=done.woken)
    return done


def holders(*, step: str, place, at: datetime) -> list[UUID]:
    """Who holds the post of a step at a place."""
    with connection.cursor() as cursor:
        cursor.execute(clock_sql.HOLDERS, _told(at) | {"place": place.pk, "step": step})
        found = cursor.fetchone()
    return list(found[0]) if found else []


def _done(statement: str, told: dict) -> tuple[int, set[UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        count, users = cursor.fetchone()
    return count, set(users)


def _told(at: datetime) -> dict:
    """The ladder of the rules as columns, and the moment."""
    columns: dict[str, list] = {name: [] for name in ("kinds", "steps", "roles", "above", "hours", "hours_above")}
    for kind in AlertKind:
        for step in rules.ORDER:
            above, hours = rules.step_after(step), rules.HOURS[kind]
            row = (kind.value, step.value, rules.ROLE_OF[step], above, hours.get(step), hours.get(above or ""))
            for name, value in zip(columns, row, strict=True):
                columns[name].append(value)
    return columns | {"at": at, "today": day_in_india(at), "share": rules.CHILD_SHARE, "most": A_BATCH, "moment": _moment(at)}


def _moment(at: datetime) -> str:
    """The first 48 bits of a UUIDv7, as it is written."""
    digits = f"{int(at.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}"
