"""The indicators of a place: its figures, its target, its peers, and who below it needs attention."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.access.web import place_or_404, requires
from aanchal.insight import actions, forms, listing, queries, reading, rules, words
from aanchal.insight.measures import MEASURES
from aanchal.places.models import Place
from aanchal.places.queries import ancestors
from aanchal.places.terms import Level

CONCERNS, LINES = 15, 50
REFUSED = 422


@require_safe
@requires(Permission.COUNT_READ)
def index(request):
    """The widest place whose counts one may read."""
    held = policy.current_postings(request.user, on=day_in_india(timezone.now()))
    found = [one.place for one in held if Permission.COUNT_READ in one.held.permissions and one.place.level in queries.KEPT]
    if not found:
        raise Http404
    return redirect("insight:place", min(found, key=lambda one: (one.place_no - one.last_no, one.pk)).pk)


@require_safe
@requires(Permission.COUNT_READ)
def place(request, pk):
    return _page(request, kept(request, Permission.COUNT_READ, pk))


@require_POST
@requires(Permission.TARGET_SET)
def target(request, pk):
    found = kept(request, Permission.TARGET_SET, pk)
    form = _target_form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=REFUSED)
    month = _month(request, queries.months()) or rules.month_of(day_in_india(timezone.now()))
    actions.set_target(place=found, month=month, at=timezone.now(), by=request.user, **form.cleaned_data)
    messages.success(request, _("The target is set."))
    return redirect("insight:place", found.pk)


@require_safe
@requires(Permission.COUNT_READ)
def counted(request, pk, measure):
    """The rows behind a number, or why they are not shown."""
    found, held, month = kept(request, Permission.COUNT_READ, pk), MEASURES.get(measure), _month(request, queries.months())
    named = [one for one in queries.definitions_of(measure, month) if found.level in one.levels] if month else []
    if held is None or not named:
        raise Http404
    definition = next((one for one in named if one.code == request.GET.get("of")), named[0])
    why = listing.why_shut(request.user, held, found, month)
    above = {"label": _("Indicators: %(place)s") % {"place": found.local_name}, "url": f"{_address(found, month)}#{definition.code}"}
    context = {
        "heading": definition.title, "place": found, "month_name": words.month(month), "why": words.SHUT.get(why),
        "is_numerator": measure == definition.numerator, "has_two": bool(definition.denominator),
        "crumbs": [above, {"label": definition.code}],
    }  # fmt: skip
    if not why:
        rows = listing.rows(request.user, held.lines, found, month)
        page = Paginator(rows, LINES).get_page(request.GET.get("page"))
        context |= {
            "page": page, "rows": listing.shown(request.user, held.lines, page), "total": listing.total(held.lines, rows),
            "kinds": listing.kinds(held.lines, rows), "has_weight": bool(held.lines.weight),
            "counted": queries.counted(found, month, measure),
        }  # fmt: skip
    return render(request, "insight/counted.html", context)


def _address(found: Place, month: date) -> str:
    return f"{reverse('insight:place', args=[found.pk])}?month={month:%Y-%m}"


def kept(request, permission: Permission, pk: int) -> Place:
    found = place_or_404(request.user, permission, pk)
    if found.level not in queries.KEPT or not policy.covers(request.user, permission, found):
        raise Http404
    return found


def _page(request, found: Place, *, form=None, status: int = 200):
    months = queries.months()
    month = _month(request, months)
    may_set = policy.covers(request.user, Permission.TARGET_SET, found)
    context = {
        "heading": _("Indicators: %(place)s") % {"place": found.local_name}, "place": found, "month": month,
        "month_name": f"{words.month_name(month)} {month.year}" if month else "",
        "months": [(one.isoformat()[:7], f"{words.month_name(one)} {one.year}") for one in months],
        "form": (form or _target_form(found)) if may_set else None,
        "crumbs": _crumbs(request.user, found), "below": queries.BELOW.get(found.level), "more": _more(found),
    }  # fmt: skip
    if month:
        titles = {one.code: one.title for one in queries.definitions(rules.month_after(month))}
        page = Paginator(queries.attention(found, month), CONCERNS).get_page(request.GET.get("page"))
        context |= {"page": page, "concerns": [reading.concern(one, titles) for one in page]}
        context["sections"] = reading.sections(request.user, found, month)
    return render(request, "insight/place.html", context, status=status)


def _month(request, months: list[date]) -> date | None:
    """The one asked for, or the newest."""
    asked = {one.isoformat()[:7]: one for one in months}.get(request.GET.get("month", ""))
    return asked or (months[0] if months else None)


def _target_form(found: Place, data=None) -> forms.TargetForm:
    today = day_in_india(timezone.now())
    return forms.TargetForm([one for one in queries.definitions(today) if one.numerator and found.level in one.levels], data)


def _more(found: Place) -> list[tuple[str, str]]:
    told = [("insight:reviews", _("Reviews")), ("insight:table", _("Table of your own")), ("insight:stories", _("Stories"))]
    if found.level in (Level.STATE, Level.NATION):
        told.append(("insight:changed", _("What changed after the pilot")))
    return [(reverse(name, args=[found.pk]), label) for name, label in told]


def _crumbs(user, found: Place) -> list[dict]:
    above = [*([found.nation] if found.nation else []), *ancestors(found)]
    may = [one for one in above if one.level in queries.KEPT and policy.covers(user, Permission.COUNT_READ, one)]
    return [*({"label": one.local_name, "url": reverse("insight:place", args=[one.pk])} for one in may), {"label": found.local_name}]
