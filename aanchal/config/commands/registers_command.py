"""aanchal registers"""

import sys
from pathlib import Path

from aanchal.config import cli


def arguments(parser) -> None:
    parser.add_argument("register", choices=["migration", "marriage", "missing", "left"])
    parser.add_argument("--place", required=True, help="LGD code/level (603/district), or our own id")
    parser.add_argument("--format", choices=["xlsx", "csv"], default="xlsx")
    parser.add_argument("--out", type=Path, help="the file to write; otherwise register-place.format here")
    parser.add_argument("--as", dest="username", required=True, help="the user who takes it out; that it was taken out is on the trail")


def run(options) -> int:
    server = cli.ready()
    from aanchal.access.acting import acting
    from aanchal.access.models import User
    from aanchal.places.queries import named

    try:
        user = User.objects.filter(username__iexact=options.username, is_active=True).first()
        place = named(options.place)
        if user is None or place is None:
            missing = f"user {options.username}" if user is None else f"place {options.place}"
            print(f"There is no {missing}.", file=sys.stderr)
            return 2
        with acting(user):
            return _export(options, user, place)
    finally:
        if server:
            server.stop()


def _export(options, user, place) -> int:
    """What the list on the site shows this user of this place, without names."""
    from aanchal.access import policy
    from aanchal.access.permissions import Permission
    from aanchal.core import sheets
    from aanchal.core.files import whole
    from aanchal.registers import actions, queries
    from aanchal.registers.lines import Reading
    from aanchal.registers.terms import Register

    if not policy.can(user, Permission.REGISTER_EXPORT, place):
        print(f"{user} may not take registers out of {place}.", file=sys.stderr)
        return 1
    register = Register(options.register.upper())
    entries, _left_out = queries.agreed(policy.visible(user, Permission.REGISTER_EXPORT, queries.entries(user, register, place)))
    reading = Reading(register)
    path = options.out or Path(f"{options.register}-{place.lgd_code or place.pk}.{options.format}")
    lines = (reading.values(entry) for entry in entries.iterator(chunk_size=2_000))
    with whole(path) as draft, draft.open("wb") as out:
        if options.format == "xlsx":
            rows = sheets.write_xlsx(out, reading.headings(), lines, title=reading.title)
        else:
            rows = sheets.write_csv(out, reading.headings(), lines)
    actions.note_export(register=register, place=place, rows=rows, kind=options.format, by=user)
    print(f"{path}: {rows} lines of the register of {place}")
    return 0
