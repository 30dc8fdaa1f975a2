"""What was sent, in numbers: no names, no ids."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count

from aanchal.core.tallies import Tally, of_things
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status


def submissions(first: date, last: date, *, good: bool = False) -> Iterator[Tally]:
    """Submissions that came between two days, by village; of them those that stand in the registers as they came or after review."""
    sent = Submission.objects.filter(received_at__date__gte=first, received_at__date__lte=last)
    sent = sent.filter(status__in=(Status.APPLIED, Status.ACCEPTED)) if good else sent
    return of_things(sent.order_by().values_list("place_no").annotate(n=Count("pk")))
