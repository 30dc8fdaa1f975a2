"""A meeting from its notice to its minutes, and the decisions that are followed until they are closed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import actions, forms, minutes_paper, papers, queries
from aanchal.activities.models import ActionPoint, Meeting, Minutes
from aanchal.activities.rules import Refused
from aanchal.activities.terms import PointState, State
from aanchal.activities.views.found import (
    A_PAGE,
    REFUSED,
    at_place,
    attempt,
    bound,
    crumbs,
    kept_file,
    may_record,
    own_places,
    row_or_404,
    say,
    today,
)
from aanchal.core import paper as core_paper
from aanchal.core.paper.answers import answer


@requires(Permission.ACTIVITY_RECORD)
def call(request):
    """A workshop or a meeting with stakeholders; a task force's is called from its own page."""
    places = own_places(request.user)
    if not places:
        raise Http404
    form = forms.MeetingForm(places, request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        told = {"place": form.place(), "notice": form.notice(form.cleaned_data["kind"]), "at": timezone.now(), "by": request.user}
        return redirect("activities:meeting", pk=actions.call(**told).pk)
    context = {"heading": _("Call a meeting"), "form": form, "crumbs": crumbs((_("Call a meeting"), ""))}
    return render(request, "activities/form.html", context, status=REFUSED if form.errors else 200)


@requires(Permission.ACTIVITY_READ)
def meeting(request, pk):
    one = row_or_404(request.user, Meeting.objects.select_related("place", "task_force"), pk)
    offered = _forms(request, one) if may_record(request.user, one) else {}
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        if offered[what].is_valid() and _ACTS[what](request, one, offered[what]):
            messages.success(request, _("Noted."))
            return redirect("activities:meeting", pk=one.pk)
    context = {
        "heading": one.title, "one": one, "attendance": one.attendance.order_by("-was_there", "office"), "forms": offered,
        "minutes": one.minutes.select_related("by").defer("file").order_by("nth"), "today": today(),
        "points": one.points.select_related("owner").order_by("due_on", "pk"), "crumbs": crumbs((one.title, "")),
    }  # fmt: skip
    return render(request, "activities/meeting.html", context, status=REFUSED if request.method == "POST" else 200)


@require_POST
@requires(Permission.ACTIVITY_RECORD)
def cancel(request, pk):
    one = row_or_404(request.user, Meeting.objects.all(), pk, Permission.ACTIVITY_RECORD)
    try:
        actions.cancel(meeting=one, by=request.user)
    except Refused as refused:
        say(request, refused)
    return redirect("activities:meeting", pk=one.pk)


@require_safe
@requires(Permission.ACTIVITY_READ)
def paper(request, pk):
    """Notice, attendance, minutes and decisions, to print."""
    one = row_or_404(request.user, Meeting.objects.select_related("place", "task_force"), pk)
    context = {
        "heading": one.title, "one": one, "attendance": one.attendance.order_by("-was_there", "office"),
        "minutes": one.minutes.defer("file").order_by("nth"), "points": one.points.order_by("due_on", "pk"),
        "back_url": reverse("activities:meeting", args=[one.pk]),
    }  # fmt: skip
    if request.GET.get("as") == "pdf" and core_paper.are_here():
        return answer(minutes_paper.drawn(context, at=timezone.now()), f"meeting-{one.on.isoformat()}")
    return render(request, "activities/paper.html", context | {"as_pdf": core_paper.are_here()})


@require_safe
@requires(Permission.ACTIVITY_READ)
def minutes_file(request, pk):
    """As a file to keep: never opened inside the site."""
    one = row_or_404(request.user, Minutes.objects.all(), pk)
    if one.file is None:
        raise Http404
    return kept_file(one, f"minutes-{one.nth}")


@require_safe
@requires(Permission.ACTIVITY_READ)
def points(request):
    """What was decided and is not closed, the most urgent first."""
    page = Paginator(points_asked(request), A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("Action points"), "page": page, "today": today(), "show": request.GET.get("show", "")}
    return render(request, "activities/points.html", context | {"crumbs": crumbs((_("Action points"), ""))})


@requires(Permission.ACTIVITY_READ)
def point(request, pk):
    one = row_or_404(request.user, ActionPoint.objects.select_related("meeting", "owner", "closed_by"), pk)
    may = one.state == PointState.OPEN and (may_record(request.user, one) or one.owner_id == request.user.pk)
    form = forms.CloseForm(request.POST or None, initial={"on": today()}) if may else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and attempt(form, actions.close, point=one, at=timezone.now(), by=request.user, **form.cleaned_data):
            messages.success(request, _("Closed."))
            return redirect("activities:points")
    context = {"heading": one.decision, "one": one, "form": form, "today": today()}
    context["crumbs"] = crumbs((_("Action points"), reverse("activities:points")), (one.decision, ""))
    return render(request, "activities/point.html", context, status=REFUSED if form and form.errors else 200)


def points_asked(request) -> QuerySet[ActionPoint]:
    rows, show = queries.points(request.user), request.GET.get("show", "")
    if show == "mine":
        rows = rows.filter(owner=request.user)
    if show == "late":
        rows = rows.filter(due_on__lt=today())
    return rows.filter(at_place(request))


def _forms(request, one: Meeting) -> dict:
    """What may be noted next."""
    if one.state == State.PLANNED:
        members = list(queries.members(one.task_force, one.on)) if one.task_force else []
        return {"held": forms.HeldForm(members, bound(request, "held")), "minutes": _minutes_form(request)}
    if one.state == State.HELD:
        return {"minutes": _minutes_form(request), "point": forms.PointForm(bound(request, "point"))}
    return {}


def _minutes_form(request) -> forms.MinutesForm:
    return forms.MinutesForm(bound(request, "minutes"), request.FILES if bound(request, "minutes") else None)


def _held(request, one: Meeting, form):
    return attempt(form, actions.hold, meeting=one, present=form.present(), at=timezone.now(), by=request.user)


def _minuted(request, one: Meeting, form):
    file = form.cleaned_data["file"]
    told = {"words": form.cleaned_data["words"], "file": papers.told(file), "at": timezone.now(), "by": request.user}
    return attempt(form, actions.minute, meeting=one, **told)


def _decided(request, one: Meeting, form):
    return attempt(form, actions.decide, meeting=one, at=timezone.now(), by=request.user, **form.cleaned_data)


_ACTS = {"held": _held, "minutes": _minuted, "point": _decided}
