"""The alerts queue, one alert, and what is done about it."""

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
from aanchal.access.web import requires
from aanchal.people.queries import household_of, households_of
from aanchal.tracking import actions, alerting, forms, queries, rules, terms, words
from aanchal.tracking.models import Alert
from aanchal.tracking.views.asked import A_PAGE, changed, one_or_404, place_of, refused_form, tried


@require_safe
@requires(Permission.JOURNEY_READ)
def queue(request):
    """What waits, the latest first. Those of the reader's own step are hers; the others she may see."""
    place, kind = place_of(request), request.GET.get("kind", "")
    kind = kind if kind in terms.AlertKind.values else ""
    mine = queries.steps_of(request.user)
    step = request.GET.get("step", "")
    step = step if step in (*terms.Step.values, queries.MINE) else ""
    narrowed = mine if step == queries.MINE else {step} - {""}
    found = queries.alerts(request.user, kind=kind, steps=narrowed if step else None, place=place)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    homes, now = households_of([one.person for one in page if not _of_record(one)]), timezone.now()
    context = {
        "heading": _("Alerts"), "page": page, "place": place, "kind": kind, "step": step, "mine": queries.MINE if mine else "",
        "rows": [_row(one, homes.get(one.person_id), now, mine) for one in page],
        "kinds": terms.AlertKind.choices, "steps": [(one, terms.Step(one).label, one in mine) for one in rules.ORDER],
        "crumbs": [{"label": _("Alerts")}],
    }  # fmt: skip
    return render(request, "tracking/alerts.html", context)


@require_safe
@requires(Permission.JOURNEY_READ)
def alert(request, pk):
    return _page(request, _found(request, pk))


@require_POST
@requires(Permission.JOURNEY_RECORD)
def close(request, pk):
    alert = _found(request, pk, Permission.JOURNEY_RECORD)
    return _change(request, alert, "close", forms.CloseForm(alert, request.POST), actions.close_alert, _("Closed, with its outcome."))


@require_POST
@requires(Permission.JOURNEY_RECORD)
def snooze(request, pk):
    alert = _found(request, pk, Permission.JOURNEY_RECORD)
    said = _("Put off. It comes again by itself on that day.")
    return _change(request, alert, "snooze", forms.SnoozeForm(request.POST), alerting.snooze, said)


@require_POST
@requires(Permission.JOURNEY_RECORD)
def hand_up(request, pk):
    alert = _found(request, pk, Permission.JOURNEY_RECORD)
    said = _("Handed up. Who answers there is told now.")
    return _change(request, alert, "hand_up", forms.HandUpForm(request.POST), alerting.hand_up, said)


@require_POST
@requires(Permission.JOURNEY_RECORD)
def merge(request, pk):
    alert = _found(request, pk, Permission.JOURNEY_RECORD)
    into = next((one for one in queries.alerts_near(alert) if str(one.pk) == request.POST.get("into")), None)
    if into is None or not policy.can(request.user, Permission.JOURNEY_RECORD, into):
        refused_form(request)
        return redirect("tracking:alert", pk=pk)
    tried(request, lambda: alerting.merge(alert=alert, into=into, at=timezone.now(), by=request.user), _("Joined: one alert is followed."))
    alert.refresh_from_db(fields=["merged_into"])
    return redirect("tracking:alert", pk=alert.merged_into_id or pk)


def _change(request, alert: Alert, name: str, form, change, said: str):
    back = reverse("tracking:alert", args=[alert.pk])
    return changed(request, form, partial(change, alert=alert), said, again=lambda: _page(request, alert, **{name: form}), back=back)


def _found(request, pk, permission=Permission.JOURNEY_READ) -> Alert:
    found = one_or_404(request, queries.alert(pk), permission)
    if not isinstance(found, Alert):
        raise Http404
    return found


def _page(request, alert: Alert, **filled):
    now = timezone.now()
    history = queries.history(alert)
    told = queries.names_of_workers(one for step in history for one in step.told)
    may_act = alert.is_live and policy.can(request.user, Permission.JOURNEY_RECORD, alert)
    today = policy.day_in_india(now)
    may_answer = may_act and queries.may_answer(request.user, alert, on=today)
    near = queries.alerts_near(alert) if may_answer else []
    steps = rules.steps_of(alert.kind, alert.step, is_child=alert.is_child)
    context = {
        "heading": alert.get_kind_display(), "alert": alert, "who": _who(alert, today), "left": words.time_left(alert.step_due_at, now),
        "is_late": bool(alert.step_due_at and alert.step_due_at < now), "may_act": may_act,
        "line": queries.line_behind(alert) if policy.can(request.user, Permission.ENTRY_READ, alert) else None,
        "may_answer": may_answer, "may_close": may_answer or bool(rules.from_below(alert.kind)),
        "ladder": [(step, terms.Step(step).label, _stands(alert, step)) for step in steps],
        "history": [(one, _reason(one), ", ".join(sorted(told[user] for user in one.told if user in told))) for one in reversed(history)],
        "near": [(one, _who(one, today)) for one in near], "can_climb": rules.step_after(alert.step) is not None,
        "close": forms.CloseForm(alert, may_answer=may_answer), "snooze": forms.SnoozeForm(), "hand_up": forms.HandUpForm(),
        "crumbs": [{"label": _("Alerts"), "url": reverse("tracking:alerts")}, {"label": alert.get_kind_display()}],
    }  # fmt: skip
    return render(request, "tracking/alert.html", context | filled, status=422 if filled else 200)


def _row(alert: Alert, home, now, mine: set[str]) -> dict:
    household = _of_record(alert) or home
    return {
        "one": alert,
        "who": words.who(alert.person, household, policy.day_in_india(now)),
        "left": words.time_left(alert.step_due_at, now),
        "is_late": bool(alert.step_due_at and alert.step_due_at < now),
        "is_mine": alert.step in mine,
    }


def _of_record(alert: Alert):
    """The family that the journey or the line of the missing register names: who is away may be a member of none by now."""
    return alert.journey.household if alert.journey else alert.search.entry.household if alert.search else None


def _who(alert: Alert, on) -> str:
    household = _of_record(alert) or household_of(alert.person)
    return words.who(alert.person, household, on)


def _stands(alert: Alert, step: str) -> str:
    here, there = rules.ORDER.index(alert.step), rules.ORDER.index(step)
    return "done" if there < here else "now" if there == here else ""


def _reason(step) -> str:
    for known in (terms.SnoozeReason, terms.HandUpReason, terms.Outcome):
        if step.reason in known.values:
            return str(known(step.reason).label)
    return ""
