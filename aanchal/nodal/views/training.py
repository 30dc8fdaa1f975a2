"""How many police, prosecutors and judges were trained, by State."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.nodal import learning, standings
from aanchal.nodal.views.found import A_PAGE, scheme_crumbs


@require_safe
@requires(Permission.RETURN_READ)
def training(request):
    """Each State opens its trainings for who follows activities there."""
    told = learning.progress(request.user)
    page = Paginator([line for line in told.lines if not line.is_silent], A_PAGE).get_page(request.GET.get("page"))
    trainings = reverse("activities:trainings")
    rows = [
        (line, f"{trainings}?place={line.place.pk}" if policy.can(request.user, Permission.ACTIVITY_READ, line.place) else "")
        for line in page.object_list
    ]
    context = {
        "heading": _("Training of police, prosecutors and judges"), "told": told, "page": page, "rows": rows,
        "is_one": len(told.lines) == 1, "silent": [line for line in told.lines if line.is_silent],
        "source": standings.source(), "crumbs": scheme_crumbs({"label": _("Training")}),
    }  # fmt: skip
    return render(request, "nodal/training.html", context)
