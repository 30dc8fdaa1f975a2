"""What the clock reminds the States of: returns, certificates, meetings, once at each step, however often it is started."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from aanchal.access.policy import day_in_india
from aanchal.activities import queries as meetings
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.nodal import actions, functioning, queries, standings
from aanchal.nodal.models import Call, Reminded
from aanchal.notices import actions as notices
from aanchal.notices import queries as of_notices
from aanchal.notices.terms import Topic


@action
def remind_of_returns(*, at: datetime, by) -> int:
    """The States that have not reported, of each call at its newest step. How many calls were reminded of."""

    def tell(call) -> None:
        actions.remind(call=call, late=queries.silent_states(call), at=at, by=by)

    called = [(call.pk, call.due_on, lambda call=call: tell(call)) for call in Call.objects.order_by("due_on", "pk")]
    return _at_their_step(called, standings.norms()["remind_returns"], at)


@action
def remind_of_certificates(*, at: datetime, by) -> int:
    """The States that owe a certificate which was asked for."""
    on = day_in_india(at)

    def tell(use) -> None:
        notices.tell(users=queries.makers([use.release.place], on), topic=Topic.UC, about=use.pk, at=at, by=by)
        trail.write("nodal.certificate.reminded", about=use)

    owed = [(use.pk, use.due_on, lambda use=use: tell(use)) for use in standings.asked()]
    return _at_their_step(owed, standings.norms()["remind_certificates"], at)


@action
def remind_of_meetings(*, at: datetime, by) -> int:
    """The nodal officers of the States that are called, until the day of the meeting: who was not told of it since the step came."""
    on, n = day_in_india(at), 0
    for meeting in meetings.coordination_to_come(on):
        step = functioning.due_step(meeting.on, on, standings.norms()["remind_meetings"])
        if step is None:
            continue
        told = of_notices.told(Topic.MEET, meeting.pk, since=meeting.on + timedelta(days=step))
        users = set(meetings.nodal_officers([one.of_state for one in meeting.invitations.all()], on)) - told
        if notices.tell(users=users, topic=Topic.MEET, about=meeting.pk, at=at, by=by):
            trail.write("nodal.meeting.reminded", about=meeting)
            n += 1
    return n


def _at_their_step(rows: Iterable[tuple[UUID, date, Callable[[], object]]], steps: list[int], at: datetime) -> int:
    """(id, day it is due, what reminds). A step that was missed is not made up for once a later one has come."""
    on, n = day_in_india(at), 0
    rows = list(rows)
    taken = set(Reminded.objects.filter(about__in=[pk for pk, _due, _act in rows]).values_list("about", "step"))
    for pk, due_on, act in rows:
        step = functioning.due_step(due_on, on, steps)
        if step is None or any(about == pk and done >= step for about, done in taken):
            continue
        Reminded.objects.create(about=pk, step=step, on=on)
        act()
        n += 1
    return n
