"""An order of the scheme with every line it had: proposed anew by one, decided by another."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.nodal import correcting, standings
from aanchal.nodal import scheme_forms as forms
from aanchal.nodal.models import Release, Sanction
from aanchal.nodal.terms import LineStanding
from aanchal.nodal.views.found import REFUSED, attempt, bound, of_state, scheme_crumbs

PAISE = 100
ORDER = ("year", "stream", "units", "order_no", "on")


@requires(Permission.RETURN_READ)
def sanction(request, pk):
    first = Sanction.objects.select_related("place").filter(pk=pk, corrects=None).first()
    if first is None or not policy.can(request.user, Permission.RETURN_READ, first):
        raise Http404
    lines = list(standings.lines_before(first))
    line = next(one for one in lines if one.line == LineStanding.STANDS)
    offered = line_forms(request, line, lines)
    what = request.POST.get("what", "")
    if request.method == "POST":
        if what not in offered:
            raise Http404
        if offered[what].is_valid() and act(request, what, line, lines, offered[what]):
            messages.success(request, _("Noted."))
            return redirect("nodal:sanction", pk=first.pk)
    context = {
        "heading": _("Sanction by %(order)s") % {"order": line.order_no}, "line": line, "lines": lines, "forms": offered, "failed": what,
        "crumbs": scheme_crumbs(of_state(first.place), {"label": line.order_no}),
    }  # fmt: skip
    return render(request, "nodal/sanction.html", context, status=REFUSED if request.method == "POST" else 200)


def line_forms(request, line: Sanction | Release, lines: list) -> dict:
    """What the Nodal Cell may do about a line: propose a correction, or decide about another's."""
    if not policy.can(request.user, Permission.RETURN_ACCEPT, line):
        return {}
    waits = _waits(lines)
    if waits is not None:
        return {} if waits.by_id == request.user.pk else {"decide-line": forms.DecideLineForm(**bound(request, "decide-line"))}
    initial = {name: getattr(line, name) for name in ORDER}
    if isinstance(line, Release):
        initial["amount_paise"] = Decimal(line.amount_paise) / PAISE
        return {"correct": forms.CorrectReleaseForm(initial=initial, **bound(request, "correct"))}
    return {"correct": forms.CorrectSanctionForm(initial=initial | {"tier": line.tier}, **bound(request, "correct"))}


def act(request, what: str, line: Sanction | Release, lines: list, form):
    told = {"at": timezone.now(), "by": request.user}
    if what == "decide-line":
        return attempt(form, correcting.decide, line=_waits(lines), stands=form.cleaned_data["to"] == "STANDS", **told)
    if what != "correct":
        return None
    told |= {"line": line, "order": form.order(), "why": form.cleaned_data["why"]}
    if isinstance(line, Release):
        return attempt(form, correcting.correct_release, amount_paise=form.cleaned_data["amount_paise"], **told)
    return attempt(form, correcting.correct_sanction, tier=form.cleaned_data["tier"], **told)


def _waits(lines: list):
    return next((one for one in lines if one.line == LineStanding.PROPOSED), None)
