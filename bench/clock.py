"""The due-work pass over a million open journeys: nothing due, all of them due at once, all their alerts climbing."""

import json as codec
import os
import resource
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import psycopg

from bench import updating

JOURNEYS = 1_000_000
IDLE_PASSES = 5
FILL = Path(__file__).with_name("fill_journeys.sql")


def main(*, json: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="aanchal-bench-") as folder:
        os.environ |= {"AANCHAL_HOME": folder, "DJANGO_SETTINGS_MODULE": "aanchal.config.settings"}
        os.chmod(folder, 0o711)
        figures = _measured()
    if not json:
        for name, figure in figures.items():
            print(f"{name:>20} {figure}")
    print(codec.dumps(figures))


def _measured() -> dict:
    from aanchal.config import cli

    server = cli.ready()
    try:
        villages = updating._places_and_people()[2]
        with psycopg.connect(server.conninfo("aanchal"), autocommit=True, cursor_factory=psycopg.ClientCursor) as superuser:
            _fill(superuser, villages)
        return _passes()
    finally:
        server.stop()


def _fill(superuser, villages) -> None:
    told = {"wanted": JOURNEYS, "low": villages[0].place_no, "high": villages[-1].place_no}
    statement = FILL.read_text()
    for name, value in told.items():
        statement = statement.replace(f":{name}", str(value))
    superuser.execute(statement)
    superuser.execute("VACUUM ANALYZE")
    superuser.execute("CHECKPOINT")


def _passes() -> dict:
    from django.db import connection
    from django.utils import timezone

    now = timezone.now()
    idle = [_whole_pass(now)[0] for _ in range(IDLE_PASSES)]
    full, done = _whole_pass(now + timedelta(days=31))
    assert done.missed == JOURNEYS, done
    idle.append(_whole_pass(now + timedelta(days=31))[0])
    climb, done = _whole_pass(now + timedelta(days=34))
    assert done.climbed == JOURNEYS, done
    backend = f"/proc/{connection.connection.info.backend_pid}/status"
    return {
        "full_pass_s": round(full, 1),
        "idle_pass_s": round(max(idle), 4),
        "idle_median_s": round(statistics.median(idle), 4),
        "climb_pass_s": round(climb, 1),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 3),
        "server_peak_gb": round(_kilobytes(backend, "VmHWM") / 1024**2, 3),
        "journeys": JOURNEYS,
    }


def _whole_pass(at) -> tuple:
    """Seconds of what the worker's jobs do one after another, each in its own transaction; and all of what was done."""
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.tracking import clock

    began, total = time.perf_counter(), [0, 0, 0, 0, 0]
    is_more = True
    while is_more:
        with acting(SYSTEM):
            done = clock.run(at=at, by=SYSTEM)
        total = [one + other for one, other in zip(total, (done.climbed, done.missed, done.passed, done.woken, done.told), strict=True)]
        is_more = done.is_more
    return time.perf_counter() - began, clock.Pass(*total)


def _kilobytes(path: str, name: str) -> int:
    line = next(line for line in Path(path).read_text().splitlines() if line.startswith(name))
    return int(line.split()[1])
