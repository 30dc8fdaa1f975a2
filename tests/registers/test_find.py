import pytest
from django.db import connection

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.registers.terms import Register
from tests.factories import make_posting
from tests.registers.builders import make_entry, someone
from tests.registers.test_list import address, rows


@pytest.fixture
def entry(village):
    make_entry(village, who=someone("Radha Kumari"))
    return make_entry(village, who=someone("Smt. Phulmati Devi"))


def find(client, village, name, **query):
    return client.post(address(Register.MIGRATION, "registers:find", place=village.pk, **query), {"name": name})


@pytest.mark.parametrize("typed", ["Phulmati", "phulmati  DEVI", "mati"])
def test_it_finds_a_name_however_it_is_written(entry, village, crp, signed_in, typed):
    response = find(signed_in(crp), village, typed)
    assert [url for url, _ in rows(response)] == [f"/registers/line/{entry.pk}/"]


def test_it_finds_within_what_the_list_shows(entry, village, crp, signed_in):
    assert rows(find(signed_in(crp), village, "Phulmati", sex="MALE")) == []


def test_it_shows_no_name(entry, village, crp, signed_in):
    assert "Phulmati Devi" not in find(signed_in(crp), village, "Phulmati").content.decode()


def test_it_notes_the_search_and_not_the_name(entry, village, crp, signed_in):
    find(signed_in(crp), village, "Phulmati")
    with acting(SYSTEM):
        noted = Trail.objects.get(verb="registers.names.searched")
        assert (noted.actor, noted.place_no, noted.detail) == (crp.pk, village.place_no, {"read": 2, "found": 1})
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM core_trail WHERE core_trail::text ILIKE '%%phulmati%%'")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("typed", ["", "x", "..."])
def test_it_asks_for_more_than_nothing(entry, village, crp, signed_in, typed):
    found = rows(find(signed_in(crp), village, typed))
    assert len(found) in {0, 2}
    with acting(SYSTEM):
        assert not Trail.objects.filter(verb="registers.names.searched", detail__found__gt=0).exists()


def test_it_is_absent_for_a_leader_and_a_stranger(entry, village, stranger, signed_in):
    with acting(SYSTEM):
        leader = make_posting("vo_leader", village)
    for user in (leader, stranger):
        assert find(signed_in(user), village, "Phulmati").status_code == 404


def test_it_goes_back_to_the_list_from_a_link(entry, village, crp, signed_in):
    assert signed_in(crp).get(address(name="registers:find", place=village.pk)).url == address(place=village.pk)
