"""Each morning those are told for whom a decision waits."""

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import regularly
from aanchal.activities import actions


@regularly("30 2 * * *")
def remind() -> None:
    actions.remind(at=timezone.now(), by=SYSTEM)
