"""Those who are missing, the search for one of them with the law's clocks, and women and girls who left without trace."""

from functools import partial

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires, signed_in
from aanchal.people.models import Person
from aanchal.tracking import alerting, forms, queries, rules, searches, statutory, terms, without_trace, words
from aanchal.tracking.models import Alert, Search
from aanchal.tracking.views.asked import A_PAGE, changed, one_or_404, place_of


@require_safe
@requires(Permission.JOURNEY_READ)
def missing(request):
    place, now = place_of(request), timezone.now()
    today = policy.day_in_india(now)
    page = Paginator(queries.searches(request.user, place), A_PAGE).get_page(request.GET.get("page"))
    rows = [{"one": one, "who": words.who(one.person, one.entry.household, today), "clocks": _clocks(one, now)} for one in page]
    context = {"heading": _("Missing persons"), "page": page, "rows": rows, "place": place, "crumbs": [{"label": _("Missing persons")}]}
    return render(request, "tracking/searches.html", context)


@require_safe
@requires(Permission.JOURNEY_READ)
def search(request, pk):
    return _page(request, one_or_404(request, queries.search(pk)))


@require_POST
@requires(Permission.JOURNEY_RECORD)
def move(request, pk):
    search = one_or_404(request, queries.search(pk), Permission.JOURNEY_RECORD)
    said = _("Written down. The register and the clocks follow.")
    return _change(request, search, "move", forms.MoveForm(search, request.POST), partial(searches.move, search=search), said)


@require_POST
@requires(Permission.JOURNEY_RECORD)
def close(request, pk):
    search = one_or_404(request, queries.search(pk), Permission.JOURNEY_RECORD)
    said = _("Closed, with its outcome.")
    return _change(request, search, "close", forms.CloseSearchForm(search, request.POST), partial(searches.close, search=search), said)


@require_safe
@requires(Permission.JOURNEY_READ)
def no_trace(request):
    place, today = place_of(request), policy.day_in_india(timezone.now())
    page = Paginator(without_trace.Found(request.user, place), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"one": one, "who": words.who(one.person, one.household, today) if one.person else one.household.shown_code} for one in page
    ]
    context = {
        "heading": _("Women and girls who left without trace"), "page": page, "rows": rows, "place": place,
        "may_raise": policy.holds(request.user, Permission.JOURNEY_RECORD), "crumbs": [{"label": _("Left without trace")}],
    }  # fmt: skip
    return render(request, "tracking/no_trace.html", context)


@require_POST
@requires(Permission.JOURNEY_RECORD)
def look_for(request, pk):
    """An alert about a woman or girl of the list."""
    person = one_or_404(request, Person.objects.filter(pk=pk).select_related("place").first(), Permission.JOURNEY_RECORD)
    alert = alerting.look_for(person=person, at=timezone.now(), by=request.user)
    return redirect("tracking:alert", pk=alert.pk)


@require_safe
@signed_in
def clocks(request):
    """The clocks of the law, with their source and how sure we are of it."""
    today = policy.day_in_india(timezone.now())
    context = {
        "heading": _("Clocks of the law"), "clocks": queries.clocks(today), "may_edit": statutory.may_change(request.user),
        "ladder": [
            (kind.label, [(terms.Step(step).label, hours) for step, hours in rules.HOURS[kind].items()]) for kind in terms.AlertKind
        ],
        "crumbs": _crumbs_of_clocks(request.user),
    }  # fmt: skip
    return render(request, "tracking/clocks.html", context)


@requires(Permission.CLOCK_EDIT)
def change_clock(request, key):
    """For the whole nation, or not at all."""
    versions = queries.clock_versions(key)
    if not versions or not statutory.may_change(request.user):
        raise Http404
    newest = versions[0]
    told = {name: getattr(newest, name) for name in ("hours", "law", "source", "mark")}
    form = forms.ClockForm(request.POST or None, initial=told | {"effective_from": policy.day_in_india(timezone.now())})
    if request.method == "POST" and form.is_valid():
        try:
            statutory.change(clock=newest, by=request.user, **form.cleaned_data)
            return redirect("tracking:clock", key=key)
        except rules.NotPossible as refused:
            form.add_error("effective_from", words.REFUSALS[str(refused)])
    context = {"heading": newest.local_text, "form": form, "versions": versions, "crumbs": _crumbs_of_clocks(request.user, _("Change"))}
    return render(request, "tracking/clock.html", context, status=422 if form.errors else 200)


def _crumbs_of_clocks(user, last: str = "") -> list[dict]:
    """Who keeps the clocks for the nation reads no search."""
    missing = [{"label": _("Missing persons"), "url": reverse("tracking:missing")}] if policy.holds(user, Permission.JOURNEY_READ) else []
    clocks = {"label": _("Clocks of the law")}
    return [*missing, clocks | {"url": reverse("tracking:clocks")}, {"label": last}] if last else [*missing, clocks]


def _change(request, search: Search, name: str, form, change, said: str):
    back = reverse("tracking:search", args=[search.pk])
    return changed(request, form, change, said, again=lambda: _page(request, search, **{name: form}), back=back)


def _page(request, search: Search, **filled):
    now = timezone.now()
    today = policy.day_in_india(now)
    who = words.who(search.person, search.entry.household, today)
    may_record = policy.can(request.user, Permission.JOURNEY_RECORD, search) and search.state != terms.SearchState.CLOSED
    context = {
        "heading": who, "search": search, "may_ask": policy.can(request.user, Permission.POSTER_PROPOSE, search),
        "clocks": _clocks(search, now), "may_record": may_record,
        "alerts": Alert.objects.filter(search=search).order_by("-raised_at", "-pk"),
        "move": forms.MoveForm(search, initial={"on": today}), "close": forms.CloseSearchForm(search),
        "crumbs": [{"label": _("Missing persons"), "url": reverse("tracking:missing")}, {"label": who}],
    }  # fmt: skip
    return render(request, "tracking/search.html", context | filled, status=422 if filled else 200)


def _clocks(search: Search, now) -> list[dict]:
    return [
        {"one": one, "left": words.time_left(one.due_at, now), "is_late": one.stopped_at is None and one.due_at <= now}
        for one in search.deadlines.all()
    ]
