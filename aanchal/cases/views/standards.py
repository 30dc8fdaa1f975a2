"""HTCDS 2.0 out and in, and counts without a name."""

import json
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.cases import actions, counts, disclosing, forms, htcds, rules, words
from aanchal.cases.views.asked import REFUSED, case_or_404, password_first, reach_or_404, tried
from aanchal.cases.views.cases import crumbs, districts
from aanchal.places.models import Place


@require_POST
@requires(Permission.CASE_WORK)
def hand_out(request, pk):
    """The case as a file of HTCDS 2.0; with her name only where that was asked for and may be."""
    case, now = case_or_404(request, pk), timezone.now()
    reach = reach_or_404(request, case, "leads")
    named = reach.knows_her and request.POST.get("with_identity") == "on"
    if named and (page := password_first(request, reverse("cases:case", args=[pk]))):
        return page
    told = tried(request, lambda: disclosing.as_htcds(case=case, with_identity=named, at=now, by=request.user), "")
    if told is None:
        return redirect("cases:case", pk=pk)
    answer = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="htcds-{case.code}.json"'
    return answer


@requires(Permission.CASE_WORK)
def take_in(request):
    """A case from another system: what the standard tells; a tick of consent there is no consent here."""
    places, now = districts(request.user), timezone.now()
    form = forms.ImportForm(places, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (case := _taken_in(form, now, request.user)):
        messages.success(request, _("Opened as %(code)s. Ask her consent first of all.") % {"code": case.shown_code})
        return redirect("cases:write", pk=case.pk, what="consent")
    context = {"heading": _("Take in a case (HTCDS 2.0)"), "form": form, "crumbs": crumbs({"label": _("Take in")})}
    return render(request, "cases/write.html", context, status=REFUSED if form.errors else 200)


def _taken_in(form, at, by):
    told = form.cleaned_data
    try:
        fields = htcds.read(told["file"].read(htcds.LARGEST + 1))
        details = htcds.details(fields, is_child=told["is_child"])
        today = policy.day_in_india(at)
        return actions.open_case(details=details, place=told["place"], on=today, supervisor=told["supervisor"], at=at, by=by)
    except htcds.CannotRead as problem:
        said = _("The value of %(field)s is none of HTCDS 2.0.") % {"field": problem.field}
        form.add_error("file", said if problem.field else _("This is no case of HTCDS 2.0. Nothing was saved."))
    except rules.NotPossible as refused:
        form.add_error(None, words.REFUSALS[str(refused)])
    return None


@require_safe
@requires(Permission.CASE_SUPERVISE)
def counted(request):
    """A year of a district or a State: the return of NCRB, the columns of CTDC, the corridors. Small numbers are hidden."""
    place, year = _place(request.user), _year(request)
    first, last = date(year, 1, 1), date(year, 12, 31)
    corridors = counts.corridors(place, first, last)
    names = {one.pk: one for one in Place.objects.filter(pk__in={end for one in corridors for end in (one.origin, one.destination)})}
    context = {
        "heading": _("Cases counted"), "place": place, "year": year, "ncrb": counts.ncrb(place, first, last),
        "ctdc": counts.ctdc(place, first, last), "least": counts.LEAST,
        "corridors": [(names[one.origin], names[one.destination], one.n) for one in corridors], "crumbs": crumbs({"label": _("Counted")}),
    }  # fmt: skip
    return render(request, "cases/counts.html", context)


def _place(user) -> Place:
    """The widest place she supervises and may count."""
    for posting in policy.current_postings(user, on=policy.day_in_india(timezone.now())):
        if policy.covers(user, Permission.COUNT_READ, posting.place) and policy.covers(user, Permission.CASE_SUPERVISE, posting.place):
            return posting.place
    raise Http404


def _year(request) -> int:
    told = request.GET.get("year", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) == 4 else policy.day_in_india(timezone.now()).year
