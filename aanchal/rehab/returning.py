"""Her way back: what was found, her wish, the day itself, and the visits of the two years after."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from aanchal.access import policy
from aanchal.benefits.models import Cbo
from aanchal.cases import telling
from aanchal.cases.models import Case
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.rehab import catalogue, queries, rules
from aanchal.rehab.facts import DangerSeen, SurvivorReturned
from aanchal.rehab.models import CboMaturity, FollowUp, Return
from aanchal.rehab.terms import ReturnState, Watch

LONGEST = 1_000
A_BATCH = 500
EVERY_DAYS = 7
ASSESSED = {"family_implicated", "family_safe", "family_willing", "is_threatened"}
WISHED = {"wish", "is_heard_alone"}


@action
def assess_cbo(*, cbo: Cbo, met: Collection[str], on: date, at: datetime, by) -> CboMaturity:
    """By the criteria that hold on that day."""
    _check_day(on, at)
    criteria = catalogue.maturity(on)
    known = [one["key"] for one in criteria.criteria if one["key"] in met]
    row = CboMaturity(
        cbo=cbo, place_no=cbo.place_no, name=cbo.name, version=criteria.version, met=known, is_mature=criteria.is_met(known), on=on, at=at,
        by_id=by.pk,
    )  # fmt: skip
    insert(row)
    trail.write("rehab.cbo.assessed", about=row, is_mature=row.is_mature)
    return row


@action
def plan(*, case: Case, to: str, at: datetime, by) -> Return:
    rules.check_live(case.is_live)
    if queries.open_return(case):
        raise rules.NotPossible("return_open")
    row = Return(case=case, place_no=case.place_no, to=to, planned_at=at, planned_by_id=by.pk)
    insert(row)
    trail.write("rehab.return.planned", about=row, to=to)
    return row


@action
def hear(*, back: Return, wish: str, is_heard_alone: bool, on: date, at: datetime, by) -> Return:
    """What she wishes, and whether she could say it alone."""
    return _find(back, {"wish": wish, "is_heard_alone": is_heard_alone, "wish_on": on}, on=on, at=at)


@action
def assess(*, back: Return, found: Mapping[str, Any], community: CboMaturity | None, note: str, on: date, at: datetime, by) -> Return:
    """What was found of the family and of the community."""
    told = {name: value for name, value in found.items() if name in ASSESSED} | {"community": community, "assessed_on": on}
    return _find(back, told, on=on, at=at, note=note)


@action
def order(*, back: Return, number: str, on: date, at: datetime, by) -> Return:
    """The CWC's order for a child."""
    if not number.strip():
        raise rules.NotPossible("order_number")
    return _find(back, {"cwc_order_no": number.strip(), "cwc_order_on": on}, on=on, at=at)


@action
def go(*, back: Return, on: date, at: datetime, by) -> Return:
    """She is back. Raises NotPossible with every reason why she must not go there."""
    one = _locked(back)
    _check_day(on, at)
    rules.check_return(one.state, ReturnState.HOME)
    if on < max(filter(None, (one.case.opened_on, one.wish_on, one.assessed_on, one.cwc_order_on))):
        raise rules.NotPossible("before_last_step")
    if barred := rules.bars(queries.home(one, on)):
        raise rules.NotPossible(*(bar.key for bar in barred))
    one.state, one.returned_on = ReturnState.HOME, on
    one.save(update_fields=["state", "returned_on"])
    due = rules.follow_ups(on).items()
    insert(*(FollowUp(case=one.case, back=one, place_no=one.place_no, months=months, due_on=day) for months, day in due))
    trail.write("rehab.return.went", about=one)
    facts.announce(SurvivorReturned(back=one, at=at, by=by))
    return one


@action
def follow(*, follow_up: FollowUp, how: str, signs: Collection[str], note: str, on: date, at: datetime, by) -> FollowUp:
    """She was seen, or could not be. Signs bring a visit soon, beside the agreed months; an agreed one made too soon stays due."""
    _check_day(on, at)
    one = FollowUp.objects.select_for_update(of=("self",)).select_related("back__case").get(pk=follow_up.pk)
    if one.done_on is not None:
        raise rules.NotPossible("followed")
    if on < one.back.returned_on:
        raise rules.NotPossible("before_last_step")
    if one.months and on < rules.counts_from(one.back.returned_on, one.months):
        one = FollowUp(case_id=one.case_id, back=one.back, place_no=one.place_no, due_on=on)
        insert(one)
    one.how, one.signs, one.watch, one.done_on, one.at, one.by_id = how, list(signs), rules.watch(how, signs), on, at, by.pk
    if note.strip():
        one.seal({"note": note.strip()[:LONGEST]})
    one.save()
    again = rules.seen_again(on, one.watch)
    if again and not one.back.follow_ups.filter(done_on=None, due_on__lte=again).exists():
        insert(FollowUp(case_id=one.case_id, back=one.back, place_no=one.place_no, due_on=again))
    trail.write("rehab.return.followed", about=one, watch=one.watch)
    if one.watch == Watch.ALARM:
        telling.tell_team(one.back.case, about=one.pk, at=at, by=by)
        facts.announce(DangerSeen(follow_up=one, at=at, by=by))
    _settle(one.back)
    return one


@action
def remind(*, at: datetime, by, after: UUID | None = None) -> FollowUp | None:
    """A visit was not made: who works on the case is told on the next day and each week. The last of a full batch; None at the end."""
    today = policy.day_in_india(at)
    missed = queries.due(today - timedelta(days=1)).order_by("pk")
    due = list((missed.filter(pk__gt=after) if after else missed)[:A_BATCH])
    for one in due:
        if (today - one.due_on).days % EVERY_DAYS == 1:
            trail.write("rehab.visit.missed", about=one, told=telling.tell_team(one.case, about=one.pk, at=at, by=by))
    return due[-1] if len(due) == A_BATCH else None


@action
def note_told(*, follow_up: FollowUp, told: str, by) -> FollowUp:
    """Whether her village was told of a danger, or why not."""
    follow_up.told = told
    follow_up.save(update_fields=["told"])
    trail.write("rehab.danger.told", about=follow_up, told=told)
    return follow_up


@action
def end(*, back: Return, to: str, on: date, at: datetime, by) -> Return:
    """She had to leave again, or the plan was given up."""
    one = _locked(back)
    _check_day(on, at)
    if to == ReturnState.SETTLED:
        raise rules.NotPossible("over")
    rules.check_return(one.state, to)
    one.state = ReturnState(to)
    one.save(update_fields=["state"])
    trail.write("rehab.return.ended", about=one, to=to)
    return one


def _settle(back: Return) -> None:
    """After the last visit, when it was calm."""
    last = back.follow_ups.filter(months=max(rules.FOLLOWED_MONTHS), watch=Watch.CALM).exists()
    if last and back.state == ReturnState.HOME and not back.follow_ups.filter(done_on=None).exists():
        back.state = ReturnState.SETTLED
        back.save(update_fields=["state"])
        trail.write("rehab.return.ended", about=back, to=back.state)


def _find(back: Return, told: Mapping[str, Any], *, on: date, at: datetime, note: str = "") -> Return:
    one = _locked(back)
    _check_day(on, at)
    if one.state != ReturnState.PLANNED:
        raise rules.NotPossible("over")
    for name, value in told.items():
        setattr(one, name, value)
    if note.strip():
        one.seal({"note": note.strip()[:LONGEST]})
    one.save()
    trail.write("rehab.return.found", about=one, told=sorted(told))
    return one


def _locked(back: Return) -> Return:
    return Return.objects.select_for_update(of=("self",)).select_related("case", "community").get(pk=back.pk)


def _check_day(on: date, at: datetime) -> None:
    if on > policy.day_in_india(at):
        raise rules.NotPossible("future")
