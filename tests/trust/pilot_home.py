"""An installation of its own with the demo's places and a phone in each village; and phones that send to it."""

import http.client
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

from aanchal.config.demo import show
from tests.config.live import ROOT, Home, end, free_port, migrated_home, status_of, until

PREPARE = """
import json
from aanchal.config import cli
server = cli.ready()
from django.utils import timezone
from aanchal.access.acting import SYSTEM, acting
from aanchal.config.demo import pilot
with acting(SYSTEM):
    pilot.load_places(by=SYSTEM)
    tokens = pilot.enrol_phones(at=timezone.now(), by=SYSTEM)
print(json.dumps(tokens))
server.stop()
"""


@contextmanager
def pilot_home():
    """(home, tokens by village code), its database server running."""
    with migrated_home() as home:
        yield home, prepare(home)


def prepare(home: Home) -> dict[int, str]:
    told = {**os.environ, "AANCHAL_HOME": str(home.folder), "DJANGO_SETTINGS_MODULE": "aanchal.config.settings"}
    done = subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=told, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return {int(code): token for code, token in json.loads(done.stdout.splitlines()[-1]).items()}


@contextmanager
def served(home: Home):
    """(process, port) of a running `serve` without worker."""
    port = free_port()
    process = home.start("serve", "--no-worker", BIND=f"127.0.0.1:{port}", WEB_PROCESSES="2")
    try:
        until(lambda: status_of(f"http://127.0.0.1:{port}/"), "the site answers")
        yield process, port
    finally:
        if process.poll() is None:
            end(process)


def village(code: int) -> SimpleNamespace:
    return SimpleNamespace(lgd_code=code)


def send(port: int, token: str, xml: bytes, files: dict[str, bytes] | None = None, *, hear: bool = True) -> http.client.HTTPResponse | None:
    """One POST; the answer, or None when the phone hangs up before it comes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        body = show._multipart(SimpleNamespace(xml=xml, attachments=files or {}))
        connection.request("POST", f"/d/{token}/submission", body, {"Content-Type": f"multipart/form-data; boundary={show.BOUNDARY}"})
        if not hear:
            return None
        answer = connection.getresponse()
        answer.body = answer.read()
        return answer
    finally:
        connection.close()
