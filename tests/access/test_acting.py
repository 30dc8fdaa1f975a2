"""While someone acts, the database shows and takes what that person may see and write, and nothing to anyone else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction

from aanchal.access import actions, policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.permissions import Permission
from aanchal.people.models import Household
from aanchal.places.terms import Level
from tests.factories import DAY, make_household, make_place, make_posting, make_user
from tests.people.build import record, survey


@pytest.fixture
def homes(india):
    """A family in each village of the east."""
    return {name: make_household(india[f"east village {name}"]) for name in (1, 2)}


def seen() -> set:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_household")
        return {pk for (pk,) in cursor.fetchall()}


def test_nobody_sees_anything_outside_of_it(homes):
    assert seen() == set()


def test_each_person_sees_what_is_hers(homes, crp, stranger):
    for user, village in ((crp, 1), (stranger, 2)):
        with acting(user):
            assert seen() == {homes[village].pk}


def test_it_is_over_when_the_block_ends(homes, crp):
    with acting(crp):
        assert seen()
    assert seen() == set()


def test_it_is_over_when_the_block_raises(homes, crp):
    with pytest.raises(LookupError), acting(crp):
        raise LookupError
    assert seen() == set()


def test_inside_another_it_gives_the_word_back(homes, crp, stranger):
    with acting(crp):
        with acting(stranger):
            assert seen() == {homes[2].pk}
            with acting(SYSTEM):
                assert seen() == {homes[1].pk, homes[2].pk}
            assert seen() == {homes[2].pk}
        assert seen() == {homes[1].pk}


def test_inside_another_it_gives_the_word_back_when_it_raises(homes, crp):
    with acting(crp):
        with pytest.raises(LookupError), acting(SYSTEM):
            raise LookupError
        assert seen() == {homes[1].pk}


def test_inside_another_it_gives_back_silence_too(homes, crp):
    with transaction.atomic():
        with acting(crp):
            assert seen()
        assert seen() == set()


@pytest.mark.parametrize("visitor", [AnonymousUser(), None, object()])
def test_a_visitor_sees_nothing(homes, visitor):
    with acting(visitor):
        assert seen() == set()
    assert not any(policy.holds(visitor, permission) for permission in Permission)
    assert list(policy.visible(visitor, Permission.HOUSEHOLD_READ, Household.objects.all())) == []


def test_a_user_of_no_place_sees_nothing(homes):
    with acting(SYSTEM):
        user = make_user()
    with acting(user):
        assert seen() == set()
        assert not policy.holds(user, Permission.HOUSEHOLD_READ)


def test_a_closed_account_sees_nothing_though_the_session_thinks_otherwise(homes, crp):
    as_the_session_has_her = type(crp).objects.get(pk=crp.pk)
    with acting(SYSTEM):
        actions.deactivate_user(user=crp, by=SYSTEM)
    assert as_the_session_has_her.is_active
    for user in (crp, as_the_session_has_her):
        with acting(user):
            assert seen() == set()
            assert not policy.can(user, Permission.HOUSEHOLD_READ, homes[1])


def test_what_a_person_may_do_is_asked_anew_each_time(homes, crp, india):
    assert not policy.can(crp, Permission.HOUSEHOLD_READ, homes[2])
    with acting(SYSTEM):
        make_posting("gender_crp", india["east village 2"], user=crp)
    with acting(crp):
        assert policy.can(crp, Permission.HOUSEHOLD_READ, homes[2])
        assert seen() == {homes[1].pk, homes[2].pk}


@pytest.mark.parametrize("village", [1, 2])
def test_a_block_that_lies_in_two_districts_is_one_post(india, village):
    with acting(SYSTEM):
        part = make_place(Level.BLOCK, india["west"], "east block, its western part")
        part.part_of = india["east block"]
        part.save()
        panchayat = make_place(Level.PANCHAYAT, part)
        there = make_place(Level.VILLAGE, panchayat)
        officer = make_posting("block_officer", india["east block"])
    homes = {make_household(there).pk, make_household(india[f"east village {village}"]).pk}
    make_household(india["west village 1"])
    assert {h for h in homes if policy.can(officer, Permission.HOUSEHOLD_READ, kept(h))} == homes
    with acting(officer):
        assert seen() == homes
        assert set(policy.visible(officer, Permission.HOUSEHOLD_READ, Household.objects.all()).values_list("pk", flat=True)) == homes
        assert policy.covers(officer, Permission.HOUSEHOLD_READ, there)
        assert not policy.covers(officer, Permission.HOUSEHOLD_READ, india["west"])


def kept(pk) -> Household:
    with acting(SYSTEM):
        return Household.objects.get(pk=pk)


def test_the_word_cannot_be_carried_into_another_transaction(own_database):
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('aanchal.acting')")
        [told] = cursor.fetchone()
    with pytest.raises(DatabaseError, match="token refused"):
        say(told)


def test_the_word_cannot_be_said_by_hand(homes, crp, officer):
    with acting(officer), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('aanchal.acting')")
        [told] = cursor.fetchone()
    forged = told.replace(str(officer.pk), str(crp.pk))
    for said in ("x" * 64 + told[64:], forged):
        with pytest.raises(DatabaseError):
            say(said)


def say(told: str) -> None:
    """What someone who speaks SQL would try."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('aanchal.acting', %s, true)", [told])
        cursor.execute("SELECT count(*) FROM people_household")


def test_a_days_visit_is_recorded_only_where_the_worker_is_posted(india, crp):
    with pytest.raises(DatabaseError, match="row-level security"):
        record(india["east village 2"], crp, survey(), on=DAY)
    record(india["east village 1"], crp, survey(), on=DAY)
    assert seen() == set()
