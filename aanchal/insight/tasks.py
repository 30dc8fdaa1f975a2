"""Months are computed at night; a draft for the public is attacked when it is drafted."""

from datetime import timedelta

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job, regularly
from aanchal.access.policy import day_in_india
from aanchal.insight import changing, computing, releasing, reviewing, rules
from aanchal.insight.models import Release, Review

LATE_ENTRIES = timedelta(days=31)
"""A month is counted anew every night until so long after its end: what came late is in it."""


@regularly("47 20 * * *")
def compute_months() -> None:
    today = day_in_india(timezone.now())
    for month in dict.fromkeys((rules.month_of(today - LATE_ENTRIES), rules.month_of(today))):
        computing.compute(month=month, at=timezone.now(), by=SYSTEM)
        changing.compare(month=month, at=timezone.now(), by=SYSTEM)


@job
def prepare_review(pk: str) -> None:
    """One step at a time, each in a transaction of its own: who waits sees how far it is."""
    review = reviewing.take_step(review=Review.objects.get(pk=pk), at=timezone.now(), by=SYSTEM)
    if not review.is_ready:
        prepare_review.defer(pk=pk)


@job
def prepare_release(pk: str) -> None:
    releasing.prepare(release=Release.objects.get(pk=pk), by=SYSTEM)
