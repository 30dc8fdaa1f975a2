"""aanchal indicators"""

import csv
import sys
from datetime import date
from pathlib import Path

from aanchal.config import cli


def arguments(parser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    compare = verbs.add_parser("compare", help="hold a list of indicators (CSV with a column id) against those that ship")
    compare.add_argument("file", type=Path, metavar="FILE")
    compute = verbs.add_parser("compute", help="count a month and make its figures")
    compute.add_argument("month", metavar="YYYY-MM")


def run(options) -> int:
    return {"compare": _compare, "compute": _compute}[options.verb](options)


def _compare(options) -> int:
    """0 when both name the same, 1 when not, 2 when the file cannot be read. Files are compared: no database is asked."""
    try:
        with options.file.open(encoding="utf-8-sig", newline="") as source:
            theirs = {row["id"]: row for row in csv.DictReader(source)}
        if not theirs:
            raise KeyError("id")
    except (UnicodeDecodeError, KeyError, csv.Error):
        print(f"{options.file}: this is no CSV in UTF-8 with a column id and lines.", file=sys.stderr)
        return 2
    import django

    django.setup()
    from aanchal.insight.definition import SHIPPED, read
    from aanchal.insight.measures import MEASURES

    ours = {one.code: one for one in read(SHIPPED, MEASURES)}
    computed = [code for code in theirs if code in ours and ours[code].numerator]
    print(f"{len(theirs)} in {options.file.name}, {len(ours)} here, {len(computed)} computed")
    for code in sorted(theirs.keys() ^ ours.keys()):
        print(f"  {code}: {'only here' if code in ours else 'only there'}")
    for code, one in ours.items():
        if code in theirs and one.lacks:
            print(f"  {code} {one.titles['en']}: {one.lacks}")
    return 1 if theirs.keys() ^ ours.keys() else 0


def _compute(options) -> int:
    try:
        month = date.fromisoformat(f"{options.month}-01")
    except ValueError:
        print(f"{options.month} is no month: write it as 2026-04.", file=sys.stderr)
        return 2
    server = cli.ready()
    from django.utils import timezone

    from aanchal.access.acting import SYSTEM, acting
    from aanchal.access.policy import day_in_india
    from aanchal.insight import computing

    try:
        if month > day_in_india(timezone.now()):
            print(f"{options.month} has not begun: there is nothing to count.", file=sys.stderr)
            return 2
        with acting(SYSTEM):
            found = computing.compute(month=month, at=timezone.now(), by=SYSTEM)
        print(f"{options.month}: {found.counted:,} counts, {found.figures:,} figures, digest {found.sha256[:12]}")
        return 0
    finally:
        if server:
            server.stop()
