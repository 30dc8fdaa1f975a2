"""Search across what the signed-in person may see."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import signed_in
from aanchal.matching import actions as matching
from aanchal.matching import named
from aanchal.portal import finding


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def search(request):
    """Who may open names sends the words in the body of a request, where a name may stand; an address is for codes and places."""
    typed = " ".join((request.POST if request.method == "POST" else request.GET).get("q", "").replace("\0", "").split())[:60]
    found = finding.findings(request.user, typed) if typed else None
    context = {
        "heading": _("Search"),
        "search_text": typed,
        "found": found,
        "rows": None if found is None or found.households or found.lines else _named(request, typed),
        "by_name": finding.registers_by_name(request.user),
    }
    return render(request, "portal/search.html", context)


def _named(request, typed: str) -> list[dict] | None:
    """People of this name, in any script; None where names were not asked for. Six letters may be a code and a name."""
    if request.method != "POST" or len(typed) < finding.SHORTEST or not policy.holds(request.user, Permission.IDENTITY_READ):
        return None
    return [named.row(request.user, one) for one in matching.search_names(name=typed, by=request.user)]
