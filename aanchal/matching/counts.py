"""Pairs of a missing and a found person, and how soon somebody looked at them: counted, without a name."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Min, QuerySet

from aanchal.access.policy import INDIA
from aanchal.matching.models import Candidate, Decision

A_WEEK = timedelta(days=7)
MILLISECONDS_BEFORE = 80
"""Bits of an id after the moment at which it was made (RFC 9562, version 7)."""


def pairs(first: date, last: date, *, reviewed: bool = False) -> QuerySet[Candidate]:
    """Pairs shown to people whose first week ended between two days; of them those about which somebody said something within it."""
    begins, ends = (datetime.combine(day - A_WEEK, time.min, tzinfo=INDIA) for day in (first, last + timedelta(days=1)))
    found = Candidate.objects.filter(pk__gte=_first_id(begins), pk__lt=_first_id(ends))
    if not reviewed:
        return found
    said = Decision.objects.filter(candidate__in=found).order_by().values_list("candidate").annotate(at=Min("at"))
    return found.filter(pk__in=[pk for pk, at in said if at <= _made_at(pk) + A_WEEK])


def _first_id(at: datetime) -> UUID:
    return UUID(int=int(at.timestamp() * 1000) << MILLISECONDS_BEFORE)


def _made_at(pk: UUID) -> datetime:
    return datetime.fromtimestamp((pk.int >> MILLISECONDS_BEFORE) / 1000, tz=UTC)
