"""Who is recorded twice is found across scripts, and nobody else; what people decided stays."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.doubles import actions, queries
from aanchal.doubles.models import Double
from tests.doubles.builders import AGAIN, FIRST, LATER, crowd, family, searched


def test_a_family_told_twice_in_two_scripts_is_one_pair(twice):
    assert twice.double.kind == "HOUSEHOLD"
    assert {twice.double.one_household_id, twice.double.other_household_id} == {twice.one.pk, twice.other.pk}
    assert twice.double.probability > 0.5
    assert len(twice.double.members) == 2  # the head and Salomi; the sons are two boys


def test_neighbours_are_no_pair(india, village):
    crowd(village)
    assert searched(india["east block"]) == []


def test_no_name_is_kept_with_a_pair(twice):
    told = f"{twice.double.bits}{twice.double.levels}{twice.double.members}{twice.double}"
    assert not any(name.split()[0] in told for name, *_ in (*FIRST, *AGAIN))


def test_a_daughter_recorded_in_two_villages_of_the_block_is_a_pair_of_persons(india, village):
    crowd(village)
    family(village)
    salomi = ("Salomi Oraon", "FEMALE", 15, "SPOUSE", "Budhram Oraon")
    family(india["east village 2"], (("Kishun Bhagat", "MALE", 27, "SELF", "Deva"), salomi))
    found = searched(india["east block"])
    assert found
    assert all(one.kind == "PERSON" for one in found)


def test_a_boy_and_a_girl_of_one_name_are_no_pair(india, village):
    crowd(village)
    for sex in ("FEMALE", "MALE"):
        family(village, (("Suman Oraon", sex, 15, "SELF", "Budhram Oraon"),))
    assert searched(india["east block"]) == []


def test_the_search_is_on_the_trail_with_numbers_only(twice):
    with acting(SYSTEM):
        [line] = Trail.objects.filter(verb="doubles.block.searched")
        assert (line.actor, line.detail) == (None, {"read": 16, "found": 1})
        assert not Trail.objects.filter(verb="people.identity.read").exists()


@pytest.mark.parametrize("answer", ["DIFFERENT", "UNSURE"])
def test_a_decided_pair_is_not_found_anew(twice, india, answer):
    with acting(twice.officer):
        actions.decide(double=twice.double, answer=answer, at=LATER, by=twice.officer)
    [again] = searched(india["east block"])
    assert (again.pk, again.standing) == (twice.double.pk, answer)


def test_members_of_different_families_are_not_asked_for_one_by_one(twice, india):
    with acting(twice.officer):
        actions.decide(double=twice.double, answer="DIFFERENT", at=LATER, by=twice.officer)
        assert not queries.queue(twice.officer)
    searched(india["east block"])
    with acting(SYSTEM):
        assert Double.objects.count() == 1


def test_what_a_pair_of_persons_is_worth_falls_with_the_number_of_people():
    from aanchal.doubles.rules import probability

    few = probability(15, people=50, villages=1, same_village=True)
    assert few > probability(15, people=5_000, villages=1, same_village=True)
    assert probability(15, people=5_000, villages=20, same_village=True) > probability(15, people=5_000, villages=20, same_village=False)
