"""Her own record by her PIN: tries counted, each look on the trail; she corrects, withdraws and takes it along."""

from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.rehab import erasing, leading, own, queries, rules
from aanchal.rehab.models import Correction, GateDecision, OwnAccess
from tests.factories import DAY, NOON
from tests.rehab.builders import decide

PIN = "480271"


@pytest.fixture
def with_pin(case, staff):
    with acting(staff.worker):
        own.set_pin(case=case, pin=PIN, at=NOON, by=staff.worker)
    return case


def look(case, user, pin=PIN, minutes=0):
    with acting(user):
        return own.look(case=case, pin=pin, at=NOON + timedelta(minutes=minutes), by=user)


def test_the_right_pin_opens_it_for_this_case_and_worker(with_pin, staff, girl):
    looked = look(with_pin, staff.worker)
    assert own.is_opened(looked.opened, case=with_pin, by=staff.worker)
    assert not own.is_opened(looked.opened, case=girl, by=staff.worker)
    assert not own.is_opened(looked.opened, case=with_pin, by=staff.counsellor)
    assert not own.is_opened("made up", case=with_pin, by=staff.worker)


def test_the_pin_is_kept_as_an_argon2_hash(with_pin, staff):
    with acting(staff.worker):
        kept = OwnAccess.objects.get().pin
    assert kept.startswith("argon2$")
    assert PIN not in kept


def test_five_wrong_tries_lock_it_for_half_an_hour(with_pin, staff):
    assert [look(with_pin, staff.worker, "111222").fault for _ in range(5)] == ["pin_wrong"] * 5
    assert look(with_pin, staff.worker).fault == "pin_locked"
    assert look(with_pin, staff.worker, minutes=29).fault == "pin_locked"
    assert look(with_pin, staff.worker, minutes=31).opened


def test_every_look_is_on_the_trail(with_pin, staff):
    look(with_pin, staff.worker, "111222")
    look(with_pin, staff.worker)
    with acting(SYSTEM):
        told = list(Trail.objects.filter(verb__startswith="rehab.own_record").order_by("at", "seq").values_list("verb", flat=True))
    assert sorted(told) == ["rehab.own_record.opened", "rehab.own_record.pin_set", "rehab.own_record.refused"]


def test_who_is_not_assigned_cannot_even_try(with_pin, staff):
    assert look(with_pin, staff.stranger).fault == "no_pin"


def test_she_asks_for_a_correction_and_is_answered(with_pin, staff):
    with acting(staff.worker):
        one = own.ask_correction(case=with_pin, words="I am 25", at=NOON, by=staff.worker)
        with pytest.raises(rules.NotPossible, match="words"):
            own.answer_correction(correction=one, state="KEPT", answer="", at=NOON, by=staff.worker)
        own.answer_correction(correction=one, state="DONE", answer="Corrected", at=NOON, by=staff.worker)
        [(kept, told)] = own.corrections(case=with_pin, by=staff.worker)
    assert (kept.state, told) == ("DONE", {"words": "I am 25", "answer": "Corrected"})
    with acting(staff.other):
        assert not Correction.objects.exists()


def test_what_is_erased_cannot_be_read_anywhere(with_pin, staff):
    decide(with_pin, "RESCUED", staff.worker, note="Plantedplace")
    with acting(staff.worker):
        called = leading.Called("Planted", "")
        link = leading.choose(case=with_pin, place=staff.place, fields=["DISASTER"], called=called, chose_on=DAY, at=NOON, by=staff.worker)
        own.ask_correction(case=with_pin, words="Planted", at=NOON, by=staff.worker)
        erasing.forget(case=with_pin, at=NOON, by=staff.worker)
    with acting(SYSTEM):
        for row in (GateDecision.objects.get(), Correction.objects.get(), queries.resource_person(link.person_id)):
            assert (row.sealed, row.wrapped_key) == (None, None)
    assert look(with_pin, staff.worker).fault == "pin_wrong"
