"""One place in a run: every value with its source, what is recorded of the place, choosing it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.places.models import IndicatorValue, Place
from aanchal.places.terms import Level
from aanchal.selection import actions, queries, reading
from aanchal.selection.forms import ChoiceForm, StandingForm
from aanchal.selection.models import SelectionRun
from aanchal.selection.terms import Standing
from aanchal.selection.views.run import refused
from aanchal.selection.views.runs import REFUSED, crumbs, run_or_404

READ, PREPARE = Permission.SELECTION_READ, Permission.SELECTION_PREPARE


@require_safe
@requires(READ)
def place(request, pk, place):
    run = run_or_404(request.user, pk)
    return _page(request, run, _ranked(run, place))


@require_POST
@requires(PREPARE)
def choose(request, pk, place):
    """Choose the place, write its reason anew, or take it out again."""
    run = _preparing(request.user, pk)
    found = _ranked(run, place)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _page(request, run, found, choice_form=form, status=REFUSED)
    others = [(one["id"], one["why"]) for one in run.chosen if one["id"] != found.pk]
    taken_out = request.POST.get("take_out") == "yes"
    try:
        actions.choose(run=run, chosen=others if taken_out else [*others, (found.pk, form.cleaned_data["why"])], by=request.user)
    except actions.Refused as problem:
        return refused(request, run, problem)
    said = _("%(place)s is no longer chosen.") if taken_out else _("%(place)s is chosen.")
    messages.success(request, said % {"place": found.local_name})
    return redirect("selection:run", run.pk)


@require_POST
@requires(PREPARE)
def record(request, pk, place):
    """Someone records what the framework asks of this place, or of the district it lies in."""
    run = _preparing(request.user, pk)
    found = _ranked(run, place)
    about = found.district if request.POST.get("of") == "district" and found.level == Level.BLOCK else found
    form = StandingForm(request.POST, level=about.level)
    if not form.is_valid():
        return _page(request, run, found, standing_form=form, status=REFUSED)
    told = form.cleaned_data
    try:
        actions.record_standing(
            place=about, standing=told["standing"], holds=told["holds"] == "YES", source=told["source"], at=timezone.now(), by=request.user
        )
    except actions.Refused as problem:
        return refused(request, run, problem)
    messages.success(request, _("Recorded, with your name and the source."))
    return redirect("selection:place", run.pk, found.pk)


def _page(request, run: SelectionRun, found: Place, *, status: int = 200, choice_form=None, standing_form=None):
    row = next(one for one in reading.order(run).rows if one.key == found.pk)
    known = queries.standings_of([found.pk, found.district_id] if found.level == Level.BLOCK else [found.pk])
    why = next((one["why"] for one in run.chosen if one["id"] == found.pk), "")
    told = {
        "heading": found.local_name,
        "run": run,
        "place": found,
        "row": row,
        "values": _values(run, found),
        "beside": [(one, one.of[found.pk]) for one in reading.beside(run)],
        "groups": _groups(found, known, standing_form),
        "choice_form": choice_form or ChoiceForm(initial={"why": why}),
        "may_prepare": policy.can(request.user, PREPARE, run),
        "crumbs": crumbs(found.local_name, run=run),
    }
    return render(request, "selection/place.html", told, status=status)


def _values(run: SelectionRun, found: Place) -> list[dict]:
    """As the run kept them; and the file and line each came from, where the value still stands."""
    kept = next(row for row in run.results["places"] if row["id"] == found.pk)
    rows = IndicatorValue.objects.filter(place=found, series__in=[one["series"] for one in run.indicators])
    now = {row.series_id: row for row in rows.select_related("source")}
    return [
        {"indicator": shown, "value": value, "percentile": percentile, "now": now.get(one["series"])}
        for shown, one, value, percentile in zip(
            reading.indicators(run, run.weights), run.indicators, kept["values"], kept["p"], strict=True
        )
    ]


def _groups(found: Place, known: dict, bound: StandingForm | None) -> list[dict]:
    """What is recorded of the place, and for a block, of its district: each with its own form."""
    places = [(found, "")] + ([(found.district, "district")] if found.level == Level.BLOCK else [])
    return [
        {
            "place": one,
            "of": of,
            "said": [(Standing(key).label, row) for key, row in sorted(known.get(one.pk, {}).items())],
            "form": bound if bound and not of else StandingForm(level=one.level, prefix=None, auto_id=f"id_{of or 'own'}_%s"),
        }
        for one, of in places
    ]


def _ranked(run: SelectionRun, pk: int) -> Place:
    """A place of this run; any other is absent, whether it exists or not."""
    found = Place.objects.select_related("district", "state").filter(pk=pk).first()
    if found is None or not any(row["id"] == pk for row in run.results["places"]):
        raise Http404
    return found


def _preparing(user, pk) -> SelectionRun:
    run = run_or_404(user, pk)
    if not policy.can(user, PREPARE, run):
        raise Http404
    return run
