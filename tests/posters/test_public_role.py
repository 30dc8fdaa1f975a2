"""The database itself, by the connection that the public's pages read by: what is out today, and nothing else."""

from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.places.terms import Level
from aanchal.posters import actions
from aanchal.posters.models import OpenPoster
from tests.factories import make_nation, make_place, make_posting
from tests.posters.builders import missing, released


@pytest.fixture(scope="module")
def world(own_database_of_module):
    """An officer, her district's second, a village."""
    with acting(SYSTEM):
        place = make_nation()
        for level in (Level.STATE, Level.DISTRICT, Level.BLOCK, Level.PANCHAYAT, Level.VILLAGE):
            place = make_place(level, place)
        return place, *(make_posting("ahtu_officer", place.district) for _ in range(2))


@pytest.fixture
def poster(world):
    village, ahtu, second = world
    poster = released(missing(village, f"Rupa {timezone.now():%f}"), ahtu, second)
    yield poster
    with acting(SYSTEM):
        actions.look_at_all(at=timezone.now() + timedelta(days=90))


@pytest.fixture
def read(server, own_database_of_module):
    def ask(question: str = "SELECT number FROM posters_openposter") -> list[str]:
        with psycopg.connect(server.conninfo(own_database_of_module, "aanchal_public")) as public:
            return [row[0] for row in public.execute(question)]

    return ask


@pytest.mark.parametrize("table", ["posters_poster", "posters_agreement", "posters_seen", "registers_entry", "people_person"])
def test_it_reads_no_other_table(poster, read, table):
    assert read() == [poster.number]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        read(f"SELECT 1 FROM {table}")


def test_it_reads_nothing_once_the_family_took_its_consent_back(world, poster, read):
    _village, ahtu, _second = world
    with acting(ahtu):
        actions.withdraw(poster=poster, at=timezone.now(), by=ahtu)
    assert read() == []


def test_it_reads_nothing_after_the_last_day_though_nobody_took_it_down(poster, read, server, own_database_of_module):
    with psycopg.connect(server.conninfo(own_database_of_module)) as superuser:
        superuser.execute("UPDATE posters_openposter SET until = (now() AT TIME ZONE 'Asia/Kolkata')::date")
    assert read() == [poster.number]
    with psycopg.connect(server.conninfo(own_database_of_module)) as superuser:
        superuser.execute("UPDATE posters_openposter SET until = until - 1")
    assert read() == []
    with acting(SYSTEM):
        assert OpenPoster.objects.count() == 1
