"""What registers announces."""

from dataclasses import dataclass

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
