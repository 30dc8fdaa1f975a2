"""Reads of selection runs, of the indicators a run can use, and of what is recorded of a place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.places.models import IndicatorSeries, IndicatorValue, Place
from aanchal.places.queries import within
from aanchal.places.terms import Level, SeriesKind
from aanchal.selection import rules
from aanchal.selection.models import PlaceStanding, SelectionRun

LEVELS_IN = {
    Level.NATION: (Level.DISTRICT,),
    Level.STATE: (Level.DISTRICT, Level.BLOCK),
    Level.DISTRICT: (Level.BLOCK,),
}
"""What may be ranked inside what: blocks of the nation are no choice anyone makes at once."""


def runs(user) -> QuerySet[SelectionRun]:
    """Those a person may read, newest first, without their figures."""
    found = policy.visible(user, Permission.SELECTION_READ, SelectionRun.objects.all())
    return found.defer("results", "incidents", "indicators").select_related("place", "created_by").order_by("-created_at", "-pk")


def candidates(place: Place, level: Level) -> list[Place]:
    """The places ranked in a run, in an order that does not change."""
    found = Place.objects.filter(within(place), level=level, part_of=None)
    return list(found.select_related("state", "district").order_by("place_no"))


def series_for(place: Place, level: Level) -> QuerySet[IndicatorSeries]:
    """What may enter a score: series that say how people live, with a value here. Never reported incidents."""
    return _series(place, level).filter(kind=SeriesKind.CONTEXT)


def incidents_for(place: Place, level: Level) -> QuerySet[IndicatorSeries]:
    return _series(place, level).filter(kind=SeriesKind.INCIDENT)


def _series(place: Place, level: Level) -> QuerySet[IndicatorSeries]:
    here = Q(values__place_no__gte=place.place_no, values__place_no__lte=place.last_no)
    found = IndicatorSeries.objects.filter(level=level).annotate(known=Count("values", filter=here))
    return found.filter(known__gt=0).order_by("key", "-year", "edition", "pk")


def values_of(series: Sequence[IndicatorSeries], places: Sequence[Place]) -> dict[int, list[float | None]]:
    """Series -> its value for each place, in the order of the places."""
    told: dict[int, dict[int, float]] = defaultdict(dict)
    rows = IndicatorValue.objects.filter(series__in=[one.pk for one in series], place__in=[one.pk for one in places])
    for pk, place, value in rows.values_list("series_id", "place_id", "value"):
        told[pk][place] = value
    return {one.pk: [told[one.pk].get(place.pk) for place in places] for one in series}


def standings_of(places: Iterable[int]) -> dict[int, dict[str, PlaceStanding]]:
    """Place -> what was said last of each standing, whether it holds or not."""
    rows = PlaceStanding.objects.filter(place__in=list(places)).select_related("said_by")
    latest: dict[int, dict[str, PlaceStanding]] = defaultdict(dict)
    for row in rows.order_by("said_at", "pk"):
        latest[row.place_id][row.standing] = row
    return latest


def holding(standings: dict[str, PlaceStanding]) -> frozenset[str]:
    return frozenset(key for key, row in standings.items() if row.holds)


@dataclass(frozen=True)
class Checked:
    """A choice against the framework: findings by place, and those of the whole choice."""

    findings: list[rules.Finding]
    standings: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def is_possible(self) -> bool:
        return not any(one.is_grave for one in self.findings)

    def of(self, key: int) -> list[rules.Finding]:
        return [one for one in self.findings if one.key == key]

    def without_reason(self, chosen: Sequence[dict]) -> set[int]:
        """Places chosen against what is desirable, without a written reason."""
        reasons = {one["id"]: one["why"] for one in chosen}
        return {one.key for one in self.findings if not one.is_grave and not reasons.get(one.key, "").strip()}


def checked(run: SelectionRun) -> Checked:
    """The present choice of a draft, by what is recorded now."""
    rows = {row["id"]: row for row in run.results["places"]}
    chosen = [rows[one["id"]] for one in run.chosen if one["id"] in rows]
    known = standings_of({row["id"] for row in chosen} | {row["parent"] for row in chosen})
    held = {pk: holding(one) for pk, one in known.items()}
    none: frozenset[str] = frozenset()
    found = rules.findings(
        run.level,
        [
            rules.Candidate(
                row["id"], row["parent"], held.get(row["id"], none), held.get(row["parent"], none),
                rules.band(row["rank"], run.results["ranked"]),
            )
            for row in chosen
        ],
    )  # fmt: skip
    return Checked(found, held)


def approved(place: Place) -> QuerySet[SelectionRun]:
    """Indicator PRV01: what was approved here."""
    return SelectionRun.objects.filter(within(place), status="APPROVED")
