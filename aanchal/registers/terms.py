"""The registers and their codes. Codes and English words are those of the forms in field/forms (tests/registers/test_codes.py)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Register(TextChoices):
    MIGRATION = "MIGRATION", _("Migration register")
    MARRIAGE = "MARRIAGE", _("Marriage register")
    MISSING = "MISSING", _("Missing person register")
    LEFT = "LEFT", _("Register of women and girls who left")


class MissingStatus(TextChoices):
    """How far the search is (data dictionary, missing_status; SOP on missing children, MWCD 2016)."""

    REPORTED_VILLAGE = "REPORTED_VILLAGE", _("Told to the village")
    GD_ENTRY = "GD_ENTRY", _("General diary (GD) entry")
    FIR_REGISTERED = "FIR_REGISTERED", _("FIR registered")
    UNDER_INVESTIGATION = "UNDER_INVESTIGATION", _("The police are searching")
    REFERRED_AHTU_4M = "REFERRED_AHTU_4M", _("With the AHTU after four months")
    SIGHTED = "SIGHTED", _("Seen somewhere, not yet home")
    TRACED = "TRACED", _("Found")
    RESTORED = "RESTORED", _("Back with the family")
    TRACED_DECEASED = "TRACED_DECEASED", _("Found dead")
    CLOSED_FALSE = "CLOSED_FALSE", _("Was not missing")


class YesNo(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class YesNoDontKnow(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    DONT_KNOW = "dont_know", _("Do not know")


class ContactWhen(TextChoices):
    WEEK = "WEEK", _("Within the last week")
    MONTH = "MONTH", _("Within the last month")
    OLDER = "OLDER", _("More than a month ago")
    NEVER = "NEVER", _("Not since leaving")


class MigrationType(TextChoices):
    SEASONAL = "SEASONAL", _("For a season, then home")
    CIRCULAR = "CIRCULAR", _("Goes and comes many times")
    LONG_TERM = "LONG_TERM", _("For a year or more")
    PERMANENT = "PERMANENT", _("For good")
    DAILY_COMMUTE = "DAILY_COMMUTE", _("Goes and returns every day")
    OVERSEAS = "OVERSEAS", _("To another country")


class MigrationReason(TextChoices):
    DISTRESS_NO_WORK = "DISTRESS_NO_WORK", _("No work in the village")
    DEBT_REPAYMENT = "DEBT_REPAYMENT", _("To repay a debt")
    CALAMITY = "CALAMITY", _("Flood, drought or other calamity")
    CROP_FAILURE = "CROP_FAILURE", _("The crop failed")
    BETTER_WAGE = "BETTER_WAGE", _("Better wages")
    MARRIAGE = "MARRIAGE", _("Marriage")
    EDUCATION_TRAINING = "EDUCATION_TRAINING", _("Study or training")
    DOMESTIC_VIOLENCE = "DOMESTIC_VIOLENCE", _("Violence at home")
    CASTE_CONFLICT = "CASTE_CONFLICT", _("A quarrel in the village or over caste")
    LURED_PROMISE = "LURED_PROMISE", _("Someone made big promises")
    WITH_FAMILY = "WITH_FAMILY", _("Went with the family")
    OTHER = "OTHER", _("Other")


class MigrationMode(TextChoices):
    SELF = "SELF", _("Alone, by own effort")
    FAMILY = "FAMILY", _("With the family")
    KNOWN_JOBBER = "KNOWN_JOBBER", _("With someone known who finds work")
    CONTRACTOR_SARDAR_THEKEDAR = "CONTRACTOR_SARDAR_THEKEDAR", _("With a contractor (sardar, thekedar)")
    PLACEMENT_AGENCY = "PLACEMENT_AGENCY", _("Through a placement agency")
    DDUGKY_PLACEMENT = "DDUGKY_PLACEMENT", _("Through government skill training (DDU-GKY)")
    UNKNOWN_AGENT = "UNKNOWN_AGENT", _("With an unknown agent")


class Companion(TextChoices):
    ALONE = "ALONE", _("No one, went alone")
    FAMILY_MEMBER = "FAMILY_MEMBER", _("Someone of the family")
    VILLAGER = "VILLAGER", _("Someone of the village")
    AGENT = "AGENT", _("The agent or contractor")
    UNKNOWN = "UNKNOWN", _("Not known")


class MarriageRiskFlag(TextChoices):
    NONE = "NONE", _("None of these")
    UNDER_AGE = "UNDER_AGE", _("On the wedding day, girl under 18 or boy under 21")
    GROOM_OUTSIDE_STATE = "GROOM_OUTSIDE_STATE", _("The groom is from another state or country")
    BROKER_INVOLVED = "BROKER_INVOLVED", _("A broker arranged it")
    NO_GROOM_VISIT = "NO_GROOM_VISIT", _("The family has not seen the groom's home")
    BRIDE_PRICE_PAID = "BRIDE_PRICE_PAID", _("Money was given for the girl")
    DOWRY_DEMAND = "DOWRY_DEMAND", _("Dowry was demanded")
    NO_REGISTRATION = "NO_REGISTRATION", _("The marriage is not registered")
    SECOND_MARRIAGE_UNDISCLOSED = "SECOND_MARRIAGE_UNDISCLOSED", _("He was already married and hid it")


class GroomAgeBasis(TextChoices):
    DOCUMENTED = "DOCUMENTED", _("From a paper (birth certificate, school record, Aadhaar)")
    STATED = "STATED", _("As the family told")
    ESTIMATED = "ESTIMATED", _("A guess")


class MissingCircumstance(TextChoices):
    LOST = "LOST", _("Lost the way")
    LEFT_ON_OWN = "LEFT_ON_OWN", _("Left on their own")
    ABDUCTED = "ABDUCTED", _("Taken away by force")
    TRAFFICKED_SUSPECTED = "TRAFFICKED_SUSPECTED", _("Perhaps trafficked (deceived, sold, made to work)")
    ABANDONED = "ABANDONED", _("Left alone by the family")
    DISASTER = "DISASTER", _("Flood, accident or other disaster")
    UNKNOWN = "UNKNOWN", _("Not known")


class InformantRelation(TextChoices):
    PARENT = "PARENT", _("Mother or father")
    SPOUSE = "SPOUSE", _("Wife or husband")
    SIBLING = "SIBLING", _("Sister or brother")
    CHILD = "CHILD", _("Son or daughter")
    RELATIVE = "RELATIVE", _("Other relative")
    NEIGHBOUR = "NEIGHBOUR", _("Neighbour")
    OTHER = "OTHER", _("Other")


class DepartureKind(TextChoices):
    WORK = "WORK", _("For work")
    MARRIAGE = "MARRIAGE", _("After marriage")
    EDUCATION = "EDUCATION", _("To study or train")
    ELOPED = "ELOPED", _("Left with someone by her own choice")
    TAKEN_BY_RELATIVE = "TAKEN_BY_RELATIVE", _("A relative took her")
    UNKNOWN = "UNKNOWN", _("Not known")


class WithWhom(TextChoices):
    ALONE = "ALONE", _("No one, she went alone")
    FAMILY = "FAMILY", _("Her own family")
    HUSBAND = "HUSBAND", _("Her husband or his family")
    RELATIVE = "RELATIVE", _("A relative")
    FRIEND = "FRIEND", _("A friend")
    VILLAGER = "VILLAGER", _("Someone of the village")
    AGENT = "AGENT", _("An agent or contractor")
    STRANGER = "STRANGER", _("A stranger")
    UNKNOWN = "UNKNOWN", _("Not known")
