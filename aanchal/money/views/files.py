"""Lists of a budget as files, and a plan or norms from a file."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.core import sheet_reading
from aanchal.core.listed import Listed, as_file, rupees
from aanchal.money import forms, importing, queries, words
from aanchal.money.models import Budget, CostHead
from aanchal.money.views.found import REFUSED, crumbs, row_or_404, state_of, today
from aanchal.places.models import Place

HEAD = (gettext_lazy("Head"), lambda one: one.head)
DISTRICT = (gettext_lazy("District"), lambda one: _district(one.district))
SHEETS = {
    "plan": (queries.plan, Listed(gettext_lazy("The plan line by line"), (
        ("head", lambda one: one.head), ("district_code", lambda one: one.district.lgd_code if one.district else ""),
        ("quarter", lambda one: one.quarter), ("quantity", lambda one: one.quantity), ("unit_rupees", lambda one: rupees(one.unit_paise)),
        ("justification", lambda one: one.justification), ("district", lambda one: one.district.name if one.district else ""),
        ("amount_rupees", lambda one: rupees(one.amount_paise)), ("norm_rupees", lambda one: rupees(one.norm_paise)),
    ))),
    "commitments": (queries.commitments, Listed(gettext_lazy("Commitments"), (
        (gettext_lazy("Number of the order"), lambda one: one.number), HEAD, DISTRICT, (gettext_lazy("For what"), lambda one: one.purpose),
        (gettext_lazy("Day"), lambda one: one.on), (gettext_lazy("Amount in rupees"), lambda one: rupees(one.amount_paise)),
        (gettext_lazy("Left, in rupees"), lambda one: rupees(one.left)),
    ))),
    "ledger": (queries.lines, Listed(gettext_lazy("Ledger"), (
        (gettext_lazy("Day"), lambda one: one.voucher.on), (gettext_lazy("Kind"), lambda one: one.voucher.get_kind_display()),
        (gettext_lazy("Voucher number"), lambda one: one.voucher.number), (gettext_lazy("Account"), lambda one: one.get_account_display()),
        HEAD, DISTRICT, (gettext_lazy("Amount in rupees"), lambda one: rupees(one.amount_paise)),
    ))),
    "moves": (queries.moves, Listed(gettext_lazy("Re-appropriation"), (
        (gettext_lazy("From the head"), lambda one: one.from_head), (gettext_lazy("District"), lambda one: _district(one.from_district)),
        (gettext_lazy("To the head"), lambda one: one.to_head), (gettext_lazy("District"), lambda one: _district(one.to_district)),
        (gettext_lazy("Amount in rupees"), lambda one: rupees(one.amount_paise)), (gettext_lazy("Why"), lambda one: one.reason),
        (gettext_lazy("Standing"), lambda one: one.get_standing_display()),
    ))),
    "certificates": (queries.certificates, Listed(gettext_lazy("Utilisation certificates"), (
        (gettext_lazy("Number of the certificate"), lambda one: one.number), (gettext_lazy("From"), lambda one: one.from_on),
        (gettext_lazy("Until"), lambda one: one.until_on), (gettext_lazy("Used, in rupees"), lambda one: rupees(one.amount_paise)),
        (gettext_lazy("Standing"), lambda one: one.get_standing_display()),
    ))),
}  # fmt: skip
"""Of a budget; the plan in the columns in which it may be sent back, and some to read."""
LISTS = {
    "budgets": (queries.budgets, Listed(gettext_lazy("Money of the pilot"), (
        (gettext_lazy("Title"), lambda one: one.title), (gettext_lazy("Year"), lambda one: one.year),
        (gettext_lazy("State"), lambda one: one.place.local_name), (gettext_lazy("Standing"), lambda one: one.get_standing_display()),
    ))),
    "norms": (lambda user: _norms(user), Listed(gettext_lazy("Cost heads and norms"), (
        ("head", lambda one: one.key), ("norm_rupees", lambda one: rupees(one.norm_paise)),
        ("effective_from", lambda one: one.effective_from), ("source", lambda one: one.source),
    ))),
    "procurement": (queries.procurements, Listed(gettext_lazy("Procurement of services"), (
        (gettext_lazy("For which services"), lambda one: one.get_scope_display()),
        (gettext_lazy("State"), lambda one: one.place.local_name),
        (gettext_lazy("From which day"), lambda one: one.effective_from), (gettext_lazy("How they are procured"), lambda one: one.practice),
        (gettext_lazy("Source"), lambda one: one.source),
    ))),
}  # fmt: skip


@require_safe
@requires(Permission.MONEY_READ)
def export_list(request, listed):
    """Of all that this person reads, whichever the budget."""
    if listed not in LISTS:
        raise Http404
    rows_of, told = LISTS[listed]
    return as_file(told, rows_of(request.user), kind=request.GET.get("kind", ""), name=listed, on=today())


@require_safe
@requires(Permission.MONEY_READ)
def export(request, pk, sheet):
    one = row_or_404(request.user, Budget, pk)
    if sheet not in SHEETS:
        raise Http404
    rows_of, told = SHEETS[sheet]
    name = f"{sheet}-{one.year}"
    return as_file(told, rows_of(one).iterator(chunk_size=2_000), kind=request.GET.get("kind", ""), name=name, on=today())


@requires(Permission.MONEY_RECORD)
def plan(request, pk):
    one = row_or_404(request.user, Budget, pk, Permission.MONEY_RECORD)
    if not one.is_open:
        messages.warning(request, words.FAULTS["not_a_draft"])
        return redirect("money:budget", pk=one.pk)
    return _taken(
        request, _("Plan from a file"), importing.PLAN, ("money:budget", one.pk), crumbs(one, _("Plan from a file")),
        lambda content, is_trial: importing.plan(budget=one, content=content, is_trial=is_trial, by=request.user),
    )  # fmt: skip


@requires(Permission.MONEY_APPROVE)
def norms(request):
    state = state_of(request.user, Permission.MONEY_APPROVE)
    if state is None:
        raise Http404
    return _taken(
        request, _("Norms from a file"), importing.NORMS, ("money:heads",), crumbs(None, _("Norms from a file")),
        lambda content, is_trial: importing.norms(place=state, content=content, is_trial=is_trial, by=request.user),
    )  # fmt: skip


def _taken(request, heading: str, columns: tuple[str, ...], back: tuple, trail: list, act: Callable):
    """A page that takes one file; what is wrong is told line by line, and then nothing is written."""
    form, told = forms.FileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        is_trial = form.cleaned_data["is_trial"]
        try:
            told = act(form.cleaned_data["file"].read(sheet_reading.MOST_BYTES + 1), is_trial)
        except sheet_reading.NotATable as fault:
            form.add_error("file", words.FILE_FAULTS[fault.code] % {"columns": ", ".join(fault.missing)})
        else:
            if not told.faults and not is_trial:
                messages.success(request, _("Lines written: %(n)s") % {"n": told.lines})
                return redirect(*back)
    faults = [(line, column, words.FAULTS[code]) for line, column, code in told.faults] if told else []
    context = {"heading": heading, "form": form, "told": told, "faults": faults, "columns": columns, "crumbs": trail}
    return render(request, "money/file.html", context, status=REFUSED if form.errors or faults else 200)


def _norms(user) -> list[CostHead]:
    """Of the heads that have one as of today."""
    return [one for one in queries.heads(today(), state_of(user, Permission.MONEY_READ)).values() if one.norm_paise]


def _district(place: Place | None) -> str:
    return place.local_name if place else ""
