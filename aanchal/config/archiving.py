"""Continuous archiving of the embedded server: what was acknowledged lies sealed elsewhere within half a minute (trust.md, figure 10).

PostgreSQL, chapter 25.3: a copy of all files, and every segment of the write-ahead log since.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

import psycopg
from psycopg import sql

from aanchal.access.acting import SYSTEM, acting
from aanchal.config import backup, children
from aanchal.config.backup import CannotBackUp
from aanchal.core import sealed_stream, trail
from aanchal.places.queries import nation

SLOT = "aanchal_archive"
SEALED = ".sealed"
PATIENCE = 60.0
SEGMENT = 16 * 1024**2
IN_A_FILE = (1 << 32) // SEGMENT
"""Sixteen megabytes each, as our initdb made the server; a name is a timeline, a file of 4 GB and the segment in it."""


@dataclass(frozen=True)
class Base:
    """A copy of all files of the server; `first` is the oldest segment of the log that its recovery needs."""

    path: Path
    at: datetime
    first: str


@dataclass
class Keeper:
    """Brings the log of the running server into `folder`, sealed. What waits for that in `spool` is as open as the database."""

    folder: Path
    spool: Path
    _receiver: subprocess.Popen | None = field(default=None, repr=False)

    def begin(self, *, at: datetime) -> None:
        """Before a new slot, or one whose log the server gave up, there is a hole: it begins with a base of its own."""
        for each in (self.folder, bases_in(self.folder), log_in(self.folder), self.spool):
            each.mkdir(parents=True, exist_ok=True, mode=0o700)
        is_new = _make_slot()
        arguments = ["-D", str(self.spool), "--slot", SLOT, "--compress=gzip:1"]
        self._receiver = backup.program("pg_receivewal", arguments, backup.admin(), preexec_fn=partial(children.end_with, os.getpid()))
        if is_new or not bases(self.folder):
            self.take_base(at=at)

    def turn(self) -> int:
        """All that was committed before it began is sealed when it returns; the number of segments that were."""
        with _superuser() as superuser:
            ended = _segment_before(superuser, "pg_switch_wal()")
        end = time.monotonic() + PATIENCE
        while not self._is_here(ended):
            if self._receiver.poll() is not None or time.monotonic() > end:
                raise CannotBackUp(f"The log has not come up to {ended}. The server keeps it until it has.")
            time.sleep(0.02)
        return self._seal_what_came()

    def take_base(self, *, at: datetime) -> None:
        with _superuser() as superuser:
            first = _segment_before(superuser, "pg_current_wal_lsn()")
        told = json.dumps({"at": at.isoformat(), "first": first}).encode()
        path = bases_in(self.folder) / f"{at:%Y%m%dT%H%M%S}{SEALED}"
        _sealed(path, _told_and_copied(told))
        with acting(SYSTEM):
            trail.write("backup.base_kept", about=nation(), base=path.name)
        self.turn()

    def prune(self, *, kept: int) -> None:
        """The newest `kept` bases stay, and the log since the oldest of them."""
        there = bases(self.folder)
        for base in there[:-kept]:
            base.path.unlink()
        for path in log_in(self.folder).glob(f"*{SEALED}"):
            if path.name < there[-kept:][0].first:
                path.unlink()

    def end(self) -> None:
        """What came is sealed; the server keeps what comes after."""
        if self._receiver:
            self._receiver.terminate()
            self._receiver.wait()
            self._seal_what_came()

    def _is_here(self, segment: str) -> bool:
        return (self.spool / f"{segment}.gz").exists() or (log_in(self.folder) / f"{segment}{SEALED}").exists()

    def _seal_what_came(self) -> int:
        came = sorted(self.spool.glob("*.gz"))
        for path in came:
            with path.open("rb") as source:
                _sealed(log_in(self.folder) / f"{path.stem}{SEALED}", pieces(source))
            path.unlink()
        return len(came)


def bases_in(folder: Path) -> Path:
    return folder / "bases"


def log_in(folder: Path) -> Path:
    return folder / "log"


def bases(folder: Path) -> list[Base]:
    """The whole ones, oldest first."""
    return [_base(path) for path in sorted(bases_in(folder).glob(f"*{SEALED}"))]


def pieces(source: BinaryIO) -> Iterator[bytes]:
    while piece := source.read(sealed_stream.PIECE):
        yield piece


def _base(path: Path) -> Base:
    with path.open("rb") as source:
        told = json.loads(next(sealed_stream.opened(source)))
    return Base(path, datetime.fromisoformat(told["at"]), told["first"])


def _make_slot() -> bool:
    """True when the log before now is not promised."""
    with _superuser() as superuser:
        found = superuser.execute("SELECT wal_status = 'lost' FROM pg_replication_slots WHERE slot_name = %s", [SLOT]).fetchone()
        if found == (False,):
            return False
        if found:
            superuser.execute("SELECT pg_drop_replication_slot(%s)", [SLOT])
        superuser.execute("SELECT pg_create_physical_replication_slot(%s, true)", [SLOT])
        return True


def _superuser() -> psycopg.Connection:
    return psycopg.connect(backup.admin(), autocommit=True)


def _segment_before(superuser: psycopg.Connection, place: str) -> str:
    """The name of the segment that holds the last byte before `place`, a function of PostgreSQL that tells a place in the log."""
    query = sql.SQL("SELECT timeline_id, {} - '0/1'::pg_lsn FROM pg_control_checkpoint()").format(sql.SQL(place))
    timeline, last = superuser.execute(query).fetchone()
    return _segment(timeline, int(last) // SEGMENT)


def after(segment: str) -> str:
    return _segment(int(segment[:8], 16), int(segment[8:16], 16) * IN_A_FILE + int(segment[16:], 16) + 1)


def _segment(timeline: int, number: int) -> str:
    return f"{timeline:08X}{number // IN_A_FILE:08X}{number % IN_A_FILE:08X}"


def _told_and_copied(told: bytes) -> Iterator[bytes]:
    yield told
    arguments = ["-D", "-", "--format=tar", "--gzip", "--wal-method=none", "--checkpoint=fast", "--no-manifest"]
    yield from backup.said_by("pg_basebackup", arguments)


def _sealed(path: Path, content: Iterable[bytes]) -> None:
    """A file has its name only when it is whole and on the disk."""
    draft = path.with_suffix(f".{os.getpid()}.part")
    try:
        with open(draft, "wb", opener=_mine) as out:
            sealed_stream.seal(content, out)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    _on_the_disk(path.parent)


def _mine(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _on_the_disk(folder: Path) -> None:
    """The name too, not only the content."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
