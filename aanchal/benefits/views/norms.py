"""How each fund may be lent where the reader works, and a state's own norms written."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import editing
from aanchal.benefits import norms as norms_of
from aanchal.benefits.fund_forms import NormForm
from aanchal.benefits.rules import Refused
from aanchal.benefits.terms import CboKind, FundKind
from aanchal.places.models import Place
from aanchal.places.queries import nation
from aanchal.places.terms import Level
from aanchal.risk.views.asked import own_places, today

REFUSED = 422


@require_safe
@requires(Permission.SCHEME_READ)
def norms(request):
    state = _state(request)
    rows = [_in_words(kind, state or nation()) for kind in FundKind]
    context = {"heading": _("How funds may be lent"), "state": state, "rows": rows, "crumbs": [{"label": _("How funds may be lent")}]}
    return render(request, "benefits/norms.html", context)


@requires(Permission.SCHEME_READ)
def norm(request, kind):
    """What holds and what held before; who edits the schemes of the state writes the next."""
    if kind not in FundKind.values:
        raise Http404
    state, edited = _state(request), _edited_state(request)
    form = NormForm(request.POST or None, initial=_initial(kind, edited)) if edited else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _written(request, kind, edited, form):
            messages.success(request, _("Written. It holds from its day on; what was asked for before keeps the norms of its day."))
            return redirect("norm", kind=kind)
    context = {
        "heading": FundKind(kind).label, "state": state, "one": _in_words(kind, state or nation()), "form": form,
        "versions": norms_of.versions(kind, state) if state else [],
        "crumbs": [{"label": _("How funds may be lent"), "url": reverse("norms")}, {"label": FundKind(kind).label}],
    }  # fmt: skip
    return render(request, "benefits/norm.html", context, status=REFUSED if form and form.errors else 200)


def _written(request, kind: str, state: Place, form: NormForm) -> bool:
    told = dict(form.cleaned_data)
    try:
        editing.write_norm(kind=kind, state=state, effective_from=told.pop("effective_from"), told=told, at=timezone.now(), by=request.user)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _in_words(kind: str, place: Place) -> dict:
    norm = norms_of.in_force(kind, today(), place)
    return {"kind": kind, "title": FundKind(kind).label, "norm": norm, "kept_by": [CboKind(one).label for one in norm.kept_by]}


def _initial(kind: str, state: Place) -> dict:
    norm = norms_of.in_force(kind, today(), state)
    return {
        "effective_from": today(), "kept_by": norm.kept_by, "largest_paise": norm.largest_paise // norms_of.PAISE, "months": norm.months,
        "interest_bp": f"{norm.interest_bp / norms_of.PAISE:g}", "may_grant": norm.may_grant, "source": norm.source,
        "per_member_paise": norm.per_member_paise // norms_of.PAISE, "is_unverified": norm.is_unverified,
    }  # fmt: skip


def _state(request) -> Place | None:
    places = own_places(request.user, Permission.SCHEME_READ)
    if not places:
        return None
    return places[0] if places[0].level == Level.STATE else places[0].state


def _edited_state(request) -> Place | None:
    places = own_places(request.user, Permission.SCHEME_EDIT)
    return next((one for one in places if one.level == Level.STATE and policy.covers(request.user, Permission.SCHEME_EDIT, one)), None)
