"""Problem areas of a place as they stand: ways from the counts of cases, population, reporting, children reported missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from aanchal.cases import counts as cases
from aanchal.nodal import areas, rules
from aanchal.nodal.models import AreaNote, Call, Published, Return
from aanchal.nodal.terms import Role
from aanchal.places.models import Place
from aanchal.places.queries import latest_values, within
from aanchal.places.terms import Level

MONTHS = 24
PEOPLE = "females_2011"
"""The series of population that districts are compared by: Census 2011, the newest the program ships a mapping for."""


CAUSES = {
    "Forced Labour": "purpose_labour", "Sexual Exploitation for Prostitution": "purpose_sexual", "Domestic Servitude": "purpose_servitude",
    "Forced Marriage": "purpose_marriage", "Petty Crimes": "purpose_petty_crime", "Child Pornography": "purpose_pornography",
    "Begging": "purpose_begging", "Removal of Organs": "purpose_organs", cases.OTHER_REASONS: "purpose_other",
}  # fmt: skip
"""Causes are coded by the heads of the returns."""


@dataclass(frozen=True)
class Picture:
    """What is known of a place's ways over the last two years."""

    place: Place
    months: Sequence[date]
    sources: Sequence[areas.Area]
    destinations: Sequence[areas.Area]
    corridors: Sequence[areas.Corridor]
    transit: Mapping[int, int]
    silent: int
    """Districts of the place of which no case tells."""
    districts: int

    def of(self, role: str) -> Sequence[areas.Area]:
        if role == Role.TRANSIT:
            rows = [areas.Area(key, role, n, None, None, (), ()) for key, n in self.transit.items()]
            return sorted(rows, key=lambda one: (-one.n, one.district))
        return {Role.SOURCE: self.sources, Role.DESTINATION: self.destinations}[Role(role)]


def months_until(day: date) -> list[date]:
    """First days of the last whole months before a day."""
    last = day.year * 12 + day.month - 2
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]


def picture(place: Place, on: date) -> Picture:
    """Raises DatabaseError for a place whose counts are not hers to read."""
    months = months_until(on)
    first, last = months[0], date(on.year, on.month, 1) - timedelta(days=1)
    out, came = (_ways(place, first, last, side) for side in ("ORIGIN", "DESTINATION"))
    inside = set(Place.objects.filter(within(place), level=Level.DISTRICT).values_list("pk", flat=True))
    people = {key: size for key, size in latest_values(PEOPLE, Level.DISTRICT).items() if key in inside}
    found = areas.corridors([*out, *(way for way in came if way.origin not in inside)], months)
    told = {way.origin for way in out} | {way.destination for way in came}
    return Picture(
        place, months, areas.areas(out, Role.SOURCE, people, months), areas.areas(came, Role.DESTINATION, people, months), found,
        {key: n for key, n in areas.through(found).items() if key in inside and n >= areas.LEAST}, len(inside - told), len(inside),
    )  # fmt: skip


def missing(place: Place) -> tuple[int | None, list[areas.Area]]:
    """Children reported missing, by the district of the report, in the newest year that was printed."""
    rows = Published.objects.filter(within(place), head__key="missing_total", place__level=Level.DISTRICT)
    year = rows.order_by("-year").values_list("year", flat=True).first()
    if year is None:
        return None, []
    told = rows.filter(year=year).values_list("place").annotate(total=Sum("value")).order_by("place")
    observed = {key: int(n) for key, n in told}
    people = latest_values(PEOPLE, Level.DISTRICT)
    known = areas.estimates(observed, {key: people[key] for key in observed if key in people})
    found = [areas.Area(key, Role.MISSING, n, known.get(key), None, (), ()) for key, n in observed.items() if n >= areas.LEAST]
    return year, sorted(found, key=lambda one: (not one.is_problem, -one.n, one.district))


def reported(states: Sequence[int], months: Sequence[date]) -> dict[int, tuple[int, int]]:
    """State -> periods of these months it reported, of how many that were called."""
    calls = list(Call.objects.filter(starts_on__gte=months[0], ends_on__lt=_next(months[-1])).values_list("pk", flat=True))
    told: dict[int, set] = {state: set() for state in states}
    rows = Return.objects.filter(call__in=calls, place__in=states, standing__in=rules.TOLD).values_list("place", "call")
    for state, call in rows:
        told[state].add(call)
    return {state: (len(found), len(calls)) for state, found in told.items()}


def notes(place: Place):
    return AreaNote.objects.filter(place=place).select_related("by").order_by("-at", "-pk")


def open_notes(place: Place):
    found = AreaNote.objects.filter(within(place), done_on=None).exclude(action="")
    return found.select_related("place").order_by("due_on", "pk")


def _ways(place: Place, first: date, last: date, side: str) -> list[areas.Way]:
    return [
        areas.Way(way.month, way.origin, way.destination, _causes(way.purposes), way.n)
        for way in cases.ways(place, first, last, side=side)
    ]  # fmt: skip


def _causes(purposes: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({CAUSES[cases.NCRB.get(one, cases.OTHER_REASONS)] for one in purposes}))


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
