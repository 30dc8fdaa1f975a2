"""aanchal backup"""

import signal
import sys
from argparse import ArgumentTypeError
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from aanchal.config import cli
from aanchal.core.files import unreadable


def arguments(parser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, purpose in (
        ("write", "write an encrypted copy of the database"),
        ("check", "restore a copy into a database of its own, compare, and drop it"),
        ("restore", "restore a copy into a new database"),
    ):
        verbs.add_parser(verb, help=purpose).add_argument("file", type=Path)
    verbs.choices["restore"].add_argument("--into", required=True, metavar="DATABASE")
    keep = verbs.add_parser("keep", help="bring every change into a sealed archive elsewhere, until it is stopped (embedded database)")
    keep.add_argument("folder", type=Path)
    keep.add_argument("--every", type=float, default=30, metavar="SECONDS", help="the most that may be lost (%(default)g)")
    keep.add_argument("--base", type=float, default=24, metavar="HOURS", help="a whole copy, from which a recovery begins (%(default)g)")
    keep.add_argument("--bases", type=_positive, default=7, metavar="N", help="how many whole copies stay (%(default)s)")
    keep.add_argument("--once", action="store_true", help="bring what there is, and end")
    recover = verbs.add_parser("recover", help="make a data folder of an archive, as it was at a moment or at its end")
    recover.add_argument("folder", type=Path)
    recover.add_argument("--into", required=True, type=Path, metavar="DATA_FOLDER")
    recover.add_argument("--until", type=_moment, metavar="TIME", help="such as 2026-11-23T09:30+05:30; left out, to the end")


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise ArgumentTypeError("at least 1")
    return number


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no time such as 2026-11-23T09:30+05:30") from None
    if moment.tzinfo is None:
        raise ArgumentTypeError(f"{text} needs its zone, such as +05:30")
    return moment


def run(options) -> int:
    if problem := _not_there(options):
        print(problem, file=sys.stderr)
        return 2
    server = _ready(options)
    from psycopg import OperationalError

    from aanchal.config.backup import CannotBackUp
    from aanchal.core.sealed_stream import CannotOpen

    try:
        return {"write": _write, "check": _check, "restore": _restore, "keep": _keep, "recover": _recover}[options.verb](options)
    except CannotOpen as problem:
        print(f"{getattr(options, 'file', None) or options.folder}: {problem}", file=sys.stderr)
        return 1
    except CannotBackUp as problem:
        print(problem, file=sys.stderr)
        return 1
    except OperationalError as problem:
        print(f"The database does not answer: {problem}", file=sys.stderr)
        return 1
    finally:
        if server:
            server.stop()


def _not_there(options) -> str:
    if options.verb in ("check", "restore"):
        return unreadable(options.file)
    if options.verb == "recover" and not options.folder.is_dir():
        return f"{options.folder}: there is no such folder."
    return f"{options.folder}: this is a file, not a folder." if options.verb == "keep" and options.folder.is_file() else ""


def _ready(options):
    """A recovery needs keys and no database: the one of this installation may be what was lost."""
    if options.verb != "recover":
        return cli.ready(migrated=options.verb in ("write", "keep"))
    import django

    django.setup()
    return None


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


def _keep(options) -> int:
    from django.conf import settings
    from django.utils import timezone

    from aanchal.config import archiving
    from aanchal.config.backup import CannotBackUp

    if not settings.EMBEDDED:
        raise CannotBackUp("This is for the embedded database. For a server of your own use its tools, such as pgBackRest or Barman.")
    asked = Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda number, frame: asked.set())
    keeper = archiving.Keeper(options.folder.resolve(), settings.DATA_FOLDER / "archive")
    try:
        keeper.begin(at=timezone.now())
        _turns(options, keeper, asked)
    finally:
        keeper.end()
    return 0


def _turns(options, keeper, asked: Event) -> None:
    """A disk that is full or away, a database that stands still: said each time, and the log is kept until they are there again."""
    from django.utils import timezone
    from psycopg import OperationalError

    from aanchal.config import archiving
    from aanchal.config.backup import CannotBackUp

    base = timedelta(hours=options.base)
    print(f"{options.folder} holds a base and the log since; the most that may be lost is {options.every:g} s.", flush=True)
    while True:
        is_last = options.once or asked.is_set()
        try:
            if timezone.now() - archiving.bases(keeper.folder)[-1].at > base:
                keeper.take_base(at=timezone.now())
                keeper.prune(kept=options.bases)
            keeper.turn()
        except (CannotBackUp, OperationalError, OSError) as problem:
            print(f"NOT archived: {problem}", file=sys.stderr, flush=True)
        if is_last:
            return
        asked.wait(options.every)


def _recover(options) -> int:
    from tqdm import tqdm

    from aanchal.config import recovering

    with tqdm(unit=" segments", disable=None) as bar:
        found = recovering.recover(options.folder.resolve(), into=options.into.resolve(), until=options.until, progress=bar.update)
    last = f"{found.last:%Y-%m-%d %H:%M:%S %Z}" if found.last else f"nothing after the base of {found.base:%Y-%m-%d %H:%M:%S %Z}"
    print(f"{found.segments} segments of the log; the last change in it: {last}.")
    if found.missing:
        print(f"NOT whole: the segment {found.missing} is missing, and what came after it with it.", file=sys.stderr)
    for fault in found.faults:
        print(fault, file=sys.stderr)
    print(f"To use it: AANCHAL_HOME={options.into}, with the same SECRET_KEY and MASTER_KEYS; then `aanchal trail verify`.")
    return 1 if found.missing or found.faults else 0


def _bar(total: int | None):
    from tqdm import tqdm

    return tqdm(total=total, unit="B", unit_scale=True, disable=None)
