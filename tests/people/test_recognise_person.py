"""Who a register line speaks of: someone of the family, the one person of the village it can be, or someone new."""

from datetime import date

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.people import actions
from aanchal.people.actions import PersonDetails
from aanchal.people.models import Identity, Person
from aanchal.people.rules import Age
from tests.factories import DAY, make_household, make_posting, member
from tests.people.build import trail_of

MEENA = member("Meena Kumari", years=14, relation="DAUGHTER", guardian="")


@pytest.fixture
def family(village):
    return make_household(village, member("Savitri"), MEENA)


@pytest.fixture
def recognise(village, crp):
    """A function that tells of someone and returns the person recognised."""

    def tell(details, household=None, *, place=village, by=crp):
        with acting(by):
            return actions.recognise_person(details=details, household=household, place=place, by=by)

    return tell


def someone(name="Meena Kumari", *, age=None, **more) -> PersonDetails:
    told = member(name, **{"guardian": ""} | more)
    return told if age is None else PersonDetails(**{**told.__dict__, "age": age})


def count() -> int:
    with acting(SYSTEM):
        return Person.objects.count()


@pytest.mark.parametrize("name", ["Meena", "MEENA  kumari", "Km. Meena", "Kumari Meena"])
def test_a_member_of_the_family_is_known_by_name_sex_and_age(recognise, family, name):
    assert recognise(someone(name, years=14), family).pk == MEENA.id
    assert count() == 2


@pytest.mark.parametrize(("years", "is_her"), [(10, False), (11, True), (14, True), (17, True), (18, False)])
def test_her_age_may_be_three_years_off(recognise, family, years, is_her):
    assert (recognise(someone(years=years), family).pk == MEENA.id) is is_her


@pytest.mark.parametrize(
    ("age", "is_her"),
    [
        (Age(basis="STATED"), True),
        (Age(basis="STATED", years=16, told_on=date(2028, 4, 1)), True),
        (Age(basis="STATED", years=14, told_on=date(2030, 4, 1)), False),
        (Age(basis="DOCUMENTED", born_on=date(2012, 1, 1)), True),
        (Age(basis="DOCUMENTED", born_on=date(1990, 1, 1)), False),
    ],
    ids=["not known", "two years later", "four years later", "by a document", "by a document of an older one"],
)
def test_her_age_is_compared_as_it_was_on_the_day(recognise, family, age, is_her):
    assert (recognise(someone(age=age), family).pk == MEENA.id) is is_her


@pytest.mark.parametrize(("born_on", "is_her"), [("2012-01-01", True), ("2014-12-31", True), ("1985-01-01", False), ("2018-01-01", False)])
def test_two_documents_are_compared_with_each_other(recognise, village, born_on, is_her):
    known = someone(age=Age(basis="DOCUMENTED", born_on=date(2012, 1, 1)))
    household = make_household(village, known)
    assert (recognise(someone(age=Age(basis="DOCUMENTED", born_on=date.fromisoformat(born_on))), household).pk == known.id) is is_her


def test_two_ages_told_on_no_day_do_not_contradict(recognise, village):
    known = someone(age=Age(basis="ESTIMATED", years=14))
    household = make_household(village, known)
    assert recognise(someone(age=Age(basis="ESTIMATED", years=40)), household).pk == known.id


@pytest.mark.parametrize("other", [{"name": "Meera Kumari"}, {"sex": "MALE"}])
def test_another_name_or_sex_is_someone_new(recognise, family, other):
    details = someone(**{"years": 14} | other)
    assert recognise(details, family).pk == details.id
    assert count() == 3


def test_two_members_alike_are_not_told_apart(recognise, village):
    household = make_household(village, member("Savitri"), someone(years=14), someone(years=15))
    details = someone(years=14)
    assert recognise(details, household).pk == details.id


def test_who_left_the_family_is_not_among_its_members(recognise, village, family):
    with acting(SYSTEM):
        family.memberships.filter(person=MEENA.id).update(until=DAY)
    details = someone(years=14)
    assert recognise(details, family).pk == details.id


def test_the_one_person_of_the_village_with_name_and_guardian_is_known_without_a_family(recognise, family):
    savitri = recognise(someone("Savitri", guardian="Ramesh"))
    with acting(SYSTEM):
        assert savitri == family.memberships.get(relation="SELF").person
    assert count() == 2


def test_the_guardian_tells_when_the_family_does_not(recognise, village, family):
    """The code written down is of a family where she is not."""
    other = make_household(village)
    assert recognise(someone("Savitri", guardian="Ramesh"), other).pk != recognise(someone("Savitri", guardian="Mohan"), other).pk


def test_of_two_persons_alike_neither_is_meant(recognise, village):
    for _ in range(2):
        make_household(village, member("Savitri"), distinct=True)
    details = someone("Savitri", guardian="Ramesh")
    assert recognise(details).pk == details.id
    assert count() == 3


def test_a_name_without_a_guardian_meets_nobody(recognise, family):
    """Meena is the only one of that name in the village; yet a name alone is not a person."""
    details = someone(years=14)
    assert recognise(details).pk == details.id


def test_nobody_of_another_village_is_meant(recognise, india, family):
    details = someone("Savitri", guardian="Ramesh")
    assert recognise(details, place=india["east village 2"], by=SYSTEM).pk == details.id


def test_recognising_is_on_the_trail_and_changes_nothing_of_the_person(recognise, family, crp):
    with acting(SYSTEM):
        before = Identity.objects.values().get(person=MEENA.id)
    person = recognise(someone(years=16, phone="9800000001"), family)
    assert trail_of(person) == [("people.person.recognised", crp.pk)]
    with acting(SYSTEM):
        assert Identity.objects.values().get(person=MEENA.id) == before
        assert Person.objects.get(pk=MEENA.id).years == 14


def test_someone_new_is_recorded_with_a_sealed_name(recognise, crp):
    details = someone("Radha", guardian="Mohan")
    person = recognise(details)
    assert trail_of(person) == [("people.person.recorded", crp.pk)]
    with acting(SYSTEM):
        identity = Identity.objects.get(person=person)
        assert b"Radha" not in bytes(identity.name)
        assert str(identity) == str(details.id)


def test_who_may_not_record_in_the_village_recognises_nobody(recognise, village, family):
    with acting(SYSTEM):
        leader = make_posting("vo_leader", village)
    with pytest.raises(Exception, match="row-level security"):
        recognise(someone(years=14), family, by=leader)
    assert count() == 2
