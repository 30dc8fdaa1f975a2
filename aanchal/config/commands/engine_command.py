"""aanchal engine"""

import ctypes
import resource
import sys

from aanchal.config import cli

PR_SET_DUMPABLE = 4  # prctl(2): no core dump, and no other process of this user reads the memory


def arguments(parser) -> None:
    parser.add_argument("--once", action="store_true", help="search for what is waiting and end")


def run(options) -> int:
    server = cli.ready()
    try:
        work(wait=not options.once)
    finally:
        if server:
            server.stop()
    return 0


def work(*, wait: bool = True) -> None:
    """Reads the registers into memory, then searches until SIGTERM or SIGINT. Nothing of it is written to disk."""
    from aanchal.config.commands import worker_command
    from aanchal.matching.tasks import ENGINE

    unread()
    read()
    worker_command.work(queue=ENGINE, wait=wait)


def read() -> None:
    from django.db import connection
    from tqdm import tqdm

    from aanchal.access.acting import SYSTEM, acting
    from aanchal.access.jobs import NotPosted, program
    from aanchal.matching import searching
    from aanchal.matching.tasks import ENGINE, weigh_again

    try:
        with tqdm(desc="matching engine", unit=" people", disable=None, unit_scale=True) as progress:
            for done, of in searching.rebuild(by=program(ENGINE)):
                progress.total = of
                progress.update(done - progress.n)
        with acting(SYSTEM):
            weigh_again.defer()  # an update may have brought another model
    except NotPosted as problem:
        print(f"Matching engine: {problem}.", file=sys.stderr)
    finally:
        connection.close()


def unread() -> None:
    """What is in memory stays there."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0)
