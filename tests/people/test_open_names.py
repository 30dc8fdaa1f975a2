"""A name is read only where names may be read, and each reading is on the trail."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import envelope
from aanchal.core.models import Trail
from aanchal.people import actions
from aanchal.people.models import Identity, Person
from tests.factories import make_household, make_posting, member

READ = "people.identity.read"


@pytest.fixture
def people(village):
    """A mother and her daughter."""
    make_household(village, member("Savitri", phone="9800000001"), member("Meena", relation="DAUGHTER", guardian=""))
    with acting(SYSTEM):
        return list(Person.objects.order_by("pk"))


def opened(people, by) -> dict:
    with acting(by):
        return actions.open_names(people=people, reason="visit", by=by)


def readings() -> list[Trail]:
    with acting(SYSTEM):
        return list(Trail.objects.filter(verb=READ))


def test_whoever_may_reads_names(people, crp):
    names = opened(people, crp).values()
    assert {(one.name, one.guardian_name, one.phone) for one in names} == {("Savitri", "Ramesh", "9800000001"), ("Meena", "", "")}


def test_each_person_read_is_a_line_of_the_trail(people, crp, village):
    opened(people, crp)
    assert {(line.about_id, line.actor, line.place_no) for line in readings()} == {
        (str(person.pk), crp.pk, village.place_no) for person in people
    }
    assert [line.detail for line in readings()] == [{"reason": "visit"}] * 2
    assert {line.about for line in readings()} == {"people.Identity"}


def test_nobody_read_is_no_line(people, crp):
    assert opened([], crp) == {}
    assert readings() == []


def test_a_stranger_gets_none_and_leaves_no_line(people, stranger):
    assert opened(people, stranger) == {}
    assert readings() == []


@pytest.mark.parametrize("role", ["vo_leader", "clf_leader", "district_manager", "state_expert", "administrator", "national_analyst"])
def test_a_role_that_reads_no_names_gets_none(people, india, role):
    with acting(SYSTEM):
        user = make_posting(role, india["nation"])
    assert opened(people, user) == {}
    assert readings() == []


def test_a_name_that_was_moved_to_another_person_does_not_open(people, crp):
    with acting(SYSTEM):
        first, second = Identity.objects.order_by("person_id")
        second.name, second.wrapped_key = first.name, first.wrapped_key
        second.save()
    with pytest.raises(envelope.CannotOpen):
        opened(people, crp)
    assert readings() == []


def test_a_name_whose_key_is_destroyed_does_not_open(people, crp):
    with acting(SYSTEM):
        Identity.objects.update(wrapped_key=bytes([1]) + bytes(60))
    with pytest.raises(envelope.CannotOpen):
        opened(people, crp)
