"""A line of a register was entered by mistake: what was followed because of it ends; where the line stands again, it goes on."""

from datetime import datetime

from aanchal.access.acting import SYSTEM
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.people.queries import household_of
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from aanchal.tracking import actions, alerting, far, queries, rules, searches
from aanchal.tracking.models import Deadline, Journey, Search
from aanchal.tracking.rules import JourneyEvent
from aanchal.tracking.terms import AlertKind, Outcome, SearchOutcome, SearchState


@action
def end_what_followed(*, entry: Entry, at: datetime, by) -> None:
    """The journey, the search with its clocks, and every alert of them."""
    if (journey := queries.journey_of(entry.pk)) and JourneyEvent.STRUCK in rules.JOURNEY[journey.state]:
        _move(journey, JourneyEvent.STRUCK, at=at)
        alerting.close_all(subject=journey.pk, outcome=Outcome.MISTAKE, at=at, by=by)
    if search := queries.search_of(entry.pk):
        _end(search, at=at, by=by)
    if entry.register == Register.MARRIAGE:
        alerting.close_all(subject=entry.person_id, kind=AlertKind.MARRIAGE, outcome=Outcome.MISTAKE, at=at, by=by)
    if entry.register == Register.LEFT and household_of(entry.person):
        alerting.close_all(subject=entry.person_id, kind=AlertKind.NO_TRACE, outcome=Outcome.MISTAKE, at=at, by=by)


@action
def follow_again(*, entry: Entry, at: datetime, by) -> None:
    """As the line says it now; a call that fell due meanwhile is due."""
    if (search := queries.search_of(entry.pk)) and search.outcome == SearchOutcome.MISTAKE:
        _go_on(search, entry, at=at, by=by)
    journey = queries.journey_of(entry.pk)
    if journey and journey.state == "STRUCK":
        _move(journey, _event(entry, journey), at=at)
    if entry.register == Register.MARRIAGE:
        actions.look_into(entry, journey, at=at, by=by)


def _end(search: Search, *, at: datetime, by) -> None:
    """A clock that runs stops now; its alert ends with it."""
    searches.set_state(search, SearchState.CLOSED, SearchOutcome.MISTAKE, at=at, by=by)
    for deadline in search.deadlines.filter(stopped_at=None):
        Deadline.objects.filter(pk=deadline.pk).update(stopped_at=at)
        alerting.close_all(subject=deadline.pk, outcome=Outcome.MISTAKE, at=at, by=SYSTEM)


def _go_on(search: Search, entry: Entry, *, at: datetime, by) -> None:
    """Clocks that stopped with the stroke run from when they began; of one that passed meanwhile the clock raises its alert."""
    search.deadlines.filter(stopped_at=search.closed_at).update(stopped_at=None)
    searches.set_state(search, *searches.said_of(entry), at=at, by=by)
    searches.run_clocks(search, entry, at=at)


def _event(entry: Entry, journey: Journey) -> JourneyEvent:
    away = entry.is_open if entry.register == Register.MIGRATION else far.is_far(entry)
    if away and not queries.open_journey(journey.person_id, journey.kind):
        return JourneyEvent.REOPENED
    return JourneyEvent.CAME_HOME if "returned_on" in entry.details else JourneyEvent.SETTLED


def _move(journey: Journey, event: str, *, at: datetime) -> None:
    journey.state = rules.journey_after(journey.state, event)
    journey.closed_at = None if journey.is_open else at
    journey.save(update_fields=["state", "closed_at"])
    trail.write("tracking.journey.followed", about=journey, state=journey.state)
