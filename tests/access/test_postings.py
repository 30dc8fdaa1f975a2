"""A posting holds from its first day to its last, by the calendar of India."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from aanchal.access import actions, policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Posting
from aanchal.access.permissions import Permission
from aanchal.access.policy import current_postings, day_in_india
from tests.factories import DAY, make_posting, make_user

ONE_DAY = timedelta(days=1)


@pytest.fixture
def today(db):
    """The day it is in India, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT aanchal_today()")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 31, 18, 29, 59, tzinfo=UTC), "2026-03-31"),
        (datetime(2026, 3, 31, 18, 30, tzinfo=UTC), "2026-04-01"),
        (datetime(2026, 4, 1, 18, 29, 59, tzinfo=UTC), "2026-04-01"),
        (datetime(2024, 2, 28, 18, 30, tzinfo=UTC), "2024-02-29"),
    ],
)
def test_the_day_begins_at_midnight_in_india(at, day):
    assert str(day_in_india(at)) == day


def test_the_database_has_the_same_day(db, today):
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        assert day_in_india(cursor.fetchone()[0]) == today


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [(-9, None, True), (0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False), (0, 0, True), (1, 9, False)],
)
def test_it_holds_from_its_first_day_to_its_last(india, today, since, until, holds):
    with acting(SYSTEM):
        last = None if until is None else today + until * ONE_DAY
        user = make_posting("gender_crp", india["east village 1"], since=today + since * ONE_DAY, until=last)
    assert policy.can(user, Permission.HOUSEHOLD_READ, india["east village 1"]) is holds
    with acting(user), connection.cursor() as cursor:
        assert policy.can(user, Permission.HOUSEHOLD_READ, india["east village 1"]) is holds
        cursor.execute("SELECT isempty(acting_scope('household.read'))")
        assert cursor.fetchone() == (not holds,)


def test_those_of_a_day_are_told_with_their_places(india, django_assert_num_queries):
    with acting(SYSTEM):
        user = make_posting("gender_crp", india["east village 1"], since=DAY, until=DAY + ONE_DAY)
        make_posting("vo_leader", india["east village 2"], user=user, since=DAY + ONE_DAY)
    found = {n: [posting.role for posting in current_postings(user, on=DAY + n * ONE_DAY)] for n in (-1, 0, 1, 2)}
    assert found == {-1: [], 0: ["gender_crp"], 1: ["gender_crp", "vo_leader"], 2: ["vo_leader"]}
    with django_assert_num_queries(1):
        assert [posting.place.name for posting in current_postings(user, on=DAY)] == ["east village 1"]


def test_it_is_given_by_an_action_and_stands_on_its_place(india):
    with acting(SYSTEM):
        user = make_user()
        posting = actions.post(user=user, role="gender_crp", place=india["east village 1"], since=DAY, by=SYSTEM)
    assert (posting.place_no, posting.until) == (india["east village 1"].place_no, None)
    assert str(posting) == f"gender_crp at {india['east village 1'].pk}"


def test_it_is_given_for_no_role_that_does_not_exist(india, crp):
    with acting(SYSTEM), pytest.raises(actions.NoSuchRole, match="king"):
        actions.post(user=crp, role="king", place=india["nation"], since=DAY, by=SYSTEM)
    assert crp.postings.count() == 1


def test_it_is_held_once(india, crp):
    with pytest.raises(IntegrityError, match="posting_held_once"), acting(SYSTEM):
        actions.post(user=crp, role="gender_crp", place=india["east village 1"], since=DAY, by=SYSTEM)


def test_it_ends_on_a_day_and_is_taken_back(india, crp, today):
    [posting] = crp.postings.all()
    with acting(SYSTEM):
        actions.end_posting(posting=posting, until=today - ONE_DAY, by=SYSTEM)
    with acting(crp):
        assert not policy.holds(crp, Permission.HOUSEHOLD_READ)
    with acting(SYSTEM):
        actions.continue_posting(posting=posting, by=SYSTEM)
    with acting(crp):
        assert policy.holds(crp, Permission.HOUSEHOLD_READ)


def test_a_page_left_open_does_not_give_back_a_post_that_ended_before(crp, today):
    [posting] = crp.postings.all()
    with acting(SYSTEM):
        actions.end_posting(posting=posting, until=today - ONE_DAY, by=SYSTEM)
        actions.end_posting(posting=posting, until=today, by=SYSTEM)
    assert Posting.objects.get(pk=posting.pk).until == today - ONE_DAY
    with acting(crp):
        assert not policy.holds(crp, Permission.HOUSEHOLD_READ)


def test_its_end_is_not_taken_back_when_another_took_its_place(india, crp):
    [posting] = crp.postings.all()
    with acting(SYSTEM):
        actions.end_posting(posting=posting, until=DAY, by=SYSTEM)
        actions.post(user=crp, role="gender_crp", place=india["east village 1"], since=DAY, by=SYSTEM)
        with pytest.raises(actions.HeldAlready):
            actions.continue_posting(posting=posting, by=SYSTEM)
    assert Posting.objects.filter(user=crp, until=None).count() == 1


def test_it_does_not_end_before_it_begins(crp):
    [posting] = crp.postings.all()
    with pytest.raises(IntegrityError, match="posting_ends_after_it_begins"), acting(SYSTEM):
        actions.end_posting(posting=posting, until=posting.since - ONE_DAY, by=SYSTEM)


@pytest.mark.parametrize("role", ["gender_crp", "block_officer", "district_manager"])
def test_nobody_gives_herself_a_posting(india, posted, role):
    user = posted(role, "east")
    with pytest.raises(Exception, match="row-level security"), acting(user):
        actions.post(user=user, role="administrator", place=india["nation"], since=DAY, by=user)
    assert user.postings.count() == 1
