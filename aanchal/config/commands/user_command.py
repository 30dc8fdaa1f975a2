"""aanchal user"""

import sys

from aanchal.config import cli


def arguments(parser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add_arguments(verbs.add_parser("add", help="create a user, with a posting when --role and --place are given"))
    _post_arguments(verbs.add_parser("post", help="give a user a role at a place"))
    _post_arguments(verbs.add_parser("end", help="end a posting today"))
    verbs.add_parser("deactivate", help="close an account: it signs in no more").add_argument("username")
    verbs.add_parser("list", help="every user and what they hold where")
    devices = verbs.add_parser("device", help="phones").add_subparsers(dest="device", required=True, metavar="VERB")
    for name, purpose in (("add", "enrol a phone and print its token once"), ("revoke", "refuse a phone from now on")):
        device = devices.add_parser(name, help=purpose)
        device.add_argument("username")
        device.add_argument("label")


def _add_arguments(parser) -> None:
    parser.add_argument("username")
    parser.add_argument("--name", default="")
    parser.add_argument("--role")
    parser.add_argument("--place", help="nation, LGD code/level (603/district), or our own id")
    parser.add_argument("--language", choices=("en", "hi", "te"), default="en")
    parser.add_argument("--email", default="")
    parser.add_argument("--password", choices=("generate", "stdin"), default="generate", help="printed once, or read from a pipe")


def _post_arguments(parser) -> None:
    parser.add_argument("username")
    parser.add_argument("--role", required=True)
    parser.add_argument("--place", required=True, help="nation, LGD code/level (603/district), or our own id")


def run(options) -> int:
    server = cli.ready()
    from django.core.exceptions import ValidationError

    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config import accounts

    try:
        with acting(SYSTEM):
            said = accounts.VERBS[options.verb](options)
    except accounts.CannotDo as problem:
        print(problem, file=sys.stderr)
        return 1
    except ValidationError as problem:
        print(" ".join(problem.messages), file=sys.stderr)
        return 1
    finally:
        if server:
            server.stop()
    print(said)
    return 0
