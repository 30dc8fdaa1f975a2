"""What is written in a case, and what ends in it: one table each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.access.web import requires
from aanchal.cases import actions, assigning, consenting, deciding, forms, keeping, reading, referring, renaming, rules, words
from aanchal.cases.views.asked import REFUSED, case_or_404, reach_or_404, row_or_404, tried
from aanchal.cases.views.cases import of_case


@dataclass(frozen=True)
class Writing:
    """One kind of thing that is written: its heading, its form, its action, and who may."""

    heading: Promise
    form: type[forms.OfCase]
    act: Callable[..., Any]
    reach: str = "works"


@dataclass(frozen=True)
class Ending:
    """One kind of row that ends: which rows, the action, what is said then."""

    rows: Callable[..., Any]
    act: Callable[..., Any]
    done: Promise
    reach: str = "works"


WRITINGS = {
    "facts": Writing(gettext_lazy("Correct what was told"), forms.FactsForm, lambda at, **told: actions.correct(**told), "leads"),
    "event": Writing(gettext_lazy("What happened to her"), forms.EventForm, lambda at, **told: actions.record_event(**told)),
    "assessment": Writing(gettext_lazy("Assessment"), forms.AssessmentForm, actions.assess),
    "goal": Writing(gettext_lazy("A goal of hers"), forms.GoalForm, actions.set_goal),
    "task": Writing(gettext_lazy("A task"), forms.TaskForm, actions.set_task),
    "service": Writing(gettext_lazy("Help that came"), forms.ServiceForm, actions.record_service),
    "visit": Writing(gettext_lazy("A visit"), forms.VisitForm, actions.record_visit),
    "consent": Writing(gettext_lazy("Her consent"), forms.ConsentForm, consenting.record_consent, "leads"),
    "referral": Writing(gettext_lazy("Refer her"), forms.ReferralForm, referring.refer, "leads"),
    "person": Writing(gettext_lazy("Assign a colleague"), forms.PersonForm, assigning.assign, "leads"),
    "identity": Writing(gettext_lazy("Who she is"), forms.IdentityForm, lambda at, **told: actions.tell_identity(**told), "leads"),
    "pseudonym": Writing(gettext_lazy("What she is called here"), forms.RenamingForm, renaming.rename, "leads"),
    "keeping": Writing(gettext_lazy("Keep or erase"), forms.KeepingForm, keeping.decide, "supervises"),
    "proposal": Writing(gettext_lazy("Ask the supervisor"), forms.ProposalForm, deciding.propose, "leads"),
}
ENDS = {
    "goal": Ending(
        lambda case: case.goals.all(),
        lambda row, state, at, by: actions.end_goal(goal=row, state=state, on=day_in_india(at), by=by),
        gettext_lazy("Written down."),
    ),
    "task": Ending(
        lambda case: case.tasks.all(),
        lambda row, state, at, by: actions.end_task(task=row, state=state, at=at, by=by),
        gettext_lazy("Written down."),
    ),
    "consent": Ending(
        lambda case: case.consents.all(),
        lambda row, state, at, by: consenting.withdraw_consent(consent=row, at=at, by=by),
        gettext_lazy("Taken back. What was shared with it is shut."),
        "leads",
    ),
    "referral": Ending(
        lambda case: case.referrals.all(),
        lambda row, state, at, by: (
            referring.take_back(referral=row, at=at, by=by)
            if state == "RECALLED"
            else referring.note_answer(referral=row, state=state, at=at, by=by)
        ),
        gettext_lazy("Written down."),
        "leads",
    ),
    "person": Ending(
        lambda case: case.assignments.all(),
        lambda row, state, at, by: assigning.unassign(assignment=row, at=at, by=by),
        gettext_lazy("No longer assigned."),
        "leads",
    ),
    "proposal": Ending(
        lambda case: case.proposals.all(),
        lambda row, state, at, by: deciding.decide(proposal=row, approve=state == "APPROVED", at=at, by=by),
        gettext_lazy("Decided."),
        "supervises",
    ),
}
STATES = {
    "goal": ("MET", "DROPPED"), "task": ("DONE", "DROPPED"), "referral": ("RECALLED", *rules.NOTED), "proposal": ("APPROVED", "RETURNED"),
}  # fmt: skip


@requires(Permission.CASE_WORK)
def write(request, pk, what):
    if what not in WRITINGS:
        raise Http404
    writing, case, now = WRITINGS[what], case_or_404(request, pk), timezone.now()
    reach_or_404(request, case, writing.reach)
    form = writing.form(case, day_in_india(now), request.POST or None)
    if "goal" in form.fields:
        reading.note_read(case=case)
    if request.method == "POST" and form.is_valid() and _written(request, case, writing, form):
        messages.success(request, _("Written down."))
        return redirect("cases:case", pk=pk)
    context = {"heading": writing.heading, "form": form, "case": case, "crumbs": of_case(case, writing.heading)}
    return render(request, "cases/write.html", context, status=REFUSED if form.errors else 200)


def _written(request, case, writing: Writing, form) -> bool:
    try:
        writing.act(case=case, at=timezone.now(), by=request.user, **form.told())
    except rules.NotPossible as refused:
        form.add_error(None, words.REFUSALS[str(refused)])
        return False
    return True


@require_POST
@requires(Permission.CASE_WORK)
def end(request, pk, what, row):
    if what not in ENDS:
        raise Http404
    case, ending, state = case_or_404(request, pk), ENDS[what], request.POST.get("state", "")
    reach_or_404(request, case, ending.reach)
    found = row_or_404(ending.rows(case), row)
    if what in STATES and state not in STATES[what]:
        messages.error(request, _("Say how it ended."))
        return redirect("cases:case", pk=pk)
    tried(request, lambda: ending.act(found, state, timezone.now(), request.user), ending.done)
    left = what == "person" and found.user_id == request.user.pk
    return redirect("cases:list") if left else redirect("cases:case", pk=pk)
