"""The clock starts the due-work pass, every quarter of an hour; two never run side by side."""

from django.db import connection
from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job, regularly
from aanchal.tracking import clock

THE_PASS = 6_201_105
"""The number of the advisory lock: whoever finds it taken has nothing to do."""


@job
def pass_due_work() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [THE_PASS])
        if not cursor.fetchone()[0]:
            return
    if clock.run(at=timezone.now(), by=SYSTEM).is_more:
        pass_due_work.defer()


@regularly("*/15 * * * *")
def begin_to_pass() -> None:
    pass_due_work.defer()
