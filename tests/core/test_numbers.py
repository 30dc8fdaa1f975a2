"""Numbers are written as in India."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.core.numbers import grouped


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12345, "12,345"), (100000, "1,00,000"),
        (1234567, "12,34,567"), (10000000, "1,00,00,000"), (-100000, "−1,00,000"), (Decimal("99999.6"), "1,00,000"),
    ],
)  # fmt: skip
def test_it_groups_thousands_lakhs_and_crores(value, written) -> None:
    assert grouped(value) == written


def test_it_keeps_the_places_asked_for() -> None:
    assert grouped(Decimal("1234567.5"), 2) == "12,34,567.50"


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_it_loses_no_digit(value: int) -> None:
    assert int(grouped(value).replace(",", "").replace("−", "-")) == value
