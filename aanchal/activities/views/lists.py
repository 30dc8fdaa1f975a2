"""Each list of activities as a file, CSV or XLSX: what its reader may see, and no more."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import lists, queries, training, training_papers
from aanchal.activities.models import Attendee, Training
from aanchal.activities.views.found import at_place, row_or_404, today
from aanchal.activities.views.meetings import points_asked
from aanchal.activities.views.trainings import asked_for
from aanchal.core import paper
from aanchal.core.listed import Listed, as_file, of_cells, rupees
from aanchal.core.paper.answers import answer

EMPTY_LINES = 10
MOST_DAYS = 10
"""Columns that a sheet of paper holds."""
PLACE = (gettext_lazy("Place"), lambda one: one.place.local_name)
LISTS = {
    "task-forces": (lambda request: queries.task_forces(request.user), Listed(gettext_lazy("Task forces"), (
        (gettext_lazy("Title"), lambda one: one.title), PLACE, (gettext_lazy("Number of the order"), lambda one: one.order_no),
        (gettext_lazy("Constituted on"), lambda one: one.constituted_on),
    ))),
    "points": (points_asked, Listed(gettext_lazy("Action points"), (
        (gettext_lazy("What was decided"), lambda one: one.decision), (gettext_lazy("Office"), lambda one: one.office),
        (gettext_lazy("By when"), lambda one: one.due_on), (gettext_lazy("Meeting"), lambda one: one.meeting.title),
        (gettext_lazy("Place"), lambda one: one.meeting.place.local_name),
    ))),
    "courses": (lambda request: queries.courses(request.user), Listed(gettext_lazy("Courses that others give"), (
        (gettext_lazy("Who gives it"), lambda one: one.provider), (gettext_lazy("Code"), lambda one: one.code),
        (gettext_lazy("Title"), lambda one: one.title), (gettext_lazy("Session"), lambda one: one.session), PLACE,
        (gettext_lazy("First day"), lambda one: one.starts_on), (gettext_lazy("Last day"), lambda one: one.ends_on),
        (gettext_lazy("Who may take it"), lambda one: one.eligibility), (gettext_lazy("Fee in rupees"), lambda one: rupees(one.fee_paise)),
        (gettext_lazy("Seats"), lambda one: one.seats),
    ))),
    "materials": (lambda request: queries.materials(request.user), Listed(gettext_lazy("Materials"), (
        (gettext_lazy("Title"), lambda one: one.title), (gettext_lazy("Language"), lambda one: one.language),
        (gettext_lazy("Version"), lambda one: one.version), (gettext_lazy("How"), lambda one: one.get_method_display()), PLACE,
        (gettext_lazy("What it says"), lambda one: one.message),
    ))),
}  # fmt: skip
THERE_AND_BACK = {
    "meetings": (
        lambda request: queries.meetings(request.user).order_by("-on", "-pk"), (*lists.MEETINGS, "place", "state"),
        lambda one: [*lists.meeting_told(one), one.place.name, one.state],
    ),
    "trainings": (
        asked_for, (*lists.TRAININGS, "place", "state"), lambda one: [*lists.training_told(one), one.place.name, one.state],
    ),
    "events": (
        lambda request: queries.events(request.user), (*lists.EVENTS, "place", "reach"),
        lambda one: [*lists.event_told(one), one.place.name, one.reach],
    ),
    "messages": (
        lambda request: queries.planned(request.user), (*lists.MESSAGES, "place"),
        lambda one: [*lists.message_told(one), one.place.name],
    ),
}  # fmt: skip
"""Their rows, the columns in which they may be sent back and some to read, and the cells of a row."""
"""Names of who attends are in the file of one training, for who leads it; no other list carries them away."""
OF_A_TRAINING = {
    "sessions": (queries.sessions, lists.SESSIONS, lists.session_told),
    "attendance": (queries.attendees, (*lists.ATTENDANCE, "certificate_no"), lambda one: [*lists.attendance_told(one), _number(one)]),
}


@require_safe
@requires(Permission.ACTIVITY_READ)
def export(request, listed):
    """What she sees of the list as it is filtered."""
    written = {"kind": request.GET.get("kind", ""), "name": listed, "on": today()}
    if listed in THERE_AND_BACK:
        rows_of, columns, cells = THERE_AND_BACK[listed]
        rows = rows_of(request).filter(at_place(request)).iterator(chunk_size=2_000)
        return as_file(of_cells(listed, columns), map(cells, rows), **written)
    if listed not in LISTS:
        raise Http404
    rows_of, told = LISTS[listed]
    return as_file(told, rows_of(request).filter(at_place(request)).iterator(chunk_size=2_000), **written)


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
    if request.GET.get("as") == "pdf" and paper.are_here():
        return answer(training_papers.sheet(context, at=timezone.now()), "attendance")
    return render(request, "activities/sheet.html", context | {"as_pdf": paper.are_here()})


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
    return as_file(of_cells(listed, columns), map(told, rows), kind=request.POST.get("format", ""), name=listed, on=today())


def _number(attendee: Attendee) -> str:
    return attendee.certificate.shown_number if hasattr(attendee, "certificate") else ""
