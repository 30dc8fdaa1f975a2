"""Signs that ask for a second look at a worker's surveys."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sign(TextChoices):
    FAST = "FAST", _("Very short visits")
    DIGITS = "DIGITS", _("Ages that end in 0 or 5")
    IDENTICAL = "IDENTICAL", _("Families with the same answers")
    UNANSWERED = "UNANSWERED", _("Questions left open")
    RATE = "RATE", _("Answers unlike those of the other villages")


class FormState(TextChoices):
    """Of a version of a state's own form."""

    DRAFT = "DRAFT", _("Draft")
    PUBLISHED = "PUBLISHED", _("In use")
    RETIRED = "RETIRED", _("Retired")
