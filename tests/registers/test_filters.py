from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.people.rules import Age
from aanchal.registers import queries
from aanchal.registers.queries import Filters
from aanchal.registers.terms import Register
from tests.factories import DAY
from tests.registers.builders import DETAILS, make_entry, someone
from tests.registers.test_list import address, rows

DAYS = st.dates(date(1930, 1, 1), date(2030, 12, 31))


@pytest.fixture
def several(village):
    """Four lines, each alike in all but one thing."""
    agent = DETAILS[Register.MIGRATION]
    return {
        "girl": make_entry(village, who=someone(years=16)),
        "man": make_entry(village, who=someone(years=40, sex="MALE")),
        "early": make_entry(village, who=someone(years=40), on=DAY - timedelta(days=100)),
        "home": make_entry(village, who=someone(years=40), details=agent | {"returned_on": DAY, "migration_mode": "FAMILY"}, texts={}),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"girl", "man", "early", "home"}),
        ({"sex": "MALE"}, {"man"}),
        ({"minor": "yes"}, {"girl"}),
        ({"since": "2026-03-01"}, {"girl", "man", "home"}),
        ({"until": "2026-03-01"}, {"early"}),
        ({"open": "yes"}, {"girl", "man", "early"}),
        ({"open": "no"}, {"home"}),
        ({"migration_mode": "FAMILY"}, {"home"}),
        ({"migration_mode": "FAMILY", "sex": "MALE"}, set()),
    ],
)
def test_it_shows_the_lines_that_fit_and_counts_them(several, village, crp, signed_in, query, found):
    response = signed_in(crp).get(address(place=village.pk, **query))
    assert {url for url, _ in rows(response)} == {f"/registers/line/{several[name].pk}/" for name in found}
    assert f"{len(found)} line{'' if len(found) == 1 else 's'}" in response.content.decode()


def test_it_finds_the_state_they_went_to(several, village, crp, india, signed_in):
    response = signed_in(crp).get(address(place=village.pk, destination_state_code=india["far state"].lgd_code))
    assert len(rows(response)) == 3


def test_it_finds_one_flag_among_several(village, crp, signed_in):
    make_entry(village, Register.MARRIAGE)
    make_entry(village, Register.MARRIAGE, details=DETAILS[Register.MARRIAGE] | {"marriage_risk_flag": "NONE"})
    assert len(rows(signed_in(crp).get(address(Register.MARRIAGE, place=village.pk, marriage_risk_flag="NO_GROOM_VISIT")))) == 1


def test_it_finds_a_family_by_its_code_however_it_is_typed(several, village, crp, signed_in):
    code = several["man"].household.shown_code
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ")):
        assert len(rows(signed_in(crp).get(address(place=village.pk, code=typed)))) == 1


@pytest.mark.parametrize("query", [{"since": "soon"}, {"sex": "ANY"}, {"code": "short"}, {"migration_mode": "BUS"}])
def test_it_says_so_when_the_list_cannot_be_narrowed_like_that(several, village, crp, signed_in, query):
    response = signed_in(crp).get(address(place=village.pk, **query))
    assert response.status_code == 422
    assert rows(response) == []
    assert b"errorlist" in response.content


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(born_on=st.none() | DAYS, years=st.none() | st.integers(0, 115), told_on=st.none() | DAYS, day=DAYS)
def test_it_knows_ages_in_the_database_as_the_rule_does(born_on, years, told_on, day):
    with connection.cursor() as cursor:
        cursor.execute("SELECT age_on(%s::date, %s::smallint, %s::date, %s::date)", [born_on, years, told_on, day])
        assert cursor.fetchone()[0] == Age(basis="STATED", born_on=born_on, years=years, told_on=told_on).on(day)


def test_it_narrows_and_never_widens(several, village, crp):
    with acting(crp):
        everything = set(queries.entries(crp, Register.MIGRATION, village))
        for filters in (Filters(sex="MALE"), Filters(is_minor=True), Filters(is_open=True), replace(Filters(), until=DAY)):
            assert set(queries.entries(crp, Register.MIGRATION, village, filters)) <= everything


def test_it_gives_a_stranger_nothing_whatever_is_asked(several, village, stranger):
    with acting(stranger):
        assert not queries.entries(stranger, Register.MIGRATION, village, Filters(sex="MALE")).exists()
    with acting(SYSTEM):
        assert not queries.entries(stranger, Register.MIGRATION, village).exists()
