"""Which districts stand out: a small one is not branded by chance, a change is found, small counts stay hidden."""

import random
from datetime import date
from math import exp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.nodal import areas
from aanchal.nodal.areas import LEAST, Way

MONTHS = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(24)]


def poisson(rng, mean):
    """Knuth's; means here are small."""
    n, product, limit = 0, rng.random(), exp(-mean)
    while product > limit:
        n, product = n + 1, product * rng.random()
    return n


def test_a_small_district_is_drawn_towards_the_rest_and_a_large_one_stays():
    rng = random.Random(3)
    exposure = {n: 100_000.0 for n in range(60)} | {100: 2_000.0, 101: 5_000_000.0}
    observed = {n: poisson(rng, 20) for n in range(60)} | {100: 3, 101: 3_000}
    told = areas.estimates(observed, exposure)
    small, large = told[100], told[101]
    assert 1 < small.risk < small.raw * 0.8
    assert abs(large.risk - large.raw) / large.raw < 0.02
    assert small.low < 1 < small.high
    assert not areas.stands_out(small)


def test_where_districts_differ_no_more_than_chance_none_stands_out():
    rng, branded = random.Random(5), 0
    for _nation in range(20):
        observed = {n: poisson(rng, 15) for n in range(200)}
        told = areas.estimates(observed, dict.fromkeys(observed, 50_000.0))
        branded += sum(areas.stands_out(one) for one in told.values())
    assert branded <= 4  # of 4,000


def test_a_district_with_three_times_the_usual_is_found():
    rng = random.Random(7)
    observed = {n: poisson(rng, 15) for n in range(100)} | {0: 48}
    told = areas.estimates(observed, dict.fromkeys(observed, 50_000.0))
    assert [key for key, one in told.items() if areas.stands_out(one)] == [0]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.integers(0, 30), st.integers(0, 200), min_size=2), st.integers(1, 1_000))
def test_the_interval_holds_the_estimate_and_the_estimate_lies_between_the_raw_risk_and_the_mean(observed, size):
    told = areas.estimates(observed, dict.fromkeys(observed, float(size)))
    for one in told.values():
        assert one.low <= one.risk <= one.high
        assert min(one.raw, 1) - 1e-9 <= one.risk <= max(one.raw, 1) + 1e-9


@pytest.mark.parametrize(("awaited", "low", "high"), [(10, 1, 23), (100, 70, 133)])
def test_the_funnel_is_near_the_exact_limits(awaited, low, high):
    """Exact 0.1 % and 99.9 % points of the Poisson distribution: 2 and 21; 71 and 132."""
    limits = areas.funnel(awaited)
    assert low <= limits[0] <= low + 3
    assert high - 3 <= limits[1] <= high + 1


def line(*counts):
    return list(zip(MONTHS, counts, strict=False))


def test_a_change_is_dated_and_said_up_or_down():
    steady = [4, 5, 3, 4, 6, 4, 3, 5, 4, 4, 5, 4]
    assert areas.change(line(*steady, 4, 3, 5, 4, 4, 5)) is None
    up = areas.change(line(*steady, 4, 4, 9, 10, 8, 11))
    assert (up.rose, up.since) == (True, MONTHS[14])
    down = areas.change(line(*steady, 4, 4, 0, 0, 1, 0))
    assert (down.rose, down.since) == (False, MONTHS[14])
    assert areas.change(line(*steady)) is None
    assert areas.change(line(*([0] * 12), 5, 5, 5)) is None


def test_false_alarms_are_rare():
    rng = random.Random(11)
    alarms = sum(areas.change(line(*(poisson(rng, 5) for _ in range(24)))) is not None for _ in range(400))
    assert alarms <= 400 * 2 * 12 / areas.ONCE_IN


def test_a_season_needs_two_whole_years_and_more_than_chance():
    year = [10] * 12
    busy = [10, 10, 10, 45, 10, 10, 10, 10, 10, 10, 10, 10]
    assert areas.season(line(*busy, *busy)) == [4]
    assert areas.season(line(*year, *year)) == []
    assert areas.season(line(*busy, *busy[:11])) == []


def way(origin, destination, n, *purposes, month=MONTHS[0]):
    return Way(month, origin, destination, purposes, n)


def test_small_counts_are_hidden_and_no_sum_gives_them_away():
    ways = [way(1, 2, 20, "purpose_labour"), way(1, 3, 10, "purpose_sexual"), way(4, 2, 40), way(5, 5, 30), way(6, None, 9)]
    assert [(one.origin, one.destination) for one in areas.corridors(ways, MONTHS)] == [(4, 2)]
    told = {one.district: one for one in areas.areas(ways, "SOURCE", {}, MONTHS)}
    assert (told[1].n, told[1].purposes) == (30, [])
    assert 6 not in told


@settings(max_examples=60)
@given(st.lists(st.builds(way, st.integers(0, 4), st.integers(0, 4), st.integers(1, 25), st.sampled_from(["purpose_labour"])), max_size=14))
def test_what_is_told_never_leaves_a_small_remainder(ways):
    corridors = areas.corridors(ways, MONTHS)
    assert all(one.n >= LEAST for one in corridors)
    for end, role in (("origin", "SOURCE"), ("destination", "DESTINATION")):
        for one in areas.areas(ways, role, {}, MONTHS):
            mine = [each.n for each in corridors if getattr(each, end) == one.district]
            assert not mine or one.n - sum(mine) == 0 or one.n - sum(mine) >= LEAST
            assert all(n >= LEAST and (one.n == n or one.n - n >= LEAST) for _cause, n in one.purposes)


def test_transit_is_what_came_in_and_went_on():
    corridors = areas.corridors([way(1, 2, 20), way(2, 3, 12), way(4, 3, 30)], MONTHS)
    assert areas.through(corridors) == {2: 12}


def test_silence_is_not_safety():
    assert [areas.reporting(*told) for told in ((10, 10), (9, 10), (5, 10), (0, 10), (0, 0))] == ["GOOD", "GOOD", "SOME", "SILENT", "SOME"]
