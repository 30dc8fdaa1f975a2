"""What advisories announce."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ActionAsked:
    """These users have something of an advisory to do, to decide about, or to hear."""

    advisory: UUID
    users: frozenset[UUID]
    at: datetime
    by: object
