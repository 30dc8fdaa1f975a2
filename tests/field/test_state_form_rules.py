"""The life of a version of a state's own form, and the names it and its tests may have."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.field import rules
from aanchal.field.terms import FormState

MAY = {("DRAFT", "PUBLISHED"), ("DRAFT", "RETIRED"), ("PUBLISHED", "RETIRED")}


@pytest.mark.parametrize(("before", "after"), list(product(FormState.values, FormState.values)))
def test_only_what_is_drawn_may_follow(before, after):
    if (before, after) in MAY:
        rules.check(before, after)
    else:
        with pytest.raises(rules.NotPossible):
            rules.check(before, after)


@given(st.from_regex(rules.VERSION, fullmatch=True), st.integers(1, 99_999))
def test_a_test_is_never_taken_for_a_version_nor_longer_than_one(version, edition):
    name = rules.test_version(version, edition)
    assert rules.is_test(name)
    assert not rules.may_be_version(name)
    assert len(name) <= 40


@pytest.mark.parametrize("version", ["", "-1", "a b", "a/b", "१", "x" * 29, "2-test1", ".hidden"])
def test_what_no_address_carries_is_no_version(version):
    assert not rules.may_be_version(version)


@pytest.mark.parametrize("version", ["1", "2026112201", "v1.2-beta", "test1", "1-test", "a" * 28])
def test_what_states_write_is_a_version(version):
    assert rules.may_be_version(version)
