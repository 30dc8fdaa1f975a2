"""A family is recorded with its members at the first visit, and kept up at each later one; what was stays."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.codes import household_code
from aanchal.people import actions, queries
from aanchal.people.models import Consent, Household, Identity, Membership, Person
from aanchal.people.queries import names_of
from tests.factories import DAY, NOON, make_household, member
from tests.people.build import record, survey, trail_of

WEEK = timedelta(days=7)
GIRL = {"name": "Meena", "years": 14, "relation": "DAUGHTER", "guardian": "", "school_status": "ENROLLED"}


@pytest.fixture
def told():
    """A mother and her daughter, as they were told at the first visit."""
    return survey(member("Savitri", phone="9800000001", marital_status="WIDOWED"), member(**GIRL), hamlet="Upper", position=(78.5, 17.25))


def kept(rows) -> list:
    with acting(SYSTEM):
        return list(rows)


def memberships(household) -> dict:
    found = kept(Membership.objects.filter(household=household).order_by("since", "pk"))
    return {one.person_id: (one.relation, one.since, one.until) for one in found}


def test_the_first_visit_keeps_what_was_told_of_the_family(village, crp, told):
    household = record(village, crp, told)
    assert household.is_new
    [row] = kept(Household.objects.all())
    assert (row.pk, row.place, row.place_no, row.hamlet) == (told.id, village, village.place_no, "Upper")
    assert (row.visited_on, row.recorded_at) == (DAY, NOON)
    assert row.code == household_code(told.id)
    assert str(row) == row.shown_code == f"{row.code[:3]}-{row.code[3:]}"
    assert not row.is_new


def test_the_first_visit_keeps_its_members(village, crp, told):
    household = record(village, crp, told)
    mother, girl = told.members
    assert memberships(household) == {mother.id: ("SELF", DAY, None), girl.id: ("DAUGHTER", DAY, None)}
    people = {person.pk: person for person in kept(Person.objects.all())}
    assert (people[mother.id].marital_status, people[girl.id].school_status, people[girl.id].age) == ("WIDOWED", "ENROLLED", girl.age)
    assert {person.place_no for person in people.values()} == {village.place_no}
    assert str(people[girl.id]) == str(girl.id)


def test_the_first_visit_seals_the_names(village, crp, told):
    record(village, crp, told)
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT i::text FROM people_identity i UNION ALL SELECT p::text FROM people_person p")
        said = " ".join(row for (row,) in cursor.fetchall())
        names = names_of([told.members[0].id])[told.members[0].id]
    assert (names.name, names.guardian_name, names.phone) == ("Savitri", "Ramesh", "9800000001")
    for secret in ("Savitri", "Ramesh", "9800000001", "Meena"):
        assert secret not in said
        assert secret.encode().hex() not in said


def test_the_first_visit_keeps_the_consent(village, crp):
    household = record(village, crp, survey(consent_giver="PARENT_GUARDIAN", language="te"))
    [consent] = kept(Consent.objects.all())
    assert (consent.household_id, consent.person_id, consent.giver, consent.language) == (household.pk, None, "PARENT_GUARDIAN", "te")
    assert (consent.purposes, consent.given_on, consent.withdrawn_on) == (["INTERVIEW", "STORE"], DAY, None)
    assert "DPDP" in consent.lawful_basis
    assert str(consent) == f"PARENT_GUARDIAN on {DAY}"


def test_each_visit_is_on_the_trail_without_a_name(village, crp, told):
    household = record(village, crp, told)
    record(village, crp, told, on=DAY + WEEK)
    assert trail_of(household) == [("people.household.recorded", crp.pk), ("people.household.revisited", crp.pk)]


def test_a_later_visit_keeps_one_family_and_brings_it_up_to_date(village, crp, told):
    first = record(village, crp, told)
    again = survey(*told.members, pk=told.id, hamlet="Lower", house_type="KUTCHA", social_category="ST")
    household = record(village, crp, again, on=DAY + WEEK)
    assert not household.is_new
    [row] = kept(Household.objects.all())
    assert (row.hamlet, row.house_type, row.social_category, row.visited_on) == ("Lower", "KUTCHA", "ST", DAY + WEEK)
    assert (row.longitude, row.latitude) == (first.longitude, first.latitude)  # not asked again
    assert len(kept(Consent.objects.all())) == 1


def test_a_later_visit_brings_its_members_up_to_date(village, crp, told):
    household = record(village, crp, told)
    mother, girl = told.members
    older = member(**GIRL | {"pk": girl.id, "name": "Meena Kumari", "years": 15, "school_status": "DROPPED_OUT"})
    record(village, crp, survey(mother, older, pk=told.id), on=DAY + WEEK)
    with acting(SYSTEM):
        person = Person.objects.get(pk=girl.id)
        assert (person.years, person.school_status) == (15, "DROPPED_OUT")
        assert names_of([girl.id])[girl.id].name == "Meena Kumari"
        assert Identity.objects.count() == 2
    assert memberships(household) == {mother.id: ("SELF", DAY, None), girl.id: ("DAUGHTER", DAY, None)}


def test_who_is_the_head_now_is_the_head(village, crp, told):
    household = record(village, crp, told)
    mother, girl = told.members
    record(village, crp, survey(member(**GIRL | {"pk": girl.id, "relation": "SELF"}), pk=told.id), on=DAY + WEEK)
    assert memberships(household) == {mother.id: ("SELF", DAY, DAY + WEEK), girl.id: ("SELF", DAY, None)}


def test_who_joined_and_who_left_are_known_by_the_day(village, crp, told):
    household = record(village, crp, told)
    mother, girl = told.members
    bride = member("Radha", relation="DAUGHTER_IN_LAW", guardian="")
    record(village, crp, survey(mother, bride, pk=told.id), on=DAY + WEEK)
    assert memberships(household) == {
        mother.id: ("SELF", DAY, None),
        girl.id: ("DAUGHTER", DAY, DAY + WEEK),
        bride.id: ("DAUGHTER_IN_LAW", DAY + WEEK, None),
    }
    with acting(crp):
        assert {one.person_id for one in queries.members_of(household)} == {mother.id, bride.id}
        assert queries.household_of(Person.objects.get(pk=girl.id)) is None
        assert queries.household_of(Person.objects.get(pk=bride.id)) == household
        assert names_of([girl.id])  # her record stays


def test_who_comes_back_joins_again_and_the_earlier_stay_remains(village, crp, told):
    household = record(village, crp, told)
    mother, girl = told.members
    record(village, crp, survey(mother, pk=told.id), on=DAY + WEEK)
    grown = member(**GIRL | {"pk": girl.id, "years": 16})
    record(village, crp, survey(mother, grown, pk=told.id), on=DAY + 2 * WEEK)
    stays = kept(Membership.objects.filter(household=household, person=girl.id).order_by("since").values_list("since", "until"))
    assert stays == [(DAY, DAY + WEEK), (DAY + 2 * WEEK, None)]
    [person] = kept(Person.objects.filter(pk=girl.id))
    assert person.years == 16


def test_a_visit_on_the_same_day_takes_the_place_of_the_first(village, crp, told):
    household = record(village, crp, told)
    mother, girl = told.members
    record(village, crp, survey(mother, pk=told.id, hamlet="Lower"))
    assert memberships(household) == {mother.id: ("SELF", DAY, None), girl.id: ("DAUGHTER", DAY, DAY)}
    assert kept(Household.objects.values_list("hamlet", flat=True)) == ["Lower"]


def test_a_visit_that_comes_after_a_later_one_changes_nothing_of_it(village, crp, told):
    """A phone was out of reach: the visit of the week before arrives today."""
    mother, girl = told.members
    household = record(village, crp, told, on=DAY)
    before, standing = record(village, crp, survey(mother, pk=told.id, hamlet="Old"), on=DAY - WEEK), memberships(household)
    assert standing == {mother.id: ("SELF", DAY, None), girl.id: ("DAUGHTER", DAY, None)}
    assert kept(Household.objects.values_list("hamlet", "visited_on")) == [("Upper", DAY)]
    assert not before.is_new
    assert trail_of(household)[-1] == ("people.household.revisited", crp.pk)


def test_the_id_of_a_family_of_another_village_is_refused(india, village, told):
    record(village, SYSTEM, told)
    with pytest.raises(actions.ElsewhereRecorded):
        record(india["east village 2"], SYSTEM, told)
    assert len(kept(Household.objects.all())) == 1


def test_a_stranger_records_nothing_in_the_village_and_sees_nothing(village, crp, stranger, told):
    with pytest.raises(Exception, match="row-level security"):
        record(village, stranger, told)
    record(village, crp, told)
    with acting(stranger), connection.cursor() as cursor:
        for table in ("household", "person", "membership", "identity", "consent"):
            cursor.execute(f"SELECT count(*) FROM people_{table}")
            assert cursor.fetchone() == (0,)
        assert queries.household(told.id) is None
        assert queries.trace(told.id, None).place_no is None


def test_a_family_is_found_by_its_code_in_its_village_only(india, village):
    household = make_household(village)
    with acting(SYSTEM):
        assert queries.household_by_code(household.code, village) == household
        assert queries.household_by_code(household.code, india["east village 2"]) is None
        Household.objects.create(
            id=uuid4(), code=household.code, place=village, place_no=village.place_no, visited_on=DAY, recorded_at=NOON
        )
        assert queries.household_by_code(household.code, village) is None  # two have it: neither is meant
