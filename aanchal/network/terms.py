"""The words of the directory and of safe migration centres."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ListingKind(TextChoices):
    EMPLOYER = "EMPLOYER", _("Employer")
    PLACEMENT_AGENCY = "PLACEMENT_AGENCY", _("Placement agency")
    CONTRACTOR = "CONTRACTOR", _("Contractor")
    RECRUITING_AGENT = "RECRUITING_AGENT", _("Recruiting agent for work abroad")


class LicenceKind(TextChoices):
    NONE = "NONE", _("No licence shown")
    CONTRACT_LABOUR = "CONTRACT_LABOUR", _("Licence for contract or migrant labour")
    PLACEMENT = "PLACEMENT", _("Placement agency registered with the state")
    EMIGRATE = "EMIGRATE", _("Recruiting agent registered on eMigrate")
    PSARA = "PSARA", _("Security agency (PSARA)")
    FACTORY_SHOP = "FACTORY_SHOP", _("Factory or shop registration")
    OTHER = "OTHER", _("Other paper")


class Trade(TextChoices):
    DOMESTIC_WORK = "DOMESTIC_WORK", _("Work in a household")
    BRICK_KILN = "BRICK_KILN", _("Brick kiln")
    CONSTRUCTION = "CONSTRUCTION", _("Building sites")
    FACTORY = "FACTORY", _("Factory, mill")
    FARM_WORK = "FARM_WORK", _("Farm work")
    HOTEL = "HOTEL", _("Hotel, restaurant, shop")
    CARE_BEAUTY = "CARE_BEAUTY", _("Care, massage, beauty parlour")
    DANCE_STAGE = "DANCE_STAGE", _("Dance, stage, film")
    MARRIAGE = "MARRIAGE", _("Marriage far away")
    ABROAD = "ABROAD", _("Work in another country")
    OTHER = "OTHER", _("Other work")


class VisitOutcome(TextChoices):
    GOOD = "GOOD", _("Found, and as it was said")
    CONCERNS = "CONCERNS", _("Found, with concerns")
    BAD = "BAD", _("Bad: nobody should be sent there")
    NOT_FOUND = "NOT_FOUND", _("Not at this address")


class Standing(TextChoices):
    """What the public is told."""

    VERIFIED = "VERIFIED", _("Verified")
    NOT_VERIFIED = "NOT_VERIFIED", _("Not verified")
    EXPIRED = "EXPIRED", _("Licence expired")
    COMPLAINTS = "COMPLAINTS", _("There are complaints")
    WARNED = "WARNED", _("Do not go")


class ComplaintTopic(TextChoices):
    UNPAID = "UNPAID", _("Wages not paid")
    HELD = "HELD", _("Not let go, papers or phone taken")
    VIOLENCE = "VIOLENCE", _("Violence")
    OTHER_WORK = "OTHER_WORK", _("Other work or place than promised")
    FEES = "FEES", _("Took money for the job")
    CHILD = "CHILD", _("Children made to work")
    OTHER = "OTHER", _("Other")


class ComplaintState(TextChoices):
    OPEN = "OPEN", _("Being looked into")
    UPHELD = "UPHELD", _("Found to be true")
    NOT_UPHELD = "NOT_UPHELD", _("Not found to be true")


class Capacity(TextChoices):
    GENDER_CRP = "GENDER_CRP", _("Gender CRP")
    PARALEGAL = "PARALEGAL", _("Paralegal volunteer")
    SURVIVOR_LEADER = "SURVIVOR_LEADER", _("Survivor leader, by her own choice")


class EnquiryTopic(TextChoices):
    EMPLOYER = "EMPLOYER", _("About an employer or an agency")
    RIGHTS = "RIGHTS", _("Rights at work")
    WAGES = "WAGES", _("Wages not paid")
    PAPERS = "PAPERS", _("Papers, e-Shram, ration card elsewhere")
    MARRIAGE = "MARRIAGE", _("A marriage offer from far away")
    ABROAD = "ABROAD", _("Going abroad")
    MISSING = "MISSING", _("Someone cannot be reached")
    OTHER = "OTHER", _("Other")


class Advice(TextChoices):
    DIRECTORY = "DIRECTORY", _("Looked it up in the directory together")
    KIT = "KIT", _("Departure kit given")
    REGISTERED = "REGISTERED", _("Registered before leaving")
    NOT_TO_GO = "NOT_TO_GO", _("Advised not to go with this agent")
    LEGAL_AID = "LEGAL_AID", _("Sent to legal aid (15100)")
    POLICE = "POLICE", _("Sent to the police or the AHTU")
    ENTITLEMENT = "ENTITLEMENT", _("Shown what work and help there is here")
    HELPLINE = "HELPLINE", _("Called a helpline together")


class Asker(TextChoices):
    WOMAN = "WOMAN", _("A woman")
    GIRL = "GIRL", _("A girl under 18")
    MAN = "MAN", _("A man")
    BOY = "BOY", _("A boy under 18")
    FAMILY = "FAMILY", _("A family")


class Weekday(TextChoices):
    MON = "MON", _("Monday")
    TUE = "TUE", _("Tuesday")
    WED = "WED", _("Wednesday")
    THU = "THU", _("Thursday")
    FRI = "FRI", _("Friday")
    SAT = "SAT", _("Saturday")
    SUN = "SUN", _("Sunday")


class Category(TextChoices):
    """The five kinds of stakeholders of the Framework (Prevention strategies, 1)."""

    CBO = "CBO", _("Community organisations")
    SUPPORT = "SUPPORT", _("Support structures")
    DEPARTMENT = "DEPARTMENT", _("Departments")
    LEGAL = "LEGAL", _("Legal structures")
    OTHER = "OTHER", _("Other agencies")


class StakeholderKind(TextChoices):
    SHG = "SHG", _("Self help group (SHG)")
    VO = "VO", _("Village organisation (VO)")
    CLF = "CLF", _("Cluster federation (CLF)")
    SRLM = "SRLM", _("Office of the livelihoods mission")
    PRI = "PRI", _("Panchayati raj institution")
    CRP = "CRP", _("Community resource person")
    PRP = "PRP", _("Professional resource person")
    COORDINATOR = "COORDINATOR", _("Cluster coordinator")
    PROJECT_STAFF = "PROJECT_STAFF", _("Project staff")
    COUNSELLOR = "COUNSELLOR", _("Community counsellor")
    PARALEGAL = "PARALEGAL", _("Paralegal volunteer")
    POLICE = "POLICE", _("Police station")
    AHTU = "AHTU", _("Anti Human Trafficking Unit")
    LABOUR = "LABOUR", _("Labour and employment")
    SOCIAL_WELFARE = "SOCIAL_WELFARE", _("Social welfare, social justice")
    WOMEN_CHILD = "WOMEN_CHILD", _("Women and child development")
    AIDS_CONTROL = "AIDS_CONTROL", _("AIDS control society")
    HEALTH = "HEALTH", _("Health")
    EDUCATION = "EDUCATION", _("Education")
    NODAL_OFFICE = "NODAL_OFFICE", _("Nodal office against trafficking")
    OFFICER = "OFFICER", _("Officer of a department")
    CWC = "CWC", _("Child Welfare Committee")
    JJB = "JJB", _("Juvenile Justice Board")
    COURT = "COURT", _("Court")
    LEGAL_SERVICES = "LEGAL_SERVICES", _("Legal services authority")
    WOMENS_COMMISSION = "WOMENS_COMMISSION", _("Women’s commission")
    CHILD_COMMISSION = "CHILD_COMMISSION", _("Commission for child rights")
    LEGAL_MEMBER = "LEGAL_MEMBER", _("Member of a legal structure")
    NGO = "NGO", _("NGO")
    HOME = "HOME", _("Shelter home")
    ONE_STOP = "ONE_STOP", _("One Stop Centre")
    HELPLINE = "HELPLINE", _("Helpline")
    TRAINING_AGENCY = "TRAINING_AGENCY", _("Agency for skill training")
    YOUTH = "YOUTH", _("Youth club, NCC, NSS")
    RESOURCE_ORG = "RESOURCE_ORG", _("Resource organisation")
    RESOURCE_PERSON = "RESOURCE_PERSON", _("Resource person")


KINDS = {
    Category.CBO: ("SHG", "VO", "CLF"),
    Category.SUPPORT: ("SRLM", "PRI", "CRP", "PRP", "COORDINATOR", "PROJECT_STAFF", "COUNSELLOR", "PARALEGAL"),
    Category.DEPARTMENT: (
        "POLICE", "AHTU", "LABOUR", "SOCIAL_WELFARE", "WOMEN_CHILD", "AIDS_CONTROL", "HEALTH", "EDUCATION", "NODAL_OFFICE",
        "OFFICER",
    ),
    Category.LEGAL: ("CWC", "JJB", "COURT", "LEGAL_SERVICES", "WOMENS_COMMISSION", "CHILD_COMMISSION", "LEGAL_MEMBER"),
    Category.OTHER: ("NGO", "HOME", "ONE_STOP", "HELPLINE", "TRAINING_AGENCY", "YOUTH", "RESOURCE_ORG", "RESOURCE_PERSON"),
}  # fmt: skip
CATEGORY = {kind: category for category, kinds in KINDS.items() for kind in kinds}
MOVED_ABOUT = ("OFFICER", "LEGAL_MEMBER", "RESOURCE_PERSON", "COUNSELLOR")
"""People who are few, and work in one district after another: the same name in two districts is looked at."""
PEOPLE = ("CRP", "PRP", "COORDINATOR", "PROJECT_STAFF", "COUNSELLOR", "PARALEGAL", "OFFICER", "LEGAL_MEMBER", "RESOURCE_PERSON")
"""Kinds of people who work; each of the others is an organisation."""
PUBLIC_KINDS = (
    "POLICE", "AHTU", "LABOUR", "SOCIAL_WELFARE", "WOMEN_CHILD", "AIDS_CONTROL", "HEALTH", "CWC", "JJB", "COURT", "LEGAL_SERVICES",
    "WOMENS_COMMISSION", "CHILD_COMMISSION", "ONE_STOP", "HELPLINE", "NODAL_OFFICE",
)  # fmt: skip
"""Public offices. A shelter home is never one of them: who fled must not be found by its address."""
FEDERATED = {"SHG": ("VO", "CLF"), "VO": ("CLF",), "CLF": ()}
"""What a community organisation may belong to."""


class RowState(TextChoices):
    """Whether a row of the directory stands."""

    LIVE = "LIVE", _("In the directory")
    MERGED = "MERGED", _("Joined with another")
    CLOSED = "CLOSED", _("Closed")
    UNDONE = "UNDONE", _("Taken back with its file")


class How(TextChoices):
    """What changed a row."""

    CORRECTED = "CORRECTED", _("Corrected")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    CLOSED = "CLOSED", _("Closed")
    REOPENED = "REOPENED", _("Opened again")
    IMPORTED = "IMPORTED", _("Changed by a file")
    UNDONE = "UNDONE", _("The file’s change was taken back")
    MERGED = "MERGED", _("Joined with another")
    SPLIT = "SPLIT", _("Taken apart again")
    TRAINED = "TRAINED", _("Trained")


class Likeness(TextChoices):
    """What became of two rows that look alike."""

    SAME = "SAME", _("Joined")
    APART = "APART", _("Not the same")
    UNDONE = "UNDONE", _("Taken apart again")


class FileState(TextChoices):
    WAITING = "WAITING", _("Waits to be read")
    CHECKING = "CHECKING", _("Being checked")
    CHECKED = "CHECKED", _("Checked: nothing is written yet")
    RUNNING = "RUNNING", _("Being written")
    DONE = "DONE", _("Written")
    UNDOING = "UNDOING", _("Being taken back")
    UNDONE = "UNDONE", _("Taken back")
    BROKEN = "BROKEN", _("Could not be read")


class Fate(TextChoices):
    """What becomes of one row of a file."""

    MAKE = "MAKE", _("New")
    CHANGE = "CHANGE", _("Changed")
    SAME = "SAME", _("As it stands")
    REFUSED = "REFUSED", _("Refused")
    TAKEN_BACK = "TAKEN_BACK", _("Taken back")
    STAYED = "STAYED", _("Stayed, for a reason")


class Act(TextChoices):
    SOCIETIES = "SOCIETIES", _("Societies Registration Act")
    TRUST = "TRUST", _("Trust act")
    SECTION_8 = "SECTION_8", _("Company under section 8")
    OTHER = "OTHER", _("Another act")


class Area(TextChoices):
    """The five areas of collaboration with NGOs (Framework, Partnership with NGOs)."""

    STRATEGY = "STRATEGY", _("Strategy: consultative workshops and meetings")
    IEC = "IEC", _("Design and support of IEC")
    TRAINING = "TRAINING", _("Design and support of training")
    SURVIVORS = "SURVIVORS", _("Reaching survivors who are ready for economic rehabilitation")
    CENTRES = "CENTRES", _("Setting up and running safe migration centres")


class Item(TextChoices):
    """Due diligence before an NGO is engaged."""

    PAPERS = "PAPERS", _("Registration papers seen in original")
    OFFICE = "OFFICE", _("Office and field work visited")
    ACCOUNTS = "ACCOUNTS", _("Audited accounts of three years read")
    REFERENCES = "REFERENCES", _("Work with a department or a CWC confirmed in writing")
    SAFEGUARDING = "SAFEGUARDING", _("Policy that protects women and children from its own staff")
    PROCEEDINGS = "PROCEEDINGS", _("No proceedings against it or its office bearers known")


class Chosen(TextChoices):
    """How the service was procured, by the practice of the state."""

    TENDER = "TENDER", _("By tender")
    QUOTATIONS = "QUOTATIONS", _("By quotations")
    PANEL = "PANEL", _("From a panel of the state")
    NOMINATION = "NOMINATION", _("By nomination, with reasons on file")


class ListState(TextChoices):
    """Of a blacklisting: one proposes, another decides."""

    PROPOSED = "PROPOSED", _("Proposed")
    REFUSED = "REFUSED", _("Not blacklisted")
    IN_FORCE = "IN_FORCE", _("Blacklisted")
    LIFT_PROPOSED = "LIFT_PROPOSED", _("Blacklisted; lifting is proposed")
    LIFTED = "LIFTED", _("Lifted")


BARRING = (ListState.IN_FORCE, ListState.LIFT_PROPOSED)


class PostKind(TextChoices):
    """Whom the Framework positions for the pilot (Positioning of human resources)."""

    STATE_EXPERT = "STATE_EXPERT", _("State gender and social inclusion expert")
    DISTRICT_MANAGER = "DISTRICT_MANAGER", _("District programme manager")
    BLOCK_STAFF = "BLOCK_STAFF", _("Block staff")
    GENDER_CRP = "GENDER_CRP", _("Gender CRP")
    COUNSELLOR = "COUNSELLOR", _("Community counsellor")
    PARALEGAL = "PARALEGAL", _("Paralegal volunteer")


class PoolTopic(TextChoices):
    LAW = "LAW", _("The law, the police, courts")
    PREVENTION = "PREVENTION", _("Prevention in the village")
    MIGRATION = "MIGRATION", _("Safe migration")
    TRAINING = "TRAINING", _("Training of trainers")
    IEC = "IEC", _("Campaign and media")
    PSYCHOSOCIAL = "PSYCHOSOCIAL", _("Psychosocial care")
    CHILDREN = "CHILDREN", _("Protection of children")
    LIVELIHOOD = "LIVELIHOOD", _("Skills and livelihood")
    HEALTH = "HEALTH", _("Health, HIV")


class Language(TextChoices):
    EN = "en", _("English")
    HI = "hi", _("Hindi")
    TE = "te", _("Telugu")
    BN = "bn", _("Bengali")
    OR = "or", _("Odia")
    SAT = "sat", _("Santali")
    MR = "mr", _("Marathi")
    TA = "ta", _("Tamil")
    KN = "kn", _("Kannada")
    UR = "ur", _("Urdu")
