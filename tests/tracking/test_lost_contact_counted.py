"""Lost contact in numbers: what nobody settled in 48 hours, and what was moved up within them."""

from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.tracking import clock, counts
from aanchal.tracking.models import Alert


def counted(day, **more) -> int:
    """Of alerts whose 48 hours ended on this day."""
    with acting(SYSTEM):
        return counts.lost(day, day, **more).count()


@pytest.mark.parametrize(("moved_after", "handed_up"), [({"days": 2}, 1), ({"days": 2, "hours": 1}, 0), (None, 0)])
def test_an_alert_counts_when_its_48_hours_are_over(away, workers, later, moved_after, handed_up):
    with acting(SYSTEM):
        clock.run(at=later(days=8), by=SYSTEM)
        if moved_after:
            clock.run(at=later(days=8) + timedelta(**moved_after), by=SYSTEM)
    ended = day_in_india(later(days=10))
    assert (counted(ended), counted(ended, handed_up=True)) == (1, handed_up)
    assert counted(ended - timedelta(days=1)) == counted(ended + timedelta(days=1)) == 0


def test_what_was_settled_in_time_is_no_lost_contact(away, workers, later):
    with acting(SYSTEM):
        clock.run(at=later(days=8), by=SYSTEM)
        Alert.objects.update(state="CLOSED", closed_at=later(days=9), outcome="REACHED")
    assert counted(day_in_india(later(days=10))) == 0
