"""aanchal trail"""

import sys
from pathlib import Path

from aanchal.config import cli

WORDS = {
    "altered": "the line was altered, put in another's place, or the line before it was taken away",
    "renumbered or deleted": "a line was taken away or given another number here",
    "cut off at its end": "lines after the last one left were taken away",
    "differs from the anchor outside": "the line kept outside the database is not here: the end was cut off, or the trail written anew",
}


def arguments(parser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verify = verbs.add_parser("verify", help="walk every line; exit code 1 when one was tampered with")
    verify.add_argument("--anchors", type=Path, nargs="*", metavar="FILE", help="anchors to check against (else those in the data folder)")
    verbs.add_parser("anchor", help="write the signed heads to the data folder, outside the database")


def run(options) -> int:
    server = cli.ready()
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.core.anchors import NotOurs

    try:
        with acting(SYSTEM):
            return {"verify": _verify, "anchor": _anchor}[options.verb](options)
    except NotOurs as problem:
        print(f"The anchors themselves were tampered with, or are of another installation: {problem}", file=sys.stderr)
        return 1
    finally:
        if server:
            server.stop()


def _verify(options) -> int:
    from django.conf import settings

    from aanchal.core import anchors, trail

    kept = anchors.file(settings.DATA_FOLDER)
    files = options.anchors if options.anchors is not None else [kept] if kept.exists() else []
    read = {path: anchors.read(path) for path in files}
    if bare := [str(path) for path, heads in read.items() if options.anchors and not heads]:
        print(f"{', '.join(bare)}: there is no anchor in it.", file=sys.stderr)
        return 2
    heads = [head for found in read.values() for head in found]
    faults = trail.faults(heads)
    for shard, seq, fault in faults:
        print(f"shard {shard}, line {seq}: {WORDS[fault]}", file=sys.stderr)
    lines = sum(head["seq"] for head in trail.heads())
    against = f"and matches {len(heads):,} anchored heads" if heads else "but no anchor was given: a cut or a rewriting would not be seen"
    print(f"The trail was tampered with: {len(faults)} faults." if faults else f"The trail is whole: {lines:,} lines, {against}.")
    return 1 if faults else 0


def _anchor(options) -> int:
    from django.conf import settings
    from django.utils import timezone

    from aanchal.core import anchors

    path = anchors.append(settings.DATA_FOLDER, at=timezone.now())
    print(f"Written to {path}. Copy it to another machine: who can write here could remove it.")
    return 0
