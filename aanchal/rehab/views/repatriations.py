"""The way home to another country."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.rehab import catalogue, forms, queries, repatriating
from aanchal.rehab.models import Repatriation
from aanchal.rehab.views.asked import case_or_404, changed, frame, language, of_case_or_404, today


@require_safe
@requires(Permission.REHAB_READ)
def repatriation(request, pk):
    return _page(request, case_or_404(request, pk, "WHOLE"))


@require_POST
@requires(Permission.REHAB_RECORD)
def begin(request, pk):
    case, form = case_or_404(request, pk, "LEAD", Permission.REHAB_RECORD), forms.CountryForm(request.POST)

    def act(told):
        repatriating.begin(case=case, at=timezone.now(), by=request.user, **told)

    return changed(request, form, act, _("Begun."), back=_back(pk), page=lambda: _page(request, case, begin=form))


@require_POST
@requires(Permission.REHAB_RECORD)
def step(request, pk):
    one = _found(request, pk)
    form = forms.StepForm(list(catalogue.steps().values()), language(), request.POST)

    def act(told):
        repatriating.step(repatriation=one, at=timezone.now(), by=request.user, **told)

    back = _back(one.case_id)
    return changed(request, form, act, _("The step is written down."), back=back, page=lambda: _page(request, one.case, step=form))


@require_POST
@requires(Permission.REHAB_RECORD)
def stop(request, pk):
    one, form = _found(request, pk), forms.OnForm(request.POST)

    def act(told):
        repatriating.stop(repatriation=one, at=timezone.now(), by=request.user, **told)

    return changed(request, form, act, _("Stopped."), back=_back(one.case_id), page=lambda: _page(request, one.case, stop=form))


def _found(request, pk) -> Repatriation:
    found = Repatriation.objects.filter(pk=pk).select_related("case__place").first()
    if found is None:
        raise Http404
    return of_case_or_404(request, found, "WORK")


def _back(pk) -> str:
    return reverse("rehab:repatriation", args=[pk])


def _page(request, case, **filled):
    one = queries.repatriation(case)
    steps = repatriating.shown(one, today()) if one else []
    waiting = [shown.step for shown in steps if shown.is_next]
    context = frame(request, case, "repatriation", _("Repatriation")) | {
        "one": one,
        "steps": [{"shown": shown, "label": shown.step.texts[language()]} for shown in steps],
        "source": catalogue.steps_source(),
        "begin": forms.CountryForm(initial={"country": case.citizenship if case.citizenship != "IN" else "", "on": today()}),
        "step": forms.StepForm(waiting, language(), initial={"on": today()}) if waiting else None,
        "stop": forms.OnForm(initial={"on": today()}, auto_id="stop_%s"),
    }
    return render(request, "rehab/repatriation.html", context | filled, status=422 if filled else 200)
