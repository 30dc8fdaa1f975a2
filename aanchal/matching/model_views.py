"""The pages of the models that weigh pairs: learnt, beside the figures of the one before, approved or refused by a person."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.core.forms import NO_ANSWER
from aanchal.matching import actions, forms, rules, tasks, terms, words
from aanchal.matching.models import LearntModel
from aanchal.matching.views import A_PAGE


@require_safe
@requires(Permission.MATCH_MODEL)
def models(request):
    """Models learnt from decisions, with their figures beside those of the one before."""
    rows = [{"one": one, "figures": _figures(one)} for one in LearntModel.objects.order_by("-learnt_at")[:A_PAGE]]
    heading = _("Models of matching")
    return render(request, "matching/models.html", {"heading": heading, "rows": rows, "crumbs": [{"label": heading}]})


@require_POST
@requires(Permission.MATCH_MODEL)
def decide_model(request, pk):
    learnt = LearntModel.objects.filter(pk=pk).first()
    if learnt is None:
        raise Http404
    form = forms.ModelForm(request.POST)
    if not form.is_valid():
        messages.warning(request, NO_ANSWER)
        return redirect("matching:models")
    try:
        actions.decide_model(learnt=learnt, is_approved=form.cleaned_data["answer"] == "approve", at=timezone.now(), by=request.user)
    except rules.NotPossible as refused:
        messages.warning(request, _(words.REFUSALS[str(refused)]))
    return redirect("matching:models")


@require_POST
@requires(Permission.MATCH_MODEL)
def learn(request):
    """The worker learns; what it learnt waits on this page."""
    tasks.learn.defer()
    messages.success(request, _("Learning has begun. If enough was decided, the new model waits here for approval."))
    return redirect("matching:models")


def _figures(learnt: LearntModel) -> list[dict]:
    return [{"label": terms.FIGURES.get(key, key), **pair} for key, pair in learnt.figures.items()]
