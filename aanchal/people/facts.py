"""What people announces."""

from dataclasses import dataclass

from aanchal.people.models import Household


@dataclass(frozen=True)
class HouseholdRecorded:
    household: Household
    by: object
