"""Counts of families by place: no names, no ids. Read through the database's own gate, so that who may read counts needs no row."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet

from aanchal.core.tallies import Tally as Tallied
from aanchal.core.tallies import of_things
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


def assessed(since: date) -> Iterator[Tallied]:
    """Families by village, assessed on a day or later, as they stand now."""
    return _families(Assessment.objects.filter(is_current=True, assessed_on__gte=since))


def at_risk() -> Iterator[Tallied]:
    """Families at risk by the state's points, or in danger today, as they stand now."""
    return _families(Assessment.objects.filter(Q(band__in=AT_RISK_BANDS) | Q(is_urgent=True), is_current=True))


def surveyed() -> Iterator[Tallied]:
    """Families in any band but unknown, as they stand now."""
    return _families(Assessment.objects.filter(is_current=True).exclude(band=Band.UNKNOWN))


def families() -> Iterator[Tallied]:
    """Families recorded, by village, as they stand now."""
    return of_things(Household.objects.order_by().values_list("place_no").annotate(n=Count("pk")))


def _families(rows: QuerySet[Assessment]) -> Iterator[Tallied]:
    return of_things(rows.filter(household__merged_into=None).order_by().values_list("place_no").annotate(n=Count("pk")))
