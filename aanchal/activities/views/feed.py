"""A calendar at its secret address."""

from datetime import datetime, timedelta

from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access.acting import acting
from aanchal.access.web import public
from aanchal.activities import ical as written
from aanchal.activities import queries
from aanchal.activities.terms import State

SHOWN_BACK = timedelta(days=90)


@require_safe
@public
def ical(request, token):
    """Meetings, trainings and days of decisions that the feed's user may see. An address that was ended is absent."""
    feed = queries.feed(token)
    if feed is None:
        raise Http404
    since = (timezone.now() - SHOWN_BACK).date()
    with acting(feed.user), translation.override(feed.user.language):
        text = written.calendar(_entries(feed.user, since), at=timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


def _entries(user, since) -> list[written.Entry]:
    meetings = queries.meetings(user).filter(on__gte=since).exclude(state=State.CANCELLED)
    trainings = queries.trainings(user).filter(ends_on__gte=since).exclude(state=State.CANCELLED)
    mine = queries.points(user).filter(owner=user)
    return [
        *(written.Entry(one.pk, one.title, datetime.combine(one.on, one.starts_at), None, one.venue) for one in meetings),
        *(written.Entry(one.pk, one.title, one.starts_on, one.ends_on, one.venue) for one in trainings),
        *(written.Entry(one.pk, _("Due: %(what)s") % {"what": one.decision}, one.due_on, one.due_on, "") for one in mine),
    ]
