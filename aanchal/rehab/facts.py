"""What rehabilitation announces."""

from dataclasses import dataclass
from datetime import datetime

from aanchal.rehab.models import FollowUp, Return


@dataclass(frozen=True)
class SurvivorReturned:
    """She is back, by her own wish; who must know is assigned to her case."""

    back: Return
    at: datetime
    by: object


@dataclass(frozen=True)
class DangerSeen:
    """At a visit after her return: she may be trafficked again."""

    follow_up: FollowUp
    at: datetime
    by: object
