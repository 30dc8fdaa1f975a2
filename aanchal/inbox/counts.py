"""What was sent, in numbers: no names."""

from datetime import date

from django.db.models import QuerySet

from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status


def submissions(first: date, last: date, *, good: bool = False) -> QuerySet[Submission]:
    """Submissions that came between two days, by village; of them those that stand in the registers as they came or after review."""
    sent = Submission.objects.filter(received_at__date__gte=first, received_at__date__lte=last)
    return sent.filter(status__in=(Status.APPLIED, Status.ACCEPTED)) if good else sent
