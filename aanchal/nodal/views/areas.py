"""Problem areas: districts and corridors that stand out, how sure that is, the counts behind each, and what an officer does about it."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.nodal import actions, finding, forms, pictures, queries
from aanchal.nodal import areas as rules
from aanchal.nodal.models import AreaNote
from aanchal.nodal.rules import Refused
from aanchal.nodal.terms import Role
from aanchal.nodal.views.found import REFUSED, attempt, say, today
from aanchal.places.models import Place
from aanchal.places.terms import Level

A_PAGE = 20
CORRIDORS = "CORRIDORS"
TABS = {CORRIDORS: gettext_lazy("Corridors"), **dict(Role.choices)}


@require_safe
@requires(Permission.RETURN_READ)
def areas(request):
    place, tab = _whole(request.user), request.GET.get("show", CORRIDORS)
    if tab not in TABS:
        raise Http404
    told = finding.picture(place, today())
    year, rows = (None, told.corridors) if tab == CORRIDORS else finding.missing(place) if tab == Role.MISSING else (None, told.of(tab))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    names, titles = _names(page.object_list), dict(queries.series_keys())
    shown = [_corridor(one, names, titles) if tab == CORRIDORS else _area(one, names, titles) for one in page.object_list]
    context = {
        "heading": _("Problem areas"), "place": place, "told": told, "tab": tab, "tabs": _tabs(), "page": page, "rows": shown, "year": year,
        "map": _map(told) if place.level == Level.NATION and tab == CORRIDORS else "", "notes": finding.open_notes(place)[:A_PAGE],
        "crumbs": [{"label": _("Problem areas")}], "least": rules.LEAST, "first": told.months[0], "last": told.months[-1],
    }  # fmt: skip
    return render(request, "nodal/areas.html", context)


@requires(Permission.RETURN_READ)
def area(request, pk):
    """One district: every number a finding rests on, what is said of it, and a note."""
    place = place_or_404(request.user, Permission.RETURN_READ, pk)
    if place.level != Level.DISTRICT or not policy.covers(request.user, Permission.COUNT_READ, place):
        raise Http404
    form = forms.NoteForm(request.POST or None) if _may_note(request.user, place) else None
    told = finding.picture(_whole(request.user), today())
    mine = [one for role in (Role.SOURCE, Role.DESTINATION, Role.TRANSIT) for one in told.of(role) if one.district == place.pk]
    year, missing = finding.missing(place.state)
    mine += [one for one in missing if one.district == place.pk]
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _noted(request, place, mine, form):
            messages.success(request, _("Noted."))
            return redirect("nodal:area", pk=pk)
    corridors = [one for one in told.corridors if place.pk in (one.origin, one.destination)]
    names, titles = _names([*mine, *corridors]), dict(queries.series_keys())
    reported, asked = finding.reported([place.state_id], told.months)[place.state_id]
    context = {
        "heading": place.local_name, "place": place, "rows": [_area(one, names, titles) for one in mine], "year": year,
        "corridors": [_corridor(one, names, titles) for one in corridors], "reported": reported, "asked": asked,
        "reading": rules.reporting(reported, asked), "form": form, "notes": finding.notes(place), "done": forms.DoneForm(auto_id=False),
        "crumbs": [{"label": _("Problem areas"), "url": reverse("nodal:areas")}, {"label": place.local_name}], "least": rules.LEAST,
    }  # fmt: skip
    return render(request, "nodal/area.html", context, status=REFUSED if form and form.errors else 200)


@require_POST
@requires(Permission.RETURN_READ)
def done(request, pk):
    row = policy.visible(request.user, Permission.RETURN_READ, AreaNote.objects.select_related("place").filter(pk=pk)).first()
    if row is None or not _may_note(request.user, row.place):
        raise Http404
    form = forms.DoneForm(request.POST)
    try:
        actions.finish_area(note=row, words=form.data.get("words", ""), at=timezone.now(), by=request.user)
        messages.success(request, _("Done."))
    except Refused as refused:
        say(request, refused)
    return redirect("nodal:area", pk=row.place_id)


def _whole(user) -> Place:
    """The widest place of the reader: the nation, or the State."""
    found = [posting.place for posting in policy.current_postings(user, on=today())
             if {Permission.RETURN_READ, Permission.COUNT_READ} <= posting.held.permissions]  # fmt: skip
    if not found:
        raise Http404
    return min(found, key=lambda place: place.place_no - place.last_no)


def _may_note(user, place: Place) -> bool:
    return any(policy.can(user, permission, place) for permission in (Permission.RETURN_APPROVE, Permission.RETURN_ACCEPT))


def _noted(request, place: Place, mine, form) -> AreaNote | None:
    told = {str(one.role): one.n for one in mine}
    role = mine[0].role if mine else Role.SOURCE
    remark = actions.Remark(role=role, told=told, **form.cleaned_data)
    return attempt(form, actions.note_area, place=place, remark=remark, at=timezone.now(), by=request.user)


def _names(rows) -> dict[int, Place]:
    keys = {getattr(one, end) for one in rows for end in ("origin", "destination", "district") if hasattr(one, end)}
    return Place.objects.select_related("state").in_bulk(keys)


def _area(one: rules.Area, names: dict[int, Place], titles: dict[str, str]) -> dict:
    limit, expected = (round(rules.funnel(one.estimate.expected)[1]), round(one.estimate.expected)) if one.estimate else (None, None)
    return {
        "one": one, "place": names[one.district], "alarm": one.alarm, "months": [MONTHS[month] for month in one.months],
        "limit": limit, "expected": expected, "causes": _causes(one.purposes, titles), "title": TABS[one.role],
    }  # fmt: skip


def _corridor(one: rules.Corridor, names: dict[int, Place], titles: dict[str, str]) -> dict:
    ends = {"origin": names[one.origin], "destination": names[one.destination]}
    return {"one": one, **ends, "causes": _causes(one.purposes, titles), "alarm": one.alarm}


def _causes(purposes, titles: dict[str, str]) -> list[tuple[str, int]]:
    return [(titles[key], n) for key, n in purposes]


def _tabs() -> list[dict]:
    return [{"key": key, "label": label} for key, label in TABS.items()]


def _map(told: finding.Picture):
    ends = {one.origin for one in told.corridors} | {one.destination for one in told.corridors}
    problems = [one.district for one in (*told.sources, *told.destinations) if one.is_problem]
    places = Place.objects.select_related("state").in_bulk(ends | set(problems))
    ways: Counter[tuple[int, int]] = Counter()
    for one in told.corridors:
        a, b = places[one.origin].state, places[one.destination].state
        if a.pk != b.pk:
            ways[a.lgd_code, b.lgd_code] += one.n
    names = {place.state.lgd_code: place.state.local_name for place in places.values()}
    tiles = Counter(places[key].state.lgd_code for key in set(problems))
    title = _("Ways between States, the busiest as the thickest arcs; on a tile, districts that stand out")
    told_ways = [(a, b, n) for (a, b), n in ways.most_common()]
    return pictures.arcs(tiles, told_ways, names, title=title, says=_("%(from)s to %(to)s: %(n)s cases"))
