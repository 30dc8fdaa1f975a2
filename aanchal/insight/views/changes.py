"""What changed in the pilot's blocks beside blocks that were not chosen."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.insight import comparing, queries, rules, words
from aanchal.insight.views.places import kept
from aanchal.places.terms import Level

COMPARED = (Level.STATE, Level.NATION)


@require_safe
@requires(Permission.COUNT_READ)
def changed(request, pk):
    place = kept(request, Permission.COUNT_READ, pk)
    if place.level not in COMPARED:
        raise Http404
    found = queries.comparison(place)
    context = {
        "heading": _("What changed: %(place)s") % {"place": place.local_name}, "place": place, "found": found,
        "crumbs": [
            {"label": _("Indicators: %(place)s") % {"place": place.local_name}, "url": reverse("insight:place", args=[place.pk])},
            {"label": _("What changed")},
        ],
    }  # fmt: skip
    if found:
        tested, by_chance = comparing.chance_alone(found)
        titles = comparing.titles(queries.definitions(rules.month_after(found.month)))
        context |= {
            "month_name": words.month(found.month), "rows": comparing.rows(found, titles), "sets": comparing.sets(found), "tested": tested,
            "by_chance": by_chance, "digest": found.sha256[:12],
        }  # fmt: skip
    return render(request, "insight/changed.html", context)
