"""The words of the index."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Subject(TextChoices):
    HOUSEHOLD = "HOUSEHOLD", _("Family")
    VILLAGE = "VILLAGE", _("Village")


class Band(TextChoices):
    UNKNOWN = "UNKNOWN", _("Not known yet")
    NOT_AT_RISK = "NOT_AT_RISK", _("Not at risk")
    VULNERABLE = "VULNERABLE", _("Vulnerable")
    AT_RISK = "AT_RISK", _("At risk")
    SEVERE = "SEVERE", _("Severe risk")


AT_RISK_BANDS = (Band.AT_RISK, Band.SEVERE)


class DraftState(TextChoices):
    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Waits for approval")
    APPROVED = "APPROVED", _("Approved")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class MeetingRole(TextChoices):
    """Who was there, by what they are: never by name."""

    VO_MEMBER = "VO_MEMBER", _("Members of the VO")
    SHG_MEMBER = "SHG_MEMBER", _("Members of self-help groups")
    GENDER_CRP = "GENDER_CRP", _("Gender CRP")
    PANCHAYAT = "PANCHAYAT", _("Panchayat members")
    ANGANWADI_ASHA = "ANGANWADI_ASHA", _("Anganwadi worker or ASHA")
    TEACHER = "TEACHER", _("Teacher")
    BLOCK_STAFF = "BLOCK_STAFF", _("Staff of the block")


class Disputer(TextChoices):
    FAMILY = "FAMILY", _("The family")
    WORKER = "WORKER", _("The worker")


class AppealState(TextChoices):
    OPEN = "OPEN", _("To be visited again")
    UPHELD = "UPHELD", _("Visited: the answer stands")
    CHANGED = "CHANGED", _("Visited: the answer was changed")
    WITHDRAWN = "WITHDRAWN", _("Taken back")
