"""Money in whole paise: nothing is lost, nothing is made."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.benefits import money

DAY = date(2026, 1, 31)
principals, spans, rates = st.integers(1, 10**9), st.integers(1, 60), st.integers(0, 500)


@given(principals, spans, rates)
def test_the_schedule_adds_up_to_the_principal(principal, months, rate):
    parts = money.schedule(principal, months, rate, DAY)
    assert sum(one.principal for one in parts) == principal
    assert max(one.principal for one in parts) - min(one.principal for one in parts) <= 1
    assert [one.due_on for one in parts] == sorted({one.due_on for one in parts})


@given(principals, spans)
def test_without_interest_nothing_is_added(principal, months):
    assert all(one.interest == 0 for one in money.schedule(principal, months, 0, DAY))


def test_interest_is_on_what_is_still_out():
    assert [one.interest for one in money.schedule(120_000, 3, 100, DAY)] == [1_200, 800, 400]


@pytest.mark.parametrize(
    ("months", "day"),
    [(1, date(2026, 2, 28)), (2, date(2026, 3, 31)), (3, date(2026, 4, 30)), (25, date(2028, 2, 29)), (12, date(2027, 1, 31))],
)
def test_a_month_later_is_the_same_day_or_the_last(months, day):
    assert money.month_after(DAY, months) == day


@given(principals, spans, rates, st.data())
def test_repayments_of_what_is_owed_end_the_loan_and_no_sooner(principal, months, rate, data):
    parts = money.schedule(principal, months, rate, DAY)
    paid_principal = paid_interest = 0
    for part in parts:
        still = money.owed(parts, paid_principal, paid_interest, part.due_on)
        if not still.total:
            break
        amount = data.draw(st.integers(1, still.total))
        lines = money.repaid(amount, still)
        assert sum(lines.values()) == 0
        paid_principal -= lines.get(money.LOANS, 0)
        paid_interest -= lines.get(money.INTEREST, 0)
        assert 0 <= paid_principal <= principal
    assert money.owed(parts, paid_principal, paid_interest, parts[-1].due_on).principal == principal - paid_principal


@given(principals, spans, rates)
def test_paid_as_scheduled_nothing_is_ever_late(principal, months, rate):
    parts = money.schedule(principal, months, rate, DAY)
    paid_principal = paid_interest = 0
    for part in parts:
        assert money.owed(parts, paid_principal, paid_interest, part.due_on).late <= part.total
        paid_principal, paid_interest = paid_principal + part.principal, paid_interest + part.interest
        still = money.owed(parts, paid_principal, paid_interest, part.due_on)
        assert (still.late, still.late_since) == (0, None)


def test_what_did_not_come_is_late_since_its_first_day():
    parts = money.schedule(90_000, 3, 0, date(2026, 1, 1))
    still = money.owed(parts, 30_000, 0, date(2026, 3, 15))
    assert (still.principal, still.late, still.late_since) == (60_000, 30_000, date(2026, 3, 1))


@given(st.dictionaries(st.sampled_from(["BANK", "LOANS", "CAPITAL"]), st.integers(-(10**9), 10**9), min_size=2))
def test_a_booking_and_its_reversal_are_nothing(lines):
    turned = money.reversed_(lines)
    assert all(lines[account] + turned[account] == 0 for account in lines)


@given(principals, st.booleans())
def test_every_booking_adds_up_to_zero(amount, is_grant):
    assert sum(money.received(amount).values()) == 0
    assert sum(money.released(amount, is_grant=is_grant).values()) == 0
