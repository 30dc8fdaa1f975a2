import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.registers import actions, queries, rules
from aanchal.registers.actions import Changes
from aanchal.registers.terms import Register
from tests.factories import DAY, NOON
from tests.registers.builders import DETAILS, make_entry, make_family, someone

LEFT = DETAILS[Register.LEFT]
CASES = [
    (Register.MISSING, DETAILS[Register.MISSING], {"member_missing"}),
    (Register.MISSING, DETAILS[Register.MISSING] | {"missing_status": "SIGHTED"}, {"member_missing"}),
    (Register.MISSING, DETAILS[Register.MISSING] | {"missing_status": "TRACED"}, set()),
    (Register.MISSING, DETAILS[Register.MISSING] | {"traced_on": DAY}, set()),
    (Register.LEFT, LEFT, {"contact_lost"}),
    (Register.LEFT, LEFT | {"last_contact": "NEVER"}, {"contact_lost"}),
    (Register.LEFT, LEFT | {"last_contact": "MONTH"}, set()),
    (Register.LEFT, LEFT | {"contact_known": "yes"}, set()),
    (Register.LEFT, LEFT | {"returned_on": DAY}, set()),
    (Register.MARRIAGE, DETAILS[Register.MARRIAGE], {"contact_lost"}),
    (Register.MARRIAGE, DETAILS[Register.MARRIAGE] | {"last_contact": "OLDER"}, set()),
    (Register.MIGRATION, DETAILS[Register.MIGRATION], set()),
]


def flags(household):
    with acting(SYSTEM):
        return {flag for flag, holds in queries.open_flags(household).items() if holds}


@pytest.mark.parametrize(("register", "details", "told"), CASES)
def test_it_tells_what_the_open_lines_of_a_family_say(village, register, details, told):
    assert flags(make_entry(village, register, details=details).household) == told


def test_it_tells_both_at_once(village):
    entry = make_entry(village, Register.MISSING)
    make_entry(village, Register.LEFT, person=entry.person, household=entry.household)
    assert flags(entry.household) == {"member_missing", "contact_lost"}


def test_it_tells_nothing_of_another_family(village):
    make_entry(village, Register.MISSING)
    household, _ = make_family(village, someone())
    assert flags(household) == set()


def test_it_ends_when_the_line_is_closed(village, crp):
    entry = make_entry(village, Register.MISSING)
    with acting(crp):
        actions.correct_entry(entry=entry, changes=Changes(details={"missing_status": "RESTORED"}), reason="Home", at=NOON, by=crp)
    assert flags(entry.household) == set()


def test_it_is_kept_from_a_stranger(village, stranger):
    entry = make_entry(village, Register.MISSING)
    with acting(stranger):
        assert queries.open_flags(entry.household) == {"member_missing": False, "contact_lost": False}


@pytest.mark.parametrize(
    ("register", "details", "is_open"),
    [
        (Register.MIGRATION, {"migration_type": "SEASONAL"}, True),
        (Register.MIGRATION, {"migration_type": "DAILY_COMMUTE"}, False),
        (Register.MIGRATION, {"migration_type": "SEASONAL", "returned_on": "2026-01-01"}, False),
        (Register.MARRIAGE, {"last_contact": "WEEK"}, False),
        (Register.MARRIAGE, {}, False),
        (Register.MISSING, {}, True),
        (Register.LEFT, {}, True),
    ],
)
def test_it_knows_when_someone_is_still_waited_for(register, details, is_open):
    assert rules.is_open(register, details) is is_open
