"""aanchal migrate"""

from aanchal.config import cli


def arguments(parser) -> None:
    parser.add_argument("--quiet", action="store_true", help="print nothing")


def run(options) -> int:
    server = cli.ready(migrated=False)
    from aanchal.config import install

    install.migrate(verbosity=0 if options.quiet else 1)
    if server:
        server.stop()
    return 0
