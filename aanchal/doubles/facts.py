"""What doubles announces."""

from dataclasses import dataclass
from datetime import datetime

from aanchal.people.models import Household
from aanchal.registers.models import Entry


@dataclass(frozen=True)
class RecordsMerged:
    """Two records are one: of families, or (both None) of persons. `lines` were told by both, and stand once."""

    stays: Household | None
    away: Household | None
    lines: tuple[Entry, ...]
    at: datetime
    by: object


@dataclass(frozen=True)
class RecordsSplit:
    """They are two again; `lines` stand again."""

    stays: Household | None
    away: Household | None
    lines: tuple[Entry, ...]
    at: datetime
    by: object
