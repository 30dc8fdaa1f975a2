"""A village's own points: beside the state's, what it signed, and signing anew."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.risk import own_points as signing
from aanchal.risk import queries
from aanchal.risk.definition import Definition
from aanchal.risk.forms import SignForm
from aanchal.risk.models import OwnPoints
from aanchal.risk.reading import words
from aanchal.risk.rules import Refused
from aanchal.risk.terms import MeetingRole, Subject
from aanchal.risk.views.asked import today

REFUSED = 422


@requires(Permission.INDEX_READ)
def own_points(request, pk):
    village = place_or_404(request.user, Permission.INDEX_READ, pk)
    if village.level != Level.VILLAGE:
        raise Http404
    index = queries.definition_in_force(Subject.HOUSEHOLD, today(), village, at_once=True)
    own = queries.own_index(village.pk, today(), index, at_once=True)
    points = dict(own.definition.points_of if own else index.points_of)
    may_sign = bool(index.village_limit) and policy.can(request.user, Permission.INDEX_ADJUST, village)
    form = SignForm(index, points, request.POST or None, initial={"effective_from": today(), "met_on": today()}) if may_sign else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _signed(request, village, form):
            messages.success(request, _("Signed. The families of the village are being assessed by these points too."))
            return redirect("own-points", pk=pk)
    return _page(request, village, index, own, form)


def _signed(request, village: Place, form: SignForm) -> bool:
    told = form.cleaned_data
    meeting = signing.Meeting(met_on=told["met_on"], present=told["present"], roles=tuple(told["roles"]), minutes=told["minutes"])
    try:
        signing.sign(
            place=village, points=form.points(), meeting=meeting, effective_from=told["effective_from"], at=timezone.now(), by=request.user
        )
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _page(request, village: Place, index: Definition, own, form):
    context = {
        "heading": _("The points of this village"),
        "village": village,
        "index": index,
        "has_own": bool(own),
        "form": form,
        "meeting_fields": [form[name] for name in ("effective_from", "met_on", "present", "roles", "minutes")] if form else [],
        "parts": _parts(index, own, form),
        "history": [_in_words(one) for one in _history(village)],
        "crumbs": _crumbs(request.user, village),
    }
    return render(request, "risk/own_points.html", context, status=REFUSED if form and form.errors else 200)


def _parts(index: Definition, own, form) -> list[dict]:
    weighed = own.definition.points_of if own else index.points_of
    return [_part(index, dimension, weighed, form) for dimension in index.dimensions]


def _part(index: Definition, dimension, weighed, form) -> dict:
    here = [one for one in index.indicators if one.dimension == dimension.key]
    rows = [
        {
            "reason": words(one.reason),
            "default": one.points,
            "own": weighed[one.key],
            "field": form[f"points_{one.key}"] if form else None,
        }
        for one in here
    ]
    own = sum(weighed[one.key] for one in here)
    return {"title": words(dimension.title), "rows": rows, "default": dimension.points, "own": own}


def _history(village: Place):
    return OwnPoints.objects.filter(place=village).select_related("signed_by").order_by("-effective_from", "-pk")


def _in_words(signed: OwnPoints) -> dict:
    index = queries.definition(signed.definition_id)
    moved = [
        {"reason": words(one.reason), "default": one.points, "own": signed.points[one.key]}
        for one in index.indicators
        if signed.points[one.key] != one.points
    ]
    return {"signed": signed, "roles": [MeetingRole(role).label for role in signed.roles], "moved": moved}


def _crumbs(user, village: Place) -> list[dict]:
    crumbs = [{"label": _("Indices"), "url": reverse("indices")}]
    if policy.can(user, Permission.RISK_READ, village):
        crumbs.append({"label": _("Families to visit first"), "url": f"{reverse('families')}?place={village.pk}"})
    return [*crumbs, {"label": village.local_name}]
