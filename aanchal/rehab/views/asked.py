"""Which case an address asks for, and what stands around every page of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.cases import queries as cases
from aanchal.cases.models import Case
from aanchal.cases.terms import Capacity, State
from aanchal.rehab import rules, words

A_PAGE = 30
LEADING = {Capacity.WORKER, Capacity.SUPERVISOR}
WRITING = ("WORK", "LEAD")
"""Nobody writes anew about who was erased."""
REACH: dict[str, Callable[[set], bool]] = {
    "ANY": bool,
    "WHOLE": lambda held: bool(held - {Capacity.REFERRED}),
    "WORK": lambda held: bool(held - {Capacity.GLASS}),
    "LEAD": lambda held: bool(held & LEADING),
}
"""As the wall has them (cases/wall.py): by the capacities in which someone is assigned to the case."""


def today():
    return policy.day_in_india(timezone.now())


def language() -> str:
    known = (get_language() or "en")[:2]
    return known if known in ("hi", "te") else "en"


def case_or_404(request, pk, reach: str = "ANY", permission: Permission = Permission.REHAB_READ) -> Case:
    """Not assigned and absent look the same."""
    case = cases.case(request.user, pk, timezone.now())
    if case is None or not may(request, case, reach, permission):
        raise Http404
    return case


def of_case_or_404(request, record, reach: str = "ANY", permission: Permission = Permission.REHAB_RECORD):
    """A row that hangs on a case."""
    if record is None:
        raise Http404
    case_or_404(request, record.case_id, reach, permission)
    return record


def may(request, case: Case, reach: str, permission: Permission = Permission.REHAB_RECORD) -> bool:
    if not hasattr(request, "_held"):
        request._held = {}
    if case.pk not in request._held:
        mine = cases.assigned(request.user, timezone.now()).filter(case=case)
        request._held[case.pk] = set(mine.values_list("capacity", flat=True))
    if case.state == State.ERASED and reach in WRITING:
        return False
    return policy.holds(request.user, permission) and REACH[reach](request._held[case.pk])


def changed(request, form, act: Callable[[dict], object], said: str, *, back: str, page: Callable):
    """One action from one form: what it refuses stands in the form, with the reason and the way out."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except rules.NotPossible as refused:
            form.add_error(None, words.refused(refused))
        else:
            messages.success(request, said)
            return redirect(back)
    return page()


def tried(request, act: Callable[[], object], said: str, *, back: str):
    """One action from a button."""
    try:
        act()
    except rules.NotPossible as refused:
        messages.warning(request, " ".join(words.refused(refused)))
    else:
        messages.success(request, said)
    return redirect(back)


def frame(request, case: Case, tab: str, heading: str) -> dict:
    """Tabs, crumbs and heading of a page of a case."""
    whole = may(request, case, "WHOLE", Permission.REHAB_READ)
    tabs = [("case", _("Gates")), ("learning", _("Learning")), ("sessions", _("Counselling"))]
    tabs += [("benefits", _("Benefits"))] if whole else []
    tabs += [("return", _("Way home")), ("leading", _("Leading others")), ("own", _("Her own record"))] if whole else []
    tabs += [("repatriation", _("Repatriation"))] if whole and case.citizenship != "IN" else []
    return {
        "heading": heading,
        "case": case,
        "tabs": [{"url": reverse(f"rehab:{name}", args=[case.pk]), "label": label, "is_current": name == tab} for name, label in tabs],
        "crumbs": [{"label": _("Rehabilitation"), "url": reverse("rehab:index")}, {"label": case.shown_code}],
        "may_record": may(request, case, "WORK"),
        "may_lead": may(request, case, "LEAD"),
        "may_read_notes": whole,
        "today": today(),
    }
