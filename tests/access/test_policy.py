import itertools
from datetime import date

import pytest
from django.db import connection

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.people.models import Household
from aanchal.places.models import Place
from tests.factories import make_household, make_posting


def in_database(permission, numbers):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n FROM unnest(%s::bigint[]) n WHERE n <@ (SELECT acting_scope(%s))", [list(numbers), permission]
        )
        return {number for (number,) in cursor.fetchall()}


POSTED = ("nation", "state", "east", "east block", "east panchayat", "east village 1", "far")


@pytest.mark.parametrize("role", ROLES)
def test_it_says_the_same_of_one_record_of_a_list_and_in_the_database(india, role):
    with acting(SYSTEM):
        users = [make_posting(role, india[place]) for place in POSTED]
    everywhere = list(Place.objects.all())
    held = ROLES[role].permissions
    lacking = itertools.product(users[:1], set(Permission) - set(held))  # the first is posted over all of India
    asked = [*itertools.product(users, held), *lacking]
    for user, permission in asked:
        one = {place.place_no for place in everywhere if policy.can(user, permission, place)}
        listed = set(policy.visible(user, permission, Place.objects.all()).values_list("place_no", flat=True))
        with acting(user):
            assert one == listed == in_database(permission, [place.place_no for place in everywhere])


@pytest.mark.parametrize("role", ROLES)
def test_it_lets_raw_sql_see_what_the_rule_lets_the_role_see(india, role):
    households = [make_household(place) for name, place in india.items() if "village" in name]
    with acting(SYSTEM):
        users = [make_posting(role, place) for place in india.values()]
    for user in users:
        allowed = {household.pk for household in households if policy.can(user, Permission.HOUSEHOLD_READ, household)}
        with acting(user), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM people_household")
            assert {pk for (pk,) in cursor.fetchall()} == allowed
            assert set(Household.objects.values_list("pk", flat=True)) == allowed


def test_it_stops_at_the_boundary_of_the_district(india):
    make_household(india["west village 1"])
    east = make_household(india["east village 2"])
    user = make_posting_as_system("block_officer", india["east"])
    with acting(user):
        assert list(policy.visible(user, Permission.HOUSEHOLD_READ, Household.objects.all())) == [east]


def test_it_ends_with_the_posting(india):
    user = make_posting_as_system("gender_crp", india["east village 1"], until=date(2021, 1, 1))
    assert not policy.holds(user, Permission.HOUSEHOLD_READ)
    with acting(user):
        assert not in_database(Permission.HOUSEHOLD_READ, [india["east village 1"].place_no])


def make_posting_as_system(*arguments, **more):
    with acting(SYSTEM):
        return make_posting(*arguments, **more)
