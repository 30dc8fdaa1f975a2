"""One return: its figures, what stands against it, its way from draft to lock, its amendment."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.nodal import actions, drafting, forms, queries, words
from aanchal.nodal.models import Return
from aanchal.nodal.rules import Refused
from aanchal.nodal.terms import Event, Standing
from aanchal.nodal.views.found import REFUSED, attempt, crumbs, period, return_or_404, say

NEEDS = {
    (Standing.DRAFT, Event.SUBMIT): Permission.RETURN_RECORD,
    (Standing.QUERIED, Event.SUBMIT): Permission.RETURN_RECORD,
    (Standing.SUBMITTED, Event.QUERY): Permission.RETURN_APPROVE,
    (Standing.SUBMITTED, Event.APPROVE): Permission.RETURN_APPROVE,
    (Standing.APPROVED, Event.QUERY): Permission.RETURN_ACCEPT,
    (Standing.APPROVED, Event.ACCEPT): Permission.RETURN_ACCEPT,
    (Standing.ACCEPTED, Event.LOCK): Permission.RETURN_ACCEPT,
}
DONE = {
    Event.SUBMIT: _("Submitted. Another person of the State approves it."),
    Event.QUERY: _("Sent back with your question."),
    Event.APPROVE: _("Approved. The Nodal Cell has it now."),
    Event.ACCEPT: _("Accepted. Its figures are part of the national tables."),
    Event.LOCK: _("Locked. From now on it changes only by an amendment."),
}


@require_safe
@requires(Permission.RETURN_READ)
def one_return(request, pk):
    return page(request, return_or_404(request.user, pk))


@require_POST
@requires(Permission.RETURN_READ)
def step(request, pk):
    """Whichever step the return can take and this person may: the one that is asked for."""
    one = return_or_404(request.user, pk)
    event = request.POST.get("event")
    if event not in DONE:
        return redirect("nodal:return", pk=pk)
    needed = NEEDS.get((Standing(one.standing), Event(event)))
    if needed and not policy.can(request.user, needed, one):
        raise Http404
    form = forms.WordsForm(request.POST) if _says(one, event) else None
    if form is not None and not form.is_valid():
        return page(request, one, form=form)
    try:
        _act(one, event, form.cleaned_data["words"] if form else "", request.user)
        messages.success(request, DONE[Event(event)])
    except Refused as refused:
        say(request, refused)
    return redirect("nodal:return", pk=pk)


@require_POST
@requires(Permission.RETURN_RECORD)
def explain(request, pk):
    one, form = return_or_404(request.user, pk, Permission.RETURN_RECORD), forms.ExplainForm(request.POST)
    told = {"one": one, "key": request.POST.get("finding", ""), "at": timezone.now(), "by": request.user}
    if form.is_valid() and attempt(form, actions.explain, **told, **form.cleaned_data):
        return redirect("nodal:return", pk=pk)
    messages.warning(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("nodal:return", pk=pk)


@require_POST
@requires(Permission.RETURN_RECORD)
def amend(request, pk):
    one, form = return_or_404(request.user, pk, Permission.RETURN_RECORD), forms.AmendForm(request.POST)
    if form.is_valid() and (made := attempt(form, actions.amend, one=one, at=timezone.now(), by=request.user, **form.cleaned_data)):
        messages.success(request, _("Change the figures that were wrong and submit it. Until it is locked, the old return counts."))
        return redirect("nodal:return", pk=made.pk)
    return page(request, one, amending=form)


def page(request, one: Return, **bound):
    heads, told, user = queries.heads(one.call.edition), queries.figures(one), request.user
    titles = {head.key: head.title for head in heads}
    districts = {place.pk: place.local_name for place in queries.districts(one.place)}
    steps = _steps(user, one)
    context = {
        "heading": one.place.local_name, "one": one, "period": period(one.call), "steps": steps,
        "groups": _groups(heads, queries.of_state(told)), "districts": _by_district(heads, queries.by_district(told), districts),
        "findings": _findings(one, titles, districts), "changes": _changes(one, titles, districts),
        "history": queries.history(one), "uploads": _uploads(one), "may_write": _may_write(user, one),
        "form": bound.get("form") or (forms.WordsForm() if any(_says(one, event) for event in steps) else None),
        "sheet": bound.get("sheet") or forms.SheetForm(), "explain": forms.ExplainForm(auto_id=False),
        "amending": bound.get("amending") or (forms.AmendForm() if _may_amend(user, one) else None),
        "amendment": Return.objects.filter(amends=one).first(), "crumbs": crumbs(one.call, one), "problem": bound.get("problem", ""),
        "left_empty": _left_empty(user, one, heads, told) if "drafted" in request.GET else [],
    }  # fmt: skip
    refused = bool(context["problem"]) or any(form.errors for form in bound.values() if not isinstance(form, str))
    return render(request, "nodal/return.html", context, status=REFUSED if refused else 200)


def _left_empty(user, one: Return, heads, told) -> list[tuple[str, list[str]]]:
    """After drafting: (why, heads) of those that the State's own records could not tell."""
    if not _may_write(user, one) or not policy.covers(user, Permission.COUNT_READ, one.place):
        return []
    why = drafting.of(one).why
    found: dict[str, list[str]] = {}
    for head in heads:
        if (head.key, None) not in told and head.key in why:
            found.setdefault(why[head.key], []).append(f"{queries.group_title(head.group)}: {head.title}")
    return [(str(words.LEFT_EMPTY[code]), titles) for code, titles in found.items()]


def _act(one: Return, event: str, said: str, by) -> None:
    told = {"one": one, "at": timezone.now(), "by": by}
    match event:
        case Event.SUBMIT:
            actions.submit(words=said, **told)
        case Event.QUERY:
            actions.query(words=said, **told)
        case Event.APPROVE:
            actions.approve(**told)
        case Event.ACCEPT:
            actions.accept(**told)
        case Event.LOCK:
            actions.lock(**told)


def _says(one: Return, event: str) -> bool:
    """A question has words, and so has its answer."""
    return event == Event.QUERY or event == Event.SUBMIT and one.standing == Standing.QUERIED


def _steps(user, one: Return) -> list[Event]:
    mine = [event for (standing, event), needed in NEEDS.items() if standing == one.standing and policy.can(user, needed, one)]
    made = {Event.APPROVE: (one.made_by_id, one.submitted_by_id), Event.ACCEPT: (one.made_by_id, one.submitted_by_id, one.approved_by_id)}
    return [event for event in mine if user.pk not in made.get(event, ())]


def _may_write(user, one: Return) -> bool:
    return one.is_open and policy.can(user, Permission.RETURN_RECORD, one)


def _may_amend(user, one: Return) -> bool:
    return one.standing == Standing.LOCKED and policy.can(user, Permission.RETURN_RECORD, one)


def _groups(heads, told) -> list[tuple[str, list]]:
    found: list[tuple[str, list]] = []
    for head in heads:
        title = queries.group_title(head.group)
        if not found or found[-1][0] != title:
            found.append((title, []))
        found[-1][1].append((head, told.get(head.key)))
    return found


def _by_district(heads, told, names) -> list[tuple[str, list]]:
    """Only heads that a district has told, and are not zero."""
    return [
        (name, [(head.title, told[pk][head.key]) for head in heads if told[pk].get(head.key)]) for pk, name in names.items() if pk in told
    ]  # fmt: skip


def _findings(one: Return, titles, districts) -> list[dict]:
    if not one.is_open and one.standing != Standing.SUBMITTED:
        return []
    return [
        {"key": found.finding.key, "is_hard": found.finding.severity == "HARD", "words": words.finding(found.finding, titles, districts),
         "said": found.words}
        for found in queries.findings(one)
    ]  # fmt: skip


def _changes(one: Return, titles, districts) -> list[dict]:
    return [
        {"head": titles.get(change.head, change.head), "district": districts.get(change.district, ""), "before": change.before,
         "after": change.after}
        for change in queries.changes(one)
    ]  # fmt: skip


def _uploads(one: Return) -> list[dict]:
    rows = one.uploads.defer("content").select_related("by").order_by("-at", "-pk")
    return [{"row": row, "faults": [words.cell(fault) for fault in row.faults]} for row in rows]
