"""Who works on a case hears that something of it waits for her: not what, and not whose case."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases import queries, terms
from aanchal.cases.models import Case
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic


def tell(users: Iterable[UUID], *, about: UUID, at: datetime, by) -> int:
    """All of them but who did it."""
    return notices.tell(users=set(users) - {by.pk}, topic=Topic.URGENT, about=about, at=at, by=by)


def tell_team(case: Case, *, about: UUID, at: datetime, by, shared: bool = False) -> int:
    """Who works on it and who supervises it; `shared`: who was asked to help by a referral too."""
    capacities = [*queries.LEADING, *([terms.Capacity.REFERRED] if shared else [])]
    with acting(SYSTEM):  # who acts may see only what was shared with her
        people = list(queries.people_of(case, at).filter(capacity__in=capacities).values_list("user", flat=True))
    return tell(people, about=about, at=at, by=by)
