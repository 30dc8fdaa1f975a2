"""What one person prepares and another decides: re-appropriations and utilisation certificates."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.core import paper
from aanchal.core.paper.answers import answer
from aanchal.money import actions, certificate_paper, forms, queries, rules
from aanchal.money.models import Budget, Certificate, Reappropriation
from aanchal.money.rules import Refused
from aanchal.money.terms import Standing
from aanchal.money.views.found import A_PAGE, REFUSED, attempt, crumbs, decided, may, row_or_404, say, state_of, today


@requires(Permission.MONEY_READ)
def moves(request, pk):
    one = row_or_404(request.user, Budget, pk)
    can, heads = may(request.user, one), queries.heads(one.starts_on, one.place)
    may_ask = can["record"] and one.standing == "IN_FORCE"
    form = forms.MoveForm(heads, queries.districts(one), request.POST or None) if may_ask else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            told = {"giver": form.slot("from_head", "from_district"), "taker": form.slot("to_head", "to_district")}
            told |= {name: form.cleaned_data[name] for name in ("amount_paise", "reason")}
            if attempt(form, actions.propose_move, budget=one, at=timezone.now(), by=request.user, **told):
                messages.success(request, _("Proposed. Nothing moves before another person approves it."))
                return redirect("money:moves", pk=one.pk)
    rows = [
        {"one": move, "from": heads[move.from_head].title, "to": heads[move.to_head].title, "may_decide": _may_decide(request.user, move)}
        for move in queries.moves(one)
    ]
    context = {"heading": _("Re-appropriation"), "budget": one, "rows": rows, "form": form, "crumbs": crumbs(one, _("Re-appropriation"))}
    return render(request, "money/moves.html", context, status=REFUSED if form and form.errors else 200)


@require_POST
@requires(Permission.MONEY_APPROVE)
def decide_move(request, pk):
    move = row_or_404(request.user, Reappropriation, pk, Permission.MONEY_APPROVE)
    try:
        if to := decided(request, Standing.APPROVED, Standing.REFUSED):
            actions.decide_move(move=move, to=to, at=timezone.now(), by=request.user)
            messages.success(request, to.label)
    except Refused as refused:
        say(request, refused)
    return redirect("money:moves", pk=move.budget_id)


@requires(Permission.MONEY_READ)
def certificates(request, pk):
    one = row_or_404(request.user, Budget, pk)
    may_prepare = may(request.user, one)["record"] and one.standing == "IN_FORCE"
    form = forms.CertificateForm(request.POST or None, initial={"from_on": one.starts_on}) if may_prepare else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            told = {"budget": one, "at": timezone.now(), "by": request.user, **form.cleaned_data}
            if made := attempt(form, actions.prepare_certificate, **told):
                return redirect("money:certificate", pk=made.pk)
    until = min(today(), rules.last_day(one.starts_on))
    context = {
        "heading": _("Utilisation certificates"), "budget": one, "rows": queries.certificates(one), "form": form,
        "released": queries.released(one, until), "certified": queries.certified(one),
        "spent": sum(queries.spent_between(one, one.starts_on, until).values()), "crumbs": crumbs(one, _("Utilisation certificates")),
    }  # fmt: skip
    return render(request, "money/certificates.html", context, status=REFUSED if form and form.errors else 200)


@requires(Permission.MONEY_READ)
def procurement(request):
    """How the state procures services of NGOs, each practice with its day and source."""
    state = state_of(request.user, Permission.MONEY_RECORD)
    form = forms.ProcurementForm(request.POST or None) if state else None
    if request.method == "POST":
        if form is None:
            raise Http404
        told = {"place": state, "at": timezone.now(), "by": request.user}
        if form.is_valid() and attempt(form, actions.record_procurement, **told, **form.cleaned_data):
            messages.success(request, _("Noted."))
            return redirect("money:procurement")
    page = Paginator(queries.procurements(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("Procurement of services"), "page": page, "form": form, "today": today()}
    context["crumbs"] = crumbs(None, _("Procurement of services"))
    return render(request, "money/procurement.html", context, status=REFUSED if form and form.errors else 200)


@require_safe
@requires(Permission.MONEY_READ)
def certificate(request, pk):
    """On paper."""
    one = row_or_404(request.user, Certificate, pk)
    heads, spent = queries.heads(one.budget.starts_on, one.budget.place), one.told["heads"]
    context = {
        "heading": _("Utilisation certificate"), "one": one, "rows": [(head, spent[key]) for key, head in heads.items() if key in spent],
        "rest": one.told["released"] - one.told["certified"] - one.amount_paise, "may_decide": _may_decide(request.user, one),
        "back_url": reverse("money:certificates", args=[one.budget_id]),
    }  # fmt: skip
    if request.GET.get("as") == "pdf" and paper.are_here():
        drawn = certificate_paper.drawn(one, context["rows"], rest=context["rest"], at=timezone.now())
        return answer(drawn, f"utilisation-certificate-{one.pk}")
    return render(request, "money/certificate.html", context | {"as_pdf": paper.are_here()})


@require_POST
@requires(Permission.MONEY_APPROVE)
def sign(request, pk):
    one = row_or_404(request.user, Certificate, pk, Permission.MONEY_APPROVE)
    try:
        if to := decided(request, Standing.SIGNED, Standing.REFUSED):
            actions.sign_certificate(certificate=one, to=to, at=timezone.now(), by=request.user)
            messages.success(request, to.label)
    except Refused as refused:
        say(request, refused)
    return redirect("money:certificates", pk=one.budget_id)


def _may_decide(user, row) -> bool:
    return row.standing == "SUBMITTED" and row.made_by_id != user.pk and policy.can(user, Permission.MONEY_APPROVE, row)
