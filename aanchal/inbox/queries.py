"""Reads of the inbox."""

from datetime import datetime
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from aanchal.core.models import Trail
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status


def waiting() -> QuerySet[Submission]:
    """What waits for a reviewer, the longest first; narrow it with `policy.visible`."""
    flagged = Submission.objects.filter(status=Status.FLAGGED).defer("sealed", "wrapped_key")
    return flagged.select_related("sender", "place").order_by("received_at", "pk")


def submission(pk: UUID) -> Submission | None:
    return Submission.objects.select_related("sender", "place", "reviewer").filter(pk=pk).first()


def sent_by(user, *, since: datetime) -> QuerySet[Submission]:
    """What a worker sent, what came back to her first, then the newest."""
    mine = Submission.objects.filter(sender=user, received_at__gte=since).defer("sealed", "wrapped_key").select_related("place", "reviewer")
    came_back = Case(When(status=Status.RETURNED, then=Value(0)), default=Value(1))
    return mine.order_by(came_back, "-received_at", "-pk")


def versions(submission: Submission) -> list[Submission]:
    """A submission with what it corrects and what corrects it, the first first."""
    chain = [submission]
    while chain[0].corrects_id:
        chain.insert(0, Submission.objects.defer("sealed", "wrapped_key").get(pk=chain[0].corrects_id))
    while later := Submission.objects.defer("sealed", "wrapped_key").filter(corrects=chain[-1]).first():
        chain.append(later)
    return chain


def history(chain: list[Submission]) -> list[Trail]:
    """What was done with a submission and its versions, from the trail, as far as the reader may read it."""
    return list(Trail.objects.filter(about_id__in=[str(one.pk) for one in chain]).order_by("at", "shard", "seq"))
