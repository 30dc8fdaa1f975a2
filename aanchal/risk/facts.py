"""What risk announces."""

from dataclasses import dataclass

from aanchal.risk.models import Survey


@dataclass(frozen=True)
class SurveyRecorded:
    """The facts of a family were told. `is_first`: nothing was known of the family before."""

    survey: Survey
    at: object
    by: object
    is_first: bool
