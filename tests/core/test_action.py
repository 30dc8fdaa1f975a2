"""An action happens whole or not at all, and so do the actions it calls."""

import pytest
from django.db import connection, transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import facts, trail
from aanchal.core.action import action, as_one
from aanchal.core.models import Trail
from aanchal.people.models import Person
from aanchal.places.queries import nation
from tests.factories import DAY


class Refused(Exception):
    pass


def add() -> Person:
    here = nation()
    return Person.objects.create(place=here, place_no=here.place_no, sex="MALE", age_basis="STATED", years=40, told_on=DAY)


@action
def inner(*, fails: bool = False) -> Person:
    """Add a person."""
    person = add()
    trail.write("tests.inner", about=person)
    if fails:
        raise Refused
    return person


@action
def outer(*, inner_fails: bool = False, fails: bool = False) -> None:
    add()
    inner(fails=inner_fails)
    if fails:
        raise Refused


def kept() -> int:
    with acting(SYSTEM):
        return Person.objects.count()


def test_it_answers_what_the_function_answers(db):
    with acting(SYSTEM):
        assert inner().years == 40
    assert (inner.__name__, inner.__doc__) == ("inner", "Add a person.")


def test_it_keeps_all_of_it(db):
    with acting(SYSTEM):
        outer()
    assert kept() == 2


@pytest.mark.parametrize("where", ["inner_fails", "fails"])
def test_it_keeps_nothing_when_any_of_it_fails(db, where):
    with acting(SYSTEM):
        with pytest.raises(Refused):
            outer(**{where: True})
        assert Person.objects.count() == 0
    assert kept() == 0


def test_an_action_that_failed_leaves_an_earlier_one_alone(db):
    with acting(SYSTEM):
        inner()
        with pytest.raises(Refused):
            inner(fails=True)
        inner()
    assert kept() == 2


def test_an_inner_action_takes_no_savepoint_of_its_own(db, django_assert_num_queries):
    @action
    def two() -> None:
        one()
        one()

    @action
    def one() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    with acting(SYSTEM), django_assert_num_queries(4):  # a savepoint, two questions, its release
        two()


def test_actions_told_to_be_one_take_no_savepoint(db, django_assert_num_queries):
    @action
    def nothing() -> None:
        assert connection.in_atomic_block

    with acting(SYSTEM), django_assert_num_queries(0), as_one():
        nothing()


def test_the_next_action_is_its_own_again_after_one_failed(db):
    with acting(SYSTEM):
        with pytest.raises(Refused):
            outer(inner_fails=True)
        with pytest.raises(Refused):
            inner(fails=True)
        assert Person.objects.count() == 0


def test_it_makes_a_transaction_where_there_is_none(own_database):
    seen = []

    @action
    def look() -> None:
        seen.append(connection.in_atomic_block)

    assert not connection.in_atomic_block
    look()
    assert seen == [True]
    assert not connection.in_atomic_block


def test_an_inner_failure_leaves_nothing_in_a_committed_transaction(own_database):
    with pytest.raises(Refused), acting(SYSTEM):
        outer(inner_fails=True)
    with acting(SYSTEM):
        assert Person.objects.count() == 0
        assert not Trail.objects.filter(verb="tests.inner").exists()


class Told:
    """A fact nobody else knows of."""


class Unheard:
    """A fact to which nobody reacts."""


@pytest.fixture
def flow(monkeypatch):
    """A function that connects reactions for one test."""
    monkeypatch.setattr(facts, "_flow", {})
    return facts.connect


def test_a_fact_is_told_to_each_reaction_in_order(flow):
    heard = []
    flow({Told: [lambda fact: heard.append(("first", fact)), lambda fact: heard.append(("second", fact))]})
    fact = Told()
    facts.announce(fact)
    assert heard == [("first", fact), ("second", fact)]


def test_a_fact_without_reactions_is_no_error(flow):
    heard = []
    flow({Told: [heard.append]})
    facts.announce(Unheard())
    assert heard == []


def test_connecting_again_forgets_the_flow_before(flow):
    heard = []
    flow({Told: [heard.append]})
    flow({Unheard: [heard.append]})
    facts.announce(Told())
    assert heard == []


def test_a_reaction_that_fails_undoes_the_action_and_the_reactions_before_it(db, flow):
    def fail(_fact) -> None:
        raise Refused

    flow({Told: [lambda _fact: inner(), fail]})

    @action
    def announce() -> None:
        add()
        facts.announce(Told())

    with pytest.raises(Refused), acting(SYSTEM):
        announce()
    assert kept() == 0


def test_a_fact_is_heard_inside_the_transaction_that_tells_it(own_database, flow):
    seen = []
    flow({Told: [lambda _fact: seen.append(connection.in_atomic_block)]})
    with transaction.atomic():
        facts.announce(Told())
    assert seen == [True]
