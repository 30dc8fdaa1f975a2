"""What the field does in the background: visits that waited for an earlier one are applied."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job, regularly
from aanchal.field import decisions, intake, order
from aanchal.field.routing import REFUSALS
from aanchal.inbox import actions as inbox
from aanchal.inbox.models import Submission


@job
def settle() -> None:
    release_in_order(at=timezone.now())


@regularly("20 * * * *")
def settle_hourly() -> None:
    release_in_order(at=timezone.now())


def release_in_order(*, at: datetime) -> int:
    """Apply what waits and may be applied now, each run in its order. What the registers refuse waits on, for a person."""
    released = 0
    for step, submission in order.backlog():
        if order.is_ready(step) or order.is_overdue(submission, at):
            released += _released(submission)
    return released


def _released(submission: Submission) -> bool:
    try:
        with transaction.atomic():
            inbox.release(submission=submission, answers=decisions.reread(submission).verdict.answers, by=SYSTEM)
    except tuple(REFUSALS) as refusal:
        _keep_for_a_person(submission, intake.refused(refusal, submission.raw()))
        return False
    except Exception as problem:  # one that breaks must not hold up the others, nor be lost
        _keep_for_a_person(submission, intake.broken(problem))
        return False
    return True


def _keep_for_a_person(submission: Submission, told: dict) -> None:
    """It waits for no other visit any more, but for a reviewer."""
    kept = [one for one in submission.faults if one["kind"] != order.FAULT]
    inbox.hold(submission=submission, told=[*kept, told], by=SYSTEM)
