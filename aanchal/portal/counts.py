"""Counts by place as one person may see them: exact where they may open the lists, small ones hidden where they may only count."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.portal import rules
from aanchal.portal.terms import REGISTERS
from aanchal.registers.models import Entry
from aanchal.registers.queries import inside
from aanchal.risk import families
from aanchal.risk.terms import Band
from aanchal.villages.models import RoadmapAction

BELOW = {
    Level.NATION: Level.STATE,
    Level.STATE: Level.DISTRICT,
    Level.DISTRICT: Level.BLOCK,
    Level.BLOCK: Level.VILLAGE,
    Level.PANCHAYAT: Level.VILLAGE,
}
IN_PUBLIC = ("households", "surveyed", "at_risk", "severe", "urgent", *REGISTERS)
"""What may be counted by who may open no list."""


@dataclass(frozen=True)
class Counts:
    """Of one place. A count that is None is hidden; one that is absent was not this person's to know."""

    place: Place
    values: Mapping[str, int | None]
    bands: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A place and the places below it."""

    whole: Counts
    rows: Sequence[Counts]
    is_exact: bool


def opens_lists(user, place: Place) -> bool:
    return policy.covers(user, Permission.RISK_READ, place)


def table(user, place: Place, *, on: date) -> Table:
    """What this person may know of a place and of those below it."""
    if opens_lists(user, place):
        return _exact(user, place, places_below(place), on=on)
    return _hidden(user, place)


def of(user, place: Place, *, on: date) -> Counts:
    """What this person may know of one place."""
    if opens_lists(user, place):
        return _exact(user, place, (), on=on).whole
    return _hidden(user, place).whole


def helped(state: Place, april: date) -> tuple[int | None, int | None]:
    """Families to whom something came and survivors placed in work, in the financial year; None is hidden, the rest rounded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT families, placed FROM portal_outcomes(%s, %s)", [state.pk, april])
        return cursor.fetchone() or (None, None)


def without_small(counts: Counts) -> Counts:
    """For paper that anyone may read."""
    known = {key: n or 0 for key, n in counts.values.items()}
    return Counts(counts.place, {key: None if rules.is_small(_parts(key, known)) else n for key, n in counts.values.items()})


def places_below(place: Place) -> list[Place]:
    level = BELOW.get(place.level)
    if level is None:
        return []
    return list(Place.objects.filter(inside(place), level=level).prefetch_related("parts").order_by("name", "pk"))


def _exact(user, place: Place, below: Sequence[Place], *, on: date) -> Table:
    found = _by_number(user, place, on=on)
    return Table(_sum(place, found), [_sum(one, found) for one in below], is_exact=True)


def _by_number(user, place: Place, *, on: date) -> dict[int, Counter]:
    """Each list this person may open, counted by the number of the place its rows are of."""
    found: dict[int, Counter] = {}
    for rows in (_households(user, place), _risks(user, place), _lines(user, place), _flagged(user, place), _overdue(user, place, on)):
        for row in rows:
            found.setdefault(row.pop("place_no"), Counter()).update(row)
    return found


def _here(user, permission: Permission, rows: QuerySet, place: Place) -> QuerySet:
    return policy.visible(user, permission, rows).filter(inside(place)).order_by().values("place_no")


def _households(user, place: Place) -> Iterable[dict]:
    return _here(user, Permission.HOUSEHOLD_READ, Household.objects.all(), place).annotate(households=Count("pk"))


def _risks(user, place: Place) -> Iterable[dict]:
    bands = {f"band_{band}": Count("pk", filter=Q(band=band)) for band in Band}
    found = families.readable(user, place).select_related(None).order_by().values("place_no")
    return found.annotate(
        surveyed=Count("pk", filter=families.band_is(families.SURVEYED)),
        at_risk=Count("pk", filter=families.AT_RISK),
        severe=Count("pk", filter=families.band_is(Band.SEVERE)),
        urgent=Count("pk", filter=families.URGENT),
        **bands,
    )


def _lines(user, place: Place) -> Iterable[dict]:
    each = {key: Q(register=key.upper()) for key in REGISTERS}
    rows = _here(user, Permission.ENTRY_READ, Entry.objects.filter(stands=True), place)
    return rows.annotate(
        **{key: Count("pk", filter=of_it) for key, of_it in each.items()},
        **{f"{key}_open": Count("pk", filter=of_it & Q(is_open=True)) for key, of_it in each.items()},
    )


def _flagged(user, place: Place) -> Iterable[dict]:
    waiting = Submission.objects.filter(status=Status.FLAGGED)
    return _here(user, Permission.SUBMISSION_REVIEW, waiting, place).annotate(flagged=Count("pk"))


def _overdue(user, place: Place, on: date) -> Iterable[dict]:
    late = RoadmapAction.objects.filter(RoadmapAction.overdue(on))
    return _here(user, Permission.VILLAGE_READ, late, place).annotate(overdue=Count("pk"))


def _sum(place: Place, found: Mapping[int, Counter]) -> Counts:
    intervals = [part.interval for part in (place, *place.parts.all())]
    total: Counter = Counter()
    for number, counted in found.items():
        if any(number in interval for interval in intervals):
            total.update(counted)
    bands = {band: total.pop(f"band_{band}", 0) for band in Band}
    names = [*IN_PUBLIC, *(f"{key}_open" for key in REGISTERS), "flagged", "overdue"]
    return Counts(place, {key: total[key] for key in names}, bands)


def _hidden(user, place: Place) -> Table:
    """From the place of the posting down to this one: what is hidden above decides what must be hidden below."""
    path = _path(user, place)
    closed: Mapping[str, bool] = {}
    for step, following in zip(path, [*path[1:], None], strict=True):
        below = places_below(step)
        whole, *each = _told([step, *below])
        if not closed:
            closed = {key: rules.is_small(_parts(key, whole)) for key in IN_PUBLIC}
        marks = {key: _closed(key, whole, each, whole_is_hidden=closed[key]) for key in IN_PUBLIC}
        shown = _masked(step, whole, closed)
        if following is None:
            hides = [{key: i in marks[key] for key in IN_PUBLIC} for i in range(len(below))]
            return Table(shown, [_masked(*row) for row in zip(below, each, hides, strict=True)], is_exact=False)
        at = next(i for i, one in enumerate(below) if one.pk == following.pk)
        closed = {key: at in marks[key] for key in IN_PUBLIC}
    raise AssertionError("a path holds the place itself")


def _path(user, place: Place) -> list[Place]:
    """From the highest place whose counts this person may read down to this one. Panchayats cut across and are no step of it."""
    above = [place.nation, place.state, place.district, place.block]
    steps = [one for one in (*above, place) if one is not None]
    return [one for one in steps if policy.covers(user, Permission.COUNT_READ, one)]


def _told(places: Sequence[Place]) -> list[dict[str, int]]:
    parts = [(i, part) for i, place in enumerate(places) for part in (place, *place.parts.all())]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM portal_counts(%s::int[], %s::bigint[], %s::bigint[])",
            [[i for i, _ in parts], [part.place_no for _, part in parts], [part.last_no for _, part in parts]],
        )
        found = {ordinal: dict(zip(IN_PUBLIC, counts, strict=True)) for ordinal, *counts in cursor.fetchall()}
    return [found[i] for i in range(len(places))]


def _closed(key: str, whole: dict, each: Sequence[dict], *, whole_is_hidden: bool) -> frozenset[int]:
    """What lies in the whole and in none of its parts is hidden like a part of it."""
    cells = {i: _parts(key, told) for i, told in enumerate(each)}
    rest = tuple(a - sum(parts) for a, parts in zip(_parts(key, whole), zip(*cells.values(), strict=True), strict=True)) if cells else ()
    return rules.hidden({**cells, -1: rest} if any(rest) else cells, whole_is_hidden=whole_is_hidden)


def _parts(key: str, told: Mapping[str, int]) -> rules.Parts:
    """A count, and what can be worked out from it beside the count that holds it."""
    holder = {"at_risk": "surveyed", "severe": "at_risk", "urgent": "at_risk"}.get(key)
    return (told[key],) if holder is None else (told[key], told[holder] - told[key])


def _masked(place: Place, told: Mapping[str, int], closed: Mapping[str, bool]) -> Counts:
    return Counts(place, {key: None if closed[key] else told[key] for key in IN_PUBLIC})
