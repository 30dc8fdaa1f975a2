"""What families at risk ask of the village's plan, what the panchayat took into its own, what came. Numbers only, no family."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.villages import rules
from aanchal.villages.models import PlanDemand
from aanchal.villages.rules import NotPossible, Refused
from aanchal.villages.terms import Demand

MOST = 20_000


@action
def record(*, place: Place, year: int, kind: Demand, families: int, given_on: date, at: datetime, by) -> PlanDemand:
    """Written down once; written again before the panchayat answered, the number is corrected. Raises Refused, NotPossible."""
    _refuse(
        ("kind", "not_a_village", place.level != Level.VILLAGE),
        ("given_on", "in_the_future", given_on > day_in_india(at)),
        ("year", "not_of_this_plan", year not in rules.plan_years(given_on)),
        ("families", "out_of_numbers", not 0 < families <= MOST),
    )
    told = {"families": families, "given_on": given_on, "recorded_at": at, "recorded_by": by if by.pk else None}
    found = PlanDemand.objects.select_for_update().filter(place=place, year=year, kind=kind).first()
    if found is None:
        row = PlanDemand(place=place, place_no=place.place_no, year=year, kind=Demand(kind), **told)
        try:
            with transaction.atomic():
                insert(row)
        except IntegrityError as twice:
            raise NotPossible("another was first") from twice
        trail.write("villages.demand.recorded", about=row, kind=row.kind, year=year, families=families)
        return row
    if found.taken is not None:
        raise Refused([("kind", "answered")])
    before = found.families
    _set(found, **told)
    trail.write("villages.demand.recorded", about=found, kind=found.kind, year=year, families=families, before=before)
    return found


@action
def answer(
    *, demand: PlanDemand, taken: int, taken_on: date, reached: int | None = None, reached_on: date | None = None, at: datetime, by
) -> PlanDemand:
    """How many the panchayat took into its plan, and to how many it came; told again, it is corrected. Raises Refused."""
    one = PlanDemand.objects.select_for_update().get(pk=demand.pk)
    today = day_in_india(at)
    _refuse(
        ("taken", "more_than_asked", not 0 <= taken <= one.families),
        ("taken_on", "before_it_was_given", taken_on < one.given_on),
        ("taken_on", "in_the_future", taken_on > today),
        ("reached_on", "day_is_missing", (reached is None) != (reached_on is None)),
        ("reached", "more_than_taken", reached is not None and not 0 <= reached <= taken),
        ("reached_on", "before_it_was_taken", reached_on is not None and reached_on < taken_on),
        ("reached_on", "in_the_future", reached_on is not None and reached_on > today),
    )
    _set(one, taken=taken, taken_on=taken_on, reached=reached, reached_on=reached_on)
    trail.write("villages.demand.answered", about=one, taken=taken, **({} if reached is None else {"reached": reached}))
    return one


def _refuse(*faults: tuple[str, str, bool]) -> None:
    if found := [(field, code) for field, code, is_wrong in faults if is_wrong]:
        raise Refused(found)


def _set(row: PlanDemand, **told) -> None:
    for name, value in told.items():
        setattr(row, name, value)
    row.save(update_fields=list(told))
