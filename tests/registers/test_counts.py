import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.registers import actions, counts
from aanchal.registers.actions import Changes
from aanchal.registers.counts import Count
from aanchal.registers.terms import Register
from tests.factories import DAY, NOON, make_posting
from tests.registers.builders import DETAILS, make_entry, someone


def analyst(place, role="state_expert"):
    with acting(SYSTEM):
        return make_posting(role, place)


def test_it_counts_standing_lines_by_register_sex_and_age(village, india, crp):
    make_entry(village, who=someone(years=17))
    make_entry(village, who=someone(years=18))
    entry = make_entry(village, Register.MISSING, who=someone(years=9, sex="MALE"))
    make_entry(india["east village 2"])
    with acting(crp):
        actions.correct_entry(entry=entry, changes=Changes(details={"missing_status": "TRACED"}), reason="Found", at=NOON, by=crp)
        assert counts.of_place(village) == [Count("MIGRATION", "FEMALE", 2, 2, 1), Count("MISSING", "MALE", 1, 0, 1)]


def test_it_counts_between_days(village, crp):
    make_entry(village, on=DAY.replace(month=1))
    make_entry(village)
    with acting(crp):
        assert counts.total(counts.of_place(village, since=DAY), "MIGRATION") == 1
        assert counts.total(counts.of_place(village, until=DAY.replace(month=2)), "MIGRATION") == 1
        assert counts.total(counts.of_place(village), "MIGRATION") == 2


def test_it_hides_small_counts_from_who_may_not_read_the_lines(village, india):
    for nth in range(11):
        make_entry(village, who=someone(years=17 if nth < 3 else 30))
    make_entry(village, Register.MISSING)
    with acting(analyst(india["state"])):
        found = counts.of_place(india["state"])
        assert found == [Count("MIGRATION", "FEMALE", 11, 11, None), Count("MISSING", "FEMALE", None, None, None)]
        assert counts.total(found, "MISSING") is None


def test_it_shows_every_count_to_who_may_read_the_lines(village, officer, india):
    make_entry(village, Register.MISSING, details=DETAILS[Register.MISSING])
    with acting(officer):
        assert counts.of_place(india["east block"]) == [Count("MISSING", "FEMALE", 1, 1, 1)]


@pytest.mark.parametrize("place", ["east village 1", "east block", "state"])
def test_it_tells_a_stranger_nothing(village, stranger, india, place):
    for _ in range(12):
        make_entry(village)
    with acting(stranger):
        assert counts.of_place(india[place]) == []


def test_it_tells_an_analyst_nothing_of_another_state(village, india):
    for _ in range(12):
        make_entry(village)
    with acting(analyst(india["far state"])):
        assert counts.of_place(india["state"]) == []
