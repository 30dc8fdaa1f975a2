"""The trail: every change and every reading of an identity, written in the transaction that did it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import orjson
from django.db import connection, transaction

from aanchal.core import rows

_pending: ContextVar[list[dict] | None] = ContextVar("trail", default=None)


class NobodyActing(Exception):
    """Something wrote to the trail outside `access.acting`: the database would not know who did it."""


def write(verb: str, *, about, place_no: int | None = None, **detail) -> None:
    """Note that the acting person did `verb` to the record `about`. Never put a name in `detail`: ids, codes and counts only."""
    lines = _pending.get()
    if lines is None:
        raise NobodyActing(verb)
    place_no = getattr(about, "place_no", None) if place_no is None else place_no
    lines.append({"verb": verb, "about": about._meta.label, "about_id": str(about.pk), "place_no": place_no, "detail": detail})


@contextmanager
def savepoint() -> Iterator[None]:
    """As `transaction.atomic()` inside an action: of what fails nothing is written and nothing noted."""
    lines = _pending.get()
    before = len(lines) if lines is not None else 0
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if lines is not None:
            del lines[before:]
        raise


def begin():
    return _pending.set([])


def end(token, *, keep: bool) -> None:
    """Send the collected lines to the database in one call, with the rows that wait, before the transaction commits."""
    lines = _pending.get()
    _pending.reset(token)
    if keep and lines:
        rows.write_gathered("SELECT trail_append(%s::jsonb)", orjson.dumps(lines, default=str).decode())
    elif keep:
        rows.write_gathered()


def faults(anchors: list[dict] = ()) -> list[tuple[int, int, str]]:
    """(shard, seq, what) of every broken link; `anchors` are heads kept outside the database. Runs as the owner or system."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shard, seq, fault FROM trail_faults(%s::jsonb) ORDER BY 1, 2", [json.dumps(list(anchors))])
        return cursor.fetchall()


def heads() -> list[dict]:
    """The last link of each shard, to be kept outside the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shard, seq, encode(mac, 'hex') FROM core_trailhead ORDER BY shard")
        return [{"shard": shard, "seq": seq, "mac": mac} for shard, seq, mac in cursor.fetchall()]
