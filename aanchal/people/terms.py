"""The words for people and families (data dictionary, shared domain/enums.yaml; HTCDS 2.0 codes where they exist)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    FEMALE = "FEMALE", _("Female")
    MALE = "MALE", _("Male")
    TRANSGENDER = "TRANSGENDER", _("Transgender")
    UNKNOWN = "UNKNOWN", _("Not known")


class AgeBasis(TextChoices):
    DOCUMENTED = "DOCUMENTED", _("From a document")
    STATED = "STATED", _("As told")
    ESTIMATED = "ESTIMATED", _("Estimated")


class SocialCategory(TextChoices):
    """For disaggregation only: never scored, never a reason."""

    SC = "SC", _("Scheduled Caste")
    ST = "ST", _("Scheduled Tribe")
    PVTG = "PVTG", _("Particularly Vulnerable Tribal Group")
    OBC = "OBC", _("Other Backward Class")
    MINORITY = "MINORITY", _("Minority")
    GENERAL = "GENERAL", _("General")
    UNKNOWN = "UNKNOWN", _("Not known")


class Relation(TextChoices):
    SELF = "SELF", _("Head of the household")
    SPOUSE = "SPOUSE", _("Wife or husband")
    SON = "SON", _("Son")
    DAUGHTER = "DAUGHTER", _("Daughter")
    DAUGHTER_IN_LAW = "DAUGHTER_IN_LAW", _("Daughter-in-law")
    SON_IN_LAW = "SON_IN_LAW", _("Son-in-law")
    PARENT = "PARENT", _("Mother or father")
    PARENT_IN_LAW = "PARENT_IN_LAW", _("Mother-in-law or father-in-law")
    SIBLING = "SIBLING", _("Sister or brother")
    GRANDCHILD = "GRANDCHILD", _("Grandchild")
    NIECE_NEPHEW = "NIECE_NEPHEW", _("Niece or nephew")
    OTHER_RELATIVE = "OTHER_RELATIVE", _("Other relative")
    NON_RELATIVE = "NON_RELATIVE", _("Not a relative")


class ConsentGiver(TextChoices):
    SELF_ADULT = "SELF_ADULT", _("She or he, an adult")
    PARENT_GUARDIAN = "PARENT_GUARDIAN", _("Parent or guardian")
    CWC = "CWC", _("Child Welfare Committee")
    LEGAL_DUTY = "LEGAL_DUTY", _("A duty in law, without consent")


class ConsentPurpose(TextChoices):
    INTERVIEW = "INTERVIEW", _("To be asked")
    STORE = "STORE", _("To be kept")
    SHARE_DISTRICT = "SHARE_DISTRICT", _("To be shared with the district")
    PHOTO = "PHOTO", _("A photograph")
    CONTACT_PHONE = "CONTACT_PHONE", _("To be phoned")


class ChangeState(TextChoices):
    """What became of one change of one field."""

    APPLIED = "APPLIED", _("Applied")
    IN_CONFLICT = "IN_CONFLICT", _("Waits for a decision")
    TAKEN = "TAKEN", _("Decided for")
    SET_ASIDE = "SET_ASIDE", _("Decided against")


class ConflictState(TextChoices):
    OPEN = "OPEN", _("Two answers, to be decided")
    SETTLED = "SETTLED", _("Decided by a person")


class Choice(TextChoices):
    """How a conflict was settled."""

    STANDS = "STANDS", _("Keep the answer that stands")
    OTHER = "OTHER", _("Take the other answer")
    ANOTHER = "ANOTHER", _("Neither: write the right answer")
