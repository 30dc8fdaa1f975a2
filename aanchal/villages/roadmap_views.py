"""The roadmap of a village: adopted, corrected, struck out; its actions listed and added to."""

from itertools import groupby

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.web import requires
from aanchal.core import paper
from aanchal.core.paper.answers import answer
from aanchal.pilots import queries as pilots
from aanchal.places.models import Place
from aanchal.villages import actions as of_actions
from aanchal.villages import adopting as actions
from aanchal.villages import queries, roadmap_paper
from aanchal.villages.defaults import default_actions
from aanchal.villages.forms import ActionForm, AdoptForm, CorrectAdoptionForm, StrikeForm
from aanchal.villages.models import Roadmap, RoadmapAction
from aanchal.villages.rules import NotPossible, Refused
from aanchal.villages.terms import ActionState, Doer
from aanchal.villages.views import CHANGED, READ, RECORD, REFUSED, address, back, page_of, today, village_or_404


@require_safe
@requires(READ)
def roadmap(request, pk):
    return _roadmap(request, village_or_404(request, READ, pk))


@require_POST
@requires(RECORD)
def adopt(request, pk):
    village = village_or_404(request, RECORD, pk)
    form = AdoptForm(request.POST)
    if form.is_valid():
        try:
            actions.adopt_roadmap(place=village, at=timezone.now(), by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        except actions.AlreadyAdopted:
            return back(request, "roadmap", village, _("This village has adopted its roadmap already."), level=messages.WARNING)
        else:
            return back(request, "roadmap", village, _("The roadmap is adopted. Here is who does what by when."))
    return _roadmap(request, village, adopt_form=form, status=REFUSED)


@require_POST
@requires(RECORD)
def add_action(request, pk):
    village = village_or_404(request, RECORD, pk)
    adopted = queries.roadmap_of(village)
    if adopted is None:
        return back(request, "roadmap", village, _("Adopt the roadmap first."), level=messages.WARNING)
    form = ActionForm(request.POST)
    if form.is_valid():
        try:
            added = of_actions.add_roadmap_action(roadmap=adopted, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            undo = address("drop_action", village, action=added.pk, reason="MISTAKE")
            return back(request, "roadmap", village, _("The action is on the roadmap."), undo=undo)
    return _roadmap(request, village, action_form=form, status=REFUSED)


@require_POST
@requires(RECORD)
def correct(request, pk):
    """The adoption as it truly was."""
    village = village_or_404(request, RECORD, pk)
    form = CorrectAdoptionForm(request.POST)
    words = _("Corrected. What is still to do moved with the day of the meeting.")
    return _amend(request, village, form, actions.correct_roadmap, words, correct_form=form)


@require_POST
@requires(RECORD)
def strike(request, pk):
    """It was never adopted here."""
    village = village_or_404(request, RECORD, pk)
    form = StrikeForm(request.POST)
    return _amend(request, village, form, actions.strike_roadmap, _("Struck out. The village may adopt its roadmap."), strike_form=form)


def _amend(request, village: Place, form, act, words: str, **shown):
    adopted = queries.roadmap_of(village)
    if adopted is None:
        return back(request, "roadmap", village, _("Adopt the roadmap first."), level=messages.WARNING)
    if form.is_valid():
        try:
            act(roadmap=adopted, at=timezone.now(), by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        except NotPossible:
            return back(request, "roadmap", village, CHANGED, level=messages.WARNING)
        else:
            return back(request, "roadmap", village, words)
    return _roadmap(request, village, status=REFUSED, **shown)


def _stands(adopted: Roadmap) -> dict:
    return {name: getattr(adopted, name) for name in AdoptForm.base_fields}


def _roadmap(
    request,
    village: Place,
    *,
    adopt_form: AdoptForm | None = None,
    action_form: ActionForm | None = None,
    correct_form: CorrectAdoptionForm | None = None,
    strike_form: StrikeForm | None = None,
    status: int = 200,
):
    adopted = queries.roadmap_of(village)
    heading = _("Roadmap of %(village)s")
    if adopted is None:
        context = {"adopt_form": adopt_form or AdoptForm(initial={"adopted_on": today()}), "defaults": default_actions()}
        context["offer"] = pilots.offer_to(village)
        return page_of(request, village, "roadmap", heading, context, status=status)
    planned = list(queries.actions_of(village))
    for one in planned:
        one.is_overdue = one.is_overdue_on(today())
    show = request.GET.get("show", "")
    shown = [one for one in planned if show in ("", one.state) or (show == "OVERDUE" and one.is_overdue)]
    groups = [(Doer(who), list(found)) for who, found in groupby(shown, key=lambda one: one.who)]
    if request.GET.get("as") == "pdf" and paper.are_here():
        return answer(roadmap_paper.drawn(village, adopted, groups, at=timezone.now()), f"roadmap-{village.pk}")
    context = {
        "roadmap": adopted,
        "show": show,
        "groups": groups,
        "as_pdf": paper.are_here(),
        "filters": _filters(planned, show),
        "done": sum(one.state == ActionState.DONE for one in planned),
        "all": sum(one.state != ActionState.DROPPED for one in planned),
        "action_form": action_form or ActionForm(),
        "correct_form": correct_form or CorrectAdoptionForm(initial=_stands(adopted)),
        "strike_form": strike_form or StrikeForm(),
        "earlier": adopted.earlier(),
    }
    return page_of(request, village, "roadmap", heading, context, status=status)


def _filters(planned: list[RoadmapAction], show: str) -> list[dict]:
    """Each chip's number is the number of lines it opens."""
    counted = [("", _("All"), len(planned)), ("OVERDUE", _("Late"), sum(one.is_overdue for one in planned))]
    counted += [(state.value, state.label, sum(one.state == state for one in planned)) for state in ActionState]
    return [{"key": key, "label": label, "count": count, "is_current": key == show} for key, label, count in counted]
