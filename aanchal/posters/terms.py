"""The words of a missing-person notice: closed lists, so that nothing finds its way out in free text."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    PROPOSED = "PROPOSED", _("Waits for a second person")
    RELEASED = "RELEASED", _("Everyone can read it")
    RETURNED = "RETURNED", _("Sent back")
    ENDED = "ENDED", _("Taken down")


class End(TextChoices):
    FOUND = "FOUND", _("She or he was found")
    STRUCK = "STRUCK", _("The report stands no more")
    WITHDRAWN = "WITHDRAWN", _("The family took its consent back")
    EXPIRED = "EXPIRED", _("Ninety days are over, and the family was not asked again")
    RULE = "RULE", _("What is on record does not allow it any more")
    NO_NEED = "NO_NEED", _("Who keeps it took it down")


class Giver(TextChoices):
    PARENT = "PARENT", _("Mother or father")
    GUARDIAN = "GUARDIAN", _("Guardian appointed or in fact")
    SPOUSE = "SPOUSE", _("Wife or husband")
    ADULT_CHILD = "ADULT_CHILD", _("Grown son or daughter")
    SIBLING = "SIBLING", _("Grown sister or brother")


class Written(TextChoices):
    SIGNED = "SIGNED", _("Signed")
    THUMB_PRINT = "THUMB_PRINT", _("Thumb print, with a witness")


class Check(TextChoices):
    """What an officer asks of the police station, the register and the worker before a notice."""

    SEXUAL = "SEXUAL", _("Is there any sign of a sexual offence, or of trafficking for it?")
    MARRIAGE = "MARRIAGE", _("Is a child's marriage or a forced marriage feared, fixed or done?")
    HOME = "HOME", _("May someone of the family be the danger: violence, honour, a marriage against the will?")
    OWN_WILL = "OWN_WILL", _("May the person, an adult, have left by own will? (For a child: no)")


class Answer(TextChoices):
    NO = "NO", _("No: asked, and nothing speaks for it")
    YES = "YES", _("Yes, or perhaps")
    UNKNOWN = "UNKNOWN", _("Not asked, or not known")


class Age(TextChoices):
    UNDER_6 = "UNDER_6", _("under 6")
    FROM_6 = "FROM_6", _("6 to 11")
    FROM_12 = "FROM_12", _("12 to 15")
    FROM_16 = "FROM_16", _("16 or 17")
    FROM_18 = "FROM_18", _("18 to 25")
    FROM_26 = "FROM_26", _("26 to 40")
    FROM_41 = "FROM_41", _("41 to 59")
    FROM_60 = "FROM_60", _("60 and over")


class Height(TextChoices):
    UNDER_100 = "UNDER_100", _("below 100 cm")
    FROM_100 = "FROM_100", _("100 to 119 cm")
    FROM_120 = "FROM_120", _("120 to 139 cm")
    FROM_140 = "FROM_140", _("140 to 149 cm")
    FROM_150 = "FROM_150", _("150 to 159 cm")
    FROM_160 = "FROM_160", _("160 to 169 cm")
    FROM_170 = "FROM_170", _("170 cm and over")


class Build(TextChoices):
    SLIM = "SLIM", _("Slim")
    MEDIUM = "MEDIUM", _("Medium")
    STRONG = "STRONG", _("Strong or heavy")


class Feature(TextChoices):
    """What a passer-by can see. Nothing that clothes hide, no caste mark, no illness that is not seen."""

    SCAR_FACE = "SCAR_FACE", _("Scar on the face")
    SCAR_HAND = "SCAR_HAND", _("Scar on a hand or arm")
    MOLE_FACE = "MOLE_FACE", _("Mole on the face")
    TATTOO_HAND = "TATTOO_HAND", _("Tattoo on a hand or arm")
    BIRTHMARK_FACE = "BIRTHMARK_FACE", _("Birthmark on the face")
    FINGER_MISSING = "FINGER_MISSING", _("A finger is missing")
    SPECTACLES = "SPECTACLES", _("Wears spectacles")
    NOSE_PIERCED = "NOSE_PIERCED", _("Pierced nose")
    LIMP = "LIMP", _("Walks with a limp")
    DEAF_OR_MUTE = "DEAF_OR_MUTE", _("Does not hear or does not speak")
