"""The words of advisories."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aanchal.places.terms import Level


class Standing(TextChoices):
    DRAFT = "DRAFT", _("Draft")
    ISSUED = "ISSUED", _("Issued")
    SUPERSEDED = "SUPERSEDED", _("Replaced by a newer one")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("document", "Withdrawn")


class Relation(TextChoices):
    """What an advisory is to an earlier one."""

    CORRIGENDUM = "CORRIGENDUM", _("Corrigendum")
    SUPERSEDES = "SUPERSEDES", _("Takes its place")


class Unit(TextChoices):
    """Who must act."""

    STATE_POLICE = "STATE_POLICE", _("Nodal police officer of the State")
    STATE_MISSION = "STATE_MISSION", _("State mission (gender and social inclusion)")
    AHTU = "AHTU", _("Anti Human Trafficking Unit")
    DISTRICT_MISSION = "DISTRICT_MISSION", _("District mission")
    BLOCK_MISSION = "BLOCK_MISSION", _("Block mission")
    VILLAGE_ORGANISATION = "VILLAGE_ORGANISATION", _("Village Organisation")


LEVEL = {
    Unit.STATE_POLICE: Level.STATE,
    Unit.STATE_MISSION: Level.STATE,
    Unit.AHTU: Level.DISTRICT,
    Unit.DISTRICT_MISSION: Level.DISTRICT,
    Unit.BLOCK_MISSION: Level.BLOCK,
    Unit.VILLAGE_ORGANISATION: Level.VILLAGE,
}
ROLE = {
    Unit.STATE_POLICE: "nodal_officer",
    Unit.STATE_MISSION: "state_expert",
    Unit.AHTU: "ahtu_officer",
    Unit.DISTRICT_MISSION: "district_manager",
    Unit.BLOCK_MISSION: "block_officer",
    Unit.VILLAGE_ORGANISATION: "vo_leader",
}
"""The post that answers for it, held at the very place."""


class TaskState(TextChoices):
    OPEN = "OPEN", _("To be done")
    ANSWERED = "ANSWERED", _("Answered, to be looked at")
    RETURNED = "RETURNED", _("Sent back with words")
    ACCEPTED = "ACCEPTED", _("Done and accepted")
    CANCELLED = "CANCELLED", _("No more asked")


class Evidence(TextChoices):
    """What an answer must bring."""

    WORDS = "WORDS", _("Words")
    FILE = "FILE", _("Words and a file")


class Decision(TextChoices):
    ACCEPT = "ACCEPT", _("Accept")
    RETURN = "RETURN", _("Send back")
