"""Searches of the night, and those a person asks for: records told twice, and people who may have come back elsewhere."""

from datetime import timedelta

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job_beside, regularly
from aanchal.doubles import actions, queries
from aanchal.matching.tasks import ENGINE
from aanchal.places.models import Place

A_DAY = timedelta(hours=26)  # and what came while yesterday's ran


@job_beside(ENGINE)
def look(block: int) -> None:
    actions.look(block=Place.objects.get(pk=block), at=timezone.now(), by=SYSTEM)


@job_beside(ENGINE)
def look_elsewhere() -> None:
    from aanchal.doubles import elsewhere  # the processes of the site do without the engine's compiler

    now = timezone.now()
    elsewhere.search(since=now - A_DAY, at=now)


@regularly("50 20 * * *")
def look_everywhere() -> None:
    """Twenty past two in India: each block is a job of its own."""
    for block in queries.blocks_with_people():
        look.defer(block=block.pk)
    look_elsewhere.defer()
