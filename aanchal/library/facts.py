"""What the library announces."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ReadingAsked:
    """These users must say that they read a document."""

    document: UUID
    users: frozenset[UUID]
    at: datetime
    by: object
