"""One application: how it went on, the days against those allowed, and the next step."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import actions, queries, reading, rules
from aanchal.benefits.forms import FAULTS, MOVED_ON, MoveForm
from aanchal.benefits.models import Entitlement
from aanchal.benefits.rules import NotPossible, Refused
from aanchal.benefits.terms import Proof, State
from aanchal.benefits.views import cover
from aanchal.risk.views.asked import today

STEPS = {
    State.SANCTIONED: gettext_lazy("Sanctioned"),
    State.DELIVERED: gettext_lazy("It came"),
    State.REFUSED: pgettext_lazy("entitlement", "Refused"),
    State.COMPLAINED: gettext_lazy("Raise a grievance"),
    State.APPEALED: gettext_lazy("Appeal"),
    State.UPHELD: gettext_lazy("Refused on appeal"),
    State.WITHDRAWN: gettext_lazy("Withdraw"),
}
REFUSED = 422
REFUSALS = (State.REFUSED, State.APPEALED, State.UPHELD)
"""In these a refusal stands; what came or was sanctioned after all tells of it only in its history."""


@requires(Permission.ENTITLEMENT_READ)
def entitlement(request, pk):
    one = found_or_404(request, pk)
    to = request.POST.get("to") or request.GET.get("to") or ""
    form = _form(request, one, to)
    if request.method == "POST":
        if to not in STEPS or not policy.can(request.user, Permission.ENTITLEMENT_RECORD, one):
            raise Http404
        if form is None:
            messages.warning(request, FAULTS["delivered_already"] if to == one.state == State.DELIVERED else MOVED_ON)
            return redirect("entitlement", pk=pk)
        if form.is_valid() and _moved(request, one, to, form):
            return redirect("entitlement", pk=pk)
    return page(request, one, to, form)


def found_or_404(request, pk) -> Entitlement:
    found = Entitlement.objects.select_related("household", "place", "scheme", "person").filter(pk=pk).first()
    if found is None or not policy.can(request.user, Permission.ENTITLEMENT_READ, found):
        raise Http404
    if found.is_private and not policy.can(request.user, Permission.RISK_REASONS, found):
        raise Http404
    return found


def _form(request, one: Entitlement, to: str) -> MoveForm | None:
    if to not in rules.ENTITLEMENT_TRANSITIONS[one.state] or to not in STEPS:
        return None
    gives_work = "mgnregs_days" in queries.scheme(one.scheme_id).gives
    return MoveForm(to, request.POST or None, gives_work=gives_work, initial={"on": today()})


def _moved(request, one: Entitlement, to: str, form: MoveForm) -> bool:
    try:
        actions.move(entitlement=one, move=actions.Move(to=to, **form.cleaned_data), at=timezone.now(), by=request.user)
    except Refused as refused:
        form.refuse(refused)
        return False
    except NotPossible:
        messages.warning(request, MOVED_ON)
        return True
    words = {State.DELIVERED: _("Noted. It is in the service ledger, and the family was assessed again.")}
    words[State.REFUSED] = _("Noted. The family was assessed again. An appeal can be made here.")
    messages.success(request, words.get(State(to), _("Noted.")))
    return True


def page(request, one: Entitlement, to: str = "", form=None, **of_cover):
    scheme = queries.scheme(one.scheme_id)
    may = policy.can(request.user, Permission.ENTITLEMENT_RECORD, one)
    steps = [(step, STEPS[step]) for step in STEPS if step in rules.ENTITLEMENT_TRANSITIONS[one.state]] if may else []
    context = {
        "heading": reading.words(scheme.title),
        "entitlement": one,
        "row": reading.row(one, today()),
        "scheme": reading.scheme_in_words(scheme),
        "history": [_step(step) for step in one.steps.select_related("by").order_by("pk")],
        "reason": reading.reason(one.reason) if one.state in REFUSALS else "",
        "proof": Proof(one.proof).label if one.proof else "",
        "steps": steps,
        "to": to if form else "",
        "to_label": dict(steps).get(to, ""),
        "form": form if may else None,
        "cover": cover.of(one, may=may, **of_cover),
        "crumbs": _crumbs(one),
    }
    return render(request, "benefits/entitlement.html", context, status=REFUSED if of_cover or (form and form.errors) else 200)


def _step(step) -> dict:
    return {"on": step.on, "label": State(step.after).label, "mark": reading.MARKS.get(step.after, "info"), "note": step.note,
            "reason": reading.reason(step.reason), "by": step.by}  # fmt: skip


def _crumbs(one: Entitlement) -> list[dict]:
    board = f"{reverse('entitlements')}?place={one.place_id}"
    plan = reverse("plan", args=[one.household_id])
    return [{"label": _("Entitlements"), "url": board}, {"label": one.household.shown_code, "url": plan}, {"label": _("Application")}]
