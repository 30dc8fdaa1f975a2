"""What the Nodal Cell asks for, who has reported, who has not."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.nodal import actions, forms, queries
from aanchal.nodal.rules import Refused
from aanchal.nodal.views import found
from aanchal.nodal.views.found import A_PAGE, REFUSED, attempt, call_or_404, crumbs, say, today
from aanchal.places.queries import nation


@requires(Permission.RETURN_READ)
def calls(request):
    """The periods that were called. The Nodal Cell calls the next one here."""
    form = forms.CallForm(request.POST or None) if _is_cell(request.user) else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and (made := attempt(form, actions.call, at=timezone.now(), by=request.user, **form.cleaned_data)):
            messages.success(request, _("Called. Every State finds it among its returns."))
            return redirect("nodal:call", made.slug)
    page = Paginator(queries.calls(), A_PAGE).get_page(request.GET.get("page"))
    told, states = queries.progress(request.user, page.object_list), queries.states(request.user).count()
    rows = [
        {"call": one, "period": found.period(one), "reported": (n := told[one.pk]["reported"]), "of": states,
         "is_late": one.due_on < today() and n < states}
        for one in page.object_list
    ]  # fmt: skip
    context = {"heading": _("Returns of the States"), "page": page, "rows": rows, "form": form, "crumbs": crumbs()}
    context["is_nation"] = policy.covers(request.user, Permission.RETURN_READ, nation())
    return render(request, "nodal/calls.html", context, status=REFUSED if form and form.errors else 200)


@require_safe
@requires(Permission.RETURN_READ)
def call(request, period):
    """Each State of the reader and where its return stands: what is missing comes first."""
    one = call_or_404(period)
    page = Paginator(queries.states(request.user), A_PAGE).get_page(request.GET.get("page"))
    latest = queries.latest(request.user, [one], page.object_list)
    rows = [
        {"place": place, "one": (told := latest.get((one.pk, place.pk))), "has_reported": queries.has_reported(told),
         "may_open": told is None and policy.can(request.user, Permission.RETURN_RECORD, place)}
        for place in page.object_list
    ]  # fmt: skip
    rows.sort(key=lambda row: row["has_reported"])
    silent = len(queries.silent(one, request.user))
    context = {
        "heading": found.period(one), "call": one, "page": page, "rows": rows, "silent": silent, "is_late": silent and one.due_on < today(),
        "may_remind": silent and _is_cell(request.user), "crumbs": crumbs(one), "source": queries.source_of(one.edition),
    }  # fmt: skip
    return render(request, "nodal/call.html", context)


@require_POST
@requires(Permission.RETURN_RECORD)
def open_return(request, period):
    one = call_or_404(period)
    place = queries.states(request.user).filter(pk=_number(request.POST.get("state"))).first()
    if place is None or not policy.can(request.user, Permission.RETURN_RECORD, place):
        raise Http404
    try:
        made = actions.open_return(call=one, place=place, at=timezone.now(), by=request.user)
        return redirect("nodal:return", pk=made.pk)
    except Refused as refused:
        say(request, refused)
    return redirect("nodal:call", period)


@require_POST
@requires(Permission.RETURN_ACCEPT)
def remind(request, period):
    one = call_or_404(period)
    if not _is_cell(request.user):
        raise Http404
    n = actions.remind(call=one, at=timezone.now(), by=request.user)
    messages.success(request, ngettext("%(n)s State is reminded.", "%(n)s States are reminded.", n) % {"n": n})
    return redirect("nodal:call", period)


def _is_cell(user) -> bool:
    return policy.covers(user, Permission.RETURN_ACCEPT, nation())


def _number(told: str | None) -> int:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 15 else 0
