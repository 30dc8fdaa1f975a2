"""Meetings with the nodal officers: called, held, minuted; what was decided, answered by the States and closed at a later meeting."""

from datetime import time

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import actions, coordinating, minutes_paper, papers, queries
from aanchal.activities import forms as meeting_forms
from aanchal.activities.models import ActionPoint, Meeting, Minutes
from aanchal.activities.terms import MeetingKind, PointState, State
from aanchal.activities.views import found as shared
from aanchal.core import paper as core_paper
from aanchal.core.paper.answers import answer
from aanchal.nodal import meeting_forms as forms
from aanchal.nodal import officers
from aanchal.nodal import queries as of_states
from aanchal.nodal.views.found import A_PAGE, REFUSED, bound, today
from aanchal.places.models import Place
from aanchal.places.terms import Level

READ, CONVENE, ANSWER = Permission.COORDINATION_READ, Permission.COORDINATION_CONVENE, Permission.COORDINATION_ANSWER


@requires(READ)
def meetings(request):
    """What is open first, then the meetings. The Nodal Cell calls one here."""
    nation = Place.objects.filter(level=Level.NATION).first()
    form = _convene_form(request) if nation is not None and policy.can(request.user, CONVENE, nation) else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            told = {"notice": form.notice(MeetingKind.NODAL), "invited": officers.named(form.states()), "at": timezone.now()}
            if made := shared.attempt(form, coordinating.convene, place=nation, by=request.user, **told):
                messages.success(request, _("The States are called."))
                return redirect("nodal:meeting", pk=made.pk)
    points = queries.points_of_states(request.user)
    shown = points.exclude(state=PointState.OPEN) if request.GET.get("show") == "closed" else points.filter(state=PointState.OPEN)
    context = {
        "heading": _("Meetings of nodal officers"), "form": form, "show": request.GET.get("show", ""), "today": today(),
        "page": Paginator(queries.coordination(request.user), A_PAGE).get_page(request.GET.get("page")),
        "points": Paginator(shown, A_PAGE).get_page(request.GET.get("points")), "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "nodal/meetings.html", context, status=REFUSED if request.method == "POST" else 200)


@requires(READ)
def meeting(request, pk):
    one = _meeting_or_404(request.user, pk)
    offered = _forms(request, one) if policy.can(request.user, CONVENE, one) else {}
    what = request.POST.get("what", "")
    if request.method == "POST":
        if what not in offered:
            raise Http404
        if offered[what].is_valid() and _ACTS[what](request, one, offered[what]):
            messages.success(request, _("Noted."))
            return redirect("nodal:meeting", pk=one.pk)
    context = _told(request.user, one) | {"forms": offered, "failed": what, "today": today(), "crumbs": _crumbs({"label": one.title})}
    return render(request, "nodal/meeting.html", context, status=REFUSED if request.method == "POST" else 200)


@require_safe
@requires(READ)
def paper(request, pk):
    """Notice, attendance, minutes with their corrigenda, decisions, to print: a State's copy holds its own."""
    one = _meeting_or_404(request.user, pk)
    context = _told(request.user, one)
    context |= {"attendance": context["seats"], "back_url": reverse("nodal:meeting", args=[one.pk]), "as_pdf": core_paper.are_here()}
    if request.GET.get("as") == "pdf" and context["as_pdf"]:
        return answer(minutes_paper.drawn(context, at=timezone.now()), f"meeting-{one.on.isoformat()}")
    return render(request, "activities/paper.html", context)


@require_safe
@requires(READ)
def minutes_file(request, pk):
    row = Minutes.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    _meeting_or_404(request.user, row.meeting_id)
    return shared.kept_file(row, f"minutes-{row.nth}")


@requires(READ)
def point(request, pk):
    """What one State was asked to do: it answers; a later meeting closes it or gives it a new day."""
    one = queries.points_of_states(request.user).filter(pk=pk).first()
    if one is None:
        raise Http404
    offered = _point_forms(request, one)
    what = request.POST.get("what", "")
    if request.method == "POST":
        if what not in offered:
            raise Http404
        if offered[what].is_valid() and _POINT_ACTS[what](request, one, offered[what]):
            messages.success(request, _("Noted."))
            return redirect("nodal:point", pk=one.pk)
    context = {
        "heading": one.decision, "one": one, "forms": offered, "failed": what, "today": today(),
        "follow_ups": one.follow_ups.select_related("by", "meeting").order_by("at", "pk"),
        "crumbs": _crumbs({"label": one.meeting.title, "url": reverse("nodal:meeting", args=[one.meeting_id])}, {"label": one.decision}),
    }  # fmt: skip
    return render(request, "nodal/point.html", context, status=REFUSED if request.method == "POST" else 200)


def _meeting_or_404(user, pk) -> Meeting:
    """Not called to it and absent look the same."""
    found = queries.coordination(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _told(user, one: Meeting) -> dict:
    points = queries.points_of_states(user)
    return {
        "heading": one.title, "one": one, "invitations": queries.invitations(user, one), "seats": queries.seats(user, one),
        "minutes": one.minutes.select_related("by").defer("file").order_by("nth"), "points": points.filter(meeting=one),
        "closed_here": points.filter(closed_in=one),
    }  # fmt: skip


def _convene_form(request):
    states = list(of_states.states(request.user))
    initial = {"on": today(), "starts_at": time(11), "states": [str(place.pk) for place in states]}
    return forms.ConveneForm(states, request.POST or None, initial=initial)


def _forms(request, one: Meeting) -> dict:
    """What may be noted next."""
    states = [row.of_state for row in queries.invitations(request.user, one)]
    minutes = meeting_forms.MinutesForm(files=request.FILES if request.POST.get("what") == "minutes" else None, **bound(request, "minutes"))
    if one.state == State.PLANNED:
        found = {"cancel": meeting_forms.Says(**bound(request, "cancel"))}
        if one.on <= today():
            initial = {"states": [str(place.pk) for place in states]}
            found["held"] = forms.HeldForm(states, initial=initial, **bound(request, "held"))
        return found
    if one.state == State.HELD:
        return {"point": forms.DecidedForm(states, **bound(request, "point")), "minutes": minutes}
    return {}


def _point_forms(request, one: ActionPoint) -> dict:
    if one.state != PointState.OPEN:
        return {}
    found: dict = {}
    if any(one.state_no in interval for interval in policy.scope(request.user, ANSWER)):
        found["answer"] = forms.AnswerForm(**bound(request, "answer"))
    if policy.can(request.user, CONVENE, one) and (later := list(queries.later_meetings(one))):
        found |= {"close": forms.CloseForm(later, **bound(request, "close")), "carry": forms.CarryForm(later, **bound(request, "carry"))}
    return found


def _held(request, one: Meeting, form):
    told = {"states": form.states(), "others": form.other_offices()}
    return shared.attempt(form, coordinating.hold, meeting=one, at=timezone.now(), by=request.user, **told)


def _cancelled(request, one: Meeting, form):
    return shared.attempt(form, actions.cancel, meeting=one, by=request.user)


def _decided(request, one: Meeting, form):
    told = {"decision": form.cleaned_data["decision"], "due_on": form.cleaned_data["due_on"], "states": form.states()}
    return shared.attempt(form, coordinating.decide, meeting=one, at=timezone.now(), by=request.user, **told)


def _minuted(request, one: Meeting, form):
    told = {"words": form.cleaned_data["words"], "file": papers.told(form.cleaned_data["file"])}
    return shared.attempt(form, actions.minute, meeting=one, at=timezone.now(), by=request.user, **told)


def _answer(request, one: ActionPoint, form):
    return shared.attempt(form, coordinating.answer, point=one, at=timezone.now(), by=request.user, **form.cleaned_data)


def _close(request, one: ActionPoint, form):
    return shared.attempt(form, coordinating.close, point=one, at=timezone.now(), by=request.user, **form.told())


def _carry(request, one: ActionPoint, form):
    return shared.attempt(form, coordinating.carry, point=one, at=timezone.now(), by=request.user, **form.told())


_ACTS = {"held": _held, "cancel": _cancelled, "point": _decided, "minutes": _minuted}
_POINT_ACTS = {"answer": _answer, "close": _close, "carry": _carry}


def _crumbs(*more: dict) -> list[dict]:
    first = {"label": _("Meetings of nodal officers"), "url": reverse("nodal:meetings")}
    return [first, *more] if more else [{"label": first["label"]}]
