"""The nodal officers of the States, and how fresh what is known of them is."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.nodal import officers as known
from aanchal.nodal import standings
from aanchal.nodal.views.found import A_PAGE, today


@require_safe
@requires(Permission.RETURN_READ)
def officers(request):
    told = known.of_states(request.user, today())
    named = [one for one in told if one.offices]
    may = policy.holds(request.user, Permission.STAKEHOLDER_RECORD)
    context = {
        "heading": _("Nodal officers"), "page": Paginator(named, A_PAGE).get_page(request.GET.get("page")),
        "lacking": [one.place for one in told if not one.offices],
        "stale": sum(any(office.is_stale for office in one.offices) for one in named),
        "days": standings.norms()["officer_confirmed_within_days"],
        "directory": f"{reverse('network:stakeholders')}?kind=NODAL_OFFICE" if may else "",
        "crumbs": [{"label": _("Anti Human Trafficking Units"), "url": reverse("nodal:units")}, {"label": _("Nodal officers")}],
    }  # fmt: skip
    return render(request, "nodal/officers.html", context)
