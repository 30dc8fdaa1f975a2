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
    parser.add_argument("what", choices=["places", "indicators", "stakeholders"])
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="CSV, UTF-8: a directory, or published figures; stakeholders also as .xlsx"
    )
    parser.add_argument("--kind", choices=KINDS, help="places: what the files hold; otherwise their header says it")
    parser.add_argument(
        "--mapping", metavar="MAP", help="indicators: which columns are which figures: a YAML file, or the name of one that ships"
    )
    parser.add_argument("--by", metavar="USER", help="stakeholders: who sends the list; it is kept at the place of the posting")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")


def run(options) -> int:
    missing = [str(path) for path in options.files if not path.is_file()]
    if missing:
        print(f"There is no file {', '.join(missing)}.", file=sys.stderr)
        return 2
    if options.what == "indicators" and not options.mapping:
        print("Say --mapping: which columns of the file are which figures (docs/how-to/select-blocks.md).", file=sys.stderr)
        return 2
    if options.what == "stakeholders" and not options.by:
        print("Say --by: whose list it is (aanchal user list).", file=sys.stderr)
        return 2
    server = cli.ready()
    try:
        return {"indicators": _indicators, "stakeholders": _stakeholders, "places": _places}[options.what](options)
    finally:
        if server:
            server.stop()


def _places(options) -> int:
    from aanchal.config import directory_import

    return directory_import.run(options.files, level=KINDS.get(options.kind), dry=options.dry_run)


def _indicators(options) -> int:
    from aanchal.config import indicator_import

    return max(indicator_import.run(path, mapping=options.mapping, dry=options.dry_run) for path in options.files)


def _stakeholders(options) -> int:
    from aanchal.config import stakeholder_import

    return max(stakeholder_import.run(path, by=options.by, dry=options.dry_run) for path in options.files)
