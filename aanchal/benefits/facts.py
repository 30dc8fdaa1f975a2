"""What benefits announces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from aanchal.benefits.models import SchemeVersion
from aanchal.people.models import Household


@dataclass(frozen=True)
class Delivered:
    """Help came to a family, or ended. `told`: the answers of its survey that are otherwise now."""

    household: Household
    told: Mapping[str, int]
    on: date
    at: datetime
    by: object


@dataclass(frozen=True)
class Refused:
    """An office refused a family."""

    household: Household
    on: date
    at: datetime
    by: object


@dataclass(frozen=True)
class SchemeChanged:
    """A state wrote its own version of a scheme: what its families lack is found again."""

    scheme: SchemeVersion
    at: datetime
    by: object
