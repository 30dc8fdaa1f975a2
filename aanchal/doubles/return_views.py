"""The pages of people who may have come back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.doubles import forms, homecoming, queries, rules, terms
from aanchal.doubles.models import Homecoming
from aanchal.people import actions as people
from aanchal.registers.lines import who
from aanchal.registers.terms import Register

A_PAGE = 30
REFUSED = 422


@require_safe
@requires(Permission.ENTRY_RECORD)
def returns(request):
    """Who may have come back, the latest sign first; no name."""
    page = Paginator(queries.homecomings(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("May have come back"), "page": page, "rows": [_told(one) for one in page],
        "crumbs": [{"label": _("May have come back")}],
    }  # fmt: skip
    return render(request, "doubles/returns.html", context)


@requires(Permission.ENTRY_RECORD)
def one_return(request, pk):
    """What the visit found: she is back, and the line is closed with that; or she is not."""
    found = _homecoming(request, pk)
    if request.method != "POST":
        return _page(request, found)
    form = forms.ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    try:
        homecoming.answer(
            homecoming=found, is_back=form.cleaned_data["answer"] == "yes", on=form.cleaned_data["on"], at=timezone.now(), by=request.user
        )
    except rules.NotPossible as refused:
        form.add_error(None, terms.REFUSALS[str(refused)])
        return _page(request, found, form=form)
    messages.success(request, _("Noted. Thank you for the visit."))
    return redirect("doubles:returns")


@require_POST
@requires(Permission.IDENTITY_READ)
def open_return(request, pk):
    """The same page with her name, to find her door; that it was read is noted."""
    found = _homecoming(request, pk, Permission.IDENTITY_READ)
    names = people.open_names(people=[found.entry.person], reason="MAY_BE_BACK", by=request.user)
    return _page(request, found, names=names.get(found.person_id))


def _homecoming(request, pk, *more: Permission) -> Homecoming:
    found = queries.homecoming(pk)
    needed = (Permission.ENTRY_READ, Permission.ENTRY_RECORD, *more)
    if found is None or not all(policy.can(request.user, permission, found) for permission in needed):
        raise Http404
    return found


def _told(found: Homecoming) -> dict:
    return {"one": found, "who": who(found.entry), "register": Register(found.register).label}


def _page(request, found: Homecoming, *, names=None, form=None) -> HttpResponse:
    is_open = found.standing == terms.Return.OPEN and queries.open_line(found) is not None
    context = {
        "heading": _("May have come back"), **_told(found), "names": names, "form": (form or forms.ReturnForm()) if is_open else None,
        "may_open": names is None and policy.can(request.user, Permission.IDENTITY_READ, found),
        "crumbs": [{"label": _("May have come back"), "url": reverse("doubles:returns")}, {"label": who(found.entry)}],
    }  # fmt: skip
    return render(request, "doubles/return.html", context, status=REFUSED if form and form.errors else 200)
