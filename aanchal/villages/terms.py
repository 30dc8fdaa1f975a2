"""The words of a village's situation, safety map and roadmap; the codes are those of the forms."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CalamityKind(TextChoices):
    FLOOD = "FLOOD", _("Flood")
    DROUGHT = "DROUGHT", _("Drought")
    CYCLONE = "CYCLONE", _("Cyclone")
    EROSION = "EROSION", _("River or sea erosion")
    OTHER = "OTHER", _("Other")


class PracticeKind(TextChoices):
    BRIDE_PURCHASE = "BRIDE_PURCHASE", _("Brides are bought")
    BRIDE_BROKER = "BRIDE_BROKER", _("Brokers marry girls into other states")
    DEVADASI_JOGINI = "DEVADASI_JOGINI", _("Devadasi or jogini")
    WITCH_BRANDING = "WITCH_BRANDING", _("Women called witches")
    DOWRY_DISTRESS = "DOWRY_DISTRESS", _("Families ruined by dowry")
    TRADITIONAL_PROSTITUTION = "TRADITIONAL_PROSTITUTION", _("Girls put into sex work by custom")
    OTHER = "OTHER", _("Other")


class PointKind(TextChoices):
    HELP = "HELP", _("A place of help")
    DANGER = "DANGER", _("A place of danger")
    CALAMITY = "CALAMITY", _("A place of flood, drought or other calamity")


class PointType(TextChoices):
    """What is there. Never the home of a family: no such type exists."""

    POLICE = "POLICE", _("Police station or outpost")
    HEALTH_CENTRE = "HEALTH_CENTRE", _("Health centre or hospital")
    ANGANWADI = "ANGANWADI", _("Anganwadi")
    SCHOOL = "SCHOOL", _("School or hostel")
    PANCHAYAT = "PANCHAYAT", _("Panchayat office")
    VO_OFFICE = "VO_OFFICE", _("Women's group or Village Organisation office")
    SAFE_MIGRATION_CENTRE = "SAFE_MIGRATION_CENTRE", _("Safe migration centre")
    ONE_STOP_CENTRE = "ONE_STOP_CENTRE", _("One Stop Centre (Sakhi)")
    TRANSPORT = "TRANSPORT", _("Bus stop or safe transport")
    OTHER_HELP = "OTHER_HELP", _("Other place of help")
    DARK_PATH = "DARK_PATH", _("Dark or lonely path")
    HARASSMENT = "HARASSMENT", _("Where girls and women are harassed")
    LIQUOR_SHOP = "LIQUOR_SHOP", _("Liquor shop or gambling place")
    AGENT_PLACE = "AGENT_PLACE", _("Where agents come or gather people")
    LODGE_DHABA = "LODGE_DHABA", _("Unsafe lodge, dhaba or highway stop")
    WATER_TOILET = "WATER_TOILET", _("Unsafe water point or open toilet place")
    UNSAFE_WORKPLACE = "UNSAFE_WORKPLACE", _("Unsafe workplace (kiln, quarry, factory)")
    OTHER_DANGER = "OTHER_DANGER", _("Other danger")
    FLOOD = "FLOOD", _("Flood")
    DROUGHT = "DROUGHT", _("Drought")
    CYCLONE = "CYCLONE", _("Cyclone")
    EROSION = "EROSION", _("River or sea erosion")
    OTHER_CALAMITY = "OTHER_CALAMITY", _("Other calamity")


class WithdrawReason(TextChoices):
    GONE = "GONE", _("It is no longer so")
    DOUBLE = "DOUBLE", _("It is on the map already")
    MISTAKE = "MISTAKE", _("Entered by mistake")


class Doer(TextChoices):
    """Who does it; an officer reads the roadmap in this order."""

    SHG = "SHG", _("Self-help groups")
    VO = "VO", _("Village Organisation")
    GENDER_CRP = "GENDER_CRP", _("Gender CRP")
    PANCHAYAT = "PANCHAYAT", _("Gram Panchayat")
    CLF = "CLF", _("Cluster Level Federation")
    BLOCK = "BLOCK", _("Block office")


class ActionState(TextChoices):
    PLANNED = "PLANNED", _("To do")
    DONE = "DONE", _("Done")
    DROPPED = "DROPPED", _("Dropped")


class DropReason(TextChoices):
    NOT_NEEDED = "NOT_NEEDED", _("Not needed here")
    NOT_POSSIBLE = "NOT_POSSIBLE", _("Not possible now")
    OTHERS_DID = "OTHERS_DID", _("Others have taken it up")
    MISTAKE = "MISTAKE", _("Added by mistake")


class Demand(TextChoices):
    """What families ask of the village plan: entitlements by name, the other parts as a whole (VPRP, shared domain.md 2)."""

    WORK = "WORK", _("Work under MGNREGS")
    RATION = "RATION", _("Ration card")
    PENSION = "PENSION", _("Pension")
    HOUSE = "HOUSE", _("House")
    TOILET = "TOILET", _("Toilet")
    GAS = "GAS", _("Gas connection")
    OTHER_SCHEME = "OTHER_SCHEME", _("Another entitlement")
    GROUP = "GROUP", _("A place in a self-help group")
    LIVELIHOOD = "LIVELIHOOD", _("Livelihood")
    SERVICES = "SERVICES", _("Public goods and services")
    RESOURCES = "RESOURCES", _("Land, water and other resources")
    SOCIAL = "SOCIAL", _("Social development")
