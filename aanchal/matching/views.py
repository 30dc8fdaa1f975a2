"""The pages of finding someone: what waits, one pair side by side, a name looked for."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.matching import actions, deciding, forms, named, queries, rules, terms, words
from aanchal.matching.models import Candidate, Decision, Task
from aanchal.people.terms import Sex
from aanchal.places.models import Place

A_PAGE = 30
REFUSED = 422


@require_safe
@requires(Permission.MATCH_REVIEW)
def queue(request):
    """Who may be whom, the greatest expected benefit first; and what confirmed links ask to be done."""
    standing = request.GET.get("standing", "")
    page = Paginator(queries.queue(request.user, standing), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Finding her"), "page": page, "rows": [row_of(one) for one in page],
        "tasks": list(queries.open_tasks(request.user)[:A_PAGE]),
        "standings": [(one, terms.Standing(one).label) for one in rules.LISTED], "standing": standing,
        "may_record": policy.holds(request.user, Permission.FOUND_RECORD), "crumbs": [{"label": _("Finding her")}],
        "reading": queries.reading(),
    }  # fmt: skip
    return render(request, "matching/queue.html", context)


@require_safe
@requires(Permission.MATCH_REVIEW)
def pair(request, pk):
    return _pair(request, _candidate(request, pk))


@require_POST
@requires(Permission.MATCH_REVIEW)
def open_pair(request, pk):
    """The same page with the names of both; that they were read is noted."""
    candidate = _candidate(request, pk)
    return _pair(request, candidate, told=actions.open_pair(candidate=candidate, reason="MATCH_REVIEW", by=request.user))


@require_POST
@requires(Permission.MATCH_REVIEW)
def decide(request, pk):
    candidate = _candidate(request, pk)
    form = forms.DecisionForm(request.POST)
    if not form.is_valid():
        return _pair(request, candidate, form=form)
    try:
        decision = deciding.decide(candidate=candidate, at=timezone.now(), by=request.user, **form.cleaned_data)
    except rules.NotPossible as refused:
        messages.warning(request, _(words.REFUSALS[str(refused)]))
        return redirect("matching:pair", pk=pk)
    messages.success(request, _("Noted: %(answer)s.") % {"answer": decision.get_answer_display()})
    return redirect("matching:pair", pk=pk)


@require_POST
@requires(Permission.MATCH_REVIEW)
def look_again(request, pk):
    try:
        deciding.look_again(candidate=_candidate(request, pk), at=timezone.now(), by=request.user)
    except rules.NotPossible as refused:
        messages.warning(request, _(words.REFUSALS[str(refused)]))
    else:
        messages.success(request, _("The pair waits for a decision again. What was said before is kept."))
    return redirect("matching:pair", pk=pk)


@require_POST
@requires(Permission.MATCH_REVIEW)
def undo(request, pk):
    candidate = _candidate(request, pk)
    link = queries.link_of(candidate)
    if link is None:
        raise Http404
    try:
        deciding.undo(link=link, at=timezone.now(), by=request.user)
    except rules.NotPossible as refused:
        messages.warning(request, _(words.REFUSALS[str(refused)]))
    else:
        messages.success(request, _("Undone. The line of the missing register is open again."))
    return redirect("matching:pair", pk=pk)


@require_POST
@requires(Permission.MATCH_REVIEW)
def complete_task(request, pk):
    task = Task.objects.filter(pk=pk).select_related("link").first()
    if task is None or not queries.can_review(request.user, task):
        raise Http404
    try:
        deciding.complete_task(task=task, at=timezone.now(), by=request.user)
    except rules.NotPossible as refused:
        messages.warning(request, _(words.REFUSALS[str(refused)]))
    else:
        messages.success(request, _("Done: %(task)s") % {"task": task.get_kind_display()})
    return redirect("matching:queue")


@requires(Permission.IDENTITY_READ)
def names(request):
    """A name asked for everywhere that the reader may open names. It comes in the body and goes nowhere else."""
    form = forms.NameForm(request.POST or None)
    rows = None
    if request.method == "POST" and form.is_valid():
        rows = [named.row(request.user, one) for one in actions.search_names(name=form.cleaned_data["name"], by=request.user)]
    context = {"heading": _("Look for a name"), "form": form, "rows": rows, "crumbs": [{"label": _("Look for a name")}]}
    return render(request, "matching/names.html", context, status=REFUSED if form.errors else 200)


def _candidate(request, pk) -> Candidate:
    candidate = queries.candidate(pk)
    if candidate is None or not queries.can_review(request.user, candidate):
        raise Http404
    return candidate


def row_of(candidate: Candidate) -> dict:
    largest = [terms.COMPARISONS[name] for name in rules.largest(candidate.bits)]
    return {"candidate": candidate, **_sides(candidate), "in_ten": words.in_ten(candidate.probability), "largest": largest}


def _sides(candidate: Candidate) -> dict:
    missing, found = (dict(candidate.facts.get(side, {})) for side in ("missing", "found"))
    for side in (missing, found):
        side["sex_label"] = Sex(side["sex"]).label if side.get("sex") in Sex.values else ""
        side["day"] = parse_date(side["on"]) if side.get("on") else None
    found["kind_label"] = terms.FoundKind(found["kind"]).label if found.get("kind") else ""
    found["spoken"] = [terms.LANGUAGES.get(code, code) for code in found.get("languages", [])]
    found["home_place"] = Place.objects.filter(pk=found["home"]).first() if found.get("home") else None
    return {"missing": missing, "found": found}


def _pair(request, candidate: Candidate, *, told=None, form=None):
    link = queries.link_of(candidate)
    decisions = list(candidate.decisions.select_related("by").order_by("at"))
    context = {
        "heading": _("The same person?"), "candidate": candidate, **_sides(candidate), "told": _texts(told), "is_open": told is not None,
        "steps": words.waterfall(candidate.levels, candidate.bits), "in_ten": words.in_ten(candidate.probability), "link": link,
        "decisions": [_said(one, is_open=told is not None) for one in decisions],
        "is_corrected_since": bool(decisions) and queries.is_corrected_since(candidate.found_id, decisions[-1].at),
        "is_struck": candidate.standing == rules.Standing.CLOSED and queries.is_struck(candidate.found_id),
        "may_look_again": candidate.standing == rules.Standing.REJECTED,
        "form": form or forms.DecisionForm(), "may_decide": candidate.standing in rules.WAITING,
        "tasks": list(link.tasks.order_by("due_on")) if link else [],
        "crumbs": [{"label": _("Finding her"), "url": reverse("matching:queue")}, {"label": _("The same person?")}],
    }  # fmt: skip
    return render(request, "matching/pair.html", context, status=REFUSED if form and form.errors else 200)


def _said(decision: Decision, *, is_open: bool) -> dict:
    """A note may name persons: it is read with the names."""
    reasons = [terms.Reason(reason).label for reason in decision.reasons]
    note = decision.told().get("note", "") if is_open else ""
    return {"one": decision, "reasons": reasons, "has_note": decision.sealed is not None, "note": note}


def _texts(told: dict | None) -> dict[str, dict[str, str]]:
    return {side: (told or {}).get(side, {}) for side in ("missing", "found")}
