"""A month computed: counts of every measure by place, figures from them, and who needs attention. The same counts give the same figures."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from django.db import connection

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.insight import queries, rules
from aanchal.insight.measures import MEASURES, Typical
from aanchal.insight.models import CELLS, Computation, Definition, Target
from aanchal.insight.rolling import THINGS, Units, rolled
from aanchal.places.models import Place

A_STOCK_HOLDS = timedelta(days=31)
"""After the end of its month a stock is no longer what it was."""
Counts = Mapping[str, np.ndarray]
"""Measure -> `counts[unit, slot]`."""
SAID_BY = {"submissions"}
"""A place from which nothing came is silent, which is not the same as safe."""


@dataclass(frozen=True, eq=False)
class Frame:
    """The places of a computation: as rows of every array."""

    places: Sequence[Place]
    units: Units

    @staticmethod
    def of(places: Sequence[Place]) -> "Frame":
        found = [(n, part.first, part.last) for n, place in enumerate(places) for part in queries.intervals(place)]
        return Frame(places, Units.of(found, len(places)))


@action
def compute(*, month: date, at: datetime, by) -> Computation:
    """Count every measure of a month and make its figures anew. Stocks that have passed keep the counts they had."""
    frame = Frame.of(queries.units())
    last = rules.month_after(month) - timedelta(days=1)
    today = day_in_india(at)
    is_over = today > last + A_STOCK_HOLDS
    asked = {key: one for key, one in MEASURES.items() if not (one.is_stock and is_over)}
    days = (month, min(last, today))
    counts = {key: rolled(one.tallies(*days), frame.units) for key, one in asked.items() if one.typical is None}
    counts |= {key: _typical(one.typical, days, frame, counts) for key, one in asked.items() if one.typical is not None}
    return keep(month=month, frame=frame, counts=counts, at=at, by=by)


def _typical(one: Typical, days: tuple[date, date], frame: Frame, counts: Counts) -> np.ndarray:
    """What is typical of a few would tell of one of them: it is not even kept."""
    table = np.zeros((len(frame.places), len(CELLS) + 1), dtype=np.int64)
    enough = counts[one.of].sum(axis=1) >= rules.LEAST_CASES
    table[:, THINGS] = np.where(enough, one.how(one.parts(*days), frame.units, one.times), 0)
    return table


@action
def keep(*, month: date, frame: Frame, counts: Counts, at: datetime, by) -> Computation:
    """Write what was counted, the figures of it and who needs attention, in place of what was there of these measures."""
    held = _held(month, frame, set(MEASURES) - counts.keys())
    whole = {key: table.sum(axis=1) for key, table in (counts | held).items()}
    definitions = [one for one in queries.definitions(rules.month_after(month)) if one.numerator]
    rows = _write_counted(month, frame, counts)
    figures, sha256 = _write_figures(month, frame, whole, definitions)
    _write_attention(month, frame, whole, definitions)
    computation = Computation(month=month, at=at, counted=rows, figures=figures, sha256=sha256)
    insert(computation)
    trail.write("insight.computed", about=computation, month=f"{month:%Y-%m}", figures=figures)
    return computation


def _held(month: date, frame: Frame, keys: set[str]) -> dict[str, np.ndarray]:
    """What was counted of these measures when their month was."""
    position = {place.pk: n for n, place in enumerate(frame.places)}
    found = {key: np.zeros((len(frame.places), len(CELLS) + 1), dtype=np.int64) for key in keys}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT measure, place_id, n, {', '.join(CELLS)} FROM insight_counted WHERE month = %s AND measure = ANY(%s)",
            [month, sorted(keys)],
        )
        for measure, place, n, *cells in cursor.fetchall():
            if place in position:
                found[measure][position[place]] = [*cells, n - sum(cells)]
    return found


def _write_counted(month: date, frame: Frame, counts: Counts) -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM insight_counted WHERE month = %s AND measure = ANY(%s)", [month, sorted(counts)])
    total = 0
    for key in sorted(counts):
        whole = counts[key].sum(axis=1)
        where = np.flatnonzero(whole)
        names, columns = ["place_id", "place_no", "level", "n"], [*_places(frame, where), whole[where].tolist()]
        same: dict[str, object] = {"month": month, "measure": key}
        cells = counts[key][where, : len(CELLS)]
        if cells.any():
            names, columns = [*names, *CELLS], [*columns, *cells.T.tolist()]
        else:  # most measures are of no persons: six columns of nought cost more than all else
            same |= dict.fromkeys(CELLS, 0)
        _insert("insight_counted", names, columns, same)
        total += len(where)
    return total


def _write_figures(month: date, frame: Frame, whole: Mapping[str, np.ndarray], definitions: Sequence[Definition]) -> tuple[int, str]:
    levels = np.array([place.level for place in frame.places])
    digest, total = hashlib.sha256(), 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM insight_figure WHERE month = %s", [month])
    for one in definitions:
        numerator, denominator = whole[one.numerator], whole.get(one.denominator)
        least = rules.LEAST_CASES if one.is_typical else 1
        told = np.isin(levels, one.levels) & (denominator >= least if denominator is not None else True)
        where = np.flatnonzero(told)
        below = denominator[where].tolist() if denominator is not None else [None] * len(where)
        columns = [*_places(frame, where), numerator[where].tolist(), below]
        digest.update(f"{one.code} {one.version} {one.sha256} {columns[1:]}".encode())
        names = ("place_id", "place_no", "level", "numerator", "denominator")
        _insert("insight_figure", names, columns, {"month": month, "definition_id": one.pk, "is_typical": one.is_typical})
        total += len(where)
    return total, digest.hexdigest()


def _places(frame: Frame, where: np.ndarray) -> list[list]:
    chosen = [frame.places[n] for n in where]
    return [[one.pk for one in chosen], [one.place_no for one in chosen], [one.level for one in chosen]]


TYPES = {"level": "text"}


def _insert(table: str, names: Sequence[str], columns: list[list], same: Mapping[str, object]) -> None:
    """Columns as arrays: a month of the nation is one statement a measure."""
    if not columns[0]:
        return
    told = ", ".join(f"%s::{TYPES.get(name, 'bigint')}[]" for name in names)
    fixed = "".join(", %s" for _ in same)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join([*names, *same])}) SELECT {', '.join(f'told.{name}' for name in names)}{fixed}"
            f" FROM unnest({told}) AS told ({', '.join(names)})",
            [*same.values(), *columns],
        )


def _write_attention(month: date, frame: Frame, whole: Mapping[str, np.ndarray], definitions: Sequence[Definition]) -> None:
    """Places below the nation; each beside all of its level in its state, districts' peers being those of the nation."""
    shares = [one for one in definitions if one.is_share and one.better != "NEITHER"]
    targets = {(one.place_id, one.code): float(one.value) for one in Target.objects.filter(year=rules.year_of(month))}
    past = _past(month, shares)
    peers = {(place.level, place.state_id if place.level == "BLOCK" else None) for place in frame.places}
    rates = {group: _peer_rates(frame, whole, shares, group) for group in peers}
    rows: list[tuple] = []
    for n, place in enumerate(frame.places):
        if place.level == "NATION":
            continue
        own = [
            rules.Rate(
                one.code, int(whole[one.numerator][n]), int(whole[one.denominator][n]), one.better == "MORE",
                past.get((place.pk, one.pk), ()), targets.get((place.pk, one.code)),
            )
            for one in shares if whole[one.denominator][n]
        ]  # fmt: skip
        found = rules.reasons(own, rates[place.level, place.state_id if place.level == "BLOCK" else None])
        is_silent = not any(whole[key][n] for key in SAID_BY if key in whole)
        if found or is_silent:
            told = [f"ALL:{rules.SILENT}", *found] if is_silent else found
            rows.append((place, told, rules.weight(found, is_silent=is_silent)))
    _keep_attention(month, rows)


def _keep_attention(month: date, rows: list[tuple]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM insight_attention WHERE month = %s", [month])
        if rows:
            columns = [
                [place.pk for place, _, _ in rows], [place.place_no for place, _, _ in rows], [place.level for place, _, _ in rows],
                [",".join(told) for _, told, _ in rows], [weight for _, _, weight in rows],
            ]  # fmt: skip
            cursor.execute(
                "INSERT INTO insight_attention (place_id, place_no, level, month, reasons, weight)"
                " SELECT told.place, told.number, told.level, %s, string_to_array(told.reasons, ','), told.weight"
                " FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::int[])"
                " AS told (place, number, level, reasons, weight)",
                [month, *columns],
            )


def _past(month: date, definitions: Sequence[Definition]) -> dict[tuple[int, int], tuple[float, ...]]:
    """(place, definition) -> values of the months before, oldest first."""
    found: dict[tuple[int, int], list[float]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place_id, definition_id, 100.0 * numerator / denominator FROM insight_figure"
            " WHERE month >= %s AND month < %s AND denominator > 0 AND definition_id = ANY(%s) ORDER BY month",
            [rules.month_after(month, -rules.FALLING), month, [one.pk for one in definitions]],
        )
        for place, definition, value in cursor.fetchall():
            found.setdefault((place, definition), []).append(float(value))
    return {key: tuple(values) for key, values in found.items()}


def _peer_rates(frame: Frame, whole: Mapping[str, np.ndarray], shares: Sequence[Definition], group: tuple) -> dict[str, float]:
    level, state = group
    own = np.array([place.level == level and (state is None or place.state_id == state) for place in frame.places])
    told = {one.code: (whole[one.numerator][own].sum(), whole[one.denominator][own].sum()) for one in shares}
    return {code: float(n / of) for code, (n, of) in told.items() if of}
