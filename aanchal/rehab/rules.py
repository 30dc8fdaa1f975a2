"""When rehabilitation may begin, who may learn what, which return must not happen. Plain Python, no clock."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from aanchal.benefits.money import month_after
from aanchal.rehab.terms import (
    Answer,
    Course,
    Gate,
    HowSheIs,
    LearningKind,
    LearningState,
    RepatriationState,
    ReturnState,
    ReturnTo,
    Sign,
    Watch,
)

ADULT = 18
VERSION = 1


class NotPossible(Exception):
    """Refused; each argument is a key of `words.REFUSALS`, which says why and what to do instead."""


@dataclass(frozen=True)
class Decision:
    """Someone opened or shut a gate."""

    gate: str
    is_open: bool
    by: Any
    at: datetime
    why: str = ""


@dataclass(frozen=True)
class Standing:
    """How a gate stands, by which decision; `fault` is a key of `words.SHUT` where it is shut."""

    gate: str
    decision: Decision | None
    fault: str = ""

    @property
    def is_open(self) -> bool:
        return not self.fault


_C = Course
COURSE: Mapping[str, Mapping[str, str]] = {
    _C.WAITING: {"START": _C.RUNNING},
    _C.RUNNING: {"SHUT": _C.HALTED, "FINISH": _C.DONE},
    _C.HALTED: {"START": _C.RUNNING},
    _C.DONE: {"START": _C.RUNNING},
}
"""State -> what happens -> the state after it. START needs all gates open; a gate that shuts while it runs is SHUT."""

_L = LearningState
SKILLING: Mapping[str, tuple[str, ...]] = {
    _L.ENROLLED: (_L.CERTIFIED, _L.LEFT),
    _L.CERTIFIED: (_L.PLACED, _L.LEFT),
    _L.PLACED: (_L.RETAINED_3, _L.LEFT),
    _L.RETAINED_3: (_L.RETAINED_6, _L.LEFT),
    _L.RETAINED_6: (_L.RETAINED_12, _L.LEFT),
    _L.RETAINED_12: (),
    _L.LEFT: (),
}
SCHOOLING: Mapping[str, tuple[str, ...]] = {_L.ENROLLED: (_L.COMPLETED, _L.LEFT), _L.COMPLETED: (), _L.LEFT: ()}
LEARNING = {kind: SKILLING if kind == LearningKind.SKILLING else SCHOOLING for kind in LearningKind}
RUNNING_STATES = (_L.ENROLLED, _L.CERTIFIED, _L.PLACED, _L.RETAINED_3, _L.RETAINED_6)
IN_WORK = (_L.PLACED, _L.RETAINED_3, _L.RETAINED_6, _L.RETAINED_12)
RETAINED_MONTHS: Mapping[str, int] = {_L.RETAINED_3: 3, _L.RETAINED_6: 6, _L.RETAINED_12: 12}
CHILDREN_ONLY = (LearningKind.BRIDGE, LearningKind.VOCATIONAL)

_R = ReturnState
RETURN: Mapping[str, tuple[str, ...]] = {
    _R.PLANNED: (_R.HOME, _R.DROPPED),
    _R.HOME: (_R.SETTLED, _R.AWAY),
    _R.SETTLED: (_R.AWAY,),
    _R.AWAY: (),
    _R.DROPPED: (),
}
FOLLOWED_MONTHS = (1, 3, 6, 12, 24)
ASSESSED_FOR = timedelta(days=90)
"""What was found of a family holds so long; ours."""
ALARMING = (Sign.TRAFFICKER_NEAR, Sign.THREATS, Sign.VIOLENCE)
SEEN_AGAIN: Mapping[str, timedelta] = {Watch.ALARM: timedelta(days=7), Watch.WATCHFUL: timedelta(days=30)}

_P = RepatriationState
REPATRIATION: Mapping[str, tuple[str, ...]] = {_P.OPEN: (_P.HANDED_OVER, _P.STOPPED), _P.HANDED_OVER: (), _P.STOPPED: ()}

MOST_TRIES = 5
LOCKED = timedelta(minutes=30)
PIN_DIGITS = 6


def standing(decisions: Iterable[Decision]) -> dict[str, Standing]:
    """Each gate by its latest decision. The counsellor's holds only while her word does, if it came after it, from someone else."""
    latest: dict[str, Decision] = {}
    for one in sorted(decisions, key=lambda one: one.at):
        latest[one.gate] = one
    found: dict[str, Standing] = {gate: Standing(gate, latest.get(gate), _fault(latest.get(gate))) for gate in Gate}
    hers, agreed = found[Gate.HER_WORD], found[Gate.COUNSELLOR]
    if agreed.decision and agreed.is_open:
        found[Gate.COUNSELLOR] = Standing(Gate.COUNSELLOR, agreed.decision, _fault_of_agreement(hers, agreed.decision))
    return found


def _fault(latest: Decision | None) -> str:
    if latest is None:
        return "not_decided"
    return "" if latest.is_open else latest.why


def _fault_of_agreement(hers: Standing, agreed: Decision) -> str:
    told = hers.decision
    if told is None or not hers.is_open:
        return "her_word_first"
    if agreed.at < told.at:
        return "before_her_word"
    return "same_person" if agreed.by == told.by else ""


def shut_gates(decisions: Iterable[Decision]) -> list[str]:
    return [gate for gate, one in standing(decisions).items() if not one.is_open]


def check_decision(one: Decision, before: Collection[Decision], *, may_counsel: bool) -> None:
    if not one.is_open and not one.why:
        raise NotPossible("shut_why")
    if one.gate != Gate.COUNSELLOR:
        return
    if not may_counsel:
        raise NotPossible("counsellor_only")
    if one.is_open:
        hers = standing(before)[Gate.HER_WORD]
        if fault := _fault_of_agreement(hers, one):
            raise NotPossible(fault)


def course_after(state: str, event: str, decisions: Iterable[Decision]) -> str:
    """Raises NotPossible: with each gate that is shut, when it is to begin."""
    if event == "START" and (shut := shut_gates(decisions)):
        raise NotPossible("gates", *shut)
    try:
        return COURSE[state][event]
    except KeyError:
        raise NotPossible("over") from None


def check_enrolment(kind: str, age: int | None) -> None:
    """By her age on the day (Framework, Skill trainings: under 18 cannot be brought into the skilling programme)."""
    if age is None:
        raise NotPossible("age_unknown")
    if kind == LearningKind.SKILLING and age < ADULT:
        raise NotPossible("minor")
    if kind in CHILDREN_ONLY and age >= ADULT:
        raise NotPossible("adult_in_bridge")


def check_learning(kind: str, before: str, after: str, age: int | None) -> None:
    if after not in LEARNING[LearningKind(kind)][before]:
        raise NotPossible("over")
    if after in IN_WORK and (age is None or age < ADULT):
        raise NotPossible("minor_placed")


def retained_from(placed_on: date, state: str) -> date:
    return month_after(placed_on, RETAINED_MONTHS[state])


def check_live(is_live: bool) -> None:
    if not is_live:
        raise NotPossible("case_over")


def check_attendance(*, held: int, present: int) -> None:
    if not 0 <= present <= held <= 31:
        raise NotPossible("attendance")


@dataclass(frozen=True)
class Home:
    """What is known of a return, on the day it is to happen."""

    to: str
    wish: str
    is_heard_alone: bool
    is_child: bool
    has_cwc_order: bool
    family_implicated: str
    family_safe: str
    family_willing: str
    is_threatened: bool
    days_since_assessed: int | None
    community_mature: bool | None


@dataclass(frozen=True)
class Bar:
    """Why a return must not happen; `key` is of `words.REFUSALS`. Where the source was not read by us, it is marked."""

    key: str
    source: str
    applies: Callable[[Home], bool]
    is_read: bool = False


def _to_family(home: Home) -> bool:
    return home.to == ReturnTo.FAMILY


def _is_unknown(home: Home) -> bool:
    told = (home.family_implicated, home.family_safe, home.family_willing) if _to_family(home) else ()
    return home.days_since_assessed is None or Answer.UNKNOWN in told


BARS = (
    Bar("wish", "Issue 7: her safety and say come first; ITPA s.17A", lambda h: h.wish != Answer.YES),
    Bar("wish_alone", "Ours: a wish heard before others may be theirs", lambda h: h.wish == Answer.YES and not h.is_heard_alone),
    Bar("cwc_order", "JJ Act 2015, s.37 and s.40: the CWC restores a child", lambda h: h.is_child and not h.has_cwc_order),
    Bar("implicated", "ITPA s.17A", lambda h: _to_family(h) and h.family_implicated == Answer.YES),
    Bar("not_assessed", "ITPA s.17A; JJ Model Rules 2016, rule 82", _is_unknown),
    Bar("stale", "Ours: what was found holds 90 days", lambda h: (h.days_since_assessed or 0) > ASSESSED_FOR.days),
    Bar("family_unsafe", "ITPA s.17A", lambda h: _to_family(h) and h.family_safe == Answer.NO),
    Bar("family_unwilling", "Framework, Rehabilitation 2", lambda h: _to_family(h) and h.family_willing == Answer.NO, is_read=True),
    Bar("threatened", "Witness Protection Scheme 2018", lambda h: h.is_threatened),
    Bar(
        "not_mature", "Framework, phasing: only where there are mature community federations",
        lambda h: h.to != ReturnTo.ELSEWHERE and not h.community_mature, is_read=True,
    ),
)  # fmt: skip


def bars(home: Home) -> list[Bar]:
    """Every reason why she must not go there now."""
    return [bar for bar in BARS if bar.applies(home)]


def check_return(before: str, after: str) -> None:
    if after not in RETURN[before]:
        raise NotPossible("over")


def follow_ups(returned_on: date) -> dict[int, date]:
    return {months: month_after(returned_on, months) for months in FOLLOWED_MONTHS}


def counts_from(returned_on: date, months: int) -> date:
    """An agreed visit is made no sooner than half-way from the one before it: five visits in a week are not two years (ours)."""
    due = {0: returned_on} | follow_ups(returned_on)
    return due[months] - (due[months] - due[max(one for one in due if one < months)]) / 2


def watch(how: str, signs: Collection[str]) -> Watch:
    """More signs never make it calmer."""
    if how in (HowSheIs.DANGER, HowSheIs.NOT_SEEN) or any(sign in ALARMING for sign in signs):
        return Watch.ALARM
    return Watch.WATCHFUL if signs or how == HowSheIs.TROUBLED else Watch.CALM


def seen_again(on: date, watched: str) -> date | None:
    """When she must be seen beside the agreed months."""
    return on + SEEN_AGAIN[watched] if watched in SEEN_AGAIN else None


def check_step(after: Collection[str], done: Collection[str]) -> None:
    """A step of repatriation waits for those it follows."""
    if not set(after) <= set(done):
        raise NotPossible("step_before")


def check_leader(*, age: int | None, chose_on: date | None, today: date) -> None:
    """By her own choice, and as an adult: honoraria are work."""
    if chose_on is None or chose_on > today:
        raise NotPossible("her_choice")
    if age is None or age < ADULT:
        raise NotPossible("leader_minor")


def check_engagement(*, on: date, since: date, until: date | None, honorarium_paise: int) -> None:
    if on < since or (until is not None and on > until):
        raise NotPossible("not_engaged_then")
    if honorarium_paise < 0:
        raise NotPossible("amount")


def check_pin(pin: str) -> None:
    """Six digits that are not one digit and no row of them."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        raise NotPossible("pin_digits")
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}
    if steps in ({0}, {1}, {9}):
        raise NotPossible("pin_weak")
