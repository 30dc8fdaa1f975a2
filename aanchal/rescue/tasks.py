"""Every quarter of an hour: the clocks of the law that are over."""

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job, regularly
from aanchal.rescue import clocks


@job
def pass_late_clocks() -> None:
    if clocks.pass_late(at=timezone.now(), by=SYSTEM) == clocks.A_BATCH:
        pass_late_clocks.defer()


@regularly("*/15 * * * *")
def begin_to_pass() -> None:
    pass_late_clocks.defer()
