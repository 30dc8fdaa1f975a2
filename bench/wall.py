"""What the wall costs at a million households: by primary key, and when a filter was forgotten, beside the superuser who stands past it."""

import json as codec
import os
import statistics
import tempfile
import time
from datetime import date

import psycopg

HOUSEHOLDS = 1_000_000
IN_STATE = 10_000
LOOKUPS = 2_000
BY_KEY = "SELECT * FROM people_household WHERE id = %s"
FORGOTTEN = "SELECT count(*) FROM people_household"
FILL = """
    CREATE TEMP TABLE village AS SELECT id, place_no, row_number() OVER (ORDER BY id) - 1 AS n FROM places_place WHERE level = 'VILLAGE';
    INSERT INTO people_household (id, code, place_id, place_no, hamlet, social_category, house_type, land_class, visited_on, recorded_at)
    SELECT uuidv7(), lpad(to_hex(g), 6, '0'), v.id, CASE WHEN g <= %(inside)s THEN v.place_no ELSE 9000000000000000000 + g END,
        '', 'OBC', '', '', current_date, now()
    FROM generate_series(1, %(all)s) g JOIN village v ON v.n = g %% (SELECT count(*) FROM village);
"""


def main(json: bool) -> None:
    """Prints the figures; with `json` the last line is one JSON object."""
    with tempfile.TemporaryDirectory(prefix="aanchal-bench-") as folder:
        os.environ |= {"AANCHAL_HOME": folder, "DJANGO_SETTINGS_MODULE": "aanchal.config.settings"}
        os.chmod(folder, 0o711)
        figures = _measure()
    if json:
        print(codec.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:>24} {figure}")


def _measure() -> dict:
    from aanchal.config import cli

    server = cli.ready()
    try:
        village, state = _prepare()
        ids = _fill(server)
        with psycopg.connect(server.conninfo("aanchal")) as past:
            bare = _median_ms(lambda pk: past.execute(BY_KEY, [pk]).fetchall(), ids)
            scan = _once_ms(lambda: past.execute(FORGOTTEN).fetchone())
        walled = _by_key(village, ids)
        return {
            "by_key_ms": round(walled, 3),
            "by_key_past_ms": round(bare, 3),
            "wall_ms": round(walled - bare, 3),
            "forgotten_village_ms": round(_forgotten(village), 2),
            "forgotten_state_ms": round(_forgotten(state), 2),
            "forgotten_past_ms": round(scan, 2),
        }
    finally:
        server.stop()


def _prepare() -> tuple:
    """Two users: one of a village, one of its State."""
    from django.utils import timezone

    from aanchal.access import actions
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config.demo import state
    from aanchal.config.demo.pilot import load_places
    from aanchal.places.models import Place

    users = []
    with acting(SYSTEM):
        load_places(by=SYSTEM)
        village = Place.objects.filter(level="VILLAGE", lgd_code__gte=state.FIRST_CODE).first()
        for name, place in (("village", village), ("state", village.state)):
            user = actions.create_user(username=name, name=name, password=None, at=timezone.now(), by=SYSTEM)
            actions.post(user=user, role="gender_crp", place=place, since=date(2020, 1, 1), by=SYSTEM)
            users.append(user)
    return tuple(users)


def _fill(server) -> list:
    with psycopg.connect(server.conninfo("aanchal"), autocommit=True, cursor_factory=psycopg.ClientCursor) as superuser:
        superuser.execute(FILL, {"inside": IN_STATE, "all": HOUSEHOLDS})
        superuser.execute("VACUUM ANALYZE people_household")
        return [pk for (pk,) in superuser.execute("SELECT id FROM people_household ORDER BY random() LIMIT %s", [LOOKUPS])]


def _by_key(user, ids: list) -> float:
    """As the application does it: the server's own prepared statement, inside `acting`. Whether the row is in scope costs the same."""
    from django.db import connection

    from aanchal.access.acting import acting

    with acting(user):
        return _median_ms(lambda pk: connection.connection.execute(BY_KEY, [pk]).fetchall(), ids)


def _forgotten(user) -> float:
    from django.db import connection

    from aanchal.access.acting import acting

    with acting(user):
        return _once_ms(lambda: connection.connection.execute(FORGOTTEN).fetchone())


def _median_ms(look, ids: list) -> float:
    taken = []
    for pk in ids:
        began = time.perf_counter()
        look(pk)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def _once_ms(ask) -> float:
    """The second time: what is measured is the plan, not the disk."""
    ask()
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000
