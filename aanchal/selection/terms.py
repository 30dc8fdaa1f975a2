"""The words of selecting districts and blocks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Waiting for approval")
    APPROVED = "APPROVED", pgettext_lazy("selection", "Approved")
    RETURNED = "RETURNED", pgettext_lazy("selection", "Returned")


class Standing(TextChoices):
    """What the framework asks to be known of a district or block ("Selection of blocks")."""

    INTENSIVE_DISTRICT = "INTENSIVE_DISTRICT", _("Intensive district of NRLM")
    FEEDER_DISTRICT = "FEEDER_DISTRICT", _("Known as a district people are trafficked from")
    INTENSIVE_BLOCK = "INTENSIVE_BLOCK", _("Intensive block")
    RESOURCE_BLOCK = "RESOURCE_BLOCK", _("Resource block")
    ADEQUATE_CBOS = "ADEQUATE_CBOS", _("Enough well-performing SHGs or federations")


class RankBand(TextChoices):
    """Where a place stands among all; drawn with the shapes of the risk bands."""

    FIRST_TENTH = "SEVERE", _("First tenth")
    FIRST_QUARTER = "AT_RISK", _("First quarter")
    FIRST_HALF = "VULNERABLE", _("First half")
    SECOND_HALF = "NOT_AT_RISK", _("Second half")
    NOT_RANKED = "UNKNOWN", _("Not ranked: too little is known")
