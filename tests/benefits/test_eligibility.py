"""Many families at once are judged as each would be alone."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanchal.benefits import plan
from aanchal.benefits.camp import families_as_columns
from aanchal.benefits.eligibility import CHUNK, MOST_SCHEMES, Eligibility, Families, codes, columns_of
from aanchal.benefits.queries import Family, Member
from aanchal.benefits.questions import questions
from aanchal.benefits.rules import verdict
from aanchal.benefits.scheme import load, shipped_schemes
from bench import eligibility as bench
from bench import eligibility_floor

SCHEMES = [load(code, content) for code, (_since, content) in shipped_schemes().items()]


def answers_of(of):
    asked = {key: one for key, one in questions().items() if one.of == of}
    known = {
        key: st.none() | (st.integers(0, one.fact.highest) if one.fact.is_number else st.booleans()) for key, one in asked.items()
    }
    return st.fixed_dictionaries(known)


def made(household, members):
    listed = [Member(SimpleNamespace(pk=n), told) for n, told in enumerate(members)]
    return Family(household=SimpleNamespace(pk=0), answers=household, survey=household, members=listed)


families = st.lists(st.builds(made, answers_of("household"), st.lists(answers_of("person"), max_size=3)), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(families)
def test_it_judges_columns_as_it_judges_one_family(listed):
    judge, columns = families_as_columns(listed, SCHEMES)
    found = judge.of(columns)
    for n, family in enumerate(listed):
        alone = plan.verdicts(family, SCHEMES)
        if family.members:
            assert codes(int(found.proposed[n]), SCHEMES) == alone["PROPOSED"]
            assert codes(int(found.to_ask[n]), SCHEMES) == alone["ASK"]
        else:
            of_family = {one.code for one in SCHEMES if not one.is_of_person}
            assert set(codes(int(found.proposed[n]), SCHEMES)) & of_family == set(alone["PROPOSED"])


def test_it_equals_the_predicates_written_by_hand():
    assert [one.code for one in SCHEMES] == list(eligibility_floor.ORDER)
    nation = bench.nation(CHUNK + 1_000)
    bench.assert_equal(Eligibility(SCHEMES).of(nation), eligibility_floor.judge(nation))


def test_the_floor_would_notice_a_wrong_predicate():
    nation = bench.nation(5_000)
    wrong = Eligibility([one if one.code != "IGNOAPS" else SCHEMES[4] for one in SCHEMES]).of(nation)
    with pytest.raises(AssertionError):
        bench.assert_equal(wrong, eligibility_floor.judge(nation))


def test_no_family_is_no_work():
    nothing = Families({}, {"age": np.array([], np.int8)}, np.array([], np.int64))
    assert len(Eligibility(SCHEMES).of(nothing).proposed) == 0


def test_more_schemes_than_bits_are_refused():
    with pytest.raises(ValueError, match="at most 64"):
        Eligibility([SCHEMES[0]] * (MOST_SCHEMES + 1))


def test_an_answer_beyond_its_range_is_held_at_its_end():
    assert columns_of(["food_short_months"], [{"food_short_months": 40}, {}])["food_short_months"].tolist() == [12, -1]


@pytest.mark.parametrize(
    ("eligible", "receives", "said"),
    [
        (True, False, "PROPOSED"), (True, None, "ASK"), (True, True, "RECEIVES"),
        (None, False, "ASK"), (None, None, "ASK"), (None, True, "RECEIVES"),
        (False, False, "NOT"), (False, None, "NOT"), (False, True, "RECEIVES"),
    ],
)  # fmt: skip
def test_each_pair_of_truths_has_one_verdict(eligible, receives, said):
    assert verdict(eligible, receives) == said
