"""Small counts, and what would give them away, are hidden from who may only count."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.portal.rules import LEAST_SHOWN, hidden, is_small

TABLES = [
    ({"a": (30,), "b": (12,)}, False, set()),
    ({"a": (0,), "b": (40,)}, False, set()),
    ({"a": (5,), "b": (12,), "c": (40,)}, False, {"a", "b"}),
    ({"a": (1,), "b": (10,), "c": (40,)}, False, {"a", "b"}),
    ({"a": (1,), "b": (2,), "c": (40,), "d": (50,)}, False, {"a", "b", "c"}),
    ({"a": (5,), "b": (0,), "c": (0,)}, True, {"a", "b", "c"}),
    ({"a": (30,), "b": (12,)}, True, {"b"}),
    ({"a": (30, 4), "b": (12, 40)}, False, {"a", "b"}),
    ({}, True, set()),
]


@pytest.mark.parametrize(("cells", "whole_is_hidden", "closed"), TABLES)
def test_it_hides_what_gives_a_small_count_away(cells, whole_is_hidden, closed):
    assert hidden(cells, whole_is_hidden=whole_is_hidden) == closed


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (10, True), (LEAST_SHOWN, False)])
def test_it_calls_one_to_ten_small(count, small):
    assert is_small((count,)) is small


counts = st.lists(st.integers(0, 30), min_size=1, max_size=5)


@given(st.lists(counts, min_size=1, max_size=4))
def test_it_leaves_no_small_count_to_be_worked_out(districts):
    """A state of districts of villages: every sum a reader can see is an equation; no small count is their only answer."""
    values, relations, closed = tree(districts)
    unknown = sorted(closed)
    equations = numpy.array([[float(row.get(cell, 0)) for cell in unknown] for row in relations])
    rank = numpy.linalg.matrix_rank(equations) if unknown else 0
    for at, cell in enumerate(unknown):
        only_this = numpy.zeros(len(unknown))
        only_this[at] = 1
        if is_small((values[cell],)):
            assert numpy.linalg.matrix_rank(numpy.vstack([equations, only_this])) > rank, (districts, cell, unknown)


@given(st.lists(counts, min_size=1, max_size=4))
def test_it_hides_every_small_count(districts):
    values, _relations, closed = tree(districts)
    assert {cell for cell, value in values.items() if is_small((value,))} <= closed


def tree(districts):
    """Values by cell, what sums to what, and the cells hidden from the state down."""
    values = {("state",): sum(map(sum, districts))}
    relations = [{("state",): -1} | {("district", d): 1 for d in range(len(districts))}]
    closed = {("state",)} if is_small((values["state",],)) else set()
    for d, villages in enumerate(districts):
        values["district", d] = sum(villages)
        values |= {("village", d, v): n for v, n in enumerate(villages)}
        relations.append({("district", d): -1} | {("village", d, v): 1 for v in range(len(villages))})
    closed |= hidden({("district", d): (sum(villages),) for d, villages in enumerate(districts)}, whole_is_hidden=("state",) in closed)
    for d, villages in enumerate(districts):
        cells = {("village", d, v): (n,) for v, n in enumerate(villages)}
        closed |= hidden(cells, whole_is_hidden=("district", d) in closed)
    return values, relations, closed
