"""A phone that still holds the other record sends a visit: it reaches the family that stays; what nobody can know waits."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.doubles import actions
from aanchal.people import actions as people
from aanchal.people.models import Conflict, Household, Person
from aanchal.people.queries import members_of
from aanchal.registers import actions as registers
from aanchal.registers.terms import Register
from aanchal.risk import queries as risk
from aanchal.risk.models import Assessment
from tests.doubles.builders import AGAIN, FIRST, LATER, MISSING, WENT, person
from tests.factories import DAY, NOON, member
from tests.field import phone
from tests.field import test_follow_up as follow_up


@pytest.fixture
def joined(twice):
    with acting(twice.officer):
        actions.decide(double=twice.double, answer="SAME", stays=twice.one.pk, at=LATER, by=twice.officer)
    with acting(SYSTEM):
        twice.family = Household.objects.get(pk=twice.one.pk)
    return twice


def as_told(record, people_told) -> list[dict]:
    """The members of a record as its own phone lists them."""
    return [_member(record, nth, *one) for nth, one in enumerate(people_told)]


def _member(record, nth, name, sex, years, relation, _guardian) -> dict:
    told = {
        "person_id": str(person(record, nth).pk), "name": name, "sex": sex, "relation": relation, "age_basis": "STATED",
        "age_years": str(years), "age": str(years), "away": "no",
    }  # fmt: skip
    if years >= 10:
        told["marital_status"] = "MARRIED" if years > 17 else "SINGLE"
    if 5 < years < 18:
        told |= {"school_status": "ENROLLED", "working": "no"}
    return told


def visit(send, village, record, told: list[dict], **hh):
    told_of = {"household_id": str(record.pk), "guardian_name": "Budhram Oraon"} | hh
    return send("household_survey", phone.survey(village, *told, hh=told_of))


def test_a_visit_to_the_other_record_reaches_the_family_that_stays(joined, send):
    assert visit(send, joined.village, joined.other, as_told(joined.other, AGAIN), food_short_months="7").status_code == 201
    with acting(SYSTEM):
        family = Household.objects.get(pk=joined.family.pk)
        assert family.version == joined.family.version + 1
        assert len(members_of(family)) == 4  # nobody left because that phone did not list them
        assert Conflict.objects.filter(household=family, state="OPEN").exists()
        assert not Conflict.objects.filter(household=joined.other).exists()
        assert Assessment.objects.get(household=family, is_current=True)
        assert not Assessment.objects.filter(household=joined.other, is_current=True).exists()


def test_a_visit_to_the_family_may_list_those_whom_the_other_record_told(joined, send):
    told = [*as_told(joined.one, FIRST), as_told(joined.other, AGAIN)[2]]
    assert visit(send, joined.village, joined.one, told).status_code == 201
    with acting(SYSTEM):
        assert len(members_of(Household.objects.get(pk=joined.one.pk))) == 4
        assert Person.every.count() == 16


def test_who_is_no_longer_listed_leaves_the_family_under_whichever_record(joined, send):
    assert visit(send, joined.village, joined.one, as_told(joined.one, FIRST)).status_code == 201
    with acting(SYSTEM):
        assert len(members_of(Household.objects.get(pk=joined.one.pk))) == 3


def test_a_follow_up_visit_to_the_other_record_waits_where_it_differs(joined, client, token):
    assert follow_up.sent(client, token, follow_up.visit(joined.village, joined.other)).status_code == 201
    with acting(SYSTEM):
        family = Household.objects.get(pk=joined.one.pk)
        assert Conflict.objects.get(household=family, field="food_short_months").state == "OPEN"
        assert risk.newest_facts(family)["food_short_months"] == 0


def test_the_head_told_once_more_in_the_other_spelling_meets_the_family_that_stays(joined):
    name, sex, years, relation, guardian = AGAIN[0]
    head = member(name, sex=sex, years=years, relation=relation, guardian=guardian)
    details = people.HouseholdDetails(id=member().id, members=(head,))
    with acting(SYSTEM), pytest.raises(people.PossibleDouble) as met:
        people.record_household(details=details, place=joined.village, visited_on=DAY, at=NOON, by=SYSTEM)
    assert met.value.codes == (joined.one.code,)


def test_a_register_line_in_either_spelling_is_of_the_one_who_stays(joined):
    with acting(SYSTEM):
        for name, guardian in ((FIRST[0][0], FIRST[0][4]), (AGAIN[0][0], AGAIN[0][4])):
            told = member(name, guardian=guardian, years=41)
            assert people.recognise_person(details=told, household=None, place=joined.village, by=SYSTEM).pk == person(joined.one, 0).pk


def test_a_line_of_the_family_tells_of_it_under_either_code(joined):
    with acting(SYSTEM):
        registers.record_entry(
            register=Register.MISSING, person=person(joined.other, 2), household=joined.other, place=joined.village, happened_on=WENT,
            details=MISSING, texts={}, at=NOON, by=SYSTEM,
        )  # fmt: skip
        _survey, facts, _disputed = risk.facts_of(Household.objects.get(pk=joined.one.pk))
        assert facts["member_missing"]
