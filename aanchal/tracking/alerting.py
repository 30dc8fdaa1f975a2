"""Alerts: raised, put off, joined, handed up, finished. The clock's own part is in `clock`."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.people.models import Person
from aanchal.tracking import clock, queries, rules
from aanchal.tracking.facts import AlertRaised
from aanchal.tracking.models import Alert, AlertStep, Journey, Search
from aanchal.tracking.rules import AlertEvent
from aanchal.tracking.terms import AlertKind, AlertState, Happening, Outcome

URGENT = (AlertKind.MISSING, AlertKind.TROUBLE)


@action
def raise_alert(*, kind: str, about: Journey | Search, at: datetime, by) -> Alert:
    """One alert for one matter: where one is live, it is that one."""
    journey, search = (about, None) if isinstance(about, Journey) else (None, about)
    told = {"person_id": about.person_id, "place": about.place, "is_child": about.is_child}
    return _raise(kind, about.pk, told, at=at, by=by, journey=journey, search=search)


@action
def raise_for(*, kind: str, person: Person, place, is_child: bool, at: datetime, by) -> Alert:
    """About someone of whom no journey or search is open: two records do not fit, a child was married nearby."""
    told = {"person_id": person.pk, "place": place, "is_child": is_child}
    return _raise(kind, person.pk, told, at=at, by=by)


@action
def look_for(*, person: Person, at: datetime, by) -> Alert:
    """A woman or girl left without trace."""
    is_child = rules.is_child(person.age.on(day_in_india(at)))
    return raise_for(kind=AlertKind.NO_TRACE, person=person, place=person.place, is_child=is_child, at=at, by=by)


@action
def snooze(*, alert: Alert, until: date, reason: str, at: datetime, by) -> Alert:
    """Put off until a day, with a reason, by who answers at its step or above. Its clock stands still meanwhile. Raises NotPossible."""
    alert = _locked(alert, AlertEvent.SNOOZE)
    _check_answers(alert, at=at, by=by)
    today = day_in_india(at)
    rules.check_snooze(until=until, today=today, is_child=queries.is_of_child(alert), was_put_off=queries.was_put_off(alert))
    alert.state, alert.snoozed_until = AlertState.SNOOZED, until
    if alert.step_due_at:
        alert.step_due_at += until - today
    alert.save(update_fields=["state", "snoozed_until", "step_due_at"])
    _note(alert, Happening.SNOOZED, reason=reason, at=at, by=by)
    return alert


@action
def hand_up(*, alert: Alert, reason: str, at: datetime, by) -> Alert:
    """Not waiting for the clock: the next step is told now. Raises NotPossible at the last one."""
    alert = _locked(alert, AlertEvent.CLIMB)
    above = rules.step_after(alert.step)
    if above is None:
        raise rules.NotPossible("top")
    alert.state, alert.snoozed_until, alert.step = AlertState.OPEN, None, above
    alert.step_since = at
    alert.step_due_at = rules.step_ends(alert.kind, above, is_child=alert.is_child, at=at)
    alert.save(update_fields=["state", "snoozed_until", "step", "step_since", "step_due_at"])
    told = _tell(alert, at=at, by=by)
    _note(alert, Happening.HANDED_UP, reason=reason, at=at, by=by, told=told)
    return alert


@action
def merge(*, alert: Alert, into: Alert, at: datetime, by) -> Alert:
    """Two alerts about one person or family are followed as one: the one that climbs faster, at the higher step. Raises NotPossible.

    It is put off by none of this: awake if one was, late when the first of them would have been.
    """
    if alert.pk == into.pk or not queries.are_near(alert, into):
        raise rules.NotPossible("merge")
    if rules.is_slower(into.kind, is_child=into.is_child, than=alert.kind, than_child=alert.is_child):
        alert, into = into, alert
    into = Alert.objects.select_for_update().get(pk=into.pk)
    if not into.is_live:
        raise rules.NotPossible("over")
    alert = _locked(alert, AlertEvent.MERGE)
    _check_answers(alert, at=at, by=by)
    _carry(alert, into)
    Alert.objects.filter(merged_into=alert).update(merged_into=into)
    alert.state, alert.merged_into, alert.snoozed_until, alert.step_due_at = AlertState.MERGED, into, None, None
    alert.save(update_fields=["state", "merged_into", "snoozed_until", "step_due_at"])
    _note(alert, Happening.MERGED, at=at, by=by)
    _note(into, Happening.TOOK_IN, at=at, by=by)
    return into


@action
def finish(*, alert: Alert, outcome: str, at: datetime, by, note: str = "") -> Alert:
    """Closed with an outcome that its kind knows; what that means for a journey is `actions.close_alert`'s part. Raises NotPossible."""
    alert = _locked(alert, AlertEvent.CLOSE)
    rules.check_outcome(alert.kind, outcome, is_child=alert.is_child)
    if outcome not in rules.from_below(alert.kind):
        _check_answers(alert, at=at, by=by)
    if outcome == Outcome.REPORTED_MISSING and not queries.are_reported_missing(alert):
        raise rules.NotPossible("report_first")
    if alert.kind == AlertKind.MISSING and not queries.is_settled(alert):
        raise rules.NotPossible("search_first")
    _close(alert, outcome, at=at, by=by, note=note)
    _part(alert, lambda one: rules.answers(one.kind, outcome), at=at, by=by)
    return alert


@action
def close_all(*, subject: UUID, outcome: str, at: datetime, by, kind: str = "") -> int:
    """The matter is settled: every live alert of it ends. What one of them had taken in of another matter stands by itself again."""
    found = queries.live_alerts_of(subject)
    if kind:
        found = found.filter(kind=kind)
    closed = list(found.select_for_update())
    for alert in closed:
        _close(alert, outcome, at=at, by=by)
        _part(alert, lambda one: one.subject == subject and rules.answers(one.kind, outcome), at=at, by=by)
    return len(closed)


def _raise(kind: str, subject: UUID, told: dict, *, at: datetime, by, journey=None, search=None) -> Alert:
    standing = queries.live_alert(subject, kind)
    if standing:
        return standing
    step = rules.first_step(kind, is_child=told["is_child"])
    alert = Alert(
        kind=kind, subject=subject, journey=journey, search=search, place_no=told["place"].place_no, step=step, raised_at=at,
        step_since=at, step_due_at=rules.step_ends(kind, step, is_child=told["is_child"], at=at), **told,
    )  # fmt: skip
    insert(alert)
    heard = _tell(alert, at=at, by=by, steps=rules.told_at_once(kind, is_child=alert.is_child))
    _note(alert, Happening.RAISED, at=at, by=by, told=heard)
    facts.announce(AlertRaised(alert=alert, by=by))
    return alert


def _close(alert: Alert, outcome: str, *, at: datetime, by, note: str = "") -> None:
    alert.state, alert.outcome, alert.closed_at, alert.closed_by_id = AlertState.CLOSED, outcome, at, by.pk
    alert.snoozed_until = alert.step_due_at = None
    alert.save(update_fields=["state", "outcome", "closed_at", "closed_by", "snoozed_until", "step_due_at"])
    _note(alert, Happening.CLOSED, reason=outcome, at=at, by=by, note=note)


def _part(ended: Alert, is_answered: Callable[[Alert], bool], *, at: datetime, by) -> None:
    """What another's end did not answer is followed by itself again, from its own step on; a newer one of the same matter takes it in."""
    with acting(SYSTEM):  # it may be of a place that who ended the other does not look after
        for alert in queries.taken_in(ended):
            if is_answered(alert) or queries.is_settled(alert):
                continue
            if standing := queries.live_alert(alert.subject, alert.kind):
                Alert.objects.filter(pk=alert.pk).update(merged_into=standing)
            else:
                _stand_alone(alert, at=at, by=by)


def _stand_alone(alert: Alert, *, at: datetime, by) -> None:
    alert.state, alert.merged_into = AlertState(rules.alert_after(alert.state, AlertEvent.PART)), None
    alert.step_since, alert.step_due_at = at, rules.step_ends(alert.kind, alert.step, is_child=alert.is_child, at=at)
    alert.save(update_fields=["state", "merged_into", "step_since", "step_due_at"])
    _note(alert, Happening.PARTED, at=at, by=by, told=_tell(alert, at=at, by=by))


def _carry(alert: Alert, into: Alert) -> None:
    """What both have of step and time, on the one that is followed."""
    here, there = rules.ORDER.index(alert.step), rules.ORDER.index(into.step)
    if here > there:
        into.step, into.step_since, into.step_due_at = alert.step, alert.step_since, alert.step_due_at
    elif here == there:
        into.step_due_at = min(filter(None, (alert.step_due_at, into.step_due_at)), default=None)
    if AlertState.OPEN in (alert.state, into.state):
        into.state, into.snoozed_until = AlertState.OPEN, None
    into.save(update_fields=["step", "step_since", "step_due_at", "state", "snoozed_until"])


def check_settled(subject: UUID, *, at: datetime, by) -> None:
    """That a journey or a search is let go of is a judgement: no alert of it may stand above who says so. Raises NotPossible."""
    for alert in queries.followed_for(subject):
        _check_answers(alert, at=at, by=by)


def _check_answers(alert: Alert, *, at: datetime, by) -> None:
    if not queries.may_answer(by, alert, on=day_in_india(at)):
        raise rules.NotPossible("above")


def _locked(alert: Alert, event: str) -> Alert:
    found = Alert.objects.select_for_update(of=("self",)).select_related("place").get(pk=alert.pk)
    rules.alert_after(found.state, event)
    return found


def _tell(alert: Alert, *, at: datetime, by, steps: Iterable[str] = ()) -> list[UUID]:
    """Who holds the post of its step now, or of `steps`; of someone in danger each alert is told by itself."""
    asked = (clock.holders(step=step, place=alert.place, at=at) for step in steps or (alert.step,))
    heard = list(dict.fromkeys(user for holders in asked for user in holders))
    is_urgent = alert.kind in URGENT or (alert.kind == AlertKind.MARRIAGE and alert.is_child)
    notices.tell(users=heard, topic=Topic.URGENT if is_urgent else Topic.ALERTS, about=alert.pk if is_urgent else None, at=at, by=by)
    return heard


def _note(alert: Alert, happening: str, *, at: datetime, by, reason: str = "", told: list[UUID] | None = None, note: str = "") -> None:
    step = AlertStep(
        alert=alert, place_no=alert.place_no, happening=happening, step=alert.step, reason=reason, at=at, by_id=by.pk, told=told or []
    )
    if note.strip():
        step.seal({"note": note.strip()[:300]})
    insert(step)
    trail.write(f"tracking.alert.{happening.lower()}", about=alert, kind=alert.kind, step=alert.step, reason=reason)
