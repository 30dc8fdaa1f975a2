"""aanchal score"""

import sys
from collections import Counter

from aanchal.config import cli

A_BATCH = 500


def arguments(parser) -> None:
    parser.add_argument("--place", required=True, help="nation, LGD code/level (603/district), or our own id")
    parser.add_argument("--dry-run", action="store_true", help="say how many families would change and write nothing")


def run(options) -> int:
    server = cli.ready()
    from aanchal.places.queries import named

    try:
        place = named(options.place)
        if place is None:
            print(f"There is no place {options.place}. Write nation, or LGD code/level such as 603/district.", file=sys.stderr)
            return 2
        return _score(place, is_trial=options.dry_run)
    finally:
        if server:
            server.stop()


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
