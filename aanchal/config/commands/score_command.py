"""aanchal score"""

import sys
from collections import Counter
from pathlib import Path

from aanchal.config import cli
from aanchal.config.commands import index_command
from aanchal.core import files

A_BATCH = 500
HOUSEHOLD = "household-1.yaml"


def arguments(parser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", help="a Parquet file or folder of families: scored into --out, without the database")
    what.add_argument("--place", help="nation, LGD code/level (603/district), or our own id")
    what.add_argument("--recount", action="store_true", help="count the running totals anew from the families; none is assessed again")
    parser.add_argument("--dry-run", action="store_true", help="say how many families would change and write nothing")
    parser.add_argument("--out", help="the folder for what a file of families says; it must not be there yet")
    parser.add_argument("--definition", type=Path, help="the index to score a file by; otherwise the one this program ships")
    parser.add_argument("--spark", metavar="MASTER", help="let Spark score the file: local[*], or the address of a cluster")


def run(options) -> int:
    if options.file:
        return _score_file(options)
    server = cli.ready()
    from aanchal.places.queries import named

    try:
        if options.recount:
            return _recount()
        place = named(options.place)
        if place is None:
            print(f"There is no place {options.place}. Write nation, or LGD code/level such as 603/district.", file=sys.stderr)
            return 2
        return _score(place, is_trial=options.dry_run)
    finally:
        if server:
            server.stop()


def _score_file(options) -> int:
    if problem := _not_asked_well(options):
        print(problem, file=sys.stderr)
        return 2
    if options.definition and (findings := index_command.findings_of(options.definition)):
        print("\n".join([f"{options.definition} cannot be used:", *(f"  {finding}" for finding in findings)]), file=sys.stderr)
        return 1
    try:
        scored = _scored(options)
    except ImportError as missing:
        print(f"Scoring files needs the package {missing.name}: requirements/dev.txt pins it.", file=sys.stderr)
        return 2
    except ValueError as problem:
        print(f"{options.file}: {problem}", file=sys.stderr)
        return 2
    print(f"{options.out}: {scored.families} families of {scored.places} places")
    return 0


def _not_asked_well(options) -> str:
    if options.out is None:
        return "Say with --out the folder to write."
    if not options.spark and Path(options.out).exists():
        return f"{options.out} is there already: --out is a folder that is not."
    if not options.spark and not Path(options.file).exists():
        return f"{options.file}: there is no such file or folder."
    return files.unreadable(options.definition)


def _scored(options):
    import yaml

    import aanchal.risk
    from aanchal.risk import parquet
    from aanchal.risk.loading import load

    path = options.definition or Path(aanchal.risk.__file__).parent / "definitions" / HOUSEHOLD
    told = path.read_text(encoding="utf-8")
    if not options.spark:
        with files.whole(Path(options.out)) as draft:
            return parquet.score_file(load(yaml.safe_load(told)), Path(options.file), draft)
    from aanchal.risk import spark

    return spark.score_files(spark.session(options.spark), told, options.file, options.out)


def _recount() -> int:
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.risk import totals

    with acting(SYSTEM):
        found = totals.checked()
        totals.recount()
    print(f"{found.figures} figures of {found.places} places differed; the totals were begun anew.")
    return 0


def _score(place, *, is_trial: bool) -> int:
    from tqdm import tqdm

    from aanchal.access.acting import SYSTEM, acting
    from aanchal.risk.queries import households_after

    with acting(SYSTEM):
        families = households_after(place, None).count()
    changed, moved = 0, Counter()
    try:
        with tqdm(total=families, desc=str(place), unit=" families", disable=None) as progress:
            for done in _batches(place, is_trial=is_trial):
                progress.update(done.seen)
                changed, moved = changed + done.changed, moved + done.moved
    except KeyboardInterrupt:
        print("Stopped. What was assessed stays; the same command goes on where it is still needed.", file=sys.stderr)
        return 130
    finally:
        _tell(families, changed, moved, is_trial=is_trial)
    return 0


def _batches(place, *, is_trial: bool):
    """Each batch in a transaction of its own."""
    from django.utils import timezone

    from aanchal.access import policy
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.risk import actions

    last = None
    while True:
        at = timezone.now()
        with acting(SYSTEM):
            done = actions.rescore_place(
                place=place, after=last, most=A_BATCH, on=policy.day_in_india(at), at=at, by=SYSTEM, is_trial=is_trial
            )
        if done.last is None:
            return
        last = done.last
        yield done


def _tell(families: int, changed: int, moved: Counter, *, is_trial: bool) -> None:
    print(f"{families} families, {changed} {'would be' if is_trial else ''} assessed anew".replace("  ", " "))
    for (before, after), count in sorted(moved.items()):
        print(f"  {count:>8} from {before} to {after}")
