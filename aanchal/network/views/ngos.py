"""NGOs: their files, due diligence, engagements, and the two who blacklist."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.network import directory, engaging, stakeholder_forms, terms
from aanchal.network.models import Engagement, Ngo
from aanchal.network.rules import Refused
from aanchal.network.terms import ListState
from aanchal.network.views.found import A_PAGE, READ, REFUSED, attempt, bound, crumbs, row_or_404, say, say_wrong, today

NGO_RECORD, NGO_DECIDE = Permission.NGO_RECORD, Permission.NGO_DECIDE


@requires(READ)
def ngos(request):
    page = Paginator(directory.ngos(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("NGOs"), "page": page, "waiting": directory.blacklistings_waiting(request.user), "today": today(),
        "engaged_here": directory.engaged_here(),
        "crumbs": crumbs((_("NGOs"), "")), "may_send": policy.holds(request.user, NGO_RECORD),
    }  # fmt: skip
    return render(request, "network/ngos.html", context)


@requires(READ)
def ngo(request, pk):
    row = row_or_404(request.user, Ngo.objects.select_related("stakeholder__place"), pk)
    listing = row.blacklistings.filter(state__in=[ListState.PROPOSED, *terms.BARRING]).select_related("proposed_by", "decided_by").first()
    offered = _forms(request, row, listing)
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        if (offered[what] is None or offered[what].is_valid()) and _done(request, row, listing, what, offered[what]):
            messages.success(request, _("Noted."))
            return redirect("network:ngo", pk=pk)
    day = today()
    newest = {one.item: one for one in row.diligence.select_related("by").order_by("item", "-on", "-at").distinct("item")}
    context = {
        "heading": row.stakeholder.name, "row": row, "forms": offered, "listing": listing, "is_barred": engaging.is_barred(row, day, day),
        "items": [(item.label, newest.get(item.value)) for item in terms.Item], "engagements": directory.engagements(row), "today": day,
        "areas": [terms.Area(area).label for area in row.areas],
        "past": row.blacklistings.order_by("-proposed_at").select_related("proposed_by", "decided_by"),
        "crumbs": crumbs((_("NGOs"), reverse("network:ngos")), (row.stakeholder.name, "")),
    }  # fmt: skip
    return render(request, "network/ngo.html", context, status=REFUSED if request.method == "POST" else 200)


@requires(READ)
def engagement(request, pk):
    """One engagement: what it owes, what came, how good it was."""
    row = row_or_404(request.user, Engagement.objects.select_related("ngo__stakeholder", "place"), pk)
    may = policy.can(request.user, NGO_RECORD, row)
    owe = stakeholder_forms.OweForm(bound(request, "owe"), prefix="owe")
    end = stakeholder_forms.WhyForm(bound(request, "end"), prefix="end")
    if request.method == "POST":
        if not may:
            raise Http404
        if _engaged(request, row, owe, end):
            messages.success(request, _("Noted."))
            return redirect("network:engagement", pk=pk)
    context = {
        "heading": row.title, "row": row, "may": may, "owe": owe, "end": end, "rate": stakeholder_forms.RateForm(), "today": today(),
        "owed": row.deliverables.order_by("due_on", "pk"),
        "crumbs": crumbs((row.ngo.stakeholder.name, reverse("network:ngo", args=[row.ngo_id])), (row.title, "")),
    }  # fmt: skip
    return render(request, "network/engagement.html", context, status=REFUSED if request.method == "POST" else 200)


def _engaged(request, row: Engagement, owe, end) -> bool:
    told = {"engagement": row, "by": request.user}
    match request.POST.get("what", ""):
        case "owe":
            return owe.is_valid() and attempt(owe, engaging.expect, **told, **owe.cleaned_data) is not None
        case "end":
            return end.is_valid() and attempt(end, engaging.end_engagement, on=today(), **told, **end.cleaned_data) is not None
        case "delivered" | "rate":
            return _delivered(request, row)
    raise Http404


def _delivered(request, row: Engagement) -> bool:
    """One of its deliverables came, or is rated."""
    one = next((each for each in row.deliverables.all() if str(each.pk) == request.POST.get("deliverable")), None)
    if one is None:
        raise Http404
    form = stakeholder_forms.RateForm(request.POST)
    try:
        if request.POST["what"] == "delivered":
            engaging.deliver(deliverable=one, on=today(), at=timezone.now(), by=request.user)
        elif form.is_valid():
            engaging.rate(deliverable=one, by=request.user, **form.cleaned_data)
        else:
            say_wrong(request, form)
            return False
    except Refused as refused:
        say(request, refused)
        return False
    return True


def _forms(request, row: Ngo, listing) -> dict:
    """What may be done next; None needs nothing but a button."""
    offered: dict = {}
    if policy.can(request.user, NGO_RECORD, row):
        given = {name: getattr(row, name) for name in stakeholder_forms.NgoForm.base_fields}
        offered |= {
            "restate": stakeholder_forms.NgoForm(bound(request, "restate"), prefix="restate", initial=given),
            "item": stakeholder_forms.ItemForm(bound(request, "item"), prefix="item", initial={"on": today()}),
            "engage": stakeholder_forms.EngageForm(bound(request, "engage"), prefix="engage"),
        }
        if listing is None:
            given = {"from_on": today()}
            offered["blacklist"] = stakeholder_forms.BlacklistForm(bound(request, "blacklist"), prefix="blacklist", initial=given)
        elif listing.state == ListState.IN_FORCE:
            offered["lift"] = stakeholder_forms.WhyForm(bound(request, "lift"), prefix="lift")
    if listing is not None and listing.state != ListState.IN_FORCE and policy.can(request.user, NGO_DECIDE, row):
        offered |= {"agree": None, "refuse": None}
    return offered


def _done(request, row: Ngo, listing, what: str, form) -> bool:
    told = {"at": timezone.now(), "by": request.user}
    if what in ("agree", "refuse"):
        try:
            engaging.decide(blacklisting=listing, is_agreed=what == "agree", **told)
        except Refused as refused:
            say(request, refused)
            return False
        return True
    return _written(row, listing, what, form, told) is not None


def _written(row: Ngo, listing, what: str, form, told: dict):
    match what:
        case "restate":
            return attempt(form, engaging.restate, ngo=row, told=form.cleaned_data, by=told["by"])
        case "item":
            return attempt(form, engaging.note_item, ngo=row, **form.cleaned_data, **told)
        case "engage":
            return attempt(form, engaging.engage, ngo=row, place=row.stakeholder.place, told=form.told(), **told)
        case "blacklist":
            return attempt(form, engaging.propose_blacklisting, ngo=row, **form.cleaned_data, **told)
    return attempt(form, engaging.propose_lifting, blacklisting=listing, reasons=form.cleaned_data["why"], **told)
