"""aanchal doctor"""

from aanchal.config import cli


def arguments(parser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say only what is wrong")


def run(options) -> int:
    """0 when nothing is wrong, 1 when something is, 3 when the program cannot even begin."""
    from django.core.exceptions import ImproperlyConfigured

    from aanchal.config.postgres import CannotStart

    try:
        server = cli.ready(migrated=False)
    except ImproperlyConfigured as problem:
        print(f"WRONG  Settings: {problem}")
        return 3
    except OSError as problem:
        print(f"WRONG  Data folder: {problem}\n       -> Choose one this user can write: AANCHAL_HOME.")
        return 3
    except CannotStart as problem:
        print(f"WRONG  Database: the embedded server does not start.\n{problem}\n       -> Look for a full disk or a changed owner.")
        return 3
    try:
        return _look(quiet=options.quiet)
    finally:
        if server:
            server.stop()


def _look(*, quiet: bool) -> int:
    from aanchal.config import doctor

    found = list(doctor.findings())
    for finding in found:
        mark = "ok   " if not finding.words else "WRONG" if finding.fault else "note "
        if finding.words or not quiet:
            print(f"{mark}  {finding.about}{': ' + finding.words if finding.words else ''}")
        if finding.cure:
            print(f"       -> {finding.cure}")
    return int(any(finding.words and finding.fault for finding in found))
