"""What registers announces."""

from dataclasses import dataclass
from datetime import datetime

from aanchal.registers.models import Entry


@dataclass(frozen=True)
class EntryRecorded:
    entry: Entry
    by: object


@dataclass(frozen=True)
class EntryCorrected:
    """`entry` is the new line; the one it corrects is `entry.corrects`."""

    entry: Entry
    by: object


@dataclass(frozen=True)
class EntryStruck:
    """Entered by mistake: nothing it said holds."""

    entry: Entry
    at: datetime
    by: object


@dataclass(frozen=True)
class EntryStandsAgain:
    """Struck by mistake: what it says holds again."""

    entry: Entry
    at: datetime
    by: object
