"""Families recorded twice. Every name is of a synthetic person."""

from datetime import timedelta
from uuid import uuid4

from aanchal.access.acting import SYSTEM, acting
from aanchal.doubles import actions
from aanchal.doubles.models import Double
from aanchal.people.actions import HouseholdDetails
from aanchal.people.models import Household, Person
from aanchal.registers import actions as registers
from aanchal.registers.terms import Register
from aanchal.risk import actions as risk
from tests.factories import DAY, NOON, member
from tests.portal.builders import CALM

LATER = NOON + timedelta(hours=1)
WENT = DAY - timedelta(days=60)
MIGRATION = {
    "migration_type": "SEASONAL", "migration_reason": "BETTER_WAGE", "migration_mode": "UNKNOWN_AGENT", "employer_verified": "no",
    "check_in_interval_days": 7,
}  # fmt: skip
MISSING = {"missing_circumstance": "UNKNOWN", "police_informed": "no", "missing_status": "REPORTED_VILLAGE", "photo_consent": "no"}
LEFT = {"departure_kind": "UNKNOWN", "with_whom": "UNKNOWN", "contact_known": "no", "last_contact": "NEVER"}

FIRST = (
    ("Phulmati Oraon", "FEMALE", 41, "SELF", "Budhram Oraon"),
    ("Salomi Oraon", "FEMALE", 15, "DAUGHTER", ""),
    ("Mangra Oraon", "MALE", 11, "SON", ""),
)
AGAIN = (
    ("फूलमती उराँव", "FEMALE", 42, "SELF", "बुधराम उराँव"),
    ("सलोमी उराँव", "FEMALE", 14, "DAUGHTER", ""),
    ("Birsa Oraon", "MALE", 6, "SON", ""),
)
OTHERS = (
    ("Kamla Devi", "Raghunath"), ("Sunita Kumari", "Bhola"), ("Geeta Mahto", "Jagdish"), ("Champa Munda", "Soma"), ("Rukmini", "Hari"),
    ("Basanti Lohra", "Etwa"), ("Dulari", "Gopal"), ("Jhano Kujur", "Albert"), ("Lalita", "Mohan"), ("Parvati Sahu", "Dinesh"),
)  # fmt: skip


def family(village, people=FIRST, *, told=None, on=DAY, **details) -> Household:
    """A family as a survey tells it, with its assessment."""
    members = [member(name, sex=sex, years=years, relation=relation, guardian=guardian) for name, sex, years, relation, guardian in people]
    with acting(SYSTEM):
        survey = risk.record_survey(
            details=HouseholdDetails(id=uuid4(), members=tuple(members), distinct=True, **details), told=CALM | (told or {}), place=village,
            visited_on=on, at=NOON, by=SYSTEM,
        )  # fmt: skip
        return Household.every.get(pk=survey.household_id)


def crowd(village) -> None:
    """Neighbours who are nobody's double."""
    for nth, (name, guardian) in enumerate(OTHERS):
        family(village, ((name, "FEMALE", 25 + 4 * nth, "SELF", guardian),))


def person(household, nth: int) -> Person:
    with acting(SYSTEM):
        return household.memberships.select_related("person").order_by("pk")[nth].person


def line(one: Person, register=Register.MIGRATION, *, household=None, on=WENT, **details):
    told = {Register.MIGRATION: MIGRATION, Register.MISSING: MISSING, Register.LEFT: LEFT}[register]
    with acting(SYSTEM):
        return registers.record_entry(
            register=register, person=one, household=household, place=one.place, happened_on=on, details=told | details, texts={}, at=NOON,
            by=SYSTEM,
        )  # fmt: skip


def searched(block) -> list[Double]:
    with acting(SYSTEM):
        actions.look(block=block, at=LATER, by=SYSTEM)
        return list(Double.objects.order_by("kind", "-probability"))
