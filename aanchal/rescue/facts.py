"""What rescue announces."""

from dataclasses import dataclass
from datetime import datetime

from aanchal.rescue.models import Rescued


@dataclass(frozen=True)
class PersonRescued:
    """Someone was rescued: known by a code from now on."""

    rescued: Rescued
    by: object


@dataclass(frozen=True)
class AgeProved:
    """A paper, a test or the Committee says how old someone was on the day of the rescue."""

    rescued: Rescued
    at: datetime
    by: object
