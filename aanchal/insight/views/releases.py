"""Statistics on their way to the public."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.insight import forms, queries, releasing, rules, tasks, words
from aanchal.insight.actions import Refused
from aanchal.insight.models import Release
from aanchal.insight.terms import Standing
from aanchal.places.queries import nation

A_PAGE = 20
REFUSED = 422


@requires(Permission.RELEASE_PREPARE)
def releases(request):
    form = forms.DraftForm(_quarters(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"starts_on": date.fromisoformat(form.cleaned_data["starts_on"])}
        try:
            one = releasing.draft(place=_nation(request.user), at=timezone.now(), by=request.user, **told)
            tasks.prepare_release.defer(pk=str(one.pk))
            messages.success(request, _("Drafted. The program now hides what is small and attacks what is left."))
            return redirect("insight:release", one.pk)
        except Refused as refused:
            form.add_error(None, words.REFUSED[refused.code])
    page = Paginator(queries.releases(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Statistics for the public"), "page": page, "form": form if form.fields["starts_on"].choices else None,
        "rows": [(one, words.quarter(one.starts_on)) for one in page], "crumbs": [{"label": _("Statistics for the public")}],
    }  # fmt: skip
    return render(request, "insight/releases.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(Permission.RELEASE_PREPARE)
def release(request, pk):
    return _page(request, _release(request.user, pk), forms.NoteForm())


def _page(request, one: Release, form, status: int = 200):
    reports = [(words.MEASURES.get(key, key), told) for key, told in (one.reports or {}).items()]
    context = {
        "heading": one.title, "release": one, "quarter": words.quarter(one.starts_on), "reports": reports,
        "tables": [words.MEASURES.get(key, key) for key in one.measures], "is_mine": one.made_by_id == request.user.pk,
        "form": form, "may_approve": policy.can(request.user, Permission.RELEASE_APPROVE, one),
        "crumbs": [{"label": _("Statistics for the public"), "url": reverse("insight:releases")}, {"label": one.title}],
    }  # fmt: skip
    return render(request, "insight/release.html", context, status=status)


@require_POST
@requires(Permission.RELEASE_PREPARE)
def submit(request, pk):
    one = _release(request.user, pk)
    try:
        releasing.submit(release=one, by=request.user)
        messages.success(request, _("Submitted. A second person decides."))
    except Refused as refused:
        messages.error(request, words.REFUSED[refused.code])
    return redirect("insight:release", one.pk)


@require_POST
@requires(Permission.RELEASE_APPROVE)
def decide(request, pk):
    one, form, to = _release(request.user, pk), forms.NoteForm(request.POST), request.POST.get("to")
    if to not in (Standing.PUBLISHED, Standing.RETURNED):
        form.add_error(None, _("Publish it or return it."))
    if not form.is_valid():
        return _page(request, one, form, REFUSED)
    publish = to == Standing.PUBLISHED
    try:
        with acting(SYSTEM):
            tables = releasing.rows_of(one) if publish and one.standing == Standing.SUBMITTED else []
        releasing.decide(release=one, publish=publish, at=timezone.now(), by=request.user, tables=tables, **form.cleaned_data)
        messages.success(request, _("Published.") if publish else _("Returned."))
    except Refused as refused:
        if refused.code == "no_reason":
            form.add_error("note", words.REFUSED[refused.code])
            return _page(request, one, form, REFUSED)
        messages.error(request, words.REFUSED[refused.code])
    return redirect("insight:release", one.pk)


def _release(user, pk) -> Release:
    found = queries.releases(user).select_related("made_by", "decided_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _nation(user):
    found = nation()
    if not policy.covers(user, Permission.RELEASE_PREPARE, found):
        raise Http404
    return found


def _quarters() -> list[tuple[date, str]]:
    """Those of which every month was computed, the newest first."""
    months = set(queries.months())
    firsts = sorted({rules.quarter_of(month) for month in months}, reverse=True)
    return [(one, words.quarter(one)) for one in firsts if {rules.month_after(one, n) for n in range(3)} <= months]
