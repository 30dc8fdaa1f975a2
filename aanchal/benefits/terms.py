"""The words of entitlements and of money to families."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a scheme is about, in the order of the Framework's list."""

    HOUSING = "HOUSING", _("House")
    RATION = "RATION", _("Ration")
    PENSION = "PENSION", _("Pension")
    SCHOOL = "SCHOOL", _("School and hostel")
    STIPEND = "STIPEND", _("Stipend")
    WATER = "WATER", _("Drinking water")
    LAND = "LAND", _("Land")
    WORK = "WORK", _("Work")
    INSURANCE = "INSURANCE", _("Insurance and bank")
    MATERNITY = "MATERNITY", _("Mother and child")
    SKILL = "SKILL", _("Skills")
    RELIEF = "RELIEF", _("Relief and protection")


class Unit(TextChoices):
    HOUSEHOLD = "household", _("Family")
    PERSON = "person", _("Person")


class Per(TextChoices):
    ONCE = "ONCE", _("once")
    MONTH = "MONTH", _("a month")
    YEAR = "YEAR", _("a year")
    KIND = "KIND", _("in kind")


class Document(TextChoices):
    IDENTITY = "IDENTITY", _("Proof of identity")
    ADDRESS = "ADDRESS", _("Proof of address")
    AGE = "AGE", _("Proof of age")
    PHOTO = "PHOTO", _("Photograph")
    BANK = "BANK", _("Bank passbook")
    INCOME = "INCOME", _("Income certificate")
    POVERTY_LIST = "POVERTY_LIST", _("Extract of the list of poor families")
    RATION_CARD = "RATION_CARD", _("Ration card")
    LAND = "LAND", _("Paper of the land")
    DEATH = "DEATH", _("Death certificate")
    DISABILITY = "DISABILITY", _("Disability certificate")
    SCHOOL = "SCHOOL", _("School certificate")
    MCP_CARD = "MCP_CARD", _("Mother and child card")
    RELEASE = "RELEASE", _("Release certificate")
    FIR = "FIR", _("First information report")


class Office(TextChoices):
    PANCHAYAT = "PANCHAYAT", _("Gram Panchayat")
    BLOCK = "BLOCK", _("Block office")
    FOOD = "FOOD", _("Food and supplies office")
    REVENUE = "REVENUE", _("Revenue office (tehsil)")
    EDUCATION = "EDUCATION", _("Block education office")
    ANGANWADI = "ANGANWADI", _("Anganwadi centre")
    BANK = "BANK", _("Bank or post office")
    CSC = "CSC", _("Common service centre")
    DCPU = "DCPU", _("District child protection unit")
    DLSA = "DLSA", _("Legal services authority")
    GAS = "GAS", _("Gas agency")
    DISTRICT = "DISTRICT", _("District office")


class Unverified(TextChoices):
    RULE = "rule", _("who is eligible")
    AMOUNT = "amount", _("the amount")
    DAYS = "days", _("the days allowed")
    GRACE = "grace", _("the days of grace of a premium")


class State(TextChoices):
    """Of an entitlement, from the application to the proof."""

    APPLIED = "APPLIED", pgettext_lazy("entitlement", "Applied")
    COMPLAINED = "COMPLAINED", _("Grievance raised")
    SANCTIONED = "SANCTIONED", _("Sanctioned")
    DELIVERED = "DELIVERED", _("Delivered")
    REFUSED = "REFUSED", pgettext_lazy("entitlement", "Refused")
    APPEALED = "APPEALED", _("Appealed")
    UPHELD = "UPHELD", _("Refused on appeal")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    LAPSED = "LAPSED", _("Ran out, to be renewed")


class Reason(TextChoices):
    """Why an office refused, in what it wrote."""

    NO_DOCUMENT = "NO_DOCUMENT", _("A document is wanting")
    NOT_ON_LIST = "NOT_ON_LIST", _("Not on the list of poor families")
    AGE_NOT_PROVED = "AGE_NOT_PROVED", _("Age not proved")
    WRONG_DETAILS = "WRONG_DETAILS", _("Details do not agree")
    HAS_ANOTHER = "HAS_ANOTHER", _("Has another benefit already")
    NO_FUNDS = "NO_FUNDS", _("No funds or places left")
    NOT_ELIGIBLE = "NOT_ELIGIBLE", _("Found not eligible")
    NOT_SAID = "NOT_SAID", _("No reason was given")


class Proof(TextChoices):
    """What was seen, so that it is known to have come."""

    PASSBOOK = "PASSBOOK", _("Entry in the passbook")
    CARD = "CARD", _("The card itself")
    RECEIPT = "RECEIPT", _("Signed receipt")
    SEEN = "SEEN", _("Seen at the house")
    LETTER = "LETTER", _("Letter of the office")


class Source(TextChoices):
    """From where the ledger knows that a service came."""

    DELIVERED = "DELIVERED", _("Delivered on an application")
    TOLD = "TOLD", _("Had it before, as the family told")
    CLAIM = "CLAIM", _("Paid by the insurance")
    FUND = "FUND", _("Loan or grant from a fund")
    GROUP = "GROUP", _("Joined a self-help group")
    SKILL = "SKILL", _("Training")


class Cause(TextChoices):
    """Why an insurance is claimed."""

    DEATH = "DEATH", _("Death")
    ACCIDENT = "ACCIDENT", _("Accident")
    ILLNESS = "ILLNESS", _("Illness, hospital")
    CROP = "CROP", _("Crop lost")
    ANIMAL = "ANIMAL", _("Animal lost")
    CALAMITY = "CALAMITY", _("House or goods lost in a calamity")


class ClaimState(TextChoices):
    CLAIMED = "CLAIMED", _("Claimed, not yet paid")
    SETTLED = "SETTLED", _("Paid by the insurance")
    REFUSED = "REFUSED", pgettext_lazy("claim", "Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class CboKind(TextChoices):
    SHG = "SHG", _("Self-help group")
    VO = "VO", _("Village Organisation")
    CLF = "CLF", _("Cluster federation")


class CboEnd(TextChoices):
    """Why an organisation is no more; kept on the trail."""

    DISSOLVED = "DISSOLVED", _("Dissolved")
    JOINED = "JOINED", _("Joined another organisation")
    MISTAKE = "MISTAKE", _("Entered by mistake, or twice")


class FundKind(TextChoices):
    """Framework, livelihoods and financial services; NRLM."""

    RISK_MITIGATION = "RISK_MITIGATION", _("Risk mitigation fund")
    VULNERABILITY_REDUCTION = "VULNERABILITY_REDUCTION", _("Vulnerability reduction fund")
    REVOLVING = "REVOLVING", _("Revolving fund")
    COMMUNITY_INVESTMENT = "COMMUNITY_INVESTMENT", _("Community investment fund")


class Account(TextChoices):
    """Of each fund. What is in the bank and what families owe is above zero; from where it came is below."""

    BANK = "BANK", _("In the bank")
    LOANS = "LOANS", _("Owed by families")
    CAPITAL = "CAPITAL", _("Received for the fund")
    INTEREST = "INTEREST", _("Interest received")
    GRANTS = "GRANTS", _("Given as grants")


class VoucherKind(TextChoices):
    RECEIPT = "RECEIPT", _("Received for the fund")
    RELEASE = "RELEASE", _("Released to a family")
    REPAYMENT = "REPAYMENT", _("Repaid by a family")
    REVERSAL = "REVERSAL", _("Reversal")


class LoanState(TextChoices):
    REQUESTED = "REQUESTED", _("Requested")
    SANCTIONED = "SANCTIONED", _("Sanctioned in a meeting")
    RELEASED = "RELEASED", _("Released")
    REPAID = "REPAID", _("Repaid")
    REFUSED = "REFUSED", _("Refused in a meeting")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class Programme(TextChoices):
    MKSP = "MKSP", _("Women farmers (MKSP)")
    DDUGKY = "DDUGKY", _("Skills and a placement (DDU-GKY)")
    RSETI = "RSETI", _("Training for own work (RSETI)")
    OTHER = "OTHER", _("Another training")


class TrainingState(TextChoices):
    ENROLLED = "ENROLLED", _("Enrolled")
    CERTIFIED = "CERTIFIED", _("Certified")
    PLACED = "PLACED", _("Placed in work")
    RETAINED_3 = "RETAINED_3", _("In work after 3 months")
    RETAINED_6 = "RETAINED_6", _("In work after 6 months")
    RETAINED_12 = "RETAINED_12", _("In work after 12 months")
    LEFT = "LEFT", _("Left")


class PlanState(TextChoices):
    PLANNED = "PLANNED", _("Planned")
    BEGUN = "BEGUN", _("Begun")
    EARNING = "EARNING", _("Earning")
    STOPPED = "STOPPED", _("Stopped")
