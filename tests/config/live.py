"""The program as an operator runs it: its own processes, its own data folder."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import fasteners

from aanchal.config import home as configured
from aanchal.config.postgres import Server
from tests.new_database import state_of_a_new_database

PATIENCE = 180
ROOT = Path(__file__).resolve().parents[2]


class Running(subprocess.Popen):
    """A process whose words go to a file: a pipe that nobody empties is full after 64 KB of tracebacks, and the site stands still."""

    def __init__(self, command: list[str], environment: dict[str, str]):
        self._words = os.memfd_create("words")
        weakref.finalize(self, os.close, self._words)
        super().__init__(command, cwd=ROOT, env=environment, stdout=self._words, stderr=subprocess.STDOUT)

    def said(self) -> str:
        """All it has printed until now."""
        return os.pread(self._words, os.fstat(self._words).st_size, 0).decode()


@dataclass
class Home:
    """A data folder of its own, and `aanchal` run in it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, *words: str, **environment: str) -> "Running":
        return Running([sys.executable, "-m", "aanchal.config.cli", *words], self._environment(environment))

    def run(self, *words: str, code: int = 0, **environment: str) -> str:
        """Runs to its end with the exit code expected; returns all it printed."""
        process = self.start(*words, **environment)
        try:
            ended = process.wait(PATIENCE * 2)
        finally:
            process.kill()
        said = process.said()
        assert ended == code, f"exit {ended}\n{said}"
        return said

    def _environment(self, environment: dict[str, str]) -> dict[str, str]:
        return {**os.environ, **self.environment, **environment, "AANCHAL_HOME": str(self.folder), "LOG_LEVEL": "WARNING"}

    @property
    def server(self) -> Server:
        return Server(self.folder)

    def postmaster(self) -> int | None:
        found = self.server.data / "postmaster.pid"
        return int(found.read_text().split()[0]) if found.exists() else None


@contextmanager
def own_home():
    """Short and open to the server's own user, as a socket's path must be; gone afterwards with whatever ran in it."""
    folder = Path(tempfile.mkdtemp(prefix="aanchal-"))
    folder.chmod(0o711)
    home = Home(folder)
    try:
        yield home
    finally:
        if home.server.answers():
            home.server.start().stop()
        shutil.rmtree(folder)


@contextmanager
def migrated_home():
    """The same after `aanchal migrate`, its server running: a copy of one made once."""
    with own_home() as home:
        subprocess.run(["cp", "-a", f"{_migrated_once()}/.", home.folder], check=True)
        held = home.server.start()
        yield home
        held.stop()


def _migrated_once() -> Path:
    kept = configured.folder() / "migrated"
    mark, state = kept.with_suffix(".mark"), state_of_a_new_database()
    with fasteners.InterProcessLock(kept.with_suffix(".lock")):
        if not (mark.exists() and mark.read_text() == state):
            mark.unlink(missing_ok=True)
            shutil.rmtree(kept, ignore_errors=True)
            with own_home() as home:
                held = home.server.start()
                home.run("migrate", "--quiet")
                held.stop()
                subprocess.run(["cp", "-a", home.folder, kept], check=True)
            mark.write_text(state)
    return kept


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true, what: str, patience: float = PATIENCE, each: float = 0.1):
    """What `true` answers once it answers something; fails when it never does."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if answer := true():
            return answer
        time.sleep(each)
    raise AssertionError(f"never: {what}")


def status_of(address: str) -> int | None:
    try:
        with urlopen(address, timeout=5) as answer:
            return answer.status
    except HTTPError as answer:
        with answer:
            return answer.code
    except (URLError, OSError):
        return None


def end(process: Running, asked: int = signal.SIGTERM) -> tuple[int, str]:
    process.send_signal(asked)
    return process.wait(PATIENCE), process.said()


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    until(lambda: not Path(f"/proc/{pid}").exists(), f"{pid} is gone")
