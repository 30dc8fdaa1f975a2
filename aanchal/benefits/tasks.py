"""In the background: what families lack is found again, and who can renew what runs out is told."""

from uuid import UUID

from django.db.models import F
from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job, regularly
from aanchal.access.policy import day_in_india
from aanchal.benefits import actions, queries, reminding
from aanchal.places.models import Place
from aanchal.risk.families import AT_RISK
from aanchal.risk.models import Assessment
from aanchal.risk.queries import households_after

A_BATCH = 500


@job
def look_again(place: int, after: str | None = None) -> None:
    """Every family of a place, batch after batch, by what is in force now."""
    queries.forget()
    households = list(households_after(Place.objects.get(pk=place), UUID(after) if after else None)[:A_BATCH])
    if households:
        actions.propose(households=households, at=timezone.now())
        look_again.defer(place=place, after=str(households[-1].pk))


@job
def look_at_new() -> None:
    """Families at risk by an assessment that was not looked at yet, and those of the SHG database."""
    found = Assessment.objects.filter(is_current=True).select_related("household")
    found = found.filter(AT_RISK) | found.filter(household__group_members__left_on=None, household__group_members__isnull=False)
    waiting = found.exclude(household__proposed__assessment_id=F("pk")).distinct().order_by("pk")[:A_BATCH]
    households = [one.household for one in waiting]
    if households:
        actions.propose(households=households, at=timezone.now())
    if len(households) == A_BATCH:
        look_at_new.defer()


@job
def remind_of_renewals(after: int = -1) -> None:
    if (last := reminding.remind_of_renewals(at=timezone.now(), by=SYSTEM, after=after)) is not None:
        remind_of_renewals.defer(after=last)


@regularly("50 2 * * *")
def begin_to_remind_of_renewals() -> None:
    """Once a day, in the Indian morning."""
    remind_of_renewals.defer()


@regularly("40 18 * * *")
def begin_what_holds_from_today() -> None:
    """Ten minutes into the Indian day: a state's version that was written for today, or missed yesterday, is read into every family."""
    for place in queries.places_with_something_new(day_in_india(timezone.now())):
        look_again.defer(place=place)


@regularly("*/20 * * * *")
def begin_to_look_at_new() -> None:
    """A survey is not kept waiting for this."""
    look_at_new.defer()
