"""The pilots of a state, and one of them at a glance."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import papers
from aanchal.core.listed import Listed, as_file
from aanchal.pilots import actions, forms, queries, words
from aanchal.pilots.models import Aim, Phase, Pilot, Strategy
from aanchal.pilots.rules import Refused
from aanchal.pilots.terms import MARKS
from aanchal.places.models import Place

READ, RECORD = Permission.ACTIVITY_READ, Permission.ACTIVITY_RECORD
REFUSED = 422
A_PAGE = 25


@requires(READ)
def pilots(request):
    state = _state(request.user)
    form = forms.PilotForm(queries.approved_runs(state), request.POST or None) if state else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and (made := _attempt(form, actions.begin, state=state, at=timezone.now(), by=request.user, **form.told())):
            return redirect("pilots:pilot", pk=made.pk)
    on = policy.day_in_india(timezone.now())
    page = Paginator(queries.pilots(request.user), A_PAGE).get_page(request.GET.get("page"))
    late = queries.late(page, on)
    told = [(one, *_standing(one, on, is_late=one.pk in late)) for one in page]
    context = {"heading": _("Pilots"), "page": page, "rows": told, "form": form, "crumbs": [{"label": _("Pilots")}]}
    return render(request, "pilots/pilots.html", context, status=REFUSED if form and form.errors else 200)


@requires(READ)
def pilot(request, pk):
    one = queries.pilots(request.user).filter(pk=pk).first()
    if one is None:
        raise Http404
    offered = _forms(request, one) if policy.can(request.user, RECORD, one) else {}
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        if offered[what].is_valid() and _ACTS[what](request, one, offered[what]):
            messages.success(request, _("Noted."))
            return redirect("pilots:pilot", pk=one.pk)
    on = policy.day_in_india(timezone.now())
    place = queries.own_part(request.user, one)
    figures = [(words.FIGURES[figure.key], figure) for figure in queries.figures(request.user, one, on, place)]
    aims, phases = queries.aims_of(one, on, place), list(queries.phases_of(one))
    late = [each for each in phases if each.done_on is None and each.ends_on < on]
    missed = queries.missed([one], on)[one.pk]
    word, mark = _standing(one, on, is_late=bool(late or missed))
    context = {
        "heading": one.title, "one": one, "places": queries.places_of(one), "phases": phases, "today": on,
        "phase": queries.phase_on(one, on), "aims": aims, "figures": figures, "forms": offered, "standing": word, "mark": mark,
        "late": late, "missed": missed, "part": None if place == one.place else place,
        "strategies": one.strategies.defer("file").order_by("-nth"), "told": forms.ReachedForm(),
        "crumbs": [{"label": _("Pilots"), "url": reverse("pilots:pilots")}, {"label": one.title}],
    }  # fmt: skip
    return render(request, "pilots/pilot.html", context, status=REFUSED if request.method == "POST" else 200)


@require_POST
@requires(READ)
def export(request):
    """The pilots that she sees, one a line."""
    on = policy.day_in_india(timezone.now())
    rows = list(queries.pilots(request.user))
    if not rows:
        raise Http404
    late = queries.late(rows, on)
    actions.note_taken_out(pilot=rows[0], rows=len(rows), by=request.user)
    listed = Listed(gettext_lazy("Pilots"), (
        (gettext_lazy("Title"), lambda one: one.title), (gettext_lazy("State"), lambda one: one.place.local_name),
        (gettext_lazy("First day"), lambda one: one.starts_on), (gettext_lazy("Last day"), lambda one: one.ends_on),
        (gettext_lazy("Districts and blocks"), lambda one: one.n_places),
        (gettext_lazy("Standing"), lambda one: str(_standing(one, on, is_late=one.pk in late)[0])),
    ))  # fmt: skip
    return as_file(listed, rows, kind=request.POST.get("format", ""), name="pilots", on=on)


@require_POST
@requires(RECORD)
def end_phase(request, pk):
    phase = _row_or_404(request.user, Phase.objects.all(), pk, RECORD)
    _say(request, actions.end_phase, phase=phase, at=timezone.now(), by=request.user)
    return redirect("pilots:pilot", pk=phase.pilot_id)


@require_POST
@requires(RECORD)
def tell_aim(request, pk):
    aim, form = _row_or_404(request.user, Aim.objects.all(), pk, RECORD), forms.ReachedForm(request.POST)
    if form.is_valid():
        _say(request, actions.tell_aim, aim=aim, at=timezone.now(), by=request.user, **form.cleaned_data)
    else:
        messages.warning(request, " ".join(form.errors["reached"]))
    return redirect("pilots:pilot", pk=aim.pilot_id)


@require_safe
@requires(READ)
def strategy(request, pk):
    """As a file to keep: never opened inside the site."""
    one = Strategy.objects.filter(pk=pk).first()
    if one is None or not queries.pilots(request.user).filter(pk=one.pilot_id).exists():
        raise Http404
    answer = HttpResponse(bytes(one.file), content_type=one.file_kind)
    answer["Content-Disposition"] = f'attachment; filename="strategy-{one.nth}.{one.file_kind.rpartition("/")[2]}"'
    return answer


def _forms(request, one: Pilot) -> dict:
    def bound(what):
        return request.POST if request.method == "POST" and request.POST.get("what") == what else None

    return {
        "widen": forms.WidenForm(queries.runs_to_add(one), bound("widen"), prefix="widen"),
        "aim": forms.AimForm(bound("aim"), prefix="aim"),
        "phase": forms.PhaseForm(bound("phase"), prefix="phase"),
        "strategy": forms.StrategyForm(bound("strategy"), request.FILES if bound("strategy") else None),
    }


def _standing(one: Pilot, on, *, is_late: bool) -> tuple[str, str]:
    """The word, and how it is coloured."""
    standing = queries.standing(one, on, is_late=is_late)
    return standing.label, MARKS[standing]


def _widen(request, one: Pilot, form):
    return _attempt(form, actions.widen, pilot=one, run=form.chosen(), by=request.user)


def _aim(request, one: Pilot, form):
    return _attempt(form, actions.set_aim, pilot=one, by=request.user, **form.cleaned_data)


def _phase(request, one: Pilot, form):
    return _attempt(form, actions.plan_phase, pilot=one, by=request.user, **form.cleaned_data)


def _strategy(request, one: Pilot, form):
    file = papers.told(form.cleaned_data["file"])
    return _attempt(form, actions.file_strategy, pilot=one, file=file, at=timezone.now(), by=request.user)


_ACTS = {"widen": _widen, "aim": _aim, "phase": _phase, "strategy": _strategy}


def _attempt(form, act, **told):
    """The answer of an action, or None with what it refused said on the form."""
    try:
        return act(**told)
    except Refused as refused:
        form.refuse(refused)
        return None


def _say(request, act, **told) -> None:
    try:
        act(**told)
        messages.success(request, _("Noted."))
    except Refused as refused:
        for _field, code in refused.faults:
            messages.warning(request, words.FAULTS[code])


def _row_or_404(user, rows, pk, permission: Permission = READ):
    """Out of scope and absent look the same."""
    row = rows.filter(pk=pk).first()
    if row is None or not policy.can(user, permission, row):
        raise Http404
    return row


def _state(user) -> Place | None:
    """The state whose pilot this person runs."""
    held = policy.current_postings(user, on=policy.day_in_india(timezone.now()))
    return next((one.place for one in held if RECORD in one.held.permissions and one.place.level == "STATE"), None)
