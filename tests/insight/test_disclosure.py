"""What a release hides stays hidden: over places, sexes, ages and four releases; and the attacker finds what is left open."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanchal.insight import suppression
from aanchal.insight.attack import System, attack
from aanchal.insight.cube import Cube, with_margins
from aanchal.insight.suppression import CannotProtect, protect, series, small


def table(districts=8, states=3, releases=4, mean=18, seed=1, sexes=2, ages=2) -> Cube:
    rng = np.random.default_rng(seed)
    state_of = np.arange(districts) % states
    size = rng.gamma(0.8, mean / 0.8, (districts, 1, 1, 1)) * rng.dirichlet([3] * sexes * ages).reshape(1, 1, sexes, ages)
    return with_margins(rng.poisson(np.broadcast_to(size, (districts, releases, sexes, ages))), np.sort(state_of), is_whole=True)


@pytest.fixture(scope="module")
def released():
    cube = table()
    return cube, *series(cube)


def test_every_sum_of_the_table_adds_up():
    cube = table()
    assert not (cube.equations() @ cube.counts.ravel()).any()


def test_no_small_count_is_told(released):
    cube, hidden, _ = released
    assert small(cube.counts).any()
    assert hidden[small(cube.counts)].all()


def test_the_attacker_recovers_nothing_over_three_levels_and_four_releases(released):
    _, _, reports = released
    assert [(one.exactly, one.nearly) for one in reports] == [(0, 0)] * 4
    assert all(one.narrowest > 4 for one in reports)


def test_what_was_told_stays_told_and_what_was_hidden_stays_hidden(released):
    cube, hidden, _ = released
    for release in range(1, cube.releases):
        alone, _ = protect(cube.told_with(release))
        assert (hidden[:, release - 1 : release] == alone).all()


def test_the_same_table_is_hidden_the_same_way_twice(released):
    cube, hidden, reports = released
    again, told = series(table())
    assert (again == hidden).all()
    assert told == reports


def test_something_is_still_told(released):
    cube, hidden, _ = released
    assert not hidden[-1, -1, -1, -1]
    assert (~hidden & (cube.counts > 0)).sum() > 20


def test_nought_is_never_hidden(released):
    cube, hidden, _ = released
    assert not hidden[cube.counts == 0].any()


def test_a_release_that_hides_only_the_small_is_caught():
    cube = table().told_with(1)
    report = attack(cube, small(cube.counts))
    assert report.exactly
    assert not report.is_safe


def test_one_complementary_cell_left_open_is_caught():
    """The planted fault: in a state of two districts the second was hidden only to guard the first."""
    counts = np.array([[[[7, 40], [50, 60]]], [[[90, 80], [70, 60]]], [[[95, 85], [75, 65]]], [[[45, 55], [65, 75]]]])
    cube = with_margins(counts, [0, 0, 1, 1], is_whole=False)
    hidden, report = protect(cube)
    assert report.is_safe
    guards = np.argwhere(hidden & ~small(cube.counts))
    assert len(guards)
    for guard in guards:
        leaking = hidden.copy()
        leaking[tuple(guard)] = False
        assert not attack(cube, leaking).is_safe, guard


def test_a_year_that_would_tell_an_earlier_quarter_hides_itself():
    """Three quarters of nought beside a hidden one: the year's sum is the hidden count again."""
    counts = np.zeros((4, 4, 2, 2), dtype=int)
    counts[:] = 60
    counts[0, :, 0, 0] = [6, 0, 0, 0]
    cube = with_margins(counts, [0, 0, 1, 1], is_whole=True)
    hidden, reports = series(cube)
    assert hidden[0, 0, 0, 0]
    assert hidden[0, 4, 0, 0]
    assert reports[-1].is_safe


def test_it_refuses_when_what_was_already_told_gives_a_count_away():
    """An earlier release, made without this control, told every cell but one."""
    cube = table(releases=2)
    told = np.zeros(cube.counts[:, :1].shape, dtype=bool)
    told[tuple(np.argwhere(small(cube.counts[:, :1]))[0])] = True
    with pytest.raises(CannotProtect) as refused:
        protect(cube, told)
    assert refused.value.report.nearly


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(3, 60))
def test_whatever_the_counts_nothing_is_recovered_and_nothing_small_is_told(seed, districts, mean):
    cube = table(districts=districts, states=2, releases=2, mean=mean, seed=seed)
    hidden, reports = series(cube)
    assert all(report.is_safe for report in reports)
    assert hidden[small(cube.counts)].all()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_every_hidden_count_could_be_another_by_more_than_four(seed):
    """The attacker's own witnesses, checked: two tables that fit all that is told, and differ in the cell."""
    cube = table(districts=4, states=2, releases=1, seed=seed).told_with(1)
    hidden, _ = protect(cube)
    system, free = System(cube), np.flatnonzero(hidden.ravel())
    system.hide(hidden)
    for cell in free[:4]:
        told = []
        for aims in (1.0, -1.0):
            other = system.solve(free, aims * (free == cell), reach=30)
            whole = cube.counts.ravel().astype(float)
            whole[free] = other
            assert np.abs(cube.equations() @ whole).max() < 1e-6
            assert whole[free].min() > 1 - 1e-6
            told.append(whole[cell])
        assert told[1] - told[0] > 4


def test_what_the_attacker_was_denied_stays_denied():
    cube = table().told_with(1)
    hidden, _ = protect(cube)
    system = System(cube)
    system.hide(hidden)
    with pytest.raises(ValueError, match="stays hidden"):
        system.hide(small(cube.counts))


def test_the_threshold_is_that_of_the_precedent():
    assert suppression.LEAST == 11
