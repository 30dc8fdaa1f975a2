"""What would be if the index weighed otherwise or help reached further. Nothing is written, but that families were shown."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.places.models import Place
from aanchal.risk import actions, columns, queries, supposed
from aanchal.risk.measured import places_below
from aanchal.risk.reading import band_title
from aanchal.risk.supposing import WhatIf
from aanchal.risk.terms import Subject
from aanchal.risk.views.asked import own_places, place_of, today

REFUSED = 422


@require_safe
@requires(Permission.RISK_WHAT_IF)
def what_if(request):
    place = _place(request)
    form = _form(request.GET, place)
    if form.is_bound and not form.is_valid():
        return render(request, "risk/what_if.html", _context(request, place, form), status=REFUSED)
    try:
        told = supposed.of(request.user, place, form.scenario(), form.target(), today())
    except columns.TooMany:
        return render(request, "risk/what_if.html", _context(request, place, form) | {"is_too_large": True})
    decimals = {"one": 1, "two": 2} if told.is_exact else {"one": 0, "two": 0}
    may_open = told.is_exact and bool(told.entered or told.left)
    return render(request, "risk/what_if.html", _context(request, place, form) | {"told": told, "may_open": may_open, **decimals})


@requires(Permission.RISK_WHAT_IF)
def moved(request):
    """Which families: opened by hand and noted, for well-chosen weights tell a reason."""
    place = _place(request)
    if not supposed.is_exact(request.user, place):
        raise Http404
    form = _form(request.GET, place)
    if request.method != "POST" or not form.is_bound or not form.is_valid():
        return redirect(f"{reverse('what-if')}?{request.GET.urlencode()}")
    try:
        found, total = supposed.moved(place, form.scenario(), today())
    except columns.TooMany:
        return redirect(f"{reverse('what-if')}?{request.GET.urlencode()}")
    actions.open_moved(place=place, families=total, by=request.user)
    context = {
        "heading": _("Families that would move"),
        "place": place,
        "rows": [_row(form, one) for one in found],
        "total": total,
        "crumbs": [{"label": _("What if"), "url": f"{reverse('what-if')}?{request.GET.urlencode()}"}, {"label": place.local_name}],
    }
    return render(request, "risk/what_if_families.html", context)


def _row(form: WhatIf, one: supposed.Moved) -> dict:
    return {"moved": one, "before": band_title(form.index, one.before), "after": band_title(form.index, one.after)}


def _form(asked, place: Place) -> WhatIf:
    index = queries.definition_in_force(Subject.HOUSEHOLD, today(), place)
    return WhatIf(index, asked if set(asked) - {"place"} else None)


def _place(request) -> Place:
    place = place_of(request, Permission.RISK_WHAT_IF)
    if not supposed.may_ask(request.user, place):
        raise Http404
    return place


def _context(request, place: Place, form: WhatIf) -> dict:
    near = [one for one in places_below(place) if supposed.may_ask(request.user, one)]
    own = [one for one in own_places(request.user, Permission.RISK_WHAT_IF) if one != place]
    measures = f"{reverse('measures')}?place={place.pk}"
    return {
        "heading": _("What if"),
        "place": place,
        "form": form,
        "total": form.index.total_points,
        "near": [*own, *near],
        "asked": urlencode([(key, value) for key, value in request.GET.items() if key != "place"]),
        "crumbs": [{"label": _("Measures of risk"), "url": measures}, {"label": _("What if")}],
    }
