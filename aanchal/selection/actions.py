"""Every change to the selection of districts and blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.places.models import IndicatorSeries, Place
from aanchal.places.terms import Level, SeriesKind
from aanchal.selection import queries, rules
from aanchal.selection.models import PlaceStanding, SelectionRun
from aanchal.selection.terms import Standing, Status

MOST_INDICATORS = 12
LEVEL_OF = {  # what a standing is said of
    Standing.INTENSIVE_DISTRICT: Level.DISTRICT,
    Standing.FEEDER_DISTRICT: Level.DISTRICT,
    Standing.INTENSIVE_BLOCK: Level.BLOCK,
    Standing.RESOURCE_BLOCK: Level.BLOCK,
    Standing.ADEQUATE_CBOS: Level.BLOCK,
}


class Refused(Exception):
    """The run cannot be made or changed so; `code` says why."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Chosen:
    """An indicator as it enters a run: which way is worse, and its weight before all weights are made to sum to one."""

    series: IndicatorSeries
    more_is_worse: bool
    weight: float = 1.0


@action
def rank_places(
    *,
    place: Place,
    level: Level,
    title: str,
    indicators: Sequence[Chosen],
    seed: int,
    at: datetime,
    by,
    copy_of: SelectionRun | None = None,
) -> SelectionRun:
    """A new draft: every place of the level ranked, with all that the ranking was made from. Raises Refused."""
    _refuse_inputs(place, level, indicators)
    places = queries.candidates(place, level)
    if not places:
        raise Refused("no_places")
    values = queries.values_of([one.series for one in indicators], places)
    columns = [rules.percentile_ranks(values[one.series.pk], more_is_worse=one.more_is_worse) for one in indicators]
    weights = rules.normal_weights([one.weight for one in indicators])
    ranking = rules.rank(np.column_stack(columns), weights.tolist(), seed=seed)
    described = [_described(one, float(weight)) for one, weight in zip(indicators, weights, strict=True)]
    rows = _rows(places, [values[one.series.pk] for one in indicators], ranking)
    run = SelectionRun(
        place=place, place_no=place.place_no, level=level, title=title.strip(), seed=seed, draws=rules.DRAWS,
        least_coverage=rules.LEAST_COVERAGE, indicators=described, incidents=_incidents(place, level, places, ranking),
        results={
            "places": rows, "parents": {str(one.pk): _named(one) for one in map(_parent, places)}, "first": ranking.first,
            "ranked": int((ranking.ranks > 0).sum()), "stability": ranking.stability,
        },
        inputs_digest=_digest(level, place, described, rows), copy_of=copy_of, created_at=at, created_by=_worker(by),
    )  # fmt: skip
    insert(run)
    trail.write("selection.run.made", about=run, level=level, indicators=[one["key"] for one in described], digest=run.inputs_digest)
    return run


@action
def choose(*, run: SelectionRun, chosen: Sequence[tuple[int, str]], by) -> SelectionRun:
    """The places the pilot is to begin in, each with the reason written for it."""
    known = {row["id"] for row in run.results["places"]}
    if any(pk not in known for pk, _why in chosen) or len({pk for pk, _why in chosen}) != len(chosen):
        raise Refused("not_ranked_here")
    _change(run, chosen=[{"id": pk, "why": why.strip()} for pk, why in chosen])
    trail.write("selection.run.chosen", about=run, places=[pk for pk, _why in chosen])
    return run


@action
def record_standing(*, place: Place, standing: Standing, holds: bool, source: str, at: datetime, by) -> PlaceStanding:
    """Someone says, and from where they know it, that a district is intensive, a block a resource block, its groups enough."""
    if place.level != LEVEL_OF[Standing(standing)]:
        raise Refused("not_of_this_level")
    if not source.strip():
        raise Refused("no_source")
    row = PlaceStanding(
        place=place, place_no=place.place_no, standing=standing, holds=holds, source=source.strip(), said_at=at, said_by=_worker(by)
    )
    insert(row)
    trail.write("selection.standing.recorded", about=row, standing=standing, holds=holds)
    return row


@action
def submit(*, run: SelectionRun, note: str, at: datetime, by) -> SelectionRun:
    """Ask another person to approve. From now on nothing in it changes; what the framework asks is kept as it stood."""
    checked = queries.checked(run)
    if not checked.is_possible:
        raise Refused("against_the_framework")
    if checked.without_reason(run.chosen):
        raise Refused("reason_missing")
    chosen = [one | {"standings": sorted(checked.standings.get(one["id"], ()))} for one in run.chosen]
    findings = {one["id"]: [finding.code for finding in checked.of(one["id"])] for one in chosen}
    chosen = [one | {"findings": findings[one["id"]]} for one in chosen]
    _change(run, status=Status.SUBMITTED, chosen=chosen, submitted_at=at, submitted_by=_worker(by), submit_note=note.strip())
    trail.write("selection.run.submitted", about=run, digest=run.inputs_digest, places=[one["id"] for one in chosen])
    return run


@action
def decide(*, run: SelectionRun, approved: bool, note: str, at: datetime, by) -> SelectionRun:
    """Approve or return what another person made and submitted. A returned run stays; a new one is made from it."""
    if by.pk is None or by.pk in (run.submitted_by_id, run.created_by_id):
        raise Refused("own_submission")
    if not approved and not note.strip():
        raise Refused("no_reason")
    status = Status.APPROVED if approved else Status.RETURNED
    _change(run, status=status, decided_at=at, decided_by=by, decide_note=note.strip())
    trail.write("selection.run.decided", about=run, status=status)
    return run


def _refuse_inputs(place: Place, level: Level, indicators: Sequence[Chosen]) -> None:
    if level not in queries.LEVELS_IN.get(Level(place.level), ()):
        raise Refused("not_of_this_level")
    if not 1 <= len(indicators) <= MOST_INDICATORS or len({one.series.pk for one in indicators}) != len(indicators):
        raise Refused("no_indicators")
    if any(one.series.kind != SeriesKind.CONTEXT for one in indicators):
        # reported cases punish the place that reports and reward the silent one (domain 3.5)
        raise Refused("incident_in_score")
    if any(one.series.level != level for one in indicators):
        raise Refused("not_of_this_level")
    if any(one.weight < 0 for one in indicators) or not sum(one.weight for one in indicators):
        raise Refused("no_weight")


def _described(one: Chosen, weight: float) -> dict:
    series = one.series
    return {
        "series": series.pk, "key": series.key, "titles": series.titles, "definitions": series.definitions, "unit": series.unit,
        "year": series.year, "edition": series.edition, "publisher": series.publisher, "more_is_worse": one.more_is_worse, "weight": weight,
    }  # fmt: skip


def _rows(places: Sequence[Place], values: Sequence[Sequence[float | None]], ranking: rules.Ranking) -> list[dict]:
    """One of each place. Numbers are rounded to what anyone could read; the digest is made of the values as they came."""
    return [
        {
            "id": place.pk, **_named(place), "parent": _parent(place).pk,
            "values": [column[n] for column in values],
            "p": [_rounded(one) for one in ranking.percentiles[n]],
            "score": _rounded(ranking.scores[n]), "coverage": round(float(ranking.coverage[n]), 4), "rank": int(ranking.ranks[n]),
            "low": int(ranking.low[n]), "high": int(ranking.high[n]),
        }
        for n, place in enumerate(places)
    ]  # fmt: skip


def _parent(place: Place) -> Place:
    """The State of a district, the district of a block. A ranked place has one: `queries.LEVELS_IN`."""
    return place.district if place.level == Level.BLOCK else place.state


def _named(place: Place) -> dict:
    return {"code": place.lgd_code, "name": place.name, "names": place.names}


def _incidents(place: Place, level: Level, places: Sequence[Place], ranking: rules.Ranking) -> list[dict]:
    """Beside the ranking, never inside: what was reported, and how little it goes with the score."""
    series = list(queries.incidents_for(place, level))
    values = queries.values_of(series, places)
    scores = [float(score) for score in ranking.scores]
    told = []
    for one in series:
        correlation, known = rules.spearman(scores, values[one.pk])
        told.append(
            _described(Chosen(one, one.more_is_worse), 0.0)
            | {"values": values[one.pk], "spearman": None if np.isnan(correlation) else round(correlation, 4), "known": known}
        )
    return told


def _digest(level: Level, place: Place, described: list[dict], rows: list[dict]) -> str:
    inputs = [{key: one[key] for key in ("key", "year", "edition", "more_is_worse", "weight")} for one in described]
    return rules.digest([level, place.lgd_code, inputs, [[row["code"], row["values"]] for row in rows]])


def _rounded(number: float) -> float | None:
    return None if np.isnan(number) else round(float(number), 9)


def _change(run: SelectionRun, **columns) -> None:
    """Only while it stands where it stood when it was read."""
    possible = rules.may_become(run.status, columns["status"]) if "status" in columns else run.is_draft
    if not possible or not SelectionRun.objects.filter(pk=run.pk, status=run.status).update(**columns):
        raise Refused("not_in_this_state")
    for column, value in columns.items():
        setattr(run, column, value)


def _worker(by):
    return by if by.pk else None
