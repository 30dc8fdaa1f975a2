"""One line of the campaign corrected, or struck out with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import amend_forms as forms
from aanchal.activities import amending as actions
from aanchal.activities.models import CampaignEvent, Question, Recall
from aanchal.activities.views.found import REFUSED, attempt, bound, crumbs, row_or_404


@dataclass(frozen=True)
class Kind:
    model: type[CampaignEvent | Question | Recall]
    heading: Any
    form: type[forms.Corrected]
    correct: Callable
    strike: Callable


def _told(name: str, act: Callable) -> Callable:
    return lambda line, told, **more: act(**{name: line}, **told, **more)


KINDS = {
    "event": Kind(
        CampaignEvent, gettext_lazy("Correct an event"), forms.CorrectEventForm,
        lambda line, told, **more: actions.correct_event(event=line, told=told, **more), _told("event", actions.strike_event),
    ),
    "question": Kind(
        Question, gettext_lazy("Correct a question"), forms.CorrectQuestionForm,
        _told("question", actions.correct_question), _told("line", actions.strike),
    ),
    "recall": Kind(
        Recall, gettext_lazy("Correct what was remembered"), forms.CorrectRecallForm,
        _told("recall", actions.correct_recall), _told("line", actions.strike),
    ),
}  # fmt: skip


@requires(Permission.ACTIVITY_RECORD)
def amend(request, kind, pk):
    """Filled with what stands. What was written before stays readable."""
    asked = KINDS.get(kind)
    if asked is None:
        raise Http404
    line = row_or_404(request.user, asked.model.objects.all(), pk, Permission.ACTIVITY_RECORD)
    event = line if kind == "event" else line.event
    offered = {"correct": asked.form(line, bound(request, "correct")), "strike": forms.StrikeForm(bound(request, "strike"))}
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        if offered[what].is_valid() and (done := _done(request, asked, line, what, offered[what])):
            return redirect("activities:event", pk=done.pk if kind == "event" else event.pk)
    back = reverse("activities:event", args=[event.pk])
    context = {
        "heading": asked.heading, "forms": offered, "back": back,
        "crumbs": crumbs((_("Campaign"), reverse("activities:campaign")), (event.title, back), (asked.heading, "")),
    }  # fmt: skip
    return render(request, "activities/amend.html", context, status=REFUSED if request.method == "POST" else 200)


def _done(request, kind: Kind, line, what: str, form):
    told = {name: value for name, value in form.cleaned_data.items() if name != "why"}
    act, words = (kind.correct, _("Corrected.")) if what == "correct" else (kind.strike, _("Struck out."))
    made = attempt(form, act, line=line, told=told, why=form.cleaned_data["why"], at=timezone.now(), by=request.user)
    if made:
        messages.success(request, words)
    return made
