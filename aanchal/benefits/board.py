"""The fast-track board of a place: who waits longest, what is late, what was refused; as one reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.benefits import queries
from aanchal.benefits.models import Claim, Entitlement
from aanchal.benefits.rules import RENEWAL_DAYS, WAITING
from aanchal.benefits.terms import Cause, ClaimState, State
from aanchal.places.models import Place

LATE = "LATE"
WAITS = "WAITING"
RENEW = "RENEW"
"""What came and runs out soon, or ran out and was not applied for again."""


@dataclass(frozen=True)
class Filters:
    """What narrows the board; each is a part of its address."""

    show: str = WAITS
    code: str = ""


def readable(user, place: Place) -> QuerySet[Entitlement]:
    """No private scheme: the board is shown around."""
    return policy.visible(user, Permission.ENTITLEMENT_READ, queries.all_of(place)).filter(is_private=False)


def narrowed(found: QuerySet[Entitlement], filters: Filters, on: date) -> QuerySet[Entitlement]:
    """Late ones and those who wait: the longest waiting first. What is over: the newest first."""
    if filters.code:
        found = found.filter(code=filters.code)
    found = found.filter(_shown(on)[filters.show])
    if filters.show == RENEW:
        return found.order_by("holds_until", "pk")
    return found if filters.show in (LATE, WAITS) else found.order_by("-moved_on", "-pk")


def counted(found: QuerySet[Entitlement], on: date) -> Mapping[str, int]:
    return found.order_by().aggregate(**{name: Count("pk", filter=condition) for name, condition in _shown(on).items()})


def to_renew(user, place: Place, on: date) -> int:
    """What came to families of a place and runs out soon, or ran out."""
    return readable(user, place).filter(_shown(on)[RENEW]).order_by().count()


def by_scheme(found: QuerySet[Entitlement]) -> list[str]:
    return list(found.order_by("code").values_list("code", flat=True).distinct())


def running_out(on: date) -> Q:
    """What came and runs out within the days in which it is renewed, or ran out; not what was paid out at a death."""
    died = Claim.objects.filter(entitlement=OuterRef("pk"), entitlement__person__isnull=False, cause=Cause.DEATH, state=ClaimState.SETTLED)
    return Q(state=State.DELIVERED, holds_until__lte=on + timedelta(days=RENEWAL_DAYS)) & ~Exists(died)


def _shown(on: date) -> dict[str, Q]:
    waits = Q(state__in=WAITING)
    return {
        LATE: waits & Q(due_on__lt=on),
        WAITS: waits,
        RENEW: running_out(on),
        **{state: Q(state=state) for state in (State.REFUSED, State.APPEALED, State.SANCTIONED, State.DELIVERED)},
    }
