"""The families of a place, in the order in which to visit them."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.people.queries import without_consent
from aanchal.places.models import Place
from aanchal.registers import queries as registers
from aanchal.risk import families as listed
from aanchal.risk import queries
from aanchal.risk.definition import Definition
from aanchal.risk.families import Filters
from aanchal.risk.forms import Narrow
from aanchal.risk.models import Assessment
from aanchal.risk.reading import band_title, row, words
from aanchal.risk.terms import Subject
from aanchal.risk.views.asked import own_places, place_of, today

FAMILIES_A_PAGE = 25
REFUSED = 422


@require_safe
@requires(Permission.RISK_READ)
def families(request):
    """Who is to be visited first. What narrows the list stands in its address; each choice says how many families it leaves."""
    place = place_of(request, Permission.RISK_READ)
    if "place" not in request.GET:
        return redirect(f"{request.path}?place={place.pk}")
    index = queries.definition_in_force(Subject.HOUSEHOLD, today(), place)
    own = queries.own_index(place.pk, today(), index, at_once=True)
    is_own = bool(own) and request.GET.get("by") != "state"
    needs = {one.key: words(one.title) for one in index.dimensions}
    narrow = Narrow(list(needs.items()), request.GET)
    is_asked = narrow.is_valid()
    filters = replace(narrow.filters() if is_asked else Filters(), is_own=is_own)
    everyone = listed.readable(request.user, place)
    left = queries.visit_first(listed.narrowed(everyone, filters), is_own=is_own) if is_asked else Assessment.objects.none()
    page = Paginator(left, FAMILIES_A_PAGE).get_page(request.GET.get("page"))
    counts = listed.counted(everyone, filters, list(needs))
    _say_counts(narrow, counts)
    context = {
        "heading": _("Families to visit first"),
        "place": place,
        "page": page,
        "rows": [row(request.user, one) for one in page],
        "without_consent": without_consent(one.household for one in page),
        "narrow": narrow,
        "chips": _chips(index, filters, counts),
        "all_url": f"?place={place.pk}",
        "has_own": bool(own),
        "is_own": is_own,
        "may_read_index": policy.can(request.user, Permission.INDEX_READ, place),
        "appeals": policy.visible(request.user, Permission.RISK_REASONS, queries.open_appeals(place)).count(),
        "is_narrowed": any(narrow.cleaned_data.values()) if is_asked else True,
        **around(request, place),
    }
    return render(request, "risk/families.html", context, status=200 if is_asked else REFUSED)


def around(request, place: Place) -> dict:
    """Where a reader may go from here: the places inside, one level up, and the other places they look after."""
    near = registers.places_near(request.user, place)
    return {"near": near, "own": [one for one in own_places(request.user, Permission.RISK_READ) if one != place and one not in near]}


def _chips(index: Definition, filters: Filters, counts: dict) -> list[dict]:
    """The bands and what is urgent: each is a link that sets it, or takes it away when it is set."""
    labels = {listed.ON_THE_REGISTER: _("At risk, severe or urgent"), listed.SURVEYED: _("Surveyed")}
    chips = [
        {
            "name": "band", "value": key, "mark": "" if key in labels else key, "label": labels.get(key) or band_title(index, key),
            "count": count, "is_set": filters.band == key,
        }
        for key, count in counts["band"].items()
    ]  # fmt: skip
    urgent = {"name": "urgent", "value": "1", "mark": "URGENT", "label": _("Act today"), "count": counts["urgent"]["1"]}
    urgent["is_set"] = filters.is_urgent
    return [chip for chip in [urgent, *chips] if chip["count"] or chip["is_set"]]


def _say_counts(narrow: Narrow, counts: dict) -> None:
    for name in ("need", "complete"):
        field = narrow.fields[name]
        field.choices = [(key, f"{label} ({counts[name][key]})" if key else label) for key, label in field.choices]
