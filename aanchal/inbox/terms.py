"""The states of a submission."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    APPLIED = "APPLIED", _("In the registers")
    FLAGGED = "FLAGGED", _("Waiting for review")
    ACCEPTED = "ACCEPTED", _("Accepted after review")
    CORRECTED = "CORRECTED", _("Replaced by a correction")
    RETURNED = "RETURNED", _("Returned to the worker")
