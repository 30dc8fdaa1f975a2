"""One request to a fund: what the meeting decided, the schedule, what is still owed, and each step."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import funding, queries
from aanchal.benefits.forms import MOVED_ON
from aanchal.benefits.fund_forms import DayForm, MeetingForm, RepayForm, SanctionForm
from aanchal.benefits.funding import Meeting
from aanchal.benefits.models import Loan
from aanchal.benefits.rules import NotPossible, Refused
from aanchal.benefits.terms import FundKind, LoanState
from aanchal.risk.views.asked import today

REFUSED = 422
STEPS = {
    LoanState.REQUESTED: (
        ("sanction", gettext_lazy("Sanctioned in the meeting")),
        ("refuse", gettext_lazy("Refused in the meeting")),
        ("withdraw", gettext_lazy("Withdraw")),
    ),
    LoanState.SANCTIONED: (("release", gettext_lazy("Release")), ("withdraw", gettext_lazy("Withdraw"))),
    LoanState.RELEASED: (("repay", gettext_lazy("Book a repayment")),),
}
FORMS = {"sanction": SanctionForm, "refuse": MeetingForm, "withdraw": None, "release": DayForm, "repay": RepayForm}


@requires(Permission.FUND_READ)
def loan(request, pk):
    one = _found(request, pk)
    may = policy.can(request.user, Permission.FUND_KEEP, one.fund) and policy.can(request.user, Permission.FUND_KEEP, one)
    steps = STEPS.get(LoanState(one.state), ()) if may and not (one.is_grant and one.state == LoanState.RELEASED) else ()
    what = request.POST.get("what") or request.GET.get("what") or ""
    form = _form(request, one, what) if what in dict(steps) else None
    if request.method == "POST":
        if what not in FORMS or not may:
            raise Http404
        if form is None:
            messages.warning(request, MOVED_ON)
            return redirect("loan", pk=pk)
        if form.is_valid() and _done(request, one, what, form):
            return redirect("loan", pk=pk)
    still = queries.owed(one, today())
    context = {
        "heading": FundKind(one.fund.kind).label,
        "loan": one,
        "state": one.get_state_display(),
        "still": still,
        "schedule": queries.schedule(one),
        "today": today(),
        "vouchers": [_booking(v, may) for v in one.vouchers.select_related("reversal").prefetch_related("lines").order_by("pk")],
        "steps": steps,
        "what": what if form else "",
        "what_label": dict(steps).get(what, ""),
        "form": form,
        "crumbs": _crumbs(one),
    }
    return render(request, "benefits/loan.html", context, status=REFUSED if form and form.errors else 200)


def _found(request, pk) -> Loan:
    found = Loan.objects.select_related("fund", "fund__cbo", "household", "household__place").filter(pk=pk).first()
    if found is None or not policy.can(request.user, Permission.FUND_READ, found):
        raise Http404
    return found


def _form(request, one: Loan, what: str):
    kind = FORMS[what] or DayForm
    still = queries.owed(one, today())
    paise = {"sanction": one.asked_paise, "repay": still.late or still.total}.get(what, 0)
    given = {"on": today(), "met_on": today(), "amount_paise": f"{paise // 100}.{paise % 100:02}"}
    return kind(request.POST or None, initial=given)


def _done(request, one: Loan, what: str, form) -> bool:
    told, common = form.cleaned_data, {"loan": one, "at": timezone.now(), "by": request.user}
    try:
        match what:
            case "sanction" | "refuse":
                meeting = Meeting(told["met_on"], told["present"], told["minutes"])
                to = LoanState.SANCTIONED if what == "sanction" else LoanState.REFUSED
                funding.decide(to=to, meeting=meeting, amount_paise=told.get("amount_paise"), **common)
            case "withdraw":
                funding.withdraw(**common)
            case "release":
                funding.release(on=told["on"], **common)
            case "repay":
                funding.repay(amount_paise=told["amount_paise"], on=told["on"], **common)
    except Refused as refused:
        form.refuse(refused)
        return False
    except NotPossible:
        messages.warning(request, MOVED_ON)
        return True
    messages.success(request, _("Noted."))
    return True


def _crumbs(one: Loan) -> list[dict]:
    ledger = {"label": FundKind(one.fund.kind).label, "url": reverse("fund", args=[one.fund_id])}
    return [ledger, {"label": one.household.shown_code}]


def _booking(voucher, may: bool) -> dict:
    is_standing = not voucher.reverses_id and not hasattr(voucher, "reversal")
    return {"voucher": voucher, "label": voucher.get_kind_display(), "paise": _paid(voucher), "may_be_reversed": may and is_standing}


def _paid(voucher) -> int:
    """What went through the bank, as the family sees it: released to it, or paid by it."""
    return -sum(line.amount_paise for line in voucher.lines.all() if line.account == "BANK")
