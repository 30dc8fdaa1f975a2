"""The program as an operator runs it: its own processes, its own data folder."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from aanchal.config.postgres import Server

PATIENCE = 60
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Home:
    """A data folder of its own, and `aanchal` run in it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, *words: str, **environment: str) -> subprocess.Popen:
        told = {**os.environ, **self.environment, **environment, "AANCHAL_HOME": str(self.folder), "LOG_LEVEL": "WARNING"}
        command = [sys.executable, "-m", "aanchal.config.cli", *words]
        return subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words: str, code: int = 0, **environment: str) -> str:
        """Runs to its end with the exit code expected; returns all it printed."""
        process = self.start(*words, **environment)
        out, err = process.communicate(timeout=PATIENCE * 2)
        assert process.returncode == code, f"exit {process.returncode}\n{out}\n{err}"
        return out + err

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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true, what: str):
    """What `true` answers once it answers something; fails when it never does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := true():
            return answer
        time.sleep(0.1)
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


def end(process: subprocess.Popen, asked: int = signal.SIGTERM) -> tuple[int, str]:
    process.send_signal(asked)
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out + err


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    until(lambda: not Path(f"/proc/{pid}").exists(), f"{pid} is gone")
