"""The words of awards for work against trafficking."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(TextChoices):
    """Who may be honoured (the Home Ministry's page, item 11: outstanding work in the field of anti human trafficking)."""

    AHTU = "AHTU", _("Anti Human Trafficking Unit")
    POLICE_OFFICER = "POLICE_OFFICER", _("Police officer")
    PROSECUTOR = "PROSECUTOR", _("Prosecutor")
    NGO = "NGO", _("NGO")
    COLLECTIVE = "COLLECTIVE", _("Village collective")


KINDS = {
    Category.AHTU: ("AHTU",),
    Category.POLICE_OFFICER: ("OFFICER",),
    Category.PROSECUTOR: ("OFFICER", "LEGAL_MEMBER"),
    Category.NGO: ("NGO", "RESOURCE_ORG"),
    Category.COLLECTIVE: ("SHG", "VO", "CLF"),
}
"""Lines of the directory that may be nominated. No shelter home, whose address is nobody's to know; nobody who is in our care or was."""


class Standing(TextChoices):
    DRAFT = "DRAFT", _("Draft")
    ANNOUNCED = "ANNOUNCED", _("Announced")
    DECIDED = "DECIDED", _("Decided")


class Stage(TextChoices):
    """Where a round is on a day."""

    DRAFT = "DRAFT", _("Draft")
    ANNOUNCED = "ANNOUNCED", _("Announced")
    OPEN = "OPEN", _("Nominations are open")
    JUDGED = "JUDGED", _("Before the panel")
    DECIDED = "DECIDED", _("Decided")


class NominationState(TextChoices):
    STANDS = "STANDS", _("Nominated")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("nomination", "Withdrawn")


class Interest(TextChoices):
    """Why somebody may neither see nor give scores of a nominee."""

    NOMINATED = "NOMINATED", _("nominated it")
    NOMINEE = "NOMINEE", _("is the nominee")
    WORKS_THERE = "WORKS_THERE", _("works in the nominated organisation")
    SHARES_STATE = "SHARES_STATE", _("is or was posted in the same State")
    DECLARED = "DECLARED", _("declared an interest")
