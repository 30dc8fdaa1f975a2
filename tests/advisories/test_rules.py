"""Which step may follow which, and who hears of what is late: every case."""

from datetime import date, timedelta
from itertools import product

import pytest

from aanchal.advisories import rules
from aanchal.advisories.terms import LEVEL, ROLE, TaskState, Unit

DUE = date(2026, 4, 1)
LADDER = {  # level of the task: days late -> rung
    "VILLAGE": {0: 0, 1: 1, 7: 1, 8: 2, 21: 2, 22: 3, 44: 3, 45: 4, 400: 4},
    "BLOCK": {1: 0, 7: 0, 8: 2, 22: 3, 45: 4},
    "DISTRICT": {8: 0, 22: 3, 45: 4},
    "STATE": {22: 0, 44: 0, 45: 4},
}


@pytest.mark.parametrize(("level", "days", "rung"), [(level, *one) for level, told in LADDER.items() for one in told.items()])
def test_what_is_late_climbs_past_its_own_level(level, days, rung):
    on = DUE + timedelta(days=days)
    found = [n for n in range(1, 5) if rules.told_by(on, n) >= DUE and level in rules.levels_below(n)]
    assert max(found, default=0) == rung


@pytest.mark.parametrize(("standing", "event"), [*product(TaskState.values, ("ANSWER", "ACCEPT", "RETURN"))])
def test_every_step_is_in_the_table_or_refused(standing, event):
    if (standing, event) in rules.STEPS:
        assert rules.step(standing, event) == rules.STEPS[standing, event]
        assert standing not in rules.ENDED
    else:
        with pytest.raises(rules.Refused, match="not_from_here"):
            rules.step(standing, event)


def test_every_unit_has_its_level_and_its_post():
    assert set(LEVEL) == set(ROLE) == set(Unit)
