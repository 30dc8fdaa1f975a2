"""Loading the Local Government Directory, and the secondary data published by its places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.db import connection

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.places import figures, queries, rules
from aanchal.places.directory import BadRow, CannotRead, Reader, Row
from aanchal.places.loading import Loader, Outcome
from aanchal.places.mapping import FileMapping, SeriesMapping
from aanchal.places.models import IndicatorSeries, IndicatorSource, IndicatorValue, Place
from aanchal.places.terms import Level

BATCH = 2_000
KEPT = 1_000  # bad rows remembered; beyond, they are only counted
ONE_AT_A_TIME = 0x41_414E_4348_414C  # the advisory lock of imports
OUR_STATES = Path(__file__).with_name("states.csv")


@dataclass
class Report:
    """What an import did. `spans` are the blocks that lie in more than one district."""

    level: Level
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    bad: int = 0
    bad_rows: list[BadRow] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.new + self.updated + self.unchanged + self.bad

    def counts(self) -> dict[str, int]:
        return {"new": self.new, "updated": self.updated, "unchanged": self.unchanged, "bad": self.bad}


@action
def import_places(*, source: BinaryIO, level: Level | None = None, by, progress: Callable[[int], None] = lambda read: None) -> Report:
    """Save the good rows of a directory file and name the bad ones. Raises `directory.CannotRead` for what is no such file."""
    _wait_for_our_turn()
    reader = Reader(source, level)
    report = _load(reader, Loader(reader.level), progress)
    queries.forget_villages()
    if reader.level == Level.BLOCK:
        report.spans = [str(span) for span in queries.spanning_blocks()]
    trail.write("places.imported", about=queries.nation(), level=reader.level, **report.counts())
    return report


@dataclass
class SeriesReport:
    """What an import did to one series."""

    key: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class IndicatorReport:
    """What an import of secondary data did, row by row where a row could not be used."""

    rows: int
    series: list[SeriesReport]
    unmatched: list[BadRow]
    bad: list[BadRow]
    empty: int
    no_place: int

    @property
    def has_changed(self) -> bool:
        return any(one.new or one.changed for one in self.series)


@action
def import_indicators(*, source: BinaryIO, file_name: str, mapping: FileMapping, mapping_name: str, at: datetime, by) -> IndicatorReport:
    """Save what a file tells of places it names well, list the rows it does not. Raises CannotRead before anything is saved."""
    _wait_for_our_turn()
    table = figures.read(source, mapping, figures.Finder(mapping))
    told = {one.key: _finished(one, mapping, table) for one in mapping.series}
    origin = IndicatorSource(
        file_name=file_name, sha256=table.sha256, mapping=mapping_name, publisher=mapping.publisher, licence=mapping.licence, imported_at=at
    )
    done = [_save_series(one, mapping, told[one.key], origin) for one in mapping.series]
    report = IndicatorReport(table.rows, done, table.unmatched, table.bad, table.empty, table.no_place)
    if report.has_changed:
        counts = {one.key: [one.new, one.changed] for one in done}
        trail.write("places.indicators.imported", about=origin, place_no=0, sha256=table.sha256, series=counts)
    return report


def _finished(series: SeriesMapping, mapping: FileMapping, table: figures.Table) -> dict[int, figures.Told]:
    """What was told of each place, divided by the other series where the mapping says so, and the places that were not named."""
    told = table.values[series.key]
    if series.per:
        divisors = queries.latest_values(series.per.series, mapping.place.level)
        if not divisors:
            raise CannotRead(f"{series.key} is divided by {series.per.series}, which is not loaded; load it first")
        table.empty += sum(not divisors.get(pk) for pk in told)
        told = {
            pk: figures.Told(one.value * series.per.times / Fraction(divisors[pk]), one.line, one.code)
            for pk, one in told.items()
            if divisors.get(pk)
        }
    if series.absent is not None:
        others = queries.of_level(mapping.place.level).exclude(pk__in=told).values_list("pk", flat=True)
        told |= {pk: figures.Told(Fraction(series.absent), 0, "") for pk in others}
    return told


def _save_series(series: SeriesMapping, mapping: FileMapping, told: Mapping[int, figures.Told], origin: IndicatorSource) -> SeriesReport:
    row = _series_row(series, mapping)
    there = dict(row.values.values_list("place_id", "value"))
    wanted = {pk: float(one.value) for pk, one in told.items()}
    changed = [pk for pk, value in wanted.items() if there.get(pk, value) != value]
    new = [pk for pk in wanted if pk not in there]
    if (new or changed) and origin.pk is None:
        origin.save()
    row.values.filter(place_id__in=changed).delete()
    numbers = dict(Place.objects.filter(pk__in=[*new, *changed]).values_list("pk", "place_no"))
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            series=row, place_id=pk, place_no=numbers[pk], value=wanted[pk], source=origin, line=told[pk].line, code=told[pk].code
        )
        for pk in [*new, *changed]
    )
    return SeriesReport(series.key, len(new), len(changed), len(wanted) - len(new) - len(changed))


def _series_row(series: SeriesMapping, mapping: FileMapping) -> IndicatorSeries:
    """The series as the mapping words it now. A wording that changed is on the trail; what a run kept stays as it was."""
    words = {
        "kind": series.kind, "unit": series.unit, "more_is_worse": series.more_is_worse, "titles": dict(series.titles),
        "definitions": dict(series.definitions), "publisher": mapping.publisher,
    }  # fmt: skip
    row, is_new = IndicatorSeries.objects.get_or_create(
        key=series.key, level=mapping.place.level, year=series.year, edition=series.edition, defaults=words
    )
    changes = {column: said for column, said in words.items() if getattr(row, column) != said}
    if not is_new and changes:
        trail.write("places.indicator.reworded", about=row, place_no=0, columns=sorted(changes))
        for column, said in changes.items():
            setattr(row, column, said)
        row.save(update_fields=list(changes))
    return row


@action
def load_nation(*, by) -> Report | None:
    """India and its States and Union Territories, as this version ships them. Names the directory gave since are kept."""
    _wait_for_our_turn()
    Place.objects.get_or_create(
        level=Level.NATION,
        defaults={
            "name": "India",
            "names": {"hi": "भारत", "te": "భారతదేశం"},
            "place_no": rules.NATION.first,
            "last_no": rules.NATION.last,
        },
    )
    with OUR_STATES.open("rb") as source:
        report = _load(Reader(source, Level.STATE), Loader(Level.STATE, keeps_names=True))
    if report.new or report.updated:
        trail.write("places.nation.loaded", about=queries.nation(), **report.counts())
    return report


def _load(reader: Reader, loader: Loader, progress: Callable[[int], None] = lambda read: None) -> Report:
    report = Report(reader.level)
    rows = reader.rows()
    while batch := list(islice(rows, BATCH)):
        outcome = loader.lay([row for row in batch if isinstance(row, Row)])
        outcome.bad += [row for row in batch if isinstance(row, BadRow)]
        _save(outcome)
        _count(report, outcome)
        progress(reader.read)
    return report


def _save(outcome: Outcome) -> None:
    Place.objects.bulk_create([place for place in outcome.new if place.part_of is None])
    Place.objects.bulk_create([place for place in outcome.new if place.part_of is not None])
    for place, changes in outcome.changed:
        # a place's name is public, not a person's: the trail may hold it
        trail.write("places.place.changed", about=place, before={column: getattr(place, column) for column in changes}, after=changes)
        for column, value in changes.items():
            setattr(place, column, value)
    Place.objects.bulk_update([place for place, _ in outcome.changed], ["name", "names", "census2011", "kind"])


def _count(report: Report, outcome: Outcome) -> None:
    report.new += len(outcome.new)
    report.updated += len(outcome.changed)
    report.unchanged += outcome.unchanged
    report.bad += len(outcome.bad)
    room = KEPT - len(report.bad_rows)
    report.bad_rows += sorted(outcome.bad, key=lambda row: row.line)[:room]


def _wait_for_our_turn() -> None:
    """Two imports would give the same number to two places; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
