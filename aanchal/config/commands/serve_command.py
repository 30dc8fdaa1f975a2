"""aanchal serve"""

from aanchal.config import cli


def arguments(parser) -> None:
    parser.add_argument("--no-worker", action="store_true", help="only the site; run `aanchal worker` and `aanchal engine` elsewhere")


def run(options) -> int:
    server = cli.ready()
    from django.conf import settings
    from django.db import connections

    from aanchal.config import assets
    from aanchal.config.children import Children
    from aanchal.config.web import Web

    work = {"the site": lambda: Web().run()}
    if not options.no_worker:
        work |= {"the worker": _work, "the matching engine": _search}
    try:
        assets.make()
        connections.close_all()
        print(f"Aanchal is at http://{settings.BIND}/   (Ctrl-C stops it)", flush=True)
        return Children(work, vital=frozenset({"the site"})).run()
    finally:
        if server:
            server.stop()


def _work() -> None:
    from aanchal.config.commands.worker_command import work

    work()


def _search() -> None:
    from aanchal.config.commands.engine_command import work

    work()
