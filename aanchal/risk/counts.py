"""Counts of families by place: no names, no ids. Read through the database's own gate, so that who may read counts needs no row."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet

from aanchal.core.tallies import Part
from aanchal.people.models import Household
from aanchal.people.terms import SocialCategory
from aanchal.places.models import Place
from aanchal.risk import queries
from aanchal.risk.definition import Definition
from aanchal.risk.measures import Measures, Tally, measure
from aanchal.risk.models import Assessment
from aanchal.risk.terms import AT_RISK_BANDS, Band, Subject


def tally(place: Place, on: date, index: Definition | None = None) -> Tally:
    """Families of a place under an index, by default the one in force there, as counts that add up over places.

    A block in two districts is one place. Families under another version (a state's own, seen from the nation) are not in it.
    """
    return tallies([place], on, index or queries.definition_in_force(Subject.HOUSEHOLD, on, place))[place.pk]


def tallies(places: Iterable[Place], on: date, index: Definition | None = None) -> dict[int, Tally]:
    """The same for many places in one question, by their ids: under one index, or they could not be added."""
    places = list(places)
    index = index or queries.definition_in_force(Subject.HOUSEHOLD, on, places[0] if places else None)
    parts = [(place.pk, part) for place in places for part in (place, *place.parts.all())]
    statement = "SELECT key, risk_tally(low, high, %s) FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS asked (key, low, high)"
    keys, ranges = [key for key, _ in parts], _ranges(part for _, part in parts)
    return _added(statement, [keys, *ranges], keys, index)


def tally_by_category(place: Place, on: date) -> dict[str, Tally]:
    """Families of a place by social category: for the audit alone, the category is never scored."""
    statement = (
        "SELECT category, risk_tally(low, high, %s, category) FROM unnest(%s::text[]) AS category"
        " CROSS JOIN unnest(%s::bigint[], %s::bigint[]) AS asked (low, high)"
    )
    categories = list(SocialCategory.values)
    index = queries.definition_in_force(Subject.HOUSEHOLD, on, place)
    return _added(statement, [categories, *_ranges((place, *place.parts.all()))], categories, index)


def scores(place: Place, index: Definition) -> dict[tuple[int, int], int]:
    """How many families of a place have which points of how many answered, by an index."""
    found: Counter[tuple[int, int]] = Counter()
    with connection.cursor() as cursor:
        for part in (place, *place.parts.all()):
            cursor.execute("SELECT points, observed, families FROM risk_scores(%s, %s, %s)", [part.place_no, part.last_no, index.version])
            for points, observed, families in cursor.fetchall():
                found[points, observed] += families
    return dict(found)


def measures(place: Place, on: date) -> Measures:
    """H, A, M0 and contributions of a place, exactly."""
    index = queries.definition_in_force(Subject.HOUSEHOLD, on, place)
    return measure(index, tally(place, on, index))


def _ranges(places: Iterable[Place]) -> tuple[list[int], list[int]]:
    found = list(places)
    return [place.place_no for place in found], [place.last_no for place in found]


def _added(statement: str, values: list, keys: Iterable, index: Definition) -> dict:
    found = {key: Tally(index.version) for key in keys}
    with connection.cursor() as cursor:
        cursor.execute(statement, [index.version, *values])
        for key, told in cursor.fetchall():
            found[key] += _tally(index.version, json.loads(told) if isinstance(told, str) else told)
    return found


def _tally(version: str, told: dict) -> Tally:
    return Tally(
        version=version,
        observed={int(points): n for points, n in told["observed"].items()},
        bands=told["bands"],
        urgent=told["urgent"],
        raw=told["raw"],
        censored={(key, observed): n for key, observed, n in told["censored"]},
    )


SCORED = 1_000_000
"""A family's score is kept as so many parts of the whole, so that sums are exact."""


def assessed(since: date) -> QuerySet[Assessment]:
    """Families assessed on a day or later, as they stand now."""
    return _standing().filter(assessed_on__gte=since)


def at_risk() -> QuerySet[Assessment]:
    """Families at risk by the state's points, or in danger today, as they stand now."""
    return _standing().filter(Q(band__in=AT_RISK_BANDS) | Q(is_urgent=True))


def at_risk_by_points() -> QuerySet[Assessment]:
    """Families at risk by the state's points alone: the poor of Alkire and Foster."""
    return _standing().filter(band__in=AT_RISK_BANDS)


def surveyed() -> QuerySet[Assessment]:
    """Families in any band but unknown, as they stand now."""
    return _standing().exclude(band=Band.UNKNOWN)


def families() -> QuerySet[Household]:
    """Families recorded, as they stand now."""
    return Household.objects.all()


def depth() -> Iterator[Part]:
    """Of families at risk by points, the scores: of all of a family's weight that was told, the part in which it is deprived."""
    rows = at_risk_by_points().filter(observed__gt=0).order_by().values_list("place_no", "points", "observed")
    for place_no, points, observed, n in rows.annotate(n=Count("pk")):
        yield Part(place_no, n * (SCORED * points // observed), SCORED * n)


def adjusted() -> Iterator[Part]:
    """The same scores, of all families surveyed."""
    yield from (Part(place_no, part, 0) for place_no, part, _whole in depth())
    yield from (Part(place_no, 0, SCORED * n) for place_no, n in surveyed().order_by().values_list("place_no").annotate(n=Count("pk")))


def _standing() -> QuerySet[Assessment]:
    return Assessment.objects.filter(is_current=True, household__merged_into=None)
