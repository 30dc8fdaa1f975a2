"""A head through the years: what was published and what the States returned, with every break shown."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.nodal import queries
from aanchal.nodal.views.found import crumbs
from aanchal.places.queries import nation

FIRST = "victims_total"


@require_safe
@requires(Permission.RETURN_READ)
def series(request):
    keys = queries.series_keys()
    key = request.GET.get("head", FIRST)
    places = [place for place in (nation(), *queries.states(request.user)) if policy.covers(request.user, Permission.RETURN_READ, place)]
    place = next((place for place in places if str(place.pk) == request.GET.get("place")), places[0] if places else None)
    if place is None or "place" in request.GET and str(place.pk) != request.GET["place"]:
        raise Http404
    if key not in dict(keys):
        raise Http404
    points = queries.series(request.user, key, place)
    context = {
        "heading": _("Through the years"), "keys": keys, "key": key, "places": places, "place": place, "points": points[::-1],
        "title": dict(keys)[key], "crumbs": crumbs(None, None, _("Through the years")),
        "editions": [(one, queries.source_of(one)) for one in {point.edition.pk: point.edition for point in points}.values()],
    }  # fmt: skip
    return render(request, "nodal/series.html", context)
