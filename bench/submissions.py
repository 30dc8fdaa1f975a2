"""How many filled forms a second the server keeps, validates and applies, beside the same server doing one plain INSERT per request."""

import http.client
import json as codec
import os
import statistics
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
POSTS = 1_600
REPEATS = 3
SMALL, LARGE = 1_000, 100_000
BOUNDARY = "aanchal-bench"
ROOT = Path(__file__).resolve().parents[1]


def main(json: bool) -> None:
    """Prints the figures; with `json` the last line is one JSON object."""
    with tempfile.TemporaryDirectory(prefix="aanchal-bench-") as folder:
        os.environ |= {"AANCHAL_HOME": folder, "DJANGO_SETTINGS_MODULE": "bench.settings", "BIND": "127.0.0.1:8765"}
        os.chmod(folder, 0o711)
        figures = _measure()
    if json:
        print(codec.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:>18} {figure}")


def _measure() -> dict:
    from aanchal.config import cli

    server = cli.ready()
    try:
        token = _prepare(server)
        bodies = iter(_bodies())
        _fill(server, SMALL)
        small, plain = _runs(server, token, bodies, beside_plain=True)
        print(f"{SMALL:,} households: {small}; plain INSERT: {plain}", file=sys.stderr)
        _fill(server, LARGE)
        large, _none = _runs(server, token, bodies, beside_plain=False)
    finally:
        server.stop()
    print(f"{LARGE:,} households: {large}", file=sys.stderr)
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


def _runs(server, token: str, bodies, *, beside_plain: bool) -> tuple[dict, dict | None]:
    """Ours and the plain one in turns on the same processes; the median of the repeats."""
    with _Site(server) as site:
        site.post(f"/d/{token}/submission", [next(bodies) for _ in range(200)])
        ours, plain = [], []
        for _repeat in range(REPEATS):
            mine = [next(bodies) for _ in range(POSTS)]
            if beside_plain:
                plain.append(site.post(f"/plain/{token}", mine))
            ours.append(site.post(f"/d/{token}/submission", mine))
    return _median(ours), _median(plain) if plain else None


def _median(runs: list[dict]) -> dict:
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


class _Site:
    """The web server as `aanchal serve` runs it, and eight phones that each keep a connection."""

    def __init__(self, server):
        self.server = server

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, "-m", "bench.web"], cwd=ROOT)
        for _attempt in range(100):
            try:
                http.client.HTTPConnection("127.0.0.1", 8765, timeout=2).connect()
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
        each = sorted(chain.from_iterable(taken))
        return {"per_second": len(bodies) / seconds, "cpu_ms": cpu / len(bodies) * 1000, "p99_ms": each[int(len(each) * 0.99)] * 1000}

    def _client(self, path: str, bodies: list[bytes], taken: list[float], wrong: list[int]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", 8765, timeout=60)
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


def _fill(server, households: int) -> None:
    """Bring the database to this many households by copying, as its superuser: rows like those a submission leaves."""
    with psycopg.connect(server.conninfo("aanchal"), autocommit=True) as superuser:
        have = superuser.execute("SELECT count(*) FROM people_household").fetchone()[0]
        superuser.execute((ROOT / "bench" / "fill.sql").read_text().replace(":wanted", str(max(0, households - have))))
        superuser.execute("VACUUM ANALYZE")
