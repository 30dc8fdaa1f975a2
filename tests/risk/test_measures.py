"""The Alkire-Foster measures: the toy example of 2011, exact sums over places, and the reference beside it."""

import runpy
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.risk.measures import Group, Tally, decomposition, measure, tally, tally_of_groups
from aanchal.risk.rules import assess, load
from tests.risk.builders import HOUSEHOLD, a_few, any_definition, facts_of, many, toy

REFERENCE = Path(__file__).parents[3] / "shared/domain/alkire_foster_reference.py"
TOY = load(toy())
MATRIX = [(0, 0, 0, 0), (0, 1, 0, 1), (1, 1, 1, 1), (0, 1, 0, 0)]
ROWS = st.lists(st.tuples(*[st.sampled_from([0, 1, None])] * 4), max_size=12)


@cache
def reference():
    return runpy.run_path(str(REFERENCE))["af"]


def assessed(matrix, definition=TOY):
    return [assess(definition, dict(zip("abcd", row, strict=True))) for row in matrix]


def measured(matrix, definition=TOY):
    return measure(definition, tally(definition, assessed(matrix, definition)))


def test_it_reproduces_the_toy_example():
    found = measured(MATRIX)
    assert (found.headcount, found.intensity, found.m0) == (Fraction(1, 2), Fraction(3, 4), Fraction(3, 8))
    assert (found.households, found.poor, found.incomplete) == (4, 2, 0)
    assert found.raw_headcount == {"A": Fraction(1, 4), "B": Fraction(3, 4), "C": Fraction(1, 4), "D": Fraction(1, 2)}
    assert found.censored_headcount == {
        "A": Fraction(1, 4), "B": Fraction(1, 2), "C": Fraction(1, 4), "D": Fraction(1, 2)}
    assert found.contribution == {"A": Fraction(1, 6), "B": Fraction(1, 3), "C": Fraction(1, 6), "D": Fraction(1, 3)}
    assert found.contribution_of_dimension == {"all": 1}


@pytest.mark.skipif(not REFERENCE.exists(), reason="the shared reference is not beside this clone")
@many
@given(matrix=ROWS.filter(bool), cutoff=st.sampled_from([15, 30, 45, 60]))
def test_it_agrees_with_the_reference(matrix, cutoff):
    definition = load(toy(bands=[{**band, "from": start} for band, start in zip(
        toy()["bands"], (0, cutoff), strict=True)]))
    theirs = reference()(matrix, [Fraction(1, 4)] * 4, Fraction(cutoff, 60))
    ours = measured(matrix, definition)
    assert (ours.headcount, ours.intensity, ours.m0) == (theirs["H"], theirs["A"], theirs["M0"])
    assert list(ours.raw_headcount.values()) == theirs["raw_headcount"]
    assert list(ours.censored_headcount.values()) == theirs["censored_headcount"]
    if None not in {answer for row in matrix for answer in row}:
        assert list(ours.contribution.values()) == theirs["contribution"]


@many
@given(one=ROWS, other=ROWS)
def test_it_adds_two_places_to_exactly_their_union(one, other):
    added = tally(TOY, assessed(one)) + tally(TOY, assessed(other))
    assert added == tally(TOY, assessed(one + other))
    assert measure(TOY, added) == measured(one + other)


@many
@given(one=ROWS, other=ROWS)
def test_it_decomposes_m0_by_place_exactly(one, other):
    parts = {"one": tally(TOY, assessed(one)), "other": tally(TOY, assessed(other))}
    assert sum(decomposition(TOY, parts).values()) == measured(one + other).m0


@a_few
@given(definition=any_definition(), data=st.data())
def test_it_holds_the_identities_of_the_method(definition, data):
    families = data.draw(st.lists(facts_of(definition), max_size=8))
    results = [assess(definition, facts) for facts in families]
    found = measure(definition, tally(definition, results))
    poor = [result for result in results if result.band in definition.poor_bands]
    assert found.m0 == found.headcount * found.intensity
    assert found.m0 * max(len(results), 1) == sum(result.score for result in poor)
    assert sum(found.contribution.values()) == sum(found.contribution_of_dimension.values()) == (1 if found.m0 else 0)
    assert all(found.censored_headcount[key] <= raw for key, raw in found.raw_headcount.items())


def test_it_counts_contributions_over_each_familys_own_answers():
    found = measured([(1, 0, None, None), (1, 1, 1, 0)])
    assert found.m0 == (Fraction(1, 2) + Fraction(3, 4)) / 2
    assert found.contribution == {"A": Fraction(3, 5), "B": Fraction(1, 5), "C": Fraction(1, 5), "D": 0}
    assert found.incomplete == 1


def test_it_keeps_families_of_whom_nothing_is_known_in_the_count_but_not_among_the_poor():
    found = measured([(None,) * 4, (1, 1, 1, 1)])
    assert (found.households, found.poor, found.incomplete, found.headcount) == (2, 1, 1, Fraction(1, 2))


def test_it_measures_a_place_without_households_as_nothing():
    found = measured([])
    assert (found.households, found.headcount, found.intensity, found.m0) == (0, 0, 0, 0)
    assert set(found.contribution.values()) == {0}


def test_it_can_be_built_from_grouped_counts():
    groups = [Group(("B", "D"), (), households=3), Group(("A",), ("B", "C"), has_override=True, households=2)]
    rows = [(0, 1, 0, 1)] * 3 + [(1, None, None, 0)] * 2
    counted, listed = tally_of_groups(TOY, groups), tally(TOY, assessed(rows))
    assert (counted.urgent, listed.urgent) == (2, 0)
    assert measure(TOY, counted) == measure(TOY, listed)
    assert counted.households == 5


def test_it_counts_families_with_an_override():
    results = [assess(HOUSEHOLD, {"member_missing": value}) for value in (True, False, None, True)]
    assert tally(HOUSEHOLD, results).urgent == 2


def test_it_refuses_to_add_what_two_versions_counted():
    with pytest.raises(ValueError, match="toy-1 and toy-2 cannot be added"):
        Tally("toy-1") + Tally("toy-2")


def test_it_refuses_to_measure_by_another_version():
    with pytest.raises(ValueError, match="a tally of household-1 cannot be measured by toy-1"):
        measure(TOY, Tally("household-1"))
