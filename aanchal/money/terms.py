"""The words of the pilot's money."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Head(TextChoices):
    """The twelve cost components of the Framework, in its order; their titles are data (heads.yaml)."""

    WORKSHOPS = "WORKSHOPS"
    MEETINGS = "MEETINGS"
    STAFF = "STAFF"
    COMMUNITY = "COMMUNITY"
    TRAINING = "TRAINING"
    IEC = "IEC"
    RISK_FUND = "RISK_FUND"
    CENTRES = "CENTRES"
    PRINTING = "PRINTING"
    SKILLS = "SKILLS"
    MONITORING = "MONITORING"
    DOCUMENTATION = "DOCUMENTATION"


class Standing(TextChoices):
    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Waits for approval")
    RETURNED = "RETURNED", _("Returned")
    IN_FORCE = "IN_FORCE", _("In force")
    APPROVED = "APPROVED", _("Approved")
    REFUSED = "REFUSED", _("Refused")
    SIGNED = "SIGNED", _("Signed and locked")


class Scope(TextChoices):
    """What NGOs are engaged for (Framework, Partnership with NGOs), or the whole project."""

    STRATEGY = "STRATEGY", _("Strategy setting, workshops")
    IEC = "IEC", _("Design and support of IEC")
    TRAINING = "TRAINING", _("Design and support of trainings")
    REHABILITATION = "REHABILITATION", _("Reaching rescued survivors")
    CENTRES = "CENTRES", _("Support of safe migration centres")
    PROJECT = "PROJECT", _("Services for the entire project")


class Account(TextChoices):
    APPROPRIATED = "APPROPRIATED", _("Approved budget")
    AVAILABLE = "AVAILABLE", _("Free to commit")
    COMMITTED = "COMMITTED", _("Committed")
    SPENT = "SPENT", _("Spent of the budget")
    RELEASES = "RELEASES", _("Released to the state")
    BANK = "BANK", _("In the bank")
    ADVANCES = "ADVANCES", _("Advances not settled")
    PAID = "PAID", _("Paid out")


class VoucherKind(TextChoices):
    APPROVAL = "APPROVAL", _("Budget approved")
    MOVE = "MOVE", _("Re-appropriation")
    RELEASE = "RELEASE", _("Release")
    COMMITMENT = "COMMITMENT", _("Commitment")
    CANCELLED = "CANCELLED", _("Commitment cancelled")
    EXPENSE = "EXPENSE", _("Expenditure")
    ADVANCE = "ADVANCE", _("Advance given")
    SETTLEMENT = "SETTLEMENT", _("Advance settled")
    REFUND = "REFUND", _("Advance given back")
    REVERSAL = "REVERSAL", _("Reversal")
