"""Someone from another village, district or side gets nothing: from the page, from raw SQL, from the phone."""

import pytest
from django.db import connection
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.doubles import actions, homecoming, queries
from aanchal.doubles.models import Double, Homecoming
from aanchal.registers.terms import Register
from tests.doubles.builders import LATER, line, person
from tests.factories import DAY, make_posting

TABLES = ("doubles_double", "doubles_verdict", "people_merger", "doubles_homecoming")


@pytest.fixture
def joined(twice):
    line(person(twice.one, 1), Register.LEFT, household=twice.one)
    with acting(twice.officer):
        homecoming.note_present(people=[person(twice.one, 1).pk], place=twice.village, on=DAY, at=LATER, by=twice.officer)
        actions.decide(double=twice.double, answer="SAME", stays=twice.one.pk, at=LATER, by=twice.officer)
    return twice


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("role", ["block_officer", "gender_crp", "district_manager", "ahtu_officer", "national_analyst"])
def test_raw_sql_shows_a_stranger_nothing(joined, india, role):
    with acting(SYSTEM):
        where = {"block_officer": "west block", "gender_crp": "west village 1", "national_analyst": "nation"}.get(role, "west")
        stranger = make_posting(role, india[where])
    with acting(stranger):
        assert [rows(table) for table in TABLES] == [0, 0, 0, 0]
    with acting(joined.officer):
        assert all(rows(table) for table in TABLES)


def test_who_covers_one_side_only_does_not_see_the_pair(joined, india):
    with acting(SYSTEM):
        Double.objects.update(other_place=india["west village 1"], other_place_no=india["west village 1"].place_no)
        there = make_posting("block_officer", india["west block"])
    for user in (joined.officer, there):
        with acting(user):
            assert rows("doubles_double") == 0
            assert not queries.merged(user)


def test_the_worker_of_the_village_sees_no_pair(joined, crp, signed_in):
    with acting(crp):
        assert rows("doubles_double") == 0
    assert signed_in(crp).get(reverse("doubles:pair", args=[joined.double.pk])).status_code == 404


@pytest.mark.parametrize(("name", "method"), [("pair", "get"), ("open", "post"), ("decide", "post"), ("split", "post")])
def test_a_page_of_a_pair_is_absent_for_a_stranger(joined, signed_in, name, method):
    answer = getattr(signed_in(joined.stranger), method)(reverse(f"doubles:{name}", args=[joined.double.pk]))
    assert answer.status_code == 404


def test_the_lists_of_a_stranger_are_empty(joined, signed_in):
    client = signed_in(joined.stranger)
    for name in ("queue", "joined", "returns"):
        page = client.get(reverse(f"doubles:{name}"))
        assert page.status_code == 200
        assert joined.one.shown_code not in page.content.decode()


def test_a_return_is_absent_for_a_stranger(joined, signed_in):
    with acting(SYSTEM):
        pk = Homecoming.objects.get().pk
    client = signed_in(joined.stranger)
    assert client.get(reverse("doubles:return", args=[pk])).status_code == 404
    assert client.post(reverse("doubles:return", args=[pk]), {"answer": "no"}).status_code == 404
    assert client.post(reverse("doubles:return-open", args=[pk])).status_code == 404


def test_a_stranger_cannot_merge_in_sql(joined):
    with acting(joined.stranger), connection.cursor() as cursor:
        cursor.execute("UPDATE people_household SET merged_into_id = NULL")
        assert cursor.rowcount == 0
        cursor.execute("UPDATE doubles_double SET standing = 'DIFFERENT'")
        assert cursor.rowcount == 0
