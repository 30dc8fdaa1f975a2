"""Each list of activities as a file, CSV or XLSX: what its reader may see, and no more."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import lists, queries, training
from aanchal.activities.models import PlannedMessage, Training
from aanchal.activities.terms import COUNTED
from aanchal.activities.views.found import at_place, row_or_404, today
from aanchal.core.listed import Listed, as_file, rupees

EMPTY_LINES = 10
MOST_DAYS = 10
"""Columns that a sheet of paper holds."""
PLACE = (gettext_lazy("Place"), lambda one: one.place.local_name)
LISTS = {
    "task-forces": (queries.task_forces, Listed(gettext_lazy("Task forces"), (
        (gettext_lazy("Title"), lambda one: one.title), PLACE, (gettext_lazy("Number of the order"), lambda one: one.order_no),
        (gettext_lazy("Constituted on"), lambda one: one.constituted_on),
    ))),
    "meetings": (lambda user: queries.meetings(user).order_by("-on", "-pk"), Listed(gettext_lazy("Meetings"), (
        (gettext_lazy("Title"), lambda one: one.title), (gettext_lazy("Kind"), lambda one: one.get_kind_display()), PLACE,
        (gettext_lazy("Day"), lambda one: one.on), (gettext_lazy("Where"), lambda one: one.venue),
        (gettext_lazy("Standing"), lambda one: one.get_state_display()),
    ))),
    "points": (queries.points, Listed(gettext_lazy("Action points"), (
        (gettext_lazy("What was decided"), lambda one: one.decision), (gettext_lazy("Office"), lambda one: one.office),
        (gettext_lazy("By when"), lambda one: one.due_on), (gettext_lazy("Meeting"), lambda one: one.meeting.title),
        (gettext_lazy("Place"), lambda one: one.meeting.place.local_name),
    ))),
    "trainings": (queries.trainings, Listed(gettext_lazy("Trainings"), (
        (gettext_lazy("Title"), lambda one: one.title), (gettext_lazy("Module"), lambda one: one.module.title),
        (gettext_lazy("For whom"), lambda one: one.get_audience_display()), PLACE, (gettext_lazy("First day"), lambda one: one.starts_on),
        (gettext_lazy("Last day"), lambda one: one.ends_on), (gettext_lazy("Standing"), lambda one: one.get_state_display()),
    ))),
    "events": (queries.events, Listed(gettext_lazy("Campaign"), (
        (gettext_lazy("Title"), lambda one: one.title), (gettext_lazy("How"), lambda one: one.get_method_display()), PLACE,
        (gettext_lazy("Day"), lambda one: one.on), (gettext_lazy("Language"), lambda one: one.language),
        *((label, lambda one, key=key: getattr(one, key)) for key, label in COUNTED),
        (gettext_lazy("Reached for the first time"), lambda one: one.reach),
        (gettext_lazy("Cost in rupees"), lambda one: rupees(one.cost_paise)),
    ))),
    "materials": (queries.materials, Listed(gettext_lazy("Materials"), (
        (gettext_lazy("Title"), lambda one: one.title), (gettext_lazy("Language"), lambda one: one.language),
        (gettext_lazy("Version"), lambda one: one.version), (gettext_lazy("How"), lambda one: one.get_method_display()), PLACE,
        (gettext_lazy("What it says"), lambda one: one.message),
    ))),
    "messages": (lambda user: _messages(user), Listed(gettext_lazy("What each village is to hear"), (
        (gettext_lazy("LGD code"), lambda one: one.place.lgd_code), PLACE, (gettext_lazy("Month"), lambda one: one.month),
        (gettext_lazy("Message"), lambda one: one.message), (gettext_lazy("How"), lambda one: one.get_method_display()),
        (gettext_lazy("Language"), lambda one: one.language),
    ))),
}  # fmt: skip
"""Names of who attends are in the file of one training, for who leads it; no other list carries them away."""
OF_A_TRAINING = {
    "sessions": (queries.sessions, lists.SESSIONS, lists.session_told),
    "attendance": (queries.attendees, lists.ATTENDANCE, lists.attendance_told),
}


@require_safe
@requires(Permission.ACTIVITY_READ)
def export(request, listed):
    if listed not in LISTS:
        raise Http404
    rows_of, told = LISTS[listed]
    rows = rows_of(request.user).filter(at_place(request)).iterator(chunk_size=2_000)
    return as_file(told, rows, kind=request.GET.get("kind", ""), name=listed, on=today())


@require_safe
@requires(Permission.ACTIVITY_RECORD)
def sheet(request, pk):
    """The list of a training on paper: who is invited, a column to sign for each day, empty lines for who comes besides."""
    one = row_or_404(request.user, Training.objects.select_related("place", "module"), pk, Permission.ACTIVITY_RECORD)
    days = [one.starts_on + timedelta(days=n) for n in range(min(one.days, MOST_DAYS))]
    attendees = list(queries.attendees(one))
    training.note_taken_out(training=one, listed="sheet", rows=len(attendees), by=request.user)
    context = {
        "heading": _("Attendance"), "one": one, "days": days, "attendees": attendees, "empty": range(EMPTY_LINES), "is_blank": True,
        "back_url": reverse("activities:training", args=[one.pk]), "trainers": one.trainers.select_related("participant").order_by("pk"),
    }  # fmt: skip
    return render(request, "activities/sheet.html", context)


@require_POST
@requires(Permission.ACTIVITY_RECORD)
def of_training(request, pk, listed):
    """Sessions or attendance of one training, in the columns in which they may be sent back. That names went out is on the trail."""
    one = row_or_404(request.user, Training.objects.all(), pk, Permission.ACTIVITY_RECORD)
    if listed not in OF_A_TRAINING:
        raise Http404
    rows_of, columns, told = OF_A_TRAINING[listed]
    rows = list(rows_of(one))
    training.note_taken_out(training=one, listed=listed, rows=len(rows), by=request.user)
    shown = Listed(listed, tuple((name, lambda cells, nth=nth: cells[nth]) for nth, name in enumerate(columns)))
    return as_file(shown, map(told, rows), kind=request.POST.get("format", ""), name=listed, on=today())


def _messages(user) -> QuerySet[PlannedMessage]:
    return queries.seen(user, PlannedMessage.objects.all()).select_related("place").order_by("place_no", "month", "pk")
