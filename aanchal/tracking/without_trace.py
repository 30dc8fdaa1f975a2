"""Women and girls who left without trace: registers and household visits laid side by side. Each line says what does not fit."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.people.models import Household, Person
from aanchal.places.models import Place
from aanchal.tracking.models import LIVE, Alert
from aanchal.tracking.terms import AlertKind, Trace

GONE = """
WITH here AS (SELECT unnest(%(ranges)s::int8multirange) AS range),
gone AS (
    SELECT e.person_id, e.household_id, e.happened_on AS since, 'LEFT_SILENT' AS trace
    FROM here JOIN registers_entry e ON e.place_no >= lower(range) AND e.place_no < upper(range)
    JOIN people_person p ON p.id = e.person_id AND p.sex <> 'MALE'
    WHERE e.stands AND e.is_open AND e.register = 'LEFT'
        AND e.details ->> 'contact_known' = 'no' AND e.details ->> 'last_contact' IN ('OLDER', 'NEVER')
    UNION ALL
    SELECT m.person_id, m.household_id, m.until, 'GONE_FROM_HOME'
    FROM here JOIN people_membership m ON m.place_no >= lower(range) AND m.place_no < upper(range)
    JOIN people_person p ON p.id = m.person_id AND p.sex <> 'MALE'
    WHERE m.until IS NOT NULL
        AND NOT EXISTS (SELECT FROM people_membership n WHERE n.person_id = m.person_id AND n.until IS NULL)
        AND NOT EXISTS (SELECT FROM registers_entry e WHERE e.person_id = m.person_id AND e.stands)
    UNION ALL
    SELECT NULL, s.household_id, s.told_on, 'FAMILY_SAYS'
    FROM here JOIN risk_assessment a ON a.is_current AND a.place_no >= lower(range) AND a.place_no < upper(range)
    JOIN LATERAL (SELECT * FROM risk_survey s WHERE s.household_id = a.household_id ORDER BY s.id DESC LIMIT 1) s ON true
    WHERE ((s.facts ->> 'contact_lost')::boolean OR (s.facts ->> 'member_missing')::boolean)
        AND NOT EXISTS (SELECT FROM registers_entry e WHERE e.household_id = s.household_id AND e.stands AND e.is_open)
)
"""
COUNT = "SELECT count(*) FROM gone"
LINES = """
SELECT person_id, household_id, since, trace FROM gone ORDER BY since DESC, household_id, person_id LIMIT %(most)s OFFSET %(first)s
"""


@dataclass(frozen=True)
class Gone:
    """A woman or girl, or a family in which someone cannot be reached; since when, and by which comparison."""

    trace: Trace
    since: date
    person: Person | None
    household: Household | None
    is_alerted: bool

    @property
    def place(self) -> Place:
        found = self.person or self.household
        assert found is not None
        return found.place


class Found:
    """Where the user may see journeys, the latest first: counted, and read a page at a time."""

    def __init__(self, user, place: Place | None = None):
        self.ranges = "{" + ",".join(f"[{first},{last}]" for first, last in _ranges(user, place)) + "}"

    def count(self) -> int:
        return self._asked(COUNT)[0][0]

    def __getitem__(self, part: slice) -> list[Gone]:
        rows = self._asked(LINES, first=part.start, most=part.stop - part.start)
        people = Person.objects.select_related("place").in_bulk([row[0] for row in rows if row[0]])
        homes = Household.objects.select_related("place").in_bulk([row[1] for row in rows if row[1]])
        alerted = set(Alert.objects.filter(LIVE, kind=AlertKind.NO_TRACE, subject__in=list(people)).values_list("subject", flat=True))
        lines = (Gone(Trace(trace), since, people.get(person), homes.get(home), person in alerted) for person, home, since, trace in rows)
        return [line for line in lines if line.person or line.household]

    def _asked(self, statement: str, **more: int) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(GONE + statement, {"ranges": self.ranges, **more})
            return cursor.fetchall()


def _ranges(user, place: Place | None) -> list[tuple[int, int]]:
    """Where the user may look; within a place, what of it she may."""
    scope = policy.scope(user, Permission.JOURNEY_READ)
    if place is None:
        return [(one.first, one.last) for one in scope]
    parts = [(one, part) for one in scope for part in (place, *place.parts.all())]
    both = ((max(one.first, part.place_no), min(one.last, part.last_no)) for one, part in parts)
    return [(first, last) for first, last in both if first <= last]
