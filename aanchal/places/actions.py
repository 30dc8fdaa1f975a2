"""Loading the Local Government Directory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.db import connection

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.places import queries, rules
from aanchal.places.directory import BadRow, Reader, Row
from aanchal.places.loading import Loader, Outcome
from aanchal.places.models import Place
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
