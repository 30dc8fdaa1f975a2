"""The groups, village organisations and federations of a place; one of them entered, corrected, closed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import organisations
from aanchal.benefits.models import Cbo
from aanchal.benefits.organisation_forms import CorrectForm, EndForm, EnterForm
from aanchal.benefits.rules import Refused
from aanchal.benefits.terms import CboKind, FundKind
from aanchal.benefits.views.funds import around
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers.queries import inside
from aanchal.risk.views.asked import place_of, today

REFUSED = 422
A_PAGE = 25


@require_safe
@requires(Permission.FUND_READ)
def cbos(request):
    place, kind = place_of(request, Permission.FUND_READ), request.GET.get("kind", "")
    kind = kind if kind in CboKind.values else ""
    found = policy.visible(request.user, Permission.FUND_READ, organisations.listed(place, kind))
    context = {
        "heading": _("Groups and federations"), "place": place, "kind": kind, "kinds": CboKind.choices,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "may_enter": bool(_places(request.user, place)),
        "may_import": policy.covers(request.user, Permission.ENTITLEMENT_RECORD, place),
        "crumbs": _crumbs(place)[:1] + [{"label": _("Groups and federations")}],
        **around(request.user, place),
    }  # fmt: skip
    return render(request, "benefits/cbos.html", context)


@requires(Permission.CBO_RECORD)
def enter(request):
    place = place_of(request, Permission.CBO_RECORD)
    places = _places(request.user, place)
    above = [one for kind in organisations.ABOVE for one in organisations.may_be_above(kind, place)]
    likely = CboKind.SHG if place.level == Level.VILLAGE else CboKind.CLF
    form = EnterForm(above, places, request.POST or None, initial={"place": place.pk, "kind": likely})
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        told["place"] = next(one for one in places if one.pk == told["place"])
        if entered := _done(request, form, above, told, organisations.enter, _("Entered.")):
            return redirect("cbo", pk=entered.pk)
    crumbs = [*_crumbs(place), {"label": _("Enter one")}]
    context = {"heading": _("Enter a group or federation"), "place": place, "form": form, "cancel_url": crumbs[1]["url"], "crumbs": crumbs}
    return render(request, "benefits/cbo_enter.html", context, status=REFUSED if form.errors else 200)


@requires(Permission.FUND_READ)
def cbo(request, pk):
    """What it is, what belongs to it and which funds it keeps; who keeps the list corrects, closes and opens it again."""
    one = _found(request, pk)
    may = policy.can(request.user, Permission.CBO_RECORD, one)
    above = organisations.may_be_above(one.kind, one.place, but=one) if may else []
    written = {"name": one.name, "lokos_id": one.lokos_id, "parent": one.parent_id}
    correct = CorrectForm(above, _for(request, "correct"), initial=written)
    end = EndForm(_for(request, "close"), initial={"on": today()})
    if request.method == "POST":
        if not may:
            raise Http404
        if _changed(request, one, above, correct, end):
            return redirect("cbo", pk=one.pk)
    below = policy.visible(request.user, Permission.FUND_READ, Cbo.objects.filter(parent=one)).order_by("kind", "name", "pk")
    context = {
        "heading": one.name, "one": one, "may": may, "correct": correct, "end": end,
        "members": one.members.filter(left_on=None).count(),
        "below": Paginator(below, A_PAGE).get_page(request.GET.get("page")),
        "funds": [(fund, FundKind(fund.kind).label) for fund in one.funds.order_by("kind")],
        "crumbs": [*_crumbs(one.place), {"label": one.name}],
    }  # fmt: skip
    return render(request, "benefits/cbo.html", context, status=REFUSED if correct.errors or end.errors else 200)


def _changed(request, one: Cbo, above: list[Cbo], correct: CorrectForm, end: EndForm) -> bool:
    what = request.POST.get("what")
    if what == "reopen":
        organisations.reopen(cbo=one, at=timezone.now(), by=request.user)
        messages.success(request, _("Open again. Its members join again, or come with the SHG database."))
        return True
    for name, form, change, said in (
        ("correct", correct, organisations.correct, _("Corrected.")),
        ("close", end, organisations.close, _("Closed. Its members are in no group from that day.")),
    ):
        if what == name:
            return form.is_valid() and bool(_done(request, form, above, {"cbo": one, **form.cleaned_data}, change, said))
    raise Http404


def _done(request, form, above: list[Cbo], told: dict, change, said: str) -> Cbo | None:
    if "parent" in told:
        told["parent"] = next((one for one in above if str(one.pk) == told["parent"]), None)
    try:
        done = change(**told, at=timezone.now(), by=request.user)
    except Refused as refused:
        form.refuse(refused)
        return None
    messages.success(request, said)
    return done


def _found(request, pk) -> Cbo:
    found = Cbo.objects.select_related("place", "place__block", "parent").filter(pk=pk).first()
    if found is None or not policy.can(request.user, Permission.FUND_READ, found):
        raise Http404
    return found


def _places(user, place: Place) -> list[Place]:
    """Where one may be entered: the place and what lies in it, no wider than a block."""
    levels = (Level.BLOCK, Level.PANCHAYAT, Level.VILLAGE)
    if place.level not in levels:
        return []
    found = Place.objects.filter(inside(place), level__in=levels)
    return list(policy.visible(user, Permission.CBO_RECORD, found).order_by("-level", "name", "pk"))


def _for(request, what: str):
    return request.POST if request.method == "POST" and request.POST.get("what") == what else None


def _crumbs(place: Place) -> list[dict]:
    asked = f"?place={place.pk}"
    return [
        {"label": _("Funds"), "url": reverse("funds") + asked},
        {"label": _("Groups and federations"), "url": reverse("cbos") + asked},
    ]
