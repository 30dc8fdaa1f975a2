from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from aanchal.access.acting import acting
from aanchal.core.rows import insert, new
from aanchal.network import directory, posting
from aanchal.network.models import Honorarium, Tenure
from aanchal.network.rules import Held, Refused, check_tenure, due_paise, vacant_since
from tests.factories import DAY, NOON
from tests.network.builders import entered, filled, post

FIRST = date(2026, 1, 1)
days = st.integers(0, 120).map(lambda n: FIRST + timedelta(days=n))
tenures = st.tuples(st.integers(0, 3), st.integers(0, 3), days, st.none() | st.integers(0, 40)).map(
    lambda told: (told[0], told[1], Held(told[2], None if told[3] is None else told[2] + timedelta(days=told[3])))
)


@settings(max_examples=200)
@given(st.lists(tenures, max_size=12), days)
def test_no_post_has_two_holders_no_person_two_posts_and_no_vacancy_an_occupant(asked, on):
    kept: list[tuple[int, int, Held]] = []
    for nth_post, person, wanted in asked:
        of_post = [held for at, _who, held in kept if at == nth_post]
        of_person = [held for _at, who, held in kept if who == person]
        try:
            check_tenure(wanted, of_post=of_post, of_person=of_person, life=Held(FIRST, None))
        except Refused:
            continue
        kept.append((nth_post, person, wanted))
    for nth_post in range(4):
        of_post = [held for at, _who, held in kept if at == nth_post]
        holders = sum(held.holds_on(on) for held in of_post)
        since = vacant_since(FIRST, of_post, on)
        assert holders <= 1
        assert (since is None) == (holders == 1)
        if since is not None:
            assert not any(held.holds_on(since + timedelta(days=n)) for held in of_post for n in range((on - since).days + 1))
    assert all(sum(held.holds_on(on) for _at, who, held in kept if who == person) <= 1 for person in range(4))


@pytest.mark.parametrize(
    ("since", "until", "today", "paise"),
    [
        (date(2026, 1, 1), None, date(2026, 3, 1), 150_000),
        (date(2026, 2, 15), None, date(2026, 3, 1), 75_000),
        (date(2026, 1, 1), date(2026, 2, 7), date(2026, 3, 1), 37_500),
        (date(2026, 3, 1), None, date(2026, 3, 1), 0),
        (date(2026, 1, 1), None, date(2026, 2, 28), 0),
    ],
)
def test_an_honorarium_is_due_for_the_days_of_a_month_that_has_ended(since, until, today, paise):
    assert due_paise(150_000, Held(since, until), date(2026, 2, 1), today) == paise


@given(st.integers(1, 10**7), st.integers(1, 30))
def test_two_who_share_a_month_are_due_no_paisa_more_than_its_halves(monthly, day):
    first = due_paise(monthly, Held(date(2026, 1, 1), date(2026, 1, day)), date(2026, 1, 1), DAY)
    second = due_paise(monthly, Held(date(2026, 1, day + 1), None), date(2026, 1, 1), DAY)
    assert abs(first + second - monthly) <= 1


def test_overlapping_postings_are_refused_by_the_rule_and_by_the_database(india, runner):
    one, other = (entered(india["east"], runner, "CRP", name) for name in ("A worker", "Another"))
    first, second = post(india["east"], runner), post(india["east"], runner)
    tenure = filled(first, runner, one, until=date(2026, 2, 28))
    with pytest.raises(Refused, match="post_is_filled"):
        filled(first, runner, other, since=date(2026, 2, 28))
    with pytest.raises(Refused, match="holds_another"):
        filled(second, runner, one, since=date(2026, 2, 1))
    told = {"place_no": first.place_no, "since": date(2026, 2, 1), "until": None, "order_no": "x", "recorded_at": NOON}
    with acting(runner):
        for at, who in ((first, other), (second, one)):
            with pytest.raises(IntegrityError), transaction.atomic():
                insert(new(Tenure, post=at, holder=who, **told))
        assert list(Tenure.objects.all()) == [tenure]
    assert filled(first, runner, other, since=date(2026, 3, 1)).until is None


def test_a_post_is_vacant_since_the_day_after_her_last(india, runner):
    row = post(india["east"], runner)
    worker = entered(india["east"], runner, "CRP", "A worker")
    with acting(runner):
        assert directory.seats(directory.posts(runner), DAY)[0].vacant_since == FIRST
    tenure = filled(row, runner, worker)
    with acting(runner):
        assert directory.filled(directory.posts(runner), DAY) == {"GENDER_CRP": (1, 1)}
        posting.vacate(tenure=tenure, until=date(2026, 3, 5), by=runner)
        seat = directory.seats(directory.posts(runner), DAY)[0]
        assert (seat.tenure, seat.vacant_since) == (None, date(2026, 3, 6))
        assert directory.filled(directory.posts(runner), DAY) == {"GENDER_CRP": (1, 0)}
        with pytest.raises(Refused, match="closed_already"):
            posting.vacate(tenure=tenure, until=DAY, by=runner)


def test_a_post_that_is_held_is_not_abolished(india, runner):
    row, worker = post(india["east"], runner), entered(india["east"], runner, "CRP", "A worker")
    tenure = filled(row, runner, worker)
    with acting(runner):
        with pytest.raises(Refused, match="in_use"):
            posting.abolish(post=row, on=DAY, at=NOON, by=runner)
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(abolished_on=DAY)
        posting.vacate(tenure=tenure, until=DAY, by=runner)
        with pytest.raises(Refused, match="in_the_future"):
            posting.abolish(post=row, on=DAY + timedelta(days=1), at=NOON, by=runner)
        posting.abolish(post=row, on=DAY, at=NOON, by=runner)
        with pytest.raises(Refused, match="outside_the_post"):
            posting.fill(post=row, holder=worker, since=DAY + timedelta(days=1), order_no="x", at=NOON, by=runner)


def test_an_organisation_holds_no_post(india, runner):
    row, vo = post(india["east"], runner), entered(india["east"], runner)
    with pytest.raises(Refused, match="not_a_person"):
        filled(row, runner, vo)


def test_honoraria_are_due_once_a_month_and_paid_once(india, runner):
    row, worker = post(india["east"], runner), entered(india["east"], runner, "CRP", "A worker")
    filled(row, runner, worker)
    month = date(2026, 2, 1)
    with acting(runner):
        for made in (1, 0):
            assert posting.raise_dues(tenures=directory.tenures_of(runner, month), month=month, at=NOON, by=runner) == made
        one = Honorarium.objects.get()
        with pytest.raises(Refused, match="no_reference"):
            posting.pay(honorarium=one, on=DAY, reference=" ", at=NOON, by=runner)
        with pytest.raises(Refused, match="before_its_month"):
            posting.pay(honorarium=one, on=date(2026, 1, 31), reference="V 12", at=NOON, by=runner)
        posting.pay(honorarium=one, on=DAY, reference="V 12", at=NOON, by=runner)
        with pytest.raises(Refused, match="paid_already"):
            posting.pay(honorarium=one, on=DAY, reference="V 13", at=NOON, by=runner)
        assert directory.owed(directory.honoraria(runner, month)) == {"due": 150_000, "paid": 150_000}


def test_who_left_before_it_was_known_is_due_no_more_than_her_days(india, runner):
    row, worker = post(india["east"], runner), entered(india["east"], runner, "CRP", "A worker")
    tenure = filled(row, runner, worker)
    january, february, march = (date(2026, n, 1) for n in (1, 2, 3))
    with acting(runner):
        for month in (january, february, march):
            posting.raise_dues(tenures=directory.tenures_of(runner, month), month=month, at=NOON, by=runner)
        posting.vacate(tenure=tenure, until=date(2026, 2, 7), by=runner)
        owed = [directory.owed(directory.honoraria(runner, month))["due"] for month in (january, february, march)]
        assert owed == [150_000, 37_500, 0]
        with pytest.raises(Refused, match="not_held_then"):
            posting.pay(honorarium=Honorarium.objects.get(month=march), on=DAY, reference="V 1", at=NOON, by=runner)


def test_a_resource_pool_is_of_a_state_or_a_district(india, runner):
    who = entered(india["east"], runner, "RESOURCE_PERSON", "A trainer")
    told = {"stakeholder": who, "topics": ["LAW"], "languages": ["hi"], "on": DAY, "by": runner}
    with acting(runner):
        with pytest.raises(Refused, match="too_high"):
            posting.join_pool(place=india["east block"], **told)
        member = posting.join_pool(place=india["east"], **told)
        with pytest.raises(Refused, match="in_pool"):
            posting.join_pool(place=india["east"], **told)
        assert list(directory.pool(runner, topic="LAW", language="hi")) == [member]
        assert not directory.pool(runner, topic="IEC").exists()
        posting.leave_pool(member=member, on=DAY, by=runner)
        assert not directory.pool(runner).exists()


def test_another_district_sees_and_changes_nothing_by_raw_sql(india, runner, next_door):
    row, worker = post(india["east"], runner), entered(india["east"], runner, "CRP", "Planted Sunita")
    filled(row, runner, worker)
    with acting(next_door), connection.cursor() as cursor:
        for table in ("network_post", "network_tenure"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
            cursor.execute(f"UPDATE {table} SET place_no = place_no")
            assert cursor.rowcount == 0
