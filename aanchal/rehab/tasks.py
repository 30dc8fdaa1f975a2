"""Every morning: visits after her return that nobody made."""

from uuid import UUID

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job, regularly
from aanchal.rehab import returning


@job
def remind_of_visits(after: str = "") -> None:
    if one := returning.remind(at=timezone.now(), by=SYSTEM, after=UUID(after) if after else None):
        remind_of_visits.defer(after=str(one.pk))


@regularly("20 3 * * *")
def begin_to_remind_of_visits() -> None:
    remind_of_visits.defer()
