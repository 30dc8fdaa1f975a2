"""Leads: what came in, one of them, and what is done about it."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.rescue import actions, forms, informing, queries, terms
from aanchal.rescue.models import Lead
from aanchal.rescue.views.asked import at_now, crumb, home_crumb, one_form, one_or_404, page_of, refused_form, tried
from aanchal.rescue.views.units import may_begin, unit_or_404
from aanchal.tracking.queries import alert as alert_of


@require_safe
@requires(Permission.RESCUE_READ)
def leads(request):
    """What came in, the newest first; above it the alerts of villages that wait here."""
    state = request.GET.get("state", "")
    state = state if state in terms.LeadState.values else ""
    found = queries.leads(request.user)
    page = page_of(request, found.filter(state=state) if state else found)
    context = {
        "heading": _("Leads"), "page": page, "state": state, "states": terms.LeadState.choices,
        "alerts": page_of(request, queries.handed_up(request.user)) if page.number == 1 else [],
        "may_record": may_begin(request.user, Permission.LEAD_RECORD), "crumbs": [home_crumb(), crumb(_("Leads"))],
    }  # fmt: skip
    return render(request, "rescue/leads.html", context)


@requires(Permission.LEAD_RECORD)
def record(request):
    """A lead; from an alert of a village where one is named."""
    return _record(request, None)


@requires(Permission.LEAD_RECORD)
def from_alert(request, pk):
    alert = alert_of(pk)
    if alert is None or not policy.can(request.user, Permission.LEAD_RECORD, alert):
        raise Http404
    return _record(request, alert)


@require_safe
@requires(Permission.RESCUE_READ)
def lead(request, pk):
    return _lead(request, one_or_404(request, queries.lead(pk)))


@require_POST
@requires(Permission.LEAD_RECORD)
def open_lead(request, pk):
    lead = one_or_404(request, queries.lead(pk), Permission.LEAD_RECORD)
    return _lead(request, lead, opened=informing.open_lead(lead=lead, by=request.user))


@require_POST
@requires(Permission.LEAD_RECORD)
def open_source(request, pk):
    lead = one_or_404(request, queries.lead(pk), Permission.LEAD_RECORD)
    source = informing.open_source(lead=lead, by=request.user)
    return _lead(request, lead, source=source or {}, is_source_closed=source is None)


@require_POST
@requires(Permission.LEAD_RECORD)
def move(request, pk):
    lead = one_or_404(request, queries.lead(pk), Permission.LEAD_RECORD)
    form = forms.MoveLeadForm(lead, request.POST)
    if not form.is_valid():
        refused_form(request)
        return _lead(request, lead, status=422, move=form)
    tried(request, lambda: informing.move(lead=lead, **form.cleaned_data, **at_now(request)), _("Written down."))
    return redirect(lead)


@requires(Permission.RESCUE_RECORD)
def plan(request, pk):
    lead = one_or_404(request, queries.lead(pk), Permission.RESCUE_RECORD)
    on = policy.day_in_india(timezone.now()) + timedelta(days=1)
    initial = {"planned_for": on, "led_by": str(request.user.pk)}
    form = forms.PlanForm(queries.officers(lead.unit, request.user), request.POST or None, initial=initial)
    return one_form(
        request, form, heading=_("Plan an operation"), crumbs=[home_crumb(), crumb(lead.shown_code, "lead", lead.pk)],
        change=lambda form: actions.plan(lead=lead, **form.told(), **at_now(request)), said=_("Planned. Its checklist begins now."),
        sub=lead.get_matter_display(),
    )  # fmt: skip


def _record(request, alert):
    unit = unit_or_404(request)
    form = forms.LeadForm(request.POST or None, alert=alert)
    return one_form(
        request, form, heading=_("Write down a lead"), crumbs=[home_crumb(), crumb(_("Leads"), "leads")],
        change=lambda form: informing.record_lead(unit=unit, details=form.details(), alert=alert, **at_now(request)),
        said=_("Written down. Who told it is kept apart."), sub=unit.name,
    )  # fmt: skip


def _lead(request, lead: Lead, *, status: int = 200, **more):
    operation = getattr(lead, "operation", None)
    may_move = policy.can(request.user, Permission.LEAD_RECORD, lead)
    context = {
        "heading": lead.shown_code, "lead": lead, "operation": operation, "opened": None, "source": None, "may_record": may_move,
        "move": forms.MoveLeadForm(lead), "may_plan": operation is None and lead.is_open,
        "crumbs": [home_crumb(), crumb(_("Leads"), "leads"), crumb(lead.shown_code)],
    }  # fmt: skip
    return render(request, "rescue/lead.html", context | more, status=status)
