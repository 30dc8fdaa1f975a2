"""What is in a review: figures, attention, what changed after the pilot, stories. Codes and numbers, in no language; none small."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from aanchal.insight import queries, rules
from aanchal.insight.measures import MEASURES
from aanchal.insight.models import Definition, Figure, Story, Target
from aanchal.places.models import Place
from aanchal.places.queries import within

VERSION = 2
MOST_PLACES, MOST_STORIES = 30, 12
STORIES_OF = 2
"""Months before the last month of the review."""
COMPARED = ("STATE", "NATION")


@dataclass(frozen=True)
class Period:
    """A month, quarter or financial year, as far as it has been computed."""

    span: str
    first: date
    computed: tuple[date, ...]
    """Its months that were computed, oldest first."""

    @staticmethod
    def of(span: str, first: date) -> "Period":
        known = set(queries.months())
        return Period(span, first, tuple(one for one in rules.months_of(span, first) if one in known))

    @property
    def last(self) -> date:
        return self.computed[-1]

    @property
    def before(self) -> "Period":
        return Period.of(self.span, rules.month_after(self.first, -len(rules.months_of(self.span, self.first))))


def figures(place: Place, period: Period) -> dict:
    """Each indicator of this kind of place that can be computed, by the version that held; `n` is None where it may not be told to all."""
    before, month = period.before, period.last
    read = Told(
        own=queries.figures(place, period.computed), earlier=queries.figures(place, before.computed),
        trends=queries.trends(place, month, queries.TOLD_TO_ALL), at_end=queries.peers(place, month, queries.TOLD_TO_ALL),
        together=queries.peers(place, month, queries.TOLD_TO_ALL, months=period.computed), targets=queries.targets(place, month),
    )  # fmt: skip
    held = [one for one in queries.definitions(rules.month_after(month)) if one.numerator and place.level in one.levels]
    computed = [queries.computed(one) for one in period.computed]
    told = {"span": period.span, "months": [f"{one:%Y-%m}" for one in period.computed]}
    rows = [_row(one, read, period, before) for one in held]
    return {"version": VERSION, "digest": digest([one.sha256 for one in computed if one]), "figures": rows, **told}


def attention(place: Place, period: Period) -> dict:
    """As it stood in the last of its months."""
    found = queries.attention(place, period.last)
    told = [{"place": one.place_id, "reasons": one.reasons} for one in found[:MOST_PLACES]]
    return {"attention": {"count": found.count(), "places": told}}


def changes(place: Place, period: Period) -> dict:
    """What changed after the pilot, and what was written of the period and of three months at least."""
    found = queries.comparison(place, period.last) if place.level in COMPARED else None
    compared = {"month": found.month.isoformat(), "sha256": found.sha256, "changes": found.changes} if found else None
    return {"compared": compared, "stories": _stories(place, period)}


PARTS: tuple[Callable[[Place, Period], dict], ...] = (figures, attention, changes)


def digest(content: Mapping | Sequence) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


@dataclass(frozen=True)
class Told:
    """What was read of a place for a period and for the one before it."""

    own: Mapping[int, Mapping[date, Figure]]
    earlier: Mapping[int, Mapping[date, Figure]]
    trends: Mapping[int, Sequence[Figure]]
    at_end: Mapping[int, float]
    together: Mapping[int, float]
    targets: Mapping[str, Target]


def _row(one: Definition, read: Told, period: Period, before: Period) -> dict:
    n, of = _of_period(one, read.own.get(one.pk, {}), period)
    peers = (read.together if _adds_up(one) else read.at_end).get(one.pk)
    target = read.targets.get(one.code)
    return {
        "code": one.code, "version": one.version, "sha256": one.sha256, "n": n, "of": of,
        "target": float(target.value) if target else None, "peers": _rounded(peers),
        "before": _rounded(_value(one, *_of_period(one, read.earlier.get(one.pk, {}), before))),
        "past": [[each.month.isoformat()[:7], _rounded(each.value)] for each in read.trends.get(one.pk, [])],
    }  # fmt: skip


def _of_period(one: Definition, told: Mapping[date, Figure], period: Period) -> tuple[int | None, int | None]:
    """Added up over its months where that says something, or else as at its end. One month that is not told to all hides the sum."""
    months = period.computed if _adds_up(one) else period.computed[-1:]
    found = [told[month] for month in months if month in told]
    if not found or not all(each.is_told_to_all for each in found):
        return None, None
    return sum(each.numerator for each in found), sum(each.denominator or 0 for each in found) if one.denominator else None


def _adds_up(one: Definition) -> bool:
    return all(MEASURES[measure].adds_up for measure in (one.numerator, one.denominator) if measure)


def _value(one: Definition, n: int | None, of: int | None) -> float | None:
    return None if n is None else 100 * n / of if one.is_share and of else float(n)


def _stories(place: Place, period: Period) -> dict:
    since = min(period.first, rules.month_after(period.last, -STORIES_OF))
    found = Story.objects.filter(within(place), standing="PUBLISHED", last__gte=since, first__lte=period.last)
    told = found.order_by("-last", "pk").values("pk", "title", "lesson", "place_id")[:MOST_STORIES]
    rows = [{"story": str(one["pk"]), "title": one["title"], "lesson": one["lesson"], "place": one["place_id"]} for one in told]
    return {"count": found.count(), "stories": rows}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)
