"""What the inbox announces."""

from dataclasses import dataclass, field

from aanchal.inbox.models import Submission


@dataclass(frozen=True)
class SubmissionReceived:
    """A submission is to be applied: valid on arrival, or accepted by a reviewer (`reviewed`)."""

    submission: Submission
    answers: dict = field(repr=False)
    by: object
    reviewed: bool = False
    waited: bool = False
    """It was held back for something that has come, or that was waited for long enough."""
