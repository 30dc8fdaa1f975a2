"""What matching announces."""

from dataclasses import dataclass

from aanchal.matching.models import ConfirmedLink, FoundPerson


@dataclass(frozen=True)
class FoundRecorded:
    found: FoundPerson
    by: object


@dataclass(frozen=True)
class LinkConfirmed:
    link: ConfirmedLink
    by: object


@dataclass(frozen=True)
class LinkUndone:
    link: ConfirmedLink
    by: object
