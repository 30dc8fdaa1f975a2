"""Closing, reopening, sealing and erasing: asked by one person, decided by a supervisor who is another."""

from datetime import date, datetime

from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.cases import actions, assigning, queries, referring, retention, rules, telling, terms
from aanchal.cases.facts import CaseMoved
from aanchal.cases.models import (
    Assessment,
    Assignment,
    Case,
    CaseIdentity,
    CaseService,
    CaseTask,
    Event,
    Goal,
    Proposal,
    Referral,
    Renaming,
    SealedLink,
    Visit,
    Withdrawal,
)  # fmt: skip
from aanchal.cases.rules import NotPossible
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new

WORDS = (Event, Assessment, CaseService, Visit, Goal, CaseTask, Referral, Proposal, Withdrawal, Renaming)
"""Where something may have been written that tells who she is."""
TRANSFERRED = terms.Outcome.OTHER_STATE


@action
def propose(*, case: Case, kind: str, words: str, at: datetime, by, outcome: str = "") -> Proposal:
    """Raises NotPossible, with what keeps it from being done."""
    if not queries.may(by, case, Permission.CASE_WORK, at, *queries.LEADING):
        raise NotPossible("not_assigned")
    if Proposal.objects.filter(case=case, state=terms.ProposalState.ASKED).exists():
        raise NotPossible("proposal_waits")
    _check(case, kind, outcome, day_in_india(at))
    proposal = new(Proposal, case=case, place_no=case.place_no, kind=kind, outcome=outcome, asked_at=at, asked_by=by)
    proposal.seal({"words": words})
    insert(proposal)
    trail.write("cases.proposal.asked", about=case, kind=kind)
    supervisors = queries.people_of(case, at).filter(capacity=terms.Capacity.SUPERVISOR)
    telling.tell(supervisors.values_list("user", flat=True), about=proposal.pk, at=at, by=by)
    return proposal


@action
def decide(*, proposal: Proposal, approve: bool, at: datetime, by) -> Case:
    """A supervisor assigned to the case, who did not ask for it. Raises NotPossible."""
    case = proposal.case
    if proposal.asked_by_id == by.pk:
        raise NotPossible("own_proposal")
    if not queries.may(by, case, Permission.CASE_SUPERVISE, at, terms.Capacity.SUPERVISOR):
        raise NotPossible("not_supervisor")
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != terms.ProposalState.ASKED:
        raise NotPossible("ended_already")
    proposal.state = terms.ProposalState.APPROVED if approve else terms.ProposalState.RETURNED
    proposal.decided_at, proposal.decided_by = at, by
    proposal.save(update_fields=["state", "decided_at", "decided_by"])
    trail.write("cases.proposal.decided", about=case, kind=proposal.kind, approved=approve)
    telling.tell([proposal.asked_by_id], about=proposal.pk, at=at, by=by)
    if not approve:
        return case
    _check(case, proposal.kind, proposal.outcome, day_in_india(at))
    return _done(case, proposal, at=at, by=by)


def why_not(case: Case, kind: str, outcome: str, on: date) -> str:
    """The kind of the refusal; empty when it can be done."""
    try:
        _check(case, kind, outcome, on)
    except NotPossible as refused:
        return str(refused)
    return ""


def _check(case: Case, kind: str, outcome: str, on: date) -> None:
    rules.after(case.state, kind)
    if kind in ("CLOSE", "TRANSFER"):
        if kind == "CLOSE" and not outcome:
            raise NotPossible("no_outcome")
        if reason := rules.why_not_closed(open_tasks=_open_tasks(case), open_referrals=_open_referrals(case)):
            raise NotPossible(reason)
    if kind == "SEAL" and not case.is_child:
        raise NotPossible("not_a_child")
    if kind == "ERASE" and on <= retention.kept_until(case):
        raise NotPossible("kept_longer")


def _open_tasks(case: Case) -> int:
    return CaseTask.objects.filter(case=case, state=terms.TaskState.OPEN).count()


def _open_referrals(case: Case) -> int:
    return Referral.objects.filter(case=case, state=terms.ReferralState.SENT).count()


def _done(case: Case, proposal: Proposal, *, at: datetime, by) -> Case:
    outcome = proposal.outcome or (TRANSFERRED if proposal.kind == "TRANSFER" else "")
    if proposal.kind == "ERASE":
        case = erase(case=case, at=at, by=by)
    else:
        case = actions.happened(case=case, happening=proposal.kind, outcome=outcome, at=at, by=by)
        if not case.is_live:
            _leave(case, at=at, by=by)
    facts.announce(CaseMoved(case, proposal.kind, at, by))
    return case


def _leave(case: Case, *, at: datetime, by) -> None:
    """Of a closed case nobody by a referral sees anything; of a sealed or erased one only its supervisors."""
    live = Assignment.objects.filter(queries.live(at), case=case)
    stay = ["WORKER", "SUPERVISOR"] if case.state in ("CLOSED", "REFERRED_OUT") else ["SUPERVISOR"]
    assigning.end(live.exclude(capacity__in=stay), at=at, by=by)
    referring.shut_links(SealedLink.objects.filter(case=case), at=at)


@action
def erase(*, case: Case, at: datetime, by) -> Case:
    """Who she is cannot be read any more, in old backups neither: the keys of her row and of every word about her are destroyed."""
    CaseIdentity.objects.filter(case=case).update(sealed=None, wrapped_key=None, likeness=None, erased_at=at)
    actions.forget_names(case)
    for model in WORDS:
        model.objects.filter(case=case).update(sealed=None, wrapped_key=None)
    Case.objects.filter(pk=case.pk).update(pseudonym="")
    case = actions.happened(case=case, happening="ERASE", at=at, by=by)
    _leave(case, at=at, by=by)
    return case
