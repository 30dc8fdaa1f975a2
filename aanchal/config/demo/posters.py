"""One synthetic missing-person notice that everyone can read, of a report of the pilot that allows one; a second report has its FIR."""

from datetime import datetime, timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.matching import queries as finding
from aanchal.places.models import Place
from aanchal.places.queries import within
from aanchal.posters import actions
from aanchal.posters.actions import Agreed, Told
from aanchal.posters.terms import Check
from aanchal.registers.models import Entry
from aanchal.tracking import searches
from aanchal.tracking.models import Search

FIRS = 2
SEEN = "A girl in a blue dress asked for the way at the bus stand on Sunday evening. She was alone."


def load(*, district: Place, users: dict[str, User], at: datetime) -> None:
    """The officer of the unit asks for it, the district manager releases it, and someone of the public has seen her."""
    officer, manager = users["ahtu_officer"], users["district_manager"]
    lines = allowed(district, day_in_india(at))[:FIRS]
    for line in lines:
        _note_fir(line, officer, at)
    for line in lines[:1]:
        told = Told(True, ("hi",), "FROM_140", "SLIM", ("MOLE_FACE",), "blue dress, sandals")
        agreed = Agreed("PARENT", "Demo Parent", "THUMB_PRINT", "hi", max(line.happened_on, day_in_india(at) - timedelta(days=2)))
        with acting(officer):
            line = finding.standing_report(line.person_id)
            poster = actions.propose(entry=line, told=told, agreed=agreed, checks=dict.fromkeys(Check.values, "NO"), at=at, by=officer)
        with acting(manager):
            actions.release(poster=poster, at=at, by=manager)
        actions.tell_seen(number=poster.number, words=SEEN, phone="", at=at)


def allowed(district: Place, on) -> list[Entry]:
    """Open reports of children of whom a notice may be asked once there is an FIR, the last reported first."""
    with acting(SYSTEM):
        lines = list(finding.open_reports().filter(within(district)).order_by("-recorded_at", "-pk"))
        return [line for line in lines if {rule.key for rule in actions.forbidden(entry=line, on=on)} <= {"fir"} and _is_child(line, on)]


def _is_child(line: Entry, on) -> bool:
    age = line.person.age.on(on)
    return age is not None and age < 18


def _note_fir(line: Entry, officer: User, at: datetime) -> None:
    with acting(officer):
        search = Search.objects.get(entry_id=line.pk)
        if "fir_on" not in line.details:
            searches.move(search=search, state="FIR", on=day_in_india(at), number="DEMO 1/2026", at=at, by=officer)
