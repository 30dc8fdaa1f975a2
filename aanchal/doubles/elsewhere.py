"""Those whom the missing registers look for, among those whom other registers tell of since: by the engine, as of someone found."""

from datetime import datetime

from aanchal.access.acting import SYSTEM
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.doubles import homecoming
from aanchal.matching import queries as matching
from aanchal.matching import searching
from aanchal.matching.engine.few import Someone
from aanchal.people.queries import Names, names_of
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register

LEAST = 0.5  # of probability: a visit is asked for, so it has to be likelier than not


def search(*, since: datetime, at: datetime) -> int:
    """Lines written since, of other villages; each is asked once, by the system. Returns how many may have come back."""
    written = Entry.objects.filter(recorded_at__gt=since, stands=True).exclude(register=Register.MISSING)
    lines = list(written.select_related("person", "place__state", "place__district", "place__block"))
    if not lines:
        return 0
    held = searching.engine(by=SYSTEM)
    names = names_of(line.person_id for line in lines)
    _note_reading(read=len(names), by=SYSTEM)
    return sum(_ask(held, line, names[line.person_id], at) for line in lines if line.person_id in names)


def _ask(held: searching.Engine, line: Entry, names: Names, at: datetime) -> int:
    best = held.best(_someone(line, names), is_found=True)
    likely = {fit.id for fit in best if fit.probability >= LEAST}
    reports = matching.open_reports().filter(person__in=likely, happened_on__lte=line.happened_on).exclude(place=line.place_id)
    return sum(
        homecoming.note_elsewhere(entry=line, line=report, at=at, by=SYSTEM)
        for report in reports
        if report.person_id not in line.person.records
    )


def _someone(line: Entry, names: Names) -> Someone:
    place = line.place
    return Someone(
        id=line.person_id, name=names.name, father=names.guardian_name, sex=searching.SEXES.get(line.person.sex, 2),
        age=line.person.age.on(line.happened_on), day=line.happened_on, at_state=place.state_id or 0, at_district=place.district_id or 0,
    )  # fmt: skip


@action
def _note_reading(*, read: int, by) -> None:
    trail.write("doubles.registers.searched", about=Place.objects.get(level=Level.NATION), read=read)
