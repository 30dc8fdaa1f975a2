"""Two persons told differently of one field of a family: a person decides which holds, and may take the decision back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.people import changes, correcting, rules
from aanchal.people import queries as people
from aanchal.people.changes import Merge, Seen, Source
from aanchal.people.models import Conflict, FieldChange, Household
from aanchal.people.rules import NotPossible
from aanchal.people.terms import ChangeState, Choice, ConflictState
from aanchal.risk import queries
from aanchal.risk.facts import SurveyRecorded
from aanchal.risk.models import Survey


class ChangedMeanwhile(Exception):
    """What stands is no more what the person saw when she decided."""


@dataclass(frozen=True)
class Decision:
    """What a person decided. `shown`: the family's version on her page; `value` is read for `ANOTHER` alone."""

    choice: Choice
    note: str
    shown: int
    value: Any = None


@action
def settle(*, conflict: Conflict, decision: Decision, at: datetime, by) -> Conflict:
    """What was decided holds from now on. Raises NotPossible where someone else decided it, ChangedMeanwhile where a visit came."""
    household, conflict = _locked(conflict, ConflictState.SETTLED)
    if _last_change(conflict, since=decision.shown):
        raise ChangedMeanwhile
    seal = correcting.seal_for(conflict.person_id, conflict.field)
    stands, other = standing(household, conflict), changes.value_after(conflict.other, seal)
    wanted = {Choice.STANDS: stands, Choice.OTHER: other, Choice.ANOTHER: decision.value}[decision.choice]
    if not rules.alike(conflict.field, wanted, stands):
        conflict.settlement = _apply(household, conflict, wanted, at=at, by=by)
    is_taken = rules.alike(conflict.field, wanted, other)
    _mark(conflict.other, ChangeState.TAKEN if is_taken else ChangeState.SET_ASIDE)
    conflict.state, conflict.choice, conflict.note = ConflictState.SETTLED, decision.choice, decision.note
    conflict.settled_by, conflict.settled_at = by, at
    _save(conflict)
    trail.write("people.conflict.settled", about=conflict, choice=str(decision.choice), changes=_ids(conflict.settlement))
    return conflict


@action
def reopen(*, conflict: Conflict, at: datetime, by) -> Conflict:
    """The decision was a mistake: what stood before stands again, and the two answers wait. Raises ChangedMeanwhile where a visit came."""
    household, conflict = _locked(conflict, ConflictState.OPEN)
    settled, undone = conflict.settlement, None
    if settled:
        if _last_change(conflict, since=settled.version):
            raise ChangedMeanwhile
        seal = correcting.seal_for(conflict.person_id, conflict.field)
        undone = _apply(household, conflict, changes.value_before(settled, seal), at=at, by=by)
    _mark(conflict.other, ChangeState.IN_CONFLICT)
    conflict.state, conflict.choice, conflict.note = ConflictState.OPEN, "", ""
    conflict.settled_by = conflict.settled_at = conflict.settlement = None
    _save(conflict)
    trail.write("people.conflict.reopened", about=conflict, changes=_ids(undone))
    return conflict


@action
def open_values(*, conflict: Conflict, by) -> None:
    """The names or private answers of a conflict are shown to someone whose task needs them: noted, as every such reading is."""
    trail.write("people.conflict.opened", about=conflict)


def standing(household: Household, conflict: Conflict) -> Any:
    if correcting.is_ours(conflict.field):
        return correcting.standing(household, conflict.person_id, conflict.field)
    return queries.newest_facts(household).get(conflict.field)


def _locked(conflict: Conflict, after: ConflictState) -> tuple[Household, Conflict]:
    """Both as they are now, so that of two who decide at once the second is told."""
    household = people.locked(conflict.household_id)
    if household is None:
        raise NotPossible("the family is not here")
    now = Conflict.objects.select_related("other", "settlement").get(pk=conflict.pk)
    rules.check(now.state, after)
    return household, now


def _last_change(conflict: Conflict, *, since: int) -> FieldChange | None:
    """The latest change of this field after a version."""
    found = FieldChange.objects.filter(household=conflict.household_id, person=conflict.person_id, field=conflict.field)
    return found.filter(state=ChangeState.APPLIED, version__gt=since).order_by("-version").first()


def _apply(household: Household, conflict: Conflict, value: Any, *, at: datetime, by) -> FieldChange:
    """One more version of the family, in which this field has another value."""
    on = day_in_india(at)
    merge = Merge(household, Source(by, on, at, seen=lambda: Seen(base=household.version)))
    if correcting.is_ours(conflict.field):
        change = correcting.put(household, conflict.person_id, conflict.field, value, merge, on=on)
    else:
        change = _put_fact(household, conflict.field, value, merge, at=at, by=by)
    household.save(force_update=True)
    merge.write()
    return change


def _put_fact(household: Household, fact: str, value: Any, merge: Merge, *, at: datetime, by) -> FieldChange:
    """As a visit's answer is kept: in a new line, after which the family is assessed again."""
    known = queries.newest_facts(household)
    change = merge.put(fact, value, known.get(fact))
    survey = new(Survey, household=household, place_no=household.place_no, facts=known | {fact: value}, told_on=day_in_india(at))
    insert(survey)
    facts.announce(SurveyRecorded(survey=survey, at=at, by=by, is_first=False))
    return change


def _mark(change: FieldChange, state: ChangeState) -> None:
    change.state = state
    change.save(update_fields=["state"])


def _save(conflict: Conflict) -> None:
    conflict.save(update_fields=["state", "choice", "note", "settled_by", "settled_at", "settlement"])


def _ids(change: FieldChange | None) -> list[str]:
    return [str(change.pk)] if change else []
