"""Imports files of secondary data by their mappings, and says what happened."""

import sys
from pathlib import Path

import yaml
from django.db import transaction
from django.utils import timezone

from aanchal import places
from aanchal.access.acting import SYSTEM, acting
from aanchal.places import actions
from aanchal.places.directory import BadRow, CannotRead
from aanchal.places.mapping import FileMapping, MappingError, read

SHIPPED = Path(places.__file__).with_name("mappings")
LISTED = 100


def read_mapping(named: str) -> FileMapping:
    """A mapping by its path, or by the name of one that ships. Raises CannotRead or MappingError."""
    shipped = SHIPPED / f"{Path(named).name.removesuffix('.yaml')}.yaml"
    path = Path(named) if Path(named).is_file() else shipped
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in SHIPPED.glob("*.yaml")))
        raise CannotRead(f"there is no mapping {named}; those that ship are {known}")
    return read(read_yaml(path))


def read_yaml(path: Path) -> dict:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise CannotRead(f"the mapping {path.name} is not YAML in UTF-8: {problem}") from None


def run(path: Path, *, mapping: str, dry: bool) -> int:
    """0 when every row is good, 1 when some are not, 2 when nothing could be loaded."""
    try:
        report = _rehearse(path, mapping) if dry else load(path, mapping)
    except CannotRead as problem:
        print(f"{path.name}: {problem}", file=sys.stderr)
        return 2
    except MappingError as problem:
        for one in problem.problems:
            print(f"{mapping}: {one}", file=sys.stderr)
        return 2
    _tell(path, report, dry)
    return 1 if report.bad or report.unmatched else 0


def load(path: Path, named: str) -> actions.IndicatorReport:
    with acting(SYSTEM), path.open("rb") as source:
        return actions.import_indicators(
            source=source, file_name=path.name, mapping=read_mapping(named), mapping_name=Path(named).name, at=timezone.now(), by=SYSTEM
        )


class _Enough(Exception):
    """Ends a rehearsal, and with it the transaction."""


def _rehearse(path: Path, named: str) -> actions.IndicatorReport:
    report = None
    try:
        with transaction.atomic():
            report = load(path, named)
            raise _Enough
    except _Enough:
        return report


def _tell(path: Path, report: actions.IndicatorReport, dry: bool) -> None:
    would = " (nothing is changed: --dry-run)" if dry else ""
    print(f"{path.name}: {report.rows:,} rows{would}")
    for one in report.series:
        print(f"  {one.key}: {one.new:,} new, {one.changed:,} changed, {one.unchanged:,} unchanged")
    if report.empty:
        print(f"  {report.empty:,} cells hold no value")
    _list("finds no place", report.unmatched)
    _list("cannot be used", report.bad)


def _list(what: str, rows: list[BadRow]) -> None:
    for row in rows[:LISTED]:
        print(f"  line {row.line} {what}: {row.reason}", file=sys.stderr)
    if len(rows) > LISTED:
        print(f"  and {len(rows) - LISTED:,} more", file=sys.stderr)
