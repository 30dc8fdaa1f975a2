"""The same family told twice meets its record; a name alone meets nobody."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.people import actions
from aanchal.people.actions import likeness
from aanchal.people.models import Household, Identity
from tests.factories import make_household, member
from tests.people.build import record, survey


def test_the_same_person_told_twice_is_alike(village):
    one = likeness(member("Savitri Bai", guardian="Ram Lal"), village)
    assert likeness(member("Smt. SAVITRI  bai", guardian="Late Shri Ram Lal", years=50), village) == one
    assert len(one) == 16


@pytest.mark.parametrize("other", [{"name": "Savita"}, {"guardian": "Mohan"}, {"guardian": ""}, {"sex": "MALE"}])
def test_who_differs_in_name_guardian_or_sex_is_not(village, other):
    told = {"name": "Savitri", "guardian": "Ramesh", "sex": "FEMALE"}
    assert likeness(member(**told), village) != likeness(member(**told | other), village)


def test_it_is_one_mark_for_a_district_and_another_for_the_next(india):
    marks = {place: likeness(member("Savitri"), india[place]) for place in ("east village 1", "east village 2", "west village 1")}
    assert marks["east village 1"] == marks["east village 2"] != marks["west village 1"]


def test_the_mark_says_nothing_without_the_installations_key(village, settings):
    from aanchal.core import keys

    one = likeness(member("Savitri"), village)
    settings.SECRET_KEY = "another installation's"
    keys.derived.cache_clear()
    try:
        assert likeness(member("Savitri"), village) != one
    finally:
        keys.derived.cache_clear()


def test_a_first_visit_to_a_known_head_is_refused_with_the_codes(village, crp):
    known = make_household(village, member("Savitri"))
    with pytest.raises(actions.PossibleDouble) as refusal:
        record(village, crp, survey(member("Smt Savitri")))
    assert refusal.value.codes == (known.code,)
    assert str(refusal.value) == known.code
    with acting(SYSTEM):
        assert Household.objects.count() == Identity.objects.count() == 1


def test_every_family_of_the_look_alike_is_told(village, crp):
    known = {make_household(village, member("Savitri"), distinct=True).code for _ in range(2)}
    with pytest.raises(actions.PossibleDouble) as refusal:
        record(village, crp, survey(member("Savitri")))
    assert set(refusal.value.codes) == known


def test_a_reviewer_who_says_they_are_two_lets_it_through(village, crp):
    make_household(village, member("Savitri"))
    assert record(village, crp, survey(member("Savitri"), distinct=True)).is_new


@pytest.mark.parametrize(
    "head",
    [
        member("Savitri", guardian=""),
        member("Savitri", guardian="Mohan"),
        member("Savitri", sex="MALE"),
        member("Savitri", relation="SPOUSE"),
    ],
    ids=["no guardian", "another guardian", "another sex", "not the head"],
)
def test_only_the_whole_likeness_of_a_head_is_a_double(village, crp, head):
    make_household(village, member("Savitri"), member("Savitri", guardian="", relation="SIBLING"))
    assert record(village, crp, survey(head)).is_new


def test_the_same_name_in_another_village_is_no_double(india, village, crp):
    make_household(india["east village 2"], member("Savitri"))
    assert record(village, crp, survey(member("Savitri"))).is_new
    make_household(india["east village 2"], member("Kamla"))
    assert record(village, SYSTEM, survey(member("Kamla"))).is_new  # though the installation sees both


def test_who_left_a_family_is_no_double(village, crp):
    left = member("Savitri")
    family = survey(member("Ram", sex="MALE"), left)
    record(village, crp, family)
    record(village, crp, survey(family.members[0], pk=family.id))
    assert record(village, crp, survey(member("Savitri"))).is_new


def test_a_second_visit_is_no_double_of_the_first(village, crp):
    family = survey(member("Savitri"))
    record(village, crp, family)
    assert not record(village, crp, family).is_new
