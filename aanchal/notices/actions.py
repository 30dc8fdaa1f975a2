"""Telling workers that something waits, and noting each sending."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.notices import channels, queries
from aanchal.notices.channels import NotSent
from aanchal.notices.models import Notice, Sending

TELL = """
INSERT INTO notices_notice (id, user_id, topic, about, "on", at, seen_at)
SELECT gen_random_uuid(), u, %(topic)s, %(about)s, %(on)s, %(at)s, NULL FROM unnest(%(users)s::uuid[]) u ON CONFLICT DO NOTHING
"""


@action
def tell(*, users: Iterable[UUID], topic: str, at: datetime, by, about: UUID | None = None) -> int:
    """A notice for each of these users who has none of this topic and record today. How many there are now that were not there."""
    users = sorted(set(users))
    if not users:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(TELL, {"topic": topic, "about": about, "on": day_in_india(at), "at": at, "users": users})
        return cursor.rowcount


@action
def send(*, notice: Notice, channel: str, at: datetime, by) -> Sending | None:
    """Once by each channel; a failure is noted and not tried again, for the notice stands in Aanchal. None when it went out before."""
    if Sending.objects.filter(notice=notice, channel=channel).exists():
        return None
    sending = Sending(notice=notice, channel=channel, at=at)
    insert(sending)
    try:
        channels.tell(notice.user, channel)
    except NotSent as problem:
        sending.failure = str(problem)[:60]
        sending.save(update_fields=["failure"])
    trail.write("notices.notice.sent", about=sending, channel=channel, user=notice.user_id, is_sent=not sending.failure)
    return sending


@action
def note_seen(*, at: datetime, by: User) -> int:
    return queries.unseen(by).update(seen_at=at)
