"""aanchal backup"""

import sys
from pathlib import Path

from aanchal.config import cli


def arguments(parser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, purpose in (
        ("write", "write an encrypted copy of the database"),
        ("check", "restore a copy into a database of its own, compare, and drop it"),
        ("restore", "restore a copy into a new database"),
    ):
        verbs.add_parser(verb, help=purpose).add_argument("file", type=Path)
    verbs.choices["restore"].add_argument("--into", required=True, metavar="DATABASE")


def run(options) -> int:
    server = cli.ready(migrated=options.verb == "write")
    from psycopg import OperationalError

    from aanchal.config.backup import CannotBackUp
    from aanchal.core.sealed_stream import CannotOpen

    try:
        return {"write": _write, "check": _check, "restore": _restore}[options.verb](options)
    except (CannotBackUp, CannotOpen, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except OperationalError as problem:
        print(f"The database does not answer: {problem}", file=sys.stderr)
        return 1
    finally:
        if server:
            server.stop()


def _write(options) -> int:
    from django.utils import timezone

    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config import backup
    from aanchal.core import trail
    from aanchal.places import queries

    if options.file.exists():
        raise backup.CannotBackUp(f"There is a file {options.file} already.")
    with _bar(None) as bar:
        manifest = backup.write(options.file, at=timezone.now(), progress=bar.update)
    rows = sum(manifest.rows.values())
    with acting(SYSTEM):
        trail.write("backup.written", about=queries.nation(), rows=rows)
    print(f"{options.file}: {rows:,} rows of {len(manifest.rows)} tables. Now check it: aanchal backup check {options.file}")
    return 0


def _check(options) -> int:
    from aanchal.config import backup

    with _bar(options.file.stat().st_size) as bar:
        manifest, differences = backup.check(options.file, progress=bar.update)
    for difference in differences:
        print(difference, file=sys.stderr)
    said = "NOT whole" if differences else "whole: rows, trail and names are as they were written"
    print(f"{options.file} of {manifest.at}: {sum(manifest.rows.values()):,} rows restored; {said}.")
    return 1 if differences else 0


def _restore(options) -> int:
    from aanchal.config import backup

    with _bar(options.file.stat().st_size) as bar:
        manifest = backup.restore(options.file, into=options.into, progress=bar.update)
    print(
        f"{sum(manifest.rows.values()):,} rows of {manifest.at} are in the database {options.into}.\n"
        f"To use it: set AANCHAL_DATABASE={options.into} (or point DATABASE_URL to it), then `aanchal trail verify`."
    )
    return 0


def _bar(total: int | None):
    from tqdm import tqdm

    return tqdm(total=total, unit="B", unit_scale=True, disable=None)
