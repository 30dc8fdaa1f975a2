"""Who was rescued: the list, one of them with her clocks, what was done for her, her name when it is opened."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.rescue import actions, forms, queries, words
from aanchal.rescue.models import Rescued
from aanchal.rescue.views.asked import at_now, clock_rows, crumb, home_crumb, one_form, one_or_404, page_of, refused_form, tried
from aanchal.rescue.views.units import may_begin, unit_or_404


@require_safe
@requires(Permission.RESCUE_READ)
def people(request):
    page = page_of(request, queries.rescued_people(request.user))
    rows = [{"one": one, "who": words.who(one)} for one in page]
    context = {
        "heading": _("People rescued"), "page": page, "rows": rows, "may_record": may_begin(request.user, Permission.RESCUE_RECORD),
        "crumbs": [home_crumb(), crumb(_("People rescued"))],
    }  # fmt: skip
    return render(request, "rescue/people.html", context)


@requires(Permission.RESCUE_RECORD)
def record(request):
    """Found or freed without an operation."""
    unit = unit_or_404(request)
    form = forms.RescuedForm(request.POST or None, initial={"at": timezone.localtime()})
    return one_form(
        request, form, heading=_("Rescued without an operation"), crumbs=[home_crumb(), crumb(_("People rescued"), "people")],
        change=lambda form: actions.record_rescued(details=form.details(), place=unit.place, **at_now(request)),
        said=_("Written down under a code. The clocks of the law run."),
        sub=_("She is known by a code from now on. The name may stay empty."),
    )  # fmt: skip


@require_safe
@requires(Permission.RESCUE_READ)
def person(request, pk):
    return _page(request, one_or_404(request, queries.rescued(pk)))


@require_POST
@requires(Permission.IDENTITY_READ)
def open_names(request, pk):
    rescued = one_or_404(request, queries.rescued(pk), Permission.IDENTITY_READ)
    opened = actions.open_names(people=[rescued], reason="RESCUE", by=request.user)[rescued.pk]
    return _page(request, rescued, opened=opened)


@require_POST
@requires(Permission.RESCUE_RECORD)
def prove_age(request, pk):
    rescued = one_or_404(request, queries.rescued(pk), Permission.RESCUE_RECORD)
    form = forms.AgeForm(request.POST)
    if not form.is_valid():
        refused_form(request)
        return _page(request, rescued, status=422, age=form)
    tried(request, lambda: actions.prove_age(rescued=rescued, **form.cleaned_data, **at_now(request)), _("Her age stands as proved."))
    return redirect(rescued)


@require_POST
@requires(Permission.RESCUE_RECORD)
def record_care(request, pk):
    rescued = one_or_404(request, queries.rescued(pk), Permission.RESCUE_RECORD)
    form = forms.CareForm((), request.POST)
    if not form.is_valid():
        refused_form(request)
        return _page(request, rescued, status=422, care=form)
    said = _("Written down. Its clock stands.")
    tried(request, lambda: actions.record_care(rescued=rescued, details=form.details(), **at_now(request)), said)
    return redirect(rescued)


def _page(request, rescued: Rescued, *, status: int = 200, **more):
    care = list(rescued.care.select_related("by").order_by("at", "pk"))
    clocks = rescued.deadlines.select_related("clock").order_by("due_at", "pk")
    who = words.who(rescued)
    context = {
        "heading": who, "one": rescued, "done": care, "clocks": clock_rows(clocks, timezone.now()), "opened": None,
        "may_record": policy.can(request.user, Permission.RESCUE_RECORD, rescued),
        "may_search": rescued.found_id and policy.can(request.user, Permission.MATCH_REVIEW, rescued),
        "may_open_case": policy.can(request.user, Permission.CASE_WORK, rescued),
        "may_open": policy.can(request.user, Permission.IDENTITY_READ, rescued), "age": forms.AgeForm(),
        "care": forms.CareForm({step.care for step in care}, initial={"at": timezone.localtime()}),
        "crumbs": [home_crumb(), crumb(_("People rescued"), "people"), crumb(who)],
    }  # fmt: skip
    return render(request, "rescue/person.html", context | more, status=status)
