"""Encrypted copies of the whole database: written from one moment, checked by restoring them, restored beside what is there."""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import psycopg
from django.conf import settings
from psycopg import sql

from aanchal.config import install
from aanchal.config.postgres import Server
from aanchal.core import envelope, sealed_stream

# Keys have their own backup, sessions end with a restore, and the cache is no record.
WITHOUT_ROWS = ("core_secret", "django_session", "aanchal_cache")
NAMES_TRIED = 20

Progress = Callable[[int], object]


class CannotBackUp(Exception):
    """The message says what is missing or what went wrong."""


@dataclass(frozen=True)
class Manifest:
    """What the backup says of itself: rows of each table and the heads of the trail, at the moment it was written."""

    at: str
    rows: dict[str, int]
    heads: list[dict]


def write(path: Path, *, at: datetime, progress: Progress) -> Manifest:
    """The database as it stands at one moment. The file has its name only when it is whole and on the disk."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with psycopg.connect(admin()) as moment, _new_file(draft) as out:
            moment.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            snapshot = moment.execute("SELECT pg_export_snapshot()").fetchone()[0]
            manifest = Manifest(at.isoformat(), _rows(moment), _heads(moment))
            sealed_stream.seal(_watched(_dumped(manifest, snapshot), progress), out)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def restore(path: Path, *, into: str, progress: Progress) -> Manifest:
    """Into a new database, ready for use; a database that is there is never touched."""
    if not install.create_database(admin(), into):
        raise CannotBackUp(f"There is a database {into} already. Restore into a new one.")
    try:
        with path.open("rb") as source:
            pieces = sealed_stream.opened(_Watched(source, progress))
            manifest = Manifest(**json.loads(next(pieces)))
            _load(pieces, into)
        with psycopg.connect(admin(into)) as connection:
            install.tell_keys(connection.cursor())
    except BaseException:
        drop(into)
        raise
    return manifest


def check(path: Path, *, progress: Progress) -> tuple[Manifest, list[str]]:
    """Restores into a database of its own and drops it; returns what differs from what the backup says of itself."""
    scratch = f"{settings.DATABASE_NAME}_check_{os.getpid()}"
    try:
        manifest = restore(path, into=scratch, progress=progress)
        with psycopg.connect(admin(scratch)) as connection:
            return manifest, [*_differing(manifest, connection), *faults(manifest.heads, connection)]
    finally:
        drop(scratch)


def drop(database: str) -> None:
    with psycopg.connect(admin(), autocommit=True) as superuser:
        superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def _differing(manifest: Manifest, connection) -> Iterator[str]:
    rows = _rows(connection)
    for table in sorted(manifest.rows.keys() | rows.keys()):
        there, here = manifest.rows.get(table), rows.get(table)
        if there != here:
            yield f"{table}: {there} rows when it was written, {here} restored"


def faults(heads: list[dict], connection) -> list[str]:
    """What is wrong with the trail, measured by these heads, and with the keys of names."""
    return [*_broken(heads, connection), *_unopened(connection)]


def _broken(heads: list[dict], connection) -> Iterator[str]:
    found = connection.execute("SELECT shard, seq, fault FROM trail_faults(%s::jsonb)", [json.dumps(heads)])
    for shard, seq, fault in found.fetchall():
        yield f"the trail, shard {shard}, line {seq}: {fault}"


def _unopened(connection) -> Iterator[str]:
    """A backup whose names no key of this installation opens is no backup."""
    query = "SELECT person_id, wrapped_key, name FROM people_identity ORDER BY person_id DESC LIMIT %s"
    for person, key, name in connection.execute(query, [NAMES_TRIED]).fetchall():
        try:
            envelope.opened(person, key).open("name", name)
        except envelope.CannotOpen:
            yield f"the name of person {person} opens with no key of this installation"


def _rows(connection) -> dict[str, int]:
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
    ).fetchall()
    count = sql.SQL("SELECT count(*) FROM {}")
    wanted = [table for (table,) in tables if table not in WITHOUT_ROWS]
    return {table: connection.execute(count.format(sql.Identifier(table))).fetchone()[0] for table in wanted}


def _heads(connection) -> list[dict]:
    found = connection.execute("SELECT shard, seq, encode(mac, 'hex') FROM core_trailhead WHERE seq > 0 ORDER BY shard")
    return [{"shard": shard, "seq": seq, "mac": mac} for shard, seq, mac in found.fetchall()]


def _dumped(manifest: Manifest, snapshot: str) -> Iterator[bytes]:
    """The manifest, then what pg_dump says, in pieces."""
    yield json.dumps(asdict(manifest)).encode()
    arguments = ["--format=custom", f"--snapshot={snapshot}", *(f"--exclude-table-data={table}" for table in WITHOUT_ROWS)]
    yield from said_by("pg_dump", arguments)


def said_by(name: str, arguments: list[str]) -> Iterator[bytes]:
    """What this program of PostgreSQL writes, in pieces; raises when it did not end well."""
    with tempfile.TemporaryFile() as said, program(name, arguments, admin(), stdout=subprocess.PIPE, stderr=said) as running:
        while chunk := running.stdout.read(sealed_stream.PIECE):
            yield chunk
        _ended_well(name, running, said)


def _load(pieces: Iterator[bytes], into: str) -> None:
    arguments = ["--exit-on-error", "--single-transaction", f"--dbname={into}"]
    with tempfile.TemporaryFile() as said, program("pg_restore", arguments, admin(into), stdin=subprocess.PIPE, stderr=said) as load:
        try:
            for piece in pieces:
                load.stdin.write(piece)
            load.stdin.close()
        except BrokenPipeError:
            pass  # pg_restore gave up: its own words follow
        except BaseException:
            load.kill()
            raise
        _ended_well("pg_restore", load, said)


def program(name: str, arguments: list[str], conninfo: str, **pipes) -> subprocess.Popen:
    """A program of PostgreSQL, told whom to connect to through its environment: an argument is seen by every user."""
    told = {option.envvar.decode(): option.val.decode() for option in psycopg.pq.Conninfo.parse(conninfo.encode()) if option.val}
    return subprocess.Popen([Server().program(name), *arguments], env={**os.environ, **told}, **pipes)


def _ended_well(name: str, program: subprocess.Popen, said: BinaryIO) -> None:
    if program.wait():
        said.seek(0)
        raise CannotBackUp(f"{name}: {said.read(2_000).decode(errors='replace')}")


def admin(database: str = "") -> str:
    if not settings.ADMIN_CONNINFO:
        raise CannotBackUp("Set DATABASE_ADMIN_URL to a role that may read every row (BYPASSRLS) and create a database.")
    return psycopg.conninfo.make_conninfo(settings.ADMIN_CONNINFO, **({"dbname": database} if database else {}))


def _new_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _watched(chunks: Iterator[bytes], progress: Progress) -> Iterator[bytes]:
    for chunk in chunks:
        progress(len(chunk))
        yield chunk


@dataclass
class _Watched:
    source: BinaryIO
    progress: Progress

    def read(self, size: int) -> bytes:
        found = self.source.read(size)
        self.progress(len(found))
        return found
