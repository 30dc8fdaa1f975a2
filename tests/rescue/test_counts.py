"""Rescue counted by place and period, through the database's gate: no row, no id, no name."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from aanchal.access.acting import SYSTEM, acting
from aanchal.rescue import actions, counts
from tests.factories import DAY
from tests.rescue import builders

YEAR = (DAY - timedelta(days=90), DAY + timedelta(days=270))


@pytest.fixture
def counter(posted):
    """Who may read counts of the district, and none of its rows."""
    return posted("case_supervisor", "east")


def asked(counter, place, ask=counts.tally, when=YEAR):
    with acting(counter):
        return ask(place, *when)


def test_it_counts_operations_those_freed_and_the_days_to_the_committee(counter, district, girl, people):
    rescued, officer = girl
    with acting(officer):
        late = builders.rescue(rescued.operation, by=officer, sex="MALE", years=11, texts={})
        builders.rescue(rescued.operation, by=officer, years=30, age_basis="DOCUMENTED", nationality="BD", exploitation="BEGGING")
        for one, hours, journey in ((rescued, 30, 8), (late, 80, 2)):
            done = builders.LATER + timedelta(hours=hours)
            actions.record_care(rescued=one, details=actions.CareDetails("CWC", done, journey_hours=journey), at=done, by=officer)
    told = asked(counter, district)
    assert told.operations == {"RUNNING": 1}
    assert (told.days_to_cwc, told.not_before_cwc, told.before_cwc_in_time) == ({0: 1, 3: 1}, 0, 1)
    freed = {(one.sex, one.age, one.exploitation, one.nationality): one.n for one in asked(counter, district, counts.people)}
    assert freed == {
        ("FEMALE", "a12_16", "CHILD_LABOUR", "IN"): 1, ("MALE", "lt12", "CHILD_LABOUR", "IN"): 1, ("FEMALE", "a18plus", "BEGGING", "BD"): 1,
    }  # fmt: skip


def test_a_child_not_brought_before_the_committee_is_counted_as_that(counter, district, girl):
    assert asked(counter, district).not_before_cwc == 1


def test_it_counts_firs_by_section_and_how_far_they_came(counter, district, unit, people):
    with acting(people.officer):
        fir = builders.make_fir(unit, by=people.officer, sections=("BNS 143(4)", "ITPA 5"))
        builders.make_fir(unit, by=people.officer, number="113")
        builders.go_to(fir, "CHARGE_SHEETED", "COGNIZANCE", "CHARGES_FRAMED", "TRIAL", "CONVICTED", by=people.officer)
    told = asked(counter, district)
    assert (told.firs, told.sections) == (2, {"BNS 143(4)": 2, "ITPA 5": 1})
    assert (told.charge_sheeted, told.convicted, told.acquitted) == (1, 1, 0)


def test_another_period_and_another_place_count_nothing_of_it(posted, district, india, girl, fir):
    before = (DAY - timedelta(days=90), DAY - timedelta(days=1))
    assert asked(posted("case_supervisor", "east"), district, when=before) == counts.Tally()
    assert asked(posted("case_supervisor", "west"), india["west"]) == counts.Tally()


def test_many_places_are_one_question(counter, posted, india, girl, django_assert_num_queries):
    user = posted("national_analyst", "nation")
    with acting(user), django_assert_num_queries(1):
        told = counts.tallies([india["east"], india["west"], india["state"]], *YEAR)
    assert [told[india[name].pk].not_before_cwc for name in ("east", "west", "state")] == [1, 0, 1]


@pytest.mark.parametrize("ask", [counts.tally, counts.people])
def test_counts_are_refused_to_who_may_not_count_there(posted, people, district, ask):
    for user in (posted("case_supervisor", "west"), posted("case_worker", "east"), people.stranger):
        with pytest.raises(DatabaseError, match="not yours"):
            asked(user, district, ask)


def test_who_counts_sees_no_row(counter, girl, fir):
    with acting(counter), connection.cursor() as cursor:
        for table in ("operation", "rescued", "fir", "firsection", "carestep"):
            cursor.execute(f"SELECT count(*) FROM rescue_{table}")
            assert cursor.fetchone() == (0,), table
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rescue_rescued")
        assert cursor.fetchone() == (1,)
