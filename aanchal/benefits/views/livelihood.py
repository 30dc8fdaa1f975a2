"""How a training and a livelihood went on."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import livelihoods
from aanchal.benefits.forms import FAULTS, MOVED_ON
from aanchal.benefits.fund_forms import DayForm
from aanchal.benefits.models import LivelihoodPlan, Training
from aanchal.benefits.rules import NotPossible, Refused
from aanchal.benefits.terms import PlanState, TrainingState


@require_POST
@requires(Permission.ENTITLEMENT_RECORD)
def move_training(request, pk):
    found = _found(request, Training, pk)
    return _moved(request, found, TrainingState, lambda **told: livelihoods.move_training(training=found, **told))


@require_POST
@requires(Permission.ENTITLEMENT_RECORD)
def move_plan(request, pk):
    found = _found(request, LivelihoodPlan, pk)
    return _moved(request, found, PlanState, lambda **told: livelihoods.move_plan(plan=found, **told))


def _found(request, model, pk):
    found = model.objects.filter(pk=pk).first()
    if found is None or not policy.can(request.user, Permission.ENTITLEMENT_RECORD, found):
        raise Http404
    return found


def _moved(request, found, states, move):
    form, to = DayForm(request.POST), request.POST.get("to", "")
    try:
        if form.is_valid() and to in states.values:
            move(to=to, on=form.cleaned_data["on"], at=timezone.now(), by=request.user)
            messages.success(request, _("Noted."))
        else:
            messages.warning(request, _("Not noted: choose the day and the step."))
    except Refused as refused:
        messages.warning(request, FAULTS[refused.faults[0][1]])
    except NotPossible:
        messages.warning(request, MOVED_ON)
    return redirect("plan", pk=found.household_id)
