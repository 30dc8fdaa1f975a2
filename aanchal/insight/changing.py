"""The pilot's blocks beside blocks that were not chosen, before and after it began: from figures, ranks and beginnings."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from django.db import connection

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.insight import effects, queries, rules
from aanchal.insight.models import Comparison, Computation, Definition
from aanchal.pilots import counts as pilots
from aanchal.places.models import Place
from aanchal.selection import counts as selection

BEFORE = AFTER = 12
"""Months on either side that are looked at, where there are as many."""
LEAST_MONTHS = 3
DECIMALS = {"chance": 3, "sets": 0, "blocks": 0}
"""Others are kept to one, as they are shown: more would tell of the counts."""
Counts = Mapping[tuple[int, int], Mapping[date, tuple[int, int]]]
"""(block, definition) -> month -> numerator and denominator. A typical value counts for each of whom it is: months have a mean."""


@dataclass(frozen=True, eq=False)
class Set:
    """A pilot block, when it began, and the blocks beside it; with the ranks by which they were chosen and not chosen."""

    pilot: int
    state: int
    began: date
    beside: tuple[int, ...]
    ranks: Mapping[int, int]

    def told(self) -> dict:
        beside = [[key, self.ranks[key]] for key in self.beside]
        return {"pilot": self.pilot, "began": self.began.isoformat(), "rank": self.ranks[self.pilot], "beside": beside}


@dataclass(frozen=True)
class Times:
    """The months of one beginning: two halves before it, and after it."""

    early: tuple[date, ...]
    late: tuple[date, ...]
    after: tuple[date, ...]

    @property
    def is_enough(self) -> bool:
        return len(self.early) + len(self.late) >= LEAST_MONTHS and len(self.after) >= LEAST_MONTHS


@action
def compare(*, month: date, at: datetime, by) -> list[Comparison]:
    """For every state with a pilot and for the nation, up to a month that was computed, in place of what was compared of it before."""
    sets = sets_until(month)
    definitions = [one for one in queries.definitions(rules.month_after(month)) if one.denominator and "BLOCK" in one.levels]
    counts = _counts(sets, definitions, month)
    found = []
    for place in Place.objects.filter(pk__in={one.state for one in sets} | {_nation(sets)}).order_by("place_no", "pk"):
        own = [one for one in sets if place.level == "NATION" or one.state == place.pk]
        found.append(_comparison(place, month, own, definitions, counts, at))
    Comparison.objects.filter(month=month).delete()
    insert(*found)
    for one in found:
        trail.write("insight.compared", about=one, month=f"{month:%Y-%m}", sets=len(one.sets))
    return found


def sets_until(month: date) -> list[Set]:
    """The pilot's blocks that had begun, each with those nearest to it in its selection's order that no pilot works in."""
    begun = pilots.blocks(rules.month_after(month))
    rankings = selection.rankings({one.run for one in begun})
    blocks = {one.pk: one for one in Place.objects.filter(level="BLOCK", part_of=None, state__in={one.state for one in begun})}
    taken = {one.block for one in begun}
    groups: dict[tuple, list[pilots.Piloted]] = defaultdict(list)
    for one in begun:
        if one.run in rankings:
            groups[one.state, one.run].append(one)
    found = []
    for (state, run), own in sorted(groups.items(), key=str):
        ranked = _ranked(rankings[run], [one for one in blocks.values() if one.state_id == state])
        beside = [key for key in ranked if key not in taken and not ranked[key].is_chosen]
        matched = effects.matched(
            [_candidate(one.block, ranked) for one in own if one.block in ranked], [_candidate(key, ranked) for key in beside]
        )
        taken |= {key for keys in matched.values() for key in keys}
        ranks = {key: one.rank for key, one in ranked.items()}
        found += [Set(one.block, state, one.began, matched[one.block], ranks) for one in own if one.block in matched]
    return sorted(found, key=lambda one: one.pilot)


def times(began: date, month: date, computed: Iterable[date]) -> Times:
    """Of the months that were computed; the month in which the pilot began counts as after."""
    known, first = sorted(computed), rules.month_of(began)
    before = [one for one in known if rules.month_after(first, -BEFORE) <= one < first]
    after = [one for one in known if first <= one <= month][-AFTER:]
    return Times(tuple(before[: len(before) // 2]), tuple(before[len(before) // 2 :]), tuple(after))


def _ranked(ranking: selection.Ranking, blocks: Sequence[Place]) -> dict[int, selection.Ranked]:
    """A ranking of districts ranks their blocks."""
    told = {one.pk: ranking.places.get(one.pk if ranking.level == "BLOCK" else one.district_id) for one in blocks}
    return {key: one for key, one in sorted(told.items()) if one is not None}


def _candidate(key: int, ranked: Mapping[int, selection.Ranked]) -> effects.Candidate:
    one = ranked[key]
    return effects.Candidate(key, float(-one.rank) if one.score is None else one.score)


def _nation(sets: Sequence[Set]) -> int | None:
    return Place.objects.filter(level="NATION").values_list("pk", flat=True).first() if sets else None


def _counts(sets: Sequence[Set], definitions: Sequence[Definition], month: date) -> Counts:
    blocks = sorted({key for one in sets for key in (one.pilot, *one.beside)})
    first = min((rules.month_after(rules.month_of(one.began), -BEFORE) for one in sets), default=month)
    found: dict[tuple[int, int], dict[date, tuple[int, int]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place_id, definition_id, month, numerator::bigint * CASE WHEN is_typical THEN denominator ELSE 1 END, denominator"
            " FROM insight_figure"
            " WHERE place_id = ANY(%s) AND definition_id = ANY(%s) AND month BETWEEN %s AND %s",
            [blocks, [one.pk for one in definitions], first, month],
        )
        for block, definition, when, n, of in cursor.fetchall():
            found[block, definition][when] = (n, of)
    return found


def _comparison(place: Place, month: date, sets: Sequence[Set], definitions, counts: Counts, at: datetime) -> Comparison:
    computed = set(Computation.objects.filter(month__lte=month).values_list("month", flat=True))
    known = {one: when for one in sets if (when := times(one.began, month, computed)).is_enough}
    changes = [told for one in definitions if (told := _change(one, known, counts)) is not None]
    told = {"rules": effects.VERSION, "sets": [one.told() for one in sets], "changes": changes}
    sha256 = hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return Comparison(place=place, place_no=place.place_no, month=month, at=at, sha256=sha256, **told)


def _change(one: Definition, known: Mapping[Set, Times], counts: Counts) -> dict | None:
    """None where no set has figures on both sides."""
    after = _difference(one, known, counts, lambda when: ((*when.early, *when.late), when.after))
    if not after.sets:
        return None
    before = _difference(one, known, counts, lambda when: (when.early, when.late))
    told = {name: None if value is None else round(value, DECIMALS.get(name, 1)) for name, value in after.__dict__.items()}
    drift = None if before.estimate is None else round(before.estimate, 1)
    verdict = effects.verdict(after, before, one.better)
    unit = {"unit": one.unit} if one.is_typical and one.unit != "PERCENT" else {}
    return {"code": one.code, "version": one.version, "sha256": one.sha256, "verdict": verdict, "before": drift, **unit, **told}


def _difference(one: Definition, known: Mapping[Set, Times], counts: Counts, sides) -> effects.Difference:
    shifts: dict[int, float | None] = {}
    for each, when in known.items():
        first, second = sides(when)
        for block in (each.pilot, *each.beside):
            told = counts.get((block, one.pk), {})
            shifts[block] = effects.change(_sum(told, first), _sum(told, second), rules.LEAST_CASES, 1 if one.is_typical else 100)
    return effects.of_blocks({each.pilot: each.beside for each in known}, shifts)


def _sum(told: Mapping[date, tuple[int, int]], months: Iterable[date]) -> tuple[int, int]:
    found = [told[one] for one in months if one in told]
    return sum(n for n, _ in found), sum(of for _, of in found)
