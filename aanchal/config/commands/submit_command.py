"""aanchal submit"""

import sys
from pathlib import Path

from aanchal.config import cli


def arguments(parser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a filled form (XML), or a folder of them")
    parser.add_argument("--as", dest="username", required=True, help="the worker who sends them")
    parser.add_argument("--attachments", type=Path, metavar="FOLDER", help="the photos the forms name; otherwise those beside each form")
    parser.add_argument("--dry-run", action="store_true", help="read and check each form, and keep nothing")


def run(options) -> int:
    missing = [str(path) for path in [*options.files, *filter(None, [options.attachments])] if not path.exists()]
    if missing:
        print(f"There is no file or folder {', '.join(missing)}.", file=sys.stderr)
        return 2
    if options.attachments and not options.attachments.is_dir():
        print(f"{options.attachments}: this is a file, not a folder.", file=sys.stderr)
        return 2
    server = cli.ready()
    from aanchal.access.models import User
    from aanchal.config import sending

    try:
        user = User.objects.filter(username__iexact=options.username, is_active=True).first()
        if user is None:
            print(f"There is no user {options.username}.", file=sys.stderr)
            return 2
        return sending.send(sending.forms_in(options.files), user, attachments=options.attachments, is_trial=options.dry_run)
    finally:
        if server:
            server.stop()
