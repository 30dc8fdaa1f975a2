"""The words of rescue: units, leads, operations, who was rescued, the accused, the case in court, evidence."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tier(TextChoices):
    """Three tiers of the Ministry of Home Affairs' scheme (shared domain.md 1.6)."""

    BUREAU = "BUREAU", _("State Anti Human Trafficking Bureau")
    DISTRICT = "DISTRICT", _("District Anti Human Trafficking Unit")
    DESK = "DESK", _("Women help desk of a police station")


class Fund(TextChoices):
    """Two streams of money, and the state's own."""

    SCHEME = "SCHEME", _("Comprehensive scheme of the Ministry of Home Affairs, 2010")
    NIRBHAYA = "NIRBHAYA", _("Nirbhaya Fund")
    STATE = "STATE", _("The state’s own money")


class Capacity(TextChoices):
    HEAD = "HEAD", _("Head of the unit")
    INVESTIGATOR = "INVESTIGATOR", _("Investigating officer")
    WOMAN_OFFICER = "WOMAN_OFFICER", _("Woman police officer")
    PROSECUTOR = "PROSECUTOR", _("Prosecutor")
    WOMEN_CHILD = "WOMEN_CHILD", _("Officer for women and children")
    LABOUR = "LABOUR", _("Labour officer")
    NGO = "NGO", _("Member from an NGO")


class Matter(TextChoices):
    """What a lead or an operation is about. Each has its own checklist."""

    CHILD_LABOUR = "CHILD_LABOUR", _("Trafficked child labour")
    SEXUAL = "SEXUAL", _("Commercial sexual exploitation")
    BONDED = "BONDED", _("Bonded labour")
    MISSING_CHILD = "MISSING_CHILD", _("A missing child traced")
    FOREIGN = "FOREIGN", _("A foreign national trafficked")


class Channel(TextChoices):
    PERSON = "PERSON", _("Someone told it in person")
    PHONE = "PHONE", _("By phone")
    HELPLINE = "HELPLINE", _("Helpline 112, 181 or 1098")
    ALERT = "ALERT", _("An alert of a village, handed up")
    NGO = "NGO", _("An NGO")
    POLICE = "POLICE", _("Another police unit or Cri-MAC")
    COURT = "COURT", _("A court or the Child Welfare Committee")
    UNNAMED = "UNNAMED", _("Without a name")


class LeadState(TextChoices):
    RECEIVED = "RECEIVED", _("Received")
    CHECKED = "CHECKED", _("Checked and found likely")
    IN_OPERATION = "IN_OPERATION", _("In an operation")
    HANDED_ON = "HANDED_ON", _("Handed on to another unit")
    NOT_SO = "NOT_SO", _("Found not to be so")


class OperationState(TextChoices):
    PLANNED = "PLANNED", _("Planned")
    RUNNING = "RUNNING", _("Running")
    FOLLOWING = "FOLLOWING", _("Over on the spot, duties after it run")
    DONE = "DONE", _("Done")
    CALLED_OFF = "CALLED_OFF", _("Called off")


class Event(TextChoices):
    """What happens to an operation."""

    START = "START", _("Start it")
    LEAVE = "LEAVE", _("Over on the spot")
    FINISH = "FINISH", _("All is done")
    REOPEN = "REOPEN", _("Open it again")
    CALL_OFF = "CALL_OFF", _("Call it off")
    PLAN_AGAIN = "PLAN_AGAIN", _("Plan it again")


class Phase(TextChoices):
    """When a step of the checklist is done."""

    BEFORE = "BEFORE", _("Before")
    DURING = "DURING", _("On the spot")
    AFTER = "AFTER", _("After")


class Duty(TextChoices):
    """Whose step it is."""

    AHTU = "AHTU", _("AHTU")
    WOMAN_OFFICER = "WOMAN_OFFICER", _("Woman police officer")
    INVESTIGATOR = "INVESTIGATOR", _("Investigating officer")
    MAGISTRATE = "MAGISTRATE", _("District or executive magistrate")
    LABOUR = "LABOUR", _("Labour department")
    CWPO = "CWPO", _("Child welfare police officer")
    DOCTOR = "DOCTOR", _("Government hospital")
    NGO = "NGO", _("NGO or social worker")
    DLSA = "DLSA", _("Legal services authority")
    FRRO = "FRRO", _("Foreigners registration officer")


class Mark(TextChoices):
    """What became of a step of the checklist. A later mark replaces an earlier one; both stay."""

    DONE = "DONE", _("Done")
    EXCUSED = "EXCUSED", _("Not possible here, with the reason")
    TAKEN_BACK = "TAKEN_BACK", _("Taken back: it was marked by mistake")


class AgeBasis(TextChoices):
    """How her age is known. The first four prove nothing beyond what they say; a proof decides (JJ Act 2015 s.94)."""

    STATED = "STATED", _("As told")
    ESTIMATED = "ESTIMATED", _("Estimated")
    DOCUMENTED = "DOCUMENTED", _("From a document")
    MEDICAL = "MEDICAL", _("By a medical test of age")
    CWC = "CWC", _("Decided by the Child Welfare Committee")


class Exploitation(TextChoices):
    """Purpose (shared domain/enums.yaml, with HTCDS 2.0 and NCRB heads)."""

    FORCED_LABOUR = "FORCED_LABOUR", _("Forced labour")
    BONDED_LABOUR = "BONDED_LABOUR", _("Bonded labour")
    CHILD_LABOUR = "CHILD_LABOUR", _("Child labour")
    DOMESTIC_SERVITUDE = "DOMESTIC_SERVITUDE", _("Domestic servitude")
    COMMERCIAL_SEXUAL = "COMMERCIAL_SEXUAL", _("Commercial sexual exploitation")
    OTHER_SEXUAL = "OTHER_SEXUAL", _("Other sexual exploitation")
    CSAM = "CSAM", _("Pictures of the abuse of a child")
    FORCED_MARRIAGE = "FORCED_MARRIAGE", _("Forced marriage")
    BEGGING = "BEGGING", _("Begging")
    PETTY_CRIME = "PETTY_CRIME", _("Petty crime")
    ORGAN_REMOVAL = "ORGAN_REMOVAL", _("Removal of organs")
    ILLEGAL_ADOPTION = "ILLEGAL_ADOPTION", _("Sale for adoption")
    CYBER = "CYBER", _("Online fraud under force")
    OTHER = "OTHER", _("Other")
    UNKNOWN = "UNKNOWN", _("Not known yet")


class Care(TextChoices):
    """What was done for someone rescued, each with its day: it starts and stops the clocks of the law."""

    CWC = "CWC", _("Produced before the Child Welfare Committee")
    MAGISTRATE = "MAGISTRATE", _("Produced before a magistrate")
    MEDICAL = "MEDICAL", _("Medical care and examination")
    SHELTER = "SHELTER", _("In a safe home")
    STATEMENT = "STATEMENT", _("Statement before a magistrate")
    RELEASED = "RELEASED", _("Release certificate given")
    RELIEF = "RELIEF", _("Immediate relief paid")
    APPLIED = "APPLIED", _("Compensation applied for")
    AWARDED = "AWARDED", _("Compensation awarded")
    PAID = "PAID", _("Compensation paid")


class AccusedRole(TextChoices):
    """HTCDS 2.0 perpetrator roles, as many as Indian cases use."""

    RECRUITER = "RECRUITER", _("Recruiter or agent")
    TRANSPORTER = "TRANSPORTER", _("Transporter")
    HARBOURER = "HARBOURER", _("Gave room or held")
    EMPLOYER = "EMPLOYER", _("Employer or owner")
    BUYER = "BUYER", _("Customer or buyer")
    KIDNAPPER = "KIDNAPPER", _("Kidnapper")
    OTHER = "OTHER", _("Other")


class AccusedState(TextChoices):
    NAMED = "NAMED", _("Named")
    ARRESTED = "ARRESTED", _("Arrested")
    ON_BAIL = "ON_BAIL", _("On bail")
    ABSCONDING = "ABSCONDING", _("Absconding")
    CONVICTED = "CONVICTED", _("Convicted")
    ACQUITTED = "ACQUITTED", _("Acquitted")
    DISCHARGED = "DISCHARGED", _("Discharged")
    DIED = "DIED", _("Died")


class Stage(TextChoices):
    """How far a case in court is (shared domain/enums.yaml, prosecution_stage)."""

    INVESTIGATION = "INVESTIGATION", _("Under investigation")
    CHARGE_SHEETED = "CHARGE_SHEETED", _("Charge sheet filed")
    FINAL_REPORT = "FINAL_REPORT", _("Final report: closed by the police")
    COGNIZANCE = "COGNIZANCE", _("Taken up by the court")
    CHARGES_FRAMED = "CHARGES_FRAMED", _("Charges framed")
    TRIAL = "TRIAL", _("On trial")
    CONVICTED = "CONVICTED", _("Ended: convicted")
    ACQUITTED = "ACQUITTED", _("Ended: acquitted")
    DISCHARGED = "DISCHARGED", _("Ended: discharged")
    WITHDRAWN = "WITHDRAWN", _("Ended: withdrawn or compounded")
    APPEAL = "APPEAL", _("In appeal")


class Purpose(TextChoices):
    """What a hearing is for."""

    REMAND = "REMAND", _("Remand or bail")
    CHARGES = "CHARGES", _("Framing of charges")
    EVIDENCE = "EVIDENCE", _("Evidence of witnesses")
    ARGUMENTS = "ARGUMENTS", _("Arguments")
    JUDGMENT = "JUDGMENT", _("Judgment")
    OTHER = "OTHER", _("Other")


class Held(TextChoices):
    """What became of a hearing."""

    AWAITED = "AWAITED", _("Awaited")
    HELD = "HELD", _("Held")
    ADJOURNED = "ADJOURNED", _("Adjourned")


class EvidenceKind(TextChoices):
    PHONE = "PHONE", _("Phone or SIM card")
    DEVICE = "DEVICE", _("Computer or other device")
    DOCUMENT = "DOCUMENT", _("Paper or register")
    PHOTO = "PHOTO", _("Photograph or video")
    MONEY = "MONEY", _("Money or valuables")
    CLOTHING = "CLOTHING", _("Clothing")
    MEDICAL = "MEDICAL", _("Medical sample or report")
    STATEMENT = "STATEMENT", _("Recorded statement")
    OTHER = "OTHER", _("Other")


class Keeper(TextChoices):
    """Who holds a piece of evidence: an officer of the system, or an office outside it."""

    OFFICER = "OFFICER", _("Officer of a unit")
    STORE = "STORE", _("Property room (malkhana)")
    LABORATORY = "LABORATORY", _("Forensic laboratory")
    COURT = "COURT", _("Court")
    STATION = "STATION", _("Police station")


class HandOver(TextChoices):
    """Why a piece of evidence changed hands."""

    SEIZED = "SEIZED", _("Seized")
    TO_KEEP = "TO_KEEP", _("For safe keeping")
    TO_EXAMINE = "TO_EXAMINE", _("To be examined")
    TO_SHOW = "TO_SHOW", _("To be shown in court")
    RETURNED = "RETURNED", _("Given back")
