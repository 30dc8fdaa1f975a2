"""Counts of families by place: no names, no ids. Read through the database's own gate (`risk_tally`), so that who may read counts needs no row."""

import json

from django.db import connection

from aanchal.places.models import Place
from aanchal.risk import queries
from aanchal.risk.measures import Measures, Tally, measure
from aanchal.risk.terms import Subject


def tally(place: Place, on) -> Tally:
    """Families of the place under the index in force, as counts that add up over places (`measures.Tally`)."""
    index = queries.definition_in_force(Subject.HOUSEHOLD, on)
    with connection.cursor() as cursor:
        cursor.execute("SELECT risk_tally(%s, %s, %s)", [place.place_no, place.last_no, index.version])
        told = cursor.fetchone()[0]
    told = json.loads(told) if isinstance(told, str) else told
    return Tally(
        version=index.version,
        observed={int(points): n for points, n in told["observed"].items()},
        bands=told["bands"],
        urgent=told["urgent"],
        raw=told["raw"],
        censored={(key, observed): n for key, observed, n in told["censored"]},
    )


def measures(place: Place, on) -> Measures:
    """H, A, M0 and contributions of a place, exactly."""
    return measure(queries.definition_in_force(Subject.HOUSEHOLD, on), tally(place, on))
