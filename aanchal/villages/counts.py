"""What may be counted of the villages: no names, no ids."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from aanchal.places.models import Place
from aanchal.places.queries import villages_in, within
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
