"""Reads of notices."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from aanchal.notices.models import Notice, PhoneCheck
from aanchal.notices.terms import Channel


def unseen(user) -> QuerySet[Notice]:
    return Notice.objects.filter(user=user, seen_at=None)


def latest(user, most: int) -> list[Notice]:
    return list(Notice.objects.filter(user=user).prefetch_related("sendings").order_by("-at", "-pk")[:most])


def to_send(channel: str, most: int) -> list[Notice]:
    """Notices whose user can be reached by a channel and was not yet, the oldest first; what was seen in Aanchal needs no sending."""
    reached = ~Q(user__email="") if channel == Channel.EMAIL else ~Q(user__phone="")
    waiting = Notice.objects.filter(reached, seen_at=None, user__is_active=True).exclude(sendings__channel=channel)
    return list(waiting.select_related("user").order_by("at", "pk")[:most])


def codes_of_day(user, on: date) -> int:
    return PhoneCheck.objects.filter(user=user, on=on).count()


def waiting_check(user, since: datetime) -> PhoneCheck | None:
    """The code that was sent last, when it was not told yet and is not too old."""
    newest = PhoneCheck.objects.filter(user=user).order_by("-sent_at", "-pk").first()
    return newest if newest and newest.confirmed_at is None and newest.sent_at > since else None


def told(topic: str, about: UUID, *, since: date) -> set[UUID]:
    """Users who were told of a record on a day or after it."""
    return set(Notice.objects.filter(topic=topic, about=about, on__gte=since).values_list("user", flat=True))
