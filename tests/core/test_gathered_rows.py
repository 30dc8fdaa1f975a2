"""Rows that wait are written together, before anyone could miss them, and never when the work is given up."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import rows, trail
from aanchal.core.action import action
from aanchal.core.models import Trail
from aanchal.people.models import Household, Person
from tests.factories import DAY, NOON


@pytest.fixture
def village(india):
    return india["east village 1"]


@pytest.fixture
def statements():
    """What is said to the database inside a block."""

    @contextmanager
    def listen():
        said: list[str] = []

        def note(execute, sql, params, many, context):
            said.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            yield said

    return listen


def person(village, **more) -> Person:
    return Person(place=village, place_no=village.place_no, sex="FEMALE", age_basis="STATED", years=30, told_on=DAY, **more)


def household(village) -> Household:
    return Household(code="000000", place=village, place_no=village.place_no, visited_on=DAY, recorded_at=NOON)


def give_up(*given_up) -> None:
    """Work that has told its rows and then fails."""
    rows.insert(*given_up)
    trail.write("tests.written", about=given_up[0])
    raise LookupError


def kept() -> int:
    with acting(SYSTEM):
        return Person.objects.count()


def test_they_travel_in_one_statement_with_the_trail(village, statements):
    home = household(village)
    with statements() as said, acting(SYSTEM, gather=True):
        rows.insert(home)
        rows.insert(person(village), person(village))
        trail.write("tests.written", about=home)
        before = len(said)
    assert [sql.startswith("WITH ") and "trail_append" in sql for sql in said[before:] if "INSERT" in sql] == [True]
    assert kept() == 2
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="tests.written").count() == 1


def test_they_are_written_at_the_end_without_a_trail_too(village):
    with acting(SYSTEM, gather=True):
        rows.insert(person(village))
    assert kept() == 1


def test_one_kind_alone_needs_no_with(village, statements):
    with statements() as said, acting(SYSTEM, gather=True):
        rows.insert(person(village))
    assert [sql.split()[0] for sql in said if "people_person" in sql] == ["INSERT"]


def test_nothing_is_said_when_nothing_waits(village, statements):
    with acting(SYSTEM), statements() as said:
        rows.write_gathered()
    assert [sql for sql in said if "SELECT set_config" not in sql] == []


def test_they_are_seen_by_whoever_reads(village):
    with acting(SYSTEM, gather=True):
        rows.insert(person(village))
        assert Person.objects.count() == 1
        rows.insert(person(village))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_person")
            assert cursor.fetchone() == (2,)


def test_they_are_seen_by_a_change(village):
    with acting(SYSTEM, gather=True):
        rows.insert(person(village))
        assert Person.objects.update(years=31) == 1


def test_they_are_not_seen_by_a_question_about_what_stood(village, statements):
    with acting(SYSTEM, gather=True):
        rows.insert(person(village))
        with rows.asking_what_stood():
            assert Person.objects.count() == 0
        assert Person.objects.count() == 1


def test_a_savepoint_given_up_takes_with_it_only_what_came_inside(village):
    before, inside = person(village), person(village)
    with acting(SYSTEM, gather=True):
        rows.insert(before)
        with pytest.raises(LookupError), transaction.atomic():
            give_up(inside)
    with acting(SYSTEM):
        assert list(Person.objects.all()) == [before]


def test_a_savepoint_that_holds_keeps_what_came_inside(village):
    with acting(SYSTEM, gather=True):
        with transaction.atomic():
            rows.insert(person(village))
        rows.insert(person(village))
    assert kept() == 2


def test_they_are_written_by_whoever_was_acting_when_they_came(village, crp, stranger):
    with acting(crp, gather=True):
        rows.insert(person(village))
        with acting(stranger):
            assert Person.objects.count() == 0
    assert kept() == 1


def test_a_stranger_inside_writes_nothing_in_her_name(village, crp, stranger):
    with pytest.raises(Exception, match="row-level security"), acting(crp, gather=True), acting(stranger):
        rows.insert(person(village))
    assert kept() == 0


def test_one_gathering_inside_another_keeps_both(village):
    with acting(SYSTEM, gather=True):
        rows.insert(person(village))
        with acting(SYSTEM, gather=True):
            rows.insert(person(village))
        rows.insert(person(village))
    assert kept() == 3


def test_nothing_is_written_when_the_block_raises(village, statements):
    with statements() as said, pytest.raises(LookupError), acting(SYSTEM, gather=True):
        give_up(person(village))
    assert [sql for sql in said if "INSERT" in sql or "trail_append" in sql] == []
    assert kept() == 0


def test_what_was_given_up_does_not_come_with_the_next_work(village):
    with pytest.raises(LookupError), acting(SYSTEM, gather=True):
        give_up(person(village))
    with acting(SYSTEM, gather=True):
        rows.insert(person(village))
    assert kept() == 1


def test_an_error_in_them_is_raised_by_the_block(village):
    twice = person(village)
    with pytest.raises(IntegrityError), acting(SYSTEM, gather=True):
        rows.insert(person(village), twice, person(village, id=twice.pk))
    assert kept() == 0


def test_an_error_in_them_is_raised_before_the_transaction_commits(own_database):
    """With a real commit: what the block did before is gone too."""
    from aanchal.places.queries import nation

    nowhere = nation()
    twice = person(nowhere)

    def work() -> None:
        with acting(SYSTEM, gather=True):
            rows.insert(household(nowhere))
            Household.objects.update(hamlet="told")
            rows.insert(twice, person(nowhere, id=twice.pk))

    with pytest.raises(IntegrityError):
        work()
    with acting(SYSTEM):
        assert Household.objects.count() == 0
        assert Person.objects.count() == 0


def test_actions_inside_are_one_action(village, statements):
    @action
    def write():
        rows.insert(person(village))

    with statements() as said, acting(SYSTEM, gather=True):
        before = len(said)
        write()
        write()
        assert said[before:] == []
    assert kept() == 2
