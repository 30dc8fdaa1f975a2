"""One site for all browser tests of a run: its own database, served by `aanchal serve`, filled by a part of the pilot's phones."""

import hashlib
import hmac
import json
import os
import signal
import struct
import subprocess
import sys
import time
from base64 import b32decode
from dataclasses import dataclass
from pathlib import Path

import fasteners
import psycopg

from tests.config.live import ROOT, free_port, status_of, until
from tests.conftest import TEMPLATE

SECONDS_TO_TYPE = 8

_serving: dict[int, subprocess.Popen] = {}
"""By process id: what this worker started."""


@dataclass(frozen=True)
class Site:
    """Where it is, who may sign in, and what lies in it."""

    folder: Path
    address: str
    accounts: dict
    ids: dict
    conninfo: str

    def code(self, username: str) -> str:
        """The code of an authenticator app (RFC 6238: SHA-1, 30 seconds, six digits); one that holds for some seconds yet."""
        if (left := 30 - time.time() % 30) < SECONDS_TO_TYPE:
            time.sleep(left)
        secret = b32decode(self.accounts[username]["secret"])
        digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
        at = digest[-1] & 15
        return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"

    def ask(self, question: str, *values):
        """The first row that the database answers, past the wall."""
        with psycopg.connect(self.conninfo) as superuser:
            return superuser.execute(question, values).fetchone()

    def alone(self, name: str) -> fasteners.InterProcessLock:
        return fasteners.InterProcessLock(self.folder / f"{name}.lock")


def join(server, folder: Path) -> Site:
    """The site of this run; the first worker of the run makes it."""
    told = folder / "site.json"
    with fasteners.InterProcessLock(folder / "site.lock"):
        known = json.loads(told.read_text()) if told.exists() else _start(server, folder)
        known["workers"] += 1
        told.write_text(json.dumps(known))
    return Site(folder, known["address"], known["accounts"], known["ids"], server.conninfo(known["database"]))


def leave(server, folder: Path) -> None:
    """The last worker of the run ends it."""
    told = folder / "site.json"
    with fasteners.InterProcessLock(folder / "site.lock"):
        known = json.loads(told.read_text())
        known["workers"] -= 1
        told.write_text(json.dumps(known))
        if known["workers"]:
            return
        _end(server, known)
        for left in folder.glob("*.json"):
            left.unlink()


def _start(server, folder: Path) -> dict:
    database, port = f"aanchal_site_{os.getpid()}", free_port()
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as superuser:
        superuser.execute(f'CREATE DATABASE "{database}" TEMPLATE {TEMPLATE} OWNER aanchal_owner STRATEGY FILE_COPY')
    environment = os.environ | {"AANCHAL_DATABASE": database, "BIND": f"127.0.0.1:{port}", "AANCHAL_DEMO": "1", "LOG_LEVEL": "WARNING"}
    with (folder / "serve.log").open("w") as log:
        command = [sys.executable, "-m", "aanchal", "serve", "--no-worker"]
        serving = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    _serving[serving.pid] = serving
    known = {"address": f"http://127.0.0.1:{port}", "database": database, "pid": serving.pid, "workers": 0}
    try:
        until(lambda: status_of(f"{known['address']}/accounts/login/") == 200, "the site serves")
        fill = [sys.executable, "-m", "tests.browser.pilot_part", str(port)]
        filled = subprocess.run(fill, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False)
        assert filled.returncode == 0, filled.stderr[-3000:]
    except BaseException:
        _end(server, known)
        raise
    return known | json.loads(filled.stdout)


def _end(server, known: dict) -> None:
    os.kill(known["pid"], signal.SIGTERM)
    until(lambda: status_of(f"{known['address']}/accounts/login/") is None, "the site stops")
    if known["pid"] in _serving:
        _serving.pop(known["pid"]).wait(60)
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as superuser:
        superuser.execute(f'DROP DATABASE IF EXISTS "{known["database"]}" WITH (FORCE)')
