"""Home to another country, step by step, each with its day."""

from dataclasses import dataclass
from datetime import date, datetime

from aanchal.access import policy
from aanchal.cases.models import Case
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.rehab import catalogue, queries, rules
from aanchal.rehab.models import Repatriation, RepatriationStep
from aanchal.rehab.terms import RepatriationState

HOME_COUNTRY = "IN"
LAST_HERE = "hand_over"
LONGEST = 300


@dataclass(frozen=True)
class StepShown:
    """A step, when it was done, and how many days it took or has waited since it could be done."""

    step: catalogue.Step
    done: RepatriationStep | None
    is_next: bool
    days: int | None

    @property
    def is_late(self) -> bool:
        return self.is_next and self.days is not None and self.days > self.step.days


@action
def begin(*, case: Case, country: str, on: date, at: datetime, by) -> Repatriation:
    """Raises NotPossible: of this country, or begun already."""
    rules.check_live(case.is_live)
    _check_day(on, at)
    if country == HOME_COUNTRY:
        raise rules.NotPossible("not_foreign")
    if queries.repatriation(case):
        raise rules.NotPossible("repatriation_open")
    version = catalogue.steps_version()
    row = Repatriation(
        case=case, place_no=case.place_no, country=country, version=version, opened_on=on, recorded_at=at, recorded_by_id=by.pk
    )
    insert(row)
    trail.write("rehab.repatriation.begun", about=row)
    return row


@action
def step(*, repatriation: Repatriation, key: str, on: date, number: str = "", at: datetime, by) -> RepatriationStep:
    """A step was done. Those it follows come first."""
    one = Repatriation.objects.select_for_update().get(pk=repatriation.pk)
    known = catalogue.steps().get(key)
    done = {told.key: told.on for told in one.steps.all()}
    if known is None or key in done or one.state == RepatriationState.STOPPED:
        raise rules.NotPossible("over")
    _check_day(on, at)
    rules.check_step(known.after, done)
    if on < max([one.opened_on, *(done[before] for before in known.after)]):
        raise rules.NotPossible("before_last_step")
    row = RepatriationStep(repatriation=one, case_id=one.case_id, place_no=one.place_no, key=key, on=on, at=at, by_id=by.pk)
    if number.strip():
        row.seal({"number": number.strip()[:LONGEST]})
    insert(row)
    trail.write("rehab.repatriation.step", about=row, key=key)
    if key == LAST_HERE:
        _end(one, RepatriationState.HANDED_OVER, on)
    return row


@action
def stop(*, repatriation: Repatriation, on: date, at: datetime, by) -> Repatriation:
    """She does not want to go any more, or must not."""
    _check_day(on, at)
    one = Repatriation.objects.select_for_update().get(pk=repatriation.pk)
    if on < one.opened_on:
        raise rules.NotPossible("before_last_step")
    return _end(one, RepatriationState.STOPPED, on)


def shown(repatriation: Repatriation, on: date) -> list[StepShown]:
    """Every step with the days it took: from when the last step it waited for was done."""
    done = {told.key: told for told in repatriation.steps.all()}
    found = []
    for one in catalogue.steps().values():
        could = set(one.after) <= done.keys()
        since = max([repatriation.opened_on, *(done[key].on for key in one.after)]) if could else None
        ended = done[one.key].on if one.key in done else on
        is_next = could and one.key not in done and repatriation.state != RepatriationState.STOPPED
        found.append(StepShown(one, done.get(one.key), is_next, (ended - since).days if since else None))
    return found


def _end(one: Repatriation, state: str, on: date) -> Repatriation:
    if state not in rules.REPATRIATION[one.state]:
        raise rules.NotPossible("over")
    one.state, one.ended_on = RepatriationState(state), on
    one.save(update_fields=["state", "ended_on"])
    trail.write("rehab.repatriation.ended", about=one, state=state)
    return one


def _check_day(on: date, at: datetime) -> None:
    if on > policy.day_in_india(at):
        raise rules.NotPossible("future")
