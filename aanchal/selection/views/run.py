"""One run: its order by any weights, the tile map, what is chosen, submitting and deciding."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.places.models import IndicatorSeries
from aanchal.places.terms import Level
from aanchal.selection import actions, queries, reading, tiles
from aanchal.selection.forms import REFUSALS, DecideForm, KeepForm, SubmitForm
from aanchal.selection.models import SelectionRun
from aanchal.selection.terms import RankBand
from aanchal.selection.views.runs import REFUSED, crumbs, run_or_404

READ, PREPARE, APPROVE = Permission.SELECTION_READ, Permission.SELECTION_PREPARE, Permission.SELECTION_APPROVE
ON_A_PAGE = 20


@require_safe
@requires(READ)
def run(request, pk):
    return _page(request, run_or_404(request.user, pk))


@require_safe
@requires(READ)
def figures(request, pk):
    """What the sliders need to order the places again on the page itself."""
    found = run_or_404(request.user, pk)
    parents = reading.parent_names(found)
    rows = [
        [row.key, row.name, parents[row.parent], row.parent, told["p"], row.rank]
        for row, told in zip(*_in_order(found), strict=True)
    ]  # fmt: skip
    return JsonResponse({"rows": rows, "least": found.least_coverage, "page": ON_A_PAGE})


@require_POST
@requires(PREPARE)
def keep(request, pk):
    """The order by other weights becomes a run of its own: a scenario, beside the first."""
    found = _writable(request.user, pk, PREPARE)
    weights = reading.weights_told(found, request.POST)
    form = KeepForm(request.POST)
    if weights is None or not form.is_valid():
        return _page(request, found, keep_form=form, status=REFUSED)
    series = IndicatorSeries.objects.in_bulk([one["series"] for one in found.indicators])
    chosen = [
        actions.Chosen(series[one["series"]], one["more_is_worse"], weight) for one, weight in zip(found.indicators, weights, strict=True)
    ]
    try:
        made = actions.rank_places(
            place=found.place, level=Level(found.level), title=form.cleaned_data["title"], indicators=chosen, seed=found.seed,
            at=timezone.now(), by=request.user, copy_of=found,
        )  # fmt: skip
    except actions.Refused as refused:
        form.refuse(refused)
        return _page(request, found, keep_form=form, status=REFUSED)
    messages.success(request, _("The scenario is kept beside the first ranking."))
    return redirect("selection:run", made.pk)


@require_POST
@requires(PREPARE)
def submit(request, pk):
    found = _writable(request.user, pk, PREPARE)
    form = SubmitForm(request.POST)
    if form.is_valid():
        try:
            actions.submit(run=found, note=form.cleaned_data["note"], at=timezone.now(), by=request.user)
        except actions.Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Submitted. Another person approves it or returns it; nothing in it changes any more."))
            return redirect("selection:run", found.pk)
    return _page(request, found, submit_form=form, status=REFUSED)


@require_POST
@requires(APPROVE)
def decide(request, pk):
    found = _writable(request.user, pk, APPROVE)
    form = DecideForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            approved = told["decision"] == "APPROVE"
            actions.decide(run=found, approved=approved, note=told["note"], at=timezone.now(), by=request.user)
        except actions.Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your decision is kept with the ranking."))
            return redirect("selection:run", found.pk)
    return _page(request, found, decide_form=form, status=REFUSED)


def _page(request, found: SelectionRun, *, status: int = 200, keep_form=None, submit_form=None, decide_form=None):
    user = request.user
    weights = reading.weights_told(found, request.POST or request.GET)
    order = reading.order(found, weights)
    inside = _inside(found, request.GET.get("in", ""))
    rows = [row for row in order.rows if inside is None or row.parent == inside]
    checked = queries.checked(found) if found.is_draft else None
    told = {
        "heading": found.title,
        "run": found,
        "order": order,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "indicators": reading.indicators(found, order.weights),
        "beside": reading.beside(found),
        "inside_key": inside or "",
        "inside": reading.parent_names(found)[inside] if inside else "",
        "map": tiles.of(found, order, _address(found, order)),
        "bands": RankBand.choices,
        "chosen": tiles.chosen(found, order, checked),
        "whole": [reading.sentence(one) for one in checked.findings if one.key not in {row.key for row in order.rows}] if checked else [],
        "may_prepare": policy.can(user, PREPARE, found),
        "may_decide": found.status == "SUBMITTED" and policy.can(user, APPROVE, found),
        "is_own": user.pk in (found.submitted_by_id, found.created_by_id),
        "keep_form": keep_form or KeepForm(),
        "submit_form": submit_form or SubmitForm(),
        "decide_form": decide_form or DecideForm(),
        "level_words": reading.level_words(found.level),
        "crumbs": crumbs(found.title),
    }
    return render(request, "selection/run.html", told, status=status)


def _address(found: SelectionRun, order: reading.Order) -> str:
    """This page by the weights it is shown by."""
    address = reverse("selection:run", args=[found.pk])
    if order.is_own:
        return f"{address}?"
    return f"{address}?{urlencode({one.name: one.slider for one in reading.indicators(found, order.weights)})}&"


def _inside(found: SelectionRun, said: str) -> int | None:
    return int(said) if said in found.results["parents"] else None


def _in_order(found: SelectionRun) -> tuple[list[reading.Row], list[dict]]:
    """Rows and what was kept of them, both in the order of the ranking."""
    told = {row["id"]: row for row in found.results["places"]}
    rows = list(reading.order(found).rows)
    return rows, [told[row.key] for row in rows]


def _writable(user, pk, permission: Permission) -> SelectionRun:
    found = run_or_404(user, pk)
    if not policy.can(user, permission, found):
        raise Http404
    return found


def refused(request, found: SelectionRun, problem: actions.Refused):
    messages.error(request, REFUSALS[problem.code])
    return redirect("selection:run", found.pk)
