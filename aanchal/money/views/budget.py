"""Budgets: the plan by head, district and quarter, its approval, and what is left of it; the heads and their norms."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.money import actions, forms, queries, rules, words
from aanchal.money.models import Budget, CostHead
from aanchal.money.rules import Refused
from aanchal.money.terms import Standing
from aanchal.money.views.found import A_PAGE, REFUSED, attempt, crumbs, decided, may, row_or_404, say, state_of, today


@requires(Permission.MONEY_READ)
def budgets(request):
    state = state_of(request.user, Permission.MONEY_RECORD)
    form = forms.BudgetForm(_year(today()), request.POST or None) if state else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            starts_on = date(form.cleaned_data["year"], 4, 1)
            told = {"place": state, "title": form.cleaned_data["title"], "starts_on": starts_on, "at": timezone.now(), "by": request.user}
            if made := attempt(form, actions.draft_budget, **told):
                return redirect("money:budget", pk=made.pk)
    page = Paginator(queries.budgets(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("Money of the pilot"), "page": page, "form": form, "crumbs": [{"label": _("Money")}]}
    return render(request, "money/budgets.html", context, status=REFUSED if form and form.errors else 200)


@require_safe
@requires(Permission.MONEY_READ)
def budget(request, pk):
    return _budget(request, row_or_404(request.user, Budget, pk))


@require_safe
@requires(Permission.MONEY_READ)
def districts(request, pk):
    """The same money by district; each leads to its heads."""
    one = row_or_404(request.user, Budget, pk)
    context = {"heading": _("By district"), "budget": one, "rows": queries.by_district(one), "crumbs": crumbs(one, _("By district"))}
    return render(request, "money/districts.html", context)


@require_POST
@requires(Permission.MONEY_RECORD)
def plan(request, pk):
    one = row_or_404(request.user, Budget, pk, Permission.MONEY_RECORD)
    form = _plan_form(one, request.POST)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("quarter", "quantity", "unit_paise", "justification")}
        if attempt(form, actions.plan, budget=one, line=actions.Planned(slot=form.slot(), **told), by=request.user):
            messages.success(request, _("Written into the plan."))
            return redirect("money:budget", pk=one.pk)
    return _budget(request, one, form=form)


@require_POST
@requires(Permission.MONEY_RECORD)
def submit(request, pk):
    one = row_or_404(request.user, Budget, pk, Permission.MONEY_RECORD)
    try:
        actions.submit(budget=one, at=timezone.now(), by=request.user)
        messages.success(request, _("Submitted. Another person decides."))
    except Refused as refused:
        say(request, refused)
    return redirect("money:budget", pk=one.pk)


@require_POST
@requires(Permission.MONEY_APPROVE)
def decide(request, pk):
    one, form = row_or_404(request.user, Budget, pk, Permission.MONEY_APPROVE), forms.NoteForm(request.POST)
    to = decided(request, Standing.IN_FORCE, Standing.RETURNED)
    if to and form.is_valid():
        told = {"to": to, "note": form.cleaned_data["note"], "at": timezone.now(), "by": request.user}
        if attempt(form, actions.decide, budget=one, **told):
            messages.success(request, _("In force.") if to == Standing.IN_FORCE else _("Returned."))
            return redirect("money:budget", pk=one.pk)
    return _budget(request, one, decision=form)


@require_safe
@requires(Permission.MONEY_READ)
def heads(request):
    """The twelve heads and their norms, as of today."""
    state = state_of(request.user, Permission.MONEY_READ)
    context = {"heading": _("Cost heads and norms"), "heads": queries.heads(today(), state).values()}
    context["may_set"] = state_of(request.user, Permission.MONEY_APPROVE) is not None
    return render(request, "money/heads.html", context | {"crumbs": crumbs(None, _("Cost heads and norms"))})


@requires(Permission.MONEY_APPROVE)
def norm(request, head):
    state = state_of(request.user, Permission.MONEY_APPROVE)
    standing = queries.heads(today(), state).get(head.upper())
    if state is None or standing is None:
        raise Http404
    form = forms.NormForm(request.POST or None)
    told = {"place": state, "key": standing.key, "by": request.user}
    if form.is_valid() and attempt(form, actions.set_norm, **told, **form.cleaned_data):
        messages.success(request, _("The norm is set."))
        return redirect("money:heads")
    context = {"heading": standing.title, "head": standing, "form": form, "crumbs": crumbs(None, _("Cost heads and norms"), standing.title)}
    return render(request, "money/norm.html", context, status=REFUSED if form.errors else 200)


def _budget(request, one: Budget, **bound):
    districts = queries.districts(one)
    chosen = next((place for place in districts if str(place.pk) == request.GET.get("district", "")), None)
    rows, can = queries.by_head(one, chosen.pk if chosen else None), may(request.user, one)
    may_plan, titles = can["record"] and one.is_open, {row.head.key: row.head.title for row in rows}
    together = [tuple(sum(row.quarters[n][which] for row in rows) for which in (0, 1)) for n in range(4)]
    context = {
        "heading": one.title, "budget": one, "rows": rows, "districts": districts, "chosen": chosen, "may": can,
        "total": {name: sum(getattr(row, name) for row in rows) for name in ("budget", "committed", "spent", "left")},
        "balances": queries.balances(one), "quarters": words.QUARTERS,
        "by_quarter": [_by_quarter(one, row.head, row.quarters) for row in rows if row.budget or row.spent],
        "of_quarters": _by_quarter(one, None, together),
        "plan": [(line, titles[line.head]) for line in queries.plan(one)] if one.standing != "IN_FORCE" else (),
        "form": bound.get("form") or (_plan_form(one) if may_plan else None),
        "decision": bound.get("decision") or (forms.NoteForm() if can["approve"] and one.standing == "SUBMITTED" else None),
        "crumbs": [*crumbs(), {"label": one.title}],
    }  # fmt: skip
    return render(request, "money/budget.html", context, status=REFUSED if any(form.errors for form in bound.values()) else 200)


def _by_quarter(one: Budget, head: CostHead | None, quarters: Sequence[tuple[int, ...]]) -> tuple:
    """Of a head, or of all: planned and spent in each quarter, and the variance until today of a budget in force."""
    told = rules.variance(quarters, one.starts_on, today()) if one.standing == "IN_FORCE" else None
    return head, list(zip(words.QUARTERS, quarters, strict=True)), told


def _plan_form(one: Budget, data=None) -> forms.PlanForm:
    return forms.PlanForm(queries.heads(one.starts_on, one.place), queries.districts(one), data)


def _year(on: date) -> int:
    return on.year if on.month >= 4 else on.year - 1
