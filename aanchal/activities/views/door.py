"""A training's plan of sessions and its villages; the square at its door, and what a phone that scanned it sees."""

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aanchal.access import settings_code
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.middleware import acts_alone
from aanchal.access.permissions import Permission
from aanchal.access.web import public, requires
from aanchal.activities import attending, forms, queries
from aanchal.activities.models import Training
from aanchal.activities.rules import Refused
from aanchal.activities.terms import State
from aanchal.activities.views.found import REFUSED, attempt, bound, crumbs, may_record, row_or_404, today
from aanchal.core import trail

A_DAY = 24 * 60 * 60


@requires(Permission.ACTIVITY_READ)
def plan(request, pk):
    """The sessions in their order, and the villages whose Village Organisations attend."""
    one = row_or_404(request.user, Training.objects.select_related("place", "module"), pk)
    offered = {}
    if may_record(request.user, one) and one.state == State.PLANNED:
        trainers = one.trainers.select_related("participant").order_by("pk")
        offered["session"] = forms.SessionForm(trainers, bound(request, "session"), initial={"on": one.starts_on})
        offered["villages"] = forms.VillagesForm(one.place, bound(request, "villages"))
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        if offered[what].is_valid() and _ACTS[what](request, one, offered[what]) is not None:
            messages.success(request, _("Noted."))
            return redirect("activities:training-plan", pk=one.pk)
    sessions = list(queries.sessions(one))
    context = {
        "heading": _("Plan of the training"), "one": one, "sessions": sessions, "forms": offered,
        "minutes": sum(each.minutes for each in sessions), "needed": one.module.hours * 60,
        "villages": one.villages.select_related("place").order_by("place__name", "pk"),
        "may": may_record(request.user, one), "crumbs": _crumbs(one, _("Plan of the training")),
    }  # fmt: skip
    return render(request, "activities/training_plan.html", context, status=REFUSED if request.method == "POST" else 200)


@never_cache
@require_safe
@requires(Permission.ACTIVITY_RECORD)
def door(request, pk):
    """The square for today; it is shown, not sent: after an hour another is drawn."""
    one = row_or_404(request.user, Training.objects.select_related("place"), pk, Permission.ACTIVITY_RECORD)
    on = today()
    is_open = one.state == State.PLANNED and one.starts_on <= on <= one.ends_on
    address = request.build_absolute_uri(reverse("activities:open-sign-in", args=[attending.door(one, on)])) if is_open else ""
    context = {
        "heading": _("Sign in at the door"), "one": one, "address": address, "minutes": attending.HOLDS_MINUTES,
        "square": settings_code.square(address, title=_("Square to scan with a phone")) if is_open else "",
        "attendees": queries.attendees(one), "on": on, "crumbs": _crumbs(one, _("Sign in at the door")),
    }  # fmt: skip
    return render(request, "activities/door.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
@acts_alone
def sign_in(request, token):
    """Open to whoever scanned the square: she types her number, and nobody is named to her. A wrong one is counted."""
    told = attending.behind(token)
    if told is None:
        raise Http404
    form, is_in = forms.CodeForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        is_in = _signed_in(form, *told)
    context = {"heading": _("Sign in to the training"), "form": form, "is_in": is_in, "is_public": True}
    return render(request, "activities/sign_in.html", context, status=REFUSED if form.errors else 200)


def _signed_in(form, pk: str, on) -> bool:
    """One after the other at each door: however many phones try at once, no more wrong numbers are tried than may be."""
    wrong = f"activities.door.{pk}.{on}"
    with acting(SYSTEM):
        training = Training.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if training is None:
            raise Http404
        if cache.get(wrong, 0) >= attending.MOST_WRONG:
            form.refuse(Refused([("", "door_shut")]))
            return False
        try:
            with trail.savepoint():
                attending.sign_in(training=training, typed=form.cleaned_data["code"], on=on, at=timezone.now(), by=SYSTEM)
        except Refused as refused:
            cache.set(wrong, cache.get(wrong, 0) + 1, A_DAY)
            form.refuse(refused)
            return False
    return True


def _session(request, one: Training, form):
    return attempt(form, attending.plan_session, training=one, by=request.user, **form.told())


def _villages(request, one: Training, form):
    return attempt(form, attending.invite_villages, training=one, villages=form.cleaned_data["codes"], by=request.user)


def _crumbs(one: Training, label: str) -> list[dict]:
    back = reverse("activities:training", args=[one.pk])
    return crumbs((_("Trainings"), reverse("activities:trainings")), (one.title, back), (label, ""))


_ACTS = {"session": _session, "villages": _villages}
