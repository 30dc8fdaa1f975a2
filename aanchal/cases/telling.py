"""Who works on a case hears that something of it waits for her: not what, and not whose case."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic


def tell(users: Iterable[UUID], *, about: UUID, at: datetime, by) -> int:
    """All of them but who did it."""
    return notices.tell(users=set(users) - {by.pk}, topic=Topic.URGENT, about=about, at=at, by=by)
