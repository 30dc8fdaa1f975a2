"""Each morning the States are reminded of what they owe the Nodal Cell, and of the meetings they are called to."""

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import regularly
from aanchal.nodal import reminding


@regularly("10 3 * * *")
def remind() -> None:
    now = timezone.now()
    reminding.remind_of_returns(at=now, by=SYSTEM)
    reminding.remind_of_certificates(at=now, by=SYSTEM)
    reminding.remind_of_meetings(at=now, by=SYSTEM)
