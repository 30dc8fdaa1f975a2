"""aanchal ncrb"""

import sys
from pathlib import Path

from aanchal.config import cli


def arguments(parser) -> None:
    parser.add_argument("what", choices=["import"])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder with NCRB's tables as CSV files")
    parser.add_argument("--dry-run", action="store_true", help="say what would be loaded and change nothing")


def run(options) -> int:
    """0 when every figure was kept, 1 when some belong to no place, 2 when nothing could be read."""
    if not options.folder.is_dir():
        print(f"There is no folder {options.folder}.", file=sys.stderr)
        return 2
    server = cli.ready()
    try:
        return _load(options.folder, options.dry_run)
    finally:
        if server:
            server.stop()


def _load(folder: Path, dry: bool) -> int:
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.nodal import ncrb

    with acting(SYSTEM):
        try:
            found = ncrb.read(folder)
        except ncrb.CannotRead as problem:
            print(problem, file=sys.stderr)
            return 2
        if not found.files:
            print(f"{folder} holds none of the tables that are known: {', '.join(ncrb.READERS)}.", file=sys.stderr)
            return 2
        kept, unknown = (ncrb.rehearse if dry else ncrb.load)(found=found, by=SYSTEM)
    print(f"{len(found.files)} files, {kept:,} figures" + (" (nothing is changed: --dry-run)" if dry else ""))
    for one in found.problems:
        print(f"  {one.file}, line {one.line}: {one.label}: {one.words}")
    if unknown:
        print(f"  {len(unknown)} names are no place here and are left out: police units without a district, or places not imported")
        print(f"  (aanchal import places): {'; '.join(unknown[:20])}")
    return 1 if unknown else 0
