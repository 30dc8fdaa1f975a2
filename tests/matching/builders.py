"""People of the tests of matching. Every name is of a synthetic person."""

from datetime import date, timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.matching import actions
from aanchal.matching.actions import FoundDetails
from aanchal.people import actions as people
from aanchal.registers import actions as registers
from aanchal.registers.terms import Register
from tests.factories import DAY, NOON, member

MISSING_SINCE = DAY - timedelta(days=100)
TOLD = {"missing_circumstance": "UNKNOWN", "police_informed": "no", "missing_status": "REPORTED_VILLAGE", "photo_consent": "no"}


def report(
    place,
    name="অপর্ণা মাহাতো",
    *,
    guardian="রমেশ মাহাতো",
    years=15,
    sex="FEMALE",
    on: date = MISSING_SINCE,
    at=NOON,
    told_on: date = DAY,
    texts=None,
    submission=None,
    **more,
):
    """A line of the missing register."""
    with acting(SYSTEM):
        details = member(name, guardian=guardian, years=years, sex=sex, told_on=told_on)
        person = people.record_person(details=details, place=place, by=SYSTEM)
        return registers.record_entry(
            register=Register.MISSING, person=person, household=None, place=place, happened_on=on, details=TOLD | more,
            texts={"languages_spoken": "bn", "physical_marks": "mole on cheek"} | (texts or {}), at=at, by=SYSTEM, submission_id=submission,
        )  # fmt: skip


def found(place, name="Aparna Mahto", *, home=None, years=17, sex="FEMALE", kind="RESCUED", on: date = DAY, at=NOON, by=SYSTEM, **texts):
    told = {"name": name, "father": "Ramesh Mahato", "marks": "mole on the cheek"} | texts
    details = FoundDetails(kind=kind, found_on=on, sex=sex, years=years, home=home, languages=("bn",), texts=told)
    with acting(by):
        return actions.record_found(details=details, place=place, at=at, by=by)
