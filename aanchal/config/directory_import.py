"""Imports Local Government Directory files one after the other, the highest level first, and says what happened."""

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from tqdm import tqdm

from aanchal.access.acting import SYSTEM, acting
from aanchal.places import actions
from aanchal.places.directory import CannotRead, Reader
from aanchal.places.terms import Level

LISTED = 100
ORDER = list(Level)


class _Enough(Exception):
    """Ends a rehearsal, and with it the transaction."""


def run(files: Iterable[Path], *, level: Level | None, dry: bool) -> int:
    """Parents before children, whatever the order they were given in. A rehearsal lays each file upon what those before it would load."""
    paths = sorted(files, key=lambda path: _height(path, level))
    if not dry:
        return max(_run(path, level, dry) for path in paths)
    result = 0
    with suppress(_Enough), transaction.atomic():
        result = max(_run(path, level, dry) for path in paths)
        raise _Enough
    return result


def _run(path: Path, level: Level | None, dry: bool) -> int:
    """0 when every row is good, 1 when some are not, 2 when the file is no directory file."""
    try:
        report = _import(path, level)
    except CannotRead as problem:
        print(f"{path.name}: {problem}", file=sys.stderr)
        return 2
    would = " (nothing is changed: --dry-run)" if dry else ""
    counts = ", ".join(f"{number:,} {word}" for word, number in report.counts().items())
    print(f"{path.name}: {report.rows:,} rows of {report.level.label}: {counts}{would}")
    for span in report.spans:
        print(f"  {span}: one place a district")
    for row in report.bad_rows[:LISTED]:
        print(f"  line {row.line}: {row.reason}", file=sys.stderr)
    if report.bad > LISTED:
        print(f"  and {report.bad - LISTED:,} more bad rows", file=sys.stderr)
    return 1 if report.bad else 0


def _import(path: Path, level: Level | None) -> actions.Report:
    size = path.stat().st_size
    with acting(SYSTEM), path.open("rb") as source, tqdm(total=size, desc=path.name, unit="B", unit_scale=True, disable=None) as bar:
        return actions.import_places(source=source, level=level, by=SYSTEM, progress=lambda read: bar.update(read - bar.n))


def _height(path: Path, level: Level | None) -> int:
    try:
        with path.open("rb") as source:
            return ORDER.index(Reader(source, level).level)
    except CannotRead:
        return len(ORDER)
