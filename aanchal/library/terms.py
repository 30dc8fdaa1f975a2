"""The words of the library."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    ADVISORY = "ADVISORY", _("Advisory")
    MINUTES = "MINUTES", _("Minutes of a meeting")
    CORRIGENDUM = "CORRIGENDUM", _("Corrigendum")
    SOP = "SOP", _("Standard operating procedure")
    GUIDELINES = "GUIDELINES", _("Guidelines")
    SCHEME = "SCHEME", pgettext_lazy("kind of document", "Scheme")
    REPORT = "REPORT", _("Report")
    LIST = "LIST", pgettext_lazy("kind of document", "List")
    CERTIFICATE = "CERTIFICATE", _("Certificate course")
    AWARD = "AWARD", pgettext_lazy("kind of document", "Award")
    COMPENDIUM = "COMPENDIUM", _("Compendium")
    CIRCULAR = "CIRCULAR", _("Circular or order")
    PRACTICE = "PRACTICE", _("Good practice")
    OTHER = "OTHER", pgettext_lazy("kind of document", "Other")


class Language(TextChoices):
    """Languages a document may be written in: those of the Eighth Schedule that states write in, and English."""

    EN = "en", "English"
    HI = "hi", "हिन्दी"
    TE = "te", "తెలుగు"
    BN = "bn", "বাংলা"
    MR = "mr", "मराठी"
    TA = "ta", "தமிழ்"
    GU = "gu", "ગુજરાતી"
    KN = "kn", "ಕನ್ನಡ"
    OR = "or", "ଓଡ଼ିଆ"
    ML = "ml", "മലയാളം"
    PA = "pa", "ਪੰਜਾਬੀ"
    AS = "as", "অসমীয়া"
    UR = "ur", "اردو"
    NE = "ne", "नेपाली"


class Standing(TextChoices):
    IN_FORCE = "IN_FORCE", _("In force")
    SUPERSEDED = "SUPERSEDED", _("Replaced by a newer one")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("document", "Withdrawn")


class Reading(TextChoices):
    """How far the words inside a file can be searched."""

    WHOLE = "WHOLE", _("Searchable inside")
    PARTLY = "PARTLY", _("Searchable in its first pages")
    NO_WORDS = "NO_WORDS", _("A picture without words: only its title is searched")
    FAILED = "FAILED", _("Could not be read: only its title is searched")


class PracticeState(TextChoices):
    SUBMITTED = "SUBMITTED", _("Waits for a second person")
    RETURNED = "RETURNED", _("Sent back with words")
    PUBLISHED = "PUBLISHED", _("Published")


class Problem(TextChoices):
    """What a district is in the ways people are taken, as the problem areas say it."""

    SOURCE = "SOURCE", _("Source")
    TRANSIT = "TRANSIT", _("Transit")
    DESTINATION = "DESTINATION", _("Destination")


class Cause(TextChoices):
    """For what people are taken: the heads of purpose in the returns of the States (NCRB)."""

    LABOUR = "LABOUR", _("Forced labour")
    SEXUAL = "SEXUAL", _("Sexual exploitation")
    SERVITUDE = "SERVITUDE", _("Domestic servitude")
    MARRIAGE = "MARRIAGE", _("Forced marriage")
    PETTY_CRIME = "PETTY_CRIME", _("Petty crime")
    PORNOGRAPHY = "PORNOGRAPHY", _("Pornography")
    BEGGING = "BEGGING", _("Begging")
    ORGANS = "ORGANS", _("Removal of organs")
    OTHER = "OTHER", pgettext_lazy("cause", "Other reasons")
