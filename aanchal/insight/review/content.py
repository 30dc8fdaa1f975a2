"""What is in a review: figures, attention, what changed after the pilot, stories. Codes and numbers, in no language; none small."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date

import orjson

from aanchal.insight import queries, rules
from aanchal.insight.models import Definition, Figure, Story
from aanchal.places.models import Place
from aanchal.places.queries import within

VERSION = 1
MOST_PLACES, MOST_STORIES = 30, 12
STORIES_OF = 2
"""Months before the month of the review."""
COMPARED = ("STATE", "NATION")


def figures(place: Place, month: date) -> dict:
    """Each indicator of this kind of place that can be computed, by the version that held; `n` is None where it may not be told to all."""
    trends, peers = (read(place, month, queries.TOLD_TO_ALL) for read in (queries.trends, queries.peers))
    targets, computed = queries.targets(place, month), queries.computed(month)
    held = [one for one in queries.definitions(rules.month_after(month)) if one.numerator and place.level in one.levels]
    rows = [_row(one, trends.get(one.pk, []), peers.get(one.pk), targets.get(one.code), month) for one in held]
    return {"version": VERSION, "digest": computed.sha256 if computed else "", "figures": rows}


def attention(place: Place, month: date) -> dict:
    found = queries.attention(place, month)
    told = [{"place": one.place_id, "reasons": one.reasons} for one in found[:MOST_PLACES]]
    return {"attention": {"count": found.count(), "places": told}}


def changes(place: Place, month: date) -> dict:
    """What changed after the pilot, and what was written of the last three months."""
    found = queries.comparison(place, month) if place.level in COMPARED else None
    compared = {"month": found.month.isoformat(), "sha256": found.sha256, "changes": found.changes} if found else None
    return {"compared": compared, "stories": _stories(place, month)}


PARTS: tuple[Callable[[Place, date], dict], ...] = (figures, attention, changes)


def digest(content: Mapping) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _row(one: Definition, past: list[Figure], peers, target, month: date) -> dict:
    figure = past[-1] if past and past[-1].month == month else None
    together = 100 * peers.n / peers.of if peers and peers.of and one.is_share else None
    return {
        "code": one.code, "version": one.version, "sha256": one.sha256, "n": figure.numerator if figure else None,
        "of": figure.denominator if figure else None, "target": float(target.value) if target else None, "peers": _rounded(together),
        "past": [[each.month.isoformat()[:7], _rounded(each.value)] for each in past],
    }  # fmt: skip


def _stories(place: Place, month: date) -> dict:
    found = Story.objects.filter(within(place), standing="PUBLISHED", last__gte=rules.month_after(month, -STORIES_OF), first__lte=month)
    told = found.order_by("-last", "pk").values("pk", "title", "lesson", "place_id")[:MOST_STORIES]
    rows = [{"story": str(one["pk"]), "title": one["title"], "lesson": one["lesson"], "place": one["place_id"]} for one in told]
    return {"count": found.count(), "stories": rows}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)
