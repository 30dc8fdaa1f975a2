"""The indices as anyone who works with them may read them: what holds where one works, earlier versions, drafts."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.risk import queries
from aanchal.risk.definition import Definition
from aanchal.risk.models import IndexDefinition, IndexDraft
from aanchal.risk.reading import words
from aanchal.risk.terms import Subject
from aanchal.risk.views.asked import own_places, today
from aanchal.risk.views.measures import has_measures


@require_safe
@requires(Permission.INDEX_READ)
def indices(request):
    here = own_places(request.user, Permission.INDEX_READ)
    found = IndexDefinition.objects.filter(_of_states(here)).select_related("place")
    context = {
        "heading": _("Indices"),
        "subjects": [_subject(subject, here[0], found) for subject in Subject],
        "drafts": IndexDraft.objects.filter(place__in=states_of(here)).select_related("place", "drafted_by").order_by("-drafted_at"),
        "may_draft": any(one.level == Level.STATE for one in own_places(request.user, Permission.INDEX_EDIT)),
        "villages": [one for one in here if one.level == Level.VILLAGE],
        "measured": next((one for one in own_places(request.user, Permission.COUNT_READ) if has_measures(request.user, one)), None),
    }
    return render(request, "risk/indices.html", context)


@require_safe
@requires(Permission.INDEX_READ)
def version(request, version):
    here = own_places(request.user, Permission.INDEX_READ)
    found = IndexDefinition.objects.filter(_of_states(here), version=version).select_related("place", "drafted_by", "approved_by").first()
    if found is None:
        raise Http404
    index = queries.definition(found.version)
    crumbs = [{"label": _("Indices"), "url": reverse("indices")}, {"label": found.version}]
    context = {"heading": words(index.title), "found": found, "index": index, "parts": parts(index), "crumbs": crumbs, **lines(index)}
    return render(request, "risk/index_version.html", context)


def states_of(places: list[Place]) -> list[int]:
    return [one.pk if one.level == Level.STATE else one.state_id for one in places]


def parts(index: Definition) -> list[dict]:
    """The dimensions with their indicators, as they are read."""
    services = {one.key: words(one.title) for one in index.services}
    return [
        {
            "title": words(dimension.title),
            "points": dimension.points,
            "rows": [
                {"one": one, "reason": words(one.reason), "services": [services[key] for key in one.helps]}
                for one in index.indicators
                if one.dimension == dimension.key
            ],
        }
        for dimension in index.dimensions
    ]


def lines(index: Definition) -> dict:
    return {
        "bands": [{"band": one, "title": words(one.title)} for one in index.bands],
        "overrides": [words(one.reason) for one in index.overrides],
    }


def _of_states(places: list[Place]) -> Q:
    return Q(place=None) | Q(place__in=states_of(places))


def _subject(subject: Subject, place: Place, found) -> dict:
    in_force = queries.definition_in_force(subject, today(), place).version
    versions = found.filter(subject=subject).order_by("-effective_from", "-version")
    return {"subject": subject, "label": subject.label, "in_force": in_force, "versions": list(versions), "place": place}


def may_edit(user, state: Place) -> bool:
    return policy.covers(user, Permission.INDEX_EDIT, state)
