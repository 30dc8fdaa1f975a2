"""Phones without a network: a thousand seeded runs of ten of them, eight clients at once, a morning of photos, the first sync."""

import http.client
import json as codec
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random
from uuid import uuid4

import psycopg

from bench import first_sync, submissions

RUNS = 1_000
PORT = 8765
PROCESSES = 2
INGEST = 800
PHONES, EACH = 10, 5
"""A morning: ten phones come into the network, each with five forms and their photos, all at once."""
NEVER = ("lost", "doubled", "out_of_scope", "unrecorded_conflicts")
ROOT = Path(__file__).resolve().parents[1]


def main(json: bool) -> int:
    """Prints the figures; with `json` the last line is one JSON object."""
    with tempfile.TemporaryDirectory(prefix="aanchal-bench-") as folder:
        os.environ |= {"AANCHAL_HOME": folder, "DJANGO_SETTINGS_MODULE": "bench.settings", "BIND": f"127.0.0.1:{PORT}"}
        os.chmod(folder, 0o711)
        figures = _measure()
    if json:
        print(codec.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:>22} {figure}")
    return 1 if any(figures[name] for name in (*NEVER, "morning_lost", "ingest_lost")) else 0


def _measure() -> dict:
    from aanchal.config import cli

    server = cli.ready()
    try:
        figures = simulated(RUNS)
        print(f"simulated: {figures}", file=sys.stderr)
        token = submissions._prepare(server)
        with submissions._Site(server, "aanchal", PORT) as site:
            figures |= _ingest(server, site, token)
            figures |= _morning(server, _tokens())
            print(f"ingest and morning: {figures}", file=sys.stderr)
            figures["first_sync_of_collect_s"] = first_sync.first_sync_s(PORT, token)
    finally:
        server.stop()
    return figures | {"first_sync_s": _of_our_app()}


def _of_our_app() -> float:
    """In a process of its own: it starts a site and a browser."""
    asked = "from bench import field_app; print(field_app.first_sync_s())"
    environment = {name: value for name, value in os.environ.items() if name not in ("AANCHAL_HOME", "DJANGO_SETTINGS_MODULE", "BIND")}
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def simulated(runs: int) -> dict:
    """The runs shared out to processes, each with a block of its own in the same database."""
    from bench import simulation

    simulation.district()
    parts = [range(n, runs, PROCESSES) for n in range(PROCESSES)]
    started = time.perf_counter()
    with ThreadPoolExecutor(PROCESSES) as pool:
        told = list(pool.map(lambda part: _process(parts.index(part) + 1, part), parts))
    total = {name: sum(one[name] for one in told) for name in told[0] if name != "why"}
    for line in chain.from_iterable(one["why"] for one in told):
        print(line, file=sys.stderr)
    return total | {"simulation_s": round(time.perf_counter() - started, 1)}


def _process(ordinal: int, seeds: range) -> dict:
    command = [sys.executable, "-m", "bench.simulate", str(ordinal), str(seeds.start), str(seeds.stop), str(seeds.step)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return codec.loads(done.stdout.splitlines()[-1])


def _ingest(server, site, token: str) -> dict:
    """As in `bench submissions`: eight clients, plain first surveys; each acknowledged one is counted in the database."""
    bodies = submissions._bodies()
    site.post(f"/d/{token}/submission", [next(bodies) for _ in range(100)])
    before = _count(server, "inbox_submission")
    told = site.post(f"/d/{token}/submission", [next(bodies) for _ in range(INGEST)])
    kept = _count(server, "inbox_submission") - before
    return {
        "ingest_per_second": round(INGEST / told["seconds"], 1),
        "ingest_p99_ms": round(statistics.quantiles(told["each"], n=100)[-1] * 1000, 1),
        "ingest_lost": INGEST - kept,
    }


def _tokens() -> list[str]:
    """A phone for each of ten workers of the demo's villages."""
    from django.utils import timezone

    from aanchal.access import actions
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config.demo import state
    from aanchal.places.models import Place
    from aanchal.places.terms import Level

    tokens = []
    with acting(SYSTEM):
        villages = list(Place.objects.filter(level=Level.VILLAGE, lgd_code__gte=state.FIRST_CODE).order_by("lgd_code")[:PHONES])
        for n, village in enumerate(villages):
            worker = actions.create_user(username=f"morning{n}", name="Bench", password=None, at=timezone.now(), by=SYSTEM)
            actions.post(user=worker, role="gender_crp", place=village, since=date(2020, 1, 1), by=SYSTEM)
            token = actions.enrol_device(user=worker, label="bench", at=timezone.now(), by=SYSTEM)[1]
            tokens.append(f"{token} {village.lgd_code}")
    return tokens


def _morning(server, tokens: list[str]) -> dict:
    photos = _photos(3)
    parcels = {token: [_parcel(int(token.split()[1]), photos) for _ in range(EACH)] for token in tokens}
    before = (_count(server, "inbox_submission"), _count(server, "inbox_attachment"))
    taken: list[float] = []
    wrong: list[int] = []
    bodies = [(token.split()[0], body) for token, bodies in parcels.items() for body in bodies]
    threads = [threading.Thread(target=_post, args=(token, body, taken, wrong)) for token, body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = len(threads)
    kept = (_count(server, "inbox_submission") - before[0], _count(server, "inbox_attachment") - before[1])
    return {
        "morning_p95_ms": round(statistics.quantiles(taken, n=20)[-1] * 1000),
        "morning_median_ms": round(statistics.median(taken) * 1000),
        "morning_kb_each": round(len(next(iter(parcels.values()))[0]) / 1000),
        "morning_lost": (sent - kept[0]) + (sent * len(photos) - kept[1]) + len(wrong),
    }


def _post(token: str, body: bytes, taken: list[float], wrong: list[int]) -> None:
    """Until it is acknowledged; a server that says “later” is asked again, and the waiting counts."""
    began = time.perf_counter()
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        headers = {"Content-Type": f"multipart/form-data; boundary={submissions.BOUNDARY}"}
        connection.request("POST", f"/d/{token}/submission", body, headers)
        status = connection.getresponse().status
        connection.close()
        if status != 503:
            break
        time.sleep(0.2)
    taken.append(time.perf_counter() - began)
    if status not in (201, 202):
        wrong.append(status)


def _parcel(village: int, photos: list[bytes]) -> bytes:
    from bench.phones import DOMAINS, Family, a_guardian, filled, survey

    rng = Random(uuid4().int)
    values = {name: rng.choice(domain) for name, domain in DOMAINS.items()}
    family = Family(uuid4(), village, uuid4(), uuid4(), a_guardian(), values)
    xml = filled("household_survey", survey(family), f"uuid:{uuid4()}", date.today())
    head = f'--{submissions.BOUNDARY}\r\nContent-Disposition: form-data; name="{{0}}"; filename="{{1}}"\r\nContent-Type: {{2}}\r\n\r\n'
    parts = [head.format("xml_submission_file", "a.xml", "text/xml").encode() + xml]
    parts += [head.format(f"p{n}.jpg", f"p{n}.jpg", "image/jpeg").encode() + photo for n, photo in enumerate(photos)]
    return b"\r\n".join(parts) + f"\r\n--{submissions.BOUNDARY}--\r\n".encode()


def _photos(count: int) -> list[bytes]:
    """Photos as the app sends them: 1,280 pixels, about 250 KB."""
    import io

    from PIL import Image

    made = []
    for n in range(count):
        noise = Image.frombytes("RGB", (320, 240), Random(n).randbytes(320 * 240 * 3)).resize((1280, 960))
        out = io.BytesIO()
        noise.save(out, "JPEG", quality=75)
        made.append(out.getvalue())
    return made


def _count(server, table: str) -> int:
    with psycopg.connect(server.conninfo("aanchal")) as superuser:
        return superuser.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
