"""A survivor's case: known by its code, open to those assigned. Words about her are sealed; her identity lies apart."""

from aanchal.cases.models.case import Case, CaseIdentity, Event, Leg, Mark, OfCase
from aanchal.cases.models.holding import Proposal, Renaming, RetentionRule, Step, Withdrawal
from aanchal.cases.models.sharing import Assignment, CaseConsent, Disclosure, Emergency, Referral, SealedLink
from aanchal.cases.models.work import Assessment, CaseService, CaseTask, Goal, Visit

__all__ = [
    "Assessment", "Assignment", "Case", "CaseConsent", "CaseIdentity", "CaseService", "CaseTask", "Disclosure", "Emergency",
    "Event", "Goal", "Leg", "Mark", "OfCase", "Proposal", "Referral", "Renaming", "RetentionRule", "SealedLink", "Step", "Visit",
    "Withdrawal",
]  # fmt: skip
