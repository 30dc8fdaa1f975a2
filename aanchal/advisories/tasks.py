"""Each morning what is late is told one level further up."""

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import regularly
from aanchal.advisories import actions


@regularly("40 2 * * *")
def hand_up() -> None:
    actions.hand_up(at=timezone.now(), by=SYSTEM)
