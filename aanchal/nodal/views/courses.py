"""People in certificate courses that others give, by State; nobody is named."""

from datetime import date

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import queries as activities
from aanchal.nodal.views.found import today

SHOWN_YEARS = 5


@require_safe
@requires(Permission.RETURN_READ)
def courses(request):
    """Of a year: who was enrolled, completed, left, by State, rank and sex, each person once (the Ministry's page, items 15 and 17)."""
    years = range(today().year, today().year - SHOWN_YEARS, -1)
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), years[0])
    lines = activities.in_courses(date(year, 1, 1), date(year, 12, 31))
    context = {
        "heading": _("Certificate courses"), "year": year, "years": years, "lines": lines, "people": sum(line.people for line in lines),
        "completed": sum(line.completed for line in lines),
        "crumbs": [{"label": _("Anti Human Trafficking Units"), "url": reverse("nodal:units")}, {"label": _("Certificate courses")}],
    }  # fmt: skip
    return render(request, "nodal/courses.html", context)
