"""Operations: the list, one with its checklist and story, and what is done in it."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.places.models import in_language
from aanchal.rescue import actions, forms, keeping, prosecuting, queries, rules, terms, words
from aanchal.rescue.models import Operation
from aanchal.rescue.views.asked import at_now, clock_rows, crumb, home_crumb, one_form, one_or_404, page_of, refused_form, tried


@dataclass(frozen=True)
class Told:
    """One line of the story."""

    at: datetime
    title: str
    by: str = ""
    url: str = ""


@require_safe
@requires(Permission.RESCUE_READ)
def operations(request):
    state = request.GET.get("state", "")
    state = state if state in terms.OperationState.values else ""
    found = queries.operations(request.user)
    context = {
        "heading": _("Operations"), "page": page_of(request, found.filter(state=state) if state else found), "state": state,
        "states": terms.OperationState.choices, "crumbs": [home_crumb(), crumb(_("Operations"))],
    }  # fmt: skip
    return render(request, "rescue/operations.html", context)


@require_safe
@requires(Permission.RESCUE_READ)
def operation(request, pk):
    return _page(request, one_or_404(request, queries.operation(pk)))


@require_POST
@requires(Permission.RESCUE_RECORD)
def open_words(request, pk):
    operation = _writable(request, pk)
    return _page(request, operation, opened=actions.open_words(operation=operation, by=request.user))


@require_POST
@requires(Permission.RESCUE_RECORD)
def go_on(request, pk):
    operation, event = _writable(request, pk), request.POST.get("event", "")
    tried(request, lambda: actions.go_on(operation=operation, event=event, **at_now(request)), _("Written down."))
    return redirect(operation)


@require_POST
@requires(Permission.RESCUE_RECORD)
def mark(request, pk):
    """In a tap (`done` is the step, now), or with the evidence, a reason and the hour."""
    operation, now = _writable(request, pk), timezone.now()
    if "done" in request.POST:
        told = {"key": request.POST["done"], "mark": terms.Mark.DONE, "note": "", "done_at": now}
    else:
        form = forms.MarkForm(_choices(operation), request.POST)
        if not form.is_valid():
            refused_form(request)
            return _page(request, operation, status=422, mark=form)
        told = form.cleaned_data
    tried(request, lambda: actions.mark(operation=operation, at=now, by=request.user, **told), _("Marked."))
    return redirect(operation)


@requires(Permission.RESCUE_RECORD)
def record_rescued(request, pk):
    operation = _writable(request, pk)
    form = forms.RescuedForm(request.POST or None, initial={"at": timezone.localtime()})
    return one_form(
        request, form, heading=_("Someone is rescued"), crumbs=_crumbs(operation),
        said=_("Written down under a code. The clocks of the law run."),
        change=lambda form: actions.record_rescued(details=form.details(), place=None, operation=operation, **at_now(request)),
        sub=_("She is known by a code from now on. The name may stay empty."),
    )  # fmt: skip


@requires(Permission.RESCUE_RECORD)
def record_accused(request, pk):
    operation = _writable(request, pk)

    def change(form):
        on = policy.day_in_india(timezone.now())
        prosecuting.record_accused(details=form.details(), on=on, operation=operation, **at_now(request))
        return operation

    form = forms.AccusedForm(request.POST or None)
    return one_form(request, form, heading=_("Someone is accused"), crumbs=_crumbs(operation), change=change, said=_("Written down."))


@requires(Permission.RESCUE_RECORD)
def register_fir(request, pk):
    operation = _writable(request, pk)
    form = forms.FirForm(request.POST or None, initial={"registered_on": policy.day_in_india(timezone.now())})
    return one_form(
        request, form, heading=_("An FIR is registered"), crumbs=_crumbs(operation), said=_("Written down, with its sections."),
        change=lambda form: prosecuting.register_fir(unit=operation.unit, operation=operation, details=form.details(), **at_now(request)),
    )  # fmt: skip


@requires(Permission.EVIDENCE_RECORD)
def record_evidence(request, pk):
    operation = one_or_404(request, queries.operation(pk), Permission.EVIDENCE_RECORD)
    form = forms.EvidenceForm(request.POST or None, request.FILES or None, initial={"seized_at": timezone.localtime()})
    told = {"unit": operation.unit, "operation": operation, "fir": operation.firs.order_by("recorded_at").first()}
    return one_form(
        request, form, heading=_("A piece of evidence"), crumbs=_crumbs(operation), said=_("Written down with its hash. You hold it."),
        change=lambda form: keeping.record_evidence(details=form.details(), **told, **at_now(request)), has_file=True,
    )  # fmt: skip


def _writable(request, pk) -> Operation:
    return one_or_404(request, queries.operation(pk), Permission.RESCUE_RECORD)


def _crumbs(operation: Operation) -> list[dict]:
    return [home_crumb(), crumb(operation.shown_code, "operation", operation.pk)]


def _choices(operation: Operation) -> list[tuple[str, str]]:
    return [(step.key, in_language(step.texts)) for step in operation.sop.checklist]


def _page(request, operation: Operation, *, status: int = 200, opened=None, **more):
    now, marks = timezone.now(), queries.marks(operation)
    words_of, notes = opened or ("", {})
    rescued, evidence = queries.rescued_of(operation), queries.evidence_of(operation=operation)
    firs = list(operation.firs.order_by("registered_on", "pk"))
    phases = _phases(operation, queries.standing(marks), notes, now)
    context = {
        "heading": operation.shown_code, "operation": operation, "phases": phases, "opened": opened, "words": words_of, "firs": firs,
        "rescued": [{"one": one, "who": words.who(one), "clocks": clock_rows(one.deadlines.all(), now)} for one in rescued],
        "accused": queries.accused_of(operation=operation),
        "evidence": [(one, words.keeper(list(one.custody.all())[-1])) for one in evidence],
        "events": [(event, terms.Event(event).label) for event in rules.OPERATION[operation.state]],
        "may_record": policy.can(request.user, Permission.RESCUE_RECORD, operation),
        "may_rescue": operation.state in rules.RESCUES_IN, "is_open": operation.state in rules.OPERATION_OPEN,
        "mark": forms.MarkForm(_choices(operation), initial={"done_at": timezone.localtime()}),
        "story": _story(operation, marks, rescued, firs), "crumbs": [*_crumbs(operation)[:1], crumb(operation.shown_code)],
    }  # fmt: skip
    return render(request, "rescue/operation.html", context | more, status=status)


def _phases(operation: Operation, standing: dict, notes: dict, now: datetime) -> list[dict]:
    """The checklist by phase: each step with its mark, or with the hour until which it is due."""
    began = {"BEFORE": operation.planned_at, "DURING": operation.started_at, "AFTER": operation.left_at}
    found = []
    for phase in terms.Phase:
        steps = [_step(step, standing.get(step.key), notes, began, now) for step in operation.sop.checklist if step.phase == phase]
        found.append({"label": phase.label, "steps": steps, "left": sum(one["is_open"] for one in steps), "began": began[phase]})
    return found


def _step(step: rules.Step, mark, notes: dict, began: dict, now: datetime) -> dict:
    is_marked = mark is not None and mark.mark in rules.MARKED
    due = rules.due_at(step, began)
    return {
        "step": step, "label": in_language(step.texts), "who": terms.Duty(step.who).label, "mark": mark if is_marked else None,
        "evidence": in_language(step.evidence) if step.evidence else "", "due": due, "note": notes.get(mark.pk, "") if mark else "",
        "is_open": not is_marked and step.is_must, "is_late": not is_marked and due is not None and due < now,
        "may_mark": not is_marked and began[step.phase] is not None,
    }  # fmt: skip


def _story(operation: Operation, marks, rescued, firs) -> list[Told]:
    """What happened, the newest first."""
    steps = {step.key: in_language(step.texts) for step in operation.sop.checklist}
    lines = [Told(operation.lead.received_at, _("Lead received"), url=operation.lead.get_absolute_url())]
    moments = ((operation.planned_at, _("Planned")), (operation.started_at, _("Started")), (operation.left_at, _("Over on the spot")))
    lines += [Told(at, title) for at, title in moments if at]
    if operation.ended_at:
        lines.append(Told(operation.ended_at, operation.get_state_display()))
    lines += [Told(one.told_at, f"{steps[one.key]}: {one.get_mark_display()}", one.by.name if one.by else "") for one in marks]
    lines += [Told(one.rescued_at, _("Rescued: %(who)s") % {"who": words.who(one)}, url=one.get_absolute_url()) for one in rescued]
    lines += [Told(one.recorded_at, _("FIR %(number)s") % {"number": one.shown_number}, url=one.get_absolute_url()) for one in firs]
    return sorted(lines, key=lambda line: line.at, reverse=True)
