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
