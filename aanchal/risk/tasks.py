"""What the index does in the background: counts the preview of a draft, assesses a place again. Each batch is a job of its own."""

from uuid import UUID

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job, regularly
from aanchal.access.policy import day_in_india
from aanchal.places.models import Place
from aanchal.risk import actions, drafting, queries, totals
from aanchal.risk.models import IndexDraft
from aanchal.risk.terms import Subject
from aanchal.villages.queries import latest_situations

A_BATCH = 1_000
A_FOLD = 20_000


@job
def preview(draft: str, revision: int, after: str | None = None) -> None:
    """A draft that was changed meanwhile has a newer job."""
    found = IndexDraft.objects.select_related("place").filter(pk=draft, revision=revision).first()
    if found is None:
        return
    queries.forget()
    last = drafting.count_movements(
        draft=found, after=UUID(after) if after else None, most=A_BATCH, on=day_in_india(timezone.now()), by=SYSTEM
    )
    if last:
        preview.defer(draft=draft, revision=revision, after=str(last))


@job
def rescore(place: int, after: str | None = None) -> None:
    """The families of a place by what is in force today; writes only what differs."""
    queries.forget()
    at = timezone.now()
    found = Place.objects.get(pk=place)
    done = actions.rescore_place(place=found, after=UUID(after) if after else None, most=A_BATCH, on=day_in_india(at), at=at, by=SYSTEM)
    if done.last:
        rescore.defer(place=place, after=str(done.last))


@job
def rescore_villages(place: int) -> None:
    """The villages of a place by the village index in force today."""
    queries.forget()
    for situation in latest_situations(Place.objects.get(pk=place)):
        actions.assess_village(situation=situation, at=timezone.now(), by=SYSTEM)


@regularly("35 18 * * *")
def begin_what_holds_from_today() -> None:
    """Five minutes into the Indian day: what was approved or signed for today, or missed yesterday, is read into every family."""
    for place, subject in queries.places_with_something_new(day_in_india(timezone.now())):
        (rescore if subject == Subject.HOUSEHOLD else rescore_villages).defer(place=place)


@job
def fold_totals() -> None:
    """Changes into the running totals, a batch in each transaction."""
    if totals.fold(A_FOLD) == A_FOLD:
        fold_totals.defer()


@regularly("*/5 * * * *")
def begin_to_fold_totals() -> None:
    """What waits is counted each time a figure is read: it should not become much."""
    fold_totals.defer()
