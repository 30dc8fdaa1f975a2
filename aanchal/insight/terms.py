"""The words of indicators and releases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aanchal.core import tallies
from aanchal.insight import effects


class Sex(TextChoices):
    FEMALE = tallies.FEMALE, _("Women and girls")
    MALE = tallies.MALE, _("Men and boys")
    OTHER = tallies.OTHER, _("Transgender or not told")


class Age(TextChoices):
    UNDER_18 = tallies.UNDER_18, _("Under 18")
    ADULT = tallies.ADULT, _("18 and over, or not known")


class Every(TextChoices):
    MONTH = "MONTH", _("every month")
    QUARTER = "QUARTER", _("every quarter")
    HALF = "HALF", _("every half year")
    YEAR = "YEAR", _("every year")


class Unit(TextChoices):
    PERCENT = "PERCENT", _("of every 100")
    NUMBER = "NUMBER", pgettext_lazy("unit", "number")
    DAYS = "DAYS", pgettext_lazy("unit", "days")
    RUPEES = "RUPEES", pgettext_lazy("unit", "rupees")


class Better(TextChoices):
    MORE = "MORE", _("More is better")
    LESS = "LESS", _("Less is better")
    NEITHER = "NEITHER", _("Neither more nor less is better by itself")


class Lack(TextChoices):
    """Why an indicator cannot be computed."""

    INCOME = "INCOME", _("Needed: a family's income in rupees when its plan began and a year later; the survey does not ask for income")


class Domain(TextChoices):
    PRV = "PRV", _("Prevention")
    TRK = "TRK", _("Keeping touch and finding")
    ENT = "ENT", _("Entitlements")
    LIV = "LIV", _("Livelihoods")
    REH = "REH", _("Rehabilitation")
    HRS = "HRS", _("People who work and training")
    FIN = "FIN", pgettext_lazy("indicators", "Money")
    AHT = "AHT", _("Anti Human Trafficking Units")
    RET = "RET", _("Returns of the States")


class Standing(TextChoices):
    DRAFT = "DRAFT", pgettext_lazy("release", "Draft")
    SUBMITTED = "SUBMITTED", pgettext_lazy("release", "Waits for a second person")
    RETURNED = "RETURNED", pgettext_lazy("release", "Returned")
    PUBLISHED = "PUBLISHED", pgettext_lazy("release", "Published")


class StoryStanding(TextChoices):
    DRAFT = "DRAFT", pgettext_lazy("story", "Draft")
    SUBMITTED = "SUBMITTED", pgettext_lazy("story", "Waits for a second person")
    RETURNED = "RETURNED", pgettext_lazy("story", "Returned")
    PUBLISHED = "PUBLISHED", pgettext_lazy("story", "Published")


class Verdict(TextChoices):
    """What may be said of a change in the pilot's blocks (insight.effects)."""

    BETTER = effects.BETTER, _("Better than chance explains")
    WORSE = effects.WORSE, _("Worse than chance explains")
    OTHER = effects.OTHER, _("Different by more than chance")
    ALIKE = effects.ALIKE, _("Chance alone could explain it")
    APART = effects.APART, _("They were moving apart before the pilot")
    FEW = effects.FEW, _("Too few blocks to tell")


class Breakdown(TextChoices):
    """What a table of one's own is broken down by."""

    NONE = "NONE", pgettext_lazy("table", "Nothing")
    SEX = "SEX", _("Sex")
    AGE = "AGE", _("Under 18 and over")
    BOTH = "BOTH", _("Sex and age")


class Span(TextChoices):
    MONTH = "MONTH", _("Month")
    QUARTER = "QUARTER", _("Quarter")
    YEAR = "YEAR", _("Financial year")
