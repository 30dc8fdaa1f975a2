"""The words of records told twice, and of people who may have come back."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    PERSON = "PERSON", _("Person")
    HOUSEHOLD = "HOUSEHOLD", _("Family")


class Standing(TextChoices):
    OPEN = "OPEN", _("To be looked at")
    UNSURE = "UNSURE", _("More has to be found out")
    DIFFERENT = "DIFFERENT", _("Two different ones")
    MERGED = "MERGED", _("Joined")


class Answer(TextChoices):
    SAME = "SAME", _("The same: join the two records")
    DIFFERENT = "DIFFERENT", _("Two different ones")
    UNSURE = "UNSURE", _("I cannot say yet")


class Said(TextChoices):
    """What the history of a pair holds: an answer, or that it was taken back."""

    SAME = "SAME", _("The same: joined")
    DIFFERENT = "DIFFERENT", _("Two different ones")
    UNSURE = "UNSURE", _("Cannot say yet")
    SPLIT = "SPLIT", _("Split again")


class Sign(TextChoices):
    """What says that someone may have come back."""

    VISIT = "VISIT", _("A later visit to the family was told that this person is at home")
    RETURN_ENTRY = "RETURN_ENTRY", _("Another register says that this person came home")
    ELSEWHERE = "ELSEWHERE", _("Someone very like this person stands in the register of another village")


class Return(TextChoices):
    OPEN = "OPEN", _("To be visited")
    CAME_BACK = "CAME_BACK", _("Came back")
    NOT_BACK = "NOT_BACK", _("Not back")


REFUSALS = {
    "sex": _("One record says woman or girl, the other man or boy. Correct the wrong one first, if it is wrong."),
    "born_on": _("Each has a date of birth from a document, and they differ."),
    "conflict": _("There are two answers about one of them to be decided. Settle that first."),
    "appeal": _("The family disputes an answer. Visit it, or take the dispute back, first."),
    "lines": _("Each has an open line in the same register, and the lines do not say the same. Correct or close one of them first."),
    "merged": _("One of the two was joined with another record meanwhile."),
    "village": _("The families are of two villages. One of them has to be moved first."),
    "decided": _("That was decided meanwhile."),
    "split": _("They were split before."),
    "part_of_family": _("They were joined with their families. Split the families."),
    "merged_since": _("The record that stays was itself joined with another one since. Split that first."),
    "stays": _("Say which record stays."),
    "closed": _("The line was closed or corrected meanwhile."),
    "future": _("The day lies after today."),
    "before": _("The day lies before the day of the line."),
}
