"""Every night: names without their sound, records no longer to be kept; every morning: emergency accesses that nobody has reviewed yet."""

from uuid import UUID

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job, regularly
from aanchal.cases import keeping, reviewing, sounding


@job
def remind_of_reviews(after: str = "") -> None:
    if one := reviewing.remind(at=timezone.now(), by=SYSTEM, after=UUID(after) if after else None):
        remind_of_reviews.defer(after=str(one.pk))


@job
def fill_sounds(after: str = "") -> None:
    if one := sounding.fill_sounds(by=SYSTEM, after=UUID(after) if after else None):
        fill_sounds.defer(after=str(one.pk))


@job
def look_at_withdrawn(after: str = "") -> None:
    if one := keeping.look(at=timezone.now(), by=SYSTEM, after=UUID(after) if after else None):
        look_at_withdrawn.defer(after=str(one.pk))


@regularly("10 2 * * *")
def begin_to_fill_sounds() -> None:
    fill_sounds.defer()


@regularly("40 2 * * *")
def begin_to_look_at_withdrawn() -> None:
    look_at_withdrawn.defer()


@regularly("30 3 * * *")
def begin_to_remind() -> None:
    remind_of_reviews.defer()
