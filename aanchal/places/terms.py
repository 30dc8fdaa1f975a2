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
