"""Makers of register lines."""

from datetime import date
from itertools import count

from aanchal.access.acting import SYSTEM, acting
from aanchal.people.models import Membership
from aanchal.registers import actions
from aanchal.registers.terms import Register
from tests.factories import DAY, NOON, make_household, member

_nth = count(1)
DETAILS = {
    Register.MIGRATION: {
        "migration_type": "SEASONAL",
        "migration_reason": "DISTRESS_NO_WORK",
        "migration_mode": "UNKNOWN_AGENT",
        "employer_verified": "no",
        "check_in_interval_days": 7,
    },
    Register.MARRIAGE: {
        "groom_age_at_marriage": 24,
        "groom_address_verified": "no",
        "marriage_risk_flag": "BROKER_INVOLVED NO_GROOM_VISIT",
        "last_contact": "NEVER",
    },
    Register.MISSING: {
        "missing_circumstance": "UNKNOWN",
        "police_informed": "yes",
        "photo_consent": "no",
        "missing_status": "GD_ENTRY",
        "gd_on": "2026-03-30",
    },
    Register.LEFT: {"departure_kind": "WORK", "with_whom": "AGENT", "contact_known": "no", "last_contact": "OLDER"},
}
TEXTS = {
    Register.MIGRATION: {"agent_name": "Suraj of the bus stand", "destination_state": "far state", "phone_2": "9800000001"},
    Register.MARRIAGE: {"groom_name": "Mahesh", "broker_name": "Kalu"},
    Register.MISSING: {"physical_marks": "a mole on the left hand", "informant_phone": "9800000002"},
    Register.LEFT: {"destination": "a town by the sea"},
}


def someone(name="", **known):
    """A person like no other in the village."""
    return member(name=name or f"Asha {next(_nth)}", **{"years": 17, "guardian": f"Ramesh {next(_nth)}"} | known)


def make_family(village, *members):
    """A household and its first member."""
    household = make_household(village, *members)
    with acting(SYSTEM):
        return household, Membership.objects.filter(household=household).order_by("pk").select_related("person").first().person


def make_entry(
    village, register=Register.MIGRATION, *, on: date = DAY, who=None, household=None, person=None, details=None, texts=None, by=SYSTEM
):
    if person is None:
        household, person = make_family(village, who or someone())
    with acting(SYSTEM):
        return actions.record_entry(
            register=register,
            person=person,
            household=household,
            place=village,
            happened_on=on,
            details=DETAILS[register] if details is None else details,
            texts=TEXTS[register] if texts is None else texts,
            at=NOON,
            by=by,
        )
