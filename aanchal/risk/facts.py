"""What risk announces."""

from dataclasses import dataclass
from datetime import datetime

from aanchal.risk.models import IndexDefinition, IndexDraft, OwnPoints, Survey


@dataclass(frozen=True)
class SurveyRecorded:
    """The facts of a family were told. `is_first`: nothing was known of the family before."""

    survey: Survey
    at: object
    by: object
    is_first: bool


@dataclass(frozen=True)
class DraftSaved:
    """A draft says something new: its preview is counted again."""

    draft: IndexDraft
    by: object


@dataclass(frozen=True)
class VersionApproved:
    """A state's version of an index was approved, to hold from its day."""

    definition: IndexDefinition
    at: datetime
    by: object


@dataclass(frozen=True)
class OwnPointsSigned:
    """A village signed its own points, to hold from their day."""

    signed: OwnPoints
    at: datetime
    by: object
