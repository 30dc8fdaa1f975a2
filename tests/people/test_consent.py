"""Consent belongs to one family or one person, and can be taken back from a day on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.people import actions
from aanchal.people.actions import HouseholdDetails
from aanchal.people.models import Consent, Membership, Person
from tests.factories import DAY, make_household, member
from tests.people.build import trail_of

ONE_DAY = timedelta(days=1)


@pytest.fixture
def consent(village):
    household = make_household(village)
    with acting(SYSTEM):
        return household.consents.get()


def a_consent(village, **whose) -> Consent:
    return Consent(
        place_no=village.place_no, giver="CWC", purposes=["SHARE_DISTRICT"], lawful_basis="JJ Act", language="hi", given_on=DAY, **whose
    )


def write(row) -> None:
    with acting(SYSTEM):
        row.save()


def test_it_is_withdrawn_from_a_day_on_and_stays_on_record(consent, crp):
    with acting(crp):
        actions.withdraw_consent(consent=consent, on=DAY + ONE_DAY, at=timezone.now(), by=crp)
    with acting(SYSTEM):
        [kept] = Consent.objects.all()
    assert (kept.given_on, kept.withdrawn_on) == (DAY, DAY + ONE_DAY)
    assert trail_of(consent) == [("people.consent.withdrawn", crp.pk)]


def test_it_may_be_withdrawn_on_the_day_it_was_given(consent, crp):
    with acting(crp):
        assert actions.withdraw_consent(consent=consent, on=DAY, at=timezone.now(), by=crp).withdrawn_on == DAY


def test_it_is_not_withdrawn_before_it_was_given(consent, crp):
    with pytest.raises(IntegrityError, match="consent_withdrawn_after_given"), acting(crp):
        actions.withdraw_consent(consent=consent, on=DAY - ONE_DAY, at=timezone.now(), by=crp)


@pytest.mark.parametrize(("days", "living"), [(0, 0), (1, 0), (2, 1)], ids=["before", "that day", "after"])
def test_it_is_given_again_only_by_a_visit_after_the_day_it_was_taken_back(consent, village, crp, days, living):
    with acting(crp):
        actions.withdraw_consent(consent=consent, on=DAY + ONE_DAY, at=timezone.now(), by=crp)
        details = HouseholdDetails(id=consent.household_id, members=(member(relation="SELF"),))
        actions.record_household(details=details, place=village, visited_on=DAY + days * ONE_DAY, at=timezone.now(), by=crp)
    with acting(SYSTEM):
        found = list(Consent.objects.order_by("given_on"))
        assert found[0].withdrawn_on == DAY + ONE_DAY
        assert [one.given_on for one in found if one.withdrawn_on is None] == [DAY + days * ONE_DAY] * living


def test_one_that_stands_is_not_written_twice(consent, village, crp):
    with acting(crp):
        details = HouseholdDetails(id=consent.household_id, members=(member(relation="SELF"),))
        actions.record_household(details=details, place=village, visited_on=DAY + ONE_DAY, at=timezone.now(), by=crp)
    with acting(SYSTEM):
        assert [one.pk for one in Consent.objects.all()] == [consent.pk]


def test_a_stranger_withdraws_nothing(consent, stranger):
    with pytest.raises(Exception, match="did not affect any rows|row-level security"), acting(stranger):
        actions.withdraw_consent(consent=consent, on=DAY, at=timezone.now(), by=stranger)
    with acting(SYSTEM):
        assert Consent.objects.get().withdrawn_on is None


def test_it_is_of_a_person_or_of_a_family(village, consent):
    with acting(SYSTEM):
        person = Person.objects.get()
    write(a_consent(village, person=person))
    for whose in ({}, {"person": person, "household_id": consent.household_id}):
        with pytest.raises(IntegrityError, match="consent_is_of_one"):
            write(a_consent(village, **whose))


def test_a_documented_age_has_its_date(village):
    row = {"place": village, "place_no": village.place_no, "sex": "FEMALE", "age_basis": "DOCUMENTED"}
    with pytest.raises(IntegrityError, match="documented_age_has_a_date"):
        write(Person(years=14, told_on=DAY, **row))
    write(Person(born_on=DAY, **row))


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (1, True)])
def test_a_membership_does_not_end_before_it_begins(village, consent, days, holds):
    with acting(SYSTEM):
        membership = Membership.objects.get()
    membership.until = membership.since + days * ONE_DAY
    if holds:
        write(membership)
        return
    with pytest.raises(IntegrityError, match="membership_ends_after_it_begins"):
        write(membership)


def test_a_person_is_once_in_a_household_at_a_time(village):
    household = make_household(village, member())
    with acting(SYSTEM):
        membership = Membership.objects.get()
    again = Membership(household=household, person_id=membership.person_id, place_no=village.place_no, relation="SELF", since=DAY)
    with pytest.raises(IntegrityError, match="member_once"):
        write(again)
    membership.until = DAY
    write(membership)
    write(again)
    assert str(again) == f"SELF of {household.pk}"
