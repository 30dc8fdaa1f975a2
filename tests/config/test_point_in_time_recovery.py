"""The drill for a lost disk: changes are archived, sealed, while people work; of them a new data folder is made, up to any moment."""

import shutil

import psycopg
import pytest

from aanchal.config.archiving import after
from aanchal.config.postgres import Server
from tests.config.live import end, kill, migrated_home, own_home, until

pytestmark = pytest.mark.live

NAME = "Chandrakala Planted"


@pytest.fixture(scope="module")
def home():
    with migrated_home() as home:
        yield home


@pytest.fixture(scope="module")
def archive(home, tmp_path_factory):
    return tmp_path_factory.mktemp("archive") / "archive"


def write(home, *lines):
    """Acknowledged when it returns, as a form is; the moment after."""
    with psycopg.connect(home.server.conninfo("aanchal"), autocommit=True) as superuser:
        superuser.execute("CREATE TABLE IF NOT EXISTS written (n serial, line text)")
        for line in lines:
            superuser.execute("INSERT INTO written (line) VALUES (%s)", [line])
        return superuser.execute("SELECT clock_timestamp()").fetchone()[0]


def kept(archive):
    return {path.name for path in (archive / "log").glob("*.sealed")}


@pytest.fixture(scope="module")
def moment(home, archive):
    """Three keepers in turn: one is asked to end, one is killed, one only looks in. A line was written under each, and one under none."""
    keeper = home.start("backup", "keep", str(archive), "--every", "0.2")
    until(lambda: "a base and the log since" in keeper.said(), "it keeps")
    moment = write(home, "first", NAME)
    assert end(keeper)[0] == 0
    write(home, "nobody keeps")
    before = kept(archive)
    keeper = home.start("backup", "keep", str(archive), "--every", "0.2")
    until(lambda: kept(archive) - before, "it goes on where it ended")
    write(home, "killed")
    keeper.kill()
    keeper.wait()
    home.run("backup", "keep", str(archive), "--once")
    return moment


@pytest.fixture
def into():
    """A data folder that the server's own user can reach, as a socket's path must be short."""
    with own_home() as other:
        yield other.folder


def lines(into):
    server = Server(into).start()
    try:
        with psycopg.connect(server.conninfo("aanchal")) as connection:
            return [line for (line,) in connection.execute("SELECT line FROM written ORDER BY n")]
    finally:
        server.stop()


def test_every_acknowledged_line_is_there_again_and_the_program_works_on_it(home, archive, moment, into):
    said = home.run("backup", "recover", str(archive), "--into", str(into))
    assert "NOT" not in said
    assert lines(into) == ["first", NAME, "nobody keeps", "killed"]
    with psycopg.connect(home.server.conninfo("aanchal")) as connection:
        noted = connection.execute("SELECT count(*) FROM core_trail WHERE verb = 'backup.base_kept'").fetchone()
    assert noted == (len(list((archive / "bases").iterdir())),)
    shutil.copytree(home.folder / "secrets", into / "secrets", dirs_exist_ok=True)
    assert "The trail is whole" in home.run("trail", "verify", AANCHAL_HOME=str(into))


def test_a_mistake_is_undone_by_going_back_to_the_moment_before_it(home, archive, moment, into):
    home.run("backup", "recover", str(archive), "--into", str(into), "--until", moment.isoformat())
    assert lines(into) == ["first", NAME]


def test_what_is_kept_holds_no_name_in_the_clear_and_is_closed_to_others(archive, moment):
    files = [path for path in archive.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".sealed"}
    assert [path for path in files if NAME.encode() in path.read_bytes() or path.stat().st_mode & 0o077] == []


def refused(home, archive, into, *words):
    said = home.run("backup", "recover", str(archive), "--into", str(into), *words, code=1)
    assert not Server(into).is_made(), "nothing half recovered stays"
    return said


def test_an_altered_segment_is_refused_by_its_name(home, archive, moment, into, tmp_path):
    copy = shutil.copytree(archive, tmp_path / "copy")
    segment = max((copy / "log").iterdir())
    content = bytearray(segment.read_bytes())
    content[-100] ^= 1
    segment.write_bytes(content)
    assert f"{segment.name}: Piece" in refused(home, copy, into)


def test_a_missing_segment_is_named_and_what_came_before_it_is_saved(home, archive, moment, into, tmp_path):
    copy = shutil.copytree(archive, tmp_path / "copy")
    gone = max((copy / "log").iterdir())
    gone.rename(gone.with_name(f"{after(gone.stem)}.sealed"))
    said = home.run("backup", "recover", str(copy), "--into", str(into), code=1)
    assert f"NOT whole: the segment {gone.stem} is missing" in said
    assert lines(into)[:3] == ["first", NAME, "nobody keeps"]


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2020-01-01T00:00+05:30", "holds no archive from before then. It begins at"),
        ("2099-01-01T00:00+05:30", "Does the archive end before the moment asked for?"),
    ],
)
def test_a_moment_outside_the_archive_is_refused_with_the_way_out(home, archive, moment, into, until, told):
    assert told in refused(home, archive, into, "--until", until)


def test_a_time_without_its_zone_is_no_moment(home, archive):
    assert "needs its zone" in home.run("backup", "recover", str(archive), "--into", "x", "--until", "2026-01-01T10:00", code=2)


def test_a_database_that_is_there_is_never_touched(home, archive, moment):
    assert "already" in home.run("backup", "recover", str(archive), "--into", str(home.folder), code=1)
    assert len(lines(home.folder)) == 4


def test_an_archive_away_and_a_database_that_was_killed_are_said_and_nothing_is_lost(home, archive, moment, into):
    keeper = home.start("backup", "keep", str(archive), "--every", "0.2")
    until(lambda: "a base and the log since" in keeper.said(), "it keeps")
    log = (archive / "log").rename(archive / "away")
    until(lambda: "NOT archived" in keeper.said(), "it says so")
    (archive / "away").rename(log.with_name("log"))
    kill(home.postmaster())
    until(lambda: "connection" in keeper.said(), "it says that too")
    again = home.server.start()
    write(home, "while it was away")
    assert end(keeper)[0] == 0
    again.stop()
    home.run("backup", "recover", str(archive), "--into", str(into))
    assert lines(into)[-1] == "while it was away"


def test_old_copies_go_with_the_log_that_only_they_need(home, archive, moment, into):
    before = kept(archive)
    write(home, "before the last base")
    home.run("backup", "keep", str(archive), "--once", "--base", "0", "--bases", "1")
    assert len(list((archive / "bases").iterdir())) == 1
    assert kept(archive).isdisjoint(before - {max(before)})
    home.run("backup", "recover", str(archive), "--into", str(into))
    assert lines(into)[-1] == "before the last base"
