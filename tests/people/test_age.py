"""Ages: completed years by a birthday, or years told on a day and the years since."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.people.rules import Age

ONE_DAY = timedelta(days=1)
BIRTHDAYS = [date(2008, 1, 1), date(2008, 2, 28), date(2008, 2, 29), date(2008, 3, 1), date(2008, 12, 31), date(2009, 4, 15)]
DAYS = st.dates(date(1930, 1, 1), date(2060, 12, 31))


def born(day: date) -> Age:
    return Age(basis="DOCUMENTED", born_on=day)


@pytest.mark.parametrize("birthday", BIRTHDAYS)
def test_it_grows_by_one_on_each_birthday_and_on_no_other_day(birthday):
    age, day = 0, birthday
    while day < date(2030, 1, 1):
        has_birthday = (day.month, day.day) == (birthday.month, birthday.day)
        on_leap_day = (birthday.month, birthday.day) == (2, 29) and (day.month, day.day) == (3, 1) and (day - ONE_DAY).day != 29
        if day > birthday and (has_birthday or on_leap_day):
            age += 1
        assert born(birthday).on(day) == age, day
        day += ONE_DAY


@pytest.mark.parametrize(
    ("day", "years"),
    [(date(2026, 2, 27), 17), (date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2028, 2, 28), 19), (date(2028, 2, 29), 20)],
)
def test_who_was_born_on_the_29th_of_february_is_older_on_the_1st_of_march(day, years):
    assert born(date(2008, 2, 29)).on(day) == years


@pytest.mark.parametrize("birthday", BIRTHDAYS)
def test_a_girl_is_a_child_on_the_eve_of_her_eighteenth_birthday(birthday):
    of_age = date(birthday.year + 18, *((3, 1) if (birthday.month, birthday.day) == (2, 29) else (birthday.month, birthday.day)))
    assert (born(birthday).on(of_age - ONE_DAY), born(birthday).on(of_age)) == (17, 18)


@pytest.mark.parametrize(
    ("later", "years"), [(-400, 17), (-1, 17), (0, 17), (1, 17), (364, 17), (365, 18), (366, 18), (729, 18), (730, 19), (3650, 27)]
)
def test_years_that_were_told_grow_by_one_a_year_and_never_shrink(later, years):
    told_on = date(2026, 4, 1)
    assert Age(basis="STATED", years=17, told_on=told_on).on(told_on + later * ONE_DAY) == years


def test_years_told_on_no_day_stay():
    assert Age(basis="ESTIMATED", years=40).on(date(2060, 1, 1)) == 40


@pytest.mark.parametrize("age", [Age(basis="STATED"), Age(basis="STATED", told_on=date(2026, 4, 1))])
def test_it_is_not_known_when_nothing_was_told(age):
    assert age.on(date(2026, 4, 1)) is None


def test_a_date_goes_before_years():
    assert Age(basis="DOCUMENTED", born_on=date(2000, 1, 1), years=99, told_on=date(2026, 1, 1)).on(date(2026, 1, 1)) == 26


@given(DAYS, DAYS, DAYS)
def test_nobody_grows_younger(told_on, one, other):
    earlier, later = sorted((one, other))
    for age in (born(told_on), Age(basis="STATED", years=20, told_on=told_on)):
        assert age.on(earlier) <= age.on(later)


@given(DAYS, st.integers(0, 80 * 365))
def test_years_told_on_a_birthday_are_right_to_a_year(birthday, later):
    day = birthday + later * ONE_DAY
    assert abs(Age(basis="STATED", years=0, told_on=birthday).on(day) - born(birthday).on(day)) <= 1
