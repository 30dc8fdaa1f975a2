"""Small groups are put together until none can be told apart, and what is not told cannot be worked out."""

from hypothesis import given
from hypothesis import strategies as st

from aanchal.risk.measures import Group, Tally, measure, tally_of_groups
from aanchal.risk.pooling import closed, is_few, is_small, pooled, total
from tests.risk.builders import HOUSEHOLD, many

KEYS = list(HOUSEHOLD.points_of)
POOR = ("B1", "B2", "B3", "L1", "L2")
groups = st.builds(
    Group, deprived=st.lists(st.sampled_from(KEYS), unique=True), unknown=st.just(()), households=st.integers(1, 40)
)  # fmt: skip
tallies = st.lists(groups, max_size=5).map(lambda told: tally_of_groups(HOUSEHOLD, told))


def counted(poor: int, others: int) -> Tally:
    return tally_of_groups(HOUSEHOLD, [Group(POOR, (), households=poor), Group((), (), households=others)])


def test_it_leaves_large_groups_alone():
    assert pooled(HOUSEHOLD, {"A": counted(20, 30), "B": counted(11, 11)}) == frozenset()


def test_it_puts_a_small_group_with_the_smallest_other():
    assert pooled(HOUSEHOLD, {"A": counted(3, 30), "B": counted(12, 20), "C": counted(50, 90)}) == {"A", "B"}


def test_it_puts_small_groups_with_one_another_when_that_is_enough():
    assert pooled(HOUSEHOLD, {"A": counted(6, 30), "B": counted(7, 20), "C": counted(12, 12)}) == {"A", "B"}


def test_it_counts_the_few_who_are_not_at_risk_as_few():
    assert is_small(HOUSEHOLD, counted(40, 2))
    assert not is_small(HOUSEHOLD, counted(40, 0))


def test_it_puts_all_together_when_nothing_else_is_enough():
    assert pooled(HOUSEHOLD, {"A": counted(1, 1), "B": counted(2, 3)}) == {"A", "B"}


@many
@given(st.dictionaries(st.sampled_from("ABCDEF"), tallies, max_size=6))
def test_it_tells_no_small_group_alone_nor_together(told):
    together = pooled(HOUSEHOLD, told)
    assert not any(is_small(HOUSEHOLD, told[key]) for key in told if key not in together)
    alone = [key for key in told if key not in together and told[key].households]
    if together and alone:
        assert len(together) > 1
        assert not is_small(HOUSEHOLD, total(HOUSEHOLD.version, [told[key] for key in together]))


@many
@given(tallies)
def test_it_tells_no_indicator_of_a_few_nor_one_that_the_others_give_away(told):
    indicators, dimensions = closed(HOUSEHOLD, told)
    poor = {key: sum(n for (held, _), n in told.censored.items() if held == key) for key in KEYS}
    assert not [key for key in KEYS if key not in indicators and (is_few(poor[key]) or is_few(told.raw.get(key, 0)))]
    for dimension in HOUSEHOLD.dimensions:
        here = [one.key for one in HOUSEHOLD.indicators if one.dimension == dimension.key]
        hidden = [key for key in here if key in indicators]
        if dimension.key in dimensions:
            assert hidden == here
        elif hidden:
            assert len(hidden) > 1
            assert not is_few(sum(poor[key] for key in hidden))
    assert len(dimensions) != 1


@many
@given(tallies)
def test_it_hides_nothing_where_every_count_is_large(told):
    large = total(told.version, [told] * 11)
    assert closed(HOUSEHOLD, large) == (frozenset(), frozenset())


@many
@given(tallies, tallies)
def test_it_takes_a_part_away_exactly(one, other):
    assert measure(HOUSEHOLD, (one + other) - other).m0 == measure(HOUSEHOLD, one).m0
