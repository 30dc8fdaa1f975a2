"""The words of a survivor's case: HTCDS 2.0 values where the standard has them (shared domain/htcds, domain/enums.yaml)."""

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    ACTIVE = "ACTIVE", _("Active")
    FOLLOW_UP = "FOLLOW_UP", _("Follow-up")
    CLOSED = "CLOSED", _("Closed")
    REFERRED_OUT = "REFERRED_OUT", _("Transferred and closed here")
    SEALED = "SEALED", _("Sealed")
    ERASED = "ERASED", _("Erased")


class Happening(TextChoices):
    OPEN = "OPEN", _("Opened")
    FOLLOW = "FOLLOW", _("Moved to follow-up")
    RESUME = "RESUME", _("Made active again")
    CLOSE = "CLOSE", _("Closed")
    TRANSFER = "TRANSFER", _("Transferred")
    REOPEN = "REOPEN", _("Reopened")
    SEAL = "SEAL", _("Sealed")
    UNSEAL = "UNSEAL", _("Unsealed")
    ERASE = "ERASE", _("Erased")


class Capacity(TextChoices):
    """As what someone is assigned to a case."""

    WORKER = "WORKER", _("Works on the case")
    SUPERVISOR = "SUPERVISOR", _("Supervises the case")
    REFERRED = "REFERRED", _("A referral was accepted")
    GLASS = "GLASS", _("Emergency access")


class Status(TextChoices):
    """Trafficking status (HTCDS vic_TraffickingStatus)."""

    SUSPECTED = "SUSPECTED", _("Possibly trafficked")
    CONFIRMED = "CONFIRMED", _("Trafficked")
    RULED_OUT = "RULED_OUT", _("Not trafficked")


class DecidedBy(TextChoices):
    POLICE = "POLICE", _("Police or AHTU")
    NGO = "NGO", _("NGO")
    COURT = "COURT", _("Court or prosecution")
    GOVERNMENT = "GOVERNMENT", _("CWC, DLSA, District Magistrate or another office")
    OTHER = "OTHER", _("Someone else")


class Gender(TextChoices):
    FEMALE = "FEMALE", _("Female")
    MALE = "MALE", _("Male")
    TRANS_FEMALE = "TRANS_FEMALE", _("Transgender woman")
    TRANS_MALE = "TRANS_MALE", _("Transgender man")
    OTHER = "OTHER", _("Another gender")
    UNKNOWN = "UNKNOWN", _("Not known")


class Act(TextChoices):
    """What was done (Palermo Protocol art. 3a; BNS 143(1))."""

    RECRUITMENT = "RECRUITMENT", _("Recruited")
    TRANSPORTATION = "TRANSPORTATION", _("Transported")
    TRANSFER = "TRANSFER", _("Handed on")
    HARBOURING = "HARBOURING", _("Harboured")
    RECEIPT = "RECEIPT", _("Received")


class Means(TextChoices):
    """How it was done (Palermo Protocol art. 3a; BNS 143(1)(a)-(f)). Of a child none is needed."""

    THREAT = "THREAT", _("Threats")
    FORCE = "FORCE", _("Force or coercion")
    ABDUCTION = "ABDUCTION", _("Abduction")
    DECEPTION = "DECEPTION", _("Fraud or deception")
    POWER = "POWER", _("Abuse of power or of vulnerability")
    PAYMENT = "PAYMENT", _("Inducement or payment")


class Purpose(TextChoices):
    """What for (HTCDS vic_TypeOfExploitation; NCRB heads of purpose)."""

    FORCED_LABOUR = "FORCED_LABOUR", _("Forced labour")
    BONDED_LABOUR = "BONDED_LABOUR", _("Bonded labour")
    CHILD_LABOUR = "CHILD_LABOUR", _("Child labour")
    DOMESTIC_SERVITUDE = "DOMESTIC_SERVITUDE", _("Domestic servitude")
    COMMERCIAL_SEXUAL = "COMMERCIAL_SEXUAL", _("Commercial sexual exploitation")
    OTHER_SEXUAL = "OTHER_SEXUAL", _("Other sexual exploitation")
    PORNOGRAPHY = "PORNOGRAPHY", _("Pictures of sexual abuse")
    FORCED_MARRIAGE = "FORCED_MARRIAGE", _("Forced marriage")
    BEGGING = "BEGGING", _("Forced begging")
    PETTY_CRIME = "PETTY_CRIME", _("Petty crime")
    ORGANS = "ORGANS", _("Removal of organs")
    ARMED_GROUP = "ARMED_GROUP", _("Armed group")
    ADOPTION = "ADOPTION", _("Illegal adoption or sale")
    SURROGACY = "SURROGACY", _("Surrogacy")
    CYBER = "CYBER", _("Cyber slavery")
    OTHER = "OTHER", _("Something else")


class Control(TextChoices):
    """Methods of control (HTCDS vic_MethodsOfControl; RESTRICTS_MOVEMENT stands in its text, not in its list)."""

    PHYSICAL_THREATS = "PHYSICAL_THREATS", _("Physical threats")
    THREATS_LAW = "THREATS_LAW", _("Threats with the police or the law")
    THREATS_FAMILY = "THREATS_FAMILY", _("Threats to children or family")
    DEBT = "DEBT", _("Debt bondage")
    FALSE_PROMISES = "FALSE_PROMISES", _("False promises")
    PHYSICAL_ABUSE = "PHYSICAL_ABUSE", _("Physical abuse")
    SEXUAL_ABUSE = "SEXUAL_ABUSE", _("Sexual abuse")
    TAKES_EARNINGS = "TAKES_EARNINGS", _("Earnings taken")
    MONEY = "MONEY", _("Kept from money")
    MEDICAL = "MEDICAL", _("Kept from medical care")
    NECESSITIES = "NECESSITIES", _("Kept from food, water or sleep")
    RESTRICTS_MOVEMENT = "RESTRICTS_MOVEMENT", _("Not free to move")
    PSYCHOLOGICAL = "PSYCHOLOGICAL", _("Psychological abuse")
    SUBSTANCE = "SUBSTANCE", _("Drugs or alcohol")
    HOURS = "HOURS", _("Excessive working hours")
    DOCUMENTS = "DOCUMENTS", _("Documents taken")
    OTHER = "OTHER", _("Another method")


class Recruitment(TextChoices):
    """How she was recruited (HTCDS vic_MethodOfRecruitment)."""

    FRIENDS = "FRIENDS", _("Through friends or people of the village")
    FAMILY = "FAMILY", _("Through the family")
    BUSINESS = "BUSINESS", _("At an agency or a place of business")
    WORK = "WORK", _("At work")
    SCHOOL = "SCHOOL", _("At a school or training centre")
    SOCIAL_MEDIA = "SOCIAL_MEDIA", _("Through social media")
    ONLINE_AD = "ONLINE_AD", _("Through an advertisement online")
    NEWSPAPER = "NEWSPAPER", _("Through a newspaper")
    TELEVISION = "TELEVISION", _("Through television")
    OTHER = "OTHER", _("Another way")


class Recruiter(TextChoices):
    """Who the recruiter was to her (HTCDS vic_RelationshipToTrafficker)."""

    FAMILY = "FAMILY", _("Family or relative")
    PARTNER = "PARTNER", _("Husband or partner")
    NEIGHBOUR = "NEIGHBOUR", _("Neighbour or villager")
    KNOWN_AGENT = "KNOWN_AGENT", _("An agent she knew")
    STRANGER = "STRANGER", _("A stranger")
    UNKNOWN = "UNKNOWN", _("Not known")


class Industry(TextChoices):
    """Where labour was forced (ISIC rev. 4 sections, as HTCDS vic_ForcedLabourIndustry)."""

    AGRICULTURE = "AGRICULTURE", _("Agriculture, forestry, fishing")
    MINING = "MINING", _("Mines and quarries")
    MANUFACTURING = "MANUFACTURING", _("Manufacturing, kilns, mills, garments")
    CONSTRUCTION = "CONSTRUCTION", _("Construction")
    TRADE = "TRADE", _("Shops and trade")
    TRANSPORT = "TRANSPORT", _("Transport and loading")
    HOTELS = "HOTELS", _("Hotels, dhabas and food")
    INFORMATION = "INFORMATION", _("Call centres and the internet")
    ADMINISTRATIVE = "ADMINISTRATIVE", _("Security, cleaning, placement")
    HEALTH = "HEALTH", _("Care and health")
    ARTS = "ARTS", _("Orchestra, dance, circus")
    OTHER_SERVICES = "OTHER_SERVICES", _("Spa and other services")
    HOUSEHOLDS = "HOUSEHOLDS", _("Domestic work")
    ELECTRICITY = "ELECTRICITY", _("Electricity and gas")
    WATER = "WATER", _("Water, sewers, waste")
    FINANCE = "FINANCE", _("Banks and insurance")
    REAL_ESTATE = "REAL_ESTATE", _("Real estate")
    PROFESSIONAL = "PROFESSIONAL", _("Professions and science")
    GOVERNMENT = "GOVERNMENT", _("Public administration")
    EDUCATION = "EDUCATION", _("Schools and education")
    FOREIGN = "FOREIGN", _("Foreign missions")


class EventKind(TextChoices):
    """HTCDS hte_Type."""

    RECRUITMENT = "RECRUITMENT", _("Recruitment")
    TRANSIT = "TRANSIT", _("Transit")
    EXPLOITATION = "EXPLOITATION", _("Exploitation")


class Party(TextChoices):
    """Who helps, and to whom a case may be referred."""

    AHTU = "AHTU", _("Anti Human Trafficking Unit")
    CWC = "CWC", _("Child Welfare Committee")
    HOME = "HOME", _("Home (Shakti Sadan, child care institution)")
    OSC = "OSC", _("One Stop Centre")
    COUNSELLOR = "COUNSELLOR", _("Counsellor")
    NGO = "NGO", _("NGO")
    LEGAL_AID = "LEGAL_AID", _("Legal aid (DLSA)")
    HEALTH = "HEALTH", _("Hospital or health centre")
    PIA = "PIA", _("Project implementing agency")
    COURT = "COURT", _("Court")
    FAMILY = "FAMILY", _("Family or community")


class ConsentPurpose(TextChoices):
    """Each is asked by itself and taken back by itself."""

    KEEP = "KEEP", _("To keep this record")
    SUPPORT = "SUPPORT", _("To plan and give support")
    REFER = "REFER", _("To refer her, telling what they need to know")
    IDENTITY = "IDENTITY", _("To tell them her name")
    MEDICAL = "MEDICAL", _("Medical examination and care")
    LEGAL = "LEGAL", _("To use what she told in a court case")
    FAMILY = "FAMILY", _("To contact her family")
    PHOTO = "PHOTO", _("To take or keep a photograph")
    RESEARCH = "RESEARCH", _("To count her, without a name, in statistics")


class ConsentGiver(TextChoices):
    SELF = "SELF", _("She or he, an adult")
    GUARDIAN = "GUARDIAN", _("Parent or guardian, the child agreeing")
    CWC = "CWC", _("Child Welfare Committee, the child heard")


class Explained(TextChoices):
    SPOKEN = "SPOKEN", _("Told in her language")
    READ_OUT = "READ_OUT", _("Read out to her")
    INTERPRETER = "INTERPRETER", _("Through an interpreter")
    PICTURES = "PICTURES", _("With pictures or signs")


class Told(TextChoices):
    """What she was told before she agreed (the guidance questions of HTCDS con_Consent)."""

    WHY = "WHY", _("What it is for")
    USE = "USE", _("How what she says may be used")
    RESEARCH = "RESEARCH", _("That counts without names may be made")
    RIGHT = "RIGHT", _("That she may see her record at any time")
    HOW_LONG = "HOW_LONG", _("How long it is kept")
    WITHDRAW = "WITHDRAW", _("How to take her consent back")
    REFUSE = "REFUSE", _("That saying no costs her no help")


class Scope(TextChoices):
    """What an assessment looks at (IOM handbook, as HTCDS Assessment and Planning)."""

    INDIVIDUAL = "INDIVIDUAL", _("She herself")
    HOUSEHOLD = "HOUSEHOLD", _("Her household")
    COMMUNITY = "COMMUNITY", _("Her community")


class Danger(TextChoices):
    NONE = "NONE", _("No danger seen")
    SOME = "SOME", _("Some danger")
    SEVERE = "SEVERE", _("Severe danger: act now")


class Support(TextChoices):
    """HTCDS spl_Type."""

    EDUCATION = "EDUCATION", _("Education")
    FINANCIAL = "FINANCIAL", _("Money and entitlements")
    HEALTH = "HEALTH", _("Health")
    LABOUR_REHABILITATION = "LABOUR_REHABILITATION", _("Rehabilitation from labour exploitation")
    LEGAL = "LEGAL", _("Legal help")
    LIVELIHOOD = "LIVELIHOOD", _("Livelihood")
    RIGHTS = "RIGHTS", _("Knowing her rights")
    SEXUAL_REHABILITATION = "SEXUAL_REHABILITATION", _("Rehabilitation from sexual exploitation")
    SOCIAL = "SOCIAL", _("Social care and shelter")


class GoalState(TextChoices):
    OPEN = "OPEN", _("Worked on")
    MET = "MET", _("Reached")
    DROPPED = "DROPPED", _("Dropped by her wish")


class TaskState(TextChoices):
    OPEN = "OPEN", _("To do")
    DONE = "DONE", _("Done")
    DROPPED = "DROPPED", _("No longer needed")


class Seen(TextChoices):
    """Where she was met."""

    HOME = "HOME", _("At home")
    SHELTER = "SHELTER", _("At the home or centre")
    WORK = "WORK", _("At work or training")
    PHONE = "PHONE", _("By telephone")
    OFFICE = "OFFICE", _("At the office")


class ReferralState(TextChoices):
    SENT = "SENT", _("Waits for an answer")
    ACCEPTED = "ACCEPTED", _("Accepted")
    DECLINED = "DECLINED", _("Declined")
    RETURNED = "RETURNED", _("Returned")
    RECALLED = "RECALLED", _("Taken back by who sent it")
    WITHDRAWN = "WITHDRAWN", _("Ended: consent withdrawn")


class ReferralReason(TextChoices):
    """HTCDS cas_ReasonForOutgoingReferral."""

    SERVICES = "SERVICES", _("Further services are needed")
    MOVED = "MOVED", _("She moves to another place")
    OTHER = "OTHER", _("Another reason")


class Outcome(TextChoices):
    """How a case ended (shared domain/enums.yaml, restoration_to)."""

    FAMILY = "FAMILY", _("Back with her family")
    INDEPENDENT = "INDEPENDENT", _("Lives on her own")
    FOSTER = "FOSTER", _("In foster care")
    HOME = "HOME", _("In a home")
    OTHER_STATE = "OTHER_STATE", _("Transferred to another State")
    REPATRIATED = "REPATRIATED", _("Repatriated")
    OWN_WISH = "OWN_WISH", _("Ended by her own wish")
    LOST = "LOST", _("Contact lost after searching")
    DECEASED = "DECEASED", _("Died")
    NOT_TRAFFICKED = "NOT_TRAFFICKED", _("Found not to be trafficked")


class ProposalKind(TextChoices):
    CLOSE = "CLOSE", _("Close the case")
    TRANSFER = "TRANSFER", _("Close the case here: it was transferred")
    REOPEN = "REOPEN", _("Reopen the case")
    SEAL = "SEAL", _("Seal the case")
    UNSEAL = "UNSEAL", _("Unseal the case")
    ERASE = "ERASE", _("Erase who she is")


class ProposalState(TextChoices):
    ASKED = "ASKED", _("Waits for approval")
    APPROVED = "APPROVED", _("Approved")
    RETURNED = "RETURNED", _("Returned")


class GlassReason(TextChoices):
    DANGER = "DANGER", _("She is in danger now")
    MEDICAL = "MEDICAL", _("Medical emergency")
    COURT = "COURT", _("A court asks today")
    NOBODY = "NOBODY", _("Nobody assigned can be reached")


class RetentionUse(TextChoices):
    """What a rule of keeping is for."""

    CLOSED = "CLOSED", _("After the case was closed")
    WITHDRAWN = "WITHDRAWN", _("After she took back her consent to keep it")
    GROUND = "GROUND", _("By law, although she took her consent back")


class WithdrawalEnd(TextChoices):
    ERASED = "ERASED", _("Erased")
    AGREED = "AGREED", _("She agreed anew")


class KeepingAnswer(TextChoices):
    ERASE = "ERASE", _("Erase it now")
    KEEP = "KEEP", _("A law has it kept")


class RenamingReason(TextChoices):
    IDENTIFIES = "IDENTIFIES", _("It turned out to tell who she is")
    SAME = "SAME", _("Another is called the same")
    WISH = "WISH", _("She wants another")
    MISTAKE = "MISTAKE", _("It was written wrongly")


class Verdict(TextChoices):
    JUSTIFIED = "JUSTIFIED", _("It was right")
    NOT_JUSTIFIED = "NOT_JUSTIFIED", _("It was not right")


class MarkKind(TextChoices):
    NAME = "NAME", _("Name")
    SOUND = "SND", _("Sound of the name")
    FIR = "FIR", _("FIR number")


class Reviewers(Enum):
    """Who reviews an emergency access: others of the place, of the State where she is alone, nobody yet."""

    OF_THE_PLACE = "PLACE"
    OF_THE_STATE = "STATE"
    NOBODY = "NOBODY"


class Recipient(TextChoices):
    COURT = "COURT", _("Court")
    CWC = "CWC", _("Child Welfare Committee")
    HERSELF = "HERSELF", _("She herself")
    STANDARD = "STANDARD", _("Another system, as HTCDS 2.0")


class CodeMark(TextChoices):
    """How far the text of a rule was checked."""

    READ = "READ", _("Read at the source")
    UNVERIFIED = "UNVERIFIED", _("Not checked at the source")
