"""What cases announce."""

from dataclasses import dataclass
from datetime import datetime

from aanchal.cases.models import Case, CaseConsent, Emergency, Referral


@dataclass(frozen=True)
class CaseOpened:
    case: Case
    at: datetime
    by: object


@dataclass(frozen=True)
class CaseMoved:
    """Closed, reopened, sealed, transferred or erased."""

    case: Case
    happening: str
    at: datetime
    by: object


@dataclass(frozen=True)
class ConsentWithdrawn:
    consent: CaseConsent
    at: datetime
    by: object


@dataclass(frozen=True)
class ReferralSent:
    """Someone is asked to answer: she is told that something waits, not what."""

    referral: Referral
    at: datetime
    by: object


@dataclass(frozen=True)
class GlassBroken:
    """An emergency access waits for another supervisor's review."""

    emergency: Emergency
    at: datetime
    by: object
