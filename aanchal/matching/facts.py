"""What matching announces."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aanchal.matching.models import ConfirmedLink, FoundPerson, LearntModel


@dataclass(frozen=True)
class FoundRecorded:
    found: FoundPerson
    by: object


@dataclass(frozen=True)
class FoundCorrected:
    """What is known of someone found was written anew."""

    found: FoundPerson
    by: object


@dataclass(frozen=True)
class ModelApproved:
    learnt: LearntModel
    by: object


@dataclass(frozen=True)
class LinkConfirmed:
    link: ConfirmedLink
    by: object


@dataclass(frozen=True)
class PairsSeen:
    """Of these missing people someone found may be the one: pairs were proposed, closed or opened again, or one person says so."""

    people: frozenset[UUID]
    at: datetime


@dataclass(frozen=True)
class LinkUndone:
    link: ConfirmedLink
    by: object
