"""The unit's first page, its staff and districts, and the clocks of the law that run."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.rescue import forms, queries, rules, staffing, words
from aanchal.rescue.models import Member
from aanchal.rescue.views.asked import at_now, clock_rows, crumb, home_crumb, one_form, one_or_404, page_of, refused_form, tried

FIRST = 5
SOON = timedelta(days=7)


@require_safe
@requires(Permission.RESCUE_READ)
def home(request):
    """What waits: alerts handed up, leads, operations, clocks of the law."""
    user, now = request.user, timezone.now()
    leads = queries.leads(user).filter(state__in=("RECEIVED", "CHECKED"))
    operations = queries.operations(user).filter(state__in=rules.OPERATION_OPEN)
    clocks, alerts = queries.running_clocks(user, until=now + SOON), queries.handed_up(user)
    context = {
        "heading": _("Rescue"), "unit": queries.unit_of(user), "leads": leads[:FIRST], "operations": operations[:FIRST],
        "clocks": _clocks(clocks[:FIRST], now), "alerts": alerts[:FIRST],
        "counts": [
            (_("Alerts handed up"), alerts.count(), "leads"), (_("Leads"), leads.count(), "leads"),
            (_("Operations"), operations.count(), "operations"), (_("Clocks that end this week"), clocks.count(), "clocks"),
        ],
        "may_record": policy.holds(user, Permission.RESCUE_RECORD), "crumbs": [crumb(_("Rescue"))],
    }  # fmt: skip
    return render(request, "rescue/home.html", context)


@require_safe
@requires(Permission.RESCUE_READ)
def clocks(request):
    now = timezone.now()
    page = page_of(request, queries.running_clocks(request.user, until=now + timedelta(days=365 * 2)))
    context = {"heading": _("Clocks of the law"), "page": page, "rows": _clocks(page, now), "crumbs": [home_crumb(), crumb(_("Clocks"))]}
    return render(request, "rescue/clocks.html", context)


@requires(Permission.RESCUE_RECORD)
def open_unit(request):
    held = policy.current_postings(request.user, on=_today())
    places = [one.place for one in held if Permission.RESCUE_RECORD in one.held.permissions]
    form = forms.UnitForm(places, request.POST or None)

    return one_form(
        request, form, heading=_("A new unit"), crumbs=[home_crumb()], said=_("The unit stands. Add who serves in it."),
        change=lambda form: staffing.open_unit(place=form.where(), told=form.told(), on=_today(), **at_now(request)),
    )  # fmt: skip


@require_safe
@requires(Permission.RESCUE_READ)
def unit(request, pk):
    return _unit(request, one_or_404(request, queries.unit(pk)))


@require_POST
@requires(Permission.RESCUE_RECORD)
def join(request, pk):
    unit = one_or_404(request, queries.unit(pk), Permission.RESCUE_RECORD)
    form = forms.MemberForm(unit, request.POST)
    if not form.is_valid():
        refused_form(request)
        return _unit(request, unit, join=form)
    told = {"user": form.cleaned_data["username"], "capacity": form.cleaned_data["capacity"]}
    tried(request, lambda: staffing.join(unit=unit, on=_today(), by=request.user, **told), _("Added."))
    return redirect(unit)


@require_POST
@requires(Permission.RESCUE_RECORD)
def leave(request, pk):
    found = Member.objects.filter(pk=pk, until=None).select_related("unit").first()
    member = one_or_404(request, found, Permission.RESCUE_RECORD)
    staffing.leave(member=member, on=_today(), by=request.user)
    return redirect(member.unit)


@require_POST
@requires(Permission.RESCUE_RECORD)
def add_district(request, pk):
    unit = one_or_404(request, queries.unit(pk), Permission.RESCUE_RECORD)
    form = forms.DistrictForm(request.POST)
    if not form.is_valid():
        refused_form(request)
        return _unit(request, unit, district=form)
    place = form.cleaned_data["district"]
    tried(request, lambda: staffing.add_district(unit=unit, place=place, on=_today(), by=request.user), _("Added."))
    return redirect(unit)


def _unit(request, unit, **filled):
    members = queries.members(unit)
    context = {
        "heading": unit.name, "unit": unit, "members": members, "has_head": any(one.capacity == "HEAD" for one in members),
        "districts": unit.jurisdiction.filter(until=None).select_related("place"), "join": forms.MemberForm(unit),
        "district": forms.DistrictForm(), "may_record": policy.can(request.user, Permission.RESCUE_RECORD, unit),
        "crumbs": [home_crumb(), crumb(unit.name)],
    }  # fmt: skip
    return render(request, "rescue/unit.html", context | filled, status=422 if filled else 200)


def _clocks(found, now) -> list[dict]:
    rows = clock_rows(found, now)
    return [row | {"who": words.who(row["one"].rescued) if row["one"].rescued else row["one"].fir.shown_number} for row in rows]


def _today():
    return policy.day_in_india(timezone.now())


def unit_or_404(request):
    """The unit for which someone writes."""
    found = queries.unit_of(request.user)
    if found is None:
        raise Http404
    return found


def may_begin(user, permission) -> bool:
    """Nothing is begun before there is a unit that it could belong to."""
    return policy.holds(user, permission) and queries.unit_of(user) is not None
