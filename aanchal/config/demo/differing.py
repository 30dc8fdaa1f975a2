"""Two workers visit the same family without knowing of each other, and hear different answers: what the officer then decides."""

from collections.abc import Sequence
from datetime import datetime

from aanchal.access.acting import acting
from aanchal.access.policy import day_in_india
from aanchal.people import queries as people
from aanchal.people.changes import Seen, Source
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.risk import actions as risk
from aanchal.risk import queries

FACTS = ("food_short_months", "mgnregs_days", "threatened")
"""The last is told in private."""


def tell_differently(*, village: Place, workers: Sequence, at: datetime) -> None:
    """One question of each of three families that were visited once; the workers see the village."""
    with acting(workers[0]):
        families = list(Household.objects.filter(place=village, version=1).order_by("pk")[: len(FACTS)])
    for family, fact in zip(families, FACTS, strict=False):
        _visit(family, fact, workers, at)


def _visit(family: Household, fact: str, workers: Sequence, at: datetime) -> None:
    """Each of them from the first survey, as her phone held it."""
    with acting(workers[0]):
        stands = queries.newest_facts(family).get(fact)
    for worker, told in zip(workers, _answers(fact, stands), strict=True):
        with acting(worker):
            on = day_in_india(at)
            source = Source(worker, on, at, seen=lambda: Seen(base=1))
            said = {"household": people.locked(family.pk), "told": {fact: told}, "visited_on": on, "submission_id": None}
            risk.record_follow_up(**said, at=at, by=worker, source=source)


def _answers(fact: str, stands: int | bool | None) -> list[int | bool | None]:
    """Two answers that differ from what stands, and from each other."""
    if fact == "threatened":
        return [one for one in (True, False, None) if one != stands][:2]
    return [((stands or 0) + more) % 12 for more in (3, 5)]
