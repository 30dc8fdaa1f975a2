"""A what-if over columns: nothing supposed is exactly what stands, and every share is a share."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.risk import what_if
from aanchal.risk.batch import columns_of
from aanchal.risk.measures import measure, tally
from aanchal.risk.rules import assess
from aanchal.risk.what_if import ANY_OVERRIDE, LISTED_NOW, Families, Scenario, aim, answer, changed, figures, targeted
from tests.risk.builders import HOUSEHOLD, a_few, any_definition, facts_of
from tests.risk.world import CALM

KEYS = list(HOUSEHOLD.points_of)
BANDS = [band.key for band in HOUSEHOLD.bands]
NOTHING = Scenario()


def families(definition, told, *, luck=None):
    results = [assess(definition, facts) for facts in told]
    keys, urgent = list(definition.points_of), [one.key for one in definition.overrides]
    return Families(
        places=np.arange(len(told)),
        categories=np.array(["SC"] * len(told)),
        deprived=truths([one.deprived for one in results], keys),
        unknown=truths([one.unknown for one in results], keys),
        overrides=truths([one.overrides for one in results], urgent),
        luck=np.array(luck if luck is not None else range(len(told)), np.uint64),
        facts=columns_of(definition, told),
    )


def truths(held, keys):
    return np.array([[key in one for key in keys] for one in held], np.bool_).reshape(len(held), len(keys))


def some(definition=HOUSEHOLD, **more):
    return st.lists(facts_of(definition), max_size=25, **more)


points = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 60)).filter(lambda one: any({**HOUSEHOLD.points_of, **one}.values()))
three = st.lists(st.integers(1, 60), min_size=3, max_size=3, unique=True)
cutoffs = three.map(lambda found: dict(zip(BANDS[1:], sorted(found), strict=True)))
percents = st.integers(0, 100)
scenarios = st.builds(
    Scenario, points=points, starts=cutoffs | st.just({}), eased=st.dictionaries(st.sampled_from(KEYS), percents),
    reached=st.dictionaries(st.sampled_from([one.fact for one in what_if.ENTITLEMENTS]), percents),
)  # fmt: skip


@a_few
@given(st.data())
def test_it_says_exactly_the_present_figures_when_nothing_is_supposed(data):
    definition = data.draw(any_definition())
    told = data.draw(some(definition))
    found = answer(definition, families(definition, told), NOTHING)
    now = measure(definition, tally(definition, [assess(definition, facts) for facts in told]))
    for reading in (found.before, found.after):
        got = figures(reading)
        assert (got.families, got.listed, got.headcount, got.intensity, got.m0) == (
            now.households, now.poor, now.headcount, now.intensity, now.m0)  # fmt: skip
    assert not found.entered.any()
    assert not found.left.any()


@a_few
@given(some(), points, cutoffs)
def test_it_reads_other_weights_as_the_rules_would_read_that_definition(told, other, starts):
    supposed = changed(HOUSEHOLD, Scenario(points=other, starts=starts))
    found = answer(HOUSEHOLD, families(HOUSEHOLD, told), Scenario(points=other, starts=starts))
    results = [assess(supposed, facts) for facts in told]
    now = measure(supposed, tally(supposed, results))
    assert [supposed.band_keys[code] for code in found.after.band] == [one.band for one in results]
    assert (figures(found.after).headcount, figures(found.after).m0) == (now.headcount, now.m0)


@a_few
@given(some(), scenarios, st.sampled_from([ANY_OVERRIDE, LISTED_NOW, *BANDS, *KEYS, *[one.key for one in HOUSEHOLD.overrides]]))
def test_it_gives_only_shares_whatever_is_supposed(told, scenario, target):
    columns = families(HOUSEHOLD, told)
    found = answer(HOUSEHOLD, columns, scenario)
    met = aim(found.after.listed, targeted(HOUSEHOLD, columns, found.before, target))
    got = figures(found.after)
    assert 0 <= met.leakage <= 1
    assert 0 <= met.under_coverage <= 1
    assert met.listed - met.beside == met.target - met.missed
    assert got.m0 == got.headcount * got.intensity
    assert 0 <= got.m0 <= got.headcount <= 1
    assert got.listed == figures(found.before).listed + found.entered.sum() - found.left.sum()


@a_few
@given(some(min_size=1), st.sampled_from(KEYS), percents, percents)
def test_help_that_reaches_more_leaves_nobody_worse(told, key, one, other):
    columns = families(HOUSEHOLD, told)
    less, more = (what_if.helped(HOUSEHOLD, columns, Scenario(eased={key: percent})) for percent in sorted([one, other]))
    assert not (more & ~less).any()


def test_help_reaches_about_the_share_that_was_asked_for():
    columns = families(HOUSEHOLD, [CALM | {"substance_harm": True}] * 4000, luck=np.random.default_rng(7).integers(0, 2**63, 4000))
    for percent in (0, 20, 80, 100):
        left = what_if.helped(HOUSEHOLD, columns, Scenario(eased={"F1": percent}))[:, KEYS.index("F1")].mean()
        assert left == pytest.approx(1 - percent / 100, abs=0.03 if 0 < percent < 100 else 0)


def test_a_ration_card_ends_the_want_of_one_and_not_hunger():
    told = [CALM | {"ration_card": False, "food_short_months": 0}, CALM | {"ration_card": False, "food_short_months": 3}]
    still = what_if.helped(HOUSEHOLD, families(HOUSEHOLD, told), Scenario(reached={"ration_card": 100}))[:, KEYS.index("L2")]
    assert still.tolist() == [False, True]


def test_two_kinds_of_help_may_end_what_neither_ends_alone():
    told = [CALM | {"shg_member": False, "mgnregs_days": 0}]
    columns = families(HOUSEHOLD, told)
    for reached in ({"shg_member": 100}, {"mgnregs_days": 100}, {"shg_member": 100, "mgnregs_days": 100}):
        assert not what_if.helped(HOUSEHOLD, columns, Scenario(reached=reached))[0, KEYS.index("L3")]
    assert columns.deprived[0, KEYS.index("L3")]


def test_a_cutoff_keeps_its_share_when_the_points_add_up_to_something_else():
    doubled = changed(HOUSEHOLD, Scenario(points={key: 8 for key in KEYS}))
    assert all(doubled.band(held * 8, 120) == HOUSEHOLD.band(held * 4, 60) for held in range(16))


@pytest.mark.parametrize(
    "wrong", [{"points": dict.fromkeys(KEYS, 0)}, {"points": {"B1": 61}}, {"starts": {"AT_RISK": 12}}, {"starts": {"SEVERE": 61}}]
)
def test_it_refuses_what_is_no_index(wrong):
    with pytest.raises(ValueError, match="points|starts"):
        changed(HOUSEHOLD, Scenario(**wrong))


def test_a_target_that_the_list_meets_has_no_error_and_one_it_misses_has_every():
    listed = np.array([True, True, False, False])
    assert (aim(listed, listed).leakage, aim(listed, listed).under_coverage) == (0, 0)
    assert (aim(listed, ~listed).leakage, aim(listed, ~listed).under_coverage) == (1, 1)
    assert aim(listed, np.array([True, False, True, False])) == what_if.Aim(2, 2, 1, 1)
    assert (aim(~listed, listed & ~listed).leakage, aim(listed & ~listed, listed).leakage) == (1, 0)


def test_it_leaves_the_columns_as_they_were():
    columns = families(HOUSEHOLD, [CALM | {"ration_card": False}] * 3)
    before = columns.deprived.copy()
    answer(HOUSEHOLD, columns, Scenario(reached={"ration_card": 100}, eased={"L2": 100}))
    assert (columns.deprived == before).all()


def test_figures_of_nobody_are_nothing():
    none = figures(replace(answer(HOUSEHOLD, families(HOUSEHOLD, []), NOTHING).before))
    assert (none.headcount, none.intensity, none.m0) == (Fraction(0), Fraction(0), Fraction(0))
