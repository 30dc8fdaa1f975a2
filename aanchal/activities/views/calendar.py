"""What is to come and what was, in one list; the secret calendar address."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import actions, calendar_paper, queries
from aanchal.activities.views.found import A_PAGE, crumbs, own_places, today
from aanchal.core import paper as core_paper
from aanchal.core.paper.answers import answer

SHOWN_BACK = timedelta(days=365)


@require_safe
@requires(Permission.ACTIVITY_READ)
def calendar(request):
    """The next day first; what was, behind it."""
    on = today()
    coming = request.GET.get("show") != "past"
    rows = sorted(_entries(request.user, on, coming), key=lambda row: row["on"], reverse=not coming)
    points = queries.points(request.user)
    context = {
        "heading": _("Meetings and trainings"), "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")), "coming": coming,
        "open_points": points.count(), "late_points": points.filter(due_on__lt=on).count(), "may": bool(own_places(request.user)),
    }  # fmt: skip
    return render(request, "activities/calendar.html", context)


@requires(Permission.ACTIVITY_READ)
def feed(request):
    """The address is shown once, when it is made."""
    address = ""
    if request.method == "POST" and request.POST.get("what") == "end":
        actions.end_feed(at=timezone.now(), by=request.user)
        messages.success(request, _("The address is ended."))
        return redirect("activities:feed")
    if request.method == "POST":
        token = actions.open_feed(at=timezone.now(), by=request.user)
        address = request.build_absolute_uri(reverse("activities:open-calendar", args=[token]))
    context = {"heading": _("In your own calendar"), "address": address, "feed": queries.feed_of(request.user)}
    return render(request, "activities/feed.html", context | {"crumbs": crumbs((context["heading"], ""))})


@require_safe
@requires(Permission.ACTIVITY_READ)
def paper(request):
    """What is to come, to print."""
    on = today()
    rows = sorted(_entries(request.user, on, True), key=lambda row: row["on"])
    context = {"heading": _("Calendar of meetings and trainings"), "rows": rows, "on": on, "back_url": reverse("activities:calendar")}
    if request.GET.get("as") == "pdf" and core_paper.are_here():
        return answer(calendar_paper.drawn(rows, on=on, at=timezone.now()), "calendar")
    return render(request, "activities/calendar_paper.html", context | {"as_pdf": core_paper.are_here()})


def _entries(user, on, coming: bool) -> list[dict]:
    meetings, trainings = queries.meetings(user), queries.trainings(user)
    if coming:
        meetings, trainings = meetings.filter(on__gte=on), trainings.filter(ends_on__gte=on)
    else:
        since = on - SHOWN_BACK
        meetings, trainings = meetings.filter(on__lt=on, on__gte=since), trainings.filter(ends_on__lt=on, ends_on__gte=since)
    return [
        *(_entry(one, one.on, one.get_kind_display(), "activities:meeting") for one in meetings),
        *(_entry(one, one.starts_on, one.module.title, "activities:training") for one in trainings),
    ]


def _entry(one, on, kind: str, address: str) -> dict:
    return {"on": on, "one": one, "kind": kind, "url": reverse(address, args=[one.pk])}
