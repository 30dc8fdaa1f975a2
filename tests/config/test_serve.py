"""`aanchal serve`: from an empty folder to an answering site; down again with everything it started."""

import os
import signal

import psycopg
import pytest

from tests.config.live import PATIENCE, end, free_port, kill, own_home, status_of, until

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def home():
    with own_home() as home:
        home.environment["WEB_PROCESSES"] = "1"
        yield home


@pytest.fixture
def site(home):
    """A running `serve` and its address; ended afterwards if the test has not."""
    bind = f"127.0.0.1:{free_port()}"
    with home.start("serve", BIND=bind) as process:
        try:
            until(lambda: status_of(f"http://{bind}/"), "the site answers", patience=PATIENCE * 2)  # it makes its database first
            yield process, f"http://{bind}/"
        finally:
            if process.poll() is None:
                end(process)


def children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as found:
        return [int(child) for child in found.read().split()]


def workers(home) -> int:
    with psycopg.connect(home.server.conninfo("aanchal")) as connection:
        return connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()[0]


def alive(pid: int) -> bool:
    return os.path.exists(f"/proc/{pid}")


def test_it_serves_with_a_worker_that_it_starts_again_and_stops_all_it_started(home, site):
    process, address = site
    until(lambda: workers(home) == 2, "the worker and the matching engine are at work")
    web, worker, engine = children(process.pid)
    kill(worker)
    until(lambda: len(children(process.pid)) == 3 and worker not in children(process.pid), "another worker runs")
    started = children(process.pid)
    assert {web, engine} < set(started)
    code, said = end(process)
    assert code == 0
    assert address in said
    assert status_of(address) is None
    assert not any(alive(pid) for pid in started)
    assert not home.server.answers()


def test_it_says_when_its_address_is_taken_and_leaves_the_database_to_who_uses_it(home, site):
    process, address = site
    said = home.run("serve", "--no-worker", BIND=bind_of(address), code=1)
    assert "the site ended" in said
    assert status_of(address)
    other = home.server.start()
    assert end(process, signal.SIGINT)[0] == 0
    assert other.answers()
    other.stop()
    assert not other.answers()


def test_it_takes_its_children_along_when_it_is_killed_and_comes_up_again_even_without_its_database(home, site):
    process, address = site
    started = children(process.pid)
    process.kill()
    process.wait()
    until(lambda: not any(alive(pid) for pid in started), "its children are gone")
    assert status_of(address) is None
    kill(home.postmaster())
    again = home.start("serve", "--no-worker", BIND=bind_of(address))
    until(lambda: status_of(address), "the site answers again")
    assert end(again)[0] == 0


def bind_of(address: str) -> str:
    return address.removeprefix("http://").strip("/")
