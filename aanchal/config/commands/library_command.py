"""aanchal library"""

from aanchal.config import cli


def arguments(parser) -> None:
    parser.add_argument("what", choices=["load"], help="load: the records of the catalogue that are not there yet")


def run(options) -> int:
    server = cli.ready()
    try:
        return _load()
    finally:
        if server:
            server.stop()


def _load() -> int:
    from django.utils import timezone

    from aanchal.access.acting import SYSTEM, acting
    from aanchal.library import actions, queries
    from aanchal.places.queries import nation

    with acting(SYSTEM):
        n = actions.load_catalogue(place=nation(), at=timezone.now(), by=SYSTEM)
    print(f"{n} of {len(queries.shipped())} records of the catalogue are new; the others stood already. Files are filed on their pages.")
    return 0
