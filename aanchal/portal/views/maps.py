"""The safety map of a village, with its list beside it."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.places.terms import Level
from aanchal.portal import maps
from aanchal.portal.views.places import crumbs


@require_safe
@requires(Permission.VILLAGE_READ)
def village_map(request, pk):
    village = place_or_404(request.user, Permission.VILLAGE_READ, pk)
    if village.level != Level.VILLAGE:
        raise Http404
    context = {
        "heading": _("Safety map: %(village)s") % {"village": village.local_name},
        "village": village,
        "crumbs": crumbs(request.user, village, label=_("Safety map")),
        "safety": maps.of(request.user, village, request.GET.get("band", "")),
    }
    return render(request, "portal/map.html", context)
