"""The words of a state's pilot."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Measure(TextChoices):
    """What an aim is measured by: counted from what was recorded, or told by who leads the pilot."""

    TRAINED = "TRAINED", _("People trained")
    REACHED = "REACHED", _("People reached by the campaign")
    MEETINGS = "MEETINGS", _("Meetings held")
    WORKSHOPS = "WORKSHOPS", _("Consultative workshops held")
    TOLD = "TOLD", pgettext_lazy("measure", "Something else, told by hand")


class Standing(TextChoices):
    """How a pilot stands at a glance."""

    NOT_BEGUN = "NOT_BEGUN", _("Not begun yet")
    RUNNING = "RUNNING", _("On its way")
    LATE = "LATE", pgettext_lazy("pilot", "Behind its plan")
    ENDED = "ENDED", pgettext_lazy("pilot", "Ended")


MARKS = {"NOT_BEGUN": "info", "RUNNING": "good", "LATE": "bad", "ENDED": "info"}
"""Standing -> how its word is coloured."""
COUNTED = {"TRAINED": "trained", "REACHED": "reached", "MEETINGS": "meetings", "WORKSHOPS": "workshops"}
"""Measure -> its key in activities.counts.outcomes."""
