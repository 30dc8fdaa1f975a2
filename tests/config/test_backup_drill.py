"""The restore drill: a backup is written, restored into another database, and found to be the same, walls and all."""

import io
import json
from dataclasses import asdict

import psycopg
import pytest
from django.db import connections

from aanchal.access.acting import SYSTEM, acting
from aanchal.config import backup
from aanchal.core import sealed_stream
from aanchal.core.sealed_stream import CannotOpen
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.places.terms import Level
from tests.factories import NOON, make_household, make_place, make_posting, member

NAME = "Chandrakala Planted"
FAMILIES = 30


@pytest.fixture(scope="module")
def village(own_database_of_module, server, django_db_blocker):
    """A village of some families, all committed; the database is backed up as its superuser."""
    from django.conf import settings

    before, settings.ADMIN_CONNINFO = settings.ADMIN_CONNINFO, server.conninfo(own_database_of_module)
    with acting(SYSTEM):
        place = Place.objects.get(level=Level.STATE, lgd_code=22)
        for level in (Level.DISTRICT, Level.BLOCK, Level.PANCHAYAT, Level.VILLAGE):
            place = make_place(level, place)
    for number in range(FAMILIES):
        make_household(place, member(name=f"{NAME} {number}", guardian=f"Father {number}"))
    yield place
    settings.ADMIN_CONNINFO = before


@pytest.fixture(scope="module")
def written(village, tmp_path_factory):
    path = tmp_path_factory.mktemp("backup") / "copy"
    seen = []
    manifest = backup.write(path, at=NOON, progress=seen.append)
    assert sum(seen) > 10_000
    return path, manifest


def quiet(size):
    pass


def test_it_is_whole_when_restored(written):
    path, manifest = written
    found, differences = backup.check(path, progress=quiet)
    assert differences == []
    assert found == manifest
    assert manifest.rows["people_household"] == FAMILIES
    assert sum(head["seq"] for head in manifest.heads) > FAMILIES


def test_it_leaves_no_scratch_database_behind(written, server):
    backup.check(written[0], progress=quiet)
    with psycopg.connect(server.conninfo("postgres")) as connection:
        assert connection.execute("SELECT count(*) FROM pg_database WHERE datname LIKE '%check%'").fetchone() == (0,)


def test_it_holds_no_name_in_the_clear_and_is_closed_to_other_users(written):
    path, _ = written
    content = path.read_bytes()
    assert NAME.encode() not in content
    assert b"PGDMP" not in content
    assert path.stat().st_mode & 0o077 == 0


def test_it_takes_neither_keys_nor_sessions_along(written):
    assert not set(backup.WITHOUT_ROWS) & written[1].rows.keys()


@pytest.fixture
def restored(written, own_database_of_module):
    """The connections of the test now lead into the restored copy."""
    name = f"{own_database_of_module}_again"
    backup.restore(written[0], into=name, progress=quiet)
    connections.close_all()
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    for alias in before:
        connections[alias].settings_dict["NAME"] = name
    yield name
    connections.close_all()
    for alias, usual in before.items():
        connections[alias].settings_dict["NAME"] = usual
    backup.drop(name)


def test_it_comes_back_with_its_walls_and_goes_on_working(restored, village):
    with acting(SYSTEM):
        crp, stranger = make_posting("gender_crp", village), make_posting("gender_crp", make_place(Level.VILLAGE, village.panchayat))
    with acting(crp):
        assert Household.objects.count() == FAMILIES
    with acting(stranger):
        assert Household.objects.count() == 0
    assert Household.objects.count() == 0
    make_household(village)
    with acting(crp):
        assert Household.objects.count() == FAMILIES + 1


def test_it_comes_back_to_the_same_owner_and_grants(restored, server, own_database_of_module):
    query = (
        "SELECT relname, relowner::regrole::text, coalesce(relacl, acldefault('r', relowner))::text,"
        " relrowsecurity, relforcerowsecurity FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    )
    shapes = []
    for name in (own_database_of_module, restored):
        with psycopg.connect(server.conninfo(name)) as connection:
            shapes.append(set(connection.execute(query).fetchall()))
            shapes.append(
                connection.execute("SELECT nspowner::regrole::text, nspacl::text FROM pg_namespace WHERE nspname = 'public'").fetchall()
            )
    assert shapes[0] == shapes[2]
    assert shapes[1] == shapes[3]


def test_it_never_touches_a_database_that_is_there(written, own_database_of_module):
    with pytest.raises(backup.CannotBackUp, match="already"):
        backup.restore(written[0], into=own_database_of_module, progress=quiet)
    with acting(SYSTEM):
        assert Household.objects.count() == FAMILIES


def resealed(path, manifest):
    """The same backup, saying something else of itself."""
    pieces = list(sealed_stream.opened(io.BytesIO(path.read_bytes())))
    out = io.BytesIO()
    sealed_stream.seal([json.dumps(asdict(manifest)).encode(), *pieces[1:]], out)
    changed = path.with_name("changed")
    changed.write_bytes(out.getvalue())
    return changed


def test_it_says_which_table_lost_a_row(written):
    path, manifest = written
    more = backup.Manifest(manifest.at, {**manifest.rows, "people_person": manifest.rows["people_person"] + 1, "gone": 1}, manifest.heads)
    _, differences = backup.check(resealed(path, more), progress=quiet)
    assert differences == [
        "gone: 1 rows when it was written, None restored",
        f"people_person: {FAMILIES + 1} rows when it was written, {FAMILIES} restored",
    ]


def test_it_says_when_the_trail_is_not_the_one_that_was_written(written):
    path, manifest = written
    heads = [{**head, "seq": head["seq"] + 1} for head in manifest.heads]
    _, differences = backup.check(resealed(path, backup.Manifest(manifest.at, manifest.rows, heads)), progress=quiet)
    assert any("differs from the anchor outside" in difference for difference in differences)


def test_it_says_when_no_key_opens_the_names(written, settings):
    """The backup opens under a newer key, the names in it were sealed under one that was lost."""
    path, manifest = written
    pieces = list(sealed_stream.opened(io.BytesIO(path.read_bytes())))
    settings.MASTER_KEYS = {9: b"9" * 32}
    out = io.BytesIO()
    sealed_stream.seal(pieces, out)
    other = path.with_name("other-key")
    other.write_bytes(out.getvalue())
    _, differences = backup.check(other, progress=quiet)
    assert len(differences) == backup.NAMES_TRIED
    assert all("opens with no key" in difference for difference in differences)


@pytest.mark.parametrize("cut", [10, 60, 2_000, -1])
def test_it_refuses_a_file_cut_short_and_leaves_no_database(written, server, cut):
    short = written[0].with_name("short")
    short.write_bytes(written[0].read_bytes()[:cut])
    with pytest.raises(CannotOpen):
        backup.restore(short, into="aanchal_from_short", progress=quiet)
    with psycopg.connect(server.conninfo("postgres")) as connection:
        assert connection.execute("SELECT 1 FROM pg_database WHERE datname = 'aanchal_from_short'").fetchone() is None


def test_it_leaves_no_half_written_file(village, tmp_path, settings):
    settings.ADMIN_CONNINFO = psycopg.conninfo.make_conninfo(settings.ADMIN_CONNINFO, user="aanchal_app")
    with pytest.raises((backup.CannotBackUp, psycopg.Error)):
        backup.write(tmp_path / "copy", at=NOON, progress=quiet)
    assert list(tmp_path.iterdir()) == []


def test_it_says_what_to_set_when_it_may_not_read_all(village, tmp_path, settings):
    settings.ADMIN_CONNINFO = ""
    with pytest.raises(backup.CannotBackUp, match="DATABASE_ADMIN_URL"):
        backup.write(tmp_path / "copy", at=NOON, progress=quiet)
