"""How many filled forms a second the server keeps, validates and applies, beside the same server doing one plain INSERT per request."""

import http.client
import json as codec
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random

import psutil
import psycopg

CLIENTS = 8
POSTS = 200
TURNS = 24
SMALL, LARGE = 1_000, 100_000
SMALLER, LARGER = "aanchal", "aanchal_larger"
BOUNDARY = "aanchal-bench"
ROOT = Path(__file__).resolve().parents[1]


def main(json: bool) -> None:
    """Prints the figures; with `json` the last line is one JSON object."""
    with tempfile.TemporaryDirectory(prefix="aanchal-bench-") as folder:
        os.environ |= {"AANCHAL_HOME": folder, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        os.chmod(folder, 0o711)
        figures = _measure()
    if json:
        print(codec.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:>18} {figure}")


def _measure() -> dict:
    from django.db import connections

    from aanchal.config import cli

    server = cli.ready()
    try:
        token = _prepare(server)
        connections.close_all()  # a database somebody is connected to cannot be copied
        with psycopg.connect(server.conninfo("postgres"), autocommit=True) as superuser:
            superuser.execute(f"CREATE DATABASE {LARGER} TEMPLATE aanchal OWNER aanchal_owner")
        for database, households in ((SMALLER, SMALL), (LARGER, LARGE)):
            _fill(server, database, households)
        small, plain, large = _turns(server, token, iter(_bodies()))
    finally:
        server.stop()
    return {
        "per_second": round(small["per_second"], 1),
        "cpu_ms": round(small["cpu_ms"], 2),
        "p99_ms": round(small["p99_ms"], 1),
        "vs_insert": round(small["per_second"] / plain["per_second"], 3),
        "growth": round(large["cpu_ms"] / small["cpu_ms"], 3),
        "per_second_100k": round(large["per_second"], 1),
        "cpu_ms_100k": round(large["cpu_ms"], 2),
        "plain_per_second": round(plain["per_second"], 1),
        "plain_cpu_ms": round(plain["cpu_ms"], 2),
    }


def _turns(server, token: str, bodies) -> list[dict]:
    """Ours at 1,000 households, the plain one, ours at 100,000: in short turns, so that what else the machine does falls on all alike."""
    found: list[list[dict]] = [[], [], []]
    with _Site(server, SMALLER, 8765) as small, _Site(server, LARGER, 8766) as large:
        addresses = ((small, f"/d/{token}/submission"), (small, f"/plain/{token}"), (large, f"/d/{token}/submission"))
        for site, address in addresses:
            site.post(address, [next(bodies) for _ in range(200)])
        for _turn in range(TURNS):
            for runs, (site, address) in zip(found, addresses, strict=True):
                runs.append(site.post(address, [next(bodies) for _ in range(POSTS)]))
    return [_together(runs) for runs in found]


def _together(runs: list[dict]) -> dict:
    each = sorted(chain.from_iterable(run["each"] for run in runs))
    return {
        "per_second": len(each) / sum(run["seconds"] for run in runs),
        "cpu_ms": sum(run["cpu"] for run in runs) / len(each) * 1000,
        "p99_ms": each[int(len(each) * 0.99)] * 1000,
    }


class _Site:
    """The web server as `aanchal serve` runs it, and eight phones that each keep a connection."""

    def __init__(self, server, database: str, port: int):
        self.server, self.database, self.port = server, database, port

    def __enter__(self):
        told = os.environ | {"AANCHAL_DATABASE": self.database, "BIND": f"127.0.0.1:{self.port}"}
        self.process = subprocess.Popen([sys.executable, "-m", "bench.web"], cwd=ROOT, env=told)
        for _attempt in range(100):
            try:
                http.client.HTTPConnection("127.0.0.1", self.port, timeout=2).connect()
                return self
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("the site did not start")

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait(30)

    def post(self, path: str, bodies: list[bytes]) -> dict:
        taken: list[list[float]] = [[] for _ in range(CLIENTS)]
        wrong: list[int] = []
        clients = [threading.Thread(target=self._client, args=(path, bodies[n::CLIENTS], taken[n], wrong)) for n in range(CLIENTS)]
        before, began = self._cpu(), time.perf_counter()
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        seconds, cpu = time.perf_counter() - began, self._cpu() - before
        if wrong:
            raise RuntimeError(f"answers other than 201: {wrong[:5]}")
        return {"seconds": seconds, "cpu": cpu, "each": list(chain.from_iterable(taken))}

    def _client(self, path: str, bodies: list[bytes], taken: list[float], wrong: list[int]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        for body in bodies:
            began = time.perf_counter()
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            response.read()
            taken.append(time.perf_counter() - began)
            if response.status != 201:
                wrong.append(response.status)

    def _cpu(self) -> float:
        """CPU seconds of the web processes and of PostgreSQL: what serving costs, whoever pays."""
        postmaster = psutil.Process(int((self.server.data / "postmaster.pid").read_text().split()[0]))
        web = psutil.Process(self.process.pid)
        every = [web, *web.children(recursive=True), postmaster, *postmaster.children(recursive=True)]
        return sum(sum(process.cpu_times()[:2]) for process in every if process.is_running())


def _prepare(server) -> str:
    from django.utils import timezone

    from aanchal.access import actions
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config.demo import state
    from aanchal.config.demo.pilot import load_places
    from aanchal.places.models import Place

    with acting(SYSTEM):
        load_places(by=SYSTEM)
        place = Place.objects.get(lgd_code=state.PLACES[0].code)
        worker = actions.create_user(username="bench", name="Bench", password="neem-tree-by-the-well", at=timezone.now(), by=SYSTEM)
        actions.post(user=worker, role="gender_crp", place=place, since=date(2020, 1, 1), by=SYSTEM)
        _device, token = actions.enrol_device(user=worker, label="bench", at=timezone.now(), by=SYSTEM)
    with psycopg.connect(server.conninfo("aanchal"), autocommit=True) as superuser:
        superuser.execute("CREATE TABLE bench_plain (id uuid PRIMARY KEY, body bytea)")
        superuser.execute("GRANT INSERT ON bench_plain TO aanchal_app")
    return token


def _bodies():
    """Household surveys of as many synthetic families as are asked for, as multipart bodies."""
    from aanchal.config.demo import people, post, surveys

    for seed in range(1, 100):
        rng = Random(seed)
        for household in people.households(seed, date(2026, 11, 1)):
            if household.consent:
                yield _multipart(post.sent(rng, surveys.survey(rng, household)).xml)


def _multipart(xml: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\nContent-Type: text/xml\r\n\r\n'
    return head.encode() + xml + f"\r\n--{BOUNDARY}--\r\n".encode()


def _fill(server, database: str, households: int) -> None:
    """Bring a database to this many households by copying, as its superuser: rows like those a submission leaves."""
    with psycopg.connect(server.conninfo(database), autocommit=True) as superuser:
        have = superuser.execute("SELECT count(*) FROM people_household").fetchone()[0]
        superuser.execute((ROOT / "bench" / "fill.sql").read_text().replace(":wanted", str(max(0, households - have))))
        superuser.execute("VACUUM ANALYZE")
