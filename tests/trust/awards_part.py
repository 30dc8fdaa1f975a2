"""What awards and outside courses add to the world: a unit nominated, judged, honoured; one person enrolled."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.activities import enrolling
from aanchal.activities.models import Course, Enrolment, Participant
from aanchal.awards import actions
from aanchal.awards.actions import Case, Plan
from aanchal.awards.models import Award, Nomination, Round
from aanchal.library import actions as library
from aanchal.library import files
from aanchal.network import stakeholders
from aanchal.network.stakeholders import Details
from aanchal.places.models import Place
from aanchal.places.terms import Level

DAY = timedelta(days=1)
CONTENT = b"Cases with their dates"


def fill(world) -> None:
    """Two rounds of its own: one before its panel with a unit of the other State, one decided with a unit of this State."""
    now, nation = timezone.now(), Place.objects.get(level=Level.NATION)
    cell, second, *jurors = (world.post("national_analyst", nation) for _ in range(4))
    director = world.staff["mission_director"] = world.post("mission_director", world.here.state)
    far = _nominated(world, world.far, _round(cell), with_document=True)
    _appoint(cell, far.round, director)
    with acting(director):
        actions.declare(nomination=far.pk, has_interest=False, words="", at=now, by=director)
    near = _nominated(world, world.here, _round(cell))
    _appoint(cell, near.round, *jurors)
    for juror in jurors:
        with acting(juror):
            actions.declare(nomination=near.pk, has_interest=False, words="", at=now, by=juror)
            actions.score(nomination=near.pk, points=dict.fromkeys(near.round.criteria.weights, 7), at=now, by=juror)
    with acting(cell):
        [award] = actions.decide(of=near.round, chosen=[near.pk], words="", at=now, by=cell)
        actions.cite(award=award, english="For its work.", hindi="काम के लिए।", by=cell)
    with acting(second):
        actions.publish(award=award, at=now, by=second)
    _enrol(world, now)


def _round(cell) -> Round:
    """Each of its own year: its nominations are closed by now."""
    now, on = timezone.now(), day_in_india(timezone.now())
    with acting(cell):
        plan = Plan(2001 + Round.objects.count(), "AHTU", on - 20 * DAY, on - 5 * DAY)
        return actions.announce(of=actions.draft(plan=plan, at=now - 30 * DAY, by=cell), at=now - 30 * DAY, by=cell)


def _nominated(world, where: Place, one: Round, *, with_document: bool = False) -> Nomination:
    """A unit of the district, by its State."""
    now, by = timezone.now(), world.post("nodal_officer", where.state)
    with acting(SYSTEM):
        unit = stakeholders.record(place=where.district, details=Details(kind="AHTU", name="A unit"), at=now, by=SYSTEM)
    with acting(by):
        paper = files.taken("cases.txt", len(CONTENT), BytesIO(CONTENT))
        details = library.Details(kind="REPORT", title="Cases of the unit", number=f"C/{one.year}")
        document = library.record(place=where.state, details=details, paper=paper, at=now, by=by) if with_document else None
        case = Case("Its work", "" if document else "A list", document)
        return actions.nominate(of=one, nominee=unit.pk, case=case, at=now - 10 * DAY, by=by)


def _appoint(cell, one: Round, *users) -> None:
    with acting(cell):
        for user in users:
            actions.appoint(of=one, user=user, at=timezone.now(), by=cell)


def _enrol(world, now) -> None:
    by, on = world.post("programme_officer", world.here.state), day_in_india(now)
    told = {"provider": "A university", "code": "C", "title": "A course", "session": "One", "eligibility": "All", "seats": 9}
    with acting(by):
        course = enrolling.offer(place=world.here.state, told=told | {"starts_on": on, "ends_on": on + 90 * DAY}, at=now, by=by)
        person = Participant.objects.filter(place=world.here.district, name="An officer").order_by("pk").first()
        enrolling.enrol(course=course, participant=person, on=on, at=now, by=by)


def ids(world) -> dict[tuple[str, str], object]:
    """For the addresses of the URL matrix. Rounds are the nation's: their addresses are the same for everyone."""
    district = {"place_no": world.here.district.place_no}
    return {
        ("awards/nominations/", "pk"): Nomination.objects.get(**district).pk,
        ("awards/before-me/", "pk"): Nomination.objects.get(place_no=world.far.district.place_no).pk,
        ("awards/given/", "pk"): Award.objects.get(**district).pk,
        ("activities/courses/", "pk"): Course.objects.get(place=world.here.state).pk,
        ("activities/enrolments/", "pk"): Enrolment.objects.get(**district).pk,
    }
