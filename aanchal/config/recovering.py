"""Point-in-time recovery from a continuous archive (`config/archiving.py`) into a data folder of its own."""

import gzip
import shutil
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from aanchal.config import archiving, backup
from aanchal.config.archiving import Base
from aanchal.config.backup import CannotBackUp
from aanchal.config.postgres import Server
from aanchal.core import sealed_stream

TOLD = ("restore_command", "recovery_target_action", "recovery_target_time")
AHEAD, BEHIND = 16, 3
"""Segments opened before they are asked for, and kept after: PostgreSQL asks for its last ones again when it ends a recovery."""
GIVE = """#!/bin/sh
# restore_command: waits until the recovering program has opened the segment, or has said that no more come.
here=${0%/*}
echo "$1" > "$here/asked.new" && mv "$here/asked.new" "$here/asked" || exit 1
case "$1" in *.history) exit 1 ;; esac
until [ -e "$here/$1" ]; do
  [ -e "$here/end" ] && [ ! -e "$here/$1" ] && exit 1
  sleep 0.05
done
cp "$here/$1" "$2"
"""


@dataclass(frozen=True)
class Recovered:
    """`last`: when the last change was committed; `missing`: the first segment not there; `faults`: of the trail and of names."""

    base: datetime
    segments: int
    missing: str
    last: datetime | None
    faults: list[str]


def recover(folder: Path, *, into: Path, until: datetime | None, progress: Callable[[int], object]) -> Recovered:
    """As it was at `until`, or at the last segment. A database that is there is never touched; one half recovered does not stay."""
    base = _base_before(folder, until)
    segments, missing = _unbroken(folder, base)
    server = Server(into)
    if server.is_made():
        raise CannotBackUp(f"There is a database in {into} already. Recover into a new folder.")
    try:
        with server.filling() as data:
            _unpack(base, data)
            _tell(data, _handed(server), until)
        with _handing(server, segments, progress) as hand:
            server.start(waits=False)
            _wait(server, hand)
        found = Recovered(base.at, len(segments), missing, *_put_to_use(server))
    except BaseException:
        server.abandon()
        shutil.rmtree(server.folder, ignore_errors=True)
        raise
    server.stop()
    return found


def _base_before(folder: Path, until: datetime | None) -> Base:
    there = archiving.bases(folder)
    early = [base for base in there if until is None or base.at <= until]
    if not early:
        begins = f"It begins at {there[0].at:%Y-%m-%d %H:%M:%S %Z}." if there else "`aanchal backup keep` writes it."
        raise CannotBackUp(f"{folder} holds no archive from before then. {begins}")
    return early[-1]


def _unbroken(folder: Path, base: Base) -> tuple[list[Path], str]:
    """The log since the base as far as nothing is missing, and the name of what is."""
    there = {path.name.removesuffix(archiving.SEALED): path for path in archiving.log_in(folder).glob(f"*{archiving.SEALED}")}
    run, name = [], base.first
    while name in there:
        run.append(there[name])
        name = archiving.after(name)
    later = any(other[:8] == name[:8] and other > name for other in there)
    if not run:
        raise CannotBackUp(f"The segment {name} of the log is missing: the base of {base.at:%Y-%m-%d %H:%M:%S %Z} is of no use without it.")
    return run, name if later else ""


def _unpack(base: Base, data: Path) -> None:
    with base.path.open("rb") as source:
        content = sealed_stream.opened(source)
        next(content)
        with tarfile.open(fileobj=_Read(content), mode="r|gz") as tar:
            tar.extractall(data, filter="tar")


@dataclass
class _Read:
    """Pieces as a file that is only read forwards."""

    pieces: Iterator[bytes]
    rest: bytes = b""

    def read(self, size: int) -> bytes:
        while len(self.rest) < size and (piece := next(self.pieces, b"")):
            self.rest += piece
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


def _tell(data: Path, handed: Path, until: datetime | None) -> None:
    told = {"restore_command": f"sh {handed}/give %f %p", "recovery_target_action": "promote"}
    if until:
        told["recovery_target_time"] = until.isoformat()
    with (data / "postgresql.auto.conf").open("a") as configuration:
        configuration.writelines(f"{name} = '{value}'\n" for name, value in told.items())
    (data / "recovery.signal").touch()


def _handed(server: Server) -> Path:
    return server.folder / "handed"


@contextmanager
def _handing(server: Server, segments: list[Path], progress: Callable[[int], object]) -> Iterator["_Hand"]:
    folder = _handed(server)
    folder.mkdir(mode=0o700)
    (folder / "give").write_text(GIVE)
    server.give(folder)
    hand = _Hand(folder, segments, progress)
    thread = threading.Thread(target=hand.run, daemon=True)
    thread.start()
    try:
        yield hand
    finally:
        hand.over.set()
        thread.join()
        shutil.rmtree(folder)


@dataclass
class _Hand:
    """Opens the segments a few ahead of the server that asks for them: all at once would be the whole log in the clear."""

    folder: Path
    segments: list[Path]
    progress: Callable[[int], object]
    problem: Exception | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        names = [path.name.removesuffix(archiving.SEALED) for path in self.segments]
        try:
            for number, path in enumerate(self.segments):
                while number > (asked := self._asked(names)) + AHEAD:
                    if self.over.wait(0.02):
                        return
                self._open(path, names[number])
                for past in names[max(0, asked - AHEAD - BEHIND) : max(0, asked - BEHIND)]:
                    (self.folder / past).unlink(missing_ok=True)
        except (OSError, sealed_stream.CannotOpen) as problem:
            self.problem = CannotBackUp(f"{path.name}: {problem}")
        finally:
            (self.folder / "end").touch()

    def _asked(self, names: list[str]) -> int:
        asked = self.folder / "asked"
        name = asked.read_text().strip() if asked.exists() else ""
        return names.index(name) if name in names else 0

    def _open(self, path: Path, name: str) -> None:
        draft = self.folder / f"{name}.part"
        with path.open("rb") as source, gzip.open(_Read(sealed_stream.opened(source))) as content, draft.open("wb") as out:
            shutil.copyfileobj(content, out)
        draft.chmod(0o644)
        draft.rename(self.folder / name)
        self.progress(1)


def _wait(server: Server, hand: _Hand) -> None:
    """Until the server has read all that it is to read, and writes for itself."""
    while True:
        if hand.problem:
            raise hand.problem
        try:
            with psycopg.connect(server.conninfo("postgres")) as connection:
                if connection.execute("SELECT NOT pg_is_in_recovery()").fetchone() == (True,):
                    return
        except psycopg.OperationalError:
            if not server.runs():
                why = "Does the archive end before the moment asked for?"
                raise CannotBackUp(f"The server gave up. {why}\n{server.last_log_lines()}") from None
        time.sleep(0.2)


def _put_to_use(server: Server) -> tuple[datetime | None, list[str]]:
    """Sessions end with a recovery. The heads of the trail are outside: `aanchal trail verify` compares them."""
    with psycopg.connect(server.conninfo(settings.DATABASE_NAME), autocommit=True) as superuser:
        for name in TOLD:
            superuser.execute(sql.SQL("ALTER SYSTEM RESET {}").format(sql.Identifier(name)))
        superuser.execute("TRUNCATE django_session, aanchal_cache")
        [last] = superuser.execute("SELECT pg_last_xact_replay_timestamp()").fetchone()
        return last, backup.faults([], superuser)
