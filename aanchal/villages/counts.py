"""What may be counted of the villages: no names, no ids."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from aanchal.core.tallies import Tally, of_things
from aanchal.places.models import Place
from aanchal.places.queries import villages_in, within
from aanchal.places.terms import Level
from aanchal.villages.models import Roadmap, RoadmapAction, SafetyPoint, Situation
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


def villages() -> Iterator[Tally]:
    """Each village once."""
    return of_things(Place.objects.filter(level=Level.VILLAGE).values_list("place_no").annotate(n=Count("pk")))


def situations(since: date, until: date) -> Iterator[Tally]:
    """Each village once that told its situation between two days."""
    told = Situation.objects.filter(told_on__gte=since, told_on__lte=until).order_by().values_list("place_no")
    return of_things(told.annotate(n=Count("place_no", distinct=True)))


def maps(until: date) -> Iterator[Tally]:
    """Each village once whose map shows a place of danger and a place of help."""
    shown = SafetyPoint.objects.filter(withdrawn_at=None, told_on__lte=until).order_by().values("place_no")
    counted = shown.annotate(help=Count("pk", filter=Q(kind=PointKind.HELP)), danger=Count("pk", filter=Q(kind=PointKind.DANGER)))
    return of_things((row["place_no"], 1) for row in counted if row["help"] and row["danger"])


def actions_due(first: date, last: date, *, done: bool = False) -> Iterator[Tally]:
    """Actions of roadmaps that fell due between two days; of them those done by their day."""
    due = RoadmapAction.objects.filter(due_on__gte=first, due_on__lte=last).exclude(state=ActionState.DROPPED)
    due = due.filter(state=ActionState.DONE, done_on__lte=F("due_on")) if done else due
    return of_things(due.order_by().values_list("place_no").annotate(n=Count("pk")))
