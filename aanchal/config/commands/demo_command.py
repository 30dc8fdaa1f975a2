"""aanchal demo"""

import os
import sys

from aanchal.config import cli


def arguments(parser) -> None:
    parser.add_argument("--once", action="store_true", help="stop after printing what was found")
    parser.add_argument("--code", metavar="USER", help="print the six-digit sign-in code of a demo officer and stop")
    parser.add_argument("--new-passwords", action="store_true", help="give the demo users new passwords and print them once")


def run(options) -> int:
    os.environ["AANCHAL_DEMO"] = "1"
    server = cli.ready()
    from aanchal.config.demo import report, show

    try:
        if options.code:
            code = show.code_of(options.code)
            print(code or f"{options.code} needs no code, or is no user of the demo.", file=sys.stdout if code else sys.stderr)
            return 0 if code else 2
        if show.is_refused():
            print("This installation holds real data or runs in production: the demo is not loaded into it.", file=sys.stderr)
            return 2
        accounts = show.load_once()
        print(report.text(), flush=True)
        print(show.signing_in(show.new_passwords() if options.new_passwords else accounts), flush=True)
    finally:
        if server and (options.once or options.code):
            server.stop()
    return 0 if options.once else cli.main(["serve"])
