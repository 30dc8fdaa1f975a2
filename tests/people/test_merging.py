"""Three values of a field come together: what was told, what lay on the phone, what stands now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.people import rules
from aanchal.people.rules import UNSEEN, Age, Outcome, age_as_told, alike, merged
from tests.factories import DAY

A, B, C = "A", "B", "C"
TABLE = {
    (A, A, A): Outcome.UNCHANGED,
    (A, A, B): Outcome.UNCHANGED,  # others changed it; she did not
    (B, A, A): Outcome.APPLIED,  # she alone changed it
    (B, A, B): Outcome.SAME,  # both changed it to the same
    (B, A, C): Outcome.CONFLICT,
    (A, B, C): Outcome.CONFLICT,
    (A, B, A): Outcome.SAME,
    (A, UNSEEN, A): Outcome.SAME,
    (B, UNSEEN, A): Outcome.CONFLICT,
    (None, A, A): Outcome.APPLIED,
    (None, A, B): Outcome.CONFLICT,
    (False, None, True): Outcome.CONFLICT,
    (0, 0, 3): Outcome.UNCHANGED,
}


@pytest.mark.parametrize(("told", "seen", "stands"), TABLE)
def test_each_case_has_one_outcome(told, seen, stands):
    assert merged("hamlet", told, seen, stands) is TABLE[told, seen, stands]


@given(*(st.sampled_from([A, B, C, None]) for _ in range(3)))
def test_what_others_changed_is_never_overwritten(told, seen, stands):
    if merged("hamlet", told, seen, stands) is Outcome.APPLIED:
        assert stands == seen
        assert told != stands


@given(*(st.sampled_from([A, B, C]) for _ in range(3)))
def test_two_phones_end_alike_whichever_comes_first(base, one, other):
    """What stands afterwards may differ only where a conflict says so."""

    def after(first, second):
        stands = first if merged("hamlet", first, base, base) is Outcome.APPLIED else base
        outcome = merged("hamlet", second, base, stands)
        return (second if outcome is Outcome.APPLIED else stands), outcome is Outcome.CONFLICT

    (ends, conflicts), (ends_too, conflicts_too) = after(one, other), after(other, one)
    assert conflicts == conflicts_too == (base not in (one, other) and one != other)
    assert conflicts or ends == ends_too


def told(years, on=DAY, basis="STATED"):
    return age_as_told(Age(basis=basis, years=years, told_on=on))


def test_an_age_is_the_same_when_only_time_has_passed():
    later = DAY.replace(year=DAY.year + 1)
    assert alike("age", told(30), told(31, later))
    assert not alike("age", told(30), told(30, later))
    assert not alike("age", told(30), told(30, basis="ESTIMATED"))
    born = age_as_told(Age(basis="DOCUMENTED", born_on=DAY))
    assert alike("age", born, dict(born))
    assert not alike("age", born, told(30))
    assert rules.age_of(born) == Age(basis="DOCUMENTED", born_on=DAY)


def test_a_position_is_the_same_within_the_reach_of_a_phone():
    here = [78.5, 17.25]
    assert alike("position", here, [78.5005, 17.2505])
    assert not alike("position", here, [78.502, 17.25])
    assert not alike("position", here, None)


@pytest.mark.parametrize(("before", "after"), [(a, b) for a in rules.CONFLICT_TRANSITIONS for b in rules.CONFLICT_TRANSITIONS])
def test_a_conflict_goes_only_where_the_table_says(before, after):
    if after in rules.CONFLICT_TRANSITIONS[before]:
        rules.check(before, after)
    else:
        with pytest.raises(rules.NotPossible):
            rules.check(before, after)
