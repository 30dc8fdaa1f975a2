"""What awards and outside courses add to the world: a unit nominated, judged, honoured; one person enrolled."""

from datetime import timedelta

from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.activities import enrolling
from aanchal.activities.models import Course, Enrolment, Participant
from aanchal.awards import actions
from aanchal.awards.actions import Case, Plan
from aanchal.awards.models import Award, Nomination, Round
from aanchal.network import stakeholders
from aanchal.network.models import Stakeholder
from aanchal.network.stakeholders import Details
from aanchal.places.models import Place
from aanchal.places.terms import Level

DAY = timedelta(days=1)
KEY = "2001-ahtu"


def fill(world) -> None:
    """Of each world a round of its own year is decided; the first one of all is left before its panel."""
    now, district = timezone.now(), world.here.district
    nation = Place.objects.get(level=Level.NATION)
    cell, second, *jurors = (world.post("national_analyst", nation) for _ in range(4))
    nominator = world.post("nodal_officer", world.here.state)
    with acting(SYSTEM):
        unit = stakeholders.record(place=district, details=Details(kind="AHTU", name=f"A unit of {district.pk}"), at=now, by=SYSTEM)
    waiting, decided = _round(cell, "AHTU", 2001), _round(cell, "AHTU", 2001 + Round.objects.count())
    rows = [_nominated(nominator, one, unit) for one in (waiting, decided)]
    with acting(cell):
        for juror in jurors:
            actions.appoint(of=decided, user=juror, at=now, by=cell)
    for juror in jurors:
        with acting(juror):
            actions.declare(nomination=rows[1].pk, has_interest=False, words="", at=now, by=juror)
            actions.score(nomination=rows[1].pk, points=dict.fromkeys(decided.criteria.weights, 7), at=now, by=juror)
    with acting(cell):
        [award] = actions.decide(of=decided, chosen=[rows[1].pk], words="", at=now, by=cell)
        actions.cite(award=award, english="For its work.", hindi="काम के लिए।", by=cell)
    with acting(second):
        actions.publish(award=award, at=now, by=second)
    _enrol(world, now)


def _round(cell, category: str, year: int) -> Round:
    now, on = timezone.now(), day_in_india(timezone.now())
    with acting(cell):
        if one := Round.objects.filter(year=year, category=category).first():
            return one
        plan = Plan(year, category, on - 20 * DAY, on - 5 * DAY)
        return actions.announce(of=actions.draft(plan=plan, at=now - 30 * DAY, by=cell), at=now - 30 * DAY, by=cell)


def _nominated(by, one: Round, unit: Stakeholder) -> Nomination:
    with acting(by):
        return actions.nominate(of=one, nominee=unit.pk, case=Case("Its work", "A list"), at=timezone.now() - 10 * DAY, by=by)


def _enrol(world, now) -> None:
    by, on = world.post("programme_officer", world.here.state), day_in_india(now)
    told = {"provider": "A university", "code": "C", "title": "A course", "session": "One", "eligibility": "All", "seats": 9}
    with acting(by):
        course = enrolling.offer(place=world.here.state, told=told | {"starts_on": on, "ends_on": on + 90 * DAY}, at=now, by=by)
        person = Participant.objects.get(place=world.here.district, name="An officer")
        enrolling.enrol(course=course, participant=person, on=on, at=now, by=by)


def ids(world) -> dict[tuple[str, str], object]:
    """For the addresses of the URL matrix. Rounds are the nation's: the same for everyone."""
    district = {"place_no": world.here.district.place_no}
    waiting = Nomination.objects.get(round__year=2001, **district)
    return {
        ("awards/rounds/", "of"): KEY,
        ("awards/nominations/", "pk"): waiting.pk,
        ("awards/before-me/", "pk"): waiting.pk,
        ("awards/given/", "pk"): Award.objects.get(**district).pk,
        ("activities/courses/", "pk"): Course.objects.get(place=world.here.state).pk,
        ("activities/enrolments/", "pk"): Enrolment.objects.get(**district).pk,
    }
