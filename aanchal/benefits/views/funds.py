"""The funds of the organisations of a place, one fund's ledger, and a reversal."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import funding, norms, queries
from aanchal.benefits.fund_forms import OpenFundForm, ReceiveForm, RequestForm, ReverseForm
from aanchal.benefits.models import Cbo, Fund, Loan, Voucher
from aanchal.benefits.rules import NotPossible, Refused
from aanchal.benefits.terms import Account, FundKind, LoanState
from aanchal.core import codes
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.registers import queries as registers
from aanchal.registers.queries import inside
from aanchal.risk.views.asked import own_places, place_of, today

REFUSED = 422
VOUCHERS_A_PAGE = LOANS_A_PAGE = 25
NEARLY_SPENT = 10
"""Below one part in ten of what came, a fund is shown as nearly spent."""


@requires(Permission.FUND_READ)
def funds(request):
    place = place_of(request, Permission.FUND_READ)
    open_here = Cbo.objects.filter(inside(place), closed_on=None)
    cbos = list(policy.visible(request.user, Permission.FUND_KEEP, open_here).order_by("kind", "name"))
    form = OpenFundForm(cbos, request.POST or None, initial={"on": today()}) if cbos else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and (opened := _opened(request, cbos, form)):
            messages.success(request, _("The fund is open."))
            return redirect("fund", pk=opened.pk)
    listed = list(queries.funds(request.user, place))
    context = {
        "heading": _("Funds"),
        "place": place,
        "funds": _in_words(request.user, listed),
        "form": form,
        "may_import": policy.covers(request.user, Permission.ENTITLEMENT_RECORD, place),
        "crumbs": [{"label": _("Entitlements"), "url": f"{reverse('entitlements')}?place={place.pk}"}, {"label": _("Funds")}],
        **around(request.user, place),
    }
    return render(request, "benefits/funds.html", context, status=REFUSED if form and form.errors else 200)


@requires(Permission.FUND_READ)
def fund(request, pk):
    """The ledger: each booking with its lines, and what is left; who keeps the fund books what comes, who knows a family asks for it."""
    one = _found(request, pk)
    may = _may(request.user, one)
    receive = ReceiveForm(_for(request, "receive"), initial={"on": today()}) if may["keep"] else None
    ask = RequestForm(_for(request, "request"), initial={"on": today(), "months": 10}) if may["request"] else None
    if request.method == "POST":
        form = {"receive": receive, "request": ask}.get(request.POST.get("what", ""))
        if form is None:
            raise Http404
        if form.is_valid() and (answer := (_received if form is receive else _requested)(request, one, form)):
            return answer
    norm, [told] = norms.in_force(one.kind, today(), one), _in_words(request.user, [one])
    context = {
        "heading": FundKind(one.kind).label, "fund": one, "told": told, "norm": norm, "may": may, "receive": receive, "ask": ask,
        "balances": [(Account(key).label, paise) for key, paise in queries.balances(one).items()] if may["read"] else [],
        **_ledger(request, one, may), **_loans(request, one),
        "crumbs": [{"label": _("Funds"), "url": reverse("funds") + f"?place={one.cbo.place_id}" * may["read"]}, {"label": told["title"]}],
    }  # fmt: skip
    status = REFUSED if (ask and ask.errors) or (receive and receive.errors) else 200
    return render(request, "benefits/fund.html", context, status=status)


def _may(user, one: Fund) -> dict[str, bool]:
    """Who reads the funds of an organisation below asks for a family; the ledger stays with those who keep it."""
    may = {name: policy.can(user, permission, one) for name, permission in _MAY.items()}
    return may if may["read"] else may | {"request": policy.holds(user, Permission.FUND_REQUEST)}


def _ledger(request, one: Fund, may: dict[str, bool]) -> dict:
    if not may["read"]:
        return {"page": None, "rows": []}
    vouchers = one.vouchers.select_related("reverses", "reversal", "loan", "by").prefetch_related("lines").order_by("-on", "-pk")
    page = Paginator(vouchers, VOUCHERS_A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": [_voucher(voucher) for voucher in page]}


def _loans(request, one: Fund) -> dict:
    found = policy.visible(request.user, Permission.FUND_READ, Loan.objects.filter(fund=one)).select_related("household")
    page = Paginator(found.order_by("-asked_on", "-pk"), LOANS_A_PAGE).get_page(request.GET.get("asked"))
    still = queries.owed_of(page, today())
    rows = [
        {"loan": loan, "code": loan.household.shown_code, "state": loan.get_state_display(), "still": still[loan.pk]} for loan in page
    ]
    return {"loan_page": page, "loans": rows}


@requires(Permission.FUND_KEEP)
def reverse_voucher(request, pk):
    """A wrong booking is turned round; asked once more before it is done."""
    voucher = Voucher.objects.select_related("fund", "fund__cbo", "loan").filter(pk=pk).first()
    if voucher is None or not policy.can(request.user, Permission.FUND_KEEP, voucher):
        raise Http404
    form = ReverseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            funding.reverse(voucher=voucher, note=form.cleaned_data["note"], on=today(), at=timezone.now(), by=request.user)
            messages.success(request, _("Reversed. Both bookings stay in the ledger."))
            return redirect("fund", pk=voucher.fund_id)
        except Refused as refused:
            form.refuse(refused)
        except NotPossible:
            raise Http404 from None
    title = FundKind(voucher.fund.kind).label
    context = {
        "heading": _("Reverse a booking"),
        "row": _voucher(voucher),
        "form": form,
        "fund": voucher.fund,
        "crumbs": [{"label": title, "url": reverse("fund", args=[voucher.fund_id])}, {"label": _("Reverse")}],
    }
    return render(request, "benefits/reverse.html", context, status=REFUSED if form.errors else 200)


_MAY = {"read": Permission.FUND_READ, "keep": Permission.FUND_KEEP, "request": Permission.FUND_REQUEST}


def _found(request, pk) -> Fund:
    found = Fund.objects.select_related("cbo", "cbo__place").filter(pk=pk).first()
    if found is None or not (policy.can(request.user, Permission.FUND_READ, found) or queries.is_above(request.user, found)):
        raise Http404
    return found


def _for(request, what: str):
    return request.POST if request.method == "POST" and request.POST.get("what") == what else None


def _opened(request, cbos: list[Cbo], form: OpenFundForm) -> Fund | None:
    told = form.cleaned_data
    cbo = next(one for one in cbos if str(one.pk) == told["cbo"])
    try:
        return funding.open_fund(cbo=cbo, kind=told["kind"], on=told["on"], at=timezone.now(), by=request.user)
    except Refused as refused:
        form.refuse(refused)
        return None


def _received(request, one: Fund, form: ReceiveForm):
    try:
        funding.receive(fund=one, at=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, _("Booked."))
        return redirect("fund", pk=one.pk)
    except Refused as refused:
        form.refuse(refused)
        return None


def _requested(request, one: Fund, form: RequestForm):
    told = dict(form.cleaned_data)
    household = _household(request, told.pop("code"))
    if household is None:
        form.add_error("code", _("No family of this place has this code. Look at the family's card for its code."))
        return None
    try:
        loan = funding.request(fund=one, household=household, at=timezone.now(), by=request.user, **told)
        messages.success(request, _("Asked for. The meeting decides."))
        return redirect("loan", pk=loan.pk)
    except Refused as refused:
        form.refuse(refused)
        return None


def _household(request, typed: str) -> Household | None:
    """By the code of a family that this person may ask for; None when there is none or more than one."""
    try:
        code = codes.normalise(typed)
    except codes.NotACode:
        return None
    found = list(policy.visible(request.user, Permission.FUND_REQUEST, Household.objects.filter(code=code))[:2])
    return found[0] if len(found) == 1 else None


def _in_words(user, listed: list[Fund]) -> list[dict]:
    """What is in the bank only where the reader may read the whole ledger."""
    balances = queries.balances_of(listed)
    out = list(Loan.objects.filter(fund__in=listed, state=LoanState.RELEASED))
    late = [(loan.fund_id, owed.late) for loan, owed in zip(out, queries.owed_of(out, today()).values(), strict=True) if owed.late]
    told = []
    for one in listed:
        bank, came, here = balances[one.pk][Account.BANK], -balances[one.pk][Account.CAPITAL], [n for fund, n in late if fund == one.pk]
        row = {"fund": one, "title": FundKind(one.kind).label, "cbo": one.cbo, "place": one.cbo.place, "is_read": True,
               "bank": bank, "owed": balances[one.pk][Account.LOANS], "late": len(here), "late_paise": sum(here),
               "is_nearly_spent": bool(came) and bank * NEARLY_SPENT < came}  # fmt: skip
        hidden = {"is_read": False, "bank": None, "owed": None, "late": 0, "late_paise": 0, "is_nearly_spent": False}
        told.append(row if policy.can(user, Permission.FUND_READ, one) else row | hidden)
    return told


def _voucher(voucher: Voucher) -> dict:
    lines = [(Account(one.account).label, one.amount_paise) for one in voucher.lines.all()]
    return {
        "voucher": voucher,
        "label": voucher.get_kind_display(),
        "lines": lines,
        "is_reversed": hasattr(voucher, "reversal"),
        "may_be_reversed": voucher.reverses_id is None and not hasattr(voucher, "reversal"),
    }


def around(user, place: Place) -> dict:
    near = registers.places_near(user, place)
    return {"near": near, "own": [one for one in own_places(user, Permission.FUND_READ) if one != place and one not in near]}
