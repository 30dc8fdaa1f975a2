"""The list of runs, a new run, two runs side by side."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.selection import actions, queries, reading
from aanchal.selection.forms import RunForm
from aanchal.selection.models import SelectionRun

READ, PREPARE = Permission.SELECTION_READ, Permission.SELECTION_PREPARE
REFUSED = 422
ON_A_PAGE = 25
MOST_COMPARED = 60


@dataclass(frozen=True)
class Scope:
    """The districts or blocks of a place: what a run may rank."""

    place: Place
    level: str

    @property
    def key(self) -> str:
        return f"{self.place.pk}:{self.level}"

    @property
    def label(self) -> str:
        if self.level == Level.DISTRICT:
            return _("Districts of %(place)s") % {"place": self.place.local_name}
        return _("Blocks of %(place)s") % {"place": self.place.local_name}


@require_safe
@requires(READ)
def index(request):
    page = Paginator(queries.runs(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    told = {
        "heading": _("Where to work"),
        "page": page,
        "may_prepare": policy.holds(request.user, PREPARE),
        "compared": queries.runs(request.user)[:MOST_COMPARED] if page.paginator.count > 1 else [],
    }
    return render(request, "selection/index.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(PREPARE)
def new(request):
    scopes = _scopes(request.user)
    scope = _scope(request, scopes)
    series = list(queries.series_for(scope.place, scope.level)) if scope else []
    form = RunForm(request.POST or None, series=series)
    if request.method == "POST" and scope and form.is_valid():
        try:
            run = actions.rank_places(
                place=scope.place, level=Level(scope.level), title=form.cleaned_data["title"], indicators=form.chosen,
                seed=secrets.randbelow(2**31), at=timezone.now(), by=request.user,
            )  # fmt: skip
            return redirect("selection:run", run.pk)
        except actions.Refused as refused:
            form.refuse(refused)
    told = {
        "heading": _("A new ranking"),
        "scopes": scopes,
        "scope": scope,
        "form": form,
        "incidents": list(queries.incidents_for(scope.place, scope.level)) if scope else [],
        "crumbs": crumbs(_("A new ranking")),
    }
    return render(request, "selection/new.html", told, status=REFUSED if form.errors else 200)


@require_safe
@requires(READ)
def compare(request):
    one, other = (run_or_404(request.user, request.GET.get(which, "")) for which in ("a", "b"))
    if one.level != other.level:
        raise Http404
    told = {
        "heading": _("Two rankings side by side"),
        "one": one,
        "other": other,
        "found": reading.compare(one, other),
        "weights": _weights(one, other),
        "crumbs": crumbs(_("Two rankings side by side")),
    }
    return render(request, "selection/compare.html", told)


def run_or_404(user, pk) -> SelectionRun:
    people = ("created_by", "submitted_by", "decided_by")
    run = SelectionRun.objects.select_related("place", "copy_of", *people).filter(pk=_uuid(pk)).first()
    if run is None or not policy.can(user, READ, run):
        raise Http404
    return run


def _uuid(said: object) -> UUID | None:
    try:
        return UUID(str(said))
    except ValueError:
        return None


def crumbs(*labels: str, run: SelectionRun | None = None) -> list[dict]:
    links = [{"label": _("Where to work"), "url": reverse("selection:index")}]
    if run:
        links.append({"label": run.title, "url": reverse("selection:run", args=[run.pk])})
    return links + [{"label": label} for label in labels]


def _scopes(user) -> list[Scope]:
    """What this person may rank: the places they prepare for, and those right below."""
    posted = {one.place_id: one.place for one in policy.current_postings(user, on=policy.day_in_india(timezone.now()))}
    mine = [place for place in posted.values() if policy.covers(user, PREPARE, place)]
    below = {Level.NATION: ("nation", Level.STATE), Level.STATE: ("state", Level.DISTRICT)}
    under = [
        found
        for place in mine
        if place.level in below
        for found in Place.objects.filter(**{below[place.level][0]: place}, level=below[place.level][1]).order_by("name", "pk")
    ]
    places = {place.pk: place for place in [*mine, *under]}.values()
    return [Scope(place, level) for place in places for level in queries.LEVELS_IN.get(Level(place.level), ())]


def _scope(request, scopes: list[Scope]) -> Scope | None:
    asked = (request.POST or request.GET).get("scope", "")
    found = next((one for one in scopes if one.key == asked), None)
    if asked and found is None:
        raise Http404
    return found or (scopes[0] if scopes else None)


def _weights(one: SelectionRun, other: SelectionRun) -> list[dict]:
    shares = [{told.title: told.share for told in reading.indicators(run, run.weights)} for run in (one, other)]
    return [{"title": title, "one": shares[0].get(title), "other": shares[1].get(title)} for title in {**shares[0], **shares[1]}]
