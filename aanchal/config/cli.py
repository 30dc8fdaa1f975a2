"""The command `aanchal`: one verb a file in config/commands."""

import argparse
import importlib
import os
import sys

COMMANDS = {
    "serve": "run the site, its worker and its matching engine",
    "worker": "run only the worker of background jobs",
    "engine": "run only the matching engine: the search for missing people",
    "migrate": "create or bring up to date the database",
    "demo": "load the synthetic demonstration pilot and say what it found",
    "import": "load places, published figures, or a list of the directory from files",
    "ncrb": "load and check the tables that NCRB published",
    "library": "load the catalogue of the Anti Trafficking Cell",
    "forms": "lint, publish and export the forms",
    "submit": "send filled forms from files, as a phone would",
    "score": "assess every family of a place again",
    "index": "lint a definition of an index, preview who would change band",
    "indicators": "compare the indicators with a list, compute a month",
    "match": "match missing and found people of files, learn and judge a model",
    "registers": "export the registers of a place",
    "user": "create users, postings and devices",
    "trail": "verify the trail and write its anchors",
    "backup": "write, check and restore an encrypted backup; keep an archive of every change and recover from it",
    "doctor": "say what is wrong with this installation, and what to do",
}


def main(arguments: list[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aanchal.config.settings")
    arguments = sys.argv[1:] if arguments is None else arguments
    parser, command = _parser(arguments)
    options = parser.parse_args(arguments)
    from aanchal.config.postgres import CannotStart
    from aanchal.core.files import in_words

    try:
        return command.run(options) or 0
    except OSError as problem:
        print(in_words(problem), file=sys.stderr)
        return 2
    except CannotStart as problem:
        print(f"The embedded database does not start.\n{problem}\nTry `aanchal doctor`.", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


def ready(*, migrated: bool = True):
    """Start the embedded server if there is none, load Django, and refuse to work on a database that is not ready.

    Returns the embedded server, or None when DATABASE_URL names another; `stop()` it when done.
    """
    import django

    from aanchal.config import home

    home.folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    django.setup()
    from aanchal.config import install

    server = install.embedded_server()
    try:
        if server:
            _prepare(server, migrated)
        if migrated and not install.is_ready():
            raise SystemExit("The database is not up to date: run `aanchal migrate`.")
    except BaseException:
        if server:
            server.stop()
        raise
    return server


def _prepare(server, migrated: bool) -> None:
    """The first program to come makes the database; others that come meanwhile wait."""
    from django.conf import settings

    from aanchal.config import install

    with server.alone():
        made = install.prepare_embedded(server, settings.DATABASE_NAME)
        if made and migrated:
            install.migrate()


def _parser(arguments: list[str]):
    """The parser of every verb, and the module of the one asked for: no other is loaded."""
    parser = argparse.ArgumentParser(prog="aanchal", description="From a village register to the national Nodal Cell.")
    verbs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = None
    for name, purpose in COMMANDS.items():
        verb = verbs.add_parser(name, help=purpose, description=purpose)
        if arguments[:1] == [name]:
            command = importlib.import_module(f"aanchal.config.commands.{name}_command")
            command.arguments(verb)
    return parser, command


if __name__ == "__main__":
    raise SystemExit(main())
