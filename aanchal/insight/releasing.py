"""Statistics for the public: drafted by one person, hidden and attacked by the program, published by another."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import numpy as np
from django.db import IntegrityError, transaction

from aanchal.access.acting import acting
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.insight import queries, rules
from aanchal.insight.actions import Refused
from aanchal.insight.attack import NEAR, Report
from aanchal.insight.cube import TIME, Cube, with_margins
from aanchal.insight.measures import MEASURES
from aanchal.insight.models import CELLS, Counted, HeldTable, Release, Released, ReleasedRow
from aanchal.insight.suppression import LEAST, CannotProtect, protect
from aanchal.insight.terms import Standing
from aanchal.places.models import Place
from aanchal.places.terms import Level

PUBLIC = tuple(key for key, one in MEASURES.items() if one.of_people and not one.is_stock)
"""What may stand in a public table: persons counted by sex and age as something happened."""
QUARTERS = 4
SEXES, AGES = 3, 2


@dataclass(frozen=True, eq=False)
class Material:
    """What a table is made of: ids of districts and of their states, the quarter's counts, the table, what earlier releases told of it."""

    districts: list[int]
    states: list[int]
    counts: np.ndarray
    cube: Cube
    told: np.ndarray | None


Tried = tuple[np.ndarray | None, Report]
"""What is hidden, or nothing where it cannot go out; the attacker's report."""


@action
def draft(*, place: Place, title: str, starts_on: date, measures: Sequence[str], at: datetime, by) -> Release:
    """Of a quarter that was computed. Raises Refused."""
    months = [rules.month_after(starts_on, n) for n in range(3)]
    if starts_on != rules.quarter_of(starts_on) or not set(measures) <= set(PUBLIC) or not measures:
        raise Refused("no_table")
    if not set(months) <= set(queries.months()):
        raise Refused("not_computed")
    release = Release(
        place=place, place_no=place.place_no, title=title.strip(), starts_on=starts_on, measures=sorted(measures), made_by_id=by.pk,
        made_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            release.save(force_insert=True)
    except IntegrityError as twice:
        raise Refused("taken") from twice
    trail.write("release.drafted", about=release, quarter=f"{starts_on}", measures=release.measures)
    return release


def prepare(*, release: Release, by) -> Release:
    """Hide what must be hidden and attack what is left; the program does it, for it alone may see small counts.

    Of the nation it takes minutes, longer than a word of who is acting holds: read first, then work, then write.
    """
    if release.standing != Standing.DRAFT or release.reports is not None:
        return release
    with acting(by):
        materials = {measure: _material(release, measure) for measure in release.measures}
    tried = {measure: _tried(material) for measure, material in materials.items()}
    with acting(by):
        return _keep(release=release, materials=materials, tried=tried, by=by)


@action
def _keep(*, release: Release, materials: Mapping[str, Material], tried: Mapping[str, Tried], by) -> Release:
    release.reports = {measure: _told(report) for measure, (_, report) in tried.items()}
    for measure, (hidden, report) in tried.items():
        if hidden is None:
            release.refused = f"{measure}: {report.nearly} of {report.hidden} hidden counts could be told to within {NEAR}"
        else:
            insert(_held(release, measure, materials[measure], hidden))
    release.save(update_fields=["reports", "refused"])
    trail.write("release.attacked", about=release, recovered=sum(one["exactly"] + one["nearly"] for one in release.reports.values()))
    return release


@action
def submit(*, release: Release, by) -> Release:
    """Raises Refused before the attacker has tried it, or when something could be told."""
    if release.standing != Standing.DRAFT or release.reports is None or release.refused:
        raise Refused("not_attacked" if release.reports is None else "not_safe")
    release.standing = Standing.SUBMITTED
    release.save(update_fields=["standing"])
    trail.write("release.submitted", about=release)
    return release


@action
def decide(*, release: Release, publish: bool, note: str, at: datetime, by, tables: Sequence[ReleasedRow] = ()) -> Release:
    """By another than who drafted it. `tables` are the rows as `rows_of` tells them to the program. Raises Refused."""
    if release.standing != Standing.SUBMITTED or by.pk == release.made_by_id:
        raise Refused("not_yours" if by.pk == release.made_by_id else "not_submitted")
    if not publish and not note.strip():
        raise Refused("no_reason")
    release.standing = Standing.PUBLISHED if publish else Standing.RETURNED
    release.decided_by_id, release.decided_at, release.decide_note = by.pk, at, note.strip()
    release.save(update_fields=["standing", "decided_by", "decided_at", "decide_note"])
    if publish:
        told = {"title": release.title, "starts_on": release.starts_on, "measures": release.measures, "reports": release.reports}
        insert(Released(id=release.pk, published_at=at, **told))
        ReleasedRow.objects.bulk_create(tables, batch_size=2_000)
    trail.write("release.published" if publish else "release.returned", about=release, rows=len(tables))
    return release


def rows_of(release: Release) -> list[ReleasedRow]:
    """What the public will read, with nothing in it that is hidden. For the program, inside `acting(SYSTEM)`."""
    return [row for table in release.tables.order_by("measure") for row in _rows(release, table)]


def _rows(release: Release, table: HeldTable) -> list[ReleasedRow]:
    cube, hidden = whole_of(table)
    places = Place.objects.in_bulk([*table.districts, *table.states])
    nation = release.place
    ordered = [*(places[pk] for pk in (*table.districts, *table.states)), nation]
    states = {place.pk: place.lgd_code for place in ordered if place.level == Level.STATE}
    found = []
    for time in range(hidden.shape[TIME]):
        for n, place in enumerate(ordered):
            cells = [None if shut else int(count) for count, shut in zip(cube.counts[n, time].flat, hidden[n, time].flat, strict=True)]
            found.append(
                ReleasedRow(
                    release_id=release.pk, measure=table.measure, is_year=time > 0, level=place.level, code=place.lgd_code,
                    state_code=states.get(place.state_id), name=place.name, names=place.names, cells=cells,
                )
            )  # fmt: skip
    return found


def whole_of(table: HeldTable) -> tuple[Cube, np.ndarray]:
    """The table as it was attacked: with the year's counts where it told a year."""
    counts = _counts(table)[:, None]
    if table.times > 1:
        earlier = [_counts(one)[:, None] for one in _earlier(table.release, table.measure)]
        counts = np.concatenate([counts, counts + sum(earlier)], axis=TIME)
    cube = with_margins(counts, table.state_of, is_whole=False)
    return cube, _unpacked(table.hidden, cube.counts.shape)


def _material(release: Release, measure: str) -> Material:
    districts, counts = _quarter(release, measure)
    states = list(dict.fromkeys(place.state_id for place in districts))
    earlier, ids = _earlier(release, measure), [place.pk for place in districts]
    is_whole = len(earlier) == QUARTERS - 1 and all(one.districts == ids for one in earlier)
    periods = [*(_counts(one) for one in earlier), counts] if is_whole else [counts]
    cube = with_margins(np.stack(periods, axis=TIME), [states.index(place.state_id) for place in districts], is_whole=is_whole)
    told = np.concatenate([_hidden(one)[:, :1] for one in earlier], axis=TIME) if is_whole else None
    return Material(ids, states, counts, cube, told)


def _tried(material: Material) -> Tried:
    try:
        return protect(material.cube, material.told)
    except CannotProtect as problem:
        return None, problem.report


def _held(release: Release, measure: str, made_of: Material, hidden: np.ndarray) -> HeldTable:
    """Of the last quarter the table holds its own period and the year."""
    hidden = hidden[:, -2:] if made_of.cube.is_whole else hidden
    return new(
        HeldTable, release=release, place_no=release.place_no, measure=measure, starts_on=release.starts_on, districts=made_of.districts,
        states=made_of.states, state_of=made_of.cube.state_of.tolist(), counts=made_of.counts.astype("<i4").tobytes(),
        hidden=np.packbits(hidden).tobytes(), times=hidden.shape[TIME],
    )  # fmt: skip


def _quarter(release: Release, measure: str) -> tuple[list[Place], np.ndarray]:
    """Every district of the nation, and `counts[district, sex, age]` of the quarter."""
    places = list(Place.objects.filter(level=Level.DISTRICT, part_of=None).order_by("state__place_no", "place_no"))
    position, counts = {place.pk: n for n, place in enumerate(places)}, np.zeros((len(places), SEXES * AGES), dtype=np.int64)
    until = rules.month_after(release.starts_on, 3)
    rows = Counted.objects.filter(measure=measure, level=Level.DISTRICT, month__gte=release.starts_on, month__lt=until)
    for place, *cells in rows.values_list("place_id", *CELLS):
        counts[position[place]] += cells
    return places, counts.reshape(len(places), SEXES, AGES)


def _earlier(release: Release, measure: str) -> list[HeldTable]:
    before = queries.drafts_before(release)
    tables = {one.release_id: one for one in HeldTable.objects.filter(release__in=before, measure=measure)}
    return [tables[one.pk] for one in before if one.pk in tables]


def _counts(table: HeldTable) -> np.ndarray:
    return np.frombuffer(table.counts, dtype="<i4").reshape(len(table.districts), SEXES, AGES).astype(np.int64)


def _hidden(table: HeldTable) -> np.ndarray:
    places = len(table.districts) + len(table.states) + 1
    return _unpacked(table.hidden, (places, table.times, SEXES + 1, AGES + 1))


def _unpacked(bits: bytes, shape: tuple[int, ...]) -> np.ndarray:
    return np.unpackbits(np.frombuffer(bits, dtype=np.uint8))[: int(np.prod(shape))].astype(bool).reshape(shape)


def _told(report: Report) -> dict:
    told = {name: value for name, value in asdict(report).items() if name != "recovered"}
    told["narrowest"] = round(report.narrowest, 2) if np.isfinite(report.narrowest) else None
    return told | {"threshold": LEAST, "near": NEAR}
