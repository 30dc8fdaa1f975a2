"""What the States returned, summed by head: accepted returns only, each figure with its edition. No names; seen by who sees the returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from aanchal.nodal import rules
from aanchal.nodal.models import Figure
from aanchal.places.models import Place
from aanchal.places.queries import within


@dataclass(frozen=True)
class Told:
    """The sum of a head, told by so many returns."""

    n: int
    returns: int


def figures(place: Place, period: str, first: date, last: date) -> Mapping[tuple[str, str], Told]:
    """(key of the edition, key of the head) -> sum over the States of a place, of returns of one kind of period within two days."""
    rows = Figure.objects.filter(
        within(place), district=None, of__standing__in=rules.COUNTED, of__call__period=period, of__call__starts_on__gte=first,
        of__call__ends_on__lte=last,
    ).values_list("head__edition__key", "head__key").annotate(total=Sum("value"), told=Count("of", distinct=True))  # fmt: skip
    return {(edition, head): Told(int(total), told) for edition, head, total, told in rows.order_by()}
