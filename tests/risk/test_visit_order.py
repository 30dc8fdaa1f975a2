"""Visit first: a safeguarding override, then the higher score, then the family waiting longest."""

from aanchal.risk.rules import Result, visit_order
from tests.risk.builders import HOUSEHOLD


def family(points=0, observed=60, *, overrides=()):
    return Result(points, observed, (), (), "ANY", HOUSEHOLD.is_complete(observed), overrides)


def in_order(*visits):
    return sorted(visits, key=lambda visit: visit_order(HOUSEHOLD, visit[0], days_since_visit=visit[1]))


def test_it_puts_an_override_before_any_score():
    urgent, severe = (family(0, overrides=("threatened",)), 1), (family(60), 400)
    assert in_order(severe, urgent) == [urgent, severe]


def test_it_puts_the_higher_score_first_over_what_was_answered():
    half, third = (family(24, 48), 1), (family(20, 60), 400)
    assert in_order(third, half) == [half, third]


def test_it_counts_only_what_is_certain_where_too_little_was_answered():
    few, third = (family(8, 8), 400), (family(20, 60), 1)
    assert in_order(few, third) == [third, few]


def test_it_puts_the_longest_unvisited_first_among_equals():
    never, long_ago, lately = (family(20), None), (family(20), 90), (family(20), 3)
    assert in_order(lately, long_ago, never) == [never, long_ago, lately]


def test_it_puts_a_family_of_whom_nothing_is_known_with_those_who_score_nothing():
    unknown, calm = (family(0, 0), 10), (family(0, 60), 5)
    assert in_order(calm, unknown) == [unknown, calm]
