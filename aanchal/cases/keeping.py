"""She took back her consent that her record is kept: sealed away at once; a supervisor names the law that has it kept, or it is erased."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.access.queries import holding
from aanchal.cases import actions, deciding, queries, retention, rules, terms
from aanchal.cases.facts import CaseMoved
from aanchal.cases.models import Case, CaseConsent, CaseTask, Mark, RetentionRule, Withdrawal
from aanchal.cases.rules import NotPossible
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.rescue.models import Fir

A_BATCH = 500
REMINDED = timedelta(days=7)
"""So long before the last day the supervisor is told each morning."""


@action
def take_back(*, consent: CaseConsent, at: datetime, by) -> Withdrawal:
    """From now on her name opens to no one but the supervisor who decides; who supervises is told that something waits."""
    case = consent.case
    due_on = retention.erased_after(day_in_india(at))
    one = new(Withdrawal, case=case, place_no=case.place_no, consent=consent, asked_at=at, asked_by=by, due_on=due_on)
    insert(one)
    trail.write("cases.keeping.withdrawn", about=case, due=due_on.isoformat())
    _tell(one, at=at, by=by)
    return one


@action
def agree_anew(*, case: Case, at: datetime, by) -> None:
    """She agrees again that it is kept: nothing is erased, and who works on the case may know her name again."""
    if waiting := queries.withdrawal(case):
        _end(waiting, terms.WithdrawalEnd.AGREED, at=at)
        trail.write("cases.keeping.agreed", about=case)
        _tell(waiting, at=at, by=by)


@action
def decide(*, case: Case, answer: str, ground: RetentionRule | None, words: str, at: datetime, by) -> Case:
    """By a supervisor of the case who did not write the withdrawal down: which law has it kept, or erased now. Raises NotPossible."""
    one = Withdrawal.objects.select_for_update().filter(case=case, ended_at=None).first()
    if one is None:
        raise NotPossible("nothing_withdrawn")
    if one.asked_by_id == by.pk:
        raise NotPossible("own_proposal")
    if not queries.may(by, case, Permission.CASE_SUPERVISE, at, terms.Capacity.SUPERVISOR):
        raise NotPossible("not_supervisor")
    law = _law(case, ground, day_in_india(at)) if answer == terms.KeepingAnswer.KEEP else None
    one.decided_at, one.decided_by = at, by
    one.seal({"words": words})
    if law:
        one.ground, one.due_on = law, rules.kept_until(day_in_india(at), law.months)
    one.save(update_fields=["decided_at", "decided_by", "sealed", "wrapped_key", "ground", "due_on"])
    trail.write("cases.keeping.decided", about=case, answer=answer, ground=law.key if law else "", due=one.due_on.isoformat())
    return case if law else _erase(one, at=at, by=by)


@action
def look(*, at: datetime, by, after: UUID | None = None) -> Withdrawal | None:
    """Each night: what nobody decided is erased after its last day; who supervises is reminded before it.

    Where an FIR of hers is known nothing is erased by itself: a person decides (BNS 2023 s. 241). The last of a full batch, from which to
    go on; None at the end.
    """
    due = list(_due(at, after)[:A_BATCH])
    for one in due:
        if one.due_on < day_in_india(at) and not is_in_court(one.case):
            _erase(one, at=at, by=by)
        else:
            trail.write("cases.keeping.due", about=one.case, told=_tell(one, at=at, by=by))
    return due[-1] if len(due) == A_BATCH else None


def is_in_court(case: Case) -> bool:
    """Whether an FIR is known: told at intake, or of the operation that freed her. So it is for whoever may not read the FIR, too."""
    of_rescue = Fir.objects.filter(operation__rescued=OuterRef("rescued"))
    marked = Mark.objects.filter(case=OuterRef("pk"), kind=terms.MarkKind.FIR)
    with acting(SYSTEM):
        return Case.objects.filter(Exists(of_rescue) | Exists(marked), pk=case.pk).exists()


def _law(case: Case, ground: RetentionRule | None, on: date) -> RetentionRule:
    found = retention.grounds(case, on).filter(pk=ground.pk).first() if ground else None
    if found is None:
        raise NotPossible("no_ground")
    return found


def _due(at: datetime, after: UUID | None) -> QuerySet[Withdrawal]:
    soon = day_in_india(at) + REMINDED
    waiting = Withdrawal.objects.filter(ended_at=None, due_on__lt=soon).select_related("case__place").order_by("pk")
    return waiting.filter(pk__gt=after) if after else waiting


def _tell(one: Withdrawal, *, at: datetime, by) -> int:
    """The supervisors of the case but who wrote it down; where there is none, those of the place, of whom one can be assigned."""
    people = queries.people_of(one.case, at).filter(capacity=terms.Capacity.SUPERVISOR).values_list("user", flat=True)
    told = set(people) - {one.asked_by_id} or holding(Permission.CASE_SUPERVISE, one.place_no, on=day_in_india(at)) - {one.asked_by_id}
    return notices.tell(users=told, topic=Topic.URGENT, about=one.case_id, at=at, by=by)


def _end(one: Withdrawal, end: str, *, at: datetime) -> None:
    one.ended_at, one.end = at, end
    one.save(update_fields=["ended_at", "end"])


def _erase(one: Withdrawal, *, at: datetime, by) -> Case:
    """Closed by her own wish where it was open; then as any case is erased."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=one.case_id)
    _end(one, terms.WithdrawalEnd.ERASED, at=at)
    CaseTask.objects.filter(case=case, state=terms.TaskState.OPEN).update(
        state=terms.TaskState.DROPPED, ended_at=at, ended_by=one.asked_by_id if by is SYSTEM else by
    )
    if case.is_live:
        case = actions.happened(case=case, happening="CLOSE", outcome=terms.Outcome.OWN_WISH, at=at, by=by)
    case = deciding.erase(case=case, at=at, by=by)
    facts.announce(CaseMoved(case, "ERASE", at, by))
    return case
