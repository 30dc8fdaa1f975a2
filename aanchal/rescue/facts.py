"""What rescue announces."""

from dataclasses import dataclass

from aanchal.rescue.models import Rescued


@dataclass(frozen=True)
class PersonRescued:
    """Someone was rescued: known by a code from now on."""

    rescued: Rescued
    by: object
