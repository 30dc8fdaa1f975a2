"""What tracking announces."""

from dataclasses import dataclass

from aanchal.tracking.models import Alert, Search


@dataclass(frozen=True)
class AlertRaised:
    """By a person or a form. What the clock raises is told of in its own statements."""

    alert: Alert
    by: object


@dataclass(frozen=True)
class SearchClosed:
    search: Search
    by: object
