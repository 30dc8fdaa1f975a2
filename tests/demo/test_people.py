"""The demo's households: the same each time, and spread as in an Indian rural block."""

from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
import yaml

from aanchal.config.demo import people, state, surveys
from aanchal.config.demo.names import _COMMUNITIES
from aanchal.config.demo.submissions import SEED
from aanchal.core.codes import household_code
from aanchal.risk import rules

TODAY = date(2026, 11, 22)
INDEX = Path(rules.__file__).parent / "definitions" / "household-1.yaml"
DEFINITION = rules.load(yaml.safe_load(INDEX.read_text(encoding="utf-8")))
BLOCK = {village.code for village in state.villages(state.DEMO_BLOCK.code)}
BY_NAME = {village.en: village.code for village in state.villages()}


@pytest.fixture(scope="module")
def everyone():
    return people.households(SEED, TODAY)


@pytest.fixture(scope="module")
def block(everyone):
    return [household for household in everyone if household.village in BLOCK]


@pytest.fixture(scope="module")
def assessed(block):
    return [(household, _assess(household)) for household in block if household.consent]


def _assess(household):
    told = surveys.survey_answers(household)
    return rules.assess(DEFINITION, rules.facts_of_survey(told, told["member"]))


def _share(holds):
    holds = list(holds)
    return sum(holds) / len(holds)


def test_it_gives_the_same_people_for_the_same_seed_and_day(everyone):
    assert people.households(SEED, TODAY) == everyone
    assert people.households(SEED + 1, TODAY) != everyone


@pytest.mark.parametrize("seed", range(5))
def test_it_ends_for_any_seed(seed):
    assert len(people.households(seed, TODAY)) > 1_500


def test_it_has_names_enough_for_the_largest_house():
    for women, girls, men, boys, _ in _COMMUNITIES:
        for script in range(3):
            assert len({name[script] for name in women + girls}) > 12
            assert len({name[script] for name in men + boys}) > 12


def test_it_fills_the_block_and_leaves_strangers_outside(everyone, block):
    assert len(block) >= 1_500
    per_village = Counter(household.village for household in everyone)
    assert min(per_village[code] for code in BLOCK) >= 70
    assert set(per_village) == set(BY_NAME.values())


def test_it_has_households_of_plausible_size(block):
    sizes = [len(household.members) for household in block]
    assert (min(sizes), max(sizes)) == (1, 11)
    assert 4.3 < sum(sizes) / len(sizes) < 5.0


def test_it_has_a_rural_pyramid_of_ages(block):
    ages = [member.age for household in block for member in household.members]
    assert 0.16 < _share(age < 10 for age in ages) < 0.24
    assert 0.34 < _share(age < 18 for age in ages) < 0.42
    assert 0.05 < _share(age >= 60 for age in ages) < 0.12
    assert max(ages) < 100


def test_it_marries_nobody_below_seventeen_and_most_above_thirty(block):
    members = [member for household in block for member in household.members]
    assert not [m for m in members if m.age < 17 and m.life.get("marital_status") not in (None, "SINGLE")]
    assert _share(m.life["marital_status"] != "SINGLE" for m in members if m.age > 30) > 0.85


def test_it_keeps_fewer_girls_than_boys_in_school(block):
    def out(sex):
        pupils = [m for h in block for m in h.members if m.sex == sex and 10 <= m.age <= 18]
        return _share(m.life["school_status"] in ("DROPPED_OUT", "NEVER_ENROLLED") for m in pupils)

    assert 0.1 < out("MALE") < out("FEMALE") < 0.3


def test_it_puts_a_plausible_share_at_risk(assessed):
    bands = [result.band for _, result in assessed]
    assert 0.20 < _share(band in ("AT_RISK", "SEVERE") for band in bands) < 0.31
    assert 0.035 < _share(band == "SEVERE" for band in bands) < 0.07
    assert 0.02 < _share(bool(result.overrides) for _, result in assessed) < 0.045


def test_it_raises_every_override_and_every_indicator(assessed):
    raised = set(chain.from_iterable(result.overrides for _, result in assessed))
    assert raised == {override.key for override in DEFINITION.overrides}
    deprived = set(chain.from_iterable(result.deprived for _, result in assessed))
    assert deprived == {indicator.key for indicator in DEFINITION.indicators}


def test_it_leaves_some_questions_unanswered(assessed):
    assert 0.1 < _share(bool(result.unknown) for _, result in assessed) < 0.5


def test_it_makes_villages_differ_as_their_stories_say(assessed):
    def at_risk(name):
        return _share(r.band in ("AT_RISK", "SEVERE") for h, r in assessed if h.village == BY_NAME[name])

    def deprived(name, key):
        return _share(key in r.deprived for h, r in assessed if h.village == BY_NAME[name])

    assert at_risk("Lorigaon") < 0.2 < 0.3 < min(at_risk("Lehartola"), at_risk("Bhattapar"))
    assert deprived("Lehartola", "B2") > 2 * deprived("Bhattapar", "B2")
    assert deprived("Bhattapar", "M1") > 2 * deprived("Lorigaon", "M1")


def test_it_lets_troubles_come_together(assessed):
    """With independent troubles the points of a village would vary about as a Bernoulli sum; here they vary far more."""
    counts = [len(result.deprived) for _, result in assessed]
    mean = sum(counts) / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / len(counts)
    independent = sum(p * (1 - p) for p in _rates(assessed))
    assert variance > 1.8 * independent


def _rates(assessed):
    keys = [indicator.key for indicator in DEFINITION.indicators]
    return [_share(key in result.deprived for _, result in assessed) for key in keys]


def test_it_gives_no_telephone_number(everyone):
    assert not [household for household in everyone if surveys.survey_answers(household).get("phone")]


def test_it_gives_each_family_a_code_of_its_own_in_its_village(everyone):
    codes = Counter((household.village, household_code(household.id)) for household in everyone)
    assert set(codes.values()) == {1}


def test_it_has_no_two_heads_with_one_name_and_one_father(everyone):
    heads = Counter((household.head.name, household.guardian, household.head.sex) for household in everyone)
    assert set(heads.values()) == {1}


def test_it_visits_within_the_year_and_never_tomorrow(everyone):
    assert all(0 < (TODAY - household.visited_at.date()).days <= 365 for household in everyone)


def test_it_finds_some_families_that_say_no(everyone):
    assert 0.002 < _share(not household.consent for household in everyone) < 0.02


def test_newcomers_are_like_nobody_already_there(everyone):
    known = {(household.head.name, household.guardian) for household in everyone}
    new = people.newcomers(SEED, TODAY, everyone, 20)
    assert len(new) == 20
    assert not known & {(household.head.name, household.guardian) for household in new}
