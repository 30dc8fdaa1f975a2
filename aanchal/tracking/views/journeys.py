"""Who is away, one journey with its story, and what is recorded of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.network import queries as network
from aanchal.network import rules as directory
from aanchal.registers import columns
from aanchal.tracking import actions, forms, queries, terms, words
from aanchal.tracking.models import Journey
from aanchal.tracking.rules import JourneyEvent
from aanchal.tracking.views.asked import A_PAGE, one_or_404, place_of, refused_form, tried

ENDS = (JourneyEvent.CAME_HOME, JourneyEvent.SETTLED)


@dataclass(frozen=True)
class Told:
    """One line of the story."""

    at: datetime | None
    on: date
    icon: str
    title: str
    by: str
    more: str = ""
    url: str = ""


@require_safe
@requires(Permission.JOURNEY_READ)
def journeys(request):
    place, today = place_of(request), policy.day_in_india(timezone.now())
    is_due = request.GET.get("show") == "due"
    found = queries.due(request.user, today, place) if is_due else queries.journeys(request.user, place)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Check-ins due") if is_due else _("People who are away"), "page": page, "is_due": is_due, "place": place,
        "rows": [_row(request, one, today) for one in page], "crumbs": [{"label": _("People who are away")}],
        "may_register": policy.holds(request.user, Permission.ENTRY_RECORD),
    }  # fmt: skip
    return render(request, "tracking/journeys.html", context)


@require_safe
@requires(Permission.JOURNEY_READ)
def journey(request, pk):
    return _page(request, one_or_404(request, queries.journey(pk)))


@require_POST
@requires(Permission.IDENTITY_READ)
def open_contacts(request, pk):
    journey = one_or_404(request, queries.journey(pk), Permission.IDENTITY_READ)
    opened = actions.open_contacts(journey=journey, reason="JOURNEY", by=request.user)
    notes = actions.open_notes(check_ins=queries.check_ins(journey), journey=journey, by=request.user)
    return _page(request, journey, opened=opened, notes=notes)


@require_POST
@requires(Permission.JOURNEY_RECORD)
def check_in(request, pk):
    """In a tap (`told` is way and answer, today), or with a day and a note."""
    journey = one_or_404(request, queries.journey(pk), Permission.JOURNEY_RECORD)
    data = request.POST.copy()
    if "." in data.get("told", ""):
        data["way"], data["answer"] = data["told"].split(".", 1)
        data["on"] = policy.day_in_india(timezone.now()).isoformat()
    form = forms.CheckInForm(data)
    if not form.is_valid():
        refused_form(request)
        return _page(request, journey, check_in=form)
    told = form.cleaned_data | {"at": timezone.now(), "by": request.user}
    said = _("Noted: %(answer)s.") % {"answer": terms.Answer(told["answer"]).label}
    is_done = tried(request, lambda: actions.record_check_in(journey=journey, **told), said, form)
    if not is_done and "told" not in request.POST:
        return _page(request, journey, check_in=form)
    return redirect(_back(request) or reverse("tracking:journey", args=[pk]))


@require_POST
@requires(Permission.JOURNEY_RECORD)
def end(request, pk):
    """Came home; or, of an adult, no more calls."""
    journey = one_or_404(request, queries.journey(pk), Permission.JOURNEY_RECORD)
    now = timezone.now()
    event, form = request.POST.get("event", JourneyEvent.CAME_HOME), forms.EndForm(request.POST)
    if event not in ENDS or (event == JourneyEvent.CAME_HOME and not form.is_valid()):
        refused_form(request)
        return _page(request, journey, end=form)
    on = form.cleaned_data["on"] if event == JourneyEvent.CAME_HOME else policy.day_in_india(now)
    said = _("Closed. The register says so too.") if event == JourneyEvent.CAME_HOME else _("Closed. Nobody calls any more.")
    if tried(request, lambda: actions.end(journey=journey, event=event, on=on, at=now, by=request.user), said, form):
        return redirect("tracking:journey", pk=pk)
    return _page(request, journey, end=form)


def _back(request) -> str:
    return reverse("tracking:journeys") + "?show=due" if request.POST.get("back") == "due" else ""


def _row(request, journey: Journey, today: date) -> dict:
    return {
        "one": journey,
        "who": words.who(journey.person, journey.household, today),
        "late": words.days_late(journey.due_on, today),
        "is_late": journey.due_on < today,
        "may_record": policy.can(request.user, Permission.JOURNEY_RECORD, journey) and journey.departed_on <= today,
    }


def _page(request, journey: Journey, *, opened=None, notes=None, **filled):
    now = timezone.now()
    today = policy.day_in_india(now)
    row = _row(request, journey, today)
    known = columns.keyed(journey.entry.register)
    texts = [(known[key].label, text) for key, text in opened.texts.items() if key in known] if opened else []
    context = row | {
        "heading": row["who"], "journey": journey, "today": today, "story": _story(journey, notes or {}), "opened": opened, "texts": texts,
        "may_record": row["may_record"] and journey.is_open, "may_open": policy.can(request.user, Permission.IDENTITY_READ, journey),
        "listing": journey.listing, "standing": directory.standing(network.known(journey.listing), today) if journey.listing else None,
        "check_in": forms.CheckInForm(initial={"on": today, "way": terms.Way.CALL}), "end": forms.EndForm(initial={"on": today}),
        "alerts": [one for one in queries.alerts_of(journey) if one.is_live],
        "crumbs": [{"label": _("People who are away"), "url": reverse("tracking:journeys")}, {"label": row["who"]}],
    }  # fmt: skip
    return render(request, "tracking/journey.html", context | filled, status=422 if filled else 200)


def _story(journey: Journey, notes: dict) -> list[Told]:
    """Leaving, check-ins and alerts, the newest first."""
    lines = [Told(None, journey.departed_on, "footprints", _("Left"), "")]
    for one in queries.check_ins(journey):
        icon = {"WELL": "circle-check", "TROUBLE": "triangle-alert"}.get(one.answer, "phone-missed")
        title = f"{one.get_way_display()}: {one.get_answer_display()}"
        lines.append(Told(one.at, one.on, icon, title, one.by.name if one.by else "", notes.get(one.pk, "")))
    for alert in queries.alerts_of(journey):
        url = reverse("tracking:alert", args=[alert.pk])
        for step in alert.steps.all():
            by = step.by.name if step.by else _("the clock")
            title = f"{alert.get_kind_display()}: {step.get_happening_display()}"
            more = alert.get_outcome_display() if step.happening == "CLOSED" else step.get_step_display()
            lines.append(Told(step.at, policy.day_in_india(step.at), "bell", title, by, str(more), url))
    if journey.closed_at:
        lines.append(Told(journey.closed_at, policy.day_in_india(journey.closed_at), "house", journey.get_state_display(), ""))
    return sorted(lines, key=lambda line: (line.on, line.at or datetime.min.replace(tzinfo=journey.opened_at.tzinfo)), reverse=True)
