"""aanchal import"""

import sys
from pathlib import Path

from aanchal.config import cli

KINDS = {
    "states": "STATE",
    "districts": "DISTRICT",
    "subdistricts": "SUBDISTRICT",
    "blocks": "BLOCK",
    "panchayats": "PANCHAYAT",
    "villages": "VILLAGE",
    "hamlets": "HAMLET",
}


def arguments(parser) -> None:
    parser.add_argument("what", choices=["places"])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV of the Local Government Directory, UTF-8")
    parser.add_argument("--kind", choices=KINDS, help="what the files hold; otherwise their header says it")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")


def run(options) -> int:
    missing = [str(path) for path in options.files if not path.is_file()]
    if missing:
        print(f"There is no file {', '.join(missing)}.", file=sys.stderr)
        return 2
    server = cli.ready()
    from aanchal.config import directory_import

    try:
        level = KINDS.get(options.kind)
        return max(directory_import.run(path, level=level, dry=options.dry_run) for path in directory_import.in_order(options.files, level))
    finally:
        if server:
            server.stop()
