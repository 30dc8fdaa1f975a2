"""That what a family receives runs out soon is told to who can renew it: once for each end, however often the clock starts this."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from aanchal.access import queries as access
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.benefits.board import running_out
from aanchal.benefits.models import Entitlement
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.places.models import Place

A_BATCH = 500


@action
def remind_of_renewals(*, at: datetime, by, after: int = -1) -> int | None:
    """Village by village. The number of the last of a full batch, from which to go on; None at the end.

    The notice says neither which nor whose: the board does. Where nobody is posted it waits for who will be.
    """
    on = day_in_india(at)
    found = _untold(on).filter(place_no__gt=after).order_by("place_no").values_list("place_no", flat=True).distinct()
    numbers = list(found[:A_BATCH])
    for place in Place.objects.filter(place_no__in=numbers).order_by("place_no"):
        users = access.nearest_holding(Permission.ENTITLEMENT_RECORD, place.place_no, on=on)
        if users:
            due = _untold(on).filter(place_no=place.place_no).update(told_until=F("holds_until"))
            notices.tell(users=users, topic=Topic.RENEW, at=at, by=by)
            trail.write("benefits.renewals.told", about=place, due=due, told=len(users))
    return numbers[-1] if len(numbers) == A_BATCH else None


def _untold(on: date) -> QuerySet[Entitlement]:
    """Each end of it once; a private scheme is on no board."""
    not_told = Q(told_until=None) | Q(told_until__lt=F("holds_until"))
    return Entitlement.objects.filter(running_out(on), not_told, is_private=False)
