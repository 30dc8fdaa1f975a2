"""What people announces."""

from dataclasses import dataclass
from datetime import datetime

from aanchal.people.models import Consent


@dataclass(frozen=True)
class ConsentWithdrawn:
    consent: Consent
    at: datetime
    by: object
