"""The levels of the Local Government Directory that Aanchal knows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    NATION = "NATION", _("India")
    STATE = "STATE", _("State or Union Territory")
    DISTRICT = "DISTRICT", _("District")
    SUBDISTRICT = "SUBDISTRICT", _("Sub-district")
    BLOCK = "BLOCK", _("Block")
    PANCHAYAT = "PANCHAYAT", _("Gram Panchayat")
    VILLAGE = "VILLAGE", _("Village")
    HAMLET = "HAMLET", _("Hamlet")


PARENT = {
    Level.STATE: Level.NATION,
    Level.DISTRICT: Level.STATE,
    Level.SUBDISTRICT: Level.DISTRICT,
    Level.BLOCK: Level.DISTRICT,
    Level.PANCHAYAT: Level.BLOCK,
    Level.VILLAGE: Level.PANCHAYAT,
    Level.HAMLET: Level.VILLAGE,
}
COLUMN = {  # of `Place`, for each level that has others below it
    Level.NATION: "nation",
    Level.STATE: "state",
    Level.DISTRICT: "district",
    Level.BLOCK: "block",
    Level.PANCHAYAT: "panchayat",
    Level.VILLAGE: "village",
}


class SeriesKind(TextChoices):
    """What a series may be used for. A reported incident never enters a score (docs/adr/0020)."""

    CONTEXT = "CONTEXT", _("Says how people live")
    INCIDENT = "INCIDENT", _("Reported incidents")
    BASE = "BASE", _("A number of people to divide by")


class Unit(TextChoices):
    PERCENT = "PERCENT", _("per cent")
    PER_1000 = "PER_1000", _("per 1,000")
    PER_100000 = "PER_100000", _("per 1,00,000")
    COUNT = "COUNT", _("number")
    YES_NO = "YES_NO", _("1 yes, 0 no")
