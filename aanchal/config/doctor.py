"""What is wrong with this installation, in a person's words, each with what to do about it."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.jobs import NotPosted, program
from aanchal.config import archiving, assets, install
from aanchal.core.models import Trail
from aanchal.matching.tasks import ENGINE
from aanchal.risk import totals

OLDEST = (3, 11)
ROOM = 2 * 1024**3
SKEW = timedelta(seconds=5)
HEARTBEAT = timedelta(minutes=2)
LATE = timedelta(minutes=15)
MANY_WAITING = 100_000
KEEP = "Run `aanchal backup keep FOLDER` beside the site; FOLDER on another disk or machine."
UNWALLED = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'place_no'
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'places_place'
    AND NOT (c.relrowsecurity AND (c.relforcerowsecurity OR c.relname = ANY(%s)))
    ORDER BY 1
"""
OF_PLACES = [
    "access_posting", "activities_course", "activities_module", "advisories_advisory", "advisories_answer", "advisories_direction",
    "advisories_task", "awards_award", "awards_nomination", "awards_openaward",
    "benefits_fundnorm", "benefits_schemeversion", "cases_retentionrule", "core_trail", "field_stateform", "field_testphone",
    "insight_attention", "insight_comparison", "insight_counted", "insight_figure", "insight_release", "insight_review",
    "insight_reviewfile", "insight_savedtable", "insight_story", "insight_target", "library_acknowledgement", "library_document",
    "library_indexed", "library_openfile", "library_openpaper", "library_practice", "library_version", "money_costhead",
    "network_blacklisting", "network_centre", "network_deliverable", "network_diligence", "network_engagement", "network_listing",
    "network_ngo", "network_post", "network_verification", "nodal_areanote", "nodal_call", "nodal_explanation", "nodal_figure",
    "nodal_published", "nodal_release", "nodal_return", "nodal_sanction", "nodal_step", "nodal_unit", "nodal_upload", "nodal_use",
    "places_indicatorvalue", "posters_openposter", "rehab_cbomaturity", "risk_indexdefinition", "risk_indexdraft", "risk_movement",
    "selection_placestanding", "selection_selectionrun",
]  # fmt: skip
"""Behind policies too, but they hold no family: their owner may read them."""


@dataclass(frozen=True)
class Finding:
    """`fault` stops the work or opens a door; otherwise it is a note. Empty words: all is well."""

    about: str
    words: str = ""
    cure: str = ""
    fault: bool = True


def findings() -> Iterator[Finding]:
    """Every check in turn; those of the database only while it answers."""
    for check in (python, data_folder, secrets, disk, static_files, translations):
        yield check()
    answer = database()
    yield answer
    if not answer.words:
        yield from _inside()


def _inside() -> Iterator[Finding]:
    """What is asked of the database. Without its schema or our keys the questions after make no sense."""
    for check in (migrations, roles, walls, worker, engine, keys, clock, running_totals, archive):
        found = _asked(check)
        yield found
        if found.words and check in (migrations, keys):
            return


def _asked(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except DatabaseError as problem:
        return Finding(check.__name__, f"cannot be looked at ({type(problem).__name__})", "Run `aanchal migrate`, then this again.")


def python() -> Finding:
    if sys.version_info < OLDEST:
        return Finding("Python", f"this is Python {sys.version.split()[0]}", "Install Python 3.11 or later.")
    return Finding("Python")


def data_folder() -> Finding:
    folder = settings.DATA_FOLDER
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding("Data folder", f"{folder} cannot be written", f"Give it to this user: chown {os.geteuid()} {folder}")
    if folder.stat().st_mode & 0o044:
        return Finding("Data folder", f"{folder} can be read by other users of this machine", f"chmod go-rw {folder}")
    kept = [path for path in (folder / "secrets", folder / "anchors") if path.exists() and path.stat().st_mode & 0o077]
    if kept:
        return Finding("Data folder", f"{kept[0]} can be opened by other users of this machine", f"chmod -R go-rwx {kept[0]}")
    return Finding("Data folder")


def secrets() -> Finding:
    if settings.PRODUCTION:
        return Finding("Secrets")
    return Finding(
        "Secrets",
        "this is not a production installation: its keys lie in its own data folder",
        "For real families set PRODUCTION=1 with SECRET_KEY and MASTER_KEYS from outside (.env.example).",
        fault=False,
    )


def disk() -> Finding:
    free = shutil.disk_usage(settings.DATA_FOLDER).free
    if free < ROOM:
        return Finding("Disk", f"only {free / 1024**2:,.0f} MB are free for the data folder", "Free at least 2 GB, or move AANCHAL_HOME.")
    return Finding("Disk")


def static_files() -> Finding:
    if assets.static_is_stale():
        return Finding("Static files", "are not collected, or older than the program", "`aanchal serve` collects them.", fault=False)
    return Finding("Static files")


def translations() -> Finding:
    if stale := assets.stale_translations():
        languages = ", ".join(sorted(path.parts[-3] for path in stale))
        return Finding("Translations", f"are not compiled: {languages}", "`aanchal serve` compiles them.", fault=False)
    return Finding("Translations")


def database() -> Finding:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        where = "of the data folder" if settings.EMBEDDED else "at DATABASE_URL"
        return Finding("Database", f"the one {where} does not answer: {_first_line(problem)}", "Start it, or correct DATABASE_URL.")
    return Finding("Database")


def migrations() -> Finding:
    if not install.is_ready():
        return Finding("Migrations", "the database is older than the program", "Run `aanchal migrate`.")
    return Finding("Migrations")


def keys() -> Finding:
    try:
        with acting(SYSTEM):
            return Finding("Keys")
    except DatabaseError:
        return Finding(
            "Keys",
            "the database refuses what this program signs: it was prepared under another SECRET_KEY",
            "Set the SECRET_KEY it was prepared under, or run `aanchal migrate` if it never was.",
        )


def roles() -> Finding:
    rows = _rows("SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb, rolname FROM pg_roles WHERE rolname = current_user")
    owned = _rows("SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = current_user")
    [(mighty, name)], [(owns,)] = rows, owned
    if mighty or owns:
        cure = f"ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB; let another role own the tables (DATABASE_OWNER_URL)."
        return Finding("Roles", f"the application's role {name} can pass the wall around names", cure)
    return Finding("Roles")


def walls() -> Finding:
    if bare := [name for (name,) in _rows(UNWALLED, [OF_PLACES])]:
        return Finding(
            "Walls", f"tables of persons without a wall: {', '.join(bare)}", "Take the site down, run `aanchal migrate`, ask us."
        )
    return Finding("Walls")


def clock() -> Finding:
    before = time.time()
    [(theirs,)] = _rows("SELECT clock_timestamp()")
    ours = timezone.datetime.fromtimestamp((before + time.time()) / 2, tz=theirs.tzinfo)
    if abs(theirs - ours) > SKEW:
        apart = f"{abs((theirs - ours).total_seconds()):,.0f} s"
        return Finding("Clock", f"this machine and the database are {apart} apart", "Set both by NTP: tokens and sign-in depend on it.")
    with acting(SYSTEM):
        last = Trail.objects.order_by("-at").values_list("at", flat=True).first()
    if last and last > timezone.now() + SKEW:
        return Finding("Clock", f"the trail already holds a line of {last:%d %B %Y %H:%M}: the clock went back", "Set it by NTP.")
    return Finding("Clock")


def worker() -> Finding:
    [(alive,)] = _rows("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %s", [timezone.now() - HEARTBEAT])
    late = _late("default")
    if alive and not late:
        return Finding("Worker")
    words = f"{late} jobs have waited over 15 minutes" if late else "no worker is running"
    return Finding("Worker", words, "Run `aanchal serve` or `aanchal worker`.", fault=late > 0)


def engine() -> Finding:
    """Searches that nobody makes: she was found and her family does not hear of it."""
    try:
        program(ENGINE)
    except NotPosted as problem:
        return Finding("Matching engine", str(problem), f"Continue the posting of {ENGINE}, or open its account again.", fault=True)
    if late := _late(ENGINE):
        words = f"{late} searches for missing people have waited over 15 minutes"
        return Finding("Matching engine", words, "Run `aanchal serve` or `aanchal engine`; look at what it printed.", fault=True)
    return Finding("Matching engine")


def _late(queue: str) -> int:
    [(late,)] = _rows(
        "SELECT count(*) FROM procrastinate_jobs j WHERE status = 'todo' AND queue_name = %s AND coalesce(scheduled_at,"
        " (SELECT max(at) FROM procrastinate_events e WHERE e.job_id = j.id)) < %s",
        [queue, timezone.now() - LATE],
    )
    return late


def running_totals() -> Finding:
    """Counts every family again: a quarter of a minute for a million."""
    found = totals.checked()
    if found.figures:
        words = f"{found.figures:,} figures of {found.places:,} places differ from a recount of their families"
        return Finding("Totals", words, "Run `aanchal score --recount`, and find out who changed rows by hand.")
    if found.waiting > MANY_WAITING:
        words = f"{found.waiting:,} changes wait to be folded in: figures are right, but slow to come"
        return Finding("Totals", words, "Run `aanchal serve` or `aanchal worker`.", fault=False)
    return Finding("Totals")


def archive() -> Finding:
    """A disk that is lost takes with it what was acknowledged since the last backup."""
    if not settings.EMBEDDED:
        cure = "Let its own tools archive the log (docs/how-to/install-on-a-server.md)."
        return Finding("Archive", "is a matter of your own PostgreSQL", cure, fault=False)
    behind = "pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) / 1048576"
    found = _rows(f"SELECT active, {behind} FROM pg_replication_slots WHERE slot_name = %s", [archiving.SLOT])
    if not found:
        return Finding("Archive", "a lost disk would take all since the last backup with it", KEEP, fault=False)
    [(active, waiting)] = found
    return Finding("Archive") if active else Finding("Archive", f"nobody keeps it: {waiting or 0:,.0f} MB of changes wait", KEEP)


def _rows(query: str, values=()) -> list[tuple]:
    with connections["default"].cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def _first_line(problem: Exception) -> str:
    return str(problem).partition("\n")[0]
