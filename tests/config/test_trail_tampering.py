"""Somebody with every right in the database changes the trail: each way is found (shared trust.md, figure 6)."""

import psycopg
import pytest
from django.db import connections

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import trail
from aanchal.places import queries

LINES = 30
AS_SUPERUSER = "ALTER TABLE core_trail DISABLE TRIGGER ALL"
COPY_OF = "SELECT shard, {seq}, at, actor, verb, about, about_id, place_no, detail, mac FROM core_trail"

ALTERED = {
    "what was done": "UPDATE core_trail SET verb = 'other' WHERE seq = 5",
    "who did it": "UPDATE core_trail SET actor = gen_random_uuid() WHERE seq = 5",
    "when": "UPDATE core_trail SET at = at - interval '1 day' WHERE seq = 5",
    "to which record": "UPDATE core_trail SET about_id = '0' WHERE seq = 5",
    "of which kind": "UPDATE core_trail SET about = 'access.User' WHERE seq = 5",
    "where": "UPDATE core_trail SET place_no = 7 WHERE seq = 5",
    "the detail": "UPDATE core_trail SET detail = '{}' WHERE seq = 5",
    "the seal": "UPDATE core_trail SET mac = sha256(mac) WHERE seq = 5",
    "the last line": "UPDATE core_trail SET verb = 'other' WHERE seq = (SELECT max(seq) FROM core_trail)",
    "the first line": "UPDATE core_trail SET verb = 'other' WHERE seq = 1",
}
TAKEN_AWAY = {
    "the first line": "DELETE FROM core_trail WHERE seq = 1",
    "a line between": "DELETE FROM core_trail WHERE seq = 5",
    "many lines": "DELETE FROM core_trail WHERE seq BETWEEN 5 AND 12",
    "the last line": "DELETE FROM core_trail WHERE seq = (SELECT max(seq) FROM core_trail)",
    "every line": "DELETE FROM core_trail",
}
MOVED = {
    "renumbered after a deletion": "DELETE FROM core_trail WHERE seq = 5; UPDATE core_trail SET seq = -seq WHERE seq > 5;"
    "UPDATE core_trail SET seq = -seq - 1 WHERE seq < 0",
    "given a number of its own": "UPDATE core_trail SET seq = 1000 WHERE seq = 5",
    "two lines swapped": "UPDATE core_trail SET seq = -seq WHERE seq IN (5, 6); UPDATE core_trail SET seq = 11 + seq WHERE seq < 0",
    "two records swapped": "UPDATE core_trail t SET about_id = o.about_id, verb = o.verb FROM core_trail o"
    " WHERE t.shard = o.shard AND (t.seq, o.seq) IN ((5, 6), (6, 5))",
    "put into another shard": "UPDATE core_trail SET shard = (SELECT min(s) FROM generate_series(0, 15) s"
    " WHERE s NOT IN (SELECT shard FROM core_trail)) WHERE shard = (SELECT min(shard) FROM core_trail)",
    "said twice": f"UPDATE core_trail SET seq = -seq WHERE seq > 5; UPDATE core_trail SET seq = 1 - seq WHERE seq < 0;"
    f"INSERT INTO core_trail {COPY_OF.format(seq='6')} WHERE seq = 5",
}
# With the key read out of the database the chain can be made whole again: only what is kept outside tells.
CHAINED_AGAIN = """
    DO $$
    DECLARE line core_trail%ROWTYPE; before bytea; n bigint; one smallint;
    BEGIN
        FOR one IN SELECT DISTINCT shard FROM core_trail LOOP
            before := ''; n := 0;
            FOR line IN SELECT * FROM core_trail WHERE shard = one ORDER BY seq LOOP
                n := n + 1;
                before := keyed_hash('trail', before || trail_line(line.shard, n, line.at, line.actor, line.verb, line.about,
                    line.about_id, line.place_no, line.detail));
                UPDATE core_trail SET seq = n, mac = before WHERE shard = one AND seq = line.seq;
            END LOOP;
            UPDATE core_trailhead SET seq = n, mac = before WHERE shard = one;
        END LOOP;
    END $$
"""
HEADS_SET_BACK = """
    UPDATE core_trailhead h SET seq = t.seq, mac = t.mac FROM core_trail t
    WHERE t.shard = h.shard AND t.seq = (SELECT max(seq) FROM core_trail m WHERE m.shard = h.shard)
"""
ONLY_ANCHORS_TELL = {
    "the end cut off, the heads set back": f"DELETE FROM core_trail WHERE seq > 10; {HEADS_SET_BACK}",
    "everything gone, the heads too": "DELETE FROM core_trail; UPDATE core_trailhead SET seq = 0, mac = ''",
    "the heads' table emptied": "DELETE FROM core_trail; DELETE FROM core_trailhead",
    "a line altered, the chain made again": f"UPDATE core_trail SET verb = 'other' WHERE seq = 5; {CHAINED_AGAIN}",
    "a line taken away, the chain made again": f"DELETE FROM core_trail WHERE seq = 5; {CHAINED_AGAIN}",
}


@pytest.fixture(scope="module")
def written(own_database_of_module):
    """A trail of some lines in two shards, and its heads as they were kept outside."""
    for _ in range(2):
        for number in range(LINES):
            with acting(SYSTEM):
                trail.write("tests.line", about=queries.nation(), number=number)
        _as_another_backend()
    return trail.heads()


def _as_another_backend() -> None:
    """Another backend mostly writes to another shard."""
    connections["default"].close()


@pytest.fixture
def superuser(server, own_database_of_module, written):
    with psycopg.connect(server.conninfo(own_database_of_module)) as connection:
        connection.execute(AS_SUPERUSER)
        yield connection
        connection.rollback()


def faults(connection, heads) -> list[str]:
    found = connection.execute("SELECT fault FROM trail_faults(%s::jsonb)", [psycopg.types.json.Jsonb(heads)])
    return [fault for (fault,) in found.fetchall()]


def tamper(connection, statements: str) -> None:
    changed = connection.execute(statements).rowcount
    assert changed != 0, "the tampering itself did nothing"


@pytest.mark.parametrize("anchored", [False, True])
def test_it_finds_nothing_in_a_trail_left_alone(superuser, written, anchored):
    assert sum(head["seq"] for head in written) >= 2 * LINES
    assert faults(superuser, written if anchored else []) == []


@pytest.mark.parametrize("statements", ALTERED.values(), ids=ALTERED)
def test_it_finds_a_line_that_was_altered(superuser, statements):
    tamper(superuser, statements)
    assert "altered" in faults(superuser, [])


@pytest.mark.parametrize("statements", TAKEN_AWAY.values(), ids=TAKEN_AWAY)
def test_it_finds_that_lines_were_taken_away(superuser, statements):
    tamper(superuser, statements)
    assert faults(superuser, [])


@pytest.mark.parametrize("statements", MOVED.values(), ids=MOVED)
def test_it_finds_that_lines_were_moved(superuser, statements):
    tamper(superuser, statements)
    assert faults(superuser, [])


@pytest.mark.parametrize("statements", ONLY_ANCHORS_TELL.values(), ids=ONLY_ANCHORS_TELL)
def test_it_finds_by_its_anchors_what_the_database_alone_cannot_tell(superuser, written, statements):
    tamper(superuser, statements)
    assert faults(superuser, []) == []
    assert "differs from the anchor outside" in faults(superuser, written)


@pytest.mark.parametrize("statement", ["UPDATE core_trail SET verb = ''", "DELETE FROM core_trail", "TRUNCATE core_trail"])
@pytest.mark.parametrize("user", ["aanchal_app", "aanchal_owner"])
def test_it_lets_neither_the_application_nor_the_owner_change_a_line(server, own_database_of_module, written, statement, user):
    with (
        psycopg.connect(server.conninfo(own_database_of_module, user)) as connection,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)),
    ):
        connection.execute(statement)
