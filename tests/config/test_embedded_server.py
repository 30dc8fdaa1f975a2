"""The embedded PostgreSQL: starts by itself, survives kill -9, and is stopped by the last program that used it."""

import psycopg
import pytest

from aanchal.config.postgres import Server
from tests.config.live import kill, own_home

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def home():
    with own_home() as home:
        home.server.start().stop()
        yield home


def test_it_stops_with_the_last_program_that_holds_it(home):
    one, other = home.server.start(), home.server.start()
    one.stop()
    assert other.answers()
    other.stop()
    assert not other.answers()


def test_it_starts_again_after_its_postmaster_was_killed_and_has_lost_nothing(home):
    server = home.server.start()
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) n")
    kill(home.postmaster())
    assert not server.answers()
    with psycopg.connect(Server(home.folder).start().conninfo("postgres")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
    server.stop()


def test_it_keeps_its_promises_about_what_is_on_the_disk(home):
    server = home.server.start()
    with psycopg.connect(server.conninfo("postgres")) as connection:
        told = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in ("fsync", "synchronous_commit", "data_checksums")}
    server.stop()
    assert told == {"fsync": "on", "synchronous_commit": "on", "data_checksums": "on"}


def test_it_begins_again_when_making_the_data_directory_was_cut_short():
    with own_home() as home:
        draft = home.server.folder / "draft"
        draft.mkdir(parents=True)
        (draft / "PG_VERSION").write_text("18")
        server = home.server.start()
        assert server.answers()
        server.stop()


def test_it_lets_no_other_user_into_its_folders(home):
    for folder in (home.server.folder, home.server.data, home.server.socket):
        assert folder.stat().st_mode & 0o077 == 0


def test_it_listens_on_no_network(home):
    server = home.server.start()
    with psycopg.connect(server.conninfo("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    server.stop()
