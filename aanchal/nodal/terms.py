"""The words of the Nodal Cell: returns, the scheme of units."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PeriodKind(TextChoices):
    MONTH = "MONTH", _("Month")
    QUARTER = "QUARTER", _("Quarter")
    YEAR = "YEAR", _("Year")


class Asked(TextChoices):
    """What the questionnaire of the Global Report on Trafficking in Persons asks, as far as the returns answer it."""

    OFFENCES = "OFFENCES", _("Offences: cases registered")
    PERSONS = "PERSONS", _("Persons in contact with the police, prosecuted, convicted")
    VICTIMS = "VICTIMS", _("Victims by age and sex")
    CITIZENSHIP = "CITIZENSHIP", _("Victims rescued, by citizenship")
    FORMS = "FORMS", _("Victims rescued, by form of exploitation")


class Standing(TextChoices):
    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Waits for the state's second person")
    QUERIED = "QUERIED", _("Queried")
    APPROVED = "APPROVED", _("Approved by the state")
    ACCEPTED = "ACCEPTED", _("Accepted by the Nodal Cell")
    LOCKED = "LOCKED", _("Locked")
    AMENDED = "AMENDED", _("Replaced by an amendment")


class Event(TextChoices):
    SUBMIT = "SUBMIT", _("Submit")
    QUERY = "QUERY", _("Send back with a question")
    APPROVE = "APPROVE", _("Approve")
    ACCEPT = "ACCEPT", _("Accept")
    LOCK = "LOCK", _("Lock")
    REPLACE = "REPLACE", _("Replace by its amendment")


class Role(TextChoices):
    """What a district is in the ways people are taken; missing children stand beside, by where they were reported."""

    SOURCE = "SOURCE", _("Source")
    TRANSIT = "TRANSIT", _("Transit")
    DESTINATION = "DESTINATION", _("Destination")
    MISSING = "MISSING", _("Missing children")


class EditionKind(TextChoices):
    RETURN = "RETURN", _("Return of a state")
    PUBLISHED = "PUBLISHED", _("Published by NCRB")


class Doubt(TextChoices):
    """What is wrong with a published figure as it was printed."""

    SUM = "SUM", _("its parts do not add up to it")
    NATION = "NATION", _("the States do not add up to the nation")
    PART = "PART", _("more than what it is a part of")


class Tier(TextChoices):
    """The three tiers of units (shared domain.md 2)."""

    STATE = "STATE", _("State Anti Human Trafficking Bureau")
    DISTRICT = "DISTRICT", _("Unit of a district")
    DESK = "DESK", _("Women Help Desk of a police station")


class Stream(TextChoices):
    """The two funds that pay for units."""

    SCHEME = "SCHEME", _("Comprehensive scheme of the Ministry")
    NIRBHAYA = "NIRBHAYA", _("Nirbhaya Fund")


class UnitStanding(TextChoices):
    PLANNED = "PLANNED", _("Not notified yet")
    NOTIFIED = "NOTIFIED", _("Notified, not functional")
    FUNCTIONAL = "FUNCTIONAL", _("Functional")


class UseStanding(TextChoices):
    """Of a utilisation certificate."""

    ASKED = "ASKED", _("Asked for")
    SUBMITTED = "SUBMITTED", _("Submitted")
    RETURNED = "RETURNED", _("Returned with a reason")
    ACCEPTED = "ACCEPTED", _("Accepted")
    CORRECTED = "CORRECTED", _("Corrected by a later line")


class LineStanding(TextChoices):
    """Of a sanction or a release."""

    STANDS = "STANDS", _("Stands")
    PROPOSED = "PROPOSED", _("A correction that waits for a second person")
    REFUSED = "REFUSED", _("A correction that was refused")
    CORRECTED = "CORRECTED", _("Corrected by a later line")
