"""A directory of 50,000 rows with 2 % bad ones: sent, checked, written, taken back; rows a second, memory, seconds to take it back.

Its floor in the same run: the same rows by one COPY of text into a table without a wall or an index.
"""

import csv
import io
import json as codec
import os
import resource
import sys
import tempfile
import time
from datetime import timedelta
from random import Random

import psycopg

ROWS = 50_000
BAD = 50
"""One row in so many: 2 %."""
SEED = 20260401
KINDS = ("SHG", "SHG", "SHG", "SHG", "VO", "CRP", "YOUTH", "POLICE")
COLUMNS = ("key", "kind", "name", "place_level", "place_code", "parent_key", "size", "registration_no", "address", "phone", "email")
COLUMNS += ("public",)
NAMES = ("Ujala", "Asha", "Jagriti", "Sneha", "Pragati", "Durga", "Saraswati", "Phulwari", "Roshni", "Kiran", "Chandni", "Himmat")
GIGABYTE = 1024 * 1024


def main(json: bool) -> int:
    """Prints the figures; with `json` the last line is one JSON object."""
    with tempfile.TemporaryDirectory(prefix="aanchal-bench-") as folder:
        os.environ |= {"AANCHAL_HOME": folder, "DJANGO_SETTINGS_MODULE": "aanchal.config.settings"}
        os.chmod(folder, 0o711)
        figures = _measure()
    if json:
        print(codec.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:>22} {figure}")
    return 0 if figures["refused"] == ROWS // BAD and not figures["left_after_undo"] else 1


def _measure() -> dict:
    from aanchal.config import cli

    server = cli.ready()
    try:
        user, state, villages = _people_and_places()
        content = table(ROWS, villages)
        figures = _imported(user, state, content)
        figures |= _taken_back(user, figures.pop("file"))
        figures["peak_gb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIGABYTE, 3)
        with psycopg.connect(server.conninfo("aanchal"), autocommit=True) as superuser:
            figures["floor_rows_per_second"] = round(ROWS / _copied(superuser, content))
    finally:
        server.stop()
    return figures


def _people_and_places() -> tuple:
    from django.utils import timezone

    from aanchal.access import actions
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.places.models import Place
    from aanchal.places.queries import nation
    from bench import updating

    with acting(SYSTEM):
        state, villages = updating._tree(nation())
        for nth, village in enumerate(villages):
            village.lgd_code = 9_000_000 + nth
        Place.objects.bulk_update(villages, ["lgd_code"], batch_size=1_000)
        user = actions.create_user(username="sender", name="Sender", password=None, at=timezone.now(), by=SYSTEM)
        actions.post(user=user, role="programme_officer", place=state, since=timezone.now().date() - timedelta(days=1), by=SYSTEM)
    return user, state, villages


def table(rows: int, villages) -> bytes:
    """Groups with their VO, workers, offices. Every fiftieth row is bad: no place, no kind, a bad phone, a parent that is not there."""
    rng, text = Random(SEED), io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    last_vo = ""
    for nth in range(rows):
        kind = "VO" if nth == 0 else rng.choice(KINDS)
        village = rng.choice(villages).lgd_code
        phone, parent = f"98{rng.randrange(10**8):08d}", last_vo if kind == "SHG" else ""
        if nth % BAD == BAD - 1:
            kind, village, phone, parent = rng.choice(
                [("SHGX", village, phone, ""), ("SHG", 1, phone, ""), ("SHG", village, "call me", ""), ("SHG", village, phone, "nobody")]
            )
        name = f"{rng.choice(NAMES)} {rng.choice(NAMES)} {nth}"
        writer.writerow((f"k{nth}", kind, name, "VILLAGE", village, parent, rng.randrange(8, 20), "", "Panchayat road", phone, "", "no"))
        if kind == "VO" and nth % BAD != BAD - 1:
            last_vo = f"k{nth}"
    return text.getvalue().encode()


def _imported(user, state, content: bytes) -> dict:
    from django.utils import timezone

    from aanchal.access.acting import acting
    from aanchal.config import stakeholder_import
    from aanchal.network import importing

    began = time.perf_counter()
    file = stakeholder_import.checked(content, "directory.csv", place=state, by=user)
    checked = time.perf_counter()
    with acting(user):
        file = importing.write(file=file, at=timezone.now(), by=user)
    done = time.perf_counter()
    print(f"counts: {file.counts}", file=sys.stderr)
    return {
        "file": file, "rows": file.rows, "made": file.counts["MAKE"], "refused": file.counts["REFUSED"],
        "rows_per_second": round(file.rows / (done - began)), "check_s": round(checked - began, 2), "write_s": round(done - checked, 2),
    }  # fmt: skip


def _taken_back(user, file) -> dict:
    from django.utils import timezone

    from aanchal.access.acting import acting
    from aanchal.network import importing
    from aanchal.network.models import Stakeholder

    began = time.perf_counter()
    with acting(user):
        importing.take_back(file=file, at=timezone.now(), by=user)
    seconds = time.perf_counter() - began
    with acting(user):
        left = Stakeholder.objects.filter(standing="LIVE").count()
    return {"undo_s": round(seconds, 2), "left_after_undo": left}


def _copied(superuser, content: bytes) -> float:
    superuser.execute(f"CREATE TEMP TABLE floor ({', '.join(f'{column} text' for column in COLUMNS)})")
    began = time.perf_counter()
    with superuser.cursor() as cursor, cursor.copy("COPY floor FROM STDIN (FORMAT csv, HEADER)") as copy:
        copy.write(content)
    return time.perf_counter() - began
