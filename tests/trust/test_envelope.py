"""Sealed names: altered, moved, under another key: refused; the key destroyed: unreadable (shared trust.md, figure 5)."""

import os
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import envelope
from aanchal.core.envelope import CannotOpen
from aanchal.people import actions as people
from aanchal.people.models import Identity, Person
from tests.factories import make_household, member

FIELDS = st.sampled_from(["name", "guardian_name", "phone", "raw", "content", "texts"])
VALUES = st.binary(max_size=300)
often = bounded(max_examples=200, deadline=None)


@pytest.fixture
def master_keys(settings):
    """A function that gives this installation other master keys."""
    settings.MASTER_KEYS = dict(settings.MASTER_KEYS)
    envelope._master.cache_clear()

    def give(keys):
        envelope._master.cache_clear()
        settings.MASTER_KEYS = keys

    yield give
    envelope._master.cache_clear()


@given(field=FIELDS, value=VALUES, pk=st.uuids())
@often
def test_what_was_sealed_opens_and_shows_nothing_before(field, value, pk):
    seal, wrapped = envelope.new(pk)
    sealed = seal.seal(field, value)
    assert envelope.opened(pk, wrapped).open(field, sealed) == value
    assert len(value) < 4 or value not in sealed


@given(field=FIELDS, value=VALUES, at=st.integers(0, 10_000), flip=st.integers(1, 255))
@often
def test_a_changed_byte_is_refused(field, value, at, flip):
    pk = uuid4()
    seal, wrapped = envelope.new(pk)
    sealed = bytearray(seal.seal(field, value))
    sealed[at % len(sealed)] ^= flip
    with pytest.raises(CannotOpen):
        envelope.opened(pk, wrapped).open(field, bytes(sealed))


@given(at=st.integers(0, 10_000), flip=st.integers(1, 255))
@often
def test_a_changed_byte_of_the_key_is_refused(at, flip):
    pk = uuid4()
    wrapped = bytearray(envelope.new(pk)[1])
    wrapped[at % len(wrapped)] ^= flip
    with pytest.raises(CannotOpen):
        envelope.opened(pk, bytes(wrapped))


@given(value=VALUES, cut=st.integers(1, 400))
@often
def test_a_value_cut_short_or_emptied_is_refused(value, cut):
    pk = uuid4()
    seal, wrapped = envelope.new(pk)
    with pytest.raises(CannotOpen):
        envelope.opened(pk, wrapped).open("name", seal.seal("name", value)[:-cut])
    with pytest.raises(CannotOpen):
        envelope.opened(pk, wrapped[: max(0, len(wrapped) - cut)])


@given(one=FIELDS, other=FIELDS, value=VALUES)
@often
def test_a_value_moved_to_another_field_or_row_is_refused(one, other, value):
    here, there = uuid4(), uuid4()
    (mine, wrapped), (theirs, elsewhere) = envelope.new(here), envelope.new(there)
    sealed = mine.seal(one, value)
    if one != other:
        with pytest.raises(CannotOpen):
            envelope.opened(here, wrapped).open(other, sealed)
    with pytest.raises(CannotOpen):
        envelope.opened(there, elsewhere).open(one, sealed)
    with pytest.raises(CannotOpen):  # the whole row moved, key and all
        envelope.opened(there, wrapped).open(one, sealed)
    assert theirs.open(one, theirs.seal(one, value)) == value


def test_another_installations_master_key_opens_nothing(master_keys):
    pk = uuid4()
    _, wrapped = envelope.new(pk)
    master_keys({1: os.urandom(32)})
    with pytest.raises(CannotOpen):
        envelope.opened(pk, wrapped)
    master_keys({7: os.urandom(32)})
    with pytest.raises(CannotOpen, match="not in this installation"):
        envelope.opened(pk, wrapped)


def test_rotation_wraps_again_and_touches_no_sealed_value(master_keys, settings):
    pk, old, new = uuid4(), os.urandom(32), os.urandom(32)
    master_keys({1: old})
    seal, wrapped = envelope.new(pk)
    sealed = seal.seal("name", "Asha")
    master_keys({1: old, 2: new})
    again = envelope.rewrapped(pk, wrapped)
    master_keys({2: new})
    assert envelope.opened(pk, again).open("name", sealed) == b"Asha"
    with pytest.raises(CannotOpen):
        envelope.opened(pk, wrapped)


def test_rotation_refuses_a_key_that_is_not_this_rows(master_keys):
    master_keys({1: os.urandom(32)})
    with pytest.raises(CannotOpen):
        envelope.rewrapped(uuid4(), envelope.new(uuid4())[1])


@pytest.fixture
def person(india):
    make_household(india["east village 1"], member(name="Chandrakala Planted"))
    with acting(SYSTEM):
        return Person.objects.get()


def name_of(person) -> str:
    with acting(SYSTEM):
        return people.open_names(people=[person], reason="TEST", by=SYSTEM)[person.pk].name


def test_a_destroyed_key_makes_the_name_unreadable(person):
    assert name_of(person) == "Chandrakala Planted"
    with acting(SYSTEM):
        Identity.objects.update(wrapped_key=b"")
    with pytest.raises(CannotOpen):
        name_of(person)


def test_names_swapped_between_two_rows_are_refused(india, person):
    make_household(india["east village 1"], member(name="Sunaina Other", guardian="Another"))
    with acting(SYSTEM):
        one, other = Identity.objects.order_by("pk")
        one.name, other.name = other.name, one.name
        one.save()
        other.save()
    with pytest.raises(CannotOpen):
        name_of(person)
