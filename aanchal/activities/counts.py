"""What was done in a place, in numbers: no names, no ids."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from aanchal.activities.models import ActionPoint, Attendee, CampaignEvent, Meeting, Participant, TaskForce, TrainedVillage
from aanchal.activities.terms import GROUPS, OFFICERS, PointState
from aanchal.core.tallies import Tally, of_people
from aanchal.places.models import Place
from aanchal.places.queries import within
from aanchal.places.terms import Level

MODULES_OF_CBOS = ("basics", "registers")
"""What a Village Organisation learns before it keeps map and registers: the modules of the Framework (modules.yaml)."""
NEW = reduce(add, (F(group) - F(f"again_{group}") for group in GROUPS))
"""People of an event whom none reached before."""
PERSON = Coalesce("participant__same_as", "participant")
"""Of someone on a list: the record she is counted by."""


def outcomes(place: Place, first: date, last: date) -> dict[str, int]:
    """Meetings held, people trained (each once), people reached by the campaign (each when first reached), between two days."""
    held = Meeting.objects.filter(within(place), state="HELD", on__gte=first, on__lte=last)
    trained = Attendee.objects.filter(within(place), training__state="HELD", days_present__gt=0)
    trained = trained.filter(training__ends_on__gte=first, training__ends_on__lte=last)
    reached = CampaignEvent.objects.filter(within(place), on__gte=first, on__lte=last).aggregate(n=Sum(NEW))["n"]
    return {
        "workshops": held.filter(kind="WORKSHOP").count(),
        "meetings": held.exclude(kind="WORKSHOP").count(),
        "trained": trained.values(person=PERSON).distinct().count(),
        "reached": int(reached or 0),
    }


def each_once(people: QuerySet[Participant]) -> QuerySet[Participant]:
    """Of those who are one person, the record she is counted by where it is among them, otherwise one of the others."""
    among = people.order_by().values("pk")
    before = Participant.objects.filter(pk__in=among, same_as=OuterRef("same_as"), pk__lt=OuterRef("pk"))
    return people.filter(Q(same_as=None) | ~Q(same_as__in=among) & ~Exists(before))


def forces(on: date, *, met_since: date | None = None) -> QuerySet[TaskForce]:
    """Task forces constituted by a day; of them those that met since another."""
    found = TaskForce.objects.filter(constituted_on__lte=on)
    met = Meeting.objects.filter(task_force=OuterRef("pk"), state="HELD", on__gte=met_since, on__lte=on) if met_since else None
    return found.filter(Exists(met)) if met is not None else found


def reached(first: date, last: date) -> Iterator[Tally]:
    """People whom the campaign reached, by sex and age as they were counted."""
    groups = (("women", "FEMALE", False), ("girls", "FEMALE", True), ("men", "MALE", False), ("boys", "MALE", True))
    events = CampaignEvent.objects.filter(on__gte=first, on__lte=last).order_by().values("place_no")
    for row in events.annotate(**{f"n_{name}": Sum(name) for name, _, _ in groups}):
        yield from of_people((row["place_no"], sex, is_child, row[f"n_{name}"]) for name, sex, is_child in groups if row[f"n_{name}"])


def events(first: date, last: date) -> QuerySet[CampaignEvent]:
    """Events of the campaign; `came` are the people of each."""
    came = F("women") + F("girls") + F("men") + F("boys")
    return CampaignEvent.objects.filter(on__gte=first, on__lte=last).annotate(people=came)


def trained(first: date, last: date) -> QuerySet[Attendee]:
    """People who came to a training that ended between two days, once a training."""
    return Attendee.objects.filter(training__state="HELD", days_present__gt=0, training__ends_on__gte=first, training__ends_on__lte=last)


def officers_trained(until: date) -> QuerySet[Participant]:
    """Police, prosecutors and officers who ever came to a training that had ended by a day, each once."""
    came = Attendee.objects.filter(participant=OuterRef("pk"), training__state="HELD", days_present__gt=0, training__ends_on__lte=until)
    return each_once(Participant.objects.filter(Exists(came), audience__in=OFFICERS))


def villages_trained(until: date) -> QuerySet[Place]:
    """Villages whose Village Organisation had been in a held training of every module of MODULES_OF_CBOS by a day."""
    held = TrainedVillage.objects.filter(training__state="HELD", training__audience="CBO", training__ends_on__lte=until)
    found = Place.objects.filter(level=Level.VILLAGE)
    for key in MODULES_OF_CBOS:
        found = found.filter(pk__in=held.filter(training__module__key=key).values("place"))
    return found


def points_due(first: date, last: date, *, closed: bool = False) -> QuerySet[ActionPoint]:
    """Decisions of meetings that fell due between two days; of them those done by their day."""
    due = ActionPoint.objects.filter(~Q(state=PointState.DROPPED), due_on__gte=first, due_on__lte=last)
    return due.filter(state=PointState.DONE, closed_on__lte=F("due_on")) if closed else due


@dataclass(frozen=True)
class Trained:
    """Officers of a State who hold a certificate, each once. A row without audience says only that the State held a training."""

    state: int
    audience: str
    rank: str
    sex: str
    is_trainer: bool
    n: int


def officers_certified() -> list[Trained]:
    """Police, prosecutors and judges of the States whose returns the reader reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, audience, rank, sex, is_trainer, n FROM activities_trained_officers()")
        return [Trained(*row) for row in cursor.fetchall()]


def officer_targets() -> dict[int, int]:
    """State -> how many officers it means to train, by its targets that still run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, people FROM activities_officer_targets()")
        return {state: int(people) for state, people in cursor.fetchall()}
