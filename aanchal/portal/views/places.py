"""A place in figures, down to the village; and its wall print without names."""

from dataclasses import replace

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.core import paper
from aanchal.core.paper.answers import answer
from aanchal.places.models import Place
from aanchal.places.queries import ancestors
from aanchal.places.terms import Level
from aanchal.portal import counts, figures, summaries, wall_paper
from aanchal.portal.links import address
from aanchal.portal.terms import REGISTERS
from aanchal.villages import queries as villages

PAGES = {Level.NATION, Level.STATE, Level.DISTRICT, Level.BLOCK, Level.PANCHAYAT, Level.VILLAGE}
STEPS = PAGES - {Level.PANCHAYAT}
"""Panchayats cut across what is hidden from who may only count, so they have no page for them."""


@require_safe
@requires(Permission.COUNT_READ)
def place(request, pk):
    found = _place(request.user, pk)
    today = policy.day_in_india(timezone.now())
    template = "portal/village.html" if found.level == Level.VILLAGE else "portal/place.html"
    return render(request, template, _summary(request.user, found, today) | {"crumbs": crumbs(request.user, found)})


@require_safe
@requires(Permission.VILLAGE_READ)
def wall_print(request, pk):
    """For the wall of the VO office: the roadmap, who to call, and no count in which a family could be recognised."""
    found = _place(request.user, pk)
    if found.level != Level.VILLAGE or not policy.can(request.user, Permission.VILLAGE_READ, found):
        raise Http404
    today = policy.day_in_india(timezone.now())
    whole = counts.of(request.user, found, on=today)
    on_wall = [replace(one, url="") for one in figures.of(request.user, counts.without_small(whole), figures.ON_A_WALL)]
    told = {
        "wall": on_wall,
        "has_hidden": any(one.is_hidden for one in on_wall),
        "heading": _("Our village: %(village)s") % {"village": found.local_name},
        "back_url": address("place", found.pk),
        "points": villages.map_points(found),
        "actions": villages.actions_of(found).filter(state="PLANNED"),
        "today": today,
    }
    if request.GET.get("as") == "pdf" and paper.are_here():
        return answer(wall_paper.drawn(told, at=timezone.now()), f"village-{found.pk}")
    return render(request, "portal/wall.html", told | {"as_pdf": paper.are_here()})


def crumbs(user, place: Place, *, label: str = "") -> list[dict]:
    """Only the places above that this person may open."""
    above = [one for one in ([place.nation] if place.nation_id else []) + ancestors(place) if _has_page(user, one)]
    links = [{"url": address("place", one.pk), "label": one.local_name} for one in above]
    if label:
        return [*links, {"url": address("place", place.pk), "label": place.local_name}, {"label": label}]
    return [*links, {"label": place.local_name}] if links else []


def _place(user, pk: int) -> Place:
    found = place_or_404(user, Permission.COUNT_READ, pk)
    if not _has_page(user, found):
        raise Http404
    prefetch_related_objects([found], "parts")
    return found


def _has_page(user, place: Place) -> bool:
    levels = PAGES if counts.opens_lists(user, place) else STEPS
    return place.level in levels and policy.covers(user, Permission.COUNT_READ, place)


def _summary(user, place: Place, today) -> dict:
    table = counts.table(user, place, on=today)
    whole = table.whole
    may_see_village = policy.can(user, Permission.VILLAGE_READ, place) and place.level == Level.VILLAGE
    return {
        "heading": place.local_name,
        "place": place,
        "above": place.panchayat or place.parent,
        "is_exact": table.is_exact,
        "families": figures.of(user, whole, ("households", "surveyed")),
        "at_risk": figures.of(user, whole, figures.AT_RISK_FIRST),
        "work": figures.of(user, whole, ("flagged", "overdue")),
        "registers": figures.of(user, whole, REGISTERS),
        "bands": summaries.bands(whole) if table.is_exact else [],
        "band_picture": summaries.band_picture(whole) if table.is_exact else "",
        "depth": summaries.depth(user, place, whole, on=today),
        "context": summaries.context(user, place) if may_see_village else None,
        "table": figures.shown(user, table) if table.rows else None,
        "has_hidden": any(figure is None for figure in whole.values.values()),
        "links": _links(user, place) if may_see_village else [],
    }


def _links(user, place: Place) -> list[dict]:
    reads_lines = policy.can(user, Permission.ENTRY_READ, place)
    found = [
        (address("village-map", place.pk), _("Safety map"), "map"),
        (address("villages:situation", place.pk), _("Situation analysis"), "clipboard-list"),
        (address("villages:roadmap", place.pk), _("Roadmap"), "list-checks"),
        (reads_lines and address("registers:index", place=place.pk), _("Registers"), "notebook-text"),
        (address("place-print", place.pk), _("Print for the wall, without names"), "printer"),
    ]
    return [{"url": url, "label": label, "icon": icon} for url, label, icon in found if url]
