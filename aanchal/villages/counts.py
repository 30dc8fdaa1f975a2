"""What may be counted of the villages: no names, no ids."""

from dataclasses import dataclass
from datetime import date
from functools import reduce

from django.db.models import Count, F, Q, QuerySet

from aanchal.places.models import Place
from aanchal.places.queries import villages_in, within
from aanchal.places.terms import Level
from aanchal.villages.models import PlanDemand, Roadmap, RoadmapAction, SafetyPoint, Situation
from aanchal.villages.terms import ActionState, PointKind


@dataclass(frozen=True)
class Counts:
    """Of all villages of a place, how many told their situation and adopted a roadmap; what stands on the maps; what is done."""

    villages: int
    with_situation: int
    with_roadmap: int
    help: int
    danger: int
    calamity: int
    planned: int
    overdue: int
    done: int
    dropped: int


def of(place: Place, *, on: date) -> Counts:
    here = within(place)
    points = SafetyPoint.objects.filter(here, withdrawn_at=None).aggregate(
        **{kind.lower(): Count("pk", filter=Q(kind=kind)) for kind in PointKind}
    )
    actions = RoadmapAction.objects.filter(here).aggregate(
        overdue=Count("pk", filter=RoadmapAction.overdue(on)),
        **{state.lower(): Count("pk", filter=Q(state=state)) for state in ActionState},
    )
    return Counts(
        villages=villages_in(place).count(),
        with_situation=Situation.objects.filter(here).aggregate(n=Count("place_no", distinct=True))["n"],
        with_roadmap=Roadmap.objects.filter(here).count(),
        **points,
        **actions,
    )


def villages() -> QuerySet[Place]:
    return Place.objects.filter(level=Level.VILLAGE)


def situations(since: date, until: date) -> QuerySet[Place]:
    """Villages that told their situation between two days."""
    return villages().filter(pk__in=Situation.objects.filter(told_on__gte=since, told_on__lte=until).values("place"))


def maps(until: date) -> QuerySet[Place]:
    """Villages whose map shows a place of danger and a place of help."""
    shown = SafetyPoint.objects.filter(withdrawn_at=None, told_on__lte=until)
    wanted = (shown.filter(kind=kind).values("place") for kind in (PointKind.HELP, PointKind.DANGER))
    return reduce(lambda found, where: found.filter(pk__in=where), wanted, villages())


def actions_due(first: date, last: date, *, done: bool = False) -> QuerySet[RoadmapAction]:
    """Actions of roadmaps that fell due between two days; of them those done by their day."""
    due = RoadmapAction.objects.filter(due_on__gte=first, due_on__lte=last).exclude(state=ActionState.DROPPED)
    return due.filter(state=ActionState.DONE, done_on__lte=F("due_on")) if done else due


def demands(since: date, until: date, *, taken: bool = False) -> QuerySet[PlanDemand]:
    """What was asked of the plans between two days; of it what a panchayat took."""
    found = PlanDemand.objects.filter(given_on__gt=since, given_on__lte=until)
    return found.filter(taken__gt=0) if taken else found
