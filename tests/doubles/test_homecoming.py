"""Who shows up again is put before those who can visit; the line is closed by the register's own action, or stays open."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.doubles import elsewhere, homecoming, queries
from aanchal.doubles.models import Homecoming
from aanchal.doubles.rules import NotPossible
from aanchal.matching import searching
from aanchal.people import actions as people
from aanchal.people.actions import PersonDetails
from aanchal.people.models import Person
from aanchal.people.rules import Age
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from tests.doubles.builders import LATER, WENT, family, line, person
from tests.factories import DAY, NOON, make_posting, member
from tests.field import phone
from tests.matching.builders import report


@pytest.fixture
def village(india):
    from aanchal.risk import actions as risk

    with acting(SYSTEM):
        risk.load_definitions(by=SYSTEM)
    return india["east village 1"]


@pytest.fixture
def gone(village):
    """Her line in the register of those who left is open."""
    home = family(village)
    return line(person(home, 1), Register.LEFT, household=home)


AWAY = {"away": "yes", "away_reason": "BETTER_WAGE", "employer_verified": "no", "last_contact": "WEEK"}


def signs() -> list[Homecoming]:
    with acting(SYSTEM):
        return list(Homecoming.objects.select_related("entry__person", "by_entry", "place", "seen_in").order_by("pk"))


def surveyed(send, village, away: str):
    """The same family visited twice; the second time she is told to be at home, or away."""
    told = phone.survey(village, phone.head("Phulmati"), phone.daughter("Salomi") | AWAY)
    assert send("household_survey", told).status_code == 201
    her = UUID(told["member"][1]["person_id"])
    with acting(SYSTEM):
        entry = line(Person.objects.get(pk=her), Register.LEFT, household=None)
    if away == "no":
        told["member"][1] = {key: value for key, value in told["member"][1].items() if key not in AWAY} | {"away": "no"}
    assert send("household_survey", told).status_code == 201
    return entry


def test_a_later_visit_that_is_told_she_is_at_home(send, village):
    entry = surveyed(send, village, "no")
    [sign] = signs()
    assert (sign.entry, sign.sign, sign.seen_in, sign.standing) == (entry, "VISIT", village, "OPEN")


def test_a_later_visit_that_is_told_she_is_away_says_nothing(send, village):
    surveyed(send, village, "yes")
    assert signs() == []


def test_a_return_in_the_migration_register_speaks_of_her_other_lines(gone, village):
    trip = line(gone.person, household=gone.household)
    with acting(SYSTEM):
        changes = registers.Changes(details={"returned_on": DAY.isoformat()})
        registers.correct_entry(entry=trip, changes=changes, reason="home", at=NOON, by=SYSTEM)
    [sign] = signs()
    assert (sign.entry, sign.sign, sign.seen_on) == (gone, "RETURN_ENTRY", DAY)


def test_her_own_return_in_the_same_line_is_no_sign(gone):
    with acting(SYSTEM):
        registers.correct_entry(
            entry=gone, changes=registers.Changes(details={"returned_on": DAY.isoformat()}), reason="home", at=NOON, by=SYSTEM
        )
    assert signs() == []


def test_someone_very_like_her_in_the_register_of_another_village(village, india):
    searching.forget()
    missing = report(village, "Salomi Oraon", guardian="Budhram Oraon", years=15)
    with acting(SYSTEM):
        details = member("सलोमी उराँव", guardian="बुधराम उराँव", years=15)
        other = people.record_person(details=details, place=india["west village 1"], by=SYSTEM)
        seen = line(other, Register.MIGRATION)
        assert elsewhere.search(since=NOON - timedelta(days=1), at=LATER) == 1
        assert elsewhere.search(since=NOON - timedelta(days=1), at=LATER) == 0  # once
    [sign] = signs()
    assert (sign.entry, sign.sign, sign.by_entry, sign.place) == (missing, "ELSEWHERE", seen, village)


def test_a_stranger_in_another_village_is_no_sign(village, india):
    searching.forget()
    report(village, "Salomi Oraon", guardian="Budhram Oraon", years=15)
    with acting(SYSTEM):
        age = Age("STATED", years=40, told_on=DAY)
        told = PersonDetails(id=member().id, name="Geeta Mahto", sex="FEMALE", age=age, guardian_name="Hari")
        line(people.record_person(details=told, place=india["west village 1"], by=SYSTEM))
        assert elsewhere.search(since=NOON - timedelta(days=1), at=LATER) == 0


@pytest.fixture
def sign(gone, village, crp):
    with acting(crp):
        homecoming.note_present(people=[gone.person_id], place=village, on=DAY, at=LATER, by=crp)
    return signs()[0]


def test_it_is_noted_once(sign, gone, village, crp):
    with acting(crp):
        assert homecoming.note_present(people=[gone.person_id], place=village, on=DAY, at=LATER, by=crp) == 0


def test_a_visit_before_she_went_is_no_sign(gone, village, crp):
    with acting(crp):
        assert homecoming.note_present(people=[gone.person_id], place=village, on=WENT, at=LATER, by=crp) == 0


def test_after_a_visit_the_line_is_closed_with_the_day(sign, gone, crp, signed_in):
    page = signed_in(crp).get(reverse("doubles:returns")).content.decode()
    assert reverse("doubles:return", args=[sign.pk]) in page
    answer = signed_in(crp).post(reverse("doubles:return", args=[sign.pk]), {"answer": "yes", "on": DAY.isoformat()})
    assert answer.status_code == 302
    with acting(SYSTEM):
        now = Entry.objects.get(corrects=gone)
        assert (now.is_open, now.details["returned_on"], now.recorded_by) == (False, DAY.isoformat(), crp)
        assert Homecoming.objects.get().answered_by == crp


def test_no_leaves_the_line_open_and_is_not_asked_again(sign, gone, crp, signed_in, village):
    signed_in(crp).post(reverse("doubles:return", args=[sign.pk]), {"answer": "no"})
    with acting(crp):
        assert Entry.objects.get(pk=gone.pk).is_open
        assert not queries.homecomings(crp)
        assert homecoming.note_present(people=[gone.person_id], place=village, on=DAY, at=LATER, by=crp) == 0


def test_a_missing_line_is_traced(village, crp):
    missing = report(village, "Salomi Oraon", guardian="Budhram Oraon", years=15)
    with acting(crp):
        homecoming.note_present(people=[missing.person_id], place=village, on=DAY, at=LATER, by=crp)
        homecoming.answer(homecoming=signs()[0], is_back=True, on=DAY, at=LATER, by=crp)
        now = Entry.objects.get(corrects=missing)
        assert (now.details["missing_status"], now.details["traced_on"], now.is_open) == ("TRACED", DAY.isoformat(), False)


@pytest.mark.parametrize(("day", "why"), [(WENT - timedelta(days=1), "before"), (DAY + timedelta(days=9), "future")])
def test_a_day_that_cannot_be_is_refused(sign, crp, day, why):
    with acting(crp), pytest.raises(NotPossible, match=why):
        homecoming.answer(homecoming=sign, is_back=True, on=day, at=LATER, by=crp)


def test_a_line_closed_meanwhile_leaves_the_list(sign, gone, crp, signed_in):
    with acting(SYSTEM):
        registers.correct_entry(
            entry=gone, changes=registers.Changes(details={"returned_on": DAY.isoformat()}), reason="home", at=NOON, by=SYSTEM
        )
    with acting(crp):
        assert not queries.homecomings(crp)
        with pytest.raises(NotPossible, match="closed"):
            homecoming.answer(homecoming=sign, is_back=True, on=DAY, at=LATER, by=crp)
    assert "closed meanwhile" in signed_in(crp).get(reverse("doubles:return", args=[sign.pk])).content.decode()


def test_her_name_is_shown_when_it_is_asked_for_and_that_is_noted(sign, crp, signed_in):
    from aanchal.core.models import Trail

    url = reverse("doubles:return", args=[sign.pk])
    assert "Salomi" not in signed_in(crp).get(url).content.decode()
    assert "Salomi" in signed_in(crp).post(reverse("doubles:return-open", args=[sign.pk])).content.decode()
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="people.identity.read", actor=crp.pk, about_id=str(sign.person_id)).exists()


def test_a_leader_who_only_reads_registers_has_no_list(sign, village, signed_in):
    with acting(SYSTEM):
        leader = make_posting("vo_leader", village)
    assert signed_in(leader).get(reverse("doubles:returns")).status_code == 404
