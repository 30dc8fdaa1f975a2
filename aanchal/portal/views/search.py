"""Search across what the signed-in person may see."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access.web import signed_in
from aanchal.portal import finding


@require_safe
@signed_in
def search(request):
    typed = " ".join(request.GET.get("q", "").split())[:60]
    context = {
        "heading": _("Search"),
        "search_text": typed,
        "found": finding.findings(request.user, typed) if typed else None,
        "by_name": finding.registers_by_name(request.user),
    }
    return render(request, "portal/search.html", context)
