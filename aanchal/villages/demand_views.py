"""What families at risk ask of the village's plan: for who may know the families of the village."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.places.models import Place
from aanchal.villages import demanding, queries
from aanchal.villages.forms import AnswerForm, DemandForm
from aanchal.villages.rules import NotPossible, Refused
from aanchal.villages.views import CHANGED, REFUSED, back, page_of, village_or_404

READ, RECORD = Permission.RISK_READ, Permission.VILLAGE_RECORD


@require_safe
@requires(READ)
def demands(request, pk):
    return _demands(request, _village(request, READ, pk))


@require_POST
@requires(RECORD)
def record(request, pk):
    village, now = _village(request, RECORD, pk), timezone.now()
    form = DemandForm(request.POST, today=policy.day_in_india(now))
    if form.is_valid():
        try:
            demanding.record(place=village, at=now, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        except NotPossible:
            return back(request, "demands", village, CHANGED, level=messages.WARNING)
        else:
            return back(request, "demands", village, _("It is written down."))
    return _demands(request, village, demand_form=form, status=REFUSED)


@require_POST
@requires(RECORD)
def answer(request, pk):
    village = _village(request, RECORD, pk)
    form = AnswerForm(request.POST, demands=queries.demands_of(village))
    if form.is_valid():
        try:
            demanding.answer(at=timezone.now(), by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return back(request, "demands", village, _("What became of it is written down."))
    return _demands(request, village, answer_form=form, status=REFUSED)


def _village(request, permission: Permission, pk: int) -> Place:
    """Of a village whose families she may know: who may only count is told nothing of a few."""
    village = village_or_404(request, permission, pk)
    if not policy.can(request.user, READ, village):
        raise Http404
    return village


def _demands(request, village: Place, *, demand_form=None, answer_form=None, status: int = 200):
    found, today = queries.demands_of(village), policy.day_in_india(timezone.now())
    rows = list(found)
    context = {
        "plans": [(year, list(told)) for year, told in groupby(rows, key=lambda one: one.shown_year)],
        "demand_form": demand_form or DemandForm(initial={"given_on": today}, today=today, auto_id="demand-%s"),
        "answer_form": answer_form or (AnswerForm(demands=found, initial={"taken_on": today}, auto_id="answer-%s") if rows else None),
    }
    return page_of(request, village, "demands", _("What %(village)s asks of its plan"), context, status=status)
