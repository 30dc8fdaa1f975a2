"""A new line of a register assesses the family again at once; every assessment is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.people.models import Membership
from aanchal.registers import actions as registers
from aanchal.registers.actions import Changes
from aanchal.registers.terms import Register
from aanchal.risk.models import Assessment, Grounds
from tests.factories import DAY, NOON, make_posting
from tests.registers.builders import DETAILS, make_entry
from tests.risk.world import SEVERE, codes_on, family, said_by

TRACED = {"missing_status": "TRACED", "traced_on": DAY + timedelta(days=2)}


@pytest.fixture
def calm(village):
    return family(village)


@pytest.fixture
def missing(calm, village):
    with acting(SYSTEM):
        person = Membership.objects.get(household=calm.household).person
    return make_entry(village, Register.MISSING, household=calm.household, person=person)


def assessments(assessment):
    with acting(SYSTEM):
        return list(Assessment.objects.filter(household=assessment.household_id).select_related("grounds").order_by("pk"))


def current(assessment):
    return next(one for one in assessments(assessment) if one.is_current)


def trace(missing):
    with acting(SYSTEM):
        changes = Changes(details=DETAILS[Register.MISSING] | TRACED)
        return registers.correct_entry(entry=missing, changes=changes, reason="Came home", at=NOON + timedelta(days=3), by=SYSTEM)


def test_it_is_urgent_as_soon_as_a_member_is_missing(calm, missing):
    assert current(calm).is_urgent
    assert current(calm).grounds.overrides == ["member_missing"]
    assert current(calm).band == "NOT_AT_RISK"


def test_it_stands_first_on_the_list_at_once(village, calm, missing, crp, signed_in):
    family(village, SEVERE)
    response = signed_in(crp).get(reverse("families"), {"place": village.pk})
    assert codes_on(response)[0] == calm.household.shown_code


def test_it_is_urgent_no_longer_when_the_person_is_traced(calm, missing):
    trace(missing)
    assert not current(calm).is_urgent
    assert current(calm).grounds.overrides == []


def test_it_assesses_both_families_when_a_correction_moves_the_line(village, calm, missing):
    other = family(village)
    with acting(SYSTEM):
        changes = Changes(details=DETAILS[Register.MISSING], household=other.household)
        registers.correct_entry(entry=missing, changes=changes, reason="Of the house beside", at=NOON + timedelta(days=3), by=SYSTEM)
    assert (current(calm).is_urgent, current(other).is_urgent) == (False, True)


def test_it_keeps_every_assessment_with_its_version(calm, missing):
    trace(missing)
    found = assessments(calm)
    assert [one.is_urgent for one in found] == [False, True, False]
    assert [one.is_current for one in found] == [False, False, True]
    assert {one.definition_id for one in found} == {"household-1"}


def test_it_tells_how_it_went_on_the_card(calm, missing, crp, signed_in):
    trace(missing)
    went = said_by(signed_in(crp).get(reverse("family", args=[calm.household_id]))).split("How it went")[1].split("Where each figure")[0]
    gone, new, first = went.split("</li>")[:3]
    assert "No longer:" in gone
    assert "A member of the family is missing." in gone
    assert "New:" in new
    assert "A member of the family is missing." in new
    assert "First survey" in first


def test_it_shows_the_line_on_the_card(calm, missing, leader, signed_in):
    text = said_by(signed_in(leader).get(reverse("family", args=[calm.household_id])))
    assert reverse("registers:detail", args=[missing.pk]) in text
    assert "Still open" in text


def test_it_tells_a_leader_that_something_is_urgent_and_not_why(calm, missing, leader, signed_in):
    text = said_by(signed_in(leader).get(reverse("family", args=[calm.household_id])))
    assert "Speak today with the Gender CRP" in text
    assert "A member of the family is missing." not in text


def test_it_leaves_other_families_alone(village, calm, missing):
    other = family(village)
    assert len(assessments(other)) == 1


def test_it_is_nothing_to_a_stranger(calm, missing, stranger, india, signed_in):
    with acting(stranger):
        assert not Assessment.objects.exists()
        assert not Grounds.objects.exists()
    with acting(SYSTEM):
        officer = make_posting("block_officer", india["west block"])
    assert signed_in(officer).get(reverse("family", args=[calm.household_id])).status_code == 404
