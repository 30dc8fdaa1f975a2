"""How deep the risk of a place is, of what it is made, and how its parts add up to it."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.places.models import Place
from aanchal.places.queries import ancestors
from aanchal.risk import measured, supposed
from aanchal.risk.views.asked import own_places, place_of, today


@require_safe
@requires(Permission.COUNT_READ)
def measures(request):
    place = place_of(request, Permission.COUNT_READ)
    if not has_measures(request.user, place):
        raise Http404
    context = {
        "heading": _("Measures of risk"),
        "place": place,
        "told": measured.of(request.user, place, today()),
        "may_suppose": supposed.may_ask(request.user, place),
        "may_list": policy.covers(request.user, Permission.RISK_READ, place),
        "may_read_index": policy.holds(request.user, Permission.INDEX_READ),
        "own": [one for one in own_places(request.user, Permission.COUNT_READ) if one != place],
        "crumbs": _crumbs(request.user, place),
    }
    return render(request, "risk/measures.html", context)


def has_measures(user, place: Place) -> bool:
    """Panchayats cut across what is put together for who may only count, so they have no measures for them."""
    levels = {*measured.BELOW, "VILLAGE"} if policy.covers(user, Permission.RISK_READ, place) else {*measured.WIDE, "VILLAGE"}
    return place.level in levels and policy.covers(user, Permission.COUNT_READ, place)


def _crumbs(user, place: Place) -> list[dict]:
    above = [one for one in ([place.nation] if place.nation_id else []) + ancestors(place) if has_measures(user, one)]
    return [*({"label": one.local_name, "url": f"{reverse('measures')}?place={one.pk}"} for one in above), {"label": place.local_name}]
