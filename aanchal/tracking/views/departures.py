"""Registering before leaving, and the kit that goes along."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.network import queries as network
from aanchal.places.terms import Level
from aanchal.registers.actions import AlreadyRecorded, InTheFuture
from aanchal.registers.rules import NotSaid
from aanchal.tracking import actions, departing, queries, words
from aanchal.tracking.departure_form import DepartureForm
from aanchal.tracking.views.asked import one_or_404


@requires(Permission.ENTRY_RECORD)
def register(request):
    if not policy.holds(request.user, Permission.JOURNEY_RECORD):
        raise Http404
    now = timezone.now()
    form = DepartureForm(request.user, policy.day_in_india(now), request.POST or None)
    standing = None
    try:
        journey = _registered(form, at=now, by=request.user) if request.method == "POST" and form.is_valid() else None
    except actions.AlreadyAway as away:
        journey, standing = None, away.journey
        form.add_error(None, words.REFUSALS["already_away"])
    if journey:
        messages.success(request, _("Registered. Print the kit and give it along."))
        return redirect("tracking:journey", pk=journey.pk)
    crumbs = [{"label": _("People who are away"), "url": reverse("tracking:journeys")}, {"label": _("Before leaving")}]
    context = {"heading": _("Register before leaving"), "form": form, "standing": standing, "crumbs": crumbs}
    return render(request, "tracking/depart.html", context, status=422 if form.errors else 200)


@requires(Permission.JOURNEY_READ)
def kit(request, pk):
    """Rights, helplines and whom to call; on POST with the code word and the numbers, whose reading is noted."""
    journey = one_or_404(request, queries.journey(pk))
    opened = None
    if request.method == "POST":
        one_or_404(request, journey, Permission.IDENTITY_READ)
        opened = actions.open_contacts(journey=journey, reason="DEPARTURE_KIT", by=request.user)
    today = policy.day_in_india(timezone.now())
    state = journey.destination
    while state and state.level != Level.STATE:
        state = state.parent
    context = {
        "heading": _("Departure kit"), "journey": journey, "opened": opened, "who": words.who(journey.person, journey.household, today),
        "notes": network.risk_notes(
            today, trade=journey.listing.trade if journey.listing else "", state_code=state.lgd_code if state else None
        ),
        "centre": network.open_centres().filter(place__block=journey.place.block_id).first(),
        "may_open": opened is None and policy.can(request.user, Permission.IDENTITY_READ, journey),
        "back_url": reverse("tracking:journey", args=[journey.pk]), "is_gone": journey.departed_on < today,
        "message": _KIT_IN_SHORT % {"address": request.build_absolute_uri(reverse("ask-kit"))},
    }  # fmt: skip
    return render(request, "tracking/kit.html", context)


_KIT_IN_SHORT = gettext_lazy("112, 181, children 1098, a lawyer 15100: free, day and night. Your rights, and what to know: %(address)s")
"""For an SMS that others may read: no name, no code word, nothing of the journey."""


def _registered(form: DepartureForm, *, at, by):
    try:
        return departing.register(departure=form.departure(), place=form.cleaned_data["village"], at=at, by=by)
    except AlreadyRecorded:
        form.add_error(None, words.REFUSALS["already_away"])
    except InTheFuture:
        form.add_error("leaves_on", words.REFUSALS["future"])
    except NotSaid as refusal:
        form.add_error(None, _("The register does not take this answer: %(column)s") % {"column": refusal})
    return None
