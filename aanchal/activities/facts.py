"""What activities announce."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from aanchal.activities.models import Meeting, Training
from aanchal.places.models import Place


@dataclass(frozen=True)
class PointsDue:
    """Decisions wait for these users to act."""

    owners: tuple[UUID, ...]
    at: datetime
    by: Any


@dataclass(frozen=True)
class StatesInvited:
    """These States are called to a coordination meeting of the Nodal Cell."""

    meeting: Meeting
    users: tuple[UUID, ...]
    at: datetime
    by: Any


@dataclass(frozen=True)
class VillagesTrained:
    """A training was held for the Village Organisations of these villages."""

    training: Training
    villages: tuple[Place, ...]
    at: datetime
    by: Any


@dataclass(frozen=True)
class Certified:
    """These users passed a training and have its certificate."""

    users: tuple[UUID, ...]
    on: date
    at: datetime
    by: Any
