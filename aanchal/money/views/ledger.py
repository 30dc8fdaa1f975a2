"""The ledger of a budget: releases, commitments, vouchers, advances, reversals."""

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.money import booking, forms, queries
from aanchal.money.models import Advance, Budget, Commitment, CostHead, Line, Voucher
from aanchal.money.rules import Refused
from aanchal.money.terms import Account
from aanchal.money.views.found import A_PAGE, REFUSED, attempt, crumbs, may, row_or_404, say, today


@requires(Permission.MONEY_READ)
def ledger(request, pk):
    """Every booking with its lines; money that comes is booked here."""
    one = row_or_404(request.user, Budget, pk)
    can = may(request.user, one)
    may_book = can["record"] and one.standing == "IN_FORCE"
    form = forms.ReleaseForm(request.POST or None, initial={"on": today()}) if may_book else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and attempt(form, booking.release, budget=one, at=timezone.now(), by=request.user, **form.cleaned_data):
            messages.success(request, _("Booked."))
            return redirect("money:ledger", pk=one.pk)
    page = Paginator(queries.vouchers(one), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Ledger"), "budget": one, "page": page, "form": form, "may": can, "rows": _rows(one, page),
        "balances": [(Account(key).label, paise) for key, paise in queries.balances(one).items()],
        "crumbs": crumbs(one, _("Ledger")),
    }  # fmt: skip
    return render(request, "money/ledger.html", context, status=REFUSED if form and form.errors else 200)


@requires(Permission.MONEY_READ)
def commitments(request, pk):
    one = row_or_404(request.user, Budget, pk)
    can, heads = may(request.user, one), queries.heads(one.starts_on, one.place)
    may_book = can["record"] and one.standing == "IN_FORCE"
    form = forms.CommitForm(heads, queries.districts(one), request.POST or None, initial={"on": today()}) if may_book else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            told = {name: form.cleaned_data[name] for name in ("number", "purpose", "amount_paise", "on")}
            made = attempt(form, booking.commit, budget=one, slot=form.slot(), at=timezone.now(), by=request.user, **told)
            if made:
                messages.success(request, _("Committed."))
                return redirect("money:commitment", pk=made.pk)
    page = Paginator(queries.commitments(one), A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("Commitments"), "budget": one, "page": page, "form": form, "crumbs": crumbs(one, _("Commitments"))}
    context["rows"] = [{"one": row, "title": heads[row.head].title} for row in page]
    return render(request, "money/commitments.html", context, status=REFUSED if form and form.errors else 200)


@requires(Permission.MONEY_READ)
def commitment(request, pk):
    """What was promised, what is paid of it; the voucher entry."""
    one = row_or_404(request.user, Commitment, pk)
    book = may(request.user, one.budget)["record"]
    spend = forms.SpendForm(_for(request, "spend"), initial={"on": today()}, prefix="spend") if book else None
    give = forms.AdvanceForm(_for(request, "advance"), initial={"on": today()}, prefix="advance") if book else None
    if request.method == "POST":
        form, act = {"spend": (spend, booking.spend), "advance": (give, booking.advance)}.get(request.POST.get("what", ""), (None, None))
        if form is None:
            raise Http404
        if form.is_valid() and attempt(form, act, commitment=one, at=timezone.now(), by=request.user, **form.cleaned_data):
            messages.success(request, _("Booked."))
            return redirect("money:commitment", pk=one.pk)
    context = {
        "heading": one.purpose, "one": one, "left": queries.left_of_commitment(one), "advances": queries.advances(one), "spend": spend,
        "give": give, "title": queries.heads(one.budget.starts_on, one.budget.place)[one.head].title,
        "crumbs": crumbs(one.budget, one.number), "rows": _rows(one.budget, queries.vouchers_of(one)),
    }  # fmt: skip
    return render(request, "money/commitment.html", context, status=REFUSED if request.method == "POST" else 200)


@require_POST
@requires(Permission.MONEY_RECORD)
def cancel(request, pk):
    one = row_or_404(request.user, Commitment, pk, Permission.MONEY_RECORD)
    try:
        booking.cancel(commitment=one, on=today(), at=timezone.now(), by=request.user)
        messages.success(request, _("What was left is free again."))
    except Refused as refused:
        say(request, refused)
    return redirect("money:commitment", pk=one.pk)


@requires(Permission.MONEY_RECORD)
def advance(request, pk):
    """Bills that come for an advance, and what is given back."""
    one = row_or_404(request.user, Advance, pk, Permission.MONEY_RECORD)
    settle = forms.SpendForm(_for(request, "settle"), initial={"on": today()}, prefix="settle")
    back = forms.GiveBackForm(_for(request, "back"), initial={"on": today()}, prefix="back")
    if request.method == "POST":
        form, act = {"settle": (settle, booking.settle), "back": (back, booking.give_back)}.get(request.POST.get("what", ""), (None, None))
        if form is None:
            raise Http404
        if form.is_valid() and attempt(form, act, advance=one, at=timezone.now(), by=request.user, **form.cleaned_data):
            messages.success(request, _("Booked."))
            return redirect("money:commitment", pk=one.commitment_id)
    context = {"heading": _("Advance"), "one": one, "left": queries.left_of_advance(one), "settle": settle, "back": back}
    context["crumbs"] = crumbs(one.budget, _("Advance"))
    return render(request, "money/advance.html", context, status=REFUSED if request.method == "POST" else 200)


@requires(Permission.MONEY_RECORD)
def reverse_voucher(request, pk):
    voucher = row_or_404(request.user, Voucher, pk, Permission.MONEY_RECORD)
    form = forms.NoteForm(request.POST or None)
    told = {"voucher": voucher, "at": timezone.now(), "by": request.user}
    if form.is_valid() and attempt(form, booking.reverse, **told, **form.cleaned_data):
        messages.success(request, _("Reversed. Both bookings stay in the ledger."))
        return redirect("money:ledger", pk=voucher.budget_id)
    context = {"heading": _("Reverse a booking"), "row": _rows(voucher.budget, [voucher])[0], "form": form}
    context["crumbs"] = crumbs(voucher.budget, _("Reverse"))
    return render(request, "money/reverse.html", context, status=REFUSED if form.errors else 200)


def _for(request, what: str):
    return request.POST if request.method == "POST" and request.POST.get("what") == what else None


def _rows(budget: Budget, vouchers: Iterable[Voucher]) -> list[dict]:
    heads = queries.heads(budget.starts_on, budget.place)
    return [_row(voucher, heads) for voucher in vouchers]


def _row(voucher: Voucher, heads: Mapping[str, CostHead]) -> dict:
    """Its lines say which account, of which head and district, and how much."""
    is_reversed = hasattr(voucher, "reversal")
    return {
        "voucher": voucher,
        "lines": [(Account(line.account).label, _slot(line, heads), line.amount_paise) for line in voucher.lines.all()],
        "is_reversed": is_reversed,
        "may_be_reversed": not is_reversed and voucher.kind not in booking.BY_DECISION,
    }


def _slot(line: Line, heads: Mapping[str, CostHead]) -> str:
    head = f"{heads[line.head].number}. {heads[line.head].title}" if line.head else ""
    return ", ".join(filter(None, (head, line.district.local_name if line.district else "")))
