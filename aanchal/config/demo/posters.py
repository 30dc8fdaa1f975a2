"""Two synthetic children who lost their way, reported with an FIR: of one everyone can read a notice, of the other one may be asked for."""

from datetime import datetime, timedelta
from uuid import UUID

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.people import actions as people
from aanchal.people.actions import PersonDetails
from aanchal.people.rules import Age
from aanchal.places.models import Place
from aanchal.posters import actions
from aanchal.posters.actions import Agreed, Told
from aanchal.posters.terms import Check
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register

LOST = (  # name, guardian, sex, years, days ago
    (UUID("0193a000-0000-7000-8000-000000000061"), "कल्पना नमूना", "नमूना पिता", "FEMALE", 13, 12),
    (UUID("0193a000-0000-7000-8000-000000000062"), "दीपक नमूना", "नमूना माता", "MALE", 9, 8),
)
SEEN = "A girl in a blue dress asked for the way at the bus stand on Sunday evening. She was alone."


def load(*, village: Place, users: dict[str, User], at: datetime) -> None:
    """The officer of the unit asks for it, the district manager releases it, and someone of the public has seen her."""
    officer, manager = users["ahtu_officer"], users["district_manager"]
    entry, _other = (_report(village, *one, by=users["block_officer"], at=at) for one in LOST)
    told = Told(True, ("hi",), "FROM_140", "SLIM", ("MOLE_FACE",), "blue dress, sandals")
    agreed = Agreed("PARENT", "नमूना पिता", "THUMB_PRINT", "hi", day_in_india(at) - timedelta(days=2))
    with acting(officer):
        poster = actions.propose(entry=entry, told=told, agreed=agreed, checks=dict.fromkeys(Check.values, "NO"), at=at, by=officer)
    with acting(manager):
        actions.release(poster=poster, at=at, by=manager)
    actions.tell_seen(number=poster.number, words=SEEN, phone="", at=at)


def _report(village: Place, pk: UUID, name: str, guardian: str, sex: str, years: int, days: int, *, by: User, at: datetime) -> Entry:
    on = day_in_india(at) - timedelta(days=days)
    age = Age(basis="STATED", years=years, told_on=on)
    details = {
        "missing_circumstance": "LOST", "police_informed": "yes", "fir_on": f"{on}", "missing_status": "FIR_REGISTERED",
        "photo_consent": "no", "informant_relation": "PARENT",
    }  # fmt: skip
    with acting(by):
        told = PersonDetails(id=pk, name=name, sex=sex, age=age, guardian_name=guardian, relation="DAUGHTER" if sex == "FEMALE" else "SON")
        person = people.record_person(details=told, place=village, by=by)
        return registers.record_entry(
            register=Register.MISSING, person=person, household=None, place=village, happened_on=on, details=details,
            texts={"fir_number": "DEMO 1/2026", "clothes": "blue dress"}, at=at, by=by,
        )  # fmt: skip
