"""What may follow what in keeping touch: journeys, alerts, searches; when a check-in is due and to whom an alert climbs. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from aanchal.tracking.terms import AlertKind, AlertState, JourneyState, Outcome, SearchState, Step

CHILD = 18
VERSION = 1


class NotPossible(Exception):
    """The state does not allow it; the message is a key of `words.REFUSALS`, which says why and what to do instead."""


class JourneyEvent(StrEnum):
    HEARD = "HEARD"
    MISSED = "MISSED"
    CAME_HOME = "CAME_HOME"
    SETTLED = "SETTLED"
    REPORTED = "REPORTED"
    REOPENED = "REOPENED"
    STRUCK = "STRUCK"


class AlertEvent(StrEnum):
    CLIMB = "CLIMB"
    SNOOZE = "SNOOZE"
    WAKE = "WAKE"
    MERGE = "MERGE"
    PART = "PART"
    CLOSE = "CLOSE"


_J, _E = JourneyState, JourneyEvent
_ENDS: Mapping[str, str] = {_E.CAME_HOME: _J.HOME, _E.SETTLED: _J.SETTLED, _E.REPORTED: _J.MISSING, _E.STRUCK: _J.STRUCK}
JOURNEY: Mapping[str, Mapping[str, str]] = {
    _J.IN_TOUCH: {_E.HEARD: _J.IN_TOUCH, _E.MISSED: _J.SILENT, **_ENDS},
    _J.SILENT: {_E.HEARD: _J.IN_TOUCH, **_ENDS},
    _J.HOME: {_E.REOPENED: _J.IN_TOUCH, _E.STRUCK: _J.STRUCK},
    _J.SETTLED: {_E.REOPENED: _J.IN_TOUCH, _E.STRUCK: _J.STRUCK},
    _J.MISSING: {_E.REOPENED: _J.IN_TOUCH, _E.CAME_HOME: _J.HOME},
    _J.STRUCK: {_E.REOPENED: _J.IN_TOUCH, _E.CAME_HOME: _J.HOME, _E.SETTLED: _J.SETTLED},
}
"""State of a journey -> what happens -> the state after it."""
JOURNEY_OPEN = (_J.IN_TOUCH, _J.SILENT)

_A, _D = AlertState, AlertEvent
ALERT: Mapping[str, Mapping[str, str]] = {
    _A.OPEN: {_D.CLIMB: _A.OPEN, _D.SNOOZE: _A.SNOOZED, _D.MERGE: _A.MERGED, _D.CLOSE: _A.CLOSED},
    _A.SNOOZED: {_D.WAKE: _A.OPEN, _D.CLIMB: _A.OPEN, _D.MERGE: _A.MERGED, _D.CLOSE: _A.CLOSED},
    _A.MERGED: {_D.PART: _A.OPEN},
    _A.CLOSED: {},
}
"""State of an alert -> what happens -> the state after it. A closed one stays closed: what happens anew is a new alert."""
ALERT_LIVE = (_A.OPEN, _A.SNOOZED)

_S = SearchState
_AFTER_POLICE = (_S.SIGHTED, _S.TRACED, _S.RESTORED, _S.CLOSED)
SEARCH: Mapping[str, tuple[str, ...]] = {
    _S.REPORTED: (_S.GD_ENTRY, _S.FIR, _S.SEARCHING, _S.WITH_AHTU, *_AFTER_POLICE),
    _S.GD_ENTRY: (_S.FIR, _S.SEARCHING, _S.WITH_AHTU, *_AFTER_POLICE),
    _S.FIR: (_S.SEARCHING, _S.WITH_AHTU, *_AFTER_POLICE),
    _S.SEARCHING: (_S.WITH_AHTU, *_AFTER_POLICE),
    _S.WITH_AHTU: _AFTER_POLICE,
    _S.SIGHTED: (_S.GD_ENTRY, _S.FIR, _S.SEARCHING, _S.WITH_AHTU, _S.TRACED, _S.RESTORED, _S.CLOSED),
    _S.TRACED: (_S.RESTORED, _S.CLOSED),
    _S.RESTORED: (_S.CLOSED,),
    _S.CLOSED: (),
}
"""How far a search may go. A line of the missing register that is corrected may also take it back (`follows`)."""
LOOKED_FOR = (_S.REPORTED, _S.GD_ENTRY, _S.FIR, _S.SEARCHING, _S.WITH_AHTU, _S.SIGHTED)

STATE_OF_REGISTER: Mapping[str, str] = {
    "REPORTED_VILLAGE": _S.REPORTED, "GD_ENTRY": _S.GD_ENTRY, "FIR_REGISTERED": _S.FIR, "UNDER_INVESTIGATION": _S.SEARCHING,
    "REFERRED_AHTU_4M": _S.WITH_AHTU, "SIGHTED": _S.SIGHTED, "TRACED": _S.TRACED, "RESTORED": _S.RESTORED,
    "TRACED_DECEASED": _S.CLOSED, "CLOSED_FALSE": _S.CLOSED,
}  # fmt: skip
REGISTER_OF_STATE = {state: code for code, state in STATE_OF_REGISTER.items() if state != _S.CLOSED}
OUTCOME_OF_REGISTER = {"TRACED_DECEASED": "DECEASED", "CLOSED_FALSE": "NOT_MISSING"}
REGISTER_OF_OUTCOME = {"WITH_FAMILY": "RESTORED", "DECEASED": "TRACED_DECEASED", "NOT_MISSING": "CLOSED_FALSE"}

ORDER: tuple[Step, ...] = (Step.CRP, Step.VO, Step.BLOCK, Step.AHTU)
ROLE_OF: Mapping[str, str] = {Step.CRP: "gender_crp", Step.VO: "vo_leader", Step.BLOCK: "block_officer", Step.AHTU: "ahtu_officer"}
HOURS: Mapping[str, Mapping[str, int]] = {
    AlertKind.MISSED_CHECK_IN: {Step.CRP: 48, Step.VO: 48, Step.BLOCK: 72},
    AlertKind.MARRIAGE: {Step.CRP: 72, Step.VO: 72, Step.BLOCK: 120},
    AlertKind.NO_TRACE: {Step.CRP: 48, Step.VO: 48, Step.BLOCK: 72},
    AlertKind.TROUBLE: {Step.CRP: 6, Step.VO: 12, Step.BLOCK: 24},
    AlertKind.MISSING: {Step.CRP: 6, Step.VO: 12, Step.BLOCK: 24},
    AlertKind.DEADLINE: {Step.BLOCK: 24},
}
"""Kind -> step -> hours until the next one is told. Ours, and shorter for a child; the law's own clocks are `statutory.yaml`."""
CHILD_SHARE = 2
"""A child's alert climbs in half the time."""
MOST_SNOOZED = {False: timedelta(days=14), True: timedelta(days=3)}
"""By whether it is about a child."""
MARRIAGE_INTERVAL_DAYS = 30
MARRIAGE_FOLLOWED = timedelta(days=365)

_EFFECT: Mapping[str, str] = {
    Outcome.HEARD_SAFE: _E.HEARD,
    Outcome.HELP_GIVEN: _E.HEARD,
    Outcome.CAME_HOME: _E.CAME_HOME,
    Outcome.OWN_WISH: _E.SETTLED,
}
OUTCOMES: Mapping[str, tuple[str, ...]] = {
    AlertKind.MISSED_CHECK_IN: (*_EFFECT, Outcome.REPORTED_MISSING),
    AlertKind.TROUBLE: (Outcome.HELP_GIVEN, Outcome.CAME_HOME, Outcome.REPORTED_MISSING, Outcome.NOT_SO),
    AlertKind.MARRIAGE: (Outcome.VERIFIED, Outcome.PREVENTED, Outcome.HELP_GIVEN, Outcome.REPORTED_MISSING, Outcome.NOT_SO),
    AlertKind.MISSING: (Outcome.TRACED, Outcome.NOT_SO),
    AlertKind.DEADLINE: (Outcome.DUTY_DONE, Outcome.NOT_DUE),
    AlertKind.NO_TRACE: (Outcome.HEARD_SAFE, Outcome.CAME_HOME, Outcome.OWN_WISH, Outcome.REPORTED_MISSING, Outcome.NOT_SO),
}
"""Kind of alert -> how it may end. None ends without one of these."""
EFFECT: Mapping[str, str] = {**_EFFECT, Outcome.REPORTED_MISSING: _E.REPORTED}
"""What an outcome does to the journey behind the alert; outcomes not named here leave it as it is."""
OUTCOME_OF_END = {_E.CAME_HOME: Outcome.CAME_HOME, _E.SETTLED: Outcome.OWN_WISH, _E.REPORTED: Outcome.REPORTED_MISSING}
ADULTS_ONLY = (Outcome.OWN_WISH,)
_SEEN = (Outcome.CAME_HOME, Outcome.REPORTED_MISSING, Outcome.TRACED)


@dataclass(frozen=True)
class Duty:
    """A clock of the law: from what to what, how long, and where it is written."""

    key: str
    starts: str
    stops: tuple[str, ...]
    hours: int
    child_only: bool = False
    adult_only: bool = False


def journey_after(state: str, event: str) -> str:
    return _after(JOURNEY, state, event)


def alert_after(state: str, event: str) -> str:
    return _after(ALERT, state, event)


def _after(table: Mapping[str, Mapping[str, str]], state: str, event: str) -> str:
    try:
        return table[state][event]
    except KeyError:
        raise NotPossible("over") from None


def is_child(age: int | None) -> bool:
    """Of whom the age is not known is not taken for a child."""
    return age is not None and age < CHILD


def check_search(before: str, after: str) -> None:
    if after not in SEARCH[before]:
        raise NotPossible("search")


def first_due(*, departed_on: date, opened_on: date, interval_days: int) -> date:
    """The first check-in is agreed from the day of leaving, or from the day we came to know of it."""
    return max(departed_on, opened_on) + timedelta(days=interval_days)


def next_due(*, heard_on: date, interval_days: int) -> date:
    return heard_on + timedelta(days=interval_days)


def check_check_in(*, on: date, departed_on: date, today: date) -> None:
    if on < departed_on:
        raise NotPossible("before_departure")
    if on > today:
        raise NotPossible("future")


def first_step(kind: str, *, is_child: bool) -> str:
    """A child's marriage does not wait in the village, whose own worker wrote it down: who may have it stopped hears of it at once
    (Prohibition of Child Marriage Act 2006, sections 13 and 16)."""
    if kind == AlertKind.MARRIAGE and is_child:
        return Step.BLOCK
    return next(step for step in ORDER if step in HOURS[kind])


def told_at_once(kind: str, *, is_child: bool) -> tuple[str, ...]:
    """The steps that hear of an alert when it is raised: of a child's marriage the village too."""
    first = first_step(kind, is_child=is_child)
    return ORDER[: ORDER.index(Step(first)) + 1] if kind == AlertKind.MARRIAGE else (first,)


def steps_of(kind: str, step: str, *, is_child: bool) -> tuple[str, ...]:
    """Those that an alert of this kind climbs, the first first; one raised under an older rule may stand below them."""
    return ORDER[min(ORDER.index(Step(one)) for one in (first_step(kind, is_child=is_child), step)) :]


def step_after(step: str) -> str | None:
    """The next who is told; None where nobody is above."""
    place = ORDER.index(Step(step))
    return ORDER[place + 1] if place + 1 < len(ORDER) else None


def step_ends(kind: str, step: str, *, is_child: bool, at: datetime) -> datetime | None:
    """When the step's time is over. The last step has none: it stays until someone closes it."""
    hours = HOURS[kind].get(step)
    return None if hours is None else at + timedelta(hours=hours) / (CHILD_SHARE if is_child else 1)


def is_above(step: str, held: Iterable[str]) -> bool:
    """Whether one of the steps held is this one or stands above it."""
    return any(ORDER.index(Step(one)) >= ORDER.index(Step(step)) for one in held)


def from_below(kind: str) -> tuple[str, ...]:
    """Outcomes that are no judgement: whoever may write the check-in, the return or the register's line may end the alert with them."""
    heard = (Outcome.HEARD_SAFE,) if kind == AlertKind.MISSED_CHECK_IN else ()
    return tuple(one for one in OUTCOMES[kind] if one in (*_SEEN, *heard))


def is_slower(kind: str, *, is_child: bool, than: str, than_child: bool) -> bool:
    """Of two alerts followed as one it is the faster one that climbs for both."""
    return _pace(kind, is_child=is_child) > _pace(than, is_child=than_child)


def _pace(kind: str, *, is_child: bool) -> float:
    return HOURS[kind][Step.BLOCK] / (CHILD_SHARE if is_child else 1)


def check_snooze(*, until: date, today: date, is_child: bool, was_put_off: bool) -> None:
    """Once on each step that has a time: put off again and again it would never climb."""
    if was_put_off:
        raise NotPossible("snooze_again")
    if until <= today:
        raise NotPossible("snooze_past")
    if until - today > MOST_SNOOZED[is_child]:
        raise NotPossible("snooze_long")


def answers(kind: str, outcome: str) -> bool:
    """Whether an outcome that ends one alert says what became of another, of this kind, that it had taken in."""
    return outcome in OUTCOMES[kind] or outcome == Outcome.MISTAKE


def check_outcome(kind: str, outcome: str, *, is_child: bool) -> None:
    if outcome not in OUTCOMES[kind]:
        raise NotPossible("outcome")
    if outcome in ADULTS_ONLY and is_child:
        raise NotPossible("child")


def running(
    duties: Iterable[Duty], happened: Mapping[str, datetime], *, is_child: bool
) -> dict[str, tuple[datetime, datetime, datetime | None]]:
    """Key -> (began, due, stopped) of each duty that has begun, from what has happened and when (report, FIR, found, ...)."""
    found = {}
    for duty in duties:
        if duty.starts not in happened or (duty.child_only and not is_child) or (duty.adult_only and is_child):
            continue
        began = happened[duty.starts]
        ended = [happened[one] for one in duty.stops if one in happened]
        found[duty.key] = (began, began + timedelta(hours=duty.hours), min(ended, default=None))
    return found
