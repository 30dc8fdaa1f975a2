"""The words of finding someone."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FoundKind(TextChoices):
    RESCUED = "RESCUED", _("Rescued")
    FOUND = "FOUND", _("Found, alive")
    SIGHTED = "SIGHTED", _("Seen by someone, not yet safe")
    BODY = "BODY", _("Body that no one has named")


class Standing(TextChoices):
    """How far people are with a candidate pair."""

    OPEN = "OPEN", _("To be looked at")
    SAID_SAME = "SAID_SAME", _("One says the same: a second person decides")
    UNSURE = "UNSURE", _("More has to be found out")
    CONFIRMED = "CONFIRMED", _("The same person, two agree")
    REJECTED = "REJECTED", _("Not the same person")
    CLOSED = "CLOSED", _("One of them is no longer looked for")


class Answer(TextChoices):
    SAME = "SAME", _("The same person")
    DIFFERENT = "DIFFERENT", _("Not the same person")
    UNSURE = "UNSURE", _("I cannot say yet")


class Reason(TextChoices):
    FAMILY_CONFIRMS = "FAMILY_CONFIRMS", _("The family said so")
    SHE_CONFIRMS = "SHE_CONFIRMS", _("She said so herself")
    PHOTO = "PHOTO", _("The photo")
    PARENTS = "PARENTS", _("Names of the parents")
    HOME = "HOME", _("The home and the village")
    MARKS = "MARKS", _("Marks on the body")
    AGE = "AGE", _("The age")
    NAME = "NAME", _("The name")
    DATES = "DATES", _("The days do not fit, or fit well")
    NOT_ENOUGH = "NOT_ENOUGH", _("Too little is known")


class TaskKind(TextChoices):
    CALL_FAMILY = "CALL_FAMILY", _("Speak with the family by phone, and verify")
    VISIT_FAMILY = "VISIT_FAMILY", _("Visit the family")
    TELL_POLICE = "TELL_POLICE", _("Tell the police station and the AHTU")
    TELL_CWC = "TELL_CWC", _("Tell the Child Welfare Committee")


class ModelStanding(TextChoices):
    PROPOSED = "PROPOSED", _("Proposed")
    IN_FORCE = "IN_FORCE", _("In force")
    PAST = "PAST", _("In force before")
    REFUSED = "REFUSED", _("Refused")


FIGURES = {
    "told_apart": _("How often a same pair stands above a different one (1 is always)"),
    "surprise": _("How far its figures were from what people decided (less is better)"),
    "pairs": _("Decided pairs it was tried on"),
}
WRITTEN = {
    "name": _("Name"),
    "alias": _("Name used at home"),
    "father": _("Father's or husband's name"),
    "mother": _("Mother's name"),
    "village": _("Village"),
    "marks": _("Marks on the body"),
    "remarks": _("Anything else"),
    "reason": _("Why it was changed"),
}
"""What is sealed of someone found, and of a correction."""
COMPARISONS = {
    "given": _("Given name"),
    "family": _("Family name"),
    "father": _("Father's name"),
    "mother": _("Mother's name"),
    "sex": _("Sex"),
    "birth": _("Age"),
    "place": _("Home district and block"),
    "village": _("Village"),
    "languages": _("Languages"),
    "height": _("Height"),
    "marks": _("Marks on the body"),
    "gap": _("Days between missing and found"),
    "found_at": _("Where she was found"),
    "title": _("Title of the name"),
}
LANGUAGES = {
    "hi": _("Hindi"), "bn": _("Bengali"), "te": _("Telugu"), "mr": _("Marathi"), "ta": _("Tamil"), "ur": _("Urdu"), "gu": _("Gujarati"),
    "kn": _("Kannada"), "or": _("Odia"), "ml": _("Malayalam"), "pa": _("Punjabi"), "as": _("Assamese"), "mai": _("Maithili"),
    "sat": _("Santali"), "bho": _("Bhojpuri"), "gon": _("Gondi"), "kru": _("Kurukh"), "mun": _("Mundari"), "ho": _("Ho"),
    "ne": _("Nepali"), "brx": _("Bodo"), "mni": _("Manipuri"), "kha": _("Khasi"), "en": _("English"),
}  # fmt: skip
