"""Tells the database who is acting. Every read and write of a person's record happens inside `acting(user)`."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

from aanchal.access import policy
from aanchal.core import keys, trail
from aanchal.core.rows import gathered

TOKEN_SECONDS = 60


class System:
    """The installation itself: the command line and the clock's work. Acts everywhere, and the trail says so by naming nobody."""

    pk = None
    is_authenticated = True
    is_active = True

    def __str__(self):
        return "system"


SYSTEM = System()


@contextmanager
def acting(user, *, gather: bool = False) -> Iterator[None]:
    """One transaction in which the database knows the acting person; the trail is written as its last statement.

    Nested, it is a savepoint that acts as someone else and then gives the word back. With `gather`, new rows are written together at
    the end (`core.rows.gathered`).
    """
    with transaction.atomic():
        before = _current() if connection.savepoint_ids else None
        collected = trail.begin()
        keep = False
        with gathered() if gather else nullcontext():
            try:
                _open(user)
                yield
                keep = True
            finally:
                trail.end(collected, keep=keep)
        if before is not None:
            _give_back(before)


def _open(user) -> None:
    actor = str(user.pk) if getattr(user, "is_authenticated", False) and user.pk else ""
    system = user is SYSTEM
    expires = int(time.time()) + TOKEN_SECONDS
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    mac = keys.keyed_hash("acting", actor, "t" if system else "f", expires, pid)
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_open(%s::uuid, %s, %s, %s)", [actor or None, system, expires, mac])
        if actor:
            user._scopes = policy.scopes_told(json.loads(cursor.fetchone()[0]))


def _current() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('aanchal.acting', true), '')")
        return cursor.fetchone()[0]


def _give_back(told: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('aanchal.acting', %s, true)", [told])
